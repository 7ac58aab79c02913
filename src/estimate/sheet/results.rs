//! The values of a sheet's lines.

use super::super::draws::Draws;
use super::super::error::{Error, ErrorKind, Fault, Outcome};
use super::super::evaluate::{Input, Scope, remedy};
use super::super::quantity::Quantity;
use super::super::spread::Spread;
use super::super::syntax::Expr;
use super::super::value::{Number, Value};
use super::memo::Remembered;
use super::{Line, Sheet, Statement};

/// What became of one line.
#[derive(Clone, Debug, Default)]
pub struct LineResult {
    /// As it was typed.
    pub text: String,
    /// The name that it defines.
    pub name: Option<String>,
    /// Its value; the median where it is uncertain. `None` for blank lines, declarations, comparisons and errors.
    pub value: Option<Quantity>,
    /// The value as shown: `11.6k req/s`, or the ends of the 90 % interval; empty without a value.
    pub display: String,
    /// The other forms of a rate or a cost.
    pub other_forms: Vec<String>,
    /// The spread, where the value is uncertain.
    pub spread: Option<Spread>,
    /// How it was read where another reading was possible, and what else there is to know.
    pub notes: Vec<String>,
    /// Whether the comparison `left ≈ right` holds to three significant figures.
    pub holds: Option<bool>,
    /// Why it has no value.
    pub error: Option<Error>,
}

impl LineResult {
    /// The value, or why there is none.
    ///
    /// # Errors
    /// The line's own error; for blank lines, declarations and comparisons that they have no value.
    pub fn quantity(&self) -> Result<&Quantity, Error> {
        let none = || Fault::new(ErrorKind::Syntax, 0..self.text.len(), "this line has no value").locate(&self.text, 1);
        self.value.as_ref().ok_or_else(|| self.error.clone().unwrap_or_else(none))
    }

    /// The 5 % quantile, where the value is uncertain.
    pub fn low(&self) -> Option<&Quantity> {
        self.spread.as_ref().map(|spread| &spread.low)
    }

    /// The 95 % quantile, where the value is uncertain.
    pub fn high(&self) -> Option<&Quantity> {
        self.spread.as_ref().map(|spread| &spread.high)
    }
}

/// The values of all lines of a sheet.
#[derive(Clone, Debug)]
pub struct Results {
    /// One for each line.
    pub lines: Vec<LineResult>,
    /// The ranges that each line draws itself.
    inputs: Vec<Vec<Input>>,
    /// The lines that each line depends on, itself among them.
    ancestry: Vec<Vec<usize>>,
}

/// How much of a line's spread an input explains.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// The line on which the range stands, from 0.
    pub line: usize,
    /// The range as it was typed.
    pub range: String,
    /// From 0 to 1.
    pub of_variance: f64,
}

impl Results {
    /// Which inputs drive the spread of a line (from 0), strongest first; empty where it is certain.
    pub fn sensitivity(&self, line: usize) -> Vec<Share> {
        let Some(spread) = self.lines.get(line).and_then(|line| line.spread.as_ref()) else { return Vec::new() };
        let inputs = self.ancestry[line].iter().flat_map(|at| self.inputs[*at].iter().map(move |input| (*at, input)));
        let mut shares: Vec<Share> = inputs
            .map(|(line, input)| Share {
                line,
                range: input.text.clone(),
                of_variance: spread.share_explained_by(&input.draw),
            })
            .collect();
        shares.sort_by(|a, b| b.of_variance.total_cmp(&a.of_variance));
        shares
    }

    /// The value of the line that defines a name.
    pub fn value(&self, name: &str) -> Option<&Quantity> {
        self.lines.iter().find(|line| line.name.as_deref() == Some(name)).and_then(|line| line.value.as_ref())
    }
}

