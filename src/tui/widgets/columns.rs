//! A column chart: one column a number, with its labels below.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::text::width;
use crate::tui::theme::Theme;

/// Columns side by side, as high as their numbers.
#[derive(Clone, Copy, Debug)]
pub struct Columns<'a> {
    /// Looks.
    pub theme: &'a Theme,
    /// The numbers, from the left.
    pub values: &'a [u32],
    /// The number that is as high as the chart if none is greater, so that a few do not look like many.
    pub ceiling: u32,
    /// What stands below each; empty ones are left out. May be fewer than the numbers.
    pub labels: &'a [String],
    /// Of a column by its place.
    pub style: fn(&Theme, usize) -> Style,
}

impl Columns<'_> {
    /// Draws the chart: numbers over the columns where there is room, labels in the last row.
    pub fn draw(self, area: Rect, buf: &mut Buffer) {
        if area.height < 3 || self.values.is_empty() {
            return;
        }
        let pitch = (usize::from(area.width) / self.values.len()).clamp(1, 6);
        let gap = usize::from(pitch > 1);
        let highest = self.values.iter().copied().max().unwrap_or(0).max(self.ceiling).max(1);
        let rows = usize::from(area.height) - 2;
        let base = area.bottom() - 2;
        let shows_numbers = self.values.iter().all(|value| value.to_string().len() < pitch);
        for (place, &value) in self.values.iter().enumerate() {
            let x = area.x + (place * pitch) as u16;
            if x + (pitch - gap) as u16 > area.right() {
                break;
            }
            let eighths = (f64::from(value) / f64::from(highest) * (rows * 8) as f64).ceil() as usize;
            let style = (self.style)(self.theme, place);
            for row in 0..rows {
                let filled = eighths.saturating_sub(row * 8).min(8);
                if filled > 0 {
                    let symbol = self.theme.glyphs.eighths[filled - 1].repeat(pitch - gap);
                    buf.set_string(x, base - row as u16, symbol, style);
                }
            }
            if shows_numbers && value > 0 {
                let text = format!("{value:^width$}", width = pitch - gap);
                let top = base.saturating_sub(eighths.div_ceil(8) as u16);
                buf.set_string(x, top, text, self.theme.muted);
            }
            if let Some(label) = self.labels.get(place).filter(|label| x + width(label) as u16 <= area.right()) {
                buf.set_string(x, area.bottom() - 1, label, self.theme.muted);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(values: &[u32], labels: &[&str], columns: u16, rows: u16) -> String {
        let theme = Theme::default();
        let area = Rect::new(0, 0, columns, rows);
        let mut buf = Buffer::empty(area);
        let labels: Vec<String> = labels.iter().map(|label| (*label).to_owned()).collect();
        Columns { theme: &theme, values, ceiling: 1, labels: &labels, style: |theme, _| theme.accent }
            .draw(area, &mut buf);
        let row = |y| (0..columns).map(|x| buf[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
        (0..rows).map(row).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn columns_are_as_high_as_their_numbers() {
        assert_eq!(drawn(&[4, 1, 0, 2], &["a", "", "c"], 12, 5), "4\n██       2\n██ 1     ▄▄\n██ ▆▆    ██\na     c");
    }

    #[test]
    fn no_room_draws_nothing() {
        assert_eq!(drawn(&[1], &[], 3, 2), "\n");
        assert_eq!(drawn(&[], &[], 3, 3), "\n\n");
    }
}
