//! The views there are, and what stands around each: the head, the command line, and how far the load is.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::CacheLab;
use crate::tui::theme::Theme;
use crate::tui::widgets::bar::{bar, percent};
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::{truncate, width};
use crate::tui::widgets::wrap::wrap;

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    Live,
    Compare,
    Strategies,
    Stampede,
}

impl View {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Live, "Live"),
        (Self::Compare, "Compare"),
        (Self::Strategies, "Strategies"),
        (Self::Stampede, "Stampede"),
    ];

    /// The view so many further, going round.
    pub(super) fn step(self, by: isize) -> Self {
        let at = Self::ALL.iter().position(|(view, _)| *view == self).unwrap_or(0) as isize;
        Self::ALL[(at + by).rem_euclid(Self::ALL.len() as isize) as usize].0
    }

    /// Whether parameters are turned in it, instead of requests served.
    pub(super) fn has_knobs(self) -> bool {
        matches!(self, Self::Strategies | Self::Stampede)
    }
}

impl CacheLab {
    pub(super) fn draw_head(&self, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let mut line = Line::from(" ");
        for (view, title) in View::ALL {
            let style = if view == self.view { theme.title.add_modifier(Modifier::UNDERLINED) } else { theme.muted };
            line.extend([Span::styled(title, style), Span::raw("   ")]);
        }
        let summary = self.setup.summary(theme.glyphs.dot);
        let room = usize::from(area.width).saturating_sub(line.width() + 2);
        buf.set_line(area.x, area.y, &line, area.width);
        if !self.view.has_knobs() && room > 12 {
            let summary = truncate(&summary, room, theme.glyphs.ellipsis);
            let x = area.right().saturating_sub(width(&summary) as u16 + 1);
            buf.set_string(x, area.y, summary, theme.text);
        }
    }

    pub(super) fn draw_command(&self, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let room = usize::from(area.width).saturating_sub(3);
        let command = truncate(&self.command(), room, theme.glyphs.ellipsis);
        let line = Line::from(vec![Span::styled(" $ ", theme.border), Span::styled(command, theme.muted)]);
        buf.set_line(area.x, area.y, &line, area.width);
    }

    /// Instead of caches: how far the load is, or why there is none.
    pub(super) fn draw_waiting(&self, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let inner = Panel::new(theme, "Requests").draw(area, buf);
        let room = usize::from(inner.width);
        if let Some(failure) = &self.failure {
            let text = format!("{} {failure}", theme.glyphs.no);
            for (line, y) in wrap(&text, room).iter().zip(inner.y..inner.bottom()) {
                buf.set_string(inner.x, y, line, theme.bad);
            }
            return;
        }
        buf.set_stringn(inner.x, inner.y, "Fetching the requests; s stops.", room, theme.text);
        buf.set_line(inner.x, inner.y + 1, &progress(theme, self.share, room, 50), inner.width);
    }
}

/// How far a job is, as a bar of at most so many columns and a number.
pub(super) fn progress(theme: &Theme, share: f64, room: usize, most: usize) -> Line<'static> {
    let [full, rest] = bar(theme, share, room.saturating_sub(8).min(most), theme.accent);
    Line::from(vec![full, rest, Span::raw(percent(share))])
}
