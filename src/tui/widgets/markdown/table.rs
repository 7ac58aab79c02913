//! Tables: columns as wide as they need, shrunk fairly where the page is too narrow, or one record below the other.

use super::block::{Align, Base, Inline, Table};
use super::layout::Layout;
use super::page::{Line, Span};
use super::wrap::wrap;

/// A column is never made narrower than this, unless its text is.
const LEAST: usize = 8;

/// Between two columns: a bar with a blank on either side.
const GAP: usize = 3;

/// A cell before wrapping: a paragraph of runs for each part between two breaks.
type Cell = Vec<Vec<Span>>;

/// Lays a table out within `width`.
pub(super) fn lay_out(layout: &Layout<'_>, table: &Table, width: usize) -> Vec<Line> {
    let count = table.head.len();
    let cells = |row: &Vec<Vec<Inline>>| -> Vec<Cell> {
        (0..count).map(|at| row.get(at).map_or_else(Vec::new, |cell| layout.runs(cell))).collect()
    };
    let mut head = cells(&table.head);
    for run in head.iter_mut().flatten().flatten() {
        run.look.bold = true;
    }
    let rows: Vec<Vec<Cell>> = table.rows.iter().map(cells).collect();
    let natural: Vec<usize> = (0..count)
        .map(|at| rows.iter().chain([&head]).map(|row| natural_width(&row[at])).max().unwrap_or(0).max(1))
        .collect();
    let room = width.saturating_sub(GAP * count.saturating_sub(1));
    match shrink(&natural, room) {
        Some(widths) => Grid { widths: &widths, align: &table.align, layout }.lines(&head, &rows),
        None => records(&head, &rows, width),
    }
}

fn natural_width(cell: &Cell) -> usize {
    cell.iter().map(|part| part.iter().map(Span::width).sum()).max().unwrap_or(0)
}

/// Column widths that add up to at most `room`: narrow columns keep theirs, the wide ones share what is left.
/// `None` where not even the least fits.
fn shrink(natural: &[usize], room: usize) -> Option<Vec<usize>> {
    if natural.iter().map(|&width| width.min(LEAST)).sum::<usize>() > room {
        return None;
    }
    let mut widths = natural.to_vec();
    while widths.iter().sum::<usize>() > room {
        let widest = *widths.iter().max()?;
        let second =
            widths.iter().copied().filter(|&width| width < widest).max().unwrap_or(0).max(LEAST.min(widest - 1));
        let sharers = widths.iter().filter(|&&width| width == widest).count();
        let excess = widths.iter().sum::<usize>() - room;
        let cut = (widest - second).min(excess.div_ceil(sharers)).max(1);
        for width in widths.iter_mut().filter(|width| **width == widest) {
            *width -= cut;
        }
    }
    Some(widths)
}

struct Grid<'a> {
    widths: &'a [usize],
    align: &'a [Align],
    layout: &'a Layout<'a>,
}

impl Grid<'_> {
    fn lines(&self, head: &[Cell], rows: &[Vec<Cell>]) -> Vec<Line> {
        let glyphs = self.layout.glyphs();
        let mut lines = self.row(head);
        lines.push(self.rule(glyphs.rule, glyphs.crossing));
        let laid: Vec<Vec<Line>> = rows.iter().map(|row| self.row(row)).collect();
        // Where cells wrap, a blank line tells where a row ends.
        let apart = laid.iter().any(|row| row.len() > 1);
        for (at, row) in laid.into_iter().enumerate() {
            if apart && at > 0 {
                lines.push(self.rule(" ", glyphs.vertical));
            }
            lines.extend(row);
        }
        lines
    }

    fn rule(&self, dash: &str, crossing: &str) -> Line {
        let dashes: Vec<String> = self.widths.iter().map(|&width| dash.repeat(width)).collect();
        Line::from_span(Span::ornament(dashes.join(&format!("{dash}{crossing}{dash}")), Base::Border))
    }

    fn row(&self, cells: &[Cell]) -> Vec<Line> {
        let columns: Vec<Vec<Line>> = cells
            .iter()
            .zip(self.widths)
            .map(|(cell, &width)| cell.iter().flat_map(|part| wrap(part, width)).collect())
            .collect();
        let height = columns.iter().map(Vec::len).max().unwrap_or(0).max(1);
        (0..height).map(|at| self.line(&columns, at)).collect()
    }

    fn line(&self, columns: &[Vec<Line>], at: usize) -> Line {
        let bar = format!(" {} ", self.layout.glyphs().vertical);
        let mut spans = Vec::new();
        for (column, lines) in columns.iter().enumerate() {
            if column > 0 {
                spans.push(Span::ornament(bar.as_str(), Base::Border));
            }
            let line = lines.get(at);
            let blank = self.widths[column].saturating_sub(line.map_or(0, Line::width));
            let before = match self.align.get(column).copied().unwrap_or_default() {
                Align::Left => 0,
                Align::Centre => blank / 2,
                Align::Right => blank,
            };
            let after = if column + 1 < columns.len() { blank - before } else { 0 };
            spans.push(Span::ornament(" ".repeat(before), Base::Text));
            spans.extend(line.into_iter().flat_map(|line| line.spans.iter().cloned()));
            spans.push(Span::ornament(" ".repeat(after), Base::Text));
        }
        spans.retain(|span| !span.text.is_empty());
        Line { spans, continues: false }
    }
}

/// Each row as lines `heading: cell`, for tables with more columns than the page can hold.
fn records(head: &[Cell], rows: &[Vec<Cell>], width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if at > 0 {
            lines.push(Line::default());
        }
        for (heading, cell) in head.iter().zip(row) {
            let mut runs: Vec<Span> = heading.iter().flatten().cloned().collect();
            runs.push(Span { text: ": ".to_owned(), ..Span::ornament("", Base::Muted) });
            runs.extend(cell.iter().flatten().cloned());
            lines.extend(wrap(&runs, width));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_columns_shrink_and_narrow_ones_keep_their_width() {
        assert_eq!(shrink(&[4, 10], 20), Some(vec![4, 10]));
        assert_eq!(shrink(&[4, 40, 40], 44), Some(vec![4, 20, 20]));
        assert_eq!(shrink(&[4, 60, 20], 44), Some(vec![4, 20, 20]));
        assert_eq!(shrink(&[30, 30, 30], 20), None);
    }
}
