//! A curve over an axis, in dots finer than a cell where the font has them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::dots::{Dots, trail};
use super::text::{prefix, width};
use crate::tui::theme::Theme;

/// From how many times the smallest value on a linear axis would only show the greatest.
const LOG_FROM: f64 = 200.0;

/// A curve with its axes. Lines and labels say the same without colour.
#[derive(Clone, Copy)]
pub struct Curve<'a> {
    /// Looks.
    pub theme: &'a Theme,
    /// From left to right.
    pub points: &'a [(f64, f64)],
    /// Whether x is shown by its logarithm.
    pub log_x: bool,
    /// Where on the x axis one is, marked on the curve.
    pub here: Option<f64>,
    /// A value to compare with, as a dotted line across.
    pub level: Option<f64>,
    /// The ends of the y axis; those of the points where there are none.
    pub y_range: Option<(f64, f64)>,
    /// How a value is written.
    pub x_label: &'a dyn Fn(f64) -> String,
    /// How a value is written.
    pub y_label: &'a dyn Fn(f64) -> String,
}

/// A range of numbers and how it maps to 0..1.
#[derive(Clone, Copy)]
struct Axis {
    from: f64,
    to: f64,
    log: bool,
}

impl Axis {
    fn of(values: impl Iterator<Item = f64> + Clone, log: bool) -> Option<Self> {
        let from = values.clone().fold(f64::INFINITY, f64::min);
        let to = values.fold(f64::NEG_INFINITY, f64::max);
        (from.is_finite() && to.is_finite()).then_some(Self { from, to, log: log && from > 0.0 })
    }

    /// Where a value stands, from 0 to 1.
    fn share(self, value: f64) -> f64 {
        let measure = |x: f64| if self.log { x.ln() } else { x };
        let span = measure(self.to) - measure(self.from);
        if span > 0.0 { ((measure(value) - measure(self.from)) / span).clamp(0.0, 1.0) } else { 0.5 }
    }
}

impl Curve<'_> {
    /// Draws the curve, the ends of both axes as labels at the left and below.
    pub fn draw(self, area: Rect, buf: &mut Buffer) {
        let xs = self.points.iter().map(|(x, _)| *x);
        let ys = self.points.iter().map(|(_, y)| *y);
        let (Some(x), Some(mut y)) = (Axis::of(xs, self.log_x), Axis::of(ys, false)) else { return };
        match self.y_range {
            Some((from, to)) => (y.from, y.to) = (from, to),
            None => y.log = y.from > 0.0 && y.to / y.from > LOG_FROM,
        }
        let labels = [(self.y_label)(y.to), (self.y_label)(y.from)];
        let left = labels.iter().map(|label| width(label)).max().unwrap_or(0) as u16 + 1;
        if area.height < 3 || area.width < left + 8 {
            return;
        }
        let plot = Rect { x: area.x + left, width: area.width - left, height: area.height - 1, ..area };
        let Theme { muted, border, .. } = *self.theme;
        for row in plot.y..plot.bottom() {
            buf.set_string(plot.x - 1, row, self.theme.glyphs.vertical, border);
        }
        for (label, row) in labels.iter().zip([plot.y, plot.bottom() - 1]) {
            buf.set_string(plot.x - 1 - width(label) as u16, row, label, muted);
        }
        let (first, last) = ((self.x_label)(x.from), (self.x_label)(x.to));
        let note = match (x.log, y.log) {
            (true, true) => "both log",
            (true, false) => "x log",
            (false, true) => "y log",
            (false, false) => "",
        };
        buf.set_stringn(plot.x, plot.bottom(), &first, plot.width.into(), muted);
        let room = usize::from(plot.width).saturating_sub(width(&first) + 1);
        let last = prefix(&last, room);
        buf.set_string(plot.right() - width(last) as u16, plot.bottom(), last, muted);
        let air = room.saturating_sub(width(last) + 1);
        if width(note) + 1 < air {
            let middle = plot.x + (width(&first) + 1 + (air - width(note)) / 2) as u16;
            buf.set_string(middle, plot.bottom(), note, muted);
        }
        if let Some(level) = self.level {
            let row = row_of(plot, y.share(level));
            for column in (plot.x..plot.right()).step_by(2) {
                buf.set_string(column, row, self.theme.glyphs.dot, muted);
            }
        }
        self.draw_dots(plot, x, y, buf);
        if let Some(here) = self.here.filter(|here| (x.from..=x.to).contains(here)) {
            let nearest = self.points.iter().min_by(|a, b| (a.0 - here).abs().total_cmp(&(b.0 - here).abs()));
            if let Some((_, value)) = nearest {
                let column = plot.x + (x.share(here) * f64::from(plot.width - 1)).round() as u16;
                buf.set_string(column, row_of(plot, y.share(*value)), self.theme.glyphs.bullet, self.theme.warn);
            }
        }
    }

    fn draw_dots(self, plot: Rect, x: Axis, y: Axis, buf: &mut Buffer) {
        let points: Vec<_> = self.points.iter().map(|(px, py)| (x.share(*px), y.share(*py))).collect();
        if self.theme.glyphs.is_ascii() {
            for (column, row) in trail(&points, plot.width.into(), plot.height.into()) {
                buf.set_string(plot.x + column as u16, plot.y + row as u16, "*", self.theme.accent);
            }
        } else {
            let mut dots = Dots::new(plot.width, plot.height);
            dots.trail(&points, self.theme.accent);
            dots.draw(self.theme, plot, buf);
        }
    }
}

fn row_of(plot: Rect, share: f64) -> u16 {
    plot.y + ((1.0 - share) * f64::from(plot.height - 1)).round() as u16
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme::{Background, Depth, Glyphs, Kind};

    fn drawn(points: &[(f64, f64)], glyphs: Glyphs, size: (u16, u16)) -> String {
        let theme = Theme::new(Kind::Dark, Background::Dark, Depth::True, glyphs);
        let label = |value: f64| format!("{value:.0}");
        let area = Rect::new(0, 0, size.0, size.1);
        let mut buf = Buffer::empty(area);
        let curve = Curve {
            theme: &theme,
            points,
            log_x: false,
            here: None,
            level: None,
            y_range: None,
            x_label: &label,
            y_label: &label,
        };
        curve.draw(area, &mut buf);
        let row = |y| (0..size.0).map(|x| buf[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
        (0..size.1).map(row).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_line_goes_from_corner_to_corner() {
        let line = [(0.0, 0.0), (10.0, 5.0)];
        assert_eq!(drawn(&line, Glyphs::ASCII, (12, 4)), "5|       ***\n |   ****\n0|***\n  0       10");
        assert_eq!(drawn(&line, Glyphs::UNICODE, (12, 3)), "5│     ⣀⡠⠔⠒⠉\n0│⣀⠤⠔⠊⠉\n  0       10");
    }

    #[test]
    fn nothing_to_draw_and_no_room_break_nothing() {
        for points in [&[][..], &[(1.0, 1.0)], &[(1.0, 2.0), (1.0, 2.0)], &[(0.0, f64::NAN)]] {
            for size in [(0, 0), (3, 3), (9, 2), (40, 10)] {
                drawn(points, Glyphs::UNICODE, size);
            }
        }
    }
}
