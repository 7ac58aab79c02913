//! How a quantity is shown: three significant figures in a scale that a person would choose.
//!
//! Whatever is printed here can be typed again and means the same, but for the rounding.

use std::sync::Arc;

use super::dimension::{Axis, Dimension};
use super::quantity::{Quantity, Style};
use super::unit::{Atom, Family, PREFIXES_BINARY, PREFIXES_DECIMAL, Unit, find, symbol};

/// As a person would say it.
pub(super) fn human(quantity: &Quantity) -> String {
    let unit = unit(quantity);
    let number = quantity.base() / unit.scale();
    if unit.mentions("%") && quantity.dimension().is_plain() {
        return format!("{}%", percent(number));
    }
    let number = match quantity.style() {
        Style::Exact(_) => figures(number, false),
        style if is_scaled_by_prefix(&unit) => figures(number, style.unit().is_none()),
        style => with_suffix(number, style.unit().is_some(), &unit),
    };
    join(&number, &unit)
}

/// The number alone, in the unit in which it was written: `2,000` of `2000 B/item`, `100M` of `100M user`.
pub(super) fn bare(quantity: &Quantity) -> String {
    let unit = quantity.style().unit().cloned().unwrap_or_else(|| unit(quantity));
    let number = quantity.base() / unit.scale();
    if is_scaled_by_prefix(&unit) { figures(number, false) } else { with_suffix(number, true, &unit) }
}

/// Every digit, in the unit in which the quantity is shown.
pub(super) fn exact(quantity: &Quantity) -> String {
    let unit = unit(quantity);
    let number = quantity.base() / unit.scale();
    let digits = if number == 0.0 || (1e-6..1e21).contains(&number.abs()) {
        grouped(&number.to_string())
    } else {
        format!("{number:e}")
    };
    join(&digits, &unit)
}

/// A rate per second and per day, bandwidth in bits and bytes, a cost per month and per year: without the main form.
pub(super) fn other_forms(quantity: &Quantity) -> Vec<String> {
    if quantity.power(&Axis::Time) != -1 {
        return Vec::new();
    }
    let (bits, binary) = quantity.style().flavour();
    let bandwidth = quantity.power(&Axis::Information) == 1;
    let periods: &[&str] = if quantity.power(&Axis::Money) == 1 { &["month", "year"] } else { &["s", "day"] };
    let main = human(quantity);
    let mut forms = Vec::new();
    for period in periods {
        // Nobody speaks of bits per day.
        let bits_too: &[bool] = if bandwidth && *period == "s" { &[bits, !bits] } else { &[false] };
        for bits in bits_too {
            let flavour = Flavour { bits: *bits, binary };
            let unit = natural(quantity.base(), quantity.dimension(), flavour, Some(period));
            let number = quantity.base() / unit.scale();
            let number =
                if is_scaled_by_prefix(&unit) { figures(number, true) } else { with_suffix(number, false, &unit) };
            forms.push(join(&number, &unit));
        }
    }
    forms.retain(|form| *form != main);
    forms.dedup();
    forms
}

/// The unit in which a quantity is shown.
pub(super) fn unit(quantity: &Quantity) -> Unit {
    let (bits, binary) = quantity.style().flavour();
    let automatic = |flavour| natural(quantity.base(), quantity.dimension(), flavour, None);
    match quantity.style() {
        Style::Exact(unit) => unit.clone(),
        Style::Auto { .. } => automatic(Flavour { bits: bits && quantity.power(&Axis::Time) == -1, binary }),
        Style::Written(unit) => {
            let number = rounded(quantity.base() / unit.scale(), 3).abs();
            let handy = (1.0..1000.0).contains(&number) || number == 0.0;
            match unit.factors() {
                _ if handy => unit.clone(),
                [(first, 1), rest @ ..] if matches!(first.family, Family::Information { .. }) => {
                    rescaled(quantity.base(), unit, rest, Flavour { bits, binary })
                }
                [(only, 1)] if only.family == Family::Time => automatic(Flavour { bits, binary }),
                _ => unit.clone(),
            }
        }
    }
}

#[derive(Clone, Copy)]
struct Flavour {
    bits: bool,
    binary: bool,
}

/// The written unit with another prefix.
fn rescaled(base: f64, unit: &Unit, rest: &[(Arc<Atom>, i32)], flavour: Flavour) -> Unit {
    let tail = rest.iter().fold(Unit::PLAIN, |tail, (atom, power)| tail.times(&Unit::of(atom.clone()), *power));
    debug_assert_eq!(unit.dimension().over(&tail.dimension()), Dimension::of(Axis::Information, 1));
    information(base / tail.scale(), flavour).times(&tail, 1)
}

/// The unit that a person would choose for a number of base units.
fn natural(base: f64, dimension: &Dimension, flavour: Flavour, period: Option<&str>) -> Unit {
    let mut tail = Unit::PLAIN;
    for (axis, power) in dimension.powers() {
        if let Axis::Count(thing) = axis {
            tail = tail.times(&counted(thing), *power);
        }
    }
    let money = dimension.power(&Axis::Money);
    if money != 0 {
        tail = Unit::PLAIN.times(&word("$"), money).times(&tail, 1);
    }
    match dimension.power(&Axis::Time) {
        0 => {}
        -1 => {
            let bandwidth = dimension.power(&Axis::Information) == 1;
            let period = period.unwrap_or_else(|| natural_period(base, money == 1, bandwidth));
            tail = tail.times(&word(period), -1);
        }
        1 if dimension.power(&Axis::Information) == 0 => tail = time(base).times(&tail, 1),
        power => tail = tail.times(&word("s"), power),
    }
    match dimension.power(&Axis::Information) {
        0 => tail,
        1 => information(base / tail.scale(), flavour).times(&tail, 1),
        power => Unit::PLAIN.times(&word(if flavour.bits { "bit" } else { "B" }), power).times(&tail, 1),
    }
}

