//! When to ask again: the next due date of each rating.
//!
//! [`Scheduler::grants`] computes all four at once, so that what a screen shows beside the keys is what a
//! grade then grants ([`Scheduler::review`] takes the grant as it is). Steps of minutes come first, then intervals of
//! study days from the memory model, spread by a fuzz that is decided by card and repetition alone. Laws,
//! kept by property tests: hard ≤ good ≤ easy ≤ the longest interval, and a pass never shortens an interval
//! except by fuzz or where retention or parameters changed.

mod fuzz;

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use super::event::{Cause, Due, Item, Rating, Review, Stage, What};
use super::fold::ItemState;
use super::memory::{Memory, Model, Outcome, Parameters, ParametersId, Retention};
use crate::content::TopicId;
use crate::time::{DEFAULT_ROLLOVER_HOUR, Now, StudyDay};

/// No interval is ever longer, whatever is configured: a hundred years.
pub const LONGEST_INTERVAL: u32 = 36_500;

/// What the candidate may set about scheduling.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    /// The desired retention where a topic has none of its own.
    pub retention: Retention,
    /// Topics with a retention of their own.
    pub retention_by_topic: BTreeMap<TopicId, Retention>,
    /// The steps of a new card, ascending; none sends it straight to days.
    pub learning: Vec<Duration>,
    /// The steps of a forgotten card, ascending.
    pub relearning: Vec<Duration>,
    /// The longest interval in days; taken as at least 1 and at most [`LONGEST_INTERVAL`].
    pub longest: u32,
    /// Whether intervals are spread, so that cards learned together come apart.
    pub fuzz: bool,
    /// The local hour at which a study day begins.
    pub rollover_hour: u8,
}

impl Default for Rules {
    fn default() -> Self {
        let minutes = |count: u64| Duration::from_secs(60 * count);
        Self {
            retention: Retention::default(),
            retention_by_topic: BTreeMap::new(),
            learning: vec![minutes(1), minutes(10)],
            relearning: vec![minutes(10)],
            longest: 365,
            fuzz: true,
            rollover_hour: DEFAULT_ROLLOVER_HOUR,
        }
    }
}

impl Rules {
    /// The retention at which an item is asked again.
    pub fn retention_of(&self, item: &Item) -> Retention {
        let topic = match item {
            Item::Card(card) => card.as_str().split_once('/').map(|(topic, _)| TopicId::new(topic)),
            Item::Topic(topic) => Some(topic.clone()),
            _ => None,
        };
        topic.map_or(self.retention, |topic| self.retention_in(&topic))
    }

    /// The retention at which a topic's cards are asked again.
    pub fn retention_in(&self, topic: &TopicId) -> Retention {
        self.retention_by_topic.get(topic).copied().unwrap_or(self.retention)
    }

    fn longest(&self) -> u32 {
        self.longest.clamp(1, LONGEST_INTERVAL)
    }
}

/// Grants due dates by a memory model and rules.
#[derive(Clone, Debug)]
pub struct Scheduler {
    model: Model,
    parameters: ParametersId,
    rules: Rules,
}

/// What one rating would grant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grant {
    /// When the item is asked again.
    pub due: Due,
    /// How long that is from now.
    pub wait: Wait,
    /// Where the item stands then.
    pub stage: Stage,
    /// What is believed about its memory then.
    pub memory: Memory,
}

/// A time to wait, in the measure that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// A step.
    Step(Duration),
    /// Study days.
    Days(u32),
}

impl Wait {
    /// The time in days.
    pub fn days(self) -> f64 {
        match self {
            Self::Step(span) => span.as_secs_f64() / 86_400.0,
            Self::Days(days) => f64::from(days),
        }
    }
}

impl fmt::Display for Wait {
    /// As shown beside a grade: `<10 min`, `3 d`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Step(span) => write!(f, "<{} min", span.as_secs().div_ceil(60)),
            Self::Days(days) => write!(f, "{days} d"),
        }
    }
}

/// What each of the four ratings would grant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grants([Grant; 4]);

impl Grants {
    /// What one rating would grant.
    pub fn of(&self, rating: Rating) -> &Grant {
        &self.0[rating as usize - 1]
    }
}

impl Scheduler {
    /// A scheduler under rules and parameters.
    pub fn new(parameters: &Parameters, rules: Rules) -> Self {
        Self { model: parameters.model(), parameters: parameters.id().clone(), rules }
    }

    /// The memory model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The rules.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The study day of a moment.
    pub fn today(&self, now: Now) -> StudyDay {
        now.study_day(self.rules.rollover_hour)
    }