/// Evaluates all lines, each after those it needs.
pub(super) fn evaluate(sheet: &Sheet, draws: &mut Draws) -> Results {
    let count = sheet.lines.len();
    let order = Order::of(sheet);
    draws.memo.begin(&sheet.references);
    let mut run = Run { sheet, draws, values: vec![None; count], inputs: vec![Vec::new(); count], effort: 0 };
    let mut lines = vec![LineResult::default(); count];
    for at in order.sorted {
        let cycle = order.cycles[at].as_deref();
        lines[at] = run.line(at, cycle);
    }
    run.draws.memo.end();
    Results { lines, inputs: run.inputs, ancestry: order.ancestry }
}

struct Run<'a> {
    sheet: &'a Sheet,
    draws: &'a mut Draws,
    values: Vec<Option<Value>>,
    inputs: Vec<Vec<Input>>,
    effort: usize,
}

impl Run<'_> {
    fn line(&mut self, at: usize, cycle: Option<&str>) -> LineResult {
        let line = &self.sheet.lines[at];
        let mut result = LineResult { text: line.text.clone(), name: line.name.clone(), ..LineResult::default() };
        result.notes.extend(line.readings.iter().cloned());
        result.notes.extend(self.sheet.calendar_notes(line));
        let statement = match &line.statement {
            Ok(statement) => statement,
            Err(error) => {
                result.error = Some(error.clone());
                return result;
            }
        };
        let outcome = match (statement, cycle) {
            (Statement::Blank | Statement::Unit, _) => Ok(()),
            (_, Some(cycle)) => Err(circular(line, cycle)),
            (Statement::Value(expr), None) => self.shown_value(at, expr, &mut result),
            (Statement::Agree(left, right), None) => self.agreement(at, left, right, &mut result),
        };
        if let Err(fault) = outcome {
            result.error = Some(fault.locate(&line.text, u32::try_from(at + 1).unwrap_or(u32::MAX)));
        }
        result
    }

    /// The value of a line and how it is shown; where it is uncertain, as it came out last time if it can.
    fn shown_value(&mut self, at: usize, expr: &Expr, result: &mut LineResult) -> Outcome<()> {
        let key = self.key(at);
        let needs = self.sheet.lines[at].needs.iter().map(|need| self.values[*need].clone());
        let needs: Vec<Value> = needs.flatten().collect();
        let remembered = match self.draws.memo.take(&key, expr, &needs) {
            Some(remembered) => remembered,
            None => {
                let (effort, notes) = (self.effort, result.notes.len());
                let value = self.value(at, expr, result)?;
                let mut shown = LineResult::default();
                show(&value, &mut shown);
                let notes = result.notes.split_off(notes);
                let (inputs, effort) = (std::mem::take(&mut self.inputs[at]), self.effort - effort);
                self.effort -= effort;
                Remembered { expr: expr.clone(), needs, value, inputs, notes, effort, shown }
            }
        };
        self.effort += remembered.effort;
        let Remembered { value, inputs, notes, shown, .. } = &remembered;
        self.inputs[at].clone_from(inputs);
        result.notes.extend(notes.iter().cloned());
        self.values[at] = Some(value.clone());
        (result.value, result.spread) = (shown.value.clone(), shown.spread.clone());
        result.display.clone_from(&shown.display);
        result.other_forms.clone_from(&shown.other_forms);
        if matches!(value.number, Number::Samples(_)) {
            self.draws.memo.keep(key, remembered);
        }
        Ok(())
    }

    /// Draws belong to the name, so that inserting a line above does not change them.
    fn key(&self, at: usize) -> String {
        self.sheet.lines[at].name.clone().unwrap_or_else(|| format!("line {at}"))
    }

    fn value(&mut self, at: usize, expr: &Expr, result: &mut LineResult) -> Outcome<Value> {
        let key = self.key(at);
        let names = |name: &str| match self.sheet.definitions.get(name) {
            Some(at) => self.values[*at].clone(),
            None => self.sheet.references.get(name).cloned().map(Value::from),
        };
        let mut scope = Scope::new(&names, self.draws);
        scope.line = &key;
        scope.effort = self.effort;
        let value = scope.value(expr);
        self.effort = scope.effort;
        result.notes.append(&mut scope.notes);
        self.inputs[at].append(&mut scope.inputs);
        value
    }

    fn agreement(&mut self, at: usize, left: &Expr, right: &Expr, result: &mut LineResult) -> Outcome<()> {
        let a = self.value(at, left, result)?.into_median();
        let b = self.value(at, right, result)?.into_median();
        match a.agrees(&b) {
            Ok(holds) => {
                result.holds = Some(holds);
                let sign = if holds { "≈" } else { "≉" };
                result.display = format!("{a} {sign} {b}");
                Ok(())
            }
            Err(mismatch) => {
                let fault = Fault::new(ErrorKind::Dimension, left.span.start..right.span.end, mismatch.to_string());
                Err(match remedy(&mismatch.left, &mismatch.right) {
                    Some(remedy) => fault.suggest(remedy),
                    None => fault,
                })
            }
        }
    }
}

