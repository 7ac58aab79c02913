//! Every key of the screen below and of the app, to search and to run.
//!
//! Made from the key tables, so it says what is so. A small screen to copy from.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::screen::{Binding, Cx, Screen, TextInput};
use crate::tui::widgets::field::Field;
use crate::tui::widgets::list::{List, Selection};
use crate::tui::widgets::panel::{Panel, popup};
use crate::tui::widgets::text::width;

/// A command that the help lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The binding's id.
    pub id: &'static str,
    /// Its keys as a reader sees them.
    pub keys: String,
    /// What it does.
    pub help: &'static str,
    /// Whether it works everywhere.
    pub is_global: bool,
}

/// The help over a screen.
#[derive(Debug)]
pub struct Help {
    rows: Vec<Row>,
    shown: Vec<usize>,
    search: Field,
    selection: Selection,
}

/// What one can do in the help.
#[derive(Clone, Copy, Debug)]
pub enum Command {
    /// Run the selected command.
    Run,
    /// Select the row so many further.
    Step(isize),
    /// Back to the screen below.
    Close,
}

impl Help {
    /// The help that lists these commands.
    pub fn new(rows: Vec<Row>) -> Self {
        let shown = (0..rows.len()).collect();
        Self { rows, shown, search: Field::default(), selection: Selection::default() }
    }

    fn search(&mut self) {
        let wanted = self.search.value().to_lowercase();
        let matches = |row: &Row| [row.help, row.id, &row.keys].iter().any(|t| t.to_lowercase().contains(&wanted));
        self.shown = (0..self.rows.len()).filter(|&row| matches(&self.rows[row])).collect();
        self.selection = Selection::default();
    }

    fn area(&self, body: Rect) -> (u16, u16) {
        (body.width.saturating_sub(8).min(72), body.height.saturating_sub(2).min(self.rows.len() as u16 + 5))
    }
}

impl Screen for Help {
    type Command = Command;

    const POPUP: bool = true;

    const KEYS: &'static [Binding<Command>] = &[
        Binding { id: "help.run", keys: &[Key::ENTER], help: "run it", command: Command::Run },
        Binding { id: "help.close", keys: &[Key::ESC, Key::f(1)], help: "close", command: Command::Close },
        Binding { id: "help.next", keys: &[Key::DOWN, Key::ctrl('n')], help: "next", command: Command::Step(1) },
        Binding { id: "help.previous", keys: &[Key::UP, Key::ctrl('p')], help: "previous", command: Command::Step(-1) },
        Binding { id: "help.page-down", keys: &[Key::PAGE_DOWN], help: "ten further", command: Command::Step(10) },
        Binding { id: "help.page-up", keys: &[Key::PAGE_UP], help: "ten back", command: Command::Step(-10) },
    ];

    fn takes_text(&self) -> bool {
        true
    }

    fn run(&mut self, _cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        match command {
            Command::Run => {
                self.shown.get(self.selection.at).map(|&row| Effect::Run(self.rows[row].id)).into_iter().collect()
            }
            Command::Step(by) => {
                self.selection.step(by, self.shown.len());
                Vec::new()
            }
            Command::Close => vec![Effect::Pop],
        }
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
            self.search();
        }
        Vec::new()
    }

    fn layout(&mut self, _cx: &Cx<'_>, area: Rect) {
        let (_, height) = self.area(area);
        self.selection.scroll_into(usize::from(height.saturating_sub(4)), self.shown.len());
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let theme = cx.theme;
        let (width_wanted, height) = self.area(area);
        let panel = Panel::new(theme, "Keys")
            .note(Span::styled(format!("{} of {}", self.shown.len(), self.rows.len()), theme.muted));
        let inner = panel.draw(popup(area, width_wanted, height, buf), buf);
        buf.set_string(inner.x, inner.y, "/", theme.key);
        let field = Rect { x: inner.x + 2, width: inner.width.saturating_sub(2), height: 1, ..inner };
        let cursor = self.search.draw(theme.text, field, buf);
        let list = Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
        if self.shown.is_empty() {
            buf.set_string(list.x, list.y, "No key does that. Backspace shows all again.", theme.muted);
        }
        let keys_width = self.rows.iter().map(|row| width(&row.keys)).max().unwrap_or(0).min(18);
        let rows = List { theme, selection: self.selection, rows: self.shown.len(), is_focused: true };
        rows.draw(list, buf, |index, columns| {
            let row = &self.rows[self.shown[index]];
            let air = " ".repeat(keys_width.saturating_sub(width(&row.keys)) + 2);
            let place = if row.is_global { "everywhere" } else { "" };
            let used = keys_width + 2 + width(row.help) + width(place);
            Line::from(vec![
                Span::styled(row.keys.clone(), theme.key),
                Span::raw(air),
                Span::styled(row.help, theme.text),
                Span::raw(" ".repeat(columns.saturating_sub(used))),
                Span::styled(place, theme.muted),
            ])
        });
        Some(cursor)
    }
}
