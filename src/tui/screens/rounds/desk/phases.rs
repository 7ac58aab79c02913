//! The phases with their minutes, and the clock.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::tui::theme::Theme;
use crate::tui::widgets::text::truncate;

/// A phase as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) title: String,
    pub(super) spent: Duration,
    pub(super) budget: Duration,
    pub(super) is_open: bool,
    pub(super) was_open: bool,
}

impl Standing {
    fn sign(&self, theme: &Theme) -> &'static str {
        match (self.is_open, self.was_open) {
            (true, _) => theme.glyphs.selected,
            (false, true) => theme.glyphs.yes,
            (false, false) => theme.glyphs.dot,
        }
    }

    fn style(&self, theme: &Theme) -> Style {
        match (self.is_open, self.was_open) {
            (true, _) => theme.title,
            (false, true) => theme.text,
            (false, false) => theme.muted,
        }
    }

    /// What was spent of it, or what is planned where it has not begun.
    fn time(&self) -> String {
        clock(if self.is_open || self.was_open { self.spent } else { self.budget })
    }

    fn time_style(&self, theme: &Theme) -> Style {
        if self.spent > self.budget { theme.warn } else { theme.muted }
    }
}

/// Minutes and seconds.
pub(super) fn clock(time: Duration) -> String {
    format!("{}:{:02}", time.as_secs() / 60, time.as_secs() % 60)
}

/// One below the other: sign, title, time.
pub(super) fn draw_column(theme: &Theme, phases: &[Standing], area: Rect, buf: &mut Buffer) {
    let columns = usize::from(area.width);
    for (phase, y) in phases.iter().zip(area.y..area.bottom()) {
        let time = phase.time();
        let over = if phase.spent > phase.budget { theme.glyphs.warn } else { " " };
        let room = columns.saturating_sub(2 + 7);
        let title = truncate(&phase.title, room, theme.glyphs.ellipsis);
        let line = Line::from(vec![
            Span::styled(format!("{} ", phase.sign(theme)), theme.accent),
            Span::styled(format!("{title:<room$}"), phase.style(theme)),
            Span::styled(format!("{time:>6}{over}"), phase.time_style(theme)),
        ]);
        buf.set_line(area.x, y, &line, area.width);
    }
}

/// All in one row, for where there is no room for a column: the open one with its title, the others as far as they fit.
pub(super) fn draw_row(theme: &Theme, phases: &[Standing], area: Rect, buf: &mut Buffer) {
    let whole = |full: bool| {
        let mut line = Line::default();
        for phase in phases {
            if !line.spans.is_empty() {
                line.push_span(Span::raw("  "));
            }
            line.push_span(Span::styled(phase.sign(theme), theme.accent));
            if full || phase.is_open {
                line.push_span(Span::styled(format!(" {}", phase.title), phase.style(theme)));
            }
        }
        line
    };
    let full = whole(true);
    let line = if full.width() <= usize::from(area.width) { full } else { whole(false) };
    buf.set_line(area.x, area.y, &line, area.width);
}
