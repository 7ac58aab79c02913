//! The sheets there are: open, rename, delete and take that back.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::screen::{Binding, Cx, Reply, Screen};
use crate::tui::screens::estimate::shelf::{Saved, Shelf};
use crate::tui::widgets::list::{List, Selection};
use crate::tui::widgets::panel::{Panel, popup};
use crate::tui::widgets::text::{truncate, width};

use super::name::Naming;

/// The list of sheets, the draft first.
#[derive(Debug)]
pub(super) struct Sheets {
    shelf: Shelf,
    selection: Selection,
    /// Those that were deleted while the list is open, with their places.
    deleted: Vec<(usize, Saved)>,
}

/// What one can do with them.
#[derive(Clone, Copy, Debug)]
pub(super) enum Command {
    Open,
    Rename,
    Delete,
    Undo,
    Step(isize),
    Close,
}

impl Sheets {
    pub(super) fn of(shelf: Shelf) -> Self {
        let open = shelf.open.as_deref();
        let at = open.and_then(|open| shelf.sheets.iter().position(|sheet| sheet.name == open));
        let selection = Selection { at: at.map_or(0, |at| at + 1), top: 0 };
        Self { shelf, selection, deleted: Vec::new() }
    }

    fn rows(&self) -> usize {
        self.shelf.sheets.len() + 1
    }

    /// The selected sheet; none where that is the draft.
    fn selected(&self) -> Option<&Saved> {
        self.selection.at.checked_sub(1).and_then(|at| self.shelf.sheets.get(at))
    }

    fn save(&self) -> Effect {
        Effect::Save(self.shelf.record())
    }

    fn size(&self, area: Rect) -> (u16, u16) {
        let rows = u16::try_from(self.rows()).unwrap_or(u16::MAX);
        (area.width.saturating_sub(4).min(72), rows.saturating_add(4).min(area.height))
    }

    fn row(&self, cx: &Cx<'_>, row: usize, columns: usize) -> Line<'static> {
        let theme = cx.theme;
        let sheet = row.checked_sub(1).and_then(|at| self.shelf.sheets.get(at));
        let (name, text) = sheet.map_or(("Scratch sheet", &self.shelf.draft), |sheet| (&sheet.name, &sheet.text));
        let is_open = self.shelf.open.as_deref() == sheet.map(|sheet| sheet.name.as_str());
        let count = text.lines().filter(|line| !line.trim().is_empty()).count();
        let note = match count {
            0 => "empty".to_owned(),
            1 => "1 line".to_owned(),
            count => format!("{count} lines"),
        };
        let note = if is_open { format!("open {} {note}", theme.glyphs.dot) } else { note };
        let room = columns.saturating_sub(width(&note) + 2);
        let name = truncate(name, room, theme.glyphs.ellipsis);
        let air = " ".repeat(room + 2 - width(&name));
        Line::from(vec![Span::styled(name, theme.text), Span::raw(air), Span::styled(note, theme.muted)])
    }
}

impl Screen for Sheets {
    type Command = Command;

    const POPUP: bool = true;

    const KEYS: &'static [Binding<Command>] = &[
        Binding { id: "sheets.open", keys: &[Key::ENTER], help: "open", command: Command::Open },
        Binding { id: "sheets.rename", keys: &[Key::char('r')], help: "rename", command: Command::Rename },
        Binding { id: "sheets.delete", keys: &[Key::char('x')], help: "delete", command: Command::Delete },
        Binding { id: "sheets.undo", keys: &[Key::char('u')], help: "undo delete", command: Command::Undo },
        Binding { id: "sheets.next", keys: &[Key::DOWN, Key::char('j')], help: "next", command: Command::Step(1) },
        Binding { id: "sheets.back", keys: &[Key::UP, Key::char('k')], help: "previous", command: Command::Step(-1) },
        Binding { id: "sheets.close", keys: &[Key::ESC], help: "close", command: Command::Close },
    ];

    fn available(&self, command: Command) -> bool {
        match command {
            Command::Delete => self.selected().is_some(),
            Command::Undo => !self.deleted.is_empty(),
            _ => true,
        }
    }

    fn run(&mut self, _cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        match command {
            Command::Open => {
                self.shelf.open = self.selected().map(|sheet| sheet.name.clone());
                return vec![self.save(), Effect::Pop];
            }
            Command::Rename => return vec![Effect::push(Naming::of(self.selected().map(|sheet| sheet.name.clone())))],
            Command::Delete => {
                let name = self.selected().map(|sheet| sheet.name.clone());
                if let Some(removed) = name.and_then(|name| self.shelf.remove(&name)) {
                    let said = format!("Deleted `{}`; u brings it back.", removed.1.name);
                    self.deleted.push(removed);
                    self.selection.step(0, self.rows());
                    return vec![self.save(), Effect::say(said)];
                }
            }
            Command::Undo => {
                if let Some((at, sheet)) = self.deleted.pop() {
                    let at = at.min(self.shelf.sheets.len());
                    self.shelf.sheets.insert(at, sheet);
                    self.selection.select(at + 1, self.rows());
                    return vec![self.save()];
                }
            }
            Command::Step(by) => self.selection.step(by, self.rows()),
            Command::Close => return vec![Effect::Pop],
        }
        Vec::new()
    }

    fn receive(&mut self, cx: &Cx<'_>, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Shown => {
                self.shelf = Shelf::of(cx);
                self.selection.step(0, self.rows());
                Vec::new()
            }
            Reply::Saved(Err(why)) => vec![Effect::fail(why)],
            _ => Vec::new(),
        }
    }

    fn layout(&mut self, _cx: &Cx<'_>, area: Rect) {
        let (_, height) = self.size(area);
        self.selection.scroll_into(usize::from(height.saturating_sub(2)), self.rows());
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let (width, height) = self.size(area);
        let inner = Panel::new(cx.theme, "Sheets").draw(popup(area, width, height, buf), buf);
        let list = List { theme: cx.theme, selection: self.selection, rows: self.rows(), is_focused: true };
        list.draw(inner, buf, |row, columns| self.row(cx, row, columns));
        None
    }
}
