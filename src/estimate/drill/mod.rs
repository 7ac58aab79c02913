//! Estimation drills: questions made from templates, answered from the head.
//!
//! A template is content (`docs/formats.md`); [`Drill::question`] makes a question of it from a seed, [`score`] tells how
//! near an answer came, [`next_drill`] which template to ask next. A drill is a skill, not a fact: it comes back by its
//! own error and knows nothing of the cards' memory model.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::calculator::differs;
use super::evaluate::evaluate;
use super::numbers::is_name;
use super::quantity::Quantity;
use super::sheet::Sheet;
use super::source::Source;
use super::unit::Unit;
use crate::content::{Place, Problem};

mod practice;
mod question;

pub use practice::{Attempt, Calibration, Judgement, Score, next_drill, score};
pub use question::Question;

/// A template of questions.
#[derive(Clone, Debug, PartialEq)]
pub struct Drill {
    /// Unique among all drills.
    pub id: String,
    /// As shown.
    pub title: String,
    /// The heading under which it stands: the file's title.
    pub group: String,
    /// The topic that teaches it.
    pub topic: String,
    /// The question with `{parameter}` where its value goes, `{parameter.n}` for the bare number.
    pub question: String,
    /// An expression over the parameters.
    pub answer: String,
    /// The unit of a bare answer; empty for a plain number.
    pub unit: String,
    /// How answers are compared.
    pub compare: Compare,
    /// The short cut, and what the number decides.
    pub why: String,
    parameters: BTreeMap<String, Parameter>,
    /// Where it stands.
    pub place: Place,
}

/// How an answer is compared with the solution.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Compare {
    /// By their ratio.
    #[default]
    Ratio,
    /// By the ratio of what is missing to 1: 99.9 % and 99.95 % differ by a factor of two.
    Complement,
}

/// What a parameter is drawn from.
#[derive(Clone, Debug, PartialEq)]
enum Parameter {
    /// Any round number between two ends, evenly by ratio.
    Between(Quantity, Quantity),
    /// One of these.
    AnyOf(Vec<Quantity>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: String,
    drill: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: Spanned<String>,
    title: String,
    topic: String,
    question: Spanned<String>,
    answer: Spanned<String>,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    compare: Compare,
    why: String,
    parameters: BTreeMap<String, ParameterEntry>,
    golden: Option<Golden>,
}

/// Either `from` and `to`, or `any`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ParameterEntry {
    from: Option<Spanned<String>>,
    to: Option<Spanned<String>>,
    any: Option<Vec<Spanned<String>>>,
}

/// A worked case that must come out: the parameters' values and the answer.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Golden {
    parameters: BTreeMap<String, String>,
    answer: Spanned<String>,
}

impl Drill {
    /// Reads a file of drills; what is wrong with one does not spoil the others.
    pub fn parse(file: &str, text: &str) -> (Vec<Self>, Vec<Problem>) {
        let source = Source { file, text };
        let parsed = match source.read::<File>() {
            Ok(parsed) => parsed,
            Err(problem) => return (Vec::new(), vec![problem]),
        };
        let (mut drills, mut problems) = (Vec::<Self>::new(), Vec::new());
        for entry in &parsed.drill {
            let id = entry.id.get_ref();
            if drills.iter().any(|drill| drill.id == *id) {
                problems
                    .push(source.problem(entry.id.span().start, format!("there are two drills `{id}`: rename one")));
                continue;
            }
            match Self::build(source, &parsed.title, entry) {
                Ok(drill) => drills.push(drill),
                Err(found) => problems.extend(found),
            }
        }
        (drills, problems)
    }

    fn build(source: Source<'_>, group: &str, entry: &Entry) -> Result<Self, Vec<Problem>> {
        let at = entry.id.span().start;
        let mut problems = Vec::new();
        let mut parameters = BTreeMap::new();
        for (name, parameter) in &entry.parameters {
            if !is_name(name) {
                problems.push(source.problem(at, format!("`{name}` is no name for a parameter")));
            }
            match Parameter::build(source, at, parameter) {
                Ok(parameter) => {
                    parameters.insert(name.clone(), parameter);
                }
                Err(problem) => problems.push(problem),
            }
        }
        if !entry.unit.is_empty() && Unit::parse(&entry.unit).is_err() {
            problems.push(source.problem(at, format!("`{}` is not a unit", entry.unit)));
        }
        let drill = Self {
            id: entry.id.get_ref().clone(),
            title: entry.title.clone(),
            group: group.to_owned(),
            topic: entry.topic.clone(),
            question: entry.question.get_ref().clone(),
            answer: entry.answer.get_ref().clone(),
            unit: entry.unit.clone(),
            compare: entry.compare,
            why: entry.why.clone(),
            parameters,
            place: source.place(at),
        };
        if problems.is_empty() {
            drill.try_out(source, entry, &mut problems);
        }
        if problems.is_empty() { Ok(drill) } else { Err(problems) }
    }

    /// Asks itself some questions and checks the worked case, so that a drill that is accepted can also be asked.
    fn try_out(&self, source: Source<'_>, entry: &Entry, problems: &mut Vec<Problem>) {
        for name in self.parameters.keys() {
            if !self.question.contains(&format!("{{{name}}}")) && !self.question.contains(&format!("{{{name}.n}}")) {
                problems
                    .push(source.problem(entry.question.span().start, format!("the question does not tell `{name}`")));
            }
        }
        for seed in 0..8 {
            if let Err(error) = self.question(seed) {
                problems.push(source.expression_problem(&entry.answer.span(), &error));
                return;
            }
        }
        let unit = Unit::parse(&self.unit).unwrap_or(Unit::PLAIN);
        if let Ok(question) = self.question(0)
            && *question.solution.dimension() != unit.dimension()
        {
            let message = format!("the answer is a {}, but `unit` is not", question.solution.dimension());
            problems.push(source.problem(entry.answer.span().start, message));
        }
        problems.extend(entry.golden.as_ref().and_then(|golden| self.differs(source, golden)));
    }

    fn differs(&self, source: Source<'_>, golden: &Golden) -> Option<Problem> {
        let lines = golden.parameters.iter().map(|(name, value)| format!("{name} = {value}"));
        let sheet = lines.chain([self.answer.clone()]).collect::<Vec<_>>().join("\n");
        let line = Sheet::parse(&sheet).evaluate(0).pop()?;
        match line.quantity() {
            Ok(value) => differs(source, &golden.answer, value),
            Err(error) => Some(source.problem(golden.answer.span().start, error.message)),
        }
    }
}

impl Parameter {
    fn build(source: Source<'_>, at: usize, entry: &ParameterEntry) -> Result<Self, Problem> {
        let value = |text: &Spanned<String>| {
            evaluate(text.get_ref()).map_err(|error| source.expression_problem(&text.span(), &error))
        };
        match (&entry.from, &entry.to, &entry.any) {
            (Some(from), Some(to), None) => {
                let (low, high) = (value(from)?, value(to)?);
                if low.dimension() == high.dimension() && low.base() > 0.0 && low.base() < high.base() {
                    return Ok(Self::Between(low, high));
                }
                let message = "`from` and `to` are positive, of one unit, and `from` is the smaller";
                Err(source.problem(from.span().start, message))
            }
            (None, None, Some(values)) if !values.is_empty() => {
                Ok(Self::AnyOf(values.iter().map(value).collect::<Result<_, _>>()?))
            }
            _ => Err(source.problem(at, "a parameter has `from` and `to`, or `any` with at least one value")),
        }
    }
}
