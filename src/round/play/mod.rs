//! A round as a state machine: events in, effects out.
//!
//! No clock and no I/O: every event comes with its moment, and what is to be saved, shown or rung is returned. [`Draft`] is
//! everything that a round is at a moment, plain data to be kept on a disk; [`Play`] is a draft with the scenario and the
//! kind of round that it is played by. The transitions stand in a table in [`Play::handle`]. Time is counted on the clock
//! that runs on while the machine sleeps; where that went back, the machine was started anew and the wall clock
//! counts, never below zero.

mod attempt;
mod clock;
mod interviewer;
mod questions;
mod report;

#[cfg(test)]
mod tests;

use std::rc::Rc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::time::Now;

use super::kind::RoundKind;
use super::level::Level;
use super::proof::Matcher;
use super::rulebook::Rulebook;
use super::scenario::Scenario;

pub use attempt::{Attempt, Judgement, personal};
pub use clock::Stamp;
use clock::Watch;
pub use report::report;

/// How a round was set up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetUp {
    /// The scenario's id.
    pub scenario: String,
    /// The id of the kind of round.
    pub kind: String,
    /// How long all phases last together.
    pub minutes: u32,
    /// At which level it is judged.
    pub level: Level,
    /// Whether the clock never stands still.
    pub strict: bool,
    /// Whether the scenario is played with its constraint turned round.
    pub variant: bool,
    /// What was filled in beforehand, one text a phase; it is nobody's merit.
    pub given: Vec<String>,
}

/// What happens to a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// The candidate is ready.
    Begin,
    /// The notes of a phase read so now.
    Edited {
        /// Which phase, from 0.
        phase: usize,
        /// Its whole text.
        text: String,
    },
    /// On to the next phase.
    Next,
    /// Back to the phase before.
    Back,
    /// Help is asked for.
    Hint,
    /// A question from the interviewer is asked for.
    Challenge,
    /// The clock is to stand still.
    Pause,
    /// The clock is to run again.
    Resume,
    /// Time has passed.
    Tick,
    /// The program is left, the round is not.
    Leave,
    /// The program is back.
    Return,
    /// The round is over and is to be judged.
    Finish,
    /// The round is over and is not to be judged.
    GiveUp,
}

/// What is to be done about an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Keep the draft.
    Save,
    /// Ring gently.
    Ring,
    /// Something new was said: the last of [`Draft::said`].
    Show,
    /// Judge the notes.
    Score,
}

/// Where a round stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// Set up, and not begun.
    Ready,
    /// The clock runs.
    Running,
    /// The clock stands still, by the candidate's wish.
    Paused,
    /// The clock stands still or runs on by the policy: the program was left.
    Away,
    /// Over, to be judged.
    Finished,
    /// Over, given up.
    Abandoned,
}

/// A phase as it was played.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// What the candidate wrote.
    pub text: String,
    /// How long the phase was open.
    pub spent: Duration,
    /// How often it was opened.
    pub visits: u32,
    /// How many hints were given in it.
    pub hints: u32,
    /// What has been rung for already: the last two minutes, the end.
    rung: (bool, bool),
}

/// Something that the interviewer said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// In which phase.
    pub phase: usize,
    /// What it was.
    pub what: What,
    /// In words.
    pub text: String,
}

/// What the interviewer said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// The task.
    Task,
    /// How a phase is opened.
    Prompt,
    /// The answer to a clarifying question, by its place in the scenario.
    Answer(usize),
    /// A hint: the rung of the ladder, from 0.
    Hint(usize),
    /// A question about a component: its place in the scenario, and which of the three.
    Drill(usize, usize),
    /// A challenge, by its place in the scenario.
    Probe(usize),
    /// A change of the problem, by its id.
    Curveball(String),
    /// That the time of a phase is up.
    Time,
}

/// A curveball that was thrown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thrown {
    /// Which.
    pub id: String,
    /// In which phase.
    pub phase: usize,
    /// The notes of all phases at that moment: what came later may be an answer.
    pub before: Vec<String>,
}

