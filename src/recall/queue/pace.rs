//! How long cards take this candidate.

use std::time::Duration;

use super::Counts;
use crate::recall::{Review, Stage};

/// A longer answer was a pause.
const LONGEST_ANSWER: Duration = Duration::from_secs(120);

/// How many cards' worth the first guess weighs against own answers.
const WEIGHT_OF_THE_GUESS: u32 = 10;

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
    /// The pace of own answers; few of them move the guess only a little.
    pub fn of<'a>(reviews: impl IntoIterator<Item = &'a Review>) -> Self {
        let guess = Self::default();
        let mut new = (guess.new * WEIGHT_OF_THE_GUESS, WEIGHT_OF_THE_GUESS);
        let mut learned = (guess.review * WEIGHT_OF_THE_GUESS, WEIGHT_OF_THE_GUESS);
        for review in reviews {
            let (sum, first_answer) = match review.before {
                Stage::New => (&mut new, 1),
                Stage::Learning { .. } => (&mut new, 0),
                Stage::Review => (&mut learned, 1),
                Stage::Relearning { .. } => (&mut learned, 0),
            };
            sum.0 += review.elapsed.min(LONGEST_ANSWER);
            sum.1 += first_answer;
        }
        Self { new: new.0 / new.1, review: learned.0 / learned.1 }
    }

    /// The time that so many cards take.
    pub fn time_for(&self, counts: Counts) -> Duration {
        let times = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let new = self.new.saturating_mul(times(counts.new));
        new.saturating_add(self.review.saturating_mul(times(counts.learning + counts.review)))
    }
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
        let quick: Vec<_> = (0..990).map(|_| review(Stage::Review, 5)).collect();
        assert_eq!(Pace::of(&quick).review, Duration::from_millis(5_100));
        let pause = [review(Stage::Review, 100_000)];
        assert!(Pace::of(&pause).review < Duration::from_secs(25), "a pause is no answer");
    }

    #[test]
    fn the_steps_of_a_new_card_count_as_its_time() {
        let answers: Vec<_> =
            (0..90).flat_map(|_| [review(Stage::New, 30), review(Stage::Learning { step: 1 }, 10)]).collect();
        assert_eq!(Pace::of(&answers).new, Duration::from_secs(40));
    }
}
