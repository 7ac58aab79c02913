//! How near an answer came, how well intervals are chosen, and which template to ask next.

use super::super::quantity::{Mismatch, Quantity};
use super::{Compare, Question};
use crate::rng;

/// How near an answer came.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Answer over solution; for shares that miss 1 by little, of what they miss.
    pub ratio: f64,
    /// 1 within a factor of two, 0.5 within five, else 0.
    pub points: f64,
    /// Whether the solution lies in the interval that was given with the answer.
    pub hit: Option<bool>,
}

impl Score {
    /// The size of the error in doublings: 1 is a factor of two either way; at most 10.
    pub fn doublings(&self) -> f64 {
        const MOST: f64 = 10.0;
        if self.ratio > 0.0 { self.ratio.log2().abs().min(MOST) } else { MOST }
    }
}

/// Compares an answer, and the 90 % interval around it where one is given, with the solution.
///
/// # Errors
/// Where answer or interval measure something else than the solution.
pub fn score(
    question: &Question,
    answer: &Quantity,
    interval: Option<(&Quantity, &Quantity)>,
) -> Result<Score, Mismatch> {
    let solution = &question.solution;
    let hit = match interval {
        Some((low, high)) => Some(low.ratio(solution)? <= 1.0 && high.ratio(solution)? >= 1.0),
        None => None,
    };
    let plain = answer.ratio(solution)?;
    let ratio = match question.compare {
        Compare::Ratio => plain,
        Compare::Complement => (1.0 - answer.base()) / (1.0 - solution.base()),
    };
    // Decimal answers are not exact: twice is within a factor of two.
    let off = if ratio > 0.0 { ratio.max(ratio.recip()) / (1.0 + 1e-9) } else { f64::INFINITY };
    let points = match off {
        _ if off <= 2.0 => 1.0,
        _ if off <= 5.0 => 0.5,
        _ => 0.0,
    };
    Ok(Score { ratio, points, hit })
}

/// How often the truth lay in the 90 % intervals that somebody gave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Calibration {
    /// How many intervals were given.
    pub intervals: u32,
    /// How many of them held the solution.
    pub hits: u32,
}

/// What a calibration says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// Too few intervals to tell.
    Unknown,
    /// Intervals are too narrow.
    Overconfident,
    /// Nothing speaks against 90 %.
    Calibrated,
    /// Intervals are too wide.
    Underconfident,
}

impl Calibration {
    /// Counts the intervals among some attempts.
    pub fn of(attempts: &[Attempt]) -> Self {
        let hits = attempts.iter().filter_map(|attempt| attempt.hit);
        hits.fold(Self::default(), |sum, hit| Self { intervals: sum.intervals + 1, hits: sum.hits + u32::from(hit) })
    }

    /// The share of hits; `None` without intervals.
    pub fn rate(self) -> Option<f64> {
        (self.intervals > 0).then(|| f64::from(self.hits) / f64::from(self.intervals))
    }

    /// Whether somebody whose intervals hold in 90 of 100 cases would show such a record in less than one case of twenty.
    pub fn judgement(self) -> Judgement {
        const LEAST: u32 = 10;
        const RARE: f64 = 0.05;
        if self.intervals < LEAST {
            Judgement::Unknown
        } else if self.chance(0..=self.hits) < RARE {
            Judgement::Overconfident
        } else if self.chance(self.hits..=self.intervals) < RARE {
            Judgement::Underconfident
        } else {
            Judgement::Calibrated
        }
    }

    /// The chance that the number of hits lies in a range, if each interval holds with 90 %.
    fn chance(self, hits: std::ops::RangeInclusive<u32>) -> f64 {
        const HOLDS: f64 = 0.9;
        let n = self.intervals;
        let ln_factorial = |n: u32| (1..=n).map(|i| f64::from(i).ln()).sum::<f64>();
        let chance = |k: u32| {
            let ln_binomial = ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k);
            (ln_binomial + f64::from(k) * HOLDS.ln() + f64::from(n - k) * (1.0 - HOLDS).ln()).exp()
        };
        hits.map(chance).sum()
    }
}

/// One answered question.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// The template's id.
    pub drill: String,
    /// The size of the error, see [`Score::doublings`].
    pub doublings: f64,
    /// Whether the interval held the solution, where one was given.
    pub hit: Option<bool>,
}

/// Which template to ask next: its place in `drills`. `history` is in order, the newest last.
///
/// The larger the error of a template's last answers, the more often it comes; one that was never asked counts as being
/// off by a factor of two. The last few templates are left out, so that nothing repeats at once. Equal seeds and
/// histories give equal choices. `None` without drills.
pub fn next_drill(drills: &[&str], history: &[Attempt], seed: u64) -> Option<usize> {
    let rest = (drills.len() / 2).min(5);
    let resting: Vec<&str> = history.iter().rev().take(rest).map(|attempt| attempt.drill.as_str()).collect();
    let weight = |drill: &&str| if resting.contains(drill) { 0.0 } else { expected_error(drill, history) };
    let weights: Vec<f64> = drills.iter().map(weight).collect();
    let total: f64 = weights.iter().sum();
    let mut left = rng::stream(seed, "next drill").unit() * total;
    for (at, weight) in weights.iter().enumerate() {
        left -= weight;
        if left < 0.0 {
            return Some(at);
        }
    }
    // Rounding may leave a hair.
    weights.iter().rposition(|weight| *weight > 0.0)
}

/// The mean error of a template in doublings, newer answers counting more; never so small that it is not asked again.
fn expected_error(drill: &str, history: &[Attempt]) -> f64 {
    const UNKNOWN: f64 = 1.0;
    const LEAST: f64 = 0.1;
    const MEMORY: f64 = 0.5;
    let own = history.iter().filter(|attempt| attempt.drill == drill);
    own.fold(UNKNOWN, |mean, attempt| mean * MEMORY + attempt.doublings * (1.0 - MEMORY)).max(LEAST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempt(drill: &str, doublings: f64) -> Attempt {
        Attempt { drill: drill.to_owned(), doublings, hit: None }
    }

    #[test]
    fn intervals_are_judged_by_chance() {
        let check = |hits, intervals, judgement| {
            assert_eq!(Calibration { intervals, hits }.judgement(), judgement, "{hits} of {intervals}");
        };
        check(3, 4, Judgement::Unknown);
        check(6, 10, Judgement::Overconfident);
        check(8, 10, Judgement::Calibrated);
        check(10, 10, Judgement::Calibrated);
        check(30, 30, Judgement::Underconfident);
    }

    #[test]
    fn what_went_wrong_comes_back_more_often() {
        let drills = ["good", "bad", "never"];
        let mut history: Vec<_> = (0..6).map(|_| attempt("good", 0.0)).collect();
        history.extend((0..6).map(|_| attempt("bad", 3.0)));
        history.push(attempt("other", 0.0));
        let mut counts = [0; 3];
        for seed in 0..2000 {
            counts[next_drill(&drills, &history, seed).expect("there are drills")] += 1;
        }
        assert!(counts[1] > 2 * counts[2] && counts[2] > 5 * counts[0] && counts[0] > 0, "{counts:?}");
    }

    #[test]
    fn nothing_repeats_at_once() {
        let history = [attempt("a", 9.0)];
        for seed in 0..50 {
            assert_eq!(next_drill(&["a", "b"], &history, seed), Some(1));
        }
        assert_eq!(next_drill(&[], &history, 0), None);
        assert_eq!(next_drill(&["a"], &history, 0), Some(0));
    }
}
