//! Whether learned cards are recalled as often as was aimed at.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Section;
use crate::recall::History;
use crate::tui::screen::Cx;
use crate::tui::theme::Theme;
use crate::tui::widgets::bar::{bar, percent};

/// What counts as lately, in days.
const LATELY: i32 = 30;

/// Retention aimed at, and reached.
#[derive(Debug)]
pub(super) struct Retention {
    desired: f64,
    lately: Option<f64>,
    ever: Option<f64>,
}

impl Retention {
    pub(super) fn of(cx: &Cx<'_>, history: &History<'_>) -> Self {
        let student = &cx.world.student;
        Self {
            desired: student.scheduler().rules().retention.get(),
            lately: history.retention(student.today(cx.now).plus(1 - LATELY)),
            ever: history.retention(crate::time::StudyDay(i32::MIN)),
        }
    }
}

impl Section for Retention {
    fn title(&self) -> &'static str {
        "Retention"
    }

    fn height(&self, _width: u16) -> u16 {
        if self.ever.is_some() { 3 } else { 2 }
    }

    fn draw(&self, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let columns = usize::from(area.width).saturating_sub(24).min(30);
        let line = |label: &str, share: f64| {
            let mut line = Line::from(Span::styled(format!("{label:<15}"), theme.muted));
            line.extend(bar(theme, share, columns, theme.accent));
            line.push_span(Span::styled(format!("{:>7}", percent(share)), theme.text));
            line
        };
        let mut lines = vec![line("aimed at", self.desired)];
        match self.ever {
            None => {
                lines.push(Line::from(Span::styled("reached: known once learned cards are asked again", theme.muted)))
            }
            Some(ever) => {
                lines.extend(self.lately.map(|lately| line("last 30 days", lately)));
                lines.push(line("all answers", ever));
            }
        }
        for (line, y) in lines.iter().zip(area.y..area.bottom()) {
            buf.set_line(area.x, y, line, area.width);
        }
    }
}
