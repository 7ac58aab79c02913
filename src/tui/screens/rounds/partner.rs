//! A round for two: one designs at a real whiteboard, the other interviews from this screen.
//!
//! It shows what may be said in the open phase, with the answers, and the rubric to be ticked. Time and score are those of
//! any round. Start reading at [`Partner::run`](Screen::run); `script` is the left side.

mod script;

use std::collections::BTreeMap;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::round::{Checkpoint, Event, Mode, Round, Rubric, SelfScore, Stage, Tier};
use crate::time::Now;
use crate::tui::effect::{Effect, Record};
use crate::tui::key::Key;
use crate::tui::screen::{Binding, Cx, Reply, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::list::{List, Selection, scroll_bar};
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::{truncate, width};

use super::catalogue::Catalogue;
use super::history::{self, Attempt};
use super::review::follow;

/// From this width on the rubric stands beside what may be said.
const WIDE: u16 = 100;
/// Columns of a tick in words.
const TICK: usize = 14;

/// The interviewer's screen.
#[derive(Debug)]
pub(crate) struct Partner {
    catalogue: Catalogue,
    round: Round,
    rubric: Rubric,
    /// What was ticked, by checkpoint.
    ticks: BTreeMap<String, Tier>,
    /// Whether checkpoints of all phases are listed.
    shows_all: bool,
    selection: Selection,
    /// What may be said, laid out, and the first row in view.
    script: Vec<Line<'static>>,
    laid_for: Option<(u16, usize)>,
    top: usize,
    asks_to_finish: bool,
    saving: usize,
    report: Option<follow::Report>,
}

/// What the interviewer can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Tick the checkpoint, one tier further.
    Tick,
    /// The next phase; in the last one, the end.
    Next,
    /// The phase before.
    Back,
    /// Stop the clock, or let it run again.
    Pause,
    /// End the round and read the report.
    Finish,
    /// All checkpoints, or those of the phase.
    All,
    /// Select the checkpoint so many further.
    Step(isize),
    /// Scroll what may be said.
    Scroll(isize),
}

impl Partner {
    pub(super) fn begin(cx: &Cx<'_>, catalogue: &Catalogue, mut round: Round, rubric: Rubric) -> Self {
        round.handle(Event::Begin, cx.now);
        Self {
            catalogue: catalogue.clone(),
            round,
            rubric,
            ticks: BTreeMap::new(),
            shows_all: false,
            selection: Selection::default(),
            script: Vec::new(),
            laid_for: None,
            top: 0,
            asks_to_finish: false,
            saving: 0,
            report: None,
        }
    }

    /// The checkpoints that are listed: those that the level expects, of the open phase or of all.
    fn listed(&self) -> Vec<&Checkpoint> {
        let (script, level) = (self.round.script(), self.round.setup().level);
        let covers = &script.kind.phases[self.round.phase()].covers;
        let is_wanted = |one: &&Checkpoint| one.level <= level && (self.shows_all || covers.contains(&one.phase));
        script.scenario.checkpoints.iter().filter(is_wanted).collect()
    }

    fn is_at_last(&self) -> bool {
        self.round.phase() + 1 == self.round.phases().len()
    }

    fn feed(&mut self, now: Now, event: Event) -> Vec<Effect> {
        let rings =
            self.round.handle(event, now).into_iter().any(|effect| matches!(effect, crate::round::Effect::Ring(_)));
        self.selection.scroll_into(1, self.listed().len());
        rings.then_some(Effect::Ring).into_iter().collect()
    }

    fn enter(&mut self, now: Now, event: Event) -> Vec<Effect> {
        (self.selection, self.top) = (Selection::default(), 0);
        self.feed(now, event)
    }

    fn tick(&mut self) {
        let Some(checkpoint) = self.listed().get(self.selection.at).map(|one| (*one).clone()) else { return };
        let most = checkpoint.needed(crate::round::Level::Staff);
        let next = match self.ticks.get(&checkpoint.id).copied().unwrap_or_default() {
            Tier::Nothing | Tier::Mentioned => Tier::Claimed,
            Tier::Claimed if most > Tier::Claimed => Tier::Justified,
            Tier::Justified if most > Tier::Justified => Tier::Conditional,
            _ => Tier::Nothing,
        };
        self.ticks.insert(checkpoint.id, next);
    }

