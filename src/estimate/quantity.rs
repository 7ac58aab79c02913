//! A number with a dimension, and the unit in which it likes to be shown.

use std::fmt;

use super::conversion;
use super::dimension::{Axis, Dimension};
use super::display;
use super::unit::{Atom, Family, Unit};
use super::value::Value;

/// A certain number with a dimension: `11.6k req/s`.
///
/// It remembers how it was written, so that `2 * 3 GiB` is shown in GiB; two quantities are equal where
/// number, dimension and that memory are. [`Display`](fmt::Display) shows three significant figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// In base units: bit, second, dollar, thing.
    base: f64,
    dimension: Dimension,
    style: Style,
}

/// How a quantity likes to be shown.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Style {
    /// In a unit and scale that a person would choose.
    Auto {
        /// Bandwidth in bits, not bytes.
        bits: bool,
        /// Binary prefixes.
        binary: bool,
    },
    /// As it was typed, rescaled where the number would be unwieldy.
    Written(Unit),
    /// In exactly this unit, as `to` asked.
    Exact(Unit),
}

impl Default for Style {
    fn default() -> Self {
        Self::Auto { bits: false, binary: false }
    }
}

impl Style {
    /// The unit that was typed or asked for.
    pub(super) fn unit(&self) -> Option<&Unit> {
        match self {
            Self::Auto { .. } => None,
            Self::Written(unit) | Self::Exact(unit) => Some(unit),
        }
    }

    /// What was an exact wish for an operand is but a preference for the result.
    pub(super) fn softened(&self) -> Self {
        match self {
            Self::Exact(unit) => Self::Written(unit.clone()),
            other => other.clone(),
        }
    }

    /// The style of a multiple. A rate that was written per day is computed with from now on, and people think per second.
    fn kept(&self, dimension: &Dimension) -> Self {
        let is_other_time = |atom: &Atom| atom.family == Family::Time && atom.symbol != "s";
        let per_second = |unit: &Unit| unit.factors().iter().all(|(atom, _)| !is_other_time(atom));
        let rate = dimension.power(&Axis::Time) == -1 && dimension.power(&Axis::Money) == 0;
        match self.unit() {
            Some(unit) if rate && !per_second(unit) => {
                let (bits, binary) = self.flavour();
                Self::Auto { bits, binary }
            }
            _ => self.softened(),
        }
    }

    /// A product keeps the unit of the one operand that has one; else only bits and binary prefixes live on.
    pub(super) fn of_product(left: &Value, right: &Value, dimension: &Dimension) -> Self {
        if dimension.is_plain() {
            Self::default()
        } else if right.dimension.is_plain() {
            left.style.kept(dimension)
        } else if left.dimension.is_plain() {
            right.style.kept(dimension)
        } else {
            Self::inherited(left, right)
        }
    }

    pub(super) fn of_quotient(left: &Value, right: &Value) -> Self {
        if right.dimension.is_plain() && !left.dimension.is_plain() {
            left.style.kept(&left.dimension)
        } else {
            Self::inherited(left, right)
        }
    }

    fn inherited(left: &Value, right: &Value) -> Self {
        let (left, right) = (left.style.flavour(), right.style.flavour());
        Self::Auto { bits: left.0 || right.0, binary: left.1 || right.1 }
    }

    /// Whether it is in bits, and whether it has binary prefixes.
    pub(super) fn flavour(&self) -> (bool, bool) {
        match self {
            Self::Auto { bits, binary } => (*bits, *binary),
            Self::Written(unit) | Self::Exact(unit) => {
                let families = unit.factors().iter().map(|(atom, _)| atom.family);
                families.fold((false, false), |so_far, family| match family {
                    Family::Information { bits, binary } => (so_far.0 || bits, so_far.1 || binary),
                    Family::Time | Family::Other => so_far,
                })
            }
        }
    }
}

/// Two quantities that cannot be compared, in words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{left} is not comparable with {right}")]
pub struct Mismatch {
    /// What the first one measures.
    pub left: Dimension,
    /// What the second one measures.
    pub right: Dimension,
}

impl Quantity {
    /// A number without a unit.
    pub fn plain(number: f64) -> Self {
        Self { base: number, dimension: Dimension::PLAIN, style: Style::default() }
    }

    /// `number` of `unit`, shown in that unit where it is handy.
    pub fn new(number: f64, unit: &Unit) -> Self {
        Self { base: number * unit.scale(), dimension: unit.dimension(), style: Style::Written(unit.clone()) }
    }

