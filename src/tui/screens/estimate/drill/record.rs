//! How the candidate has done so far.

use crate::estimate::drill::{Attempt, Calibration};
use crate::recall::Estimate;
use crate::tui::screen::Cx;

/// Over so many intervals a rate is taken.
const WINDOW: usize = 10;

/// All answers, in order.
#[derive(Debug)]
pub(crate) struct Record {
    pub(super) attempts: Vec<Attempt>,
    /// How many were given today.
    pub(crate) today: usize,
}

impl Record {
    pub(crate) fn of(cx: &Cx<'_>) -> Self {
        let student = &cx.world.student;
        let events = student.store().drills().unwrap_or_default();
        let estimates = Estimate::all(&events);
        let today = student.today(cx.now);
        Self {
            attempts: estimates.iter().map(|(drill, estimate)| estimate.attempt(drill)).collect(),
            today: estimates.iter().filter(|(_, estimate)| estimate.day == today).count(),
        }
    }

    /// The typical error of the newest answers as a factor; none before the first.
    pub(super) fn typical_factor(&self) -> Option<f64> {
        let newest = self.attempts.iter().rev().take(20);
        let (sum, count) = newest.fold((0.0, 0.0), |(sum, count), attempt| (sum + attempt.doublings, count + 1.0));
        (count > 0.0).then(|| (sum / count).exp2())
    }

    pub(super) fn calibration(&self) -> Calibration {
        Calibration::of(&self.attempts)
    }

    /// After each interval, the share of the newest ten that held: `(count, share)`.
    pub(super) fn rates(&self) -> Vec<(f64, f64)> {
        let hits: Vec<bool> = self.attempts.iter().filter_map(|attempt| attempt.hit).collect();
        let rate = |end: usize| {
            let window = &hits[end.saturating_sub(WINDOW)..end];
            window.iter().filter(|hit| **hit).count() as f64 / window.len() as f64
        };
        (1..=hits.len()).map(|end| (end as f64, rate(end))).collect()
    }

    /// The newest intervals, oldest first: whether each held.
    pub(super) fn newest_hits(&self, most: usize) -> Vec<bool> {
        let mut hits: Vec<bool> = self.attempts.iter().rev().filter_map(|attempt| attempt.hit).take(most).collect();
        hits.reverse();
        hits
    }
}
