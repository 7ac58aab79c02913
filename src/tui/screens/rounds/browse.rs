//! The root of the tab: scenarios by family, narrowed by kind, difficulty, topic and words, the weakest first if wanted.

mod details;
mod rows;

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::content::TopicId;
use crate::round::{Level, Scenario};
use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::route::Route;
use crate::tui::screen::{Binding, Cx, Destination, Refusal, Reply, Screen, TextInput};
use crate::tui::widgets::empty::Empty;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::list::{List, Selection};
use crate::tui::widgets::panel::Panel;

use super::catalogue::{Catalogue, Filter, next_level};
use super::held::History;
use super::history::{self, Held};
use super::setup::SetUp;
use super::suggestion;
use super::wanted::Wanted;
use rows::Row;

/// From this width on the details stand beside the list.
const WIDE: u16 = 100;
/// Rows of the details below the list.
const DETAILS: u16 = 6;

/// The tab's root.
#[derive(Debug)]
pub struct Rounds {
    catalogue: Catalogue,
    filter: Filter,
    level: Level,
    by_weakness: bool,
    search: Field,
    is_searching: bool,
    rows: Vec<Row>,
    selection: Selection,
    /// How well each topic is known, from 0 to 1.
    readiness: BTreeMap<TopicId, f64>,
    /// The title of the round that was left.
    left: Option<String>,
    /// The rounds that were held, newest first.
    held: Vec<Held>,
}

/// What one can do while choosing.
#[derive(Clone, Copy, Debug)]
pub enum Command {
    /// Set the round up.
    SetUp,
    /// Go on with the round that was left.
    Resume,
    /// The rounds that were held.
    History,
    /// The next family.
    Family,
    /// The next difficulty.
    Difficulty,
    /// The next topic.
    Topic,
    /// The next level.
    Level,
    /// By weakness, or by family.
    Weakness,
    /// Type words to search for.
    Search,
    /// Show everything again.
    Clear,
    /// Select the scenario so many further.
    Step(isize),
    /// Select the first scenario.
    First,
    /// Select the last scenario.
    Last,
}

impl Rounds {
    fn of(cx: &Cx<'_>) -> Self {
        let level = cx.world.student.profile().level;
        let mut rounds = Self {
            catalogue: Catalogue::of(&cx.world.library),
            filter: Filter::default(),
            level,
            by_weakness: false,
            search: Field::default(),
            is_searching: false,
            rows: Vec::new(),
            selection: Selection::default(),
            readiness: readiness(cx),
            left: suggestion::left(cx),
            held: history::held(cx.world),
        };
        rounds.arrange(None);
        rounds
    }

    fn selected(&self) -> Option<&Scenario> {
        self.rows.get(self.selection.at).and_then(Row::scenario)
    }

    fn set_up(&self) -> Vec<Effect> {
        let Some(scenario) = self.selected() else { return Vec::new() };
        let wanted = Wanted { scenario: scenario.id.clone(), level: Some(self.level), ..Wanted::default() };
        let found = self.catalogue.find(&scenario.id);
        vec![Effect::open(found.and_then(|scenario| SetUp::of(self.catalogue.clone(), scenario, &wanted)))]
    }

    /// Lists what the filter admits and keeps a scenario selected.
    fn arrange(&mut self, keep: Option<String>) {
        let keep = keep.or_else(|| self.selected().map(|scenario| scenario.id.clone()));
        self.filter.words = self.search.value().to_lowercase();
        let admitted = self.catalogue.scenarios.iter().filter(|scenario| self.filter.admits(scenario)).cloned();
        self.rows = rows::rows(admitted.collect(), self.by_weakness, &self.readiness, &self.held);
        let is_kept = |row: &Row| row.scenario().is_some_and(|scenario| Some(&scenario.id) == keep.as_ref());
        let place = self.rows.iter().position(is_kept);
        self.select(place.unwrap_or(0), 1);
    }

    /// Selects a row, or the nearest scenario beyond it.
    fn select(&mut self, at: usize, by: isize) {
        let is_scenario = |at: &usize| self.rows.get(*at).is_some_and(|row| row.scenario().is_some());
        let onwards = (at..self.rows.len()).find(is_scenario);
        let back = (0..=at.min(self.rows.len())).rev().find(is_scenario);
        if let Some(at) = if by < 0 { back.or(onwards) } else { onwards.or(back) } {
            self.selection.at = at;
        }
    }

    fn areas(area: Rect) -> (Rect, Rect) {
        let inner = Panel::inner(area);
        if area.width >= WIDE {
            let list = Rect { width: inner.width * 11 / 20, ..inner };
            return (list, Rect { x: list.right() + 3, width: inner.width - list.width - 3, ..inner });
        }
        let details = DETAILS.min(inner.height / 2);
        let list = Rect { height: inner.height - details, ..inner };
        (list, Rect { y: list.bottom(), height: details, ..inner })
    }

