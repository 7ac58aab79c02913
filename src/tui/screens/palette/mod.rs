//! Everything by name: screens, topics, sections, cards, scenarios, labs, lessons, the commands of the screen below, settings.
//!
//! The search is the library's; what can be chosen is told by `items`, from the registry and the library.

mod items;

use std::fmt;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::library::search::{Hit, Search};
use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::screen::{Binding, Cx, Screen, TextInput};
use crate::tui::theme::Theme;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::list::{List, Selection};
use crate::tui::widgets::panel::{Panel, popup};
use crate::tui::widgets::text::{prefix, truncate, width};

pub use items::{Action, Item, Sources};

/// The palette over a screen.
pub struct Palette {
    search: Search,
    /// What each entry of the search does and how it is called, in the same order.
    actions: Vec<(Action, String)>,
    hits: Vec<Hit>,
    query: Field,
    selection: Selection,
}

/// What one can do in the palette.
#[derive(Clone, Copy, Debug)]
pub enum Command {
    /// Do what the selected row says.
    Choose,
    /// Select the row so many further.
    Step(isize),
    /// Back to the screen below.
    Close,
}

impl Palette {
    /// A palette over everything that the sources name.
    pub fn new(sources: &Sources<'_>) -> Self {
        let items = items::items(sources);
        let (entries, actions): (Vec<_>, Vec<_>) =
            items.into_iter().map(|item| (item.entry, (item.action, item.note))).unzip();
        let mut search = Search::new(entries);
        let hits = search.find("");
        Self { search, actions, hits, query: Field::default(), selection: Selection::default() }
    }

    fn search(&mut self) {
        self.hits = self.search.find(self.query.value().trim());
        self.selection = Selection::default();
    }

    fn choose(&self) -> Vec<Effect> {
        let Some((action, _)) = self.hits.get(self.selection.at).map(|hit| &self.actions[hit.entry]) else {
            return Vec::new();
        };
        match action {
            Action::Run(id) => vec![Effect::Run(id)],
            Action::Go(route) => vec![Effect::Pop, Effect::Go(route.clone())],
            Action::Set(setting) => vec![Effect::Pop, Effect::Set(*setting)],
        }
    }

    fn row(&self, theme: &Theme, index: usize, columns: usize) -> Line<'static> {
        let hit = &self.hits[index];
        let note = &self.actions[hit.entry].1;
        let room = columns.saturating_sub(width(note) + 2);
        let title = truncate(&self.search.entries()[hit.entry].title, room, theme.glyphs.ellipsis);
        let air = " ".repeat(room + 2 - width(&title));
        let mut spans = highlighted(&title, &hit.matched, theme.text, theme.accent);
        spans.extend([Span::raw(air), Span::styled(note.clone(), theme.muted)]);
        Line::from(spans)
    }
}

/// A title with the characters that were typed told apart.
fn highlighted(title: &str, matched: &[usize], plain: Style, found: Style) -> Vec<Span<'static>> {
    let mut spans: Vec<Span<'static>> = Vec::new();
    for (position, c) in title.chars().enumerate() {
        let style = if matched.binary_search(&position).is_ok() { found } else { plain };
        match spans.last_mut() {
            Some(last) if last.style == style => last.content.to_mut().push(c),
            _ => spans.push(Span::styled(c.to_string(), style)),
        }
    }
    spans
}

/// The palette is as wide as a reader takes in at once and leaves the screen below in sight.
fn size(body: Rect) -> (u16, u16) {
    (body.width.saturating_sub(6).min(84), body.height.saturating_sub(2).min(20))
}

impl Screen for Palette {
    type Command = Command;

    const POPUP: bool = true;

    const KEYS: &'static [Binding<Command>] = &[
        Binding { id: "palette.choose", keys: &[Key::ENTER], help: "go", command: Command::Choose },
        Binding { id: "palette.close", keys: &[Key::ESC], help: "close", command: Command::Close },
        Binding { id: "palette.next", keys: &[Key::DOWN, Key::ctrl('n')], help: "next", command: Command::Step(1) },
        Binding {
            id: "palette.previous",
            keys: &[Key::UP, Key::ctrl('p')],
            help: "previous",
            command: Command::Step(-1),
        },
        Binding { id: "palette.page-down", keys: &[Key::PAGE_DOWN], help: "ten further", command: Command::Step(10) },
        Binding { id: "palette.page-up", keys: &[Key::PAGE_UP], help: "ten back", command: Command::Step(-10) },
    ];

    fn takes_text(&self) -> bool {
        true
    }

    fn run(&mut self, _cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        match command {
            Command::Choose => return self.choose(),
            Command::Step(by) => self.selection.step(by, self.hits.len()),
            Command::Close => return vec![Effect::Pop],
        }
        Vec::new()
    }

    fn text(&mut self, _cx: &Cx<'_>, input: TextInput) -> Vec<Effect> {
        let has_changed = match input {
            TextInput::Key(key) => self.query.key(key),
            TextInput::Paste(text) => {
                self.query.paste(&text);
                true
            }
        };
        if has_changed {
            self.search();
        }
        Vec::new()
    }

    fn layout(&mut self, _cx: &Cx<'_>, area: Rect) {
        let (_, height) = size(area);
        self.selection.scroll_into(usize::from(height.saturating_sub(4)), self.hits.len());
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let theme = cx.theme;
        let (columns, height) = size(area);
        let inner = Panel::new(theme, "Find anything").focused(true).draw(popup(area, columns, height, buf), buf);
        buf.set_string(inner.x, inner.y, theme.glyphs.selected, theme.key);
        let field = Rect { x: inner.x + 2, width: inner.width.saturating_sub(2), height: 1, ..inner };
        let cursor = self.query.draw(theme.text, field, buf);
        if self.query.value().is_empty() {
            let hint = "a screen, topic, section, card, round, lab, lesson or command";
            buf.set_string(field.x, field.y, prefix(hint, field.width.into()), theme.muted);
        }
        let list = Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
        if self.hits.is_empty() {
            buf.set_stringn(
                list.x,
                list.y,
                "Nothing is called that. Fewer letters find more.",
                list.width.into(),
                theme.muted,
            );
        }
        let rows = List { theme, selection: self.selection, rows: self.hits.len(), is_focused: true };
        rows.draw(list, buf, |index, columns| self.row(theme, index, columns));
        Some(cursor)
    }
}

impl fmt::Debug for Palette {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Palette")
            .field("query", &self.query)
            .field("selection", &self.selection)
            .finish_non_exhaustive()
    }
}