    /// What each rating would grant to an item that is answered now.
    pub fn grants(&self, item: &Item, state: &ItemState, now: Now) -> Grants {
        let today = self.today(now);
        let outcomes = self.model.outcomes(state.memory, state.days_since_review(today), self.rules.retention_of(item));
        let fraction = self.rules.fuzz.then(|| fuzz::fraction(item, state.reviews));
        let mut fewest = 1;
        let grants = Rating::ALL.map(|rating| {
            let outcome = outcomes[rating as usize - 1];
            match self.step(state.stage, rating) {
                Some((stage, span)) => {
                    let (due, wait) = (Due::At(now.wall.plus(span)), Wait::Step(span));
                    Grant { due, wait, stage, memory: outcome.memory }
                }
                None => {
                    let days = self.days(outcome, fraction).max(fewest);
                    fewest = days;
                    let due = Due::On(today.plus(i32::try_from(days).unwrap_or(i32::MAX)));
                    Grant { due, wait: Wait::Days(days), stage: Stage::Review, memory: outcome.memory }
                }
            }
        });
        Grants(grants)
    }

    /// The review of an item that is graded now, with the due date that [`Scheduler::grants`] shows at the same moment.
    pub fn review(&self, item: &Item, state: &ItemState, now: Now, rating: Rating, answer: Answer) -> Review {
        let grant = *self.grants(item, state, now).of(rating);
        Review {
            rating,
            proposed: answer.proposed,
            elapsed: answer.elapsed,
            day: self.today(now),
            before: state.stage,
            after: grant.stage,
            due: grant.due,
            parameters: self.parameters.clone(),
        }
    }

    /// The event that brings a granted date to what the rules and parameters in force would grant; none where it
    /// stands there already. Dates move only when this is asked for.
    pub fn reschedule(&self, item: &Item, state: &ItemState) -> Option<What> {
        let (Stage::Review, Some(memory), Some(last)) = (state.stage, state.memory, state.last) else { return None };
        let interval = self.model.interval(memory, self.rules.retention_of(item));
        let fraction = self.rules.fuzz.then(|| fuzz::fraction(item, state.reviews));
        let days = self.days(Outcome { memory, interval }, fraction);
        let on = last.day.plus(i32::try_from(days).unwrap_or(i32::MAX));
        (state.due != Some(Due::On(on))).then_some(What::MakeDue { on, because: Cause::Rescheduled })
    }

    /// The step that a rating leads to, or none where it leaves the steps for days.
    fn step(&self, stage: Stage, rating: Rating) -> Option<(Stage, Duration)> {
        match stage {
            Stage::New => next_step(&self.rules.learning, 0, rating).map(learning),
            Stage::Learning { step } => next_step(&self.rules.learning, step, rating).map(learning),
            Stage::Relearning { step } => next_step(&self.rules.relearning, step, rating).map(relearning),
            Stage::Review if rating == Rating::Again => next_step(&self.rules.relearning, 0, rating).map(relearning),
            Stage::Review => None,
        }
    }

    fn days(&self, outcome: Outcome, fraction: Option<f64>) -> u32 {
        let longest = self.rules.longest();
        let days = (outcome.interval.round() as u32).clamp(1, longest);
        fraction.map_or(days, |fraction| fuzz::spread(days, longest, fraction))
    }
}

/// What is known about an answer besides its rating.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// From seeing the question to the grade.
    pub elapsed: Duration,
    /// The grade that the app proposed, where it could check.
    pub proposed: Option<Rating>,
}

fn learning((step, span): (u8, Duration)) -> (Stage, Duration) {
    (Stage::Learning { step }, span)
}

fn relearning((step, span): (u8, Duration)) -> (Stage, Duration) {
    (Stage::Relearning { step }, span)
}

/// Steps as py-fsrs and Anki take them: again goes to the first, hard stays (and lies between the first two,
/// or half as long again as an only one), good goes on, easy leaves.
fn next_step(steps: &[Duration], step: u8, rating: Rating) -> Option<(u8, Duration)> {
    let first = *steps.first()?;
    let index = usize::from(step);
    match rating {
        Rating::Again => Some((0, first)),
        Rating::Hard if index == 0 => Some((0, steps.get(1).map_or(first * 3 / 2, |second| (first + *second) / 2))),
        Rating::Hard => steps.get(index).map(|&span| (step, span)),
        Rating::Good => steps.get(index + 1).map(|&span| (step.saturating_add(1), span)),
        Rating::Easy => None,
    }
}

#[cfg(test)]
mod tests;