fn show(value: &Value, result: &mut LineResult) {
    match &value.number {
        Number::Point(base) => {
            let quantity = Quantity::from_parts(*base, value.dimension.clone(), value.style.clone());
            result.display = quantity.to_string();
            result.other_forms = quantity.other_forms();
            result.value = Some(quantity);
        }
        Number::Samples(samples) => {
            let spread = Spread::new(samples.clone(), &value.dimension, &value.style);
            result.display = format!("{} … {}", spread.low, spread.high);
            result.value = Some(spread.median.clone());
            result.spread = Some(spread);
        }
    }
}

fn circular(line: &Line, cycle: &str) -> Fault {
    let name = line.name.as_deref().unwrap_or("");
    let start = line.text.find(name).unwrap_or(0);
    let message = format!("`{name}` depends on itself: {cycle}");
    Fault::new(ErrorKind::Name, start..start + name.len(), message).suggest("give the new value a name of its own")
}

/// In which order lines can be evaluated, and why some cannot.
struct Order {
    /// Every line once, after those it needs.
    sorted: Vec<usize>,
    /// For a line that depends on itself, the way round: `a → b → a`.
    cycles: Vec<Option<String>>,
    ancestry: Vec<Vec<usize>>,
}

#[derive(Clone, Copy, PartialEq)]
enum Visit {
    Not,
    Under,
    Done,
}

impl Order {
    fn of(sheet: &Sheet) -> Self {
        let count = sheet.lines.len();
        let mut order =
            Self { sorted: Vec::with_capacity(count), cycles: vec![None; count], ancestry: vec![Vec::new(); count] };
        let mut visits = vec![Visit::Not; count];
        for at in 0..count {
            order.visit(sheet, at, &mut visits, &mut Vec::new());
        }
        order
    }

    /// Depth first; `path` holds the lines that are being visited. A sheet has at most a few hundred lines.
    fn visit(&mut self, sheet: &Sheet, at: usize, visits: &mut [Visit], path: &mut Vec<usize>) {
        match visits[at] {
            Visit::Done => return,
            Visit::Under => return self.name_cycle(sheet, at, path),
            Visit::Not => visits[at] = Visit::Under,
        }
        path.push(at);
        let mut ancestry = vec![at];
        for need in &sheet.lines[at].needs {
            self.visit(sheet, *need, visits, path);
            ancestry.extend(&self.ancestry[*need]);
        }
        path.pop();
        ancestry.sort_unstable();
        ancestry.dedup();
        self.ancestry[at] = ancestry;
        visits[at] = Visit::Done;
        self.sorted.push(at);
    }

    /// Tells every line between the first visit of `at` and now how it comes back to itself.
    fn name_cycle(&mut self, sheet: &Sheet, at: usize, path: &[usize]) {
        let start = path.iter().position(|on_path| *on_path == at).unwrap_or(0);
        let cycle = &path[start..];
        let name = |at: &usize| sheet.lines[*at].name.as_deref().unwrap_or("");
        for (place, member) in cycle.iter().enumerate() {
            let round = cycle[place..].iter().chain(&cycle[..=place]);
            self.cycles[*member].get_or_insert_with(|| round.map(name).collect::<Vec<_>>().join(" → "));
        }
    }
}
