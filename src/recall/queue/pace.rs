//! How long cards take this candidate.

use std::time::Duration;

use super::Counts;
use crate::recall::{Review, Stage};

/// A longer answer was a pause.
const LONGEST_ANSWER: Duration = Duration::from_secs(120);

/// A shorter one was no thought: a key held down, or a grade from the command line, which measures none.
const SHORTEST_ANSWER: Duration = Duration::from_secs(2);

/// As long as there are fewer own answers of a kind, the first guess stands for those that are missing.
const ENOUGH_ANSWERS: u32 = 50;

/// The time that a card takes on the day it is asked, all its answers together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// A new card, with the steps that follow.
    pub new: Duration,
    /// A learned card, with relearning where it was forgotten.
    pub review: Duration,
}

impl Default for Pace {
    /// A guess for the first days.
    fn default() -> Self {
        Self { new: Duration::from_secs(40), review: Duration::from_secs(15) }
    }
}

impl Pace {
    /// The pace of own answers; few of them move the guess only a little. It is never below half the guess, so that a day
    /// never holds more than twice the new cards that were guessed.
    pub fn of<'a>(reviews: impl IntoIterator<Item = &'a Review>) -> Self {
        let guess = Self::default();
        let (mut new, mut learned) = ((Duration::ZERO, 0), (Duration::ZERO, 0));
        for review in reviews.into_iter().filter(|review| review.elapsed >= SHORTEST_ANSWER) {
            let (sum, first_answer) = match review.before {
                Stage::New => (&mut new, 1),
                Stage::Learning { .. } => (&mut new, 0),
                Stage::Review => (&mut learned, 1),
                Stage::Relearning { .. } => (&mut learned, 0),
            };
            sum.0 += review.elapsed.min(LONGEST_ANSWER);
            sum.1 += first_answer;
        }
        Self { new: blend(new, guess.new), review: blend(learned, guess.review) }
    }

    /// The time that so many cards take.
    pub fn time_for(&self, counts: Counts) -> Duration {
        let times = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let new = self.new.saturating_mul(times(counts.new));
        new.saturating_add(self.review.saturating_mul(times(counts.learning + counts.review)))
    }
}

/// The mean time of a card over some cards, filled up with the guess until they are enough.
fn blend((sum, cards): (Duration, u32), guess: Duration) -> Duration {
    let missing = ENOUGH_ANSWERS.saturating_sub(cards);
    ((sum + guess * missing) / (cards + missing)).max(guess / 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recall::{Due, ParametersId, Rating};
    use crate::time::StudyDay;

    fn review(before: Stage, seconds: u64) -> Review {
        Review {
            rating: Rating::Good,
            proposed: None,
            elapsed: Duration::from_secs(seconds),
            day: StudyDay(1),
            before,
            after: Stage::Review,
            due: Due::On(StudyDay(2)),
            parameters: ParametersId::default(),
        }
    }

    #[test]
    fn many_own_answers_outweigh_the_guess() {
        let counts = Counts { new: 2, learning: 1, review: 3 };
        assert_eq!(Pace::of([]).time_for(counts), Duration::from_secs(2 * 40 + 4 * 15));
        let quick: Vec<_> = (0..990).map(|_| review(Stage::Review, 9)).collect();
        assert_eq!(Pace::of(&quick).review, Duration::from_secs(9));
        assert_eq!(Pace::of(&quick[..10]).review, Duration::from_millis(13_800));
        let pause = [review(Stage::Review, 100_000)];
        assert!(Pace::of(&pause).review < Duration::from_secs(25), "a pause is no answer");
    }

    #[test]
    fn hasty_answers_do_not_double_the_load() {
        let at_once: Vec<_> = (0..300).flat_map(|_| [review(Stage::New, 0), review(Stage::Review, 1)]).collect();
        assert_eq!(Pace::of(&at_once), Pace::default(), "no time was measured");
        let hasty: Vec<_> = (0..300).flat_map(|_| [review(Stage::New, 2), review(Stage::Review, 3)]).collect();
        assert_eq!(Pace::of(&hasty).new * 2, Pace::default().new);
        assert_eq!(Pace::of(&hasty).review * 2, Pace::default().review);
    }

    #[test]
    fn the_steps_of_a_new_card_count_as_its_time() {
        let answers: Vec<_> =
            (0..90).flat_map(|_| [review(Stage::New, 30), review(Stage::Learning { step: 1 }, 10)]).collect();
        assert_eq!(Pace::of(&answers).new, Duration::from_secs(40));
    }
}
