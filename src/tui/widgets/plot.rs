//! Lines in a plane: braille dots in colours, or a sign a line where there are no colours or no such letters.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::dots::{Dots, trail};
use super::text::width;
use crate::tui::theme::Theme;

/// The signs of lines that no colour tells apart.
const SIGNS: [&str; 6] = ["*", "o", "+", "x", "=", "%"];

/// One line. Both coordinates go from 0 to 1, x ascends.
#[derive(Clone, Debug)]
pub struct Series {
    /// As the legend calls it.
    pub name: String,
    /// Its colour.
    pub style: Style,
    /// Where it goes through.
    pub points: Vec<(f64, f64)>,
}

/// A plot of several lines.
#[derive(Clone, Copy, Debug)]
pub struct Plot<'a> {
    /// Looks.
    pub theme: &'a Theme,
    /// The first lies on top.
    pub series: &'a [Series],
    /// What stands at the top, in the middle and at the bottom of the left edge.
    pub rows: [&'a str; 3],
    /// What stands below, evenly spread.
    pub columns: &'a [String],
    /// A position on the x axis that is marked.
    pub cursor: Option<f64>,
}

impl Plot<'_> {
    /// Draws the plot; nothing where there is no room for two rows of it.
    pub fn draw(self, area: Rect, buf: &mut Buffer) {
        let margin = self.rows.iter().map(|label| width(label)).max().unwrap_or(0) as u16 + 1;
        if area.height < 3 || area.width < margin + 8 {
            return;
        }
        let plane = Rect { x: area.x + margin, width: area.width - margin, height: area.height - 1, ..area };
        self.draw_labels(area, plane, buf);
        if let Some(cursor) = self.cursor.filter(|cursor| (0.0..=1.0).contains(cursor)) {
            let x = plane.x + (cursor * f64::from(plane.width - 1)).round() as u16;
            for y in plane.y..plane.bottom() {
                buf.set_string(x, y, self.theme.glyphs.vertical, self.theme.border);
            }
        }
        if uses_signs(self.theme, self.series) {
            self.draw_signs(plane, buf);
        } else {
            self.draw_dots(plane, buf);
        }
    }

    fn draw_signs(&self, plane: Rect, buf: &mut Buffer) {
        for (place, series) in self.series.iter().enumerate().rev() {
            for (column, row) in trail(&series.points, plane.width.into(), plane.height.into()) {
                let (x, y) = (plane.x + column as u16, plane.y + row as u16);
                buf.set_string(x, y, SIGNS[place % SIGNS.len()], series.style);
            }
        }
    }

    fn draw_dots(&self, plane: Rect, buf: &mut Buffer) {
        let mut dots = Dots::new(plane.width, plane.height);
        for series in self.series.iter().rev() {
            dots.trail(&series.points, series.style);
        }
        dots.draw(self.theme, plane, buf);
    }

    fn draw_labels(&self, area: Rect, plane: Rect, buf: &mut Buffer) {
        let margin = usize::from(plane.x - area.x - 1);
        let middle = plane.y + plane.height / 2;
        let bottom = plane.bottom() - 1;
        for (label, y) in self.rows.iter().zip([plane.y, middle, bottom]) {
            if y != middle || plane.height > 4 {
                buf.set_string(area.x, y, format!("{label:>margin$}"), self.theme.muted);
            }
        }
        let last = self.columns.len().saturating_sub(1).max(1);
        for (place, label) in self.columns.iter().enumerate() {
            let columns = width(label) as u16;
            let centre = plane.x + (usize::from(plane.width - 1) * place / last) as u16;
            let x =
                centre.saturating_sub(columns / 2).clamp(plane.x, plane.right().saturating_sub(columns).max(plane.x));
            buf.set_stringn(x, area.bottom() - 1, label, usize::from(plane.right() - x), self.theme.muted);
        }
    }
}

/// A piece of the line at a place, for whoever names it elsewhere.
pub fn sign(theme: &Theme, series: &[Series], place: usize) -> &'static str {
    if uses_signs(theme, series) { SIGNS[place % SIGNS.len()] } else { "━" }
}

/// The names of the lines, each behind a piece of it.
pub fn legend(theme: &Theme, series: &[Series]) -> Line<'static> {
    let mut line = Line::default();
    for (place, one) in series.iter().enumerate() {
        let sign = sign(theme, series, place);
        let gap = if place == 0 { "" } else { "  " };
        line.extend([
            Span::raw(gap),
            Span::styled(sign, one.style),
            Span::styled(format!(" {}", one.name), theme.muted),
        ]);
    }
    line
}

fn uses_signs(theme: &Theme, series: &[Series]) -> bool {
    let alike = series.windows(2).any(|two| two[0].style == two[1].style);
    theme.glyphs.is_ascii() || alike
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme::{Background, Depth, Glyphs, Kind};

    fn drawn(theme: &Theme, lines: &[&[(f64, f64)]]) -> String {
        let area = Rect::new(0, 0, 20, 5);
        let mut buf = Buffer::empty(area);
        let series: Vec<Series> = lines
            .iter()
            .enumerate()
            .map(|(place, points)| Series {
                name: place.to_string(),
                style: theme.series[place],
                points: points.to_vec(),
            })
            .collect();
        let columns = ["0".to_owned(), "99".to_owned()];
        Plot { theme, series: &series, rows: ["1", "", "0"], columns: &columns, cursor: None }.draw(area, &mut buf);
        let row = |y| (0..20).map(|x| buf[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
        (0..5).map(row).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_line_goes_from_corner_to_corner() {
        let rising: &[(f64, f64)] = &[(0.0, 0.0), (1.0, 1.0)];
        let picture = drawn(&Theme::default(), &[rising]);
        assert_eq!(
            picture, "1              ⢀⣀⠤⠒⠉\n           ⣀⠤⠔⠊⠁\n      ⢀⡠⠔⠒⠉\n0 ⣀⠤⠒⠉⠁\n  0               99",
            "{picture}"
        );
    }

    #[test]
    fn without_colours_each_line_has_a_sign_of_its_own() {
        let theme = Theme::new(Kind::Dark, Background::Dark, Depth::Mono, Glyphs::ASCII);
        let (high, low): (&[_], &[_]) = (&[(0.0, 1.0), (1.0, 1.0)], &[(0.0, 0.0), (1.0, 0.0)]);
        let picture = drawn(&theme, &[high, low]);
        assert!(picture.is_ascii() && picture.starts_with("1 ******") && picture.contains("0 oooooo"), "{picture}");
    }

    #[test]
    fn nothing_finite_draws_nothing() {
        assert_eq!(drawn(&Theme::default(), &[&[(f64::NAN, 0.5)]]), "1\n\n\n0\n  0               99");
    }
}
