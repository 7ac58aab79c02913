//! An answer to a drill, as the log keeps it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Event, Item, What, milliseconds};
use crate::estimate::drill::Attempt;
use crate::recall::fold::effective;
use crate::time::StudyDay;

/// An answer to a drill's question: what was said and how near it came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// With it the template gives the same question again.
    pub seed: u64,
    /// As it was typed.
    pub answer: String,
    /// The ends of the 90 % interval as they were typed, where one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<[String; 2]>,
    /// The size of the error: 1 is a factor of two either way.
    pub doublings: f64,
    /// 1, 0.5 or 0.
    pub points: f64,
    /// Whether the interval held the solution, where one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hit: Option<bool>,
    /// From seeing the question to the answer.
    #[serde(rename = "elapsed_ms", with = "milliseconds")]
    pub elapsed: Duration,
    /// The study day it belongs to.
    pub day: StudyDay,
}

impl Estimate {
    /// All answers of a log that hold, in its order, with the drills that they belong to.
    pub fn all(events: &[Event]) -> Vec<(&str, &Self)> {
        let is_drill = |event: &&Event| matches!(event.item, Item::Drill(_));
        let of_drills: Vec<&Event> = events.iter().filter(is_drill).collect();
        effective(&of_drills).into_iter().filter_map(Self::of).collect()
    }

    /// The answer that an event tells of, with its drill.
    fn of(event: &Event) -> Option<(&str, &Self)> {
        match (&event.item, &event.what) {
            (Item::Drill(drill), What::Estimate(estimate)) => Some((drill, estimate)),
            _ => None,
        }
    }

    /// What practice needs to know of it.
    pub fn attempt(&self, drill: &str) -> Attempt {
        Attempt { drill: drill.to_owned(), doublings: self.doublings, hit: self.hit }
    }
}
