//! The rounds that were held, newest first.

use serde::{Deserialize, Serialize};

use crate::round::Level;
use crate::round::play::Attempt;
use crate::time::Timestamp;
use crate::tui::effect::Record;
use crate::tui::world::World;

const INDEX: &str = "round/held";

/// A round in a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Held {
    pub(super) at: Timestamp,
    pub(super) scenario: String,
    pub(super) level: Level,
    pub(super) minutes: u32,
    pub(super) mean: Option<f64>,
    pub(super) band: String,
}

/// The rounds that were held, newest first.
pub(super) fn held(world: &World) -> Vec<Held> {
    world.recollect(INDEX).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// A round in full.
pub(super) fn attempt(world: &World, held: &Held) -> Option<Attempt> {
    serde_json::from_str(&world.recollect(&key(held.at))?).ok()
}

/// What keeps a round: itself first, so that the list never names one that there is not.
pub(super) fn records(world: &World, attempt: &Attempt) -> Vec<Record> {
    let set_up = &attempt.draft.set_up;
    let line = Held {
        at: attempt.at,
        scenario: set_up.scenario.clone(),
        level: set_up.level,
        minutes: set_up.minutes,
        mean: attempt.auto.mean,
        band: attempt.auto.band.name().to_owned(),
    };
    let mut all = held(world);
    all.insert(0, line);
    let text = |value: serde_json::Result<String>| value.expect("a round is plain data");
    vec![
        Record::Memory { key: key(attempt.at), value: text(serde_json::to_string(attempt)) },
        Record::Memory { key: INDEX.to_owned(), value: text(serde_json::to_string(&all)) },
    ]
}

fn key(at: Timestamp) -> String {
    format!("round/held/{}", at.0)
}
