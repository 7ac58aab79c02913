//! Opens a result: the formula, what was put in, how units cancel, and how one would do it in the head.

use std::sync::Arc;

use super::draws::Draws;
use super::evaluate::Scope;
use super::quantity::{Quantity, Style};
use super::syntax::{Expr, Node, Operator};
use super::unit::{Atom, Unit};
use super::value::Value;

/// How a value came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Derivation {
    /// With names: `dau * per_user`.
    pub formula: String,
    /// With the numbers put in: `100M user * 10 req/user/day`.
    pub substituted: String,
    /// How the units cancel: `user × req/user/day = req/day = req/s`; `None` where there is nothing to cancel.
    pub units: Option<String>,
    /// Three significant figures.
    pub rounded: String,
    /// Every digit.
    pub exact: String,
    /// The same in the head; `None` where that is exact, or no sum for the head.
    pub short_cut: Option<ShortCut>,
}

/// A sum made easy enough for the head.
#[derive(Clone, Debug, PartialEq)]
pub struct ShortCut {
    /// With easy numbers put in.
    pub formula: String,
    /// What else is taken to be easy: `a day ≈ 10⁵ s`.
    pub facts: Vec<&'static str>,
    /// What it gives.
    pub value: Quantity,
    /// By how much it is off: 0.16 is 16 % too much.
    pub error: f64,
}

type Names<'a> = &'a dyn Fn(&str) -> Option<Quantity>;

impl Derivation {
    pub(super) fn new(expr: &Expr, value: Quantity, value_of: Names<'_>) -> Self {
        let shown = |part: &Expr, _| shown(part, value_of);
        Self {
            formula: expr.to_string(),
            substituted: substituted(expr, false, &shown).to_string(),
            units: cancelled(expr, &value, value_of),
            rounded: value.to_string(),
            exact: value.exact(),
            short_cut: ShortCut::new(expr, &value, value_of),
        }
    }
}

/// The value of a name as it is shown.
fn shown(part: &Expr, value_of: Names<'_>) -> Option<String> {
    match &part.node {
        Node::Name(name) => value_of(name).map(|value| value.to_string()),
        _ => None,
    }
}

/// The tree with some parts replaced by text: a name prints as it stands, so it can carry any text.
/// `text_of` is told whether the part stands in an exponent.
fn substituted(expr: &Expr, in_exponent: bool, text_of: &dyn Fn(&Expr, bool) -> Option<String>) -> Expr {
    let again = |part: &Expr| Box::new(substituted(part, in_exponent, text_of));
    if let Some(text) = text_of(expr, in_exponent) {
        return Expr { node: Node::Name(text), span: expr.span.clone() };
    }
    let node = match &expr.node {
        // `3 peak` must not become `3 35k req/s`.
        Node::Binary(Operator::Beside, left, right) => Node::Binary(Operator::Multiply, again(left), again(right)),
        Node::Binary(Operator::Power, base, exponent) => {
            let mut base = again(base);
            if let Node::Name(text) = &mut base.node
                && text.contains([' ', '/'])
            {
                *text = format!("({text})");
            }
            Node::Binary(Operator::Power, base, Box::new(substituted(exponent, true, text_of)))
        }
        Node::Binary(operator, left, right) => Node::Binary(*operator, again(left), again(right)),
        Node::Negate(inner) => Node::Negate(again(inner)),
        Node::Convert(inner, unit) => Node::Convert(again(inner), unit.clone()),
        Node::Range(low, high) => Node::Range(again(low), again(high)),
        Node::Call(name, arguments) => {
            Node::Call(name.clone(), arguments.iter().map(|argument| *again(argument)).collect())
        }
        leaf @ (Node::Literal(..) | Node::Unit(_) | Node::Name(_)) => leaf.clone(),
    };
    Expr { node, span: expr.span.clone() }
}

fn point(expr: &Expr, value_of: Names<'_>) -> Option<Quantity> {
    let names = |name: &str| value_of(name).map(Value::from);
    Scope::new(&names, &mut Draws::new(0)).value(expr).ok().map(Value::into_median)
}

/// How the units of the factors of a product give the unit of the result.
fn cancelled(expr: &Expr, value: &Quantity, value_of: Names<'_>) -> Option<String> {
    let mut factors = Vec::new();
    collect_factors(expr, 1, &mut factors);
    let mut product = Unit::PLAIN;
    let mut text = String::new();
    let mut with_units = 0;
    for (factor, sign) in factors {
        let unit = point(factor, value_of)?.shown_unit();
        if unit == Unit::PLAIN || unit.dimension().is_plain() {
            continue;
        }
        with_units += 1;
        let shown = unit.to_string();
        let shown = if sign < 0 && shown.contains(['/', '·']) { format!("({shown})") } else { shown };
        text += match (text.is_empty(), sign) {
            (true, 1..) => "",
            (true, _) => "1 ÷ ",
            (false, 1..) => " × ",
            (false, _) => " ÷ ",
        };
        text += &shown;
        product = product.times(&unit, sign);
    }
    let or_number = |unit: &Unit| if *unit == Unit::PLAIN { "a plain number".to_owned() } else { unit.to_string() };
    let (product, shown) = (or_number(&product), or_number(&value.shown_unit()));
    if with_units > 1 && text != product {
        text += &format!(" = {product}");
    }
    if product != shown {
        text += &format!(" = {shown}");
    }
    (with_units > 0 && text.contains('=')).then_some(text)
}

