//! How often each rating was given.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Section;
use crate::recall::{History, Rating};
use crate::tui::theme::Theme;
use crate::tui::widgets::bar::{bar, percent};

/// Answers by rating, worst first.
#[derive(Debug)]
pub(super) struct Answers([u32; 4]);

impl Answers {
    pub(super) fn of(history: &History<'_>) -> Self {
        Self(history.ratings())
    }
}

impl Section for Answers {
    fn title(&self) -> &'static str {
        "Answers"
    }

    fn height(&self, _width: u16) -> u16 {
        4
    }

    fn draw(&self, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let total: u32 = self.0.iter().sum();
        let columns = usize::from(area.width).saturating_sub(30).min(30);
        for ((rating, count), y) in Rating::ALL.into_iter().zip(self.0).zip(area.y..area.bottom()) {
            let share = f64::from(count) / f64::from(total.max(1));
            let mut line = Line::from(Span::styled(format!("{:<15}", rating.name()), theme.muted));
            line.extend(bar(theme, share, columns, theme.accent));
            line.push_span(Span::styled(format!("{:>7}", percent(share)), theme.text));
            line.push_span(Span::styled(format!("{count:>7}"), theme.muted));
            buf.set_line(area.x, y, &line, area.width);
        }
    }
}