/// All that a round is at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// How it was set up.
    pub set_up: SetUp,
    /// Where it stands.
    pub stage: Stage,
    /// The open phase, from 0.
    pub at: usize,
    /// One for each phase.
    pub pages: Vec<Page>,
    /// What the interviewer said, oldest first.
    pub said: Vec<Said>,
    /// The curveballs that were thrown.
    pub thrown: Vec<Thrown>,
    /// When the round was begun; nothing before.
    pub begun: Option<Stamp>,
    /// How long it was paused or left.
    pub away: Duration,
    watch: Watch,
}

/// A round that is being played.
#[derive(Clone, Debug)]
pub struct Play {
    /// What it is at this moment.
    pub draft: Draft,
    /// What is designed.
    pub scenario: Rc<Scenario>,
    /// The phases.
    pub kind: RoundKind,
    /// One for each phase.
    pub budgets: Vec<Duration>,
    rulebook: Rc<Rulebook>,
    matcher: Matcher,
}

/// How long before the end of a phase the bell rings first.
pub const LAST_MINUTES: Duration = Duration::from_secs(120);

impl Play {
    /// A round that has not begun.
    pub fn new(set_up: SetUp, scenario: Rc<Scenario>, kind: RoundKind, rulebook: Rc<Rulebook>) -> Self {
        let given = set_up.given.iter().cloned().chain(std::iter::repeat(String::new()));
        let pages = kind.phases.iter().zip(given).map(|(_, text)| Page { text, ..Page::default() }).collect();
        let draft = Draft {
            set_up,
            stage: Stage::Ready,
            at: 0,
            pages,
            said: Vec::new(),
            thrown: Vec::new(),
            begun: None,
            away: Duration::ZERO,
            watch: Watch::default(),
        };
        Self::of(draft, scenario, kind, rulebook)
    }

    /// A round that was kept.
    pub fn of(mut draft: Draft, scenario: Rc<Scenario>, kind: RoundKind, rulebook: Rc<Rulebook>) -> Self {
        let budgets = kind.scale(draft.set_up.minutes).budgets;
        // A kind that was changed in the meantime has other phases.
        draft.pages.resize_with(kind.phases.len().max(1), Page::default);
        draft.at = draft.at.min(draft.pages.len() - 1);
        let matcher = Matcher::new(&rulebook.glossary);
        Self { draft, scenario, kind, budgets, rulebook, matcher }
    }

    /// Takes an event at its moment. What means nothing in the present stage changes nothing.
    pub fn handle(&mut self, event: Event, now: Now) -> Vec<Effect> {
        self.count(now);
        match (self.draft.stage, event) {
            (Stage::Ready, Event::Begin) => self.begin(now),
            (Stage::Running, Event::Edited { phase, text }) => self.edited(phase, text),
            (Stage::Running, Event::Next) => self.open(self.draft.at + 1),
            (Stage::Running, Event::Back) => self.draft.at.checked_sub(1).map(|at| self.open(at)).unwrap_or_default(),
            (Stage::Running, Event::Hint) => self.hint(),
            (Stage::Running, Event::Challenge) => self.challenge(),
            (Stage::Running, Event::Tick) => self.tick(),
            (Stage::Running, Event::Pause) if self.may_pause() => self.stop(Stage::Paused, now),
            (Stage::Paused, Event::Resume) => self.go_on(now),
            (Stage::Running | Stage::Paused, Event::Leave) => self.stop(Stage::Away, now),
            // A program that was killed could not say that it was left.
            (Stage::Running | Stage::Paused | Stage::Away, Event::Return) => self.return_at(now),
            (Stage::Running | Stage::Paused, Event::Finish) => self.end(Stage::Finished),
            (Stage::Running | Stage::Paused, Event::GiveUp) => self.end(Stage::Abandoned),
            _ => Vec::new(),
        }
    }

    /// Whether the candidate may stop the clock.
    pub fn may_pause(&self) -> bool {
        !self.draft.set_up.strict
    }

    /// Whether the last phase is open.
    pub fn is_at_last(&self) -> bool {
        self.draft.at + 1 >= self.draft.pages.len()
    }

    /// How long the phase was open at this moment.
    pub fn spent(&self, phase: usize, now: Now) -> Duration {
        let kept = self.draft.pages.get(phase).map(|page| page.spent).unwrap_or_default();
        let runs = self.draft.stage == Stage::Running && phase == self.draft.at;
        kept + if runs { self.draft.watch.since(now) } else { Duration::ZERO }
    }

