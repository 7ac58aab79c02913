//! An expression in, a value out. Knows what the operators mean for dimensions and how to say what clashes.

use super::dimension::{Axis, Dimension};
use super::draws::{Draw, Draws};
use super::error::{Error, ErrorKind, Fault, Outcome};
use super::function;
use super::numbers::Numbers;
use super::parse;
use super::quantity::{Quantity, Style};
use super::syntax::{Expr, Node, Operator};
use super::unit::Unit;
use super::value::{Number, Value};
use super::vocabulary::Vocabulary;

/// Evaluates one expression, such as `1M user * 10 req/user/day to req/s`. An uncertain one gives its median.
///
/// # Errors
/// Where the text is no expression, its dimensions clash, or it has no finite value.
pub fn evaluate(text: &str) -> Result<Quantity, Error> {
    evaluate_with(text, &Numbers::default())
}

/// Evaluates one expression that may use reference numbers by name.
///
/// # Errors
/// As [`evaluate()`].
pub fn evaluate_with(text: &str, numbers: &Numbers) -> Result<Quantity, Error> {
    let mut vocabulary = Vocabulary::default();
    vocabulary.references.extend(numbers.names().map(str::to_owned));
    let names = |name: &str| numbers.value(name).cloned().map(Value::from);
    let value = || {
        let parsed = parse::expression(text, &vocabulary)?;
        Scope::new(&names, &mut Draws::new(0)).value(&parsed.expr)
    };
    value().map(Value::into_median).map_err(|fault| fault.locate(text, 1))
}

impl Expr {
    /// The expression that a text writes, without its value.
    ///
    /// # Errors
    /// Where the text is no expression of built-in units and functions.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let parsed = parse::expression(text, &Vocabulary::default()).map_err(|fault| fault.locate(text, 1))?;
        Ok(parsed.expr)
    }
}

impl Unit {
    /// The unit that a text names, such as `req/s`.
    ///
    /// # Errors
    /// Where the text names none.
    pub fn parse(text: &str) -> Result<Self, Error> {
        parse::unit(text, &Vocabulary::default()).map_err(|fault| fault.locate(text, 1))
    }
}

/// What an expression may draw on while it is computed.
pub(super) struct Scope<'a> {
    /// The value of a name; `None` where its line has none.
    names: &'a dyn Fn(&str) -> Option<Value>,
    draws: &'a mut Draws,
    /// Names the draws of this line.
    pub(super) line: &'a str,
    /// The ranges that have been drawn.
    pub(super) inputs: Vec<Input>,
    /// What the values alone do not tell.
    pub(super) notes: Vec<String>,
    /// How many operations on whole sets of samples have been done, in this line and those before it.
    pub(super) effort: usize,
}

/// An uncertain input: a range as it was written.
#[derive(Clone, Debug)]
pub(super) struct Input {
    pub(super) text: String,
    pub(super) draw: Draw,
}

/// A sheet that computes with more sets of samples is refused: it would take longer than a tenth of a second.
const MAX_EFFORT: usize = 3_000;
/// Drawing takes as long as so many operations.
const EFFORT_OF_A_DRAW: usize = 25;
/// As many operations as a function takes that loops for each sample.
const EFFORT_OF_A_LOOP: usize = 500;
/// Dimensions beyond this power are a slip or an attack.
const MAX_POWER: i32 = 99;

impl<'a> Scope<'a> {
    pub(super) fn new(names: &'a dyn Fn(&str) -> Option<Value>, draws: &'a mut Draws) -> Self {
        Self { names, draws, line: "", inputs: Vec::new(), notes: Vec::new(), effort: 0 }
    }

    /// The value of an expression; always finite.
    pub(super) fn value(&mut self, expr: &Expr) -> Outcome<Value> {
        let value = match &expr.node {
            Node::Literal(number, unit) => written(*number, unit, expr)?,
            Node::Unit(unit) => written(1.0, unit, expr)?,
            Node::Name(name) => (self.names)(name).ok_or_else(|| {
                Fault::new(
                    ErrorKind::Name,
                    expr.span.clone(),
                    format!("`{name}` has no value, since its own line has an error"),
                )
            })?,
            Node::Negate(inner) => self.value(inner)?.map(|x| -x),
            Node::Binary(operator, left, right) => self.binary(*operator, left, right)?,
            Node::Range(low, high) => self.range(expr, low, high)?,
            Node::Call(name, arguments) => self.call(expr, name, arguments)?,
            Node::Convert(inner, unit) => convert(self.value(inner)?, unit, inner)?,
        };
        match expr.node {
            // These hold what has been looked at already.
            Node::Name(_) | Node::Negate(_) | Node::Convert(..) => Ok(value),
            _ => self.bounded(value, expr),
        }
    }

