//! How quantities are written: `GB`, `req/s`, `$/month`, and the words by which a unit may be called.
//!
//! The words themselves stand in `table`. Knows nothing of expressions; start reading at [`Unit`].

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::dimension::{Axis, Dimension, exponent};

mod table;

pub(super) use table::{PREFIXES_BINARY, PREFIXES_DECIMAL, find, symbol, words};

/// A unit with a name of its own, such as `GB` or `req`.
#[derive(Debug, PartialEq)]
pub(super) struct Atom {
    /// As it is printed.
    pub(super) symbol: Cow<'static, str>,
    /// How many base units it is.
    pub(super) scale: f64,
    pub(super) dimension: Dimension,
    pub(super) family: Family,
}

/// What decides how a value written in a unit is scaled when it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// Bytes or bits, with decimal or binary prefixes.
    Information { bits: bool, binary: bool },
    /// Seconds to years.
    Time,
    /// Everything else: 10k, 10M.
    Other,
}

/// A product of powers of named units, such as `req/user/day`; the empty product is the unit of a plain number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unit {
    /// In the order in which they were written; no power is zero.
    factors: Vec<(Arc<Atom>, i32)>,
}

/// The month of a price: 730 hours, a twelfth of a year, as cloud providers bill it.
const PRICE_MONTH: f64 = 730.0 * 3600.0;

impl Unit {
    /// The unit of a plain number.
    pub const PLAIN: Self = Self { factors: Vec::new() };

    pub(super) fn of(atom: Arc<Atom>) -> Self {
        Self { factors: vec![(atom, 1)] }
    }

    /// A new counting unit, as `unit ride` declares it.
    pub(super) fn counting(name: &str) -> Self {
        let symbol: Cow<'static, str> = Cow::Owned(name.to_owned());
        let dimension = Dimension::of(Axis::Count(symbol.clone()), 1);
        Self::of(Arc::new(Atom { symbol, scale: 1.0, dimension, family: Family::Other }))
    }

    /// How many base units (bit, second, dollar, thing) one of it is.
    pub fn scale(&self) -> f64 {
        self.factors.iter().map(|(atom, power)| atom.scale.powi(*power)).product()
    }

    /// What it measures.
    pub fn dimension(&self) -> Dimension {
        self.factors
            .iter()
            .fold(Dimension::PLAIN, |product, (atom, power)| product.times(&atom.dimension.to_the(*power)))
    }

    pub(super) fn factors(&self) -> &[(Arc<Atom>, i32)] {
        &self.factors
    }

    /// The unit times a power of another.
    #[must_use]
    pub(super) fn times(mut self, other: &Self, power: i32) -> Self {
        for (atom, own) in &other.factors {
            let power = own.saturating_mul(power);
            match self.factors.iter_mut().find(|(a, _)| a == atom) {
                Some((_, sum)) => *sum = sum.saturating_add(power),
                None => self.factors.push((atom.clone(), power)),
            }
        }
        self.factors.retain(|(_, power)| *power != 0);
        self.with_price_months()
    }

    /// The unit times a power of a named one, which stays as it is.
    #[must_use]
    pub(super) fn times_exactly(mut self, atom: &Arc<Atom>, power: i32) -> Self {
        self.factors.push((atom.clone(), power));
        self
    }

    /// In a price, `month` means 730 hours; on its own it means 30 days.
    fn with_price_months(mut self) -> Self {
        let price = self.factors.iter().any(|(atom, power)| *power > 0 && atom.dimension.power(&Axis::Money) > 0);
        if price {
            for (atom, power) in &mut self.factors {
                if *power < 0 && atom.symbol == "month" {
                    *atom = price_month();
                }
            }
        }
        self
    }

    /// Whether a unit of this symbol is in it.
    pub(super) fn mentions(&self, symbol: &str) -> bool {
        self.factors.iter().any(|(atom, _)| atom.symbol == symbol)
    }
}

/// Whether a unit is the month of a price.
pub(super) fn is_price_month(atom: &Atom) -> bool {
    atom.symbol == "month" && atom.scale == PRICE_MONTH
}

fn price_month() -> Arc<Atom> {
    Arc::new(Atom {
        symbol: "month".into(),
        scale: PRICE_MONTH,
        dimension: Dimension::of(Axis::Time, 1),
        family: Family::Time,
    })
}

impl fmt::Display for Unit {
    /// As it can be typed: `MB·req/s`; nothing for a plain number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The sign stands behind a number alone: a product has the word.
        let is_alone = matches!(self.factors[..], [(_, 1)]);
        let symbol =
            |atom: &Arc<Atom>| if atom.symbol == "%" && !is_alone { "percent".into() } else { atom.symbol.clone() };
        let mut first = true;
        for (atom, power) in self.factors.iter().filter(|(_, power)| *power > 0) {
            let separator = if first { "" } else { "·" };
            write!(f, "{separator}{}{}", symbol(atom), exponent(*power))?;
            first = false;
        }
        for (atom, power) in self.factors.iter().filter(|(_, power)| *power < 0) {
            write!(f, "/{}{}", symbol(atom), exponent(-power))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(word: &str) -> Unit {
        find(word).unwrap_or_else(|| panic!("{word} is a unit"))
    }

    #[test]
    fn every_spelling_finds_its_size() {
        let check = |word: &str, scale: f64| assert_eq!(unit(word).scale(), scale, "{word}");
        for (word, scale) in [("B", 8.0), ("bytes", 8.0), ("KB", 8e3), ("kB", 8e3), ("GiB", 8.0 * 1024f64.powi(3))] {
            check(word, scale);
        }
        for (word, scale) in
            [("b", 1.0), ("Mb", 1e6), ("Mbit", 1e6), ("Mbps", 1e6), ("MBps", 8e6), ("Gib", 1024f64.powi(3))]
        {
            check(word, scale);
        }
        for (word, scale) in [("ms", 1e-3), ("us", 1e-6), ("µs", 1e-6), ("h", 3600.0), ("month", 2_592_000.0)] {
            check(word, scale);
        }
        check("years", 31_536_000.0);
        check("queries", 1.0);
    }

    #[test]
    fn case_tells_bits_from_bytes_and_nothing_else_passes() {
        for word in ["gb", "mb", "GIB", "Ms", "ride", ""] {
            assert_eq!(find(word), None, "{word}");
        }
    }

    #[test]
    fn a_month_in_a_price_has_730_hours() {
        let price = unit("$").times(&unit("month"), -1);
        assert_eq!(price.scale(), 1.0 / 2_628_000.0);
        assert_eq!(price.to_string(), "$/month");
    }

    #[test]
    fn units_print_as_they_are_typed() {
        let check = |unit: Unit, text: &str| assert_eq!(unit.to_string(), text);
        check(unit("requests").times(&unit("users"), -1).times(&unit("d"), -1), "req/user/day");
        check(unit("MB").times(&unit("req"), 1).times(&unit("s"), -1), "MB·req/s");
        check(Unit::PLAIN.times(&unit("s"), -2), "/s^2");
        check(unit("s").times(&unit("percent"), 1), "s·percent");
        check(unit("percent"), "%");
    }
}