/// The factors of a product, each with 1 or -1.
fn collect_factors<'a>(expr: &'a Expr, sign: i32, factors: &mut Vec<(&'a Expr, i32)>) {
    match &expr.node {
        Node::Binary(Operator::Multiply | Operator::Beside | Operator::Of, left, right) => {
            collect_factors(left, sign, factors);
            collect_factors(right, sign, factors);
        }
        Node::Binary(Operator::Divide, left, right) => {
            collect_factors(left, sign, factors);
            collect_factors(right, -sign, factors);
        }
        Node::Convert(inner, _) => collect_factors(inner, sign, factors),
        _ => factors.push((expr, sign)),
    }
}

/// What a span of time is taken to be in the head: symbol, seconds, and how one says it.
const EASY_TIMES: &[(&str, f64, &str)] = &[
    ("day", 1e5, "a day ≈ 10⁵ s"),
    ("h", 4e3, "an hour ≈ 4,000 s"),
    ("week", 6e5, "a week ≈ 6 × 10⁵ s"),
    ("month", 2.5e6, "a month ≈ 2.5 × 10⁶ s"),
    ("year", 3e7, "a year ≈ 3 × 10⁷ s"),
];

/// A year beside days is counted in days.
const EASY_YEAR_OF_DAYS: (&str, f64, &str) = ("year", 4e7, "a year ≈ 400 days");

/// Makes a sum easy.
struct Easy<'a> {
    value_of: Names<'a>,
    /// Whether years are counted in days.
    in_days: bool,
    /// What spans of time were taken to be.
    facts: Vec<&'static str>,
}

impl ShortCut {
    fn new(expr: &Expr, value: &Quantity, value_of: Names<'_>) -> Option<Self> {
        if !is_for_the_head(expr) {
            return None;
        }
        let mut easy = Easy { value_of, in_days: speaks_of_days(expr, value_of), facts: Vec::new() };
        let text = |part: &Expr, in_exponent| match in_exponent {
            true => shown(part, value_of),
            false => easy_leaf(part, value_of, false).map(|(quantity, _)| quantity.to_string()),
        };
        let formula = substituted(expr, false, &text).to_string();
        let result = point(&easy.expr(expr), value_of)?;
        let shown_unit = value.shown_unit();
        let number = result.base() / easy.unit(&shown_unit).scale();
        let error = number / (value.base() / shown_unit.scale()) - 1.0;
        if !error.is_finite() || error.abs() < 1e-9 {
            return None;
        }
        easy.facts.sort_unstable();
        easy.facts.dedup();
        let easy_value = Quantity::new(number, &shown_unit);
        let exactly = matches!(value.style(), Style::Exact(_)).then(|| easy_value.to_unit(&shown_unit).ok()).flatten();
        let value = exactly.unwrap_or(easy_value);
        Some(Self { formula, facts: easy.facts, value, error })
    }
}

fn speaks_of_days(expr: &Expr, value_of: Names<'_>) -> bool {
    let mut days = false;
    expr.walk(&mut |part| {
        days |= match &part.node {
            Node::Literal(_, unit) | Node::Unit(unit) => unit.mentions("day"),
            Node::Name(name) => value_of(name).is_some_and(|value| value.shown_unit().mentions("day")),
            _ => false,
        };
    });
    days
}

/// Sums, products and powers can be done in the head; ranges and functions cannot.
fn is_for_the_head(expr: &Expr) -> bool {
    let mut simple = true;
    expr.walk(&mut |part| {
        simple &= match &part.node {
            Node::Range(..) => false,
            Node::Call(name, _) => matches!(name.as_str(), "ceil" | "floor" | "round" | "min" | "max" | "sum"),
            _ => true,
        };
    });
    simple
}

