//! A running round: the candidate's notes, phase by phase, with the interviewer and the clock beside them.
//!
//! What an event leads to is decided by [`Play`]; this screen turns keys into its events, keeps the draft on the disk and
//! shows where it stands. Typing reaches the round when it rests for a moment, and at the latest before anything else
//! happens. Start reading at [`Desk::feed`].

mod keys;
mod notes;
mod phases;
mod talk;
mod view;

use std::sync::Arc;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::round::{Bell, Effect as Wanted, Event, Mode, Recording, Round, Script, Stage};
use crate::time::Now;
use crate::tui::effect::Effect;
use crate::tui::screen::{Binding, Cx, Reply, Screen, TextInput};

use super::catalogue::Catalogue;
use super::draft;
use super::review::Review;
use notes::Notes;
use phases::clock;

pub(crate) use keys::Command;

/// After how long what was typed is on the disk.
const SAVE_AFTER: Duration = Duration::from_millis(1_500);
/// After how long the clock is on the disk where nothing is typed.
const SAVE_CLOCK_AFTER: Duration = Duration::from_secs(20);

/// A running round.
#[derive(Debug)]
pub(crate) struct Desk {
    catalogue: Catalogue,
    round: Round,
    notes: Notes,
    /// The notes of all phases when each curveball was thrown: what came later may be its answer.
    before_curveballs: Vec<Vec<String>>,
    /// Whether the design stands in the place of the interviewer.
    shows_design: bool,
    /// Rows looked back in what was said, or down in the design.
    scrolled: usize,
    /// What was typed has not reached the round.
    is_pending: bool,
    /// When the oldest change happened that is not on the disk.
    unsaved_since: Option<Duration>,
    saved_at: Duration,
    /// Asked to finish, to give up: the second time it is done.
    asked: Option<Command>,
}

impl Desk {
    /// Begins a round.
    pub(super) fn begin(cx: &Cx<'_>, catalogue: &Catalogue, round: Round) -> Self {
        let mut desk = Self::over(catalogue, round, Vec::new());
        desk.open(cx.now, Event::Begin);
        desk
    }

    /// Goes on with a round that was left.
    pub(super) fn resume(cx: &Cx<'_>, catalogue: &Catalogue, script: Arc<Script>, recording: &Recording) -> Self {
        let mut round = Round::new(script, recording.setup.clone());
        let mut before = Vec::new();
        for recorded in &recording.events {
            round.handle(recorded.event.clone(), recorded.now);
            if round.thrown().len() > before.len() {
                before.push(pages(&round));
            }
        }
        let mut desk = Self::over(catalogue, round, before);
        desk.open(cx.now, Event::Reopened);
        desk
    }

    fn over(catalogue: &Catalogue, round: Round, before_curveballs: Vec<Vec<String>>) -> Self {
        Self {
            catalogue: catalogue.clone(),
            notes: Notes::new(pages(&round), (*catalogue.numbers).clone()),
            round,
            before_curveballs,
            shows_design: false,
            scrolled: 0,
            is_pending: false,
            unsaved_since: None,
            saved_at: Duration::ZERO,
            asked: None,
        }
    }

    /// The first event. Nothing can be saved before the screen is open, so the next one does.
    fn open(&mut self, now: Now, event: Event) {
        self.feed(now, event);
        self.notes.open(self.round.phase());
        self.unsaved_since = Some(now.boot);
    }

    /// Hands what was typed and then an event to the round, and carries out what it wants.
    fn feed(&mut self, now: Now, event: Event) -> Vec<Effect> {
        let mut wanted = Vec::new();
        if std::mem::take(&mut self.is_pending) {
            let text = self.notes.texts()[self.round.phase()].clone();
            wanted.extend(self.round.handle(Event::Edited { text }, now));
        }
        if matches!(event, Event::NextPhase | Event::Back | Event::Finish) {
            wanted.extend(self.answer_curveballs(now));
        }
        wanted.extend(self.round.handle(event, now));
        if self.round.thrown().len() > self.before_curveballs.len() {
            self.before_curveballs.push(pages(&self.round));
        }
        self.notes.open_if_other(self.round.phase());
        let is_old = |since: Duration, most: Duration| now.boot >= since + most;
        let mut saves = self.unsaved_since.is_some_and(|since| is_old(since, SAVE_AFTER))
            || is_old(self.saved_at, SAVE_CLOCK_AFTER);
        let mut effects = Vec::new();
        for effect in wanted {
            match effect {
                Wanted::SaveDraft => saves = true,
                Wanted::Ring(bell) => effects.extend([Effect::Ring, Effect::say(said_by(bell))]),
                Wanted::Show(_) => self.scrolled = 0,
                Wanted::Score => {}
            }
        }
        if saves {
            effects.push(self.save(now));
        }
        effects
    }

