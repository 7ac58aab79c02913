//! Where the lines of an editor are on the screen.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Style;
use ratatui::widgets::Widget;
use ratatui_textarea::TextArea;

use super::{Editor, Looks};
use crate::tui::widgets::text::width;

/// A row of the screen: the characters of a line that stand on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line of the text, from 0.
    pub line: usize,
    /// Its characters on this row, wherever the text is moved sideways.
    pub characters: Range<usize>,
}

/// How the text was laid out last.
#[derive(Debug, Default)]
pub(super) struct View {
    pub(super) is_stale: bool,
    looks: Looks,
    cells: Buffer,
    rows: Vec<Row>,
    /// Columns hidden at the left.
    left: usize,
    cursor: Position,
}

impl View {
    pub(super) fn size(&self) -> Size {
        self.cells.area.as_size()
    }

    /// A new text area learns the size at once, so that its cursor moves by the rows that are seen.
    pub(super) fn prime(&self, area: &TextArea<'_>) {
        if !self.cells.area.is_empty() {
            area.render(self.cells.area, &mut Buffer::empty(self.cells.area));
        }
    }

    pub(super) fn lay_out(&mut self, area: &mut TextArea<'_>, size: Size, looks: Looks) {
        if !self.is_stale && self.size() == size && self.looks == looks {
            return;
        }
        (self.is_stale, self.looks) = (false, looks);
        area.set_style(looks.text);
        area.set_selection_style(looks.selection);
        self.cells = Buffer::empty(Rect::from((Position::ORIGIN, size)));
        self.rows.clear();
        if size.width == 0 || size.height == 0 {
            return;
        }
        (&*area).render(self.cells.area, &mut self.cells);
        let (top, left) = area.scroll_offset();
        self.left = left.into();
        let screen = area.screen_cursor();
        let within = |at: usize, hidden: u16, room: u16| (at.saturating_sub(hidden.into()) as u16).min(room - 1);
        self.cursor = Position::new(within(screen.col, left, size.width), within(screen.row, top, size.height));
        let lines = area.lines();
        for row in usize::from(top)..usize::from(top) + usize::from(size.height) {
            let start = area.screen_to_data(row, 0);
            let same = self.rows.last().filter(|last| last.line == start.0);
            // Past the last row the same start is given again.
            if same.is_some_and(|last| last.characters.start == start.1) {
                break;
            }
            if let Some(last) = self.rows.last_mut().filter(|last| last.line == start.0) {
                last.characters.end = start.1;
            }
            self.rows.push(Row { line: start.0, characters: start.1..lines[start.0].chars().count() });
        }
        // The last row in view may go on below.
        if let Some(last) = self.rows.last_mut() {
            let next = area.screen_to_data(usize::from(top) + usize::from(size.height), 0);
            if next.0 == last.line && next.1 > last.characters.start {
                last.characters.end = next.1;
            }
        }
    }
}

impl Editor {
    /// What stands on each row of the screen, from the top; fewer than there are rows where the text ends before.
    pub fn rows(&self) -> &[Row] {
        &self.view.rows
    }

    /// Columns of each line that are out of view at the left.
    pub fn hidden_columns(&self) -> usize {
        self.view.left
    }

    /// Draws the text into an area of the size that it was laid out for, and returns where the cursor is.
    pub fn draw(&self, area: Rect, buf: &mut Buffer) -> Position {
        let size = self.view.size();
        for y in 0..size.height.min(area.height) {
            for x in 0..size.width.min(area.width) {
                let target = Position::new(area.x + x, area.y + y);
                if let (Some(to), Some(from)) = (buf.cell_mut(target), self.view.cells.cell((x, y))) {
                    *to = from.clone();
                }
            }
        }
        Position::new(area.x + self.view.cursor.x, area.y + self.view.cursor.y)
    }

    /// Patches a style over some characters of a line, as far as they are in view.
    pub fn mark(&self, line: usize, characters: &Range<usize>, style: Style, area: Rect, buf: &mut Buffer) {
        let Some(text) = self.lines().get(line) else { return };
        let columns = |range: Range<usize>| width(&text.chars().take(range.end).skip(range.start).collect::<String>());
        for (y, row) in (area.y..area.bottom()).zip(self.rows()).filter(|(_, row)| row.line == line) {
            let from = characters.start.clamp(row.characters.start, row.characters.end);
            let to = characters.end.clamp(from, row.characters.end);
            let start = columns(row.characters.start..from);
            let end = start + columns(from..to);
            let start = start.saturating_sub(self.view.left).min(area.width.into()) as u16;
            let end = end.saturating_sub(self.view.left).min(area.width.into()) as u16;
            buf.set_style(Rect { x: area.x + start, y, width: end - start, height: 1 }, style);
        }
    }
}