/// Per second, unless that would be a tiny number.
fn natural_period(base: f64, money: bool, bandwidth: bool) -> &'static str {
    let enough = if bandwidth { 8.0 } else { 0.1 };
    match base.abs() {
        _ if money => "month",
        0.0 => "s",
        rate if rate >= enough => "s",
        rate if rate * 86_400.0 >= enough => "day",
        _ => "year",
    }
}

fn information(bits: f64, flavour: Flavour) -> Unit {
    let one = if flavour.bits { 1.0 } else { 8.0 };
    let prefixes = if flavour.binary { PREFIXES_BINARY } else { PREFIXES_DECIMAL };
    let fits = |(_, factor): &&(&str, f64)| rounded(bits.abs() / (one * factor), 3) >= 1.0;
    let (prefix, _) = prefixes.iter().rev().find(fits).unwrap_or(&prefixes[0]);
    word(&symbol(prefix, flavour.bits))
}

fn time(seconds: f64) -> Unit {
    const STEPS: [&str; 8] = ["year", "day", "h", "min", "s", "ms", "µs", "ns"];
    let seconds = seconds.abs();
    let fits = |step: &&&str| rounded(seconds / word(step).scale(), 3) >= 1.0;
    let step = if seconds == 0.0 { &"s" } else { STEPS.iter().find(fits).unwrap_or(&"ns") };
    word(step)
}

fn word(word: &str) -> Unit {
    find(word).unwrap_or(Unit::PLAIN)
}

fn counted(thing: &str) -> Unit {
    let built_in =
        find(thing).filter(|unit| unit.dimension() == Dimension::of(Axis::Count(thing.to_owned().into()), 1));
    built_in.unwrap_or_else(|| Unit::counting(thing))
}

/// Whether the unit brings its own scale, so that `k` and `M` would be one too many.
fn is_scaled_by_prefix(unit: &Unit) -> bool {
    matches!(unit.factors(), [(first, 1), ..] if first.family != Family::Other)
}

/// A number and its unit as they are written together.
fn join(number: &str, unit: &Unit) -> String {
    let text = unit.to_string();
    match text.strip_prefix('$') {
        Some(rest) if !rest.starts_with(['^', '·']) => match number.strip_prefix('-') {
            Some(number) => format!("-${number}{rest}"),
            None => format!("${number}{rest}"),
        },
        _ if text.is_empty() || text.starts_with('/') => format!("{number}{text}"),
        _ => format!("{number} {text}"),
    }
}

/// Scales by k, M, B and T. `typed` is true where the user chose the unit: then trailing zeros are dropped.
fn with_suffix(number: f64, typed: bool, unit: &Unit) -> String {
    let size = rounded(number, 3).abs();
    if size < 1000.0 || (unit.factors().is_empty() && number.fract() == 0.0 && size < 1e6) {
        return figures(number, false);
    }
    // A `B` is a billion only before a counting unit; elsewhere it would be read as bytes.
    let billion = if unit.to_string().starts_with(char::is_alphabetic) { "B" } else { "bn" };
    let scales = [("T", 1e12), (billion, 1e9), ("M", 1e6), ("k", 1e3)];
    match scales.iter().find(|(_, scale)| size >= *scale) {
        Some((suffix, scale)) if size < 1e15 => {
            format!("{}{suffix}", figures(number / scale, !typed))
        }
        _ => scientific(number),
    }
}

/// Three significant figures, grouped; `pad` keeps trailing zeros. Whole numbers below a million keep every digit.
fn figures(number: f64, pad: bool) -> String {
    let short = rounded(number, 3);
    let size = short.abs();
    if number == 0.0 {
        "0".to_owned()
    } else if (1000.0..1e15).contains(&size) {
        let whole = if number.fract() == 0.0 && number.abs() < 1e6 { number } else { short };
        grouped(&format!("{whole:.0}"))
    } else if !(1e-4..1e15).contains(&size) {
        scientific(number)
    } else {
        let decimals = (2 - size.log10().floor() as i32).max(0) as usize;
        let text = format!("{short:.decimals$}");
        if pad || !text.contains('.') { text } else { text.trim_end_matches('0').trim_end_matches('.').to_owned() }
    }
}

/// Close below 100 the distance to 100 gets the figures: 99.995 must not become 100.
fn percent(number: f64) -> String {
    if !(99.0..100.0).contains(&number) {
        return figures(number, false);
    }
    let missing = 100.0 - number;
    let decimals = (2 - missing.log10().floor() as i32).clamp(0, 12) as usize;
    let text = format!("{number:.decimals$}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn scientific(number: f64) -> String {
    format!("{number:.2e}")
}

/// Rounds to a number of significant figures, halves away from zero.
pub(super) fn rounded(number: f64, figures: usize) -> f64 {
    // 32.85 must become 32.9 even where a product came out as 32.849999999999994.
    let lifted = number * (1.0 + 1e-13);
    format!("{lifted:.*e}", figures - 1).parse().unwrap_or(number)
}

/// Commas between groups of three digits before the point.
fn grouped(digits: &str) -> String {
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |whole| ("-", whole));
    let mut text = sign.to_owned();
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}
