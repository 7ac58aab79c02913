//! Parameters that are turned with the arrow keys: a name, a value, and the values there are.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::tui::theme::Theme;
use crate::tui::widgets::text::grouped;

/// A parameter of a `T`. No value means that there is no such thing.
#[derive(Debug)]
pub(super) struct Knob<T: 'static> {
    name: &'static str,
    unit: &'static str,
    field: Field<T>,
}

/// What a knob turns.
#[derive(Debug)]
enum Field<T: 'static> {
    Always {
        values: &'static [f64],
        get: fn(&T) -> f64,
        set: fn(&mut T, f64),
    },
    Sometimes {
        none: &'static str,
        values: &'static [Option<f64>],
        get: fn(&T) -> Option<f64>,
        set: fn(&mut T, Option<f64>),
    },
}

impl<T> Knob<T> {
    /// A parameter that always has a value.
    pub(super) const fn new(
        name: &'static str,
        unit: &'static str,
        values: &'static [f64],
        get: fn(&T) -> f64,
        set: fn(&mut T, f64),
    ) -> Self {
        Self { name, unit, field: Field::Always { values, get, set } }
    }

    /// A parameter that may have no value, and what that is called.
    pub(super) const fn optional(
        name: &'static str,
        none: &'static str,
        unit: &'static str,
        values: &'static [Option<f64>],
        get: fn(&T) -> Option<f64>,
        set: fn(&mut T, Option<f64>),
    ) -> Self {
        Self { name, unit, field: Field::Sometimes { none, values, get, set } }
    }

    /// Turns it by so many values.
    pub(super) fn turn(&self, of: &mut T, by: isize) {
        match self.field {
            Field::Always { values, get, set } => set(of, further(values, get(of), by)),
            Field::Sometimes { values, get, set, .. } => set(of, further(values, get(of), by)),
        }
    }

    /// The value as it is shown.
    fn told(&self, of: &T) -> String {
        let value = match self.field {
            Field::Always { get, .. } => get(of),
            Field::Sometimes { none, get, .. } => match get(of) {
                Some(value) => value,
                None => return none.to_owned(),
            },
        };
        let number = if value.fract() == 0.0 { grouped(value as u64) } else { value.to_string() };
        format!("{number} {}", self.unit).trim_end().to_owned()
    }
}

/// The value so many places behind one in a list.
fn further<V: Copy + PartialEq>(values: &[V], now: V, by: isize) -> V {
    let at = values.iter().position(|value| *value == now).unwrap_or(0);
    values[at.saturating_add_signed(by).min(values.len() - 1)]
}

/// The longest name.
const NAME: usize = 21;
/// A column of knobs.
const COLUMN: u16 = 38;

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
        let sign = if is_selected { theme.glyphs.selected } else { " " };
        let style = if is_selected { theme.accent } else { theme.text };
        let line = Line::from(vec![
            Span::styled(format!("{sign} "), theme.accent),
            Span::styled(format!("{:<NAME$}", knob.name), if is_selected { theme.text } else { theme.muted }),
            Span::styled(knob.told(of), style),
        ]);
        buf.set_line(x, y, &line, COLUMN.min(area.right().saturating_sub(x)));
    }
}
