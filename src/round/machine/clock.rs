//! The time of a round: how long it lasted, when it rings, when its notes are written down.

use std::time::Duration;

use super::timing::Elapsed;
use super::{Bell, Effect, Line, LineKind, Round, Stage};
use crate::time::Now;

/// Notes that changed are written down after so long.
const SAVE_AFTER: Duration = Duration::from_millis(1500);

/// The bell before the end.
const SOON: Duration = Duration::from_secs(120);

impl Round {
    /// How long the present phase and the round have lasted at a moment.
    pub fn spent(&self, now: Now) -> (Duration, Duration) {
        let running = self.stage == Stage::Running;
        let since = self.last.filter(|_| running).map_or(Duration::ZERO, |last| Elapsed::between(last, now).whole);
        let total: Duration = self.phases.iter().map(|phase| phase.spent).sum();
        (self.phases.get(self.phase).map_or(Duration::ZERO, |phase| phase.spent) + since, total + since)
    }

    /// The whole length.
    pub fn length(&self) -> Duration {
        Duration::from_secs(u64::from(self.setup.minutes) * 60)
    }

    /// After how long time alone does something: a bell, a draft, a curveball.
    pub fn next_wake(&self, now: Now) -> Option<Duration> {
        if self.stage != Stage::Running {
            return None;
        }
        let (phase_spent, spent) = self.spent(now);
        let budget = self.phases[self.phase].budget;
        let marks = [
            (budget.saturating_sub(SOON), phase_spent),
            (budget, phase_spent),
            (budget / 2, phase_spent),
            (self.length().saturating_sub(SOON), spent),
            (self.length(), spent),
        ];
        let ahead = marks.into_iter().filter(|(mark, at)| mark > at).map(|(mark, at)| mark - at);
        let save = self.dirty_since.map(|since| SAVE_AFTER.saturating_sub(Elapsed::between(since, now).whole));
        ahead.chain(save).min()
    }

    pub(super) fn read_clock(&mut self, now: Now, counts: bool) {
        if let (Stage::Running, Some(last), true) = (self.stage, self.last, counts) {
            let elapsed = Elapsed::between(last, now);
            let phase = &mut self.phases[self.phase];
            phase.spent += elapsed.whole;
            phase.asleep += elapsed.asleep;
        }
        self.last = Some(now);
    }

    /// Rings, throws curveballs and saves where their time has come.
    pub(super) fn keep_time(&mut self, now: Now, effects: &mut Vec<Effect>) {
        if self.stage == Stage::Running {
            self.ring(effects);
            self.throw(effects);
        }
        if effects.contains(&Effect::SaveDraft) {
            self.dirty_since = None;
        } else if self.dirty_since.is_some_and(|since| Elapsed::between(since, now).whole >= SAVE_AFTER) {
            self.dirty_since = None;
            effects.push(Effect::SaveDraft);
        }
    }

    fn ring(&mut self, effects: &mut Vec<Effect>) {
        let spent: Duration = self.phases.iter().map(|phase| phase.spent).sum();
        let (length, phase) = (self.length(), &mut self.phases[self.phase]);
        // In a phase of less than twice that, a warning would only disturb.
        let warns = phase.budget >= SOON * 2;
        let of_phase = [
            (Bell::PhaseOver, phase.spent >= phase.budget),
            (Bell::PhaseSoon, warns && phase.spent >= phase.budget.saturating_sub(SOON)),
        ];
        let due = of_phase.into_iter().find(|&(bell, due)| due && !phase.rung.contains(&bell)).map(|(bell, _)| bell);
        // Whoever comes late is not warned of what is over.
        if let Some(bell) = due {
            phase.rung.extend(if bell == Bell::PhaseOver { vec![bell, Bell::PhaseSoon] } else { vec![bell] });
            effects.push(Effect::Ring(bell));
            if bell == Bell::PhaseOver {
                let text = self.present().time.clone();
                self.say(Line { kind: LineKind::Time, text }, effects);
            }
        }
        let of_round = [(Bell::RoundOver, spent >= length), (Bell::RoundSoon, spent >= length.saturating_sub(SOON))];
        if let Some((bell, _)) = of_round.into_iter().find(|&(bell, due)| due && !self.rung.contains(&bell)) {
            self.rung.extend(if bell == Bell::RoundOver { vec![bell, Bell::RoundSoon] } else { vec![bell] });
            effects.push(Effect::Ring(bell));
        }
    }
}
