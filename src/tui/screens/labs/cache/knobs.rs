//! Parameters that are turned with the arrow keys: a name, a value, and the values there are.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::tui::theme::Theme;
use crate::tui::widgets::text::grouped;

/// A parameter of a `T`. No value means that there is no such thing.
#[derive(Debug)]
pub(super) struct Knob<T: 'static> {
    pub(super) name: &'static str,
    pub(super) unit: &'static str,
    /// What no value is called.
    pub(super) none: &'static str,
    pub(super) values: &'static [Option<f64>],
    pub(super) get: fn(&T) -> Option<f64>,
    pub(super) set: fn(&mut T, Option<f64>),
}

/// The longest name.
const NAME: usize = 21;
/// A column of knobs.
const COLUMN: u16 = 38;

/// Turns a knob by so many values.
pub(super) fn turn<T>(knob: &Knob<T>, of: &mut T, by: isize) {
    let now = (knob.get)(of);
    let nearest = knob.values.iter().position(|value| *value == now).unwrap_or(0);
    let next = nearest.saturating_add_signed(by).min(knob.values.len() - 1);
    (knob.set)(of, knob.values[next]);
}

/// Rows that so many knobs take in a width.
pub(super) fn height(knobs: usize, width: u16) -> u16 {
    (knobs as u16).div_ceil(columns(width))
}

fn columns(width: u16) -> u16 {
    (width / COLUMN).max(1)
}

/// The knob so many rows further, which stands in a column of so many.
pub(super) fn step(at: usize, by: isize, knobs: usize) -> usize {
    at.saturating_add_signed(by).min(knobs.saturating_sub(1))
}

/// Draws all knobs, column by column.
pub(super) fn draw<T>(theme: &Theme, knobs: &[Knob<T>], of: &T, selected: usize, area: Rect, buf: &mut Buffer) {
    let rows = usize::from(height(knobs.len(), area.width));
    for (place, knob) in knobs.iter().enumerate() {
        let (column, row) = (place / rows, place % rows);
        let (x, y) = (area.x + column as u16 * COLUMN, area.y + row as u16);
        if y >= area.bottom() {
            continue;
        }
        let is_selected = place == selected;
        let value = match (knob.get)(of) {
            None => knob.none.to_owned(),
            Some(value) if value.fract() == 0.0 => format!("{} {}", grouped(value as u64), knob.unit),
            Some(value) => format!("{value} {}", knob.unit),
        };
        let sign = if is_selected { theme.glyphs.selected } else { " " };
        let style = if is_selected { theme.accent } else { theme.text };
        let line = Line::from(vec![
            Span::styled(format!("{sign} "), theme.accent),
            Span::styled(format!("{:<NAME$}", knob.name), if is_selected { theme.text } else { theme.muted }),
            Span::styled(value.trim_end().to_owned(), style),
        ]);
        buf.set_line(x, y, &line, COLUMN.min(area.right().saturating_sub(x)));
    }
}
