//! Sentences that stay for a few seconds.

use std::collections::VecDeque;
use std::time::Duration;

use crate::time::Now;
use crate::tui::effect::{Notice, Tone};

/// At most so many at once; the oldest give way.
const MOST: usize = 3;

/// The notices in view, oldest first, each with the end of its time on the clock that stops in suspend.
#[derive(Debug, Default)]
pub(super) struct Toasts(VecDeque<(Duration, Notice)>);

impl Toasts {
    /// A problem stays longer than good news, and the same sentence is never shown twice.
    pub(super) fn add(&mut self, notice: Notice, now: Now) {
        let stay = if notice.tone == Tone::Bad { Duration::from_secs(8) } else { Duration::from_secs(4) };
        self.0.retain(|(_, shown)| *shown != notice);
        self.0.push_back((now.awake + stay, notice));
        while self.0.len() > MOST {
            self.0.pop_front();
        }
    }

    pub(super) fn expire(&mut self, now: Now) {
        self.0.retain(|(end, _)| *end > now.awake);
    }

    pub(super) fn next_wake(&self, now: Now) -> Option<Duration> {
        self.0.iter().map(|(end, _)| end.saturating_sub(now.awake)).min()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Notice> {
        self.0.iter().map(|(_, notice)| notice)
    }
}
