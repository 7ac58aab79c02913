//! Tells when a file of the content folders changed.

use std::path::PathBuf;
use std::time::Duration;

use notify_debouncer_full::notify::{self, EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

/// How long a folder must be quiet before a change is told: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(250);

/// Watches folders until it is dropped.
#[derive(Debug)]
pub struct Watch {
    _debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
}

/// Why folders cannot be watched. Reloading by hand still works.
#[derive(Debug, thiserror::Error)]
#[error("the content folders cannot be watched, so changes show after a restart: {0}")]
pub struct WatchError(#[from] notify::Error);

/// Calls `changed` on a thread of its own whenever something in the folders was written, moved or removed.
pub fn watch(folders: &[PathBuf], changed: impl Fn() + Send + 'static) -> Result<Watch, WatchError> {
    let tell = move |result: DebounceEventResult| {
        // Reading is no change: else every reload would cause the next one.
        let is_change = |kind: EventKind| !matches!(kind, EventKind::Access(_));
        if result.is_ok_and(|events| events.iter().any(|event| is_change(event.kind))) {
            changed();
        }
    };
    let mut debouncer = new_debouncer(QUIET, None, tell)?;
    for folder in folders {
        debouncer.watch(folder, RecursiveMode::Recursive)?;
    }
    Ok(Watch { _debouncer: debouncer })
}
