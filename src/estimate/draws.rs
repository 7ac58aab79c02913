//! Samples of uncertain numbers: a Latin hypercube over standard normal scores, seeded.
//!
//! Each input is cut into as many strata of equal probability as there are samples, one sample falls into
//! each, and every input has an order of its own (McKay, Beckman and Conover 1979). Plain
//! sampling of the same size wobbles by several per cent; this does not.

use std::collections::HashMap;
use std::sync::Arc;

use super::sheet::Memo;
use crate::rng;

/// How many samples stand for an uncertain number.
pub const SAMPLES: usize = 10_000;

/// The draws of a session: kept, so that a sheet that is typed on is not drawn anew at every key.
///
/// Equal seeds give equal draws for an input of the same name, whatever else the sheet holds.
#[derive(Clone, Debug)]
pub struct Draws {
    seed: u64,
    kept: HashMap<String, Draw>,
    /// The uncertain lines of the last evaluation.
    pub(super) memo: Memo,
}

/// The draws of one input.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Draw {
    /// [`SAMPLES`] standard normal scores.
    pub(super) scores: Arc<[f64]>,
    /// The stratum of each, from 0 to [`SAMPLES`] - 1.
    pub(super) strata: Arc<[u16]>,
}

impl Draws {
    /// No draws yet.
    pub fn new(seed: u64) -> Self {
        Self { seed, kept: HashMap::new(), memo: Memo::default() }
    }

    /// The draws of the input of this name.
    pub(super) fn get(&mut self, input: &str) -> Draw {
        if self.kept.len() > MOST_KEPT {
            self.kept.clear();
        }
        let seed = self.seed;
        self.kept.entry(input.to_owned()).or_insert_with(|| hypercube(seed, input)).clone()
    }
}

/// Enough for every input of a sheet; a bound for a session in which names come and go.
const MOST_KEPT: usize = 256;

fn hypercube(seed: u64, input: &str) -> Draw {
    let mut stream = rng::stream(seed, &format!("estimate range {input}"));
    let mut strata: Vec<u16> = (0..SAMPLES as u16).collect();
    stream.shuffle(&mut strata);
    let score = |stratum: &u16| normal_score((f64::from(*stratum) + stream.unit()) / SAMPLES as f64);
    Draw { scores: strata.iter().map(score).collect(), strata: strata.into() }
}

/// The standard normal quantile of a probability strictly between 0 and 1; Acklam's rational
/// approximation, relative error below 1.2e-9.
fn normal_score(probability: f64) -> f64 {
    // The smallest draw can be zero, whose quantile does not exist.
    let p = probability.clamp(f64::MIN_POSITIVE, 1.0 - f64::EPSILON);
    const TAIL: f64 = 0.02425;
    if p < TAIL {
        tail_score(p)
    } else if p > 1.0 - TAIL {
        -tail_score(1.0 - p)
    } else {
        const A: [f64; 6] = [
            -3.969683028665376e1,
            2.209460984245205e2,
            -2.759285104469687e2,
            1.38357751867269e2,
            -3.066479806614716e1,
            2.506628277459239,
        ];
        const B: [f64; 6] = [
            -5.447609879822406e1,
            1.615858368580409e2,
            -1.556989798598866e2,
            6.680131188771972e1,
            -1.328068155288572e1,
            1.0,
        ];
        let q = p - 0.5;
        q * polynomial(&A, q * q) / polynomial(&B, q * q)
    }
}

fn tail_score(p: f64) -> f64 {
    const C: [f64; 6] = [
        -7.784894002430293e-3,
        -3.223964580411365e-1,
        -2.400758277161838,
        -2.549732539343734,
        4.374664141464968,
        2.938163982698783,
    ];
    const D: [f64; 5] = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1.0];
    let q = (-2.0 * p.ln()).sqrt();
    polynomial(&C, q) / polynomial(&D, q)
}

/// Coefficients from the highest power down.
fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().fold(0.0, |sum, coefficient| sum * x + coefficient)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_scores_match_the_tables() {
        let check = |p: f64, score: f64| assert!((normal_score(p) - score).abs() < 1e-8, "{p}");
        check(0.5, 0.0);
        check(0.95, 1.6448536269514722);
        check(0.05, -1.6448536269514722);
        check(0.975, 1.959963984540054);
        check(0.001, -3.090232306167813);
    }

    #[test]
    fn one_draw_falls_into_each_stratum() {
        let mut scores = Draws::new(7).get("x").scores.to_vec();
        scores.sort_by(f64::total_cmp);
        for (stratum, score) in scores.iter().enumerate().skip(1).take(SAMPLES - 2) {
            assert!(*score >= normal_score(stratum as f64 / SAMPLES as f64) - 1e-9);
            assert!(*score <= normal_score((stratum + 1) as f64 / SAMPLES as f64) + 1e-9);
        }
    }

    #[test]
    fn draws_depend_on_seed_and_name_alone() {
        let (mut one, mut other) = (Draws::new(1), Draws::new(1));
        other.get("y");
        assert_eq!(one.get("x"), other.get("x"));
        assert_ne!(one.get("x"), one.get("y"));
        assert_ne!(one.get("x"), Draws::new(2).get("x"));
    }
}