    /// Refuses what is not finite, and what has taken too long.
    fn bounded(&mut self, value: Value, expr: &Expr) -> Outcome<Value> {
        if matches!(value.number, Number::Samples(_)) {
            self.effort += 1;
        }
        let fault = |kind, message: &str| Err(Fault::new(kind, expr.span.clone(), message));
        if self.effort > MAX_EFFORT {
            fault(ErrorKind::Limit, "this computes with too many ranges")
        } else if value.dimension.powers().iter().any(|(_, power)| power.abs() > MAX_POWER) {
            fault(ErrorKind::Limit, "this power of a unit is too high")
        } else if !value.number.all(f64::is_finite) {
            fault(ErrorKind::Arithmetic, "this is too large to be computed")
        } else {
            Ok(value)
        }
    }

    fn binary(&mut self, operator: Operator, left: &Expr, right: &Expr) -> Outcome<Value> {
        let (a, b) = (self.value(left)?, self.value(right)?);
        match operator {
            Operator::Add => add(a, b, "+", left, right, |x, y| x + y),
            Operator::Subtract => add(a, b, "-", left, right, |x, y| x - y),
            Operator::Multiply | Operator::Beside => Ok(a.times(b)),
            Operator::Of if a.dimension.is_plain() => Ok(b.times(a)),
            Operator::Of => {
                let message = format!("`of` takes a share, not a {}", a.dimension);
                Err(Fault::new(ErrorKind::Dimension, left.span.clone(), message).suggest("write it like `10% of x`"))
            }
            Operator::Divide if b.number.all(|y| y != 0.0) => Ok(a.over(b)),
            Operator::Divide => Err(Fault::new(
                ErrorKind::Arithmetic,
                right.span.clone(),
                "this is zero, and nothing can be divided by it",
            )),
            Operator::Power => power(a, b, left, right),
        }
    }

    fn call(&mut self, expr: &Expr, name: &str, arguments: &[Expr]) -> Outcome<Value> {
        let values = arguments.iter().map(|argument| self.value(argument)).collect::<Outcome<Vec<_>>>()?;
        let function = function::find(name)
            .ok_or_else(|| Fault::new(ErrorKind::Unknown, expr.span.clone(), format!("`{name}` is not a function")))?;
        let uncertain = values.iter().filter(|value| matches!(value.number, Number::Samples(_))).count();
        self.effort += uncertain * if function.loops { EFFORT_OF_A_LOOP } else { 1 };
        function.apply(&values, &mut self.notes).map_err(|complaint| Fault {
            kind: complaint.kind,
            span: arguments.get(complaint.argument).unwrap_or(expr).span.clone(),
            message: complaint.message,
            suggestion: complaint.suggestion,
        })
    }

    /// A 90 % interval: lognormal where both ends are positive, else normal.
    fn range(&mut self, expr: &Expr, low: &Expr, high: &Expr) -> Outcome<Value> {
        let (a, b) = (self.value(low)?, self.value(high)?);
        if a.dimension != b.dimension {
            let message = format!("a range needs two alike ends, not {} and {}", a.dimension, b.dimension);
            return Err(Fault::new(ErrorKind::Dimension, expr.span.clone(), message));
        }
        let (Number::Point(from), Number::Point(to)) = (&a.number, &b.number) else {
            return Err(Fault::new(ErrorKind::Arithmetic, expr.span.clone(), "the ends of a range must be certain"));
        };
        let (from, to) = (*from, *to);
        if from > to {
            let fault = Fault::new(ErrorKind::Arithmetic, expr.span.clone(), "this range runs backwards");
            return Err(fault.suggest(format!("write `{high}..{low}`")));
        }
        if from == to {
            return Ok(a);
        }
        self.effort += EFFORT_OF_A_DRAW;
        let draw = self.draws.get(&format!("{} {}", self.line, self.inputs.len()));
        let samples = between(Number::Samples(draw.scores.clone()), from, to);
        self.inputs.push(Input { text: expr.to_string(), draw });
        Ok(b.with(samples))
    }
}

/// A number of a unit, whose own size must be a number as well: `1/year^99` would be nothing.
fn written(number: f64, unit: &Unit, expr: &Expr) -> Outcome<Value> {
    if unit.scale().is_normal() {
        Ok(Value::from(Quantity::new(number, unit)))
    } else {
        Err(Fault::new(ErrorKind::Arithmetic, expr.span.clone(), "this unit is too large or too small to compute with"))
    }
}

/// Turns standard normal scores into samples of which 90 % lie between two ends.
fn between(scores: Number, from: f64, to: f64) -> Number {
    /// The 95 % quantile of the standard normal distribution.
    const SPREAD: f64 = 1.644_853_626_951_472_2;
    if from > 0.0 {
        let (middle, deviation) = (f64::midpoint(from.ln(), to.ln()), (to.ln() - from.ln()) / (2.0 * SPREAD));
        scores.map(|score| (middle + deviation * score).exp())
    } else {
        let (middle, deviation) = (f64::midpoint(from, to), (to - from) / (2.0 * SPREAD));
        scores.map(|score| middle + deviation * score)
    }
}

