//! What opens over the lab: the menu of schemes, that of exports, and a line to type into.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::sim::placement::{Haul, SCHEMES};
use crate::tui::theme::Theme;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::list::{List, Selection};
use crate::tui::widgets::panel::{Panel, popup};

/// As what a run can be written.
pub(super) const EXPORTS: [(&str, &str); 3] =
    [("csv", "a line a scheme, for a spreadsheet"), ("json", "everything, for a program"), ("svg", "this picture")];

/// Something that is open over the lab.
#[derive(Debug)]
pub(super) enum Over {
    /// The schemes with those that are chosen, in the order of choosing.
    Schemes(Selection, Vec<String>),
    Exports(Selection),
    /// The name of a key.
    Follow(Field),
    /// Data a key, rate, network.
    Haul(Field),
}

impl Over {
    pub(super) fn haul(haul: &Haul) -> Self {
        Self::Haul(Field::offered(format!("{}, {}, {}", haul.per_key, haul.rate, haul.network)))
    }

    pub(super) fn field(&mut self) -> Option<&mut Field> {
        match self {
            Self::Follow(field) | Self::Haul(field) => Some(field),
            Self::Schemes(..) | Self::Exports(_) => None,
        }
    }

    pub(super) fn takes_text(&self) -> bool {
        matches!(self, Self::Follow(_) | Self::Haul(_))
    }

    pub(super) fn step(&mut self, by: isize) {
        match self {
            Self::Schemes(selection, _) => selection.step(by, SCHEMES.len()),
            Self::Exports(selection) => selection.step(by, EXPORTS.len()),
            Self::Follow(_) | Self::Haul(_) => {}
        }
    }

    /// Brings the selected row into view.
    pub(super) fn lay_out(&mut self, area: Rect) {
        if let Self::Schemes(selection, _) = self {
            selection.scroll_into(usize::from(area.height.saturating_sub(4)).min(SCHEMES.len()), SCHEMES.len());
        }
    }

    pub(super) fn draw(&self, theme: &Theme, area: Rect, buf: &mut Buffer) -> Option<Position> {
        match self {
            Self::Schemes(selection, chosen) => {
                let outer = popup(area, 66, SCHEMES.len() as u16 + 2, buf);
                let note = Span::styled("space: beside each other, up to four", theme.muted);
                let inner = Panel::new(theme, "Schemes").note(note).focused(true).draw(outer, buf);
                let list = List { theme, selection: *selection, rows: SCHEMES.len(), is_focused: true };
                list.draw(inner, buf, |row, _| scheme(theme, row, chosen));
                None
            }
            Self::Exports(selection) => {
                let outer = popup(area, 48, EXPORTS.len() as u16 + 2, buf);
                let inner = Panel::new(theme, "Export").focused(true).draw(outer, buf);
                let list = List { theme, selection: *selection, rows: EXPORTS.len(), is_focused: true };
                list.draw(inner, buf, |row, _| {
                    let (id, tells) = EXPORTS[row];
                    Line::from(vec![Span::styled(format!("{id:<6}"), theme.text), Span::styled(tells, theme.muted)])
                });
                None
            }
            Self::Follow(field) => line(theme, area, buf, "Follow a key", "its name; empty for any", field),
            Self::Haul(field) => {
                line(theme, area, buf, "Data a key, rate of moving, network of a node", "between commas", field)
            }
        }
    }
}

fn scheme(theme: &Theme, row: usize, chosen: &[String]) -> Line<'static> {
    let about = SCHEMES[row].about;
    let place = chosen.iter().position(|id| id == about.id);
    let (sign, style) = match place {
        Some(_) => (theme.glyphs.ticked_box, theme.good),
        None => (theme.glyphs.open_box, theme.muted),
    };
    Line::from(vec![
        Span::styled(format!("{sign} "), style),
        Span::styled(format!("{:<11}", about.id), theme.text),
        Span::styled(about.rule, theme.muted),
    ])
}

fn line(theme: &Theme, area: Rect, buf: &mut Buffer, title: &str, note: &str, field: &Field) -> Option<Position> {
    let outer = popup(area, 62, 3, buf);
    let note = Span::styled(note.to_owned(), theme.muted);
    let inner = Panel::new(theme, title).note(note).focused(true).draw(outer, buf);
    Some(field.draw(theme.text, inner, buf))
}
