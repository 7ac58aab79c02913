//! A round as a state machine: events in, effects out, no clock and no I/O.
//!
//! The screen and the command line drive the same machine, and a recorded list of events replays to the same report.
//! What is said stands in the [`Script`]; who draws and who writes to the disk is not known here. Start reading at
//! [`Round::handle`]; `interviewer` is what events make the interviewer say, `clock` what time does by itself, `queries`
//! what the others look at.

mod clock;
mod event;
mod interviewer;
mod queries;
mod script;
mod timing;

use std::sync::Arc;
use std::time::Duration;

use crate::time::Now;

pub use event::{Bell, Effect, Event, Line, LineKind, Mode, Recorded, Recording, RecordingError, Setup};
pub use script::Script;

/// Where a round stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Not begun.
    Ready,
    /// The clock runs.
    Running,
    /// The clock stands.
    Paused,
    /// Over, to be scored.
    Finished,
    /// Broken off.
    GivenUp,
}

/// A round under way.
#[derive(Clone, Debug)]
pub struct Round {
    script: Arc<Script>,
    setup: Setup,
    stage: Stage,
    phase: usize,
    /// One for each phase of the kind.
    phases: Vec<PhaseLog>,
    /// When the clock was last read.
    last: Option<Now>,
    /// When the notes first differed from the draft.
    dirty_since: Option<Now>,
    lines: Vec<Line>,
    /// Questions that were dealt with, and the clarifications given.
    asked: Vec<String>,
    answered: Vec<usize>,
    probed: Vec<String>,
    thrown: Vec<Thrown>,
    rung: Vec<Bell>,
    /// With whether each led to nothing.
    events: Vec<(Recorded, bool)>,
}

/// What happened in a phase.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhaseLog {
    /// What was written.
    pub notes: String,
    /// How long it may last.
    pub budget: Duration,
    /// How long it lasted so far, time in suspend included.
    pub spent: Duration,
    /// The part in which the machine slept.
    pub asleep: Duration,
    /// How often it was entered.
    pub visits: u32,
    /// How many rungs of help were taken.
    pub hints: u8,
    rung: Vec<Bell>,
    threw: bool,
}

/// A curveball that was thrown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thrown {
    /// Its id.
    pub id: String,
    /// What was answered so far.
    pub answer: String,
}

impl Round {
    /// A round that has not begun.
    pub fn new(script: Arc<Script>, setup: Setup) -> Self {
        let budgets = script.kind.scale(setup.minutes).budgets;
        let given = setup.given.iter().cloned().chain(std::iter::repeat(String::new()));
        let phases = budgets.into_iter().zip(given);
        let phases = phases.map(|(budget, notes)| PhaseLog { budget, notes, ..PhaseLog::default() }).collect();
        Self {
            script,
            setup,
            stage: Stage::Ready,
            phase: 0,
            phases,
            last: None,
            dirty_since: None,
            lines: Vec::new(),
            asked: Vec::new(),
            answered: Vec::new(),
            probed: Vec::new(),
            thrown: Vec::new(),
            rung: Vec::new(),
            events: Vec::new(),
        }
    }

    /// The round to which recorded events lead.
    pub fn replay(script: Arc<Script>, recording: &Recording) -> Self {
        let mut round = Self::new(script, recording.setup.clone());
        for recorded in &recording.events {
            round.handle(recorded.event.clone(), recorded.now);
        }
        round
    }

    /// Takes an event. What does not fit the stage changes nothing.
    pub fn handle(&mut self, event: Event, now: Now) -> Vec<Effect> {
        if !self.accepts(&event) {
            return Vec::new();
        }
        let recorded = Recorded { now, event: event.clone() };
        let counts = event != Event::Reopened || self.setup.mode == Mode::Strict;
        self.read_clock(now, counts);
        let mut effects = Vec::new();
        match event {
            Event::Begin => self.begin(&mut effects),
            Event::Edited { text } => self.edit(text, now, &mut effects),
            Event::NextPhase => self.enter(self.phase + 1, &mut effects),
            Event::Back => self.enter(self.phase.saturating_sub(1), &mut effects),
            Event::HintAsked => self.hint(&mut effects),
            Event::ProbeAsked => self.probe(&mut effects),
            Event::CurveballAnswered { id, text } => {
                if let Some(thrown) = self.thrown.iter_mut().find(|thrown| thrown.id == id) {
                    thrown.answer = text;
                    effects.push(Effect::SaveDraft);
                }
            }
            Event::Pause => self.stage = Stage::Paused,
            Event::Resume => self.stage = Stage::Running,
            Event::Reopened | Event::TimePassed => {}
            Event::Finish => self.stage = Stage::Finished,
            Event::GiveUp => self.stage = Stage::GivenUp,
        }
        self.keep_time(now, &mut effects);
        if matches!(self.stage, Stage::Finished | Stage::GivenUp) {
            effects.push(Effect::SaveDraft);
        }
        if self.stage == Stage::Finished {
            effects.push(Effect::Score);
        }
        self.record(recorded, &effects);
        effects
    }

    /// Whether an event fits the stage and the mode.
    fn accepts(&self, event: &Event) -> bool {
        match (self.stage, event) {
            (Stage::Ready, Event::Begin) => true,
            (Stage::Ready | Stage::Finished | Stage::GivenUp, _) => false,
            (Stage::Running, Event::Begin | Event::Resume) => false,
            (Stage::Running, Event::Pause) => self.setup.mode == Mode::Practice,
            (Stage::Running, _) => true,
            (Stage::Paused, other) => {
                matches!(other, Event::Resume | Event::Reopened | Event::TimePassed | Event::Finish | Event::GiveUp)
            }
        }
    }

    /// Keeps the event. Ticks and typing that led to nothing go when the next event comes: the time between is the same
    /// without them, and a text holds all that was typed before.
    fn record(&mut self, recorded: Recorded, effects: &[Effect]) {
        let quiet = |entry: &(Recorded, bool)| entry.1;
        if self.events.last().is_some_and(|last| quiet(last) && last.0.event == Event::TimePassed) {
            self.events.pop();
        }
        let types = |event: &Event| matches!(event, Event::Edited { .. });
        if types(&recorded.event) && self.events.last().is_some_and(|last| quiet(last) && types(&last.0.event)) {
            self.events.pop();
        }
        let led_to_nothing = effects.iter().all(|effect| *effect == Effect::SaveDraft);
        self.events.push((recorded, led_to_nothing));
    }

    fn begin(&mut self, effects: &mut Vec<Effect>) {
        self.stage = Stage::Running;
        let policy = Line { kind: LineKind::Policy, text: self.setup.mode.policy().to_owned() };
        self.say(policy, effects);
        self.say(self.script.opening(self.setup.variant), effects);
        self.phases[0].visits = 1;
        self.prompt(effects);
        effects.push(Effect::SaveDraft);
    }

    fn enter(&mut self, phase: usize, effects: &mut Vec<Effect>) {
        if phase == self.phase || phase >= self.phases.len() {
            return;
        }
        self.phase = phase;
        self.phases[phase].visits += 1;
        if self.phases[phase].visits == 1 {
            self.prompt(effects);
        }
        effects.push(Effect::SaveDraft);
    }

    fn edit(&mut self, text: String, now: Now, effects: &mut Vec<Effect>) {
        if text == self.phases[self.phase].notes {
            return;
        }
        self.phases[self.phase].notes = text;
        self.dirty_since.get_or_insert(now);
        self.answer_questions(effects);
    }
}

#[cfg(test)]
mod tests;