    /// Hands over what was written since each curveball.
    fn answer_curveballs(&mut self, now: Now) -> Vec<Wanted> {
        let pages = pages(&self.round);
        let answers = self.round.thrown().iter().zip(&self.before_curveballs).filter_map(|(thrown, before)| {
            let text = written_since(&pages, before);
            (text != thrown.answer).then(|| (thrown.id.clone(), text))
        });
        let answers: Vec<(String, String)> = answers.collect();
        answers
            .into_iter()
            .flat_map(|(id, text)| self.round.handle(Event::CurveballAnswered { id, text }, now))
            .collect()
    }

    fn save(&mut self, now: Now) -> Effect {
        self.unsaved_since = None;
        self.saved_at = now.boot;
        Effect::Save(draft::record(&self.round))
    }

    /// Takes note of a change of the notes; the draft is written at once where the last time is too long ago.
    fn typed(&mut self, now: Now, has_changed: bool) -> Vec<Effect> {
        self.asked = None;
        if !has_changed {
            return Vec::new();
        }
        self.notes.changed(now);
        self.is_pending = true;
        let since = *self.unsaved_since.get_or_insert(now.boot);
        if now.boot >= since + SAVE_AFTER { self.feed(now, Event::TimePassed) } else { Vec::new() }
    }

    fn is_running(&self) -> bool {
        self.round.stage() == Stage::Running
    }

    fn is_at_last(&self) -> bool {
        self.round.phase() + 1 >= self.round.phases().len()
    }

    /// Whether a command is asked for the second time; the first time the footer says what it would do.
    fn is_confirmed(&mut self, command: Command) -> bool {
        self.asked.replace(command) == Some(command)
    }

    fn finish(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        if !self.is_confirmed(Command::Finish) {
            return Vec::new();
        }
        let mut effects = self.feed(cx.now, Event::Finish);
        effects.extend([Effect::Pop, Effect::open(Review::of(&self.catalogue, self.round.clone()))]);
        effects
    }

    fn give_up(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        if !self.is_confirmed(Command::GiveUp) {
            return Vec::new();
        }
        self.feed(cx.now, Event::GiveUp);
        vec![Effect::Save(draft::none()), Effect::Pop]
    }

    fn scroll(&mut self, by: isize) {
        // Back in what was said is up, on in a design is down.
        let by = if self.shows_design { -by } else { by };
        self.scrolled = self.scrolled.saturating_add_signed(by * 3);
    }
}

impl Screen for Desk {
    type Command = Command;

    const KEYS: &'static [Binding<Command>] = keys::KEYS;

    fn title(&self, cx: &Cx<'_>) -> String {
        let dot = cx.theme.glyphs.dot;
        format!("Round {dot} {} {dot} {}", self.round.script().scenario.title, self.round.setup().level.name())
    }

