//! The last row: the keys that matter now.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::tui::theme::Theme;

/// The last row of the screen. What does not fit is left out, the last key (help) never is.
#[derive(Clone, Copy, Debug)]
pub struct Footer<'a> {
    /// Looks.
    pub theme: &'a Theme,
    /// Keys as a reader sees them and what they do, what matters first.
    pub keys: &'a [(String, &'a str)],
}

impl Widget for Footer<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let Some((last, others)) = self.keys.split_last() else { return };
        let tail = hint(self.theme, last);
        let room = usize::from(area.width).saturating_sub(tail.width() + 1);
        let mut line = Line::from(" ");
        for key in others {
            let next = hint(self.theme, key);
            if line.width() + next.width() + 3 > room {
                break;
            }
            line.extend(next.spans);
            line.push_span("   ");
        }
        line.extend(tail.spans);
        buf.set_line(area.x, area.y, &line, area.width);
    }
}

/// A key and what it does, as in the footer.
pub fn hint<'a>(theme: &Theme, (key, help): &(String, &'a str)) -> Line<'a> {
    Line::from(vec![Span::styled(key.clone(), theme.key), Span::raw(" "), Span::styled(*help, theme.muted)])
}
