//! What stands where there is nothing yet: why, and what to press.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::wrap::wrap;
use crate::tui::theme::Theme;

/// The reason and the next step.
#[derive(Clone, Copy, Debug)]
pub struct Empty<'a> {
    /// Looks.
    pub theme: &'a Theme,
    /// Why there is nothing, as a sentence.
    pub why: &'a str,
    /// The key to press now and what it does; may be empty.
    pub next: &'a [(String, &'a str)],
}

impl Empty<'_> {
    /// Draws it in the upper third of an area, left-aligned like everything else.
    pub fn draw(self, area: Rect, buf: &mut Buffer) {
        let columns = usize::from(area.width.saturating_sub(2)).min(72);
        let sentence = wrap(self.why, columns).into_iter().map(|line| Line::styled(line.to_owned(), self.theme.text));
        let keys = self.next.iter().map(|(key, does)| {
            Line::from(vec![
                Span::styled(key.clone(), self.theme.key),
                Span::styled(format!("  {does}"), self.theme.muted),
            ])
        });
        let lines: Vec<_> = sentence.chain([Line::default()]).chain(keys).collect();
        let top = area.y + area.height.saturating_sub(lines.len() as u16) / 3;
        for (line, y) in lines.iter().zip(top..area.bottom()) {
            buf.set_line(area.x + 1, y, line, area.width.saturating_sub(1));
        }
    }
}
