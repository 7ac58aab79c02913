//! The value of a line in other units, to choose from.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::estimate::Quantity;
use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::screen::{Binding, Cx, Screen};
use crate::tui::widgets::list::{List, Selection};
use crate::tui::widgets::panel::{Panel, popup};
use crate::tui::widgets::text::width;

use super::{Mailbox, Wish};

/// The units there are.
#[derive(Debug)]
pub(super) struct Units {
    /// As it is typed, and the value shown in it.
    units: Vec<(String, String)>,
    selection: Selection,
    mailbox: Mailbox,
}

/// What one can do.
#[derive(Clone, Copy, Debug)]
pub(super) enum Command {
    Choose,
    Step(isize),
    Close,
}

impl Units {
    pub(super) fn of(value: &Quantity, mailbox: Mailbox) -> Self {
        let units = value.in_other_units().into_iter().map(|(unit, value)| (unit, value.to_string())).collect();
        Self { units, selection: Selection::default(), mailbox }
    }

    fn size(&self, area: Rect) -> (u16, u16) {
        let rows = u16::try_from(self.units.len().max(1)).unwrap_or(u16::MAX);
        (area.width.saturating_sub(4).min(56), rows.saturating_add(2).min(area.height.saturating_sub(2)))
    }
}

impl Screen for Units {
    type Command = Command;

    const POPUP: bool = true;

    const KEYS: &'static [Binding<Command>] = &[
        Binding { id: "units.choose", keys: &[Key::ENTER], help: "show in this unit", command: Command::Choose },
        Binding {
            id: "units.next",
            keys: &[Key::DOWN, Key::char('j'), Key::f(5)],
            help: "next",
            command: Command::Step(1),
        },
        Binding { id: "units.back", keys: &[Key::UP, Key::char('k')], help: "previous", command: Command::Step(-1) },
        Binding { id: "units.close", keys: &[Key::ESC], help: "close", command: Command::Close },
    ];

    fn run(&mut self, _cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        match command {
            Command::Step(by) => {
                self.selection.step(by, self.units.len());
                return Vec::new();
            }
            Command::Choose => {
                let unit = self.units.get(self.selection.at).map(|(unit, _)| Wish::Convert(unit.clone()));
                *self.mailbox.borrow_mut() = unit;
            }
            Command::Close => {}
        }
        vec![Effect::Pop]
    }

    fn layout(&mut self, _cx: &Cx<'_>, area: Rect) {
        let (_, height) = self.size(area);
        self.selection.scroll_into(usize::from(height.saturating_sub(2)), self.units.len());
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let theme = cx.theme;
        let (columns, height) = self.size(area);
        let inner = Panel::new(theme, "Show in").draw(popup(area, columns, height, buf), buf);
        if self.units.is_empty() {
            buf.set_stringn(inner.x, inner.y, "A plain number has no other unit.", inner.width.into(), theme.muted);
        }
        let list = List { theme, selection: self.selection, rows: self.units.len(), is_focused: true };
        list.draw(inner, buf, |row, columns| {
            let (unit, value) = &self.units[row];
            let air = columns.saturating_sub(width(unit) + width(value));
            Line::from(vec![
                Span::styled(unit.clone(), theme.text),
                Span::raw(" ".repeat(air)),
                Span::styled(value.clone(), theme.accent),
            ])
        });
        None
    }
}
