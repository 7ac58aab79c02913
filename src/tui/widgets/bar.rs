//! Shares as bars and columns.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

use crate::tui::theme::Theme;

/// A share from 0 to 1 as a bar of `columns`, such as `███████░`. Only nothing is empty, and only all is full, so
/// that a bar never says more than the number beside it.
pub fn bar(theme: &Theme, share: f64, columns: usize, style: Style) -> [Span<'static>; 2] {
    let full = filled(share, columns);
    [
        Span::styled(theme.glyphs.bar_full.repeat(full), style),
        Span::styled(theme.glyphs.bar_rest.repeat(columns - full), theme.border),
    ]
}

fn filled(share: f64, of: usize) -> usize {
    let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    let nearest = (share * of as f64).round() as usize;
    let least = usize::from(share > 0.0 && of > 1);
    let most = if share < 1.0 { of.saturating_sub(1).max(least) } else { of };
    nearest.clamp(least.min(most), most)
}

/// Values as columns side by side, `gap` columns apart, the largest of them as high as the area; a value above zero
/// is never lower than an eighth of a row. Values that do not fit are left out at the right.
#[derive(Clone, Copy, Debug)]
pub struct Columns<'a> {
    /// Looks.
    pub theme: &'a Theme,
    /// From left to right; negative ones count as zero.
    pub values: &'a [f64],
    /// Of each column, at least 1.
    pub width: u16,
    /// Between columns.
    pub gap: u16,
    /// Of the columns.
    pub style: Style,
}

impl Columns<'_> {
    /// Draws the columns from the bottom of the area.
    pub fn draw(self, area: Rect, buf: &mut Buffer) {
        let largest = self.values.iter().copied().fold(0.0, f64::max);
        let eighths_in_all = f64::from(area.height) * 8.0;
        let mut x = area.x;
        for &value in self.values {
            if x + self.width > area.right() {
                break;
            }
            let share = if largest > 0.0 { (value / largest).max(0.0) } else { 0.0 };
            let mut eighths = (share * eighths_in_all).round() as usize;
            eighths = eighths.max(usize::from(value > 0.0));
            for y in (area.y..area.bottom()).rev() {
                let here = eighths.min(8);
                if here == 0 {
                    break;
                }
                eighths -= here;
                let cell = self.theme.glyphs.eighths[here - 1].repeat(self.width.into());
                buf.set_string(x, y, cell, self.style);
            }
            x += self.width + self.gap;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(share: f64, expect: &str) {
        let drawn: String = bar(&Theme::default(), share, 8, Style::new()).iter().map(|s| s.content.as_ref()).collect();
        assert_eq!(drawn, expect, "{share}");
    }

    #[test]
    fn a_bar_never_says_more_than_its_number() {
        check(0.0, "░░░░░░░░");
        check(0.001, "█░░░░░░░");
        check(0.5, "████░░░░");
        check(0.86, "███████░");
        check(0.999, "███████░");
        check(1.0, "████████");
        check(7.0, "████████");
        check(-1.0, "░░░░░░░░");
        check(f64::NAN, "░░░░░░░░");
    }

    #[test]
    fn columns_stand_on_the_ground_and_the_largest_fills_the_height() {
        let theme = Theme::default();
        let area = Rect::new(0, 0, 6, 2);
        let mut buf = Buffer::empty(area);
        let values = [0.0, 0.01, 4.0, 8.0, 6.0, 1.0, 8.0];
        Columns { theme: &theme, values: &values, width: 1, gap: 0, style: Style::new() }.draw(area, &mut buf);
        let rows: Vec<String> =
            buf.content.chunks(6).map(|row| row.iter().map(|cell| cell.symbol()).collect()).collect();
        assert_eq!(rows, ["   █▄ ", " ▁███▂"]);
    }
}
