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
    /// A problem stays longer than good news, and the same sentence is never shown twice. What tells only how it goes
    /// gives way to the next of its kind; every problem is to be read.
    pub(super) fn add(&mut self, notice: Notice, now: Now) {
        let stay = if notice.tone == Tone::Bad { Duration::from_secs(8) } else { Duration::from_secs(4) };
        let is_problem = matches!(notice.tone, Tone::Warn | Tone::Bad);
        self.0.retain(|(_, shown)| *shown != notice && (is_problem || shown.tone != notice.tone));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Clock;

    fn shown(notices: &[(Tone, &str)]) -> Vec<String> {
        let now = Clock::still("2026-11-22T09:00:00+01:00".parse().expect("a moment")).now();
        let mut toasts = Toasts::default();
        for (tone, text) in notices {
            toasts.add(Notice { tone: *tone, text: (*text).to_owned() }, now);
        }
        toasts.iter().map(|notice| notice.text.clone()).collect()
    }

    #[test]
    fn news_of_one_kind_replace_each_other_and_problems_stay() {
        assert_eq!(
            shown(&[(Tone::Plain, "taken back: good"), (Tone::Plain, "taken back: hard")]),
            ["taken back: hard"]
        );
        let problems = [(Tone::Bad, "disk full"), (Tone::Plain, "taken back"), (Tone::Bad, "no clipboard")];
        assert_eq!(shown(&problems), ["disk full", "taken back", "no clipboard"]);
        assert_eq!(shown(&[(Tone::Bad, "disk full"), (Tone::Bad, "disk full")]), ["disk full"]);
    }
}
