//! What the interviewer has said, newest last.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::tui::theme::Theme;
use crate::tui::widgets::wrap::wrap;

/// Something that was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) how: How,
    pub(super) text: String,
}

/// How it is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// The task, a prompt, a question.
    Word,
    /// An answer to a clarifying question.
    Answer,
    /// The design to be taken apart.
    Design,
    /// Help that costs independence.
    Hint,
    /// A change of the problem.
    Curveball,
    /// The time is nearly up, or up.
    Time,
}

impl How {
    fn label(self) -> &'static str {
        match self {
            Self::Word => "",
            Self::Answer => "answer",
            Self::Design => "the design",
            Self::Hint => "hint",
            Self::Curveball => "curveball",
            Self::Time => "time",
        }
    }

    fn style(self, theme: &Theme) -> Style {
        match self {
            Self::Word | Self::Design => theme.text,
            Self::Answer => theme.accent,
            Self::Hint => theme.code,
            Self::Curveball | Self::Time => theme.warn,
        }
    }
}

/// Draws as much as fits from the end; `back` rows further up where one looks back.
pub(super) fn draw(theme: &Theme, said: &[Said], back: usize, area: Rect, buf: &mut Buffer) {
    let lines = lines(theme, said, usize::from(area.width));
    let height = usize::from(area.height);
    let top = lines.len().saturating_sub(height).saturating_sub(back);
    for (line, y) in lines.iter().skip(top).zip(area.y..area.bottom()) {
        buf.set_line(area.x, y, line, area.width);
    }
}

/// How many rows can be looked back over.
pub(super) fn hidden(theme: &Theme, said: &[Said], area: Rect) -> usize {
    lines(theme, said, usize::from(area.width)).len().saturating_sub(usize::from(area.height))
}

fn lines(theme: &Theme, said: &[Said], columns: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for one in said {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        let label = one.how.label();
        if !label.is_empty() {
            lines.push(Line::from(Span::styled(label, theme.muted)));
        }
        // Only what was said last stands out.
        let style = one.how.style(theme);
        lines.extend(wrap(one.text.trim(), columns).into_iter().map(|line| Line::styled(line.to_owned(), style)));
    }
    lines
}