impl Easy<'_> {
    /// The tree with easy numbers and easy spans of time.
    fn expr(&mut self, expr: &Expr) -> Expr {
        let node = match &expr.node {
            Node::Literal(..) | Node::Name(_) | Node::Unit(_) => match easy_leaf(expr, self.value_of, true) {
                Some((quantity, unit)) => Node::Literal(quantity.base() / unit.scale(), self.unit(&unit)),
                None => expr.node.clone(),
            },
            Node::Negate(inner) => Node::Negate(self.boxed(inner)),
            Node::Convert(inner, unit) => Node::Convert(self.boxed(inner), self.unit(unit)),
            // An exponent is never rounded: 2^64 is not 2^60.
            Node::Binary(Operator::Power, base, exponent) => {
                Node::Binary(Operator::Power, self.boxed(base), exponent.clone())
            }
            Node::Binary(operator, left, right) => Node::Binary(*operator, self.boxed(left), self.boxed(right)),
            Node::Call(name, arguments) => {
                Node::Call(name.clone(), arguments.iter().map(|argument| self.expr(argument)).collect())
            }
            Node::Range(..) => expr.node.clone(),
        };
        Expr { node, span: expr.span.clone() }
    }

    fn boxed(&mut self, expr: &Expr) -> Box<Expr> {
        Box::new(self.expr(expr))
    }

    /// The unit with easy spans of time.
    fn unit(&mut self, unit: &Unit) -> Unit {
        let mut easy = Unit::PLAIN;
        for (atom, power) in unit.factors() {
            let year = (self.in_days && atom.symbol == "year").then_some(&EASY_YEAR_OF_DAYS);
            let time = year.or_else(|| EASY_TIMES.iter().find(|(symbol, ..)| *symbol == atom.symbol));
            let atom = match time {
                Some((symbol, seconds, fact)) => {
                    self.facts.push(fact);
                    let (dimension, family) = (atom.dimension.clone(), atom.family);
                    Arc::new(Atom { symbol: (*symbol).into(), scale: *seconds, dimension, family })
                }
                None => atom.clone(),
            };
            easy = easy.times_exactly(&atom, *power);
        }
        easy
    }
}

/// A number with one or two easy figures instead of its own, and its unit. `bare` also takes units on their own.
fn easy_leaf(expr: &Expr, value_of: Names<'_>, bare: bool) -> Option<(Quantity, Unit)> {
    let (number, unit) = match &expr.node {
        Node::Literal(number, unit) => (*number, unit.clone()),
        Node::Unit(unit) if bare => (1.0, unit.clone()),
        Node::Name(name) => {
            let value = value_of(name)?;
            let unit = value.shown_unit();
            (value.base() / unit.scale(), unit)
        }
        _ => return None,
    };
    // An availability must keep its nines.
    let keep = unit.mentions("%") && (90.0..100.0).contains(&number);
    let easy = if keep { number } else { easy_number(number) };
    Some((Quantity::new(easy, &unit), unit))
}

/// The nearest number, by ratio, that is easy to multiply with.
pub(super) fn easy_number(number: f64) -> f64 {
    const EASY: [f64; 12] = [1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0];
    if number == 0.0 || !number.is_finite() {
        return number;
    }
    let text = format!("{:e}", number.abs());
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let mantissa: f64 = mantissa.parse().unwrap_or(1.0);
    let distance = |easy: &f64| (mantissa / easy).ln().abs();
    let nearest = EASY.into_iter().min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or(mantissa);
    // Through text, so that 2.5 and an exponent give the number that a person would type.
    let easy: f64 = format!("{nearest}e{exponent}").parse().unwrap_or(number);
    easy.copysign(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::Sheet;

    /// The derivation of the last line of a sheet.
    fn derivation(sheet: &str) -> Derivation {
        let sheet = Sheet::parse(sheet);
        let results = sheet.evaluate_with(&mut Draws::new(1));
        let last = results.lines.len() - 1;
        sheet.derive(last, &results).unwrap_or_else(|| panic!("{:?}", results.lines[last].error))
    }

    #[test]
    fn a_rate_is_derived_from_users() {
        let found = derivation("dau = 100M users\nper_user = 10 req/user/day\ndau * per_user");
        assert_eq!(found.formula, "dau * per_user");
        assert_eq!(found.substituted, "100M user * 10 req/user/day");
        assert_eq!(found.units.as_deref(), Some("user × req/user/day = req/day = req/s"));
        let short_cut = found.short_cut.expect("86,400 is not easy");
        assert_eq!(short_cut.facts, ["a day ≈ 10⁵ s"]);
        assert_eq!(short_cut.value.to_string(), "10k req/s");
        assert!((short_cut.error - (0.864 - 1.0)).abs() < 1e-9, "{}", short_cut.error);
    }

    #[test]
    fn parentheses_keep_what_was_put_in_together() {
        let found = derivation("peak = 34.7k req/s\nceil(peak / (500 req/s/server))");
        assert_eq!(found.substituted, "ceil(34.7k req/s / 500 req/s/server)");
        let squared = derivation("side = 3 KB\nside^2 / 1 KB");
        assert_eq!(squared.substituted, "(3 KB)^2 / 1 KB");
    }

    #[test]
    fn what_is_easy_already_needs_no_short_cut() {
        assert_eq!(derivation("2 * 3 GB").short_cut, None);
        assert_eq!(derivation("downtime(99.9%)").short_cut, None);
        assert_eq!(derivation("2^64").short_cut, None);
    }

    #[test]
    fn easy_numbers_are_the_nearest_by_ratio() {
        let check = |number: f64, easy: f64| assert_eq!(easy_number(number), easy, "{number}");
        check(86_400.0, 90_000.0);
        check(1.16, 1.0);
        check(11_574.0, 10_000.0);
        check(2_300.0, 2_500.0);
        check(-970.0, -1000.0);
        check(0.0, 0.0);
    }
}
