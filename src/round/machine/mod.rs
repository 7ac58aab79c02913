//! A round as a state machine: events in, effects out, no clock and no I/O.
//!
//! The screen and the command line drive the same machine, and a recorded list of events replays to the same report.
//! What is said stands in the [`Script`]; who draws and who writes to the disk is not known here. Start reading at
//! [`Round::handle`].

mod event;
mod script;
mod timing;

use std::sync::Arc;
use std::time::Duration;

use super::kind::Phase;
use super::score::CurveballResult;
use super::text::Notes;
use crate::time::Now;

pub use event::{Bell, Effect, Event, Line, LineKind, Mode, Recorded, Recording, RecordingError, Setup};
pub use script::Script;

use timing::Elapsed;

/// Notes that changed are written down after so long.
const SAVE_AFTER: Duration = Duration::from_millis(1500);

/// The bell before the end.
const SOON: Duration = Duration::from_secs(120);

/// At most so many curveballs are thrown.
const CURVEBALLS: usize = 3;

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

    /// Where the round stands.
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// What was chosen.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// What the round draws on.
    pub fn script(&self) -> &Script {
        &self.script
    }

    /// The present phase, from 0.
    pub fn phase(&self) -> usize {
        self.phase
    }

    /// What happened in each phase, in the order of the kind.
    pub fn phases(&self) -> &[PhaseLog] {
        &self.phases
    }

    /// What the interviewer said, in order.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The curveballs that were thrown, with their answers.
    pub fn thrown(&self) -> &[Thrown] {
        &self.thrown
    }

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

    /// How many rungs of help are left in the present phase.
    pub fn hints_left(&self) -> usize {
        let taken = self.phases[self.phase].hints;
        (1..=3).filter(|rung| *rung > taken && self.script.hint(self.present(), *rung).is_some()).count()
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

    /// The notes of all phases, each under the first phase of scenarios that it covers.
    pub fn notes(&self) -> Notes {
        let phases = self.script.kind.phases.iter().zip(&self.phases).enumerate();
        let own = phases.map(|(at, (phase, log))| {
            // What was filled in is nobody's merit; its lines stay, empty, so that all others keep their numbers.
            let given: Vec<&str> = self.setup.given.get(at).map(|text| text.lines().collect()).unwrap_or_default();
            let lines = log.notes.lines().map(|line| if given.contains(&line) { "" } else { line });
            (phase.id.as_str(), lines.collect::<Vec<_>>().join("\n"))
        });
        let own: Vec<(&str, String)> = own.collect();
        Notes::of_phases(own.iter().map(|(phase, text)| (*phase, text.as_str())))
    }

    /// Everything that happened, as a file.
    pub fn recording(&self) -> Recording {
        let events = self.events.iter().map(|(recorded, _)| recorded.clone()).collect();
        Recording { setup: self.setup.clone(), events }
    }

    /// The inputs as the interviewer's answers, and the variant, set them.
    pub fn sets(&self) -> Vec<(String, String)> {
        let scenario = &self.script.scenario;
        let answers = self.answered.iter().flat_map(|&at| scenario.clarifications[at].sets.clone());
        let variant = scenario.variant.iter().filter(|_| self.setup.variant).flat_map(|variant| variant.sets.clone());
        variant.chain(answers).collect()
    }

    /// How the curveballs were answered.
    pub fn curveball_results(&self) -> Vec<CurveballResult> {
        let result = |thrown: &Thrown| {
            let curveball = self.script.curveballs.iter().find(|one| one.id == thrown.id)?;
            let shows = |signal| self.script.matcher.shows(signal, &thrown.answer, &[&curveball.text]);
            let strong = curveball.strong.iter().filter(|signal| shows(signal)).count();
            Some(CurveballResult { id: thrown.id.clone(), strong, weak: shows(&curveball.weak) })
        };
        self.thrown.iter().filter_map(result).collect()
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

    fn read_clock(&mut self, now: Now, counts: bool) {
        if let (Stage::Running, Some(last), true) = (self.stage, self.last, counts) {
            let elapsed = Elapsed::between(last, now);
            let phase = &mut self.phases[self.phase];
            phase.spent += elapsed.whole;
            phase.asleep += elapsed.asleep;
        }
        self.last = Some(now);
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

    /// Answers each line that became a question.
    fn answer_questions(&mut self, effects: &mut Vec<Effect>) {
        let notes = &self.phases[self.phase].notes;
        let questions: Vec<String> = notes
            .lines()
            .filter_map(|line| line.split_once('?').map(|(question, _)| format!("{}?", question.trim())))
            .filter(|question| question.len() > 3 && !self.asked.contains(question))
            .collect();
        for question in questions {
            let answer = self.script.answer(&question);
            self.asked.push(question);
            match answer {
                Some((at, line)) if !self.answered.contains(&at) => {
                    self.answered.push(at);
                    self.say(line, effects);
                }
                Some(_) => {}
                None => {
                    let text = "That is up to you: assume something sensible and say so.".to_owned();
                    self.say(Line { kind: LineKind::Answer, text }, effects);
                }
            }
        }
    }

    fn hint(&mut self, effects: &mut Vec<Effect>) {
        let rung = self.phases[self.phase].hints + 1;
        if let Some(line) = self.script.hint(self.present(), rung) {
            self.phases[self.phase].hints = rung;
            self.say(line, effects);
            effects.push(Effect::SaveDraft);
        }
    }

    fn probe(&mut self, effects: &mut Vec<Effect>) {
        let probes = self.script.probes(&self.all_notes());
        let prompts = self.present().prompts.clone();
        let Some(text) = probes.into_iter().chain(prompts).find(|text| !self.probed.contains(text)) else { return };
        self.probed.push(text.clone());
        self.say(Line { kind: LineKind::Probe, text }, effects);
    }

    fn prompt(&mut self, effects: &mut Vec<Effect>) {
        if let Some(text) = self.present().prompts.first().cloned() {
            self.probed.push(text.clone());
            self.say(Line { kind: LineKind::Prompt, text }, effects);
        }
    }

    /// Rings, throws curveballs and saves where their time has come.
    fn keep_time(&mut self, now: Now, effects: &mut Vec<Effect>) {
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

    /// Half-way through a phase the problem may change, once a phase.
    fn throw(&mut self, effects: &mut Vec<Effect>) {
        let log = &self.phases[self.phase];
        if log.threw || self.thrown.len() >= CURVEBALLS || log.spent < log.budget / 2 {
            return;
        }
        self.phases[self.phase].threw = true;
        let thrown: Vec<String> = self.thrown.iter().map(|thrown| thrown.id.clone()).collect();
        let Some(curveball) = self.script.curveball(self.present(), &self.all_notes(), &thrown) else { return };
        let (id, text) = (curveball.id.clone(), curveball.text.clone());
        self.thrown.push(Thrown { id: id.clone(), answer: String::new() });
        self.say(Line { kind: LineKind::Curveball(id), text }, effects);
    }

    fn say(&mut self, line: Line, effects: &mut Vec<Effect>) {
        self.lines.push(line.clone());
        effects.push(Effect::Show(line));
    }

    fn present(&self) -> &Phase {
        &self.script.kind.phases[self.phase]
    }

    fn all_notes(&self) -> String {
        self.phases.iter().map(|phase| phase.notes.as_str()).collect::<Vec<_>>().join("\n")
    }
}

#[cfg(test)]
mod tests;
