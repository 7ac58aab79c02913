//! How much time has passed, over sleep, a start of the machine and a clock that was set.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::time::{Now, Timestamp};

/// A moment, to be kept: the wall clock and the clock that runs on while the machine sleeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// The wall clock.
    pub wall: Timestamp,
    /// Since the machine was started.
    pub boot: Duration,
}

impl Stamp {
    /// The moment that the clocks show.
    pub fn of(now: Now) -> Self {
        Self { wall: now.wall, boot: now.boot }
    }

    /// How long ago this was.
    pub fn until(self, now: Now) -> Duration {
        // The clock since the start cannot be set; that it went back shows that the machine was started anew.
        now.boot.checked_sub(self.boot).unwrap_or_else(|| now.wall.since(self.wall))
    }
}

/// Counts from lap to lap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Watch {
    from: Stamp,
    last: Duration,
}

impl Watch {
    pub(super) fn start(&mut self, now: Now) {
        self.from = Stamp::of(now);
    }

    /// How much has passed since the last lap, or the start.
    pub(super) fn since(&self, now: Now) -> Duration {
        self.from.until(now)
    }

    /// The same, and begins the next lap.
    pub(super) fn lap(&mut self, now: Now) -> Duration {
        self.last = self.since(now);
        self.start(now);
        self.last
    }

    /// What the last lap took.
    pub(super) fn last_lap(&self) -> Duration {
        self.last
    }
}
