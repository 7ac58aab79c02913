//! The library: topics by group, with the time they take to read and how well they are known.

mod rows;

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::content::TopicId;
use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::route::Route;
use crate::tui::screen::{Binding, Cx, Destination, Refusal, Reply, Screen, TextInput};
use crate::tui::widgets::empty::Empty;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::list::{List, Selection};
use crate::tui::widgets::panel::Panel;

use rows::{Row, Widths};

/// The root of the library's tab.
#[derive(Debug)]
pub struct Library {
    rows: Vec<Row>,
    /// Rows that match the search, with the heading of their group.
    shown: Vec<usize>,
    search: Field,
    is_searching: bool,
    selection: Selection,
    /// Of the topics that were begun, from 0 to 1.
    readiness: BTreeMap<TopicId, f64>,
}

/// What one can do in the library.
#[derive(Clone, Copy, Debug)]
pub enum Command {
    /// Read the selected topic's note.
    Open,
    /// Study its cards.
    Cards,
    /// Type a search.
    Search,
    /// End the search and show everything.
    Clear,
    /// Select the topic so many further.
    Step(isize),
    /// Select the first topic.
    First,
    /// Select the last topic.
    Last,
}

impl Library {
    fn of(cx: &Cx<'_>) -> Self {
        let rows = rows::rows(&cx.world.library);
        let shown = (0..rows.len()).collect();
        let mut library = Self {
            rows,
            shown,
            search: Field::default(),
            is_searching: false,
            selection: Selection::default(),
            readiness: readiness(cx),
        };
        library.select(0, 1);
        library
    }

    fn selected(&self) -> Option<&TopicId> {
        self.shown.get(self.selection.at).and_then(|&row| self.rows[row].topic())
    }

    /// Shows what matches the search; a heading stays where one of its topics does.
    fn filter(&mut self) {
        let wanted = self.search.value().trim().to_lowercase();
        let mut shown = Vec::new();
        let mut heading = Vec::new();
        for (index, row) in self.rows.iter().enumerate() {
            match row {
                Row::Gap => {
                    heading.clear();
                    heading.extend((!shown.is_empty()).then_some(index));
                }
                Row::Group(_) => heading.push(index),
                Row::Topic { .. } if row.matches(&wanted) => {
                    shown.append(&mut heading);
                    shown.push(index);
                }
                Row::Topic { .. } => {}
            }
        }
        self.shown = shown;
        self.select(0, 1);
    }

    /// Selects the row `at`, or the nearest topic beyond it in direction `by`.
    fn select(&mut self, at: usize, by: isize) {
        let is_topic = |at: &usize| self.shown.get(*at).is_some_and(|&row| self.rows[row].topic().is_some());
        let beyond = |by: isize| {
            let path: Box<dyn Iterator<Item = usize>> =
                if by < 0 { Box::new((0..=at).rev()) } else { Box::new(at..self.shown.len()) };
            path.into_iter().find(is_topic)
        };
        if let Some(topic) = beyond(by).or_else(|| beyond(-by)) {
            self.selection.at = topic;
        }
    }

    fn step(&mut self, by: isize) {
        let at = self.selection.at.saturating_add_signed(by).min(self.shown.len().saturating_sub(1));
        self.select(at, by);
    }

    /// Reads the library anew and keeps the topic selected.
    fn refresh(&mut self, cx: &Cx<'_>) {
        let selected = self.selected().cloned();
        self.rows = rows::rows(&cx.world.library);
        self.readiness = readiness(cx);
        self.filter();
        let place =
            selected.and_then(|topic| self.shown.iter().position(|&row| self.rows[row].topic() == Some(&topic)));
        if let Some(place) = place {
            self.selection.at = place;
        }
    }

    fn draw_search(&self, cx: &Cx<'_>, row: Rect, buf: &mut Buffer) -> Option<Position> {
        if !self.is_searching && self.search.value().is_empty() {
            return None;
        }
        buf.set_string(row.x, row.y, "/", cx.theme.key);
        let field = Rect { x: row.x + 2, width: row.width.saturating_sub(2), ..row };
        let cursor = self.search.draw(cx.theme.text, field, buf);
        self.is_searching.then_some(cursor)
    }

    fn draw_empty(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) {
        let (why, next) = if self.rows.is_empty() {
            ("There is nothing to read.", (String::new(), "sysdrill --content DIR adds a folder of notes"))
        } else {
            let clear = cx.keymap.keys("library.clear", &[Key::ESC]).first().map(|key| key.label(&cx.theme.glyphs));
            ("No topic matches the search.", (clear.unwrap_or_default(), "shows all topics"))
        };
        Empty { theme: cx.theme, why, next: &[next] }.draw(area, buf);
    }
}

/// How ready the student is, by topic; those of which no card was ever seen are left out.
fn readiness(cx: &Cx<'_>) -> BTreeMap<TopicId, f64> {
    let topics = cx.world.student.basis(cx.world.library.cards(), cx.now).readiness();
    topics.into_iter().filter(|topic| topic.begun > 0).map(|topic| (topic.topic, topic.readiness)).collect()
}

