//! The functions of the language, one entry each: name, usage, purpose and what it computes.
//!
//! The table feeds the parser, the suggestions and the help. General mathematics stands here, what
//! only a system designer needs in `trade`. Arguments come in base units.

use std::ops::RangeInclusive;

use super::dimension::Dimension;
use super::error::ErrorKind;
use super::quantity::Style;
use super::unit::Unit;
use super::value::{Number, Value};

mod trade;

/// A function that expressions may call.
#[derive(Debug)]
pub struct Function {
    /// As it is called.
    pub name: &'static str,
    /// With its parameters: `bloom_bits(n, p)`.
    pub usage: &'static str,
    /// What it gives, in one line.
    pub purpose: &'static str,
    pub(super) arguments: RangeInclusive<usize>,
    /// Whether it loops for each sample, which costs far more than an operation.
    pub(super) loops: bool,
    apply: fn(&[Value], &mut Vec<String>) -> Result<Value, Complaint>,
}

/// What is wrong with an argument.
#[derive(Debug)]
pub(super) struct Complaint {
    /// Which one, from 0.
    pub(super) argument: usize,
    pub(super) kind: ErrorKind,
    pub(super) message: String,
    pub(super) suggestion: Option<String>,
}

impl Complaint {
    fn dimension(argument: usize, message: impl Into<String>) -> Self {
        Self { argument, kind: ErrorKind::Dimension, message: message.into(), suggestion: None }
    }

    fn domain(argument: usize, message: impl Into<String>) -> Self {
        Self { argument, kind: ErrorKind::Arithmetic, message: message.into(), suggestion: None }
    }

    fn suggest(mut self, suggestion: impl Into<String>) -> Self {
        self.suggestion = Some(suggestion.into());
        self
    }
}

type Answer = Result<Value, Complaint>;

impl Function {
    /// Computes it. `notes` takes what the value alone does not tell. The caller has checked the number of arguments.
    pub(super) fn apply(&self, arguments: &[Value], notes: &mut Vec<String>) -> Answer {
        (self.apply)(arguments, notes)
    }
}

/// The function of a name.
pub(super) fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name)
}

const ANY: RangeInclusive<usize> = 1..=64;

