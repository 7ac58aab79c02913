//! Prepared sheets with a form in front: inputs with a unit and a default, outputs with a why.
//!
//! A calculator is content: one TOML file, described in `docs/formats.md`. Whatever somebody types into the form
//! becomes the text of a sheet ([`Calculator::to_sheet`]), so form and sheet can never disagree.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::draws::Draws;
use super::error::Error;
use super::evaluate::{evaluate, evaluate_with};
use super::numbers::{Numbers, is_name};
use super::quantity::Quantity;
use super::sheet::{Results, Sheet};
use super::source::Source;
use super::unit::Unit;
use crate::content::{Place, Problem};

/// A prepared sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Calculator {
    /// The file's name without its ending.
    pub id: String,
    /// As shown.
    pub title: String,
    /// One line.
    pub summary: String,
    /// The topics in which it is of use.
    pub topics: Vec<String>,
    /// Counted things of its own, beside the built-in ones.
    pub units: Vec<String>,
    /// What is typed in.
    pub inputs: Vec<Input>,
    /// What comes out.
    pub outputs: Vec<Output>,
    /// A curve worth seeing.
    pub plot: Option<Plot>,
    /// Where it stands.
    pub place: Place,
}

/// A field of the form.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// Its name in the sheet.
    pub name: String,
    /// Its label.
    pub title: String,
    /// The unit of a bare number; empty for a plain one.
    pub unit: String,
    /// What stands in it at first.
    pub default: String,
    /// The smallest and the largest sensible value.
    pub range: Option<(Quantity, Quantity)>,
    /// Where to get the number from.
    pub hint: String,
}

/// A result.
#[derive(Clone, Debug, PartialEq)]
pub struct Output {
    /// Its name in the sheet.
    pub name: String,
    /// Its label.
    pub title: String,
    /// An expression over inputs and other outputs.
    pub expression: String,
    /// What it decides.
    pub why: String,
}

/// One output over one input, all else as typed.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plot {
    /// The name of an input that has a range.
    pub x: String,
    /// The name of an output.
    pub y: String,
    /// Whether the x axis is logarithmic.
    #[serde(default)]
    pub log: bool,
}