impl Destination for Library {
    const NAME: &'static str = "library";
    const TITLE: &'static str = "Library";

    fn open(cx: &Cx<'_>, _argument: Option<&str>) -> Result<Self, Refusal> {
        Ok(Self::of(cx))
    }
}

impl Screen for Library {
    type Command = Command;

    const KEYS: &'static [Binding<Command>] = &[
        Binding {
            id: "library.open",
            keys: &[Key::ENTER, Key::RIGHT, Key::char('l')],
            help: "read",
            command: Command::Open,
        },
        Binding { id: "library.cards", keys: &[Key::char('c')], help: "its cards", command: Command::Cards },
        Binding { id: "library.search", keys: &[Key::char('/')], help: "search", command: Command::Search },
        Binding { id: "library.clear", keys: &[Key::ESC], help: "show all", command: Command::Clear },
        Binding {
            id: "library.next",
            keys: &[Key::DOWN, Key::char('j')],
            help: "next topic",
            command: Command::Step(1),
        },
        Binding {
            id: "library.previous",
            keys: &[Key::UP, Key::char('k')],
            help: "previous topic",
            command: Command::Step(-1),
        },
        Binding { id: "library.page-down", keys: &[Key::PAGE_DOWN], help: "ten further", command: Command::Step(10) },
        Binding { id: "library.page-up", keys: &[Key::PAGE_UP], help: "ten back", command: Command::Step(-10) },
        Binding {
            id: "library.first",
            keys: &[Key::HOME, Key::char('g')],
            help: "first topic",
            command: Command::First,
        },
        Binding { id: "library.last", keys: &[Key::END, Key::char('G')], help: "last topic", command: Command::Last },
    ];

    fn available(&self, command: Command) -> bool {
        match command {
            Command::Open | Command::Cards => self.selected().is_some(),
            Command::Clear => self.is_searching || !self.search.value().is_empty(),
            _ => true,
        }
    }

    fn takes_text(&self) -> bool {
        self.is_searching
    }

    fn run(&mut self, _cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        match command {
            // The first Enter ends the typing where it has narrowed the list to choose from.
            Command::Open => {
                self.is_searching = false;
                let go = |topic| Effect::Go(Route::at("note", topic));
                return self.selected().map(go).into_iter().collect();
            }
            Command::Cards => {
                let go = |topic| Effect::Go(Route::at("cards", topic));
                return self.selected().map(go).into_iter().collect();
            }
            Command::Search => self.is_searching = true,
            Command::Clear => {
                self.is_searching = false;
                self.search.clear();
                self.filter();
            }
            Command::Step(by) => self.step(by),
            Command::First => self.select(0, 1),
            Command::Last => self.select(self.shown.len().saturating_sub(1), -1),
        }
        Vec::new()
    }

    fn text(&mut self, _cx: &Cx<'_>, input: TextInput) -> Vec<Effect> {
        let has_changed = match input {
            TextInput::Key(key) => self.search.key(key),
            TextInput::Paste(text) => {
                self.search.paste(&text);
                true
            }
        };
        if has_changed {
            self.filter();
        }
        Vec::new()
    }

    fn receive(&mut self, cx: &Cx<'_>, reply: Reply) -> Vec<Effect> {
        if matches!(reply, Reply::Shown | Reply::Reloaded) {
            self.refresh(cx);
        }
        Vec::new()
    }

    fn layout(&mut self, _cx: &Cx<'_>, area: Rect) {
        // The border and the row of the search.
        let height = usize::from(area.height.saturating_sub(3));
        self.selection.scroll_into(height, self.shown.len());
        // A heading directly above what is in view belongs into view.
        if self.selection.top == 1 {
            self.selection.top = 0;
        }
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let theme = cx.theme;
        let topics = self.rows.iter().filter(|row| row.topic().is_some()).count();
        let minutes: u32 = self.rows.iter().map(Row::minutes).sum();
        let note = format!("{topics} topics {} {}", theme.glyphs.dot, rows::duration(minutes));
        let inner = Panel::new(theme, "Library").note(Span::styled(note, theme.muted)).draw(area, buf);
        let cursor = self.draw_search(cx, Rect { height: 1, ..inner }, buf);
        let list = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
        if self.shown.is_empty() {
            self.draw_empty(cx, list, buf);
            return cursor;
        }
        let widths = Widths::of(&self.rows, !self.readiness.is_empty());
        let rows = List { theme, selection: self.selection, rows: self.shown.len(), is_focused: true };
        rows.draw(list, buf, |index, columns| -> Line<'_> {
            let row = &self.rows[self.shown[index]];
            let readiness = row.topic().and_then(|topic| self.readiness.get(topic)).copied();
            row.line(theme, widths, columns, readiness)
        });
        cursor
    }
}