    fn finish(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        if !std::mem::replace(&mut self.asks_to_finish, true) {
            return Vec::new();
        }
        self.round.handle(Event::Finish, cx.now);
        let ticks: Vec<(String, Tier)> = self.ticks.iter().map(|(id, tier)| (id.clone(), *tier)).collect();
        let recording = self.round.recording().to_lines();
        let attempt = Attempt { recording, overrides: Vec::new(), own: SelfScore::default(), ticks: Some(ticks) };
        let judged = history::judge(&self.round, &self.rubric, &attempt, &self.catalogue.numbers);
        self.report = Some(follow::report(cx, &self.round, &self.rubric, &judged, &attempt.own));
        let records: Vec<Record> = follow::records(cx, &self.round, &judged, &attempt);
        self.saving = records.len();
        records.into_iter().map(Effect::Save).collect()
    }

    fn saved(&mut self, cx: &Cx<'_>, result: Result<(), String>) -> Vec<Effect> {
        self.saving = self.saving.saturating_sub(1);
        if let Err(why) = result {
            return vec![Effect::fail(why)];
        }
        let opened = (self.saving == 0).then(|| self.report.take()).flatten().map(|report| report.open(cx));
        opened.map(|opened| vec![Effect::Pop, opened]).unwrap_or_default()
    }

    fn areas(area: Rect) -> (Rect, Rect) {
        if area.width >= WIDE {
            let left = Rect { width: area.width / 2, ..area };
            return (left, Rect { x: left.right(), width: area.width - left.width, ..area });
        }
        let upper = Rect { height: area.height * 11 / 20, ..area };
        (upper, Rect { y: upper.bottom(), height: area.height - upper.height, ..area })
    }

    fn row(&self, theme: &Theme, checkpoint: &Checkpoint, columns: usize) -> Line<'static> {
        let tier = self.ticks.get(&checkpoint.id).copied().unwrap_or_default();
        let is_ticked = tier > Tier::Mentioned;
        let (sign, style) =
            if is_ticked { (theme.glyphs.ticked_box, theme.good) } else { (theme.glyphs.open_box, theme.muted) };
        let room = columns.saturating_sub(TICK + 4);
        let says = truncate(&checkpoint.says, room, theme.glyphs.ellipsis);
        let air = " ".repeat(room - width(&says));
        let word = if is_ticked { super::review::word(tier) } else { "" };
        Line::from(vec![
            Span::styled(format!("{sign} "), style),
            Span::styled(says, theme.text),
            Span::styled(format!("{air} {word:>TICK$}"), style),
        ])
    }
}

impl Screen for Partner {
    type Command = Command;

