//! The first row: the tabs, or where one is, and at the right what is left.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::text::truncate_line;
use crate::tui::theme::Theme;

/// What stands at the left of the header.
#[derive(Clone, Copy, Debug)]
pub enum Lead<'a> {
    /// The tabs, and which of them is shown.
    Tabs(&'a [&'a str], usize),
    /// A path of words such as `Cards · sharding`.
    Path(&'a str),
}

/// The first row of the screen.
#[derive(Clone, Debug)]
pub struct Header<'a> {
    /// Looks.
    pub theme: &'a Theme,
    /// At the left.
    pub lead: Lead<'a>,
    /// At the right.
    pub status: Line<'a>,
}

impl Widget for Header<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let width = usize::from(area.width);
        let ellipsis = self.theme.glyphs.ellipsis;
        let mut status = truncate_line(&self.status, width.saturating_sub(2) / 2, ellipsis);
        // The names of the tabs are worth more than what stands beside them.
        if let Lead::Tabs(titles, active) = self.lead {
            let named = tabs(self.theme, titles, active, Form::Plain).width();
            if named <= width && named + status.width() + 3 > width {
                status = Line::default();
            }
        }
        let room = if status.width() == 0 { width } else { width - status.width() - 3 };
        let lead = match self.lead {
            Lead::Path(path) => Line::from(vec![Span::raw(" "), Span::styled(path, self.theme.title)]),
            Lead::Tabs(titles, active) => {
                let forms = [Form::Branded, Form::Plain, Form::Digits];
                let lines = forms.map(|form| tabs(self.theme, titles, active, form));
                lines.iter().find(|line| line.width() <= room).unwrap_or(&lines[2]).clone()
            }
        };
        buf.set_line(area.x, area.y, &truncate_line(&lead, room, ellipsis), area.width);
        let right = area.right().saturating_sub(status.width() as u16 + 1);
        buf.set_line(right, area.y, &status, area.width);
    }
}

/// How much of the tabs is shown, by the room there is.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    Branded,
    Plain,
    /// Only the title of the active one.
    Digits,
}

fn tabs(theme: &Theme, titles: &[&str], active: usize, form: Form) -> Line<'static> {
    let mut spans = vec![Span::raw(" ")];
    if form == Form::Branded {
        spans.extend([Span::styled("sysdrill", theme.text.add_modifier(Modifier::BOLD)), Span::raw("   ")]);
    }
    for (tab, title) in titles.iter().enumerate() {
        let digit = (tab + 1).to_string();
        if tab == active {
            let style = theme.title.add_modifier(Modifier::UNDERLINED);
            spans.extend([Span::styled(digit, theme.title), Span::raw(" "), Span::styled((*title).to_owned(), style)]);
        } else {
            spans.push(Span::styled(digit, theme.muted));
            if form != Form::Digits {
                spans.extend([Span::raw(" "), Span::styled((*title).to_owned(), theme.text)]);
            }
        }
        spans.push(Span::raw("  "));
    }
    spans.pop();
    Line::from(spans)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(width: u16, status: &str) -> String {
        let theme = Theme::default();
        let area = Rect::new(0, 0, width, 1);
        let mut buf = Buffer::empty(area);
        let titles = ["Today", "Library", "Cards"];
        Header { theme: &theme, lead: Lead::Tabs(&titles, 0), status: Line::from(status.to_owned()) }
            .render(area, &mut buf);
        (0..width).map(|x| buf[(x, 0)].symbol()).collect::<String>().trim_end().to_owned()
    }

    #[test]
    fn the_tabs_keep_their_names_before_the_status_keeps_its_place() {
        assert_eq!(row(40, "in 28 d"), " 1 Today  2 Library  3 Cards    in 28 d");
        assert_eq!(row(32, "in 28 d"), " 1 Today  2 Library  3 Cards");
        assert_eq!(row(24, "in 28 d"), " 1 Today  2  3  in 28 d");
    }
}