/// What is wrong with something typed into a field.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum EntryError {
    /// It has no value.
    #[error(transparent)]
    Expression(#[from] Error),
    /// It measures the wrong thing.
    #[error("{found} is not what is asked for here: a value in {unit}")]
    Dimension {
        /// What was typed.
        found: String,
        /// What is wanted.
        unit: String,
    },
    /// It lies outside the range.
    #[error("{found} is outside the sensible range {low} … {high}")]
    Range {
        /// What was typed.
        found: String,
        /// The smallest sensible value.
        low: String,
        /// The largest sensible value.
        high: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: String,
    summary: String,
    #[serde(default)]
    topics: Vec<String>,
    #[serde(default)]
    units: Vec<String>,
    input: Vec<InputEntry>,
    output: Vec<OutputEntry>,
    plot: Option<Spanned<Plot>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InputEntry {
    name: Spanned<String>,
    title: String,
    #[serde(default)]
    unit: String,
    default: Spanned<String>,
    range: Option<[Spanned<String>; 2]>,
    hint: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OutputEntry {
    name: Spanned<String>,
    title: String,
    expression: Spanned<String>,
    why: String,
    /// What it is with the defaults, to three significant figures: a check, not shown.
    golden: Option<Spanned<String>>,
}

impl Calculator {
    /// Reads a calculator's file. `numbers` are the reference numbers that it may name.
    pub fn parse(file: &str, text: &str, numbers: &Numbers) -> (Option<Self>, Vec<Problem>) {
        let source = Source { file, text };
        let parsed = match source.read::<File>() {
            Ok(parsed) => parsed,
            Err(problem) => return (None, vec![problem]),
        };
        let mut problems = Vec::new();
        let calculator = Self::build(source, &parsed, &mut problems);
        if problems.is_empty() {
            calculator.try_out(source, &parsed, numbers, &mut problems);
        }
        (problems.is_empty().then_some(calculator), problems)
    }

    /// What stands in the fields at first.
    pub fn defaults(&self) -> Vec<String> {
        self.inputs.iter().map(|input| input.default.clone()).collect()
    }

    /// The sheet that the form stands for. `entries` are the fields' texts, one for each input.
    ///
    /// # Panics
    /// If there are not as many entries as inputs.
    pub fn to_sheet(&self, entries: &[String]) -> String {
        assert_eq!(entries.len(), self.inputs.len(), "one entry for each input");
        let declared = self.units.iter().map(|unit| format!("unit {unit}"));
        let inputs = self.inputs.iter().zip(entries);
        let inputs = inputs.map(|(input, entry)| format!("{} = {}", input.name, input.with_unit(entry)));
        let outputs = self.outputs.iter().map(|output| format!("{} = {}", output.name, output.expression));
        declared.chain(inputs).chain(outputs).collect::<Vec<_>>().join("\n")
    }

    /// Evaluates the form. Lines of the result are those of the sheet: [`Calculator::input_line`], [`Calculator::output_line`].
    pub fn evaluate(&self, entries: &[String], numbers: &Numbers, draws: &mut Draws) -> Results {
        Sheet::with_numbers(&self.to_sheet(entries), numbers).evaluate_with(draws)
    }

    /// The line of the sheet on which an input (from 0) stands, from 0.
    pub fn input_line(&self, input: usize) -> usize {
        self.units.len() + input
    }

    /// The line of the sheet on which an output (from 0) stands, from 0.
    pub fn output_line(&self, output: usize) -> usize {
        self.units.len() + self.inputs.len() + output
    }

    /// The points of the plot, `steps` of them over the range of its input, in the units in which the last point is shown.
    ///
    /// Points without a value are left out: a queue at full load has none.
    pub fn curve(&self, entries: &[String], numbers: &Numbers, steps: usize) -> Option<Curve> {
        let plot = self.plot.as_ref()?;
        let at = self.inputs.iter().position(|input| input.name == plot.x)?;
        let (low, high) = self.inputs[at].range.clone()?;
        let (x_unit, mut entries) = (high.shown_unit(), entries.to_vec());
        let (from, to) = (low.base() / x_unit.scale(), high.base() / x_unit.scale());
        let mut draws = Draws::new(0);
        let mut points = Vec::new();
        for step in 0..steps {
            let share = step as f64 / steps.saturating_sub(1).max(1) as f64;
            let x = if plot.log { from * (to / from).powf(share) } else { from + (to - from) * share };
            entries[at] = format!("{x} {x_unit}");
            let results = self.evaluate(&entries, numbers, &mut draws);
            points.extend(results.value(&plot.y).map(|y| (x, y.clone())));
        }
        let y_unit = points.last()?.1.shown_unit();
        let points = points.iter().map(|(x, y)| (*x, y.base() / y_unit.scale())).collect();
        Some(Curve { x_unit: x_unit.to_string(), y_unit: y_unit.to_string(), points })
    }

    fn build(source: Source<'_>, file: &File, problems: &mut Vec<Problem>) -> Self {
        let names = file.input.iter().map(|input| &input.name).chain(file.output.iter().map(|output| &output.name));
        let mut seen = BTreeSet::new();
        for name in names {
            let at = name.span().start;
            if !is_name(name.get_ref()) {
                let message = "a name has lower-case letters, digits and `_`, and begins with a letter";
                problems.push(source.problem(at, message));
            } else if !seen.insert(name.get_ref().as_str()) {
                problems.push(source.problem(at, format!("there are two `{}`: rename one", name.get_ref())));
            }
        }
        let inputs = file.input.iter().map(|entry| Input::build(source, entry, problems)).collect();
        let outputs = file.output.iter().map(|entry| Output {
            name: entry.name.get_ref().clone(),
            title: entry.title.clone(),
            expression: entry.expression.get_ref().clone(),
            why: entry.why.clone(),
        });
        Self {
            id: stem(source.file).to_owned(),
            title: file.title.clone(),
            summary: file.summary.clone(),
            topics: file.topics.clone(),
            units: file.units.clone(),
            inputs,
            outputs: outputs.collect(),
            plot: file.plot.as_ref().map(|plot| plot.get_ref().clone()),
            place: source.place(0),
        }
    }

    /// Evaluates the defaults, so that a calculator that is accepted also computes.
    fn try_out(&self, source: Source<'_>, file: &File, numbers: &Numbers, problems: &mut Vec<Problem>) {
        let results = self.evaluate(&self.defaults(), numbers, &mut Draws::new(0));
        for (input, entry) in self.inputs.iter().zip(&file.input) {
            if let Err(wrong) = input.read(&input.default, numbers) {
                problems.push(source.problem(entry.default.span().start, wrong.to_string()));
            }
        }
        for (at, entry) in file.output.iter().enumerate() {
            let line = &results.lines[self.output_line(at)];
            if let Some(error) = &line.error {
                // The sheet's line begins with `name = `, the file's value does not.
                let shift = entry.name.get_ref().len() + " = ".len();
                let span = error.span.start.saturating_sub(shift)..error.span.end.saturating_sub(shift);
                let error = Error { span, ..error.clone() };
                problems.push(source.expression_problem(&entry.expression.span(), &error));
            } else if let (Some(golden), Some(value)) = (&entry.golden, &line.value) {
                problems.extend(differs(source, golden, value));
            }
        }
        if let Some(plot) = &file.plot {
            let Plot { x, y, .. } = plot.get_ref();
            let with_range = self.inputs.iter().any(|input| input.name == *x && input.range.is_some());
            if !with_range || !self.outputs.iter().any(|output| output.name == *y) {
                let message = "a plot runs over an input that has a range, and shows an output";
                problems.push(source.problem(plot.span().start, message));
            }
        }
    }
}

/// A curve to draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// The unit of the x values.
    pub x_unit: String,
    /// The unit of the y values.
    pub y_unit: String,
    /// From left to right.
    pub points: Vec<(f64, f64)>,
}

impl Input {
    /// What was typed, with the field's unit where it has none of its own: `200M` in a field of users is `200M user`.
    pub fn with_unit(&self, entry: &str) -> String {
        let Ok(unit) = Unit::parse(&self.unit) else { return entry.to_owned() };
        let beside = format!("{entry} {}", self.unit);
        let fits = |text: &str| evaluate(text).is_ok_and(|value| *value.dimension() == unit.dimension());
        // A bare number comes first: in a field of per cent, 5 is 5 %.
        if entry.trim().parse::<f64>().is_err() && fits(entry) {
            return entry.to_owned();
        }
        let around = format!("({entry}) {}", self.unit);
        [beside, around].into_iter().find(|text| fits(text)).unwrap_or_else(|| entry.to_owned())
    }

    /// The value of what was typed.
    ///
    /// # Errors
    /// Where it has no value, measures the wrong thing or lies outside the range. The last is only a warning:
    /// the sheet computes all the same.
    pub fn read(&self, entry: &str, numbers: &Numbers) -> Result<Quantity, EntryError> {
        let value = evaluate_with(&self.with_unit(entry), numbers)?;
        let unit = Unit::parse(&self.unit).unwrap_or(Unit::PLAIN);
        if *value.dimension() != unit.dimension() {
            let unit = if self.unit.is_empty() { "plain numbers".to_owned() } else { self.unit.clone() };
            return Err(EntryError::Dimension { found: value.to_string(), unit });
        }
        match &self.range {
            Some((low, high)) if !(low.base()..=high.base()).contains(&value.base()) => {
                Err(EntryError::Range { found: value.to_string(), low: low.to_string(), high: high.to_string() })
            }
            _ => Ok(value),
        }
    }

    fn build(source: Source<'_>, entry: &InputEntry, problems: &mut Vec<Problem>) -> Self {
        let mut input = Self {
            name: entry.name.get_ref().clone(),
            title: entry.title.clone(),
            unit: entry.unit.clone(),
            default: entry.default.get_ref().clone(),
            range: None,
            hint: entry.hint.clone(),
        };
        if !entry.unit.is_empty() && Unit::parse(&entry.unit).is_err() {
            let message = format!("`{}` is not a unit", entry.unit);
            problems.push(source.problem(entry.name.span().start, message));
        }
        if let Some([low, high]) = &entry.range {
            let mut end = |end: &Spanned<String>| match input.read(end.get_ref(), &Numbers::default()) {
                Ok(value) => Some(value),
                Err(error) => {
                    problems.push(source.problem(end.span().start, error.to_string()));
                    None
                }
            };
            input.range = end(low).zip(end(high));
        }
        input
    }
}

/// Compares a golden number with what was computed.
pub(super) fn differs(source: Source<'_>, golden: &Spanned<String>, value: &Quantity) -> Option<Problem> {
    let span: Range<usize> = golden.span();
    match evaluate(golden.get_ref()) {
        Err(error) => Some(source.expression_problem(&span, &error)),
        Ok(golden) => match value.agrees(&golden) {
            Ok(true) => None,
            Ok(false) => Some(source.problem(span.start, format!("this comes out as {value}, not {golden}"))),
            Err(mismatch) => Some(source.problem(span.start, format!("this comes out as {value}: {mismatch}"))),
        },
    }
}

/// A path's last part without its ending.
pub(super) fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.strip_suffix(".toml").unwrap_or(name)
}
