//! Where things stand on the reader's screen.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};

use super::Reader;
use crate::tui::screen::Cx;
use crate::tui::widgets::list::{List, Selection, scroll_bar};
use crate::tui::widgets::markdown::Emphasis;
use crate::tui::widgets::panel::Panel;

/// From this width on the contents stand beside the text all the time.
const WIDE: u16 = 104;
/// Columns of the contents.
const OUTLINE: u16 = 32;

/// The parts of the screen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Areas {
    /// The contents with their border; over the text where there is no room beside it.
    outline: Option<Rect>,
    /// The text with its border.
    panel: Rect,
    /// The text itself.
    pub(super) text: Rect,
}

impl Areas {
    pub(super) fn of(area: Rect, has_outline: bool) -> Self {
        let is_wide = area.width >= WIDE;
        let width = OUTLINE.min(area.width.saturating_sub(4));
        let outline = (is_wide || has_outline).then_some(Rect { width, ..area });
        let panel = if is_wide { Rect { x: area.x + width, width: area.width - width, ..area } } else { area };
        // A border, a column of air and one for the scroll bar at either side.
        let text = Rect {
            x: panel.x + 3,
            y: panel.y + 1,
            width: panel.width.saturating_sub(6),
            height: panel.height.saturating_sub(2),
        };
        Self { outline, panel, text }
    }

    /// Rows for the contents.
    pub(super) fn outline_height(&self) -> usize {
        self.outline.map_or(0, |outline| usize::from(outline.height.saturating_sub(2)))
    }
}

pub(super) fn draw(reader: &Reader, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let theme = cx.theme;
    let areas = Areas::of(area, reader.outline.is_some());
    let Reader { open, find, .. } = reader;
    let inside = Panel::new(theme, "").draw(areas.panel, buf);
    let emphasis = Emphasis { link: reader.link, found: &find.found, current: find.current };
    open.page.draw(areas.text, buf, open.top, theme, emphasis);
    let bar = Rect { x: inside.right(), y: areas.text.y, width: 1, height: areas.text.height };
    scroll_bar(theme, bar, open.top, open.page.height(), buf);
    if let Some(area) = areas.outline {
        draw_outline(reader, cx, area, areas.outline_height(), buf);
    }
    find.is_active().then(|| draw_search(reader, cx, areas.panel, buf)).flatten()
}

/// The headings, each indented by its level; the section in view is told apart.
fn draw_outline(reader: &Reader, cx: &Cx<'_>, area: Rect, height: usize, buf: &mut Buffer) {
    let theme = cx.theme;
    Clear.render(area, buf);
    let inside = Panel::new(theme, "Contents").focused(reader.outline.is_some()).draw(area, buf);
    let outline = reader.open.page.outline();
    let section = reader.open.section();
    let selection = reader.outline.unwrap_or_else(|| {
        let mut follows = Selection { at: section.unwrap_or(0), top: 0 };
        follows.scroll_into(height, outline.len());
        follows
    });
    let top_level = outline.iter().map(|heading| heading.level).min().unwrap_or(1);
    let list = List { theme, selection, rows: outline.len(), is_focused: reader.outline.is_some() };
    list.draw(inside, buf, |index, _| {
        let heading = &outline[index];
        let indent = "  ".repeat(usize::from(heading.level - top_level));
        let style = if section == Some(index) { theme.accent } else { theme.text };
        Line::from(vec![Span::raw(indent), Span::styled(heading.text.as_str(), style)])
    });
}

/// The phrase on the lower border, with the number of the match.
fn draw_search(reader: &Reader, cx: &Cx<'_>, panel: Rect, buf: &mut Buffer) -> Option<Position> {
    let (theme, find) = (cx.theme, &reader.find);
    let count = match (find.count(), find.current) {
        (0, _) if find.phrase.value().is_empty() => String::new(),
        (0, _) => "nothing found".to_owned(),
        (count, current) => format!("{} of {count}", current.unwrap_or(0) + 1),
    };
    let row = Rect { x: panel.x + 2, y: panel.bottom() - 1, width: panel.width.saturating_sub(4), height: 1 };
    let field = Rect { x: row.x + 3, width: row.width.saturating_sub(3).min(32), ..row };
    let note = Span::styled(format!(" {count} "), if find.count() == 0 { theme.bad } else { theme.muted });
    let used = Rect { width: field.width + 3 + note.width() as u16, ..row };
    Clear.render(used.intersection(row), buf);
    buf.set_style(used.intersection(row), theme.text);
    buf.set_string(row.x, row.y, " / ", theme.key);
    let cursor = find.phrase.draw(theme.text, field, buf);
    buf.set_span(field.right(), row.y, &note, row.right().saturating_sub(field.right()));
    find.is_typing.then_some(cursor)
}