    /// What is chosen, in a row.
    fn draw_choices(&self, cx: &Cx<'_>, row: Rect, buf: &mut Buffer) -> Option<Position> {
        let theme = cx.theme;
        if self.is_searching || !self.search.value().is_empty() {
            buf.set_string(row.x, row.y, "/", theme.key);
            let field = Rect { x: row.x + 2, width: row.width.saturating_sub(2), ..row };
            let cursor = self.search.draw(theme.text, field, buf);
            return self.is_searching.then_some(cursor);
        }
        if let Some(left) = &self.left
            && self.filter == Filter::default()
        {
            const RESUME: &[Key] = &[Key::char('r')];
            let key = cx.keymap.keys("rounds.resume", RESUME).first().map(|key| key.label(&theme.glyphs));
            let line = Line::from(vec![
                Span::styled(format!("{} A round was left: {left}.   ", theme.glyphs.warn), theme.warn),
                Span::styled(key.unwrap_or_default(), theme.key),
                Span::styled(" go on", theme.muted),
            ]);
            buf.set_line(row.x, row.y, &line, row.width);
            return None;
        }
        let family = self.filter.family.map_or("all", |family| family.name());
        let difficulty = self.filter.difficulty.map_or("any", |difficulty| difficulty.name());
        let topic = self.filter.topic.as_ref().map_or("any", TopicId::as_str);
        let order = if self.by_weakness { "weakest first" } else { "by kind" };
        let choices =
            [("kind", family), ("difficulty", difficulty), ("topic", topic), ("level", self.level.name()), ("", order)];
        let mut line = Line::default();
        for (name, value) in choices {
            if !line.spans.is_empty() {
                line.push_span("   ");
            }
            if !name.is_empty() {
                line.push_span(Span::styled(format!("{name} "), theme.muted));
            }
            line.push_span(Span::styled(value.to_owned(), theme.text));
        }
        buf.set_line(row.x, row.y, &line, row.width);
        None
    }

    fn draw_empty(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) {
        let (why, next) = if self.catalogue.scenarios.is_empty() {
            ("There is nothing to design.", (String::new(), "sysdrill --content DIR adds a folder of scenarios"))
        } else {
            let clear = cx.keymap.keys("rounds.clear", &[Key::ESC]).first().map(|key| key.label(&cx.theme.glyphs));
            ("No scenario is like that.", (clear.unwrap_or_default(), "shows all of them"))
        };
        Empty { theme: cx.theme, why, next: &[next] }.draw(area, buf);
    }
}

/// How well each topic is known.
fn readiness(cx: &Cx<'_>) -> BTreeMap<TopicId, f64> {
    let topics = cx.world.student.basis(cx.world.library.cards(), cx.now).readiness();
    topics.into_iter().map(|topic| (topic.topic, topic.readiness)).collect()
}

impl Destination for Rounds {
    const NAME: &'static str = "rounds";
    const TITLE: &'static str = "Rounds";

    fn open(cx: &Cx<'_>, _argument: Option<&str>) -> Result<Self, Refusal> {
        Ok(Self::of(cx))
    }
}

impl Screen for Rounds {
    type Command = Command;