    /// How long all phases were open at this moment.
    pub fn spent_in_all(&self, now: Now) -> Duration {
        (0..self.draft.pages.len()).map(|phase| self.spent(phase, now)).sum()
    }

    /// How long all phases may take.
    pub fn budget(&self) -> Duration {
        self.budgets.iter().sum()
    }

    /// How many hints were given.
    pub fn hints(&self) -> u32 {
        self.draft.pages.iter().map(|page| page.hints).sum()
    }

    /// Adds the time that has passed to the open phase.
    fn count(&mut self, now: Now) {
        if self.draft.stage == Stage::Running {
            let passed = self.draft.watch.lap(now);
            let at = self.draft.at;
            self.draft.pages[at].spent += passed;
        }
    }

    fn begin(&mut self, now: Now) -> Vec<Effect> {
        self.draft.stage = Stage::Running;
        self.draft.begun = Some(Stamp::of(now));
        self.draft.watch.start(now);
        self.introduce();
        let mut effects = self.open(0);
        effects.insert(0, Effect::Show);
        effects
    }

    /// Opens a phase; behind the last there is none, and the round goes on.
    fn open(&mut self, at: usize) -> Vec<Effect> {
        if at >= self.draft.pages.len() {
            return Vec::new();
        }
        self.draft.at = at;
        self.draft.pages[at].visits += 1;
        let is_new = self.draft.pages[at].visits == 1;
        if is_new && self.prompt() { vec![Effect::Show, Effect::Save] } else { vec![Effect::Save] }
    }

    fn edited(&mut self, phase: usize, text: String) -> Vec<Effect> {
        let Some(page) = self.draft.pages.get_mut(phase).filter(|page| page.text != text) else { return Vec::new() };
        page.text = text;
        let mut effects = vec![Effect::Save];
        effects.extend(self.answer_questions(phase).then_some(Effect::Show));
        effects
    }

    fn tick(&mut self) -> Vec<Effect> {
        let at = self.draft.at;
        let budget = self.budgets.get(at).copied().unwrap_or_default();
        let page = &mut self.draft.pages[at];
        let mut effects = Vec::new();
        if !page.rung.0 && budget > LAST_MINUTES && page.spent + LAST_MINUTES >= budget {
            page.rung.0 = true;
            effects.push(Effect::Ring);
        }
        if !page.rung.1 && page.spent >= budget {
            page.rung.1 = true;
            effects.push(Effect::Ring);
            self.say_time();
            effects.push(Effect::Show);
        }
        if self.throw() {
            effects.extend([Effect::Show, Effect::Save]);
        }
        effects
    }

    fn stop(&mut self, stage: Stage, now: Now) -> Vec<Effect> {
        self.draft.stage = stage;
        self.draft.watch.start(now);
        vec![Effect::Save]
    }

    fn go_on(&mut self, now: Now) -> Vec<Effect> {
        self.draft.away += self.draft.watch.lap(now);
        self.draft.stage = Stage::Running;
        vec![Effect::Save]
    }

    /// The time since the round was left counts where the clock never stands still.
    fn return_at(&mut self, now: Now) -> Vec<Effect> {
        // `count` has already counted what passed since a kill in a running round; a practice clock stood still then.
        let at = self.draft.at;
        if self.draft.stage == Stage::Running {
            if !self.draft.set_up.strict {
                let passed = self.draft.watch.last_lap();
                self.draft.pages[at].spent = self.draft.pages[at].spent.saturating_sub(passed);
                self.draft.away += passed;
            }
            return vec![Effect::Save];
        }
        let passed = self.draft.watch.lap(now);
        if self.draft.set_up.strict {
            self.draft.pages[at].spent += passed;
        } else {
            self.draft.away += passed;
        }
        self.draft.stage = Stage::Running;
        vec![Effect::Save]
    }

    fn end(&mut self, stage: Stage) -> Vec<Effect> {
        self.draft.stage = stage;
        if stage == Stage::Finished { vec![Effect::Save, Effect::Score] } else { vec![Effect::Save] }
    }
}
