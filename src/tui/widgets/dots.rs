//! A canvas of dots, eight to a cell, for pictures that letters are too coarse for.
//!
//! A cell has one style; where several things meet in it, the one on the highest layer gives it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::tui::theme::{Glyphs, Theme};

/// Dots of a cell across and down.
const ACROSS: usize = 2;
const DOWN: usize = 4;

/// The bit of each dot in a braille sign, by row and column.
const BITS: [[u8; ACROSS]; DOWN] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];

/// A picture that is being dotted. Dots are counted from the upper left corner.
#[derive(Clone, Debug)]
pub struct Dots {
    columns: usize,
    rows: usize,
    cells: Vec<Cell>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    bits: u8,
    layer: u8,
    style: Style,
}

impl Dots {
    /// An empty picture of so many cells.
    pub fn new(columns: u16, rows: u16) -> Self {
        let (columns, rows) = (usize::from(columns), usize::from(rows));
        Self { columns, rows, cells: vec![Cell::default(); columns * rows] }
    }

    /// Sets the dot at a place; outside nothing happens.
    pub fn set(&mut self, x: f64, y: f64, style: Style, layer: u8) {
        if x < 0.0 || y < 0.0 {
            return;
        }
        let (x, y) = (x as usize, y as usize);
        if x >= self.columns * ACROSS || y >= self.rows * DOWN {
            return;
        }
        let cell = &mut self.cells[y / DOWN * self.columns + x / ACROSS];
        cell.bits |= BITS[y % DOWN][x % ACROSS];
        if layer >= cell.layer {
            (cell.layer, cell.style) = (layer, style);
        }
    }

    /// Sets the dots between two places.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), style: Style, layer: u8) {
        let steps = (to.0 - from.0).abs().max((to.1 - from.1).abs()).ceil().max(1.0);
        for step in 0..=steps as usize {
            let part = step as f64 / steps;
            self.set(from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part, style, layer);
        }
    }

    /// Sets the dots of a line from point to point over the whole picture; points go from 0 to 1, up and to the right.
    pub fn trail(&mut self, points: &[(f64, f64)], style: Style) {
        for (x, y) in trail(points, self.columns * ACROSS, self.rows * DOWN) {
            self.set(x as f64, y as f64, style, 0);
        }
    }

    /// Draws the picture; with plain signs a cell is as dark as it has dots.
    pub fn draw(&self, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let is_plain = theme.glyphs == Glyphs::ASCII;
        for (row, y) in (0..self.rows).zip(area.y..area.bottom()) {
            for (column, x) in (0..self.columns).zip(area.x..area.right()) {
                let cell = self.cells[row * self.columns + column];
                if cell.bits == 0 {
                    continue;
                }
                let sign = match (is_plain, cell.bits.count_ones()) {
                    (true, ..=2) => '.',
                    (true, 3..=4) => 'o',
                    (true, _) => '#',
                    (false, _) => char::from_u32(0x2800 + u32::from(cell.bits)).unwrap_or(' '),
                };
                buf[(x, y)].set_char(sign).set_style(cell.style);
            }
        }
    }
}

/// The places of a line from point to point on a grid, each once; points go from 0 to 1, up and to the right.
pub(super) fn trail(points: &[(f64, f64)], columns: usize, rows: usize) -> Vec<(usize, usize)> {
    let place = |(x, y): (f64, f64)| {
        let along = |share: f64, of: usize| share.clamp(0.0, 1.0) * (of - 1) as f64;
        (along(x, columns), along(1.0 - y, rows))
    };
    let mut dots = Vec::new();
    let mut before: Option<(f64, f64)> = None;
    for &point in points.iter().filter(|(x, y)| x.is_finite() && y.is_finite()) {
        let (x, y) = place(point);
        let (from_x, from_y) = before.unwrap_or((x, y));
        let steps = (x - from_x).abs().max((y - from_y).abs()).ceil().max(1.0) as usize;
        for step in 0..=steps {
            let share = step as f64 / steps as f64;
            let dot = (from_x + (x - from_x) * share, from_y + (y - from_y) * share);
            let dot = (dot.0.round() as usize, dot.1.round() as usize);
            if dots.last() != Some(&dot) {
                dots.push(dot);
            }
        }
        before = Some((x, y));
    }
    dots
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(theme: &Theme, expect: &str) {
        let mut dots = Dots::new(2, 1);
        dots.set(0.0, 0.0, Style::new(), 0);
        dots.line((2.0, 0.0), (2.0, 3.0), Style::new(), 0);
        dots.set(-1.0, 9.0, Style::new(), 0);
        dots.set(4.0, 0.0, Style::new(), 0);
        let area = Rect::new(0, 0, 2, 1);
        let mut buf = Buffer::empty(area);
        dots.draw(theme, area, &mut buf);
        assert_eq!(buf.content.iter().map(|cell| cell.symbol()).collect::<String>(), expect);
    }

    #[test]
    fn eight_dots_make_a_cell() {
        check(&Theme::default(), "⠁⡇");
        check(&Theme { glyphs: Glyphs::ASCII, ..Theme::default() }, ".o");
    }
}