    const KEYS: &'static [Binding<Command>] = &[
        Binding { id: "rounds.set-up", keys: &[Key::ENTER, Key::RIGHT], help: "set up", command: Command::SetUp },
        Binding { id: "rounds.resume", keys: &[Key::char('r')], help: "go on", command: Command::Resume },
        Binding { id: "rounds.history", keys: &[Key::char('s')], help: "rounds held", command: Command::History },
        Binding { id: "rounds.family", keys: &[Key::char('f')], help: "kind", command: Command::Family },
        Binding { id: "rounds.difficulty", keys: &[Key::char('d')], help: "difficulty", command: Command::Difficulty },
        Binding { id: "rounds.topic", keys: &[Key::char('t')], help: "topic", command: Command::Topic },
        Binding { id: "rounds.level", keys: &[Key::char('v')], help: "level", command: Command::Level },
        Binding { id: "rounds.weakness", keys: &[Key::char('w')], help: "weakest first", command: Command::Weakness },
        Binding { id: "rounds.search", keys: &[Key::char('/')], help: "search", command: Command::Search },
        Binding { id: "rounds.clear", keys: &[Key::ESC], help: "show all", command: Command::Clear },
        Binding { id: "rounds.next", keys: &[Key::DOWN, Key::char('j')], help: "next", command: Command::Step(1) },
        Binding {
            id: "rounds.previous",
            keys: &[Key::UP, Key::char('k')],
            help: "previous",
            command: Command::Step(-1),
        },
        Binding { id: "rounds.page-down", keys: &[Key::PAGE_DOWN], help: "ten further", command: Command::Step(10) },
        Binding { id: "rounds.page-up", keys: &[Key::PAGE_UP], help: "ten back", command: Command::Step(-10) },
        Binding { id: "rounds.first", keys: &[Key::HOME, Key::char('g')], help: "first", command: Command::First },
        Binding { id: "rounds.last", keys: &[Key::END, Key::char('G')], help: "last", command: Command::Last },
    ];

    fn available(&self, command: Command) -> bool {
        match command {
            Command::SetUp => self.selected().is_some(),
            Command::Resume => self.left.is_some(),
            Command::History => !self.held.is_empty(),
            Command::Clear => self.is_searching || self.filter != Filter::default(),
            Command::Family | Command::Difficulty | Command::Topic => !self.is_searching,
            _ => true,
        }
    }

    fn wording(&self, command: Command) -> Option<&'static str> {
        matches!(command, Command::Weakness).then_some(if self.by_weakness { "by kind" } else { "weakest first" })
    }

    fn takes_text(&self) -> bool {
        self.is_searching
    }

    fn run(&mut self, cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        match command {
            Command::SetUp if self.is_searching => self.is_searching = false,
            Command::SetUp => return self.set_up(),
            Command::Resume => return vec![Effect::Go(Route::at("round", " resume"))],
            Command::History => return vec![Effect::push(History::of(cx, &self.catalogue))],
            Command::Family => self.filter.next_family(),
            Command::Difficulty => self.filter.next_difficulty(),
            Command::Topic => self.filter.next_topic(&self.catalogue.scenarios),
            Command::Level => self.level = next_level(self.level),
            Command::Weakness => self.by_weakness = !self.by_weakness,
            Command::Search => self.is_searching = true,
            Command::Clear => {
                self.is_searching = false;
                self.search.clear();
                self.filter = Filter::default();
            }
            Command::Step(by) => {
                let at = self.selection.at.saturating_add_signed(by).min(self.rows.len().saturating_sub(1));
                self.select(at, by);
                return Vec::new();
            }
            Command::First => self.select(0, 1),
            Command::Last => self.select(self.rows.len().saturating_sub(1), -1),
        }
        if !matches!(command, Command::First | Command::Last) {
            self.arrange(None);
        }
        Vec::new()
    }

    fn text(&mut self, _cx: &Cx<'_>, input: TextInput) -> Vec<Effect> {
        match input {
            TextInput::Key(key) if !self.search.key(key) => return Vec::new(),
            TextInput::Key(_) => {}
            TextInput::Paste(text) => self.search.paste(&text),
        }
        self.arrange(None);
        Vec::new()
    }

    fn receive(&mut self, cx: &Cx<'_>, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Reloaded => self.catalogue = Catalogue::of(&cx.world.library),
            Reply::Shown => {}
            _ => return Vec::new(),
        }
        self.readiness = readiness(cx);
        self.left = suggestion::left(cx);
        self.held = history::held(cx.world);
        self.arrange(None);
        Vec::new()
    }

    fn layout(&mut self, _cx: &Cx<'_>, area: Rect) {
        let (list, _) = Self::areas(area);
        self.selection.scroll_into(usize::from(list.height.saturating_sub(2)), self.rows.len());
        if self.selection.top == 1 {
            self.selection.top = 0;
        }
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let theme = cx.theme;
        let count = self.rows.iter().filter(|row| row.scenario().is_some()).count();
        let note = if count == 1 { "1 scenario".to_owned() } else { format!("{count} scenarios") };
        Panel::new(theme, "Rounds").note(Span::styled(note, theme.muted)).draw(area, buf);
        let (list, beside) = Self::areas(area);
        let whole = Panel::inner(area);
        let cursor = self.draw_choices(cx, Rect { height: 1, ..whole }, buf);
        let list = Rect { y: list.y + 2, height: list.height.saturating_sub(2), ..list };
        if count == 0 {
            self.draw_empty(cx, Rect { width: whole.width, ..list }, buf);
            return cursor;
        }
        let rows = List { theme, selection: self.selection, rows: self.rows.len(), is_focused: true };
        rows.draw(list, buf, |index, columns| self.rows[index].line(theme, columns));
        if let Some(scenario) = self.selected() {
            let is_beside = area.width >= WIDE;
            let beside = if is_beside {
                Rect { y: beside.y + 2, height: beside.height.saturating_sub(2), ..beside }
            } else {
                beside
            };
            details::draw(cx, scenario, self.level, &self.readiness, is_beside, beside, buf);
        }
        cursor
    }
}