    pub(super) fn from_parts(base: f64, dimension: Dimension, style: Style) -> Self {
        Self { base, dimension, style }
    }

    pub(super) fn into_parts(self) -> (f64, Dimension, Style) {
        (self.base, self.dimension, self.style)
    }

    /// The number in base units: bits, seconds, dollars, things.
    pub fn base(&self) -> f64 {
        self.base
    }

    /// What it measures.
    pub fn dimension(&self) -> &Dimension {
        &self.dimension
    }

    pub(super) fn style(&self) -> &Style {
        &self.style
    }

    /// The number in a unit of the same dimension, unrounded.
    ///
    /// # Errors
    /// Where the unit measures something else.
    pub fn in_unit(&self, unit: &Unit) -> Result<f64, Mismatch> {
        self.comparable(&unit.dimension())?;
        Ok(self.base / unit.scale())
    }

    /// The same quantity, to be shown in exactly this unit.
    ///
    /// # Errors
    /// Where the unit measures something else.
    pub fn to_unit(&self, unit: &Unit) -> Result<Self, Mismatch> {
        self.comparable(&unit.dimension())?;
        Ok(Self { style: Style::Exact(unit.clone()), ..self.clone() })
    }

    /// How many times `other` this is: how an answer is compared with a solution.
    ///
    /// # Errors
    /// Where the two measure different things.
    pub fn ratio(&self, other: &Self) -> Result<f64, Mismatch> {
        self.comparable(&other.dimension)?;
        Ok(self.base / other.base)
    }

    /// Whether the two lie within a factor of each other; equal signs are asked for, and zero is only near zero.
    ///
    /// # Errors
    /// Where the two measure different things.
    pub fn within(&self, factor: f64, other: &Self) -> Result<bool, Mismatch> {
        let ratio = self.ratio(other)?;
        let both_zero = self.base == 0.0 && other.base == 0.0;
        // Decimal factors are not exact: 1.05 must accept 105 for 100.
        let slack = 1.0 + 1e-12;
        Ok(both_zero || (ratio > 0.0 && ratio.max(ratio.recip()) <= factor * slack))
    }

    /// Whether this rounds to `other` in three significant figures: they differ by at most half a unit of the third.
    ///
    /// # Errors
    /// Where the two measure different things.
    pub fn agrees(&self, other: &Self) -> Result<bool, Mismatch> {
        self.comparable(&other.dimension)?;
        // Figures are those of the number as it is shown: 2 TiB has others than its bytes.
        let scale = other.shown_unit().scale();
        let (ours, theirs) = (self.base / scale, other.base / scale);
        let half = 0.5 * 10_f64.powf(theirs.abs().log10().floor() - 2.0);
        // Zero has no figures, so only zero agrees with it; halves must not hang on the last bit.
        Ok((ours - theirs).abs() <= half * (1.0 + 1e-9))
    }

    /// The unit in which it is shown.
    pub fn shown_unit(&self) -> Unit {
        display::unit(self)
    }

    /// The number alone, in the unit in which it was written: `100M` of `100M user`.
    pub fn bare(&self) -> String {
        display::bare(self)
    }

    /// Every digit that the number has, in the unit in which it is shown.
    pub fn exact(&self) -> String {
        display::exact(self)
    }

    /// The other forms that a person would want to see: a rate per second and per day, bandwidth in bits.
    pub fn other_forms(&self) -> Vec<String> {
        display::other_forms(self)
    }

    /// The same quantity in every unit that a person might want to see it in, with the unit as it is typed after `to`.
    pub fn in_other_units(&self) -> Vec<(String, Self)> {
        conversion::candidates(&self.shown_unit().to_string())
            .into_iter()
            .filter_map(|text| {
                let unit = Unit::parse(&text).ok()?;
                Some((text, self.to_unit(&unit).ok()?))
            })
            .collect()
    }

    fn comparable(&self, dimension: &Dimension) -> Result<(), Mismatch> {
        if self.dimension == *dimension {
            Ok(())
        } else {
            Err(Mismatch { left: self.dimension.clone(), right: dimension.clone() })
        }
    }

    /// How much of an axis is in it; shorthand for the display.
    pub(super) fn power(&self, axis: &Axis) -> i32 {
        self.dimension.power(axis)
    }
}

impl fmt::Display for Quantity {
    /// Three significant figures in a scale that a person would choose: `11.6k req/s`, `1.64 PB`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&display::human(self))
    }
}