/// Every function, in the order in which help lists them.
pub const FUNCTIONS: &[Function] = &[
    Function {
        name: "min",
        usage: "min(a, b, …)",
        purpose: "the smallest",
        arguments: ANY,
        loops: false,
        apply: |a, _| fold(a, f64::min),
    },
    Function {
        name: "max",
        usage: "max(a, b, …)",
        purpose: "the largest",
        arguments: ANY,
        loops: false,
        apply: |a, _| fold(a, f64::max),
    },
    Function {
        name: "sum",
        usage: "sum(a, b, …)",
        purpose: "the sum",
        arguments: ANY,
        loops: false,
        apply: |a, _| fold(a, |x, y| x + y),
    },
    Function {
        name: "round",
        usage: "round(x)",
        purpose: "to the nearest whole number of its unit",
        arguments: 1..=1,
        loops: false,
        apply: |a, _| whole(a, "round", f64::round),
    },
    Function {
        name: "ceil",
        usage: "ceil(x)",
        purpose: "up to a whole number of its unit",
        arguments: 1..=1,
        loops: false,
        apply: |a, _| whole(a, "ceil", f64::ceil),
    },
    Function {
        name: "floor",
        usage: "floor(x)",
        purpose: "down to a whole number of its unit",
        arguments: 1..=1,
        loops: false,
        apply: |a, _| whole(a, "floor", f64::floor),
    },
    Function {
        name: "sqrt",
        usage: "sqrt(x)",
        purpose: "the square root",
        arguments: 1..=1,
        loops: false,
        apply: |a, _| square_root(&a[0]),
    },
    Function {
        name: "log2",
        usage: "log2(x)",
        purpose: "the logarithm to base 2",
        arguments: 1..=1,
        loops: false,
        apply: |a, _| logarithm(a, f64::log2),
    },
    Function {
        name: "log10",
        usage: "log10(x)",
        purpose: "the logarithm to base 10",
        arguments: 1..=1,
        loops: false,
        apply: |a, _| logarithm(a, f64::log10),
    },
    Function {
        name: "ln",
        usage: "ln(x)",
        purpose: "the natural logarithm",
        arguments: 1..=1,
        loops: false,
        apply: |a, _| logarithm(a, f64::ln),
    },
    Function {
        name: "exp",
        usage: "exp(x)",
        purpose: "e to the power x",
        arguments: 1..=1,
        loops: false,
        apply: |a, _| Ok(Value::plain(plain(a, 0)?.map(f64::exp))),
    },
    Function {
        name: "downtime",
        usage: "downtime(availability, period)",
        purpose: "time not available in a period, by default a year",
        arguments: 1..=2,
        loops: false,
        apply: |a, _| trade::downtime(a),
    },
    Function {
        name: "nines",
        usage: "nines(availability)",
        purpose: "how many nines: 3 for 99.9%",
        arguments: 1..=1,
        loops: false,
        apply: |a, _| trade::nines(a),
    },
    Function {
        name: "series",
        usage: "series(a, b, …)",
        purpose: "availability of parts that are all needed",
        arguments: ANY,
        loops: false,
        apply: |a, _| trade::series(a),
    },
    Function {
        name: "parallel",
        usage: "parallel(a, n)",
        purpose: "availability of n equal parts of which one is enough, or of the parts listed",
        arguments: ANY,
        loops: false,
        apply: |a, notes| trade::parallel(a, notes),
    },
    Function {
        name: "k_of_n",
        usage: "k_of_n(k, n, a)",
        purpose: "availability where k of n equal parts are needed",
        arguments: 3..=3,
        loops: true,
        apply: |a, _| trade::k_of_n(a),
    },
    Function {
        name: "quorum",
        usage: "quorum(n, r, w)",
        purpose: "how many copies a read surely shares with the last write",
        arguments: 3..=3,
        loops: false,
        apply: |a, notes| trade::quorum(a, notes),
    },
    Function {
        name: "bloom_bits",
        usage: "bloom_bits(n, p)",
        purpose: "size of a Bloom filter for n keys and a share p of false positives",
        arguments: 2..=2,
        loops: false,
        apply: |a, _| trade::bloom_bits(a),
    },
    Function {
        name: "birthday",
        usage: "birthday(n, bits)",
        purpose: "chance that two of n random ids of so many bits are equal",
        arguments: 2..=2,
        loops: false,
        apply: |a, _| trade::birthday(a),
    },
    Function {
        name: "erlang_c",
        usage: "erlang_c(load, servers)",
        purpose: "chance to wait, where load is arrival rate / service rate of one server",
        arguments: 2..=2,
        loops: true,
        apply: |a, _| trade::erlang_c(a),
    },
    Function {
        name: "mmc_wait",
        usage: "mmc_wait(λ, μ, c)",
        purpose: "mean time in the queue of c servers (M/M/c)",
        arguments: 3..=3,
        loops: true,
        apply: |a, _| trade::mmc_wait(a),
    },
    Function {
        name: "utilisation",
        usage: "utilisation(λ, μ, c)",
        purpose: "share of the time that c servers are busy",
        arguments: 3..=3,
        loops: false,
        apply: |a, notes| trade::utilisation(a, notes),
    },
    Function {
        name: "little",
        usage: "little(λ, w)",
        purpose: "how many are in the system at once: rate times time (Little's law)",
        arguments: 2..=2,
        loops: false,
        apply: |a, _| trade::little(a),
    },
];

/// Combines any number of like quantities.
fn fold(arguments: &[Value], f: impl Fn(f64, f64) -> f64 + Copy) -> Answer {
    let (first, rest) = (&arguments[0], &arguments[1..]);
    let mut number = first.number.clone();
    for (at, argument) in rest.iter().enumerate() {
        if argument.dimension != first.dimension {
            let message = format!("{} and {} cannot be compared", first.dimension, argument.dimension);
            return Err(Complaint::dimension(at + 1, message));
        }
        number = number.zip(argument.number.clone(), f);
    }
    Ok(Value { number, dimension: first.dimension.clone(), style: first.style.softened() })
}

