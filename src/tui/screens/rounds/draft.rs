//! The round that was left: one at a time, kept with the progress as the list of what happened in it.

use crate::round::{Event, Recording, Round};
use crate::tui::effect::Record;
use crate::tui::world::World;

/// Under which the draft is kept.
const KEY: &str = "round/draft";

/// The record that keeps a round under way.
pub(super) fn record(round: &Round) -> Record {
    Record::Memory { key: KEY.to_owned(), value: round.recording().to_lines() }
}

/// The record after which there is none.
pub(super) fn none() -> Record {
    Record::Memory { key: KEY.to_owned(), value: String::new() }
}

/// What happened in the round that was left. One that cannot be read, or that was given up, is as good as none; one that
/// is finished waits for its review.
pub(super) fn recall(world: &World) -> Option<Recording> {
    let recording = Recording::parse(&world.recollect(KEY)?).ok()?;
    let was_begun = !recording.events.is_empty();
    (was_begun && !recording.events.iter().any(|recorded| recorded.event == Event::GiveUp)).then_some(recording)
}
