//! What is said where there is nothing to show: why, and which key leads on.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::text::width;
use super::wrap::wrap;
use crate::tui::theme::Theme;

/// A sentence and a key in the middle of an area.
#[derive(Clone, Debug)]
pub struct Empty<'a> {
    /// Looks.
    pub theme: &'a Theme,
    /// Why there is nothing.
    pub why: &'a str,
    /// A key as a reader sees it and what it does; an empty key says only the words.
    pub next: (String, &'a str),
}

impl Empty<'_> {
    /// Draws it a third from the top of the area.
    pub fn draw(self, area: Rect, buf: &mut Buffer) {
        let lines = wrap(self.why, usize::from(area.width.saturating_sub(4).min(60)));
        let height = lines.len() as u16 + 2;
        let mut y = area.y + area.height.saturating_sub(height) / 3;
        for line in lines {
            centre(&Line::styled(line, self.theme.text), area, y, buf);
            y += 1;
        }
        let (key, does) = &self.next;
        let gap = if width(key) > 0 { " " } else { "" };
        let next = Line::from(vec![
            Span::styled(key.clone(), self.theme.key),
            Span::raw(gap),
            Span::styled(*does, self.theme.muted),
        ]);
        centre(&next, area, y + 1, buf);
    }
}

fn centre(line: &Line<'_>, area: Rect, y: u16, buf: &mut Buffer) {
    if y < area.bottom() {
        let left = area.width.saturating_sub(line.width() as u16) / 2;
        buf.set_line(area.x + left, y, line, area.width - left);
    }
}
