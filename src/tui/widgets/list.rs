//! Rows of which one is selected, longer than the room there is.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::text::truncate_line;
use crate::tui::theme::Theme;

/// Which row is selected and which is the first in view. Plain state: the number of rows is told each time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The selected row, from 0.
    pub at: usize,
    /// The first row in view.
    pub top: usize,
}

impl Selection {
    /// Moves by so many rows and stops at the ends.
    pub fn step(&mut self, by: isize, rows: usize) {
        self.at = self.at.saturating_add_signed(by).min(rows.saturating_sub(1));
    }

    /// Selects a row, or the last one if there are fewer.
    pub fn select(&mut self, row: usize, rows: usize) {
        self.at = row.min(rows.saturating_sub(1));
    }

    /// Scrolls as little as needed to have the selected row in view, with a row of context where there is room.
    pub fn scroll_into(&mut self, height: usize, rows: usize) {
        let context = usize::from(height > 4);
        self.at = self.at.min(rows.saturating_sub(1));
        let highest = self.at.saturating_sub(context);
        let lowest = (self.at + context + 1).saturating_sub(height);
        self.top = self.top.clamp(lowest.min(highest), highest).min(rows.saturating_sub(height));
    }
}

/// Rows with a selected one and a scroll bar where they do not all fit.
#[derive(Clone, Copy, Debug)]
pub struct List<'a> {
    /// Looks.
    pub theme: &'a Theme,
    /// Which row is selected, already scrolled into view.
    pub selection: Selection,
    /// How many rows there are.
    pub rows: usize,
    /// Whether keys go here; the selected row is only marked then.
    pub is_focused: bool,
}

impl List<'_> {
    /// Draws the rows in view; `row` is asked for those only and given the columns there are.
    pub fn draw<'r>(self, area: Rect, buf: &mut Buffer, row: impl Fn(usize, usize) -> Line<'r>) {
        let height = usize::from(area.height);
        let has_bar = self.rows > height;
        let bar = u16::from(has_bar) * 2;
        let columns = usize::from(area.width.saturating_sub(2 + bar));
        for (y, index) in (area.y..area.bottom()).zip(self.selection.top..self.rows) {
            let is_selected = self.is_focused && index == self.selection.at;
            let sign = if is_selected { self.theme.glyphs.selected } else { " " };
            let mut line = truncate_line(&row(index, columns), columns, self.theme.glyphs.ellipsis);
            line.spans.insert(0, Span::styled(format!("{sign} "), self.theme.accent));
            buf.set_line(area.x, y, &line, area.width - bar);
            if is_selected {
                buf.set_style(Rect { y, height: 1, width: area.width - bar, ..area }, self.theme.selection);
            }
        }
        if has_bar && area.width > 0 {
            let column = Rect { x: area.right() - 1, width: 1, ..area };
            scroll_bar(self.theme, column, self.selection.top, self.rows, buf);
        }
    }
}

/// A column that shows which part of `rows` is in view, beginning at row `top`. Nothing where all of it is.
pub fn scroll_bar(theme: &Theme, area: Rect, top: usize, rows: usize, buf: &mut Buffer) {
    let height = usize::from(area.height);
    if rows <= height || area.is_empty() {
        return;
    }
    let thumb = (height * height / rows).max(1);
    let start = (top * (height - thumb)).div_ceil(rows - height).min(height - thumb);
    for (row, y) in (area.y..area.bottom()).enumerate() {
        // No track: beside a border it would be a second line.
        if (start..start + thumb).contains(&row) {
            buf.set_string(area.x, y, theme.glyphs.thumb, theme.muted);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selection_stops_at_the_ends_and_stays_in_view() {
        let mut selection = Selection::default();
        let mut check = |step: isize, at: usize, top: usize| {
            selection.step(step, 20);
            selection.scroll_into(5, 20);
            assert_eq!((selection.at, selection.top), (at, top));
        };
        check(-1, 0, 0);
        check(3, 3, 0);
        check(1, 4, 1);
        check(-1, 3, 1);
        check(100, 19, 15);
        check(-3, 16, 15);
        check(-2, 14, 13);
    }

    #[test]
    fn an_empty_list_selects_nothing_and_does_not_panic() {
        let mut selection = Selection { at: 7, top: 3 };
        selection.step(1, 0);
        selection.scroll_into(0, 0);
        assert_eq!(selection, Selection::default());
    }

    #[test]
    fn the_scroll_bar_touches_both_ends() {
        let theme = Theme::default();
        let bar = |top| {
            let area = Rect::new(0, 0, 1, 4);
            let mut buf = Buffer::empty(area);
            scroll_bar(&theme, area, top, 8, &mut buf);
            buf.content.iter().map(|cell| cell.symbol()).collect::<String>()
        };
        assert_eq!(bar(0), "▐▐  ");
        assert_eq!(bar(2), " ▐▐ ");
        assert_eq!(bar(4), "  ▐▐");
    }
}