    fn status(&self, cx: &Cx<'_>) -> Line<'static> {
        clock_line(&self.round, cx)
    }

    fn footer(&self, cx: &Cx<'_>) -> Option<Line<'static>> {
        let (command, would) = match self.asked? {
            Command::Finish => (Command::Finish, " once more ends the round and goes on to the report"),
            Command::GiveUp => (Command::GiveUp, " once more throws the round away"),
            _ => return None,
        };
        let key = Span::styled(view::label(cx, command), cx.theme.key);
        Some(Line::from(vec![key, Span::styled(would, cx.theme.warn)]))
    }

    fn available(&self, command: Command) -> bool {
        match command {
            Command::Hint => self.is_running() && self.round.hints_left() > 0,
            Command::Challenge => self.is_running(),
            Command::Next => self.is_running(),
            Command::Back => self.is_running() && self.round.phase() > 0,
            Command::Pause => self.round.setup().mode == Mode::Practice,
            Command::Edit(edit) => self.is_running() && self.notes.can(edit),
            Command::Design | Command::Finish | Command::GiveUp | Command::Leave | Command::Scroll(_) => true,
        }
    }

    fn wording(&self, command: Command) -> Option<&'static str> {
        match command {
            Command::Next if self.is_at_last() => Some("finish"),
            Command::Pause if !self.is_running() => Some("go on"),
            Command::Design if self.shows_design => Some("interviewer"),
            _ => None,
        }
    }

    fn takes_text(&self) -> bool {
        self.is_running()
    }

    fn takes_answer(&self) -> bool {
        true
    }

    fn run(&mut self, cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        let command = if command == Command::Next && self.is_at_last() { Command::Finish } else { command };
        if self.asked.is_some_and(|asked| asked != command) {
            self.asked = None;
        }
        match command {
            Command::Next => self.feed(cx.now, Event::NextPhase),
            Command::Back => self.feed(cx.now, Event::Back),
            Command::Hint => self.feed(cx.now, Event::HintAsked),
            Command::Challenge => self.feed(cx.now, Event::ProbeAsked),
            Command::Pause if self.is_running() => self.feed(cx.now, Event::Pause),
            Command::Pause => self.feed(cx.now, Event::Resume),
            Command::Design => {
                self.shows_design = !self.shows_design;
                self.scrolled = 0;
                Vec::new()
            }
            Command::Finish => self.finish(cx),
            Command::GiveUp => self.give_up(cx),
            Command::Leave => {
                let key = "sysdrill mock --resume";
                vec![
                    Effect::Pop,
                    Effect::say(format!("The draft is saved; the Rounds tab or `{key}` goes on with it.")),
                ]
            }
            Command::Scroll(by) => {
                self.scroll(by);
                Vec::new()
            }
            Command::Edit(edit) => {
                let has_changed = self.notes.editor().run(edit);
                self.typed(cx.now, has_changed)
            }
        }
    }

    fn text(&mut self, cx: &Cx<'_>, input: TextInput) -> Vec<Effect> {
        let has_changed = match input {
            TextInput::Key(key) => self.notes.editor().key(key),
            TextInput::Paste(text) => self.notes.editor().paste(&text),
        };
        self.typed(cx.now, has_changed)
    }

    fn receive(&mut self, cx: &Cx<'_>, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Woke => self.feed(cx.now, Event::TimePassed),
            // What could not be written is tried again with the next change.
            Reply::Saved(Err(why)) => vec![Effect::fail(why)],
            Reply::Closing if matches!(self.round.stage(), Stage::Running | Stage::Paused) => {
                let mut effects = self.feed(cx.now, Event::TimePassed);
                effects.push(self.save(cx.now));
                effects
            }
            _ => Vec::new(),
        }
    }

    fn next_wake(&self, now: Now) -> Option<Duration> {
        if !self.is_running() {
            return None;
        }
        let second = next_second(&self.round, now);
        let save = self.unsaved_since.map(|since| (since + SAVE_AFTER).saturating_sub(now.boot));
        [Some(second), save, self.notes.next_wake(now), self.round.next_wake(now)].into_iter().flatten().min()
    }

    fn layout(&mut self, cx: &Cx<'_>, area: Rect) {
        view::layout(self, cx, area);
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        view::draw(self, cx, area, buf)
    }
}

/// The notes of each phase.
fn pages(round: &Round) -> Vec<String> {
    round.phases().iter().map(|phase| phase.notes.clone()).collect()
}

/// The lines that were not there before.
fn written_since(now: &[String], before: &[String]) -> String {
    let new = now.iter().enumerate().flat_map(|(at, text)| {
        let old: Vec<&str> = before.get(at).map(|text| text.lines().collect()).unwrap_or_default();
        text.lines().filter(move |line| !old.contains(line))
    });
    new.collect::<Vec<_>>().join("\n")
}

/// What a bell says besides ringing.
fn said_by(bell: Bell) -> &'static str {
    match bell {
        Bell::PhaseSoon => "Two minutes of this phase are left.",
        Bell::PhaseOver => "The time of this phase is up; F5 goes on when you are ready.",
        Bell::RoundSoon => "Two minutes of the round are left.",
        Bell::RoundOver => "The time of the round is up. Finish your sentence.",
    }
}

/// How long until the next whole second of a phase is over, when its clock changes.
pub(super) fn next_second(round: &Round, now: Now) -> Duration {
    let part = round.spent(now).0.subsec_millis();
    Duration::from_millis(u64::from(1_000 - part))
}

/// The clock of the open phase and of the whole round.
pub(super) fn clock_line(round: &Round, cx: &Cx<'_>) -> Line<'static> {
    let theme = cx.theme;
    let at = round.phase();
    let title = round.script().kind.phases.get(at).map_or("", |phase| &phase.title);
    let ((spent, all_spent), budget) = (round.spent(cx.now), round.phases()[at].budget);
    let (left, over) = match round.length().checked_sub(all_spent) {
        Some(left) => (left, ""),
        None => (all_spent - round.length(), "over "),
    };
    let phase_style = if spent > budget { theme.warn } else { theme.text };
    let total_style = if over.is_empty() { theme.text } else { theme.warn };
    Line::from(vec![
        Span::styled(format!("{title} "), theme.muted),
        Span::styled(clock(spent), phase_style),
        Span::styled(format!(" / {}", clock(budget)), theme.muted),
        Span::styled(format!("   {over}"), theme.warn),
        Span::styled(clock(left), total_style),
        Span::styled(if over.is_empty() { " left" } else { "" }, theme.muted),
    ])
}
