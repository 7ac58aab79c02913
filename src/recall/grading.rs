//! Answers that the app can check: picked options, typed numbers, arranged steps.
//!
//! A check proposes a rating; the candidate may override it. A lucky guess counts as forgotten, since counting it as
//! known would stretch the interval of something that is not.

use crate::content::{CardId, Choice, Factor};
use crate::estimate::{Error, Mismatch, Quantity, Unit, evaluate};
use crate::recall::Rating;
use crate::rng;

/// What a check found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    /// Whether the answer is right.
    pub right: bool,
    /// The rating that it suggests.
    pub proposed: Rating,
}

/// How sure the candidate was before the options appeared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// A guess.
    Guess,
    /// An answer with doubt.
    Unsure,
    /// An answer without.
    Sure,
}

/// Checks which options were picked, by their indices in the card.
pub fn choose(options: &[Choice], picked: &[usize], confidence: Confidence) -> Verdict {
    let right = options.iter().enumerate().all(|(index, option)| option.right == picked.contains(&index));
    let proposed = match confidence {
        Confidence::Sure if right => Rating::Good,
        Confidence::Unsure if right => Rating::Hard,
        _ => Rating::Again,
    };
    Verdict { right, proposed }
}

/// Why a typed answer cannot be checked; it is then mended, not graded.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum AnswerError {
    /// It is no expression.
    #[error(transparent)]
    Expression(#[from] Error),
    /// It measures something else than what was asked for.
    #[error("{0}; give the answer in {unit}", unit = if .1.is_empty() { "plain numbers" } else { .1 })]
    Measure(Mismatch, String),
}

/// A checked number.
#[derive(Clone, Debug, PartialEq)]
pub struct Computed {
    /// What the check found.
    pub verdict: Verdict,
    /// What was typed.
    pub given: Quantity,
    /// What is right, in the card's unit.
    pub right: Quantity,
    /// How many times the right answer was given.
    pub ratio: f64,
}

/// Checks a typed number against the card's expression. A bare number is taken in the card's unit.
///
/// # Errors
/// Where either text has no value, or the two measure different things.
pub fn compute(answer: &str, unit: &str, within: Factor, typed: &str) -> Result<Computed, AnswerError> {
    let measure = |mismatch| AnswerError::Measure(mismatch, unit.to_owned());
    let (mut right, mut given) = (evaluate(answer)?, evaluate(typed)?);
    if !unit.is_empty() {
        let unit = Unit::parse(unit)?;
        right = right.to_unit(&unit).map_err(measure)?;
        if given.dimension() == Quantity::plain(1.0).dimension() {
            given = Quantity::new(given.base(), &unit);
        }
    }
    let is_right = given.within(within.get(), &right).map_err(measure)?;
    let ratio = given.ratio(&right).map_err(measure)?;
    let verdict = Verdict { right: is_right, proposed: if is_right { Rating::Good } else { Rating::Again } };
    Ok(Computed { verdict, given, right, ratio })
}

/// Checks an arrangement: which step of the card stands at each place. Two neighbours the wrong way round are
/// nearly right.
pub fn order(arranged: &[usize]) -> Verdict {
    let misplaced: Vec<_> = arranged.iter().enumerate().filter(|(place, step)| place != *step).collect();
    let proposed = match misplaced[..] {
        [] => Rating::Good,
        [(first, &second_step), (second, &first_step)]
            if second == first + 1 && (first_step, second_step) == (first, second) =>
        {
            Rating::Hard
        }
        _ => Rating::Again,
    };
    Verdict { right: misplaced.is_empty(), proposed }
}

/// The order in which options or steps are shown: decided by seed, card and repetition, and never the card's own
/// where there is another.
pub fn shown_order(seed: u64, card: &CardId, repetition: u32, count: usize) -> Vec<usize> {
    let mut order: Vec<_> = (0..count).collect();
    rng::stream(seed ^ u64::from(repetition), card.as_str()).shuffle(&mut order);
    if order.is_sorted() && count > 1 {
        order.rotate_left(1);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options() -> Vec<Choice> {
        let option = |text: &str, right| Choice { text: text.to_owned(), right, because: String::new() };
        vec![option("W + R > N", true), option("W > R", false), option("W = N", false)]
    }

    #[test]
    fn a_right_pick_counts_as_far_as_it_was_meant() {
        let rate = |picked: &[usize], confidence| choose(&options(), picked, confidence).proposed;
        assert_eq!(rate(&[0], Confidence::Sure), Rating::Good);
        assert_eq!(rate(&[0], Confidence::Unsure), Rating::Hard);
        assert_eq!(rate(&[0], Confidence::Guess), Rating::Again);
        for wrong in [&[1][..], &[0, 1], &[]] {
            assert_eq!(rate(wrong, Confidence::Sure), Rating::Again, "{wrong:?}");
        }
    }

    fn check(typed: &str, expected: &str) {
        let within = Factor::new(1.1).expect("a factor");
        let verdict = match compute("1M * 500 B", "MB", within, typed) {
            Ok(Computed { verdict: Verdict { right: true, .. }, .. }) => "right".to_owned(),
            Ok(computed) => format!("{:.2} times", computed.ratio),
            Err(error) => error.to_string(),
        };
        assert!(verdict.starts_with(expected), "{typed}: {verdict}, not {expected}");
    }

    #[test]
    fn a_typed_number_is_right_within_the_factor_and_in_any_unit() {
        check("500 MB", "right");
        check("0.5 GB", "right");
        check("4 Gbit", "right");
        check("500", "right");
        check("540 MB", "right");
        check("600 MB", "1.20 times");
        check("0.5", "0.00 times");
        check("-500 MB", "-1.00 times");
    }

    #[test]
    fn what_cannot_be_checked_is_not_graded() {
        check("500 MB/s", "bandwidth is not comparable with storage; give the answer in MB");
        let within = Factor::new(1.1).expect("a factor");
        for typed in ["many", "", "5 MB +", "500 s"] {
            assert!(compute("1M * 500 B", "MB", within, typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn steps_are_in_order_or_nearly() {
        let rate = |arranged: &[usize]| order(arranged).proposed;
        assert_eq!(rate(&[0, 1, 2, 3]), Rating::Good);
        assert_eq!(rate(&[0, 2, 1, 3]), Rating::Hard);
        assert_eq!(rate(&[1, 0, 3, 2]), Rating::Again);
        assert_eq!(rate(&[2, 1, 0, 3]), Rating::Again);
        assert!(!order(&[1, 0]).right);
    }

    #[test]
    fn the_shown_order_changes_with_the_repetition_and_gives_nothing_away() {
        let card = CardId::new("caching/write-path");
        let shown: std::collections::BTreeSet<_> =
            (0..40).map(|repetition| shown_order(1, &card, repetition, 3)).collect();
        assert_eq!(shown.len(), 5, "all orders but the card's own");
        assert_eq!(shown_order(1, &card, 0, 1), [0]);
    }
}