/// Rounds in the unit of the value: things and plain numbers as such, everything else in the unit in which it was given.
fn whole(arguments: &[Value], name: &str, round: impl Fn(f64) -> f64) -> Answer {
    let value = &arguments[0];
    let scale = match value.style.unit() {
        Some(unit) if unit.dimension() == value.dimension => unit.scale(),
        _ if value.dimension.is_count() => 1.0,
        _ => {
            let message = format!("it depends on the unit what a whole {} is", value.dimension);
            return Err(Complaint::dimension(0, message).suggest(format!("write `{name}(x to unit)`")));
        }
    };
    // 3.5M / 0.5M must be 7, not a hair above it.
    let round = |x: f64| {
        let (x, nearest) = (x / scale, (x / scale).round());
        if (x - nearest).abs() <= 1e-9 * nearest.abs().max(1.0) { nearest * scale } else { round(x) * scale }
    };
    Ok(value.clone().map(round))
}

fn square_root(value: &Value) -> Answer {
    if !value.number.all(|x| x >= 0.0) {
        return Err(Complaint::domain(0, "a negative number has no square root here"));
    }
    let Some(dimension) = value.dimension.square_root() else {
        return Err(Complaint::dimension(0, format!("{} has no square root", value.dimension)));
    };
    Ok(Value { number: value.number.clone().map(f64::sqrt), dimension, style: Style::default() })
}

fn logarithm(arguments: &[Value], f: impl Fn(f64) -> f64) -> Answer {
    let number = plain(arguments, 0)?;
    if number.all(|x| x > 0.0) {
        Ok(Value::plain(number.map(f)))
    } else {
        Err(Complaint::domain(0, "only a positive number has a logarithm"))
    }
}

/// An argument that must be a plain number.
fn plain(arguments: &[Value], at: usize) -> Result<Number, Complaint> {
    let value = &arguments[at];
    if value.dimension.is_plain() {
        Ok(value.number.clone())
    } else {
        let message = format!("a plain number is needed here, not a {}", value.dimension);
        Err(Complaint::dimension(at, message).suggest("divide by its unit"))
    }
}

/// An argument that is a plain number or a number of things of one kind.
fn count(arguments: &[Value], at: usize) -> Result<Number, Complaint> {
    let value = &arguments[at];
    if value.dimension.is_count() && value.dimension.powers().iter().map(|(_, power)| *power).sum::<i32>() <= 1 {
        Ok(value.number.clone())
    } else {
        Err(Complaint::dimension(at, format!("a number of things is needed here, not a {}", value.dimension)))
    }
}

/// Applies a function of several numbers, sample by sample where one of them is uncertain.
fn lift<const N: usize>(numbers: [&Number; N], f: impl Fn([f64; N]) -> f64) -> Number {
    let samples = numbers.iter().find_map(|number| match number {
        Number::Samples(samples) => Some(samples.len()),
        Number::Point(_) => None,
    });
    let at = |index: usize| {
        numbers.map(|number| match number {
            Number::Point(x) => *x,
            Number::Samples(xs) => xs[index],
        })
    };
    match samples {
        None => Number::Point(f(at(0))),
        Some(length) => Number::Samples((0..length).map(|index| f(at(index))).collect()),
    }
}

/// A share that likes to be shown in per cent.
fn share(number: Number) -> Value {
    let style = super::unit::find("%").map_or_else(Style::default, Style::Written);
    Value { number, dimension: Dimension::PLAIN, style }
}

/// Time that is shown in the scale that suits it.
fn seconds(number: Number) -> Value {
    let dimension = super::unit::find("s").unwrap_or(Unit::PLAIN).dimension();
    Value { number, dimension, style: Style::default() }
}
