//! What can happen to something that is learned: the events of the log.
//!
//! Events are facts and are never changed; a mistake is mended by a later event ([`What::Undo`]). Their order
//! is that of (`at`, `id`), which a [`Mint`] keeps strictly ascending even where the clock goes back. As
//! JSON an event is one flat object `{id, at, zone, item, kind, payload}`: the shape of the exported log.

mod estimate;
mod item;
mod mint;

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::memory::{Parameters, ParametersId, Retention};
use crate::time::{StudyDay, Timestamp, ZoneOffset};

pub use estimate::Estimate;
pub use item::{Item, ItemError};
pub use mint::Mint;

/// One thing that happened, as the log keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Its name, unique across machines.
    pub id: EventId,
    /// When, in the order of the log: never before an earlier event of the same log.
    pub at: Timestamp,
    /// What the local clock showed then, east of UTC.
    pub zone: ZoneOffset,
    /// What it happened to.
    pub item: Item,
    /// What happened.
    #[serde(flatten)]
    pub what: What,
}

impl Event {
    /// Where the event stands in the log: folds go by this order, whatever the order of arrival was.
    pub fn position(&self) -> (Timestamp, EventId) {
        (self.at, self.id)
    }
}

/// A UUID of version 7: a moment in milliseconds, then random bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventId(pub Uuid);

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The kinds of event, each with what only it carries.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "payload", rename_all = "snake_case")]
pub enum What {
    /// A graded answer.
    Review(Review),
    /// An answer to a drill's question.
    Estimate(Estimate),
    /// Takes back one event; taking back an undo brings its event back.
    Undo {
        /// The event that is taken back.
        of: EventId,
    },
    /// Left out of the queue for one study day.
    Bury {
        /// That day.
        on: StudyDay,
    },
    /// Ends a burial early.
    Unbury {},
    /// Left out of the queue until it is unsuspended.
    Suspend {},
    /// Ends a suspension; a leech gets a fresh start.
    Unsuspend {},
    /// Marked for a second look, or no longer.
    Flag {
        /// Whether it is marked from now on.
        on: bool,
    },
    /// Put into the queue without a grade.
    MakeDue {
        /// The study day from which on it is due.
        on: StudyDay,
        /// Who asked for it.
        because: Cause,
    },
    /// The desired retention of the item (a topic, or everything) changed.
    Retention {
        /// Its new value.
        retention: Retention,
    },
    /// New parameters of the memory model; granted due dates stay as they are.
    Parameters(Parameters),
}

impl What {
    /// The kind's name, as JSON and the store's column write it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Review(_) => "review",
            Self::Estimate(_) => "estimate",
            Self::Undo { .. } => "undo",
            Self::Bury { .. } => "bury",
            Self::Unbury {} => "unbury",
            Self::Suspend {} => "suspend",
            Self::Unsuspend {} => "unsuspend",
            Self::Flag { .. } => "flag",
            Self::MakeDue { .. } => "make_due",
            Self::Retention { .. } => "retention",
            Self::Parameters(_) => "parameters",
        }
    }

    /// Whether the undo key steps back over it: what the candidate did to one card, not what follows from
    /// elsewhere or from the settings.
    pub fn steps_back(&self) -> bool {
        matches!(
            self,
            Self::Review(_)
                | Self::Bury { .. }
                | Self::Unbury {}
                | Self::Suspend {}
                | Self::Unsuspend {}
                | Self::Flag { .. }
        )
    }
}

/// A graded answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Review {
    /// The grade.
    pub rating: Rating,
    /// The grade that the app proposed, for the kinds that it can check.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<Rating>,
    /// From seeing the question to the grade.
    #[serde(rename = "elapsed_ms", with = "milliseconds")]
    pub elapsed: Duration,
    /// The study day it belongs to, decided once: a later move of the zone or of the rollover does not move it.
    pub day: StudyDay,
    /// Where the card stood before.
    pub before: Stage,
    /// Where it stands now.
    pub after: Stage,
    /// The due date that was shown beside the grade and is granted.
    pub due: Due,
    /// Which parameters decided it.
    pub parameters: ParametersId,
}

