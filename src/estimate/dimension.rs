//! What a quantity measures, apart from its size: powers of information, time, money and counted things.
//!
//! Two quantities may be added, compared or converted exactly where their dimensions are equal. Counted
//! things (`req`, `user`) are dimensions too, so a rate of requests never passes for a rate of
//! messages. Knows no unit's size.

use std::borrow::Cow;
use std::fmt;

/// One thing that can be measured or counted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Axis {
    /// Base unit: bit.
    Information,
    /// Base unit: US dollar.
    Money,
    /// A kind of counted thing, by its singular: `user`, `req`.
    Count(Cow<'static, str>),
    /// Base unit: second.
    Time,
}

/// A product of powers of axes; the empty product is a plain number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Dimension {
    /// Sorted by axis, no power is zero.
    powers: Vec<(Axis, i32)>,
}

impl Dimension {
    /// The dimension of a plain number.
    pub const PLAIN: Self = Self { powers: Vec::new() };

    /// One axis to a power.
    pub fn of(axis: Axis, power: i32) -> Self {
        Self { powers: if power == 0 { Vec::new() } else { vec![(axis, power)] } }
    }

    /// Whether this is the dimension of a plain number.
    pub fn is_plain(&self) -> bool {
        self.powers.is_empty()
    }

    /// Whether nothing but counted things is in it; also true of a plain number.
    pub fn is_count(&self) -> bool {
        self.powers.iter().all(|(axis, _)| matches!(axis, Axis::Count(_)))
    }

    /// The power of one axis, 0 where it does not occur.
    pub fn power(&self, axis: &Axis) -> i32 {
        self.powers.iter().find(|(a, _)| a == axis).map_or(0, |(_, power)| *power)
    }

    /// The axes with their powers, in the order of [`Axis`].
    pub fn powers(&self) -> &[(Axis, i32)] {
        &self.powers
    }

    /// The dimension of a product.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        self.combine(other, 1)
    }

    /// The dimension of a quotient.
    #[must_use]
    pub fn over(&self, other: &Self) -> Self {
        self.combine(other, -1)
    }

    /// The dimension of a power.
    #[must_use]
    pub fn to_the(&self, power: i32) -> Self {
        if power == 0 {
            return Self::PLAIN;
        }
        let scaled = |(axis, own): &(Axis, i32)| (axis.clone(), own.saturating_mul(power));
        Self { powers: self.powers.iter().map(scaled).collect() }
    }

    /// The dimension of a square root; `None` where a power is odd.
    pub fn square_root(&self) -> Option<Self> {
        let even = self.powers.iter().all(|(_, power)| power % 2 == 0);
        even.then(|| Self { powers: self.powers.iter().map(|(axis, power)| (axis.clone(), power / 2)).collect() })
    }

    /// The counted things alone.
    #[must_use]
    pub fn counted(&self) -> Self {
        let counts = self.powers.iter().filter(|(axis, _)| matches!(axis, Axis::Count(_)));
        Self { powers: counts.cloned().collect() }
    }

    fn combine(&self, other: &Self, sign: i32) -> Self {
        let mut powers = self.powers.clone();
        for (axis, power) in &other.powers {
            let power = power.saturating_mul(sign);
            match powers.binary_search_by(|(own, _)| own.cmp(axis)) {
                Ok(at) => powers[at].1 = powers[at].1.saturating_add(power),
                Err(at) => powers.insert(at, (axis.clone(), power)),
            }
        }
        powers.retain(|(_, power)| *power != 0);
        Self { powers }
    }
}

impl fmt::Display for Dimension {
    /// In the words of an interview: `storage`, `rate of req`, `plain number`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.powers.as_slice() {
            [] => f.write_str("plain number"),
            [(Axis::Information, 1)] => f.write_str("storage"),
            [(Axis::Information, 1), (Axis::Time, -1)] => f.write_str("bandwidth"),
            [(Axis::Information, 1), (Axis::Count(thing), -1)] => write!(f, "size of a {thing}"),
            [(Axis::Time, 1)] => f.write_str("time"),
            [(Axis::Time, -1)] => f.write_str("frequency"),
            [(Axis::Money, 1)] => f.write_str("money"),
            [(Axis::Money, 1), (Axis::Time, -1)] => f.write_str("cost per time"),
            [(Axis::Count(thing), 1)] => write!(f, "number of {thing}"),
            [(Axis::Count(thing), 1), (Axis::Time, -1)] => write!(f, "rate of {thing}"),
            _ => f.write_str(&self.in_base_units()),
        }
    }
}

impl Dimension {
    /// As a product of base units: `bit·req/s`.
    fn in_base_units(&self) -> String {
        let mut text = String::new();
        for (axis, power) in self.powers.iter().filter(|(_, power)| *power > 0) {
            let separator = if text.is_empty() { "" } else { "·" };
            text.push_str(&format!("{separator}{}{}", axis.base_unit(), exponent(*power)));
        }
        if text.is_empty() {
            text.push('1');
        }
        for (axis, power) in self.powers.iter().filter(|(_, power)| *power < 0) {
            text.push_str(&format!("/{}{}", axis.base_unit(), exponent(-power)));
        }
        text
    }
}

impl Axis {
    fn base_unit(&self) -> &str {
        match self {
            Self::Information => "bit",
            Self::Money => "$",
            Self::Count(thing) => thing,
            Self::Time => "s",
        }
    }
}

/// A power as it is written after a unit: nothing for 1, else `^2`.
pub(super) fn exponent(power: i32) -> String {
    if power == 1 { String::new() } else { format!("^{power}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn req() -> Dimension {
        Dimension::of(Axis::Count("req".into()), 1)
    }

    fn per_second() -> Dimension {
        Dimension::of(Axis::Time, -1)
    }

    #[test]
    fn equal_dimensions_cancel() {
        assert!(req().over(&req()).is_plain());
        assert_eq!(req().times(&per_second()).over(&per_second()), req());
        assert_eq!(req().to_the(2).square_root(), Some(req()));
        assert_eq!(req().square_root(), None);
    }

    #[test]
    fn dimensions_are_named_in_words() {
        let check = |dimension: Dimension, words: &str| assert_eq!(dimension.to_string(), words);
        check(Dimension::PLAIN, "plain number");
        check(req().times(&per_second()), "rate of req");
        check(Dimension::of(Axis::Information, 1), "storage");
        check(Dimension::of(Axis::Information, 1).over(&req()), "size of a req");
        check(Dimension::of(Axis::Information, 1).times(&req()), "bit·req");
        check(Dimension::of(Axis::Time, -2), "1/s^2");
    }
}
