//! A drawn buffer as something to keep: plain text, text with ANSI colours, or an SVG picture.

mod ansi;
mod svg;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

pub use ansi::ansi;
pub use svg::svg;

/// The rows as text, blanks at their ends left out.
pub fn text(buffer: &Buffer) -> String {
    let mut text = String::new();
    for row in rows(buffer) {
        let line: String = row.iter().map(|run| run.text.as_str()).collect();
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// Cells of one look, side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Run {
    text: String,
    /// Of the first cell.
    column: usize,
    columns: usize,
    look: Look,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Look {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

/// Each row of a buffer as runs. The cells behind a wide character belong to it.
fn rows(buffer: &Buffer) -> Vec<Vec<Run>> {
    let width = usize::from(buffer.area.width).max(1);
    buffer.content.chunks(width).map(runs).collect()
}

fn runs(cells: &[Cell]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut column = 0;
    while column < cells.len() {
        let cell = &cells[column];
        let columns = unicode_width::UnicodeWidthStr::width(cell.symbol()).clamp(1, cells.len() - column);
        let look = Look { fg: cell.fg, bg: cell.bg, modifier: cell.modifier };
        match runs.last_mut() {
            Some(last) if last.look == look => {
                last.text.push_str(cell.symbol());
                last.columns += columns;
            }
            _ => runs.push(Run { text: cell.symbol().to_owned(), column, columns, look }),
        }
        column += columns;
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;
    use ratatui::style::{Style, Stylize};

    pub(super) fn sample() -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 10, 2));
        buffer.set_string(0, 0, "a<分>", Style::new().bold().fg(Color::Rgb(1, 2, 3)));
        buffer.set_string(0, 1, "plain", Style::new());
        buffer.set_string(6, 1, "on", Style::new().bg(Color::Indexed(75)).red());
        buffer
    }

    #[test]
    fn text_keeps_wide_characters_and_drops_blanks_at_the_end() {
        assert_eq!(text(&sample()), "a<分>\nplain on\n");
    }

    #[test]
    fn cells_of_one_look_are_one_run() {
        let rows = rows(&sample());
        let shape = |row: &[Run]| row.iter().map(|run| (run.text.clone(), run.column, run.columns)).collect::<Vec<_>>();
        assert_eq!(shape(&rows[0]), [("a<分>".to_owned(), 0, 5), ("     ".to_owned(), 5, 5)]);
        assert_eq!(shape(&rows[1])[1], ("on".to_owned(), 6, 2));
    }
}