impl Review {
    /// Whether something learned was forgotten.
    pub fn is_lapse(&self) -> bool {
        self.before == Stage::Review && self.rating == Rating::Again
    }
}

/// How well an answer was recalled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "u8", try_from = "u8")]
pub enum Rating {
    /// Not recalled.
    Again = 1,
    /// Recalled with much effort.
    Hard = 2,
    /// Recalled.
    Good = 3,
    /// Recalled without effort.
    Easy = 4,
}

impl Rating {
    /// All four, worst first.
    pub const ALL: [Self; 4] = [Self::Again, Self::Hard, Self::Good, Self::Easy];

    /// Whether the answer was recalled at all.
    pub fn is_pass(self) -> bool {
        self != Self::Again
    }

    /// The rating's name, as shown.
    pub fn name(self) -> &'static str {
        match self {
            Self::Again => "again",
            Self::Hard => "hard",
            Self::Good => "good",
            Self::Easy => "easy",
        }
    }
}

impl From<Rating> for u8 {
    fn from(rating: Rating) -> Self {
        rating as Self
    }
}

impl TryFrom<u8> for Rating {
    type Error = RatingError;

    fn try_from(number: u8) -> Result<Self, RatingError> {
        match number {
            1 => Ok(Self::Again),
            2 => Ok(Self::Hard),
            3 => Ok(Self::Good),
            4 => Ok(Self::Easy),
            _ => Err(RatingError { found: number.to_string() }),
        }
    }
}

impl FromStr for Rating {
    type Err = RatingError;

    fn from_str(text: &str) -> Result<Self, RatingError> {
        let refuse = || RatingError { found: text.to_owned() };
        match text.parse::<u8>() {
            Ok(number) => Self::try_from(number).map_err(|_| refuse()),
            Err(_) => Self::ALL.into_iter().find(|rating| rating.name() == text).ok_or_else(refuse),
        }
    }
}

/// Why something is no rating.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not a rating: give 1 (again), 2 (hard), 3 (good) or 4 (easy)")]
pub struct RatingError {
    found: String,
}

/// How far a card has been learned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Never answered.
    #[default]
    New,
    /// In its first steps, minutes apart.
    Learning {
        /// Index of the step that is waited for.
        step: u8,
    },
    /// Learned; days apart.
    Review,
    /// Forgotten after having been learned, and in steps again.
    Relearning {
        /// Index of the step that is waited for.
        step: u8,
    },
}

impl Stage {
    /// The stage's name, as screens and JSON show it.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Learning { .. } => "learning",
            Self::Review => "review",
            Self::Relearning { .. } => "relearning",
        }
    }

    /// Whether it is in steps of minutes.
    pub fn is_in_steps(self) -> bool {
        matches!(self, Self::Learning { .. } | Self::Relearning { .. })
    }
}

/// From when on a card is to be asked: steps count minutes, reviews count study days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// At a moment.
    At(Timestamp),
    /// On a study day, from its beginning.
    On(StudyDay),
}

impl Due {
    /// Whether it has come, seen from a moment and its study day.
    pub fn has_come(self, now: Timestamp, today: StudyDay) -> bool {
        match self {
            Self::At(moment) => moment <= now,
            Self::On(day) => day <= today,
        }
    }
}

impl fmt::Display for Due {
    /// RFC 3339: a moment in UTC, or a date.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(moment) => moment.fmt(f),
            Self::On(day) => day.fmt(f),
        }
    }
}

/// Why a card was put into the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// A checkpoint of a round was missed.
    Checkpoint,
    /// A prediction in a lab was wrong.
    Prediction,
    /// A drill was missed.
    Drill,
    /// The candidate asked for it.
    Asked,
    /// New parameters or a new retention were applied to dates already granted.
    Rescheduled,
}

