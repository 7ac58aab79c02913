//! Aiming at a day: which answers of today raise the recall on the day of the interview the most.
//!
//! Plain spaced repetition keeps every card at the same retention for ever. With a date and a budget of minutes that is
//! not the best: what counts is the mean chance of recall on one day, over all cards, a card never met counting nothing.
//! A card that is due is asked as it was promised. But every other possible answer of today is worth what it adds to that
//! chance, by the minute that it takes, and what is left of the day's budget goes to the worthiest. A card is asked before it is due only where it would not come before the day
//! and would have faded by then. [`simulate`] studies the days until then in advance; this room does not know how the queue orders what
//! was chosen (that is `queue`).

mod simulate;

use std::time::Duration;

use super::event::Due;
use super::fold::ItemState;
use super::memory::Memory;
use super::queue::Pace;
use super::schedule::Scheduler;
use crate::content::Card;
use crate::time::StudyDay;

pub use simulate::{Course, Day, Learner, Trial, simulate};

/// How likely the first answer to a new card is again, hard, good or easy, as long as nothing is known of the candidate.
const FIRST_ANSWERS: [f64; 4] = [0.2, 0.1, 0.55, 0.15];

/// A day to aim at, and what there is to spend until then.
#[derive(Clone, Copy, Debug)]
pub struct Aim<'a> {
    /// The day of the interview.
    pub interview: StudyDay,
    /// The time for cards on one day.
    pub budget: Duration,
    /// How long answers take.
    pub pace: Pace,
    /// What is believed about memory.
    pub scheduler: &'a Scheduler,
}

impl Aim<'_> {
    /// What an answer of today takes.
    pub fn cost(&self, state: &ItemState) -> Duration {
        if state.memory.is_none() { self.pace.new } else { self.pace.review }
    }

    /// The chance that a card is recalled on the day if it is not asked again.
    pub fn left_alone(&self, state: &ItemState) -> f64 {
        match (state.memory, state.last) {
            (Some(memory), Some(last)) => self.on_the_day(memory, last.day),
            _ => 0.0,
        }
    }

    /// Whether a card that is not due yet will not be asked before the day and has faded below the desired retention by then.
    pub fn would_fade(&self, card: &Card, state: &ItemState) -> bool {
        let comes_in_time = matches!(state.due, Some(Due::On(day)) if day < self.interview);
        !comes_in_time && self.left_alone(state) < self.scheduler.rules().retention_in(&card.topic).get()
    }

    /// What an answer of today adds to the chance of recall on the day, for each second that it takes.
    pub fn worth(&self, card: &Card, state: &ItemState, today: StudyDay) -> f64 {
        let model = self.scheduler.model();
        let retention = self.scheduler.rules().retention_in(&card.topic);
        let outcomes = model.outcomes(state.memory, state.days_since_review(today), retention);
        let then = outcomes.map(|outcome| self.on_the_day(outcome.memory, today));
        let answered = match state.memory {
            None => FIRST_ANSWERS.iter().zip(then).map(|(share, recall)| share * recall).sum(),
            Some(memory) => {
                let pass = model.recall(memory, f64::from(state.days_since_review(today)));
                pass * then[2] + (1.0 - pass) * then[0]
            }
        };
        (answered - self.left_alone(state)).max(0.0) / self.cost(state).as_secs_f64().max(1.0)
    }

    fn on_the_day(&self, memory: Memory, last: StudyDay) -> f64 {
        self.scheduler.model().recall(memory, f64::from(self.interview.days_since(last)))
    }
}

#[cfg(test)]
mod tests;
