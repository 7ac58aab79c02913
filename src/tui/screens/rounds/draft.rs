//! The round that was left: one at a time, kept with the progress.

use crate::round::play::{Draft, Stage};
use crate::tui::effect::Record;
use crate::tui::world::World;

/// Under which the draft is kept.
const KEY: &str = "round/draft";

/// The record that keeps a draft.
pub(super) fn record(draft: &Draft) -> Record {
    let value = serde_json::to_string(draft).expect("a draft is plain data");
    Record::Memory { key: KEY.to_owned(), value }
}

/// The record after which there is none.
pub(super) fn none() -> Record {
    Record::Memory { key: KEY.to_owned(), value: String::new() }
}

/// The draft of a round that is not over. One that cannot be read is as good as none.
pub(super) fn recall(world: &World) -> Option<Draft> {
    let draft: Draft = serde_json::from_str(&world.recollect(KEY)?).ok()?;
    matches!(draft.stage, Stage::Running | Stage::Paused | Stage::Away).then_some(draft)
}
