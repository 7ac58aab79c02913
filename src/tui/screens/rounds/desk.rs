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

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::round::play::{self, Event, Play, Stage};
use crate::time::Now;
use crate::tui::effect::Effect;
use crate::tui::screen::{Binding, Cx, Reply, Screen, TextInput};

use super::catalogue::Catalogue;
use super::draft;
use notes::Notes;
use phases::clock;

pub use keys::Command;

/// After how long what was typed is on the disk.
const SAVE_AFTER: Duration = Duration::from_millis(1_500);

/// A running round.
#[derive(Debug)]
pub struct Desk {
    catalogue: Catalogue,
    play: Play,
    notes: Notes,
    /// Whether the design stands in the place of the interviewer.
    shows_design: bool,
    /// Rows looked back in what was said, or down in the design.
    scrolled: usize,
    /// What was typed has not reached the round.
    is_pending: bool,
    /// When the oldest change happened that is not on the disk.
    unsaved_since: Option<Duration>,
    /// Asked to finish, to give up: the second time it is done.
    asked: Option<Command>,
}

impl Desk {
    /// Begins a round, or goes on with one that was left.
    pub(super) fn begin(cx: &Cx<'_>, catalogue: &Catalogue, play: Play) -> Self {
        let texts = play.draft.pages.iter().map(|page| page.text.clone()).collect();
        let mut desk = Self {
            catalogue: catalogue.clone(),
            notes: Notes::new(texts, (*catalogue.numbers).clone()),
            play,
            shows_design: false,
            scrolled: 0,
            is_pending: false,
            unsaved_since: None,
            asked: None,
        };
        let event = if desk.play.draft.stage == Stage::Ready { Event::Begin } else { Event::Return };
        // Nothing can be saved before the screen is open; the first tick does.
        desk.feed(cx.now, event);
        desk.notes.open(desk.play.draft.at);
        desk.unsaved_since = Some(Duration::ZERO);
        desk
    }

    /// Hands an event to the round and carries out what it wants.
    fn feed(&mut self, now: Now, event: Event) -> Vec<Effect> {
        let mut wanted = Vec::new();
        if std::mem::take(&mut self.is_pending) {
            let (phase, text) = (self.play.draft.at, self.notes.texts()[self.play.draft.at].clone());
            wanted.extend(self.play.handle(Event::Edited { phase, text }, now));
        }
        wanted.extend(self.play.handle(event, now));
        self.notes.open_if_other(self.play.draft.at);
        let mut effects = Vec::new();
        let mut saves = self.unsaved_since.is_some_and(|since| now.boot >= since + SAVE_AFTER);
        for effect in wanted {
            match effect {
                play::Effect::Save => saves = true,
                play::Effect::Ring => effects.push(Effect::Ring),
                play::Effect::Show => self.scrolled = 0,
                play::Effect::Score => {}
            }
        }
        if saves {
            effects.push(self.save());
        }
        effects
    }

    fn save(&mut self) -> Effect {
        self.unsaved_since = None;
        Effect::Save(draft::record(&self.play.draft))
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
        if now.boot >= since + SAVE_AFTER { self.feed(now, Event::Tick) } else { Vec::new() }
    }

    fn is_running(&self) -> bool {
        self.play.draft.stage == Stage::Running
    }

    /// Does what is asked the second time, and says so the first time.
    fn ask_twice(&mut self, cx: &Cx<'_>, command: Command, what: &str) -> Option<Vec<Effect>> {
        if self.asked.replace(command) == Some(command) {
            return None;
        }
        let key = view::label(cx, command);
        Some(vec![Effect::say(format!("{key} once more {what}."))])
    }

    fn finish(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        if let Some(asks) = self.ask_twice(cx, Command::Finish, "ends the round and shows the report") {
            return asks;
        }
        let mut effects = self.feed(cx.now, Event::Finish);
        effects.extend([Effect::Pop, super::review::open(&self.catalogue, &self.play)]);
        effects
    }

    fn give_up(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        if let Some(asks) = self.ask_twice(cx, Command::GiveUp, "throws the round away") {
            return asks;
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
        format!("Round {dot} {} {dot} {}", self.play.scenario.title, self.play.draft.set_up.level.name())
    }

    fn status(&self, cx: &Cx<'_>) -> Line<'static> {
        let theme = cx.theme;
        let at = self.play.draft.at;
        let title = self.play.kind.phases.get(at).map_or("", |phase| &phase.title);
        let (spent, budget) = (self.play.spent(at, cx.now), self.play.budgets.get(at).copied().unwrap_or_default());
        let all = self.play.budget();
        let (left, over) = match all.checked_sub(self.play.spent_in_all(cx.now)) {
            Some(left) => (left, ""),
            None => (self.play.spent_in_all(cx.now) - all, "over "),
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

    fn available(&self, command: Command) -> bool {
        match command {
            Command::Hint => self.is_running() && self.play.hints_left() > 0,
            Command::Challenge => self.is_running(),
            Command::Next => self.is_running(),
            Command::Back => self.is_running() && self.play.draft.at > 0,
            Command::Pause => self.play.may_pause(),
            Command::Edit(edit) => self.is_running() && self.notes.can(edit),
            Command::Design | Command::Finish | Command::GiveUp | Command::Leave | Command::Scroll(_) => true,
        }
    }

    fn wording(&self, command: Command) -> Option<&'static str> {
        match command {
            Command::Next if self.play.is_at_last() => Some("finish"),
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
        let command = if command == Command::Next && self.play.is_at_last() { Command::Finish } else { command };
        if self.asked.is_some_and(|asked| asked != command) {
            self.asked = None;
        }
        match command {
            Command::Next => self.feed(cx.now, Event::Next),
            Command::Back => self.feed(cx.now, Event::Back),
            Command::Hint => self.feed(cx.now, Event::Hint),
            Command::Challenge => self.feed(cx.now, Event::Challenge),
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
            Reply::Woke => self.feed(cx.now, Event::Tick),
            // What could not be written is tried again with the next change.
            Reply::Saved(Err(why)) => vec![Effect::fail(why)],
            Reply::Closing => self.feed(cx.now, Event::Leave),
            _ => Vec::new(),
        }
    }

    fn next_wake(&self, now: Now) -> Option<Duration> {
        if !self.is_running() {
            return None;
        }
        // The clock changes when the next whole second is over.
        let part = self.play.spent(self.play.draft.at, now).subsec_millis();
        let second = Duration::from_millis(u64::from(1_000 - part));
        let save = self.unsaved_since.map(|since| (since + SAVE_AFTER).saturating_sub(now.boot));
        [Some(second), save, self.notes.next_wake(now)].into_iter().flatten().min()
    }

    fn layout(&mut self, cx: &Cx<'_>, area: Rect) {
        view::layout(self, cx, area);
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        view::draw(self, cx, area, buf)
    }
}