pub(in crate::recall) mod milliseconds {
    //! Durations as whole milliseconds.

    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(in crate::recall) fn serialize<S: Serializer>(span: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        u64::try_from(span.as_millis()).unwrap_or(u64::MAX).serialize(serializer)
    }

    pub(in crate::recall) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        u64::deserialize(deserializer).map(Duration::from_millis)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::CardId;

    fn event(what: What) -> Event {
        let id = EventId(Uuid::from_u128(7));
        Event { id, at: Timestamp(1_000), zone: ZoneOffset(3600), item: Item::Card(CardId::new("caching/ttl")), what }
    }

    fn check(what: What, kind: &str, payload: &str) {
        let event = event(what);
        let expected = format!(
            r#"{{"id":"00000000-0000-0000-0000-000000000007","at":1000,"zone":3600,"item":"card:caching/ttl","kind":"{kind}","payload":{payload}}}"#
        );
        assert_eq!(serde_json::to_string(&event).expect("events are JSON"), expected);
        assert_eq!(serde_json::from_str::<Event>(&expected).expect("the same JSON is an event"), event);
        assert_eq!(event.what.kind(), kind);
    }

    #[test]
    fn the_json_of_an_event_is_flat_and_reads_back() {
        let review = Review {
            rating: Rating::Good,
            proposed: None,
            elapsed: Duration::from_millis(4_200),
            day: StudyDay(20_000),
            before: Stage::New,
            after: Stage::Learning { step: 1 },
            due: Due::At(Timestamp(601_000)),
            parameters: ParametersId::default(),
        };
        check(
            What::Review(review),
            "review",
            r#"{"rating":3,"elapsed_ms":4200,"day":20000,"before":"new","after":{"learning":{"step":1}},"due":{"at":601000},"parameters":"default"}"#,
        );
        check(
            What::Undo { of: EventId(Uuid::from_u128(6)) },
            "undo",
            r#"{"of":"00000000-0000-0000-0000-000000000006"}"#,
        );
        let estimate = Estimate {
            seed: 7,
            answer: "12k".to_owned(),
            interval: Some(["10k".to_owned(), "20k".to_owned()]),
            doublings: 0.25,
            points: 1.0,
            hit: Some(true),
            elapsed: Duration::from_millis(9_000),
            day: StudyDay(20_000),
        };
        check(
            What::Estimate(estimate),
            "estimate",
            r#"{"seed":7,"answer":"12k","interval":["10k","20k"],"doublings":0.25,"points":1.0,"hit":true,"elapsed_ms":9000,"day":20000}"#,
        );
        check(What::Suspend {}, "suspend", "{}");
        check(What::Flag { on: true }, "flag", r#"{"on":true}"#);
        check(
            What::MakeDue { on: StudyDay(20_001), because: Cause::Checkpoint },
            "make_due",
            r#"{"on":20001,"because":"checkpoint"}"#,
        );
    }

    #[test]
    fn a_rating_is_a_number_or_a_name() {
        assert_eq!("3".parse(), Ok(Rating::Good));
        assert_eq!("again".parse(), Ok(Rating::Again));
        for bad in ["0", "5", "", "fine", "-1", "300"] {
            let error = bad.parse::<Rating>().expect_err(bad);
            assert!(error.to_string().contains(bad), "{error}");
        }
    }

    #[test]
    fn a_due_date_comes_with_its_moment_or_its_day() {
        assert!(Due::At(Timestamp(5)).has_come(Timestamp(5), StudyDay(0)));
        assert!(!Due::At(Timestamp(6)).has_come(Timestamp(5), StudyDay(0)));
        assert!(Due::On(StudyDay(3)).has_come(Timestamp(0), StudyDay(3)));
        assert!(!Due::On(StudyDay(4)).has_come(Timestamp(0), StudyDay(3)));
    }
}
