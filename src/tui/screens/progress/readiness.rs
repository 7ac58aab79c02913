//! How ready each topic is now, and will be on the day of the interview.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Section;
use crate::recall;
use crate::tui::screen::Cx;
use crate::tui::theme::Theme;
use crate::tui::widgets::bar::{bar, percent};
use crate::tui::widgets::text::{truncate, width};

/// Topics that were begun, in the library's order.
#[derive(Debug)]
pub(super) struct Readiness {
    topics: Vec<(String, recall::Readiness)>,
    /// How many topics were not begun.
    others: usize,
}

impl Readiness {
    pub(super) fn of(cx: &Cx<'_>) -> Self {
        let readiness = cx.world.readiness(cx.now);
        let (topics, others): (Vec<_>, Vec<_>) = readiness.into_iter().partition(|(_, topic)| topic.begun > 0);
        Self { topics, others: others.len() }
    }
}

impl Section for Readiness {
    fn title(&self) -> &'static str {
        "Readiness"
    }

    fn height(&self, _width: u16) -> u16 {
        self.topics.len() as u16 + u16::from(self.others > 0)
    }

    fn draw(&self, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let has_date = self.topics.iter().any(|(_, topic)| topic.on_the_day.is_some());
        let numbers = if has_date { 7 + 13 } else { 7 };
        let room = usize::from(area.width);
        let columns = if room >= 64 { 16 } else { 8 };
        let titles = room.saturating_sub(columns + numbers).min(44);
        for ((title, topic), y) in self.topics.iter().zip(area.y..area.bottom()) {
            let title = truncate(title, titles.saturating_sub(1), theme.glyphs.ellipsis);
            let air = titles.saturating_sub(width(&title));
            let mut line = Line::from(vec![Span::styled(title, theme.text), Span::raw(" ".repeat(air))]);
            line.extend(bar(theme, topic.readiness, columns, theme.accent));
            line.push_span(Span::styled(format!("{:>7}", percent(topic.readiness)), theme.text));
            if let Some(then) = topic.on_the_day {
                line.push_span(Span::styled(format!(" then {}", percent(then)), theme.muted));
            }
            buf.set_line(area.x, y, &line, area.width);
        }
        let below = area.y + self.topics.len() as u16;
        if self.others > 0 && below < area.bottom() {
            let topics = if self.others == 1 { "topic" } else { "topics" };
            buf.set_string(area.x, below, format!("{} {topics} not begun", self.others), theme.muted);
        }
    }
}
