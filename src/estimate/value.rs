//! Numbers while they are computed: one point, or many samples of an uncertain one.
//!
//! Arithmetic here knows dimensions but neither units nor text; a [`Mismatch`] says in words what
//! clashed and the evaluator adds the place.

use std::sync::Arc;

use super::dimension::Dimension;
use super::quantity::{Quantity, Style};

/// A number in base units: certain, or a set of equally likely samples.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Number {
    Point(f64),
    Samples(Arc<[f64]>),
}

impl Number {
    /// Samples that nobody else holds are changed in place, which spares a fresh set at every step of a long sum.
    pub(super) fn map(self, f: impl Fn(f64) -> f64) -> Self {
        match self {
            Self::Point(x) => Self::Point(f(x)),
            Self::Samples(mut xs) => {
                if let Some(own) = Arc::get_mut(&mut xs) {
                    own.iter_mut().for_each(|x| *x = f(*x));
                    return Self::Samples(xs);
                }
                Self::Samples(xs.iter().map(|x| f(*x)).collect())
            }
        }
    }

    /// Combines two numbers sample by sample; a point stands for as many equal samples.
    pub(super) fn zip(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
        match (self, other) {
            (xs, Self::Point(y)) => xs.map(|x| f(x, y)),
            (Self::Point(x), ys) => ys.map(|y| f(x, y)),
            (Self::Samples(mut xs), Self::Samples(mut ys)) => {
                if let Some(own) = Arc::get_mut(&mut xs) {
                    own.iter_mut().zip(ys.iter()).for_each(|(x, y)| *x = f(*x, *y));
                    return Self::Samples(xs);
                }
                if let Some(own) = Arc::get_mut(&mut ys) {
                    own.iter_mut().zip(xs.iter()).for_each(|(y, x)| *y = f(*x, *y));
                    return Self::Samples(ys);
                }
                Self::Samples(xs.iter().zip(ys.iter()).map(|(x, y)| f(*x, *y)).collect())
            }
        }
    }

    pub(super) fn all(&self, holds: impl Fn(f64) -> bool) -> bool {
        match self {
            Self::Point(x) => holds(*x),
            // Counting instead of leaving early lets the compiler look at several samples at once.
            Self::Samples(xs) => {
                xs.chunks(128).all(|chunk| chunk.iter().map(|x| u64::from(!holds(*x))).sum::<u64>() == 0)
            }
        }
    }
}

/// A number with its dimension and the way in which it likes to be shown.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Value {
    pub(super) number: Number,
    pub(super) dimension: Dimension,
    pub(super) style: Style,
}

impl Value {
    pub(super) fn plain(number: Number) -> Self {
        Self { number, dimension: Dimension::PLAIN, style: Style::default() }
    }

    pub(super) fn times(self, other: Self) -> Self {
        let dimension = self.dimension.times(&other.dimension);
        let style = Style::of_product(&self, &other, &dimension);
        Self { number: self.number.zip(other.number, |x, y| x * y), dimension, style }
    }

    pub(super) fn over(self, other: Self) -> Self {
        let dimension = self.dimension.over(&other.dimension);
        let style = Style::of_quotient(&self, &other);
        Self { number: self.number.zip(other.number, |x, y| x / y), dimension, style }
    }

    /// The same value with its number changed.
    pub(super) fn map(self, f: impl Fn(f64) -> f64) -> Self {
        Self { number: self.number.map(f), ..self }
    }

    /// The same value with another number in the same dimension.
    pub(super) fn with(self, number: Number) -> Self {
        Self { number, ..self }
    }
}

impl From<Quantity> for Value {
    fn from(quantity: Quantity) -> Self {
        let (number, dimension, style) = quantity.into_parts();
        Self { number: Number::Point(number), dimension, style }
    }
}

impl Value {
    /// The value as one certain quantity; samples give their median.
    pub(super) fn into_median(self) -> Quantity {
        let base = match &self.number {
            Number::Point(x) => *x,
            Number::Samples(samples) => {
                let mut samples = samples.to_vec();
                let middle = samples.len() / 2;
                *samples.select_nth_unstable_by(middle, f64::total_cmp).1
            }
        };
        Quantity::from_parts(base, self.dimension, self.style)
    }
}