    const KEYS: &'static [Binding<Command>] = &[
        Binding { id: "interviewer.tick", keys: &[Key::SPACE, Key::ENTER], help: "tick", command: Command::Tick },
        Binding {
            id: "interviewer.next",
            keys: &[Key::char('n'), Key::f(5)],
            help: "next phase",
            command: Command::Next,
        },
        Binding { id: "interviewer.pause", keys: &[Key::char('p'), Key::f(4)], help: "pause", command: Command::Pause },
        Binding { id: "interviewer.all", keys: &[Key::char('a')], help: "all points", command: Command::All },
        Binding {
            id: "interviewer.finish",
            keys: &[Key::char('f'), Key::f(8)],
            help: "finish",
            command: Command::Finish,
        },
        Binding {
            id: "interviewer.back",
            keys: &[Key::char('b'), Key::f(6)],
            help: "phase before",
            command: Command::Back,
        },
        Binding {
            id: "interviewer.down",
            keys: &[Key::DOWN, Key::char('j')],
            help: "next point",
            command: Command::Step(1),
        },
        Binding {
            id: "interviewer.up",
            keys: &[Key::UP, Key::char('k')],
            help: "point before",
            command: Command::Step(-1),
        },
        Binding {
            id: "interviewer.scroll-down",
            keys: &[Key::PAGE_DOWN, Key::char('J')],
            help: "scroll the script",
            command: Command::Scroll(5),
        },
        Binding {
            id: "interviewer.scroll-up",
            keys: &[Key::PAGE_UP, Key::char('K')],
            help: "scroll back",
            command: Command::Scroll(-5),
        },
    ];

    fn title(&self, cx: &Cx<'_>) -> String {
        let dot = cx.theme.glyphs.dot;
        format!("Interviewer {dot} {} {dot} {}", self.round.script().scenario.title, self.round.setup().level.name())
    }

    fn status(&self, cx: &Cx<'_>) -> Line<'static> {
        super::desk::clock_line(&self.round, cx)
    }

    fn footer(&self, cx: &Cx<'_>) -> Option<Line<'static>> {
        let would = "once more ends the round and goes on to the report";
        self.asks_to_finish
            .then(|| Line::from(vec![Span::styled("f ", cx.theme.key), Span::styled(would, cx.theme.warn)]))
    }

    fn available(&self, command: Command) -> bool {
        match command {
            Command::Pause => self.round.setup().mode == Mode::Practice,
            Command::Back => self.round.phase() > 0,
            _ => true,
        }
    }

    fn wording(&self, command: Command) -> Option<&'static str> {
        match command {
            Command::Pause if self.round.stage() == Stage::Paused => Some("go on"),
            Command::Next if self.is_at_last() => Some("finish"),
            Command::All if self.shows_all => Some("this phase's points"),
            _ => None,
        }
    }

    fn takes_answer(&self) -> bool {
        true
    }

    fn run(&mut self, cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        let command = if command == Command::Next && self.is_at_last() { Command::Finish } else { command };
        self.asks_to_finish &= command == Command::Finish;
        match command {
            Command::Tick => self.tick(),
            Command::Next => return self.enter(cx.now, Event::NextPhase),
            Command::Back => return self.enter(cx.now, Event::Back),
            Command::Pause if self.round.stage() == Stage::Paused => return self.feed(cx.now, Event::Resume),
            Command::Pause => return self.feed(cx.now, Event::Pause),
            Command::Finish => return self.finish(cx),
            Command::All => {
                self.shows_all = !self.shows_all;
                self.selection = Selection::default();
            }
            Command::Step(by) => {
                let count = self.listed().len();
                self.selection.step(by, count);
            }
            Command::Scroll(by) => self.top = self.top.saturating_add_signed(by),
        }
        Vec::new()
    }

    fn receive(&mut self, cx: &Cx<'_>, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Woke => self.feed(cx.now, Event::TimePassed),
            Reply::Saved(result) => self.saved(cx, result),
            _ => Vec::new(),
        }
    }

    fn next_wake(&self, now: Now) -> Option<Duration> {
        (self.round.stage() == Stage::Running).then(|| super::desk::next_second(&self.round, now))
    }

    fn layout(&mut self, cx: &Cx<'_>, area: Rect) {
        let (left, right) = Self::areas(area);
        let (left, right) = (Panel::inner(left), Panel::inner(right));
        let wanted = (left.width, self.round.phase());
        if self.laid_for.replace(wanted) != Some(wanted) {
            self.script = script::lines(
                cx.theme,
                self.round.script(),
                self.round.phase(),
                usize::from(left.width.saturating_sub(2)),
            );
        }
        self.top = self.top.min(self.script.len().saturating_sub(usize::from(left.height)));
        let count = self.listed().len();
        self.selection.scroll_into(usize::from(right.height), count);
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let theme = cx.theme;
        let (left, right) = Self::areas(area);
        let phase = &self.round.script().kind.phases[self.round.phase()];
        let place = format!("{} of {}", self.round.phase() + 1, self.round.phases().len());
        let inner = Panel::new(theme, &phase.title).note(Span::styled(place, theme.muted)).draw(left, buf);
        for (line, y) in self.script.iter().skip(self.top).zip(inner.y..inner.bottom()) {
            buf.set_line(inner.x, y, line, inner.width);
        }
        let bar = Rect { x: inner.right().saturating_sub(1), width: 1, ..inner };
        scroll_bar(theme, bar, self.top, self.script.len(), buf);
        let listed = self.listed();
        let ticked = self.ticks.values().filter(|tier| **tier > Tier::Mentioned).count();
        let note = Span::styled(format!("{ticked} ticked"), theme.muted);
        let inner = Panel::new(theme, "What a good answer has").note(note).focused(true).draw(right, buf);
        let rows = List { theme, selection: self.selection, rows: listed.len(), is_focused: true };
        rows.draw(inner, buf, |index, columns| self.row(theme, listed[index], columns));
        None
    }
}
