//! What the candidate told about themselves and set, as one row.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::content::TopicId;
use crate::recall::{Aim, Item, Limits, Pace, Retention, Rules, Scheduler};
use crate::round::Level;
use crate::time::{DEFAULT_ROLLOVER_HOUR, StudyDay};

/// The candidate's profile and settings. A field that an earlier version did not write has its default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// The level that is interviewed for.
    pub level: Level,
    /// What is designed in it.
    pub kind: InterviewKind,
    /// The day of the interview, where it is known.
    pub interview: Option<StudyDay>,
    /// How long the candidate means to study on a day.
    pub minutes_a_day: u32,
    /// New cards a day.
    pub new_a_day: u32,
    /// Reviews a day.
    pub reviews_a_day: u32,
    /// The chance of recall at which a card is asked again.
    pub retention: Retention,
    /// Topics with a retention of their own.
    pub retention_by_topic: BTreeMap<TopicId, Retention>,
    /// The longest interval, in days.
    pub longest_interval: u32,
    /// The local hour at which a study day begins, 0 to 23.
    pub rollover_hour: u8,
}

/// What an interview asks to design.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum InterviewKind {
    /// Systems.
    Hld,
    /// Classes and interfaces.
    Lld,
    /// Either.
    #[default]
    Both,
}

impl Default for Profile {
    fn default() -> Self {
        let (limits, rules) = (Limits::default(), Rules::default());
        Self {
            level: Level::default(),
            kind: InterviewKind::default(),
            interview: None,
            minutes_a_day: 15,
            new_a_day: limits.new,
            reviews_a_day: limits.reviews,
            retention: rules.retention,
            retention_by_topic: BTreeMap::new(),
            longest_interval: rules.longest,
            rollover_hour: DEFAULT_ROLLOVER_HOUR,
        }
    }
}

impl Profile {
    /// What a day may hold.
    pub fn limits(&self) -> Limits {
        Limits { new: self.new_a_day, reviews: self.reviews_a_day, ..Limits::default() }
    }

    /// The interview to aim at on a day before it.
    pub fn aim<'a>(&self, today: StudyDay, pace: Pace, scheduler: &'a Scheduler) -> Option<Aim<'a>> {
        let interview = self.interview.filter(|day| *day > today)?;
        Some(Aim { interview, budget: Duration::from_secs(60 * u64::from(self.minutes_a_day)), pace, scheduler })
    }

    /// The retentions that differ from an earlier profile's, each with what it holds for now.
    pub(super) fn retentions_since(&self, earlier: &Self) -> Vec<(Item, Retention)> {
        let mut changes = Vec::new();
        if self.retention != earlier.retention {
            changes.push((Item::All, self.retention));
        }
        let topics: BTreeSet<_> = self.retention_by_topic.keys().chain(earlier.retention_by_topic.keys()).collect();
        for topic in topics {
            let now = self.retention_by_topic.get(topic).copied().unwrap_or(self.retention);
            if self.retention_by_topic.get(topic) != earlier.retention_by_topic.get(topic) {
                changes.push((Item::Topic(topic.clone()), now));
            }
        }
        changes
    }

    /// The rules of scheduling.
    pub fn rules(&self) -> Rules {
        Rules {
            retention: self.retention,
            retention_by_topic: self.retention_by_topic.clone(),
            longest: self.longest_interval,
            rollover_hour: self.rollover_hour.min(23),
            ..Rules::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_of_an_earlier_version_gets_the_defaults_of_what_it_lacks() {
        let profile: Profile = serde_json::from_str(r#"{"level":"staff","new_a_day":3}"#).expect("a profile");
        assert_eq!(profile, Profile { level: Level::Staff, new_a_day: 3, ..Profile::default() });
        assert_eq!(profile.limits().new, 3);
    }
}