fn add(a: Value, b: Value, sign: &str, left: &Expr, right: &Expr, f: impl Fn(f64, f64) -> f64) -> Outcome<Value> {
    if a.dimension == b.dimension {
        return Ok(Value { style: a.style.softened(), number: a.number.zip(b.number, f), dimension: a.dimension });
    }
    let message = format!("{} {sign} {} has no meaning", a.dimension, b.dimension);
    let fault = Fault::new(ErrorKind::Dimension, left.span.start..right.span.end, message);
    Err(match remedy(&a.dimension, &b.dimension) {
        Some(remedy) => fault.suggest(remedy),
        None => fault,
    })
}

fn power(base: Value, exponent: Value, left: &Expr, right: &Expr) -> Outcome<Value> {
    let dimension_fault = |span: &Expr, message: String| Fault::new(ErrorKind::Dimension, span.span.clone(), message);
    if !exponent.dimension.is_plain() {
        let fault = dimension_fault(right, format!("an exponent is a plain number, not a {}", exponent.dimension));
        return Err(fault.suggest("a unit binds to the number before it; put the power in parentheses"));
    }
    let number = base.number.zip(exponent.number.clone(), f64::powf);
    if number.all(|x| !x.is_nan()) {
        if base.dimension.is_plain() {
            return Ok(Value::plain(number));
        }
        return match exponent.number {
            Number::Point(power) if power.fract() == 0.0 && power.abs() <= f64::from(MAX_POWER) => {
                Ok(Value { number, dimension: base.dimension.to_the(power as i32), style: Style::default() })
            }
            _ => Err(dimension_fault(right, format!("a {} can only be raised to a whole power", base.dimension))),
        };
    }
    Err(Fault::new(ErrorKind::Arithmetic, left.span.start..right.span.end, "a negative number has only whole powers"))
}

fn convert(value: Value, unit: &Unit, expr: &Expr) -> Outcome<Value> {
    let wanted = unit.dimension();
    if !unit.scale().is_normal() {
        return Err(Fault::new(
            ErrorKind::Arithmetic,
            expr.span.clone(),
            "this cannot be shown in a unit of that size",
        ));
    }
    if value.dimension == wanted {
        return Ok(Value { style: Style::Exact(unit.clone()), ..value });
    }
    let message = format!("a {} cannot be shown in {unit}, which is a {wanted}", value.dimension);
    let fault = Fault::new(ErrorKind::Dimension, expr.span.clone(), message);
    Err(match remedy(&value.dimension, &wanted) {
        Some(remedy) => fault.suggest(remedy),
        None => fault,
    })
}

/// What to do about two dimensions that should be equal, where that can be told from what tells them apart.
pub(super) fn remedy(left: &Dimension, right: &Dimension) -> Option<String> {
    let difference = left.over(right);
    match difference.powers() {
        [(Axis::Count(thing), 1)] => Some(format!(
            "`{thing}` is left over on the left: divide by `1 {thing}`, or write a size or rate `per {thing}`"
        )),
        [(Axis::Count(thing), -1)] => {
            Some(format!("`{thing}` is missing on the left: multiply by a number of `{thing}`"))
        }
        [(Axis::Time, -1)] => Some("multiply the rate on the left by a time".to_owned()),
        [(Axis::Time, 1)] => Some("multiply the rate on the right by a time, or divide the left by one".to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, shown: &str) {
        match evaluate(text) {
            Ok(quantity) => assert_eq!(quantity.to_string(), shown, "{text}"),
            Err(error) => panic!("{text}: {error}\n{}", error.caret(text)),
        }
    }

    fn check_error(text: &str, place: &str, message: &str) {
        let error = evaluate(text).expect_err(text);
        assert_eq!((&text[error.span.clone()], error.message.as_str()), (place, message), "{text}");
    }

    #[test]
    fn a_number_binds_to_its_unit_first() {
        check("1 GB / 4 KB", "250,000");
        check("100M user * 10 req/user/day", "11.6k req/s");
        check("34.7k req/s / 500 req/s/server", "69.4 server");
        check("1M * 500 B", "500 MB");
        check("1M req/day to req/s", "11.6 req/s");
        check("1.6425 PB to TiB", "1,490 TiB");
        check("ceil(34.7k req/s / (500 req/s/server))", "70 server");
    }

    #[test]
    fn quantities_show_in_the_scale_of_a_person() {
        check("116 req/s * 1 KB/req", "116 KB/s");
        check("116 req/s * 8 kbit/req", "928 kbit/s");
        check("downtime(99.9%)", "8.76 h");
        check("downtime(99.9%, 30 day)", "43.2 min");
        check("62^6 / (1M/day)", "156 year");
        check("$20/month/server * 12 server", "$240/month");
    }

    #[test]
    fn what_clashes_is_said_in_words() {
        check_error("1 GB + 3 req/s", "1 GB + 3 req/s", "storage + rate of req has no meaning");
        check_error("1 + foo", "foo", "`foo` is neither a name nor a unit");
        check_error("1 / (2 - 2)", "(2 - 2)", "this is zero, and nothing can be divided by it");
        check_error("max(1,000, 2)", "1,000", "inside a call a comma separates arguments");
        check_error("3 gb", "gb", "`gb` is neither a name nor a unit");
    }
}
