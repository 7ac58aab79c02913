//! The last row: the keys that matter now.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::text::truncate_line;
use crate::tui::theme::Theme;

/// The last row of the screen. What does not fit is left out, but never the help.
#[derive(Clone, Debug)]
pub struct Footer<'a> {
    /// Looks.
    pub theme: &'a Theme,
    /// A screen's own words in place of the keys.
    pub own_words: Option<Line<'a>>,
    /// Keys as a reader sees them and what they do, what matters first.
    pub keys: &'a [(String, &'a str)],
    /// The key that opens the help.
    pub help: Option<(String, &'a str)>,
}

impl Widget for Footer<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let help = self.help.as_ref().map(|key| hint(self.theme, key)).unwrap_or_default();
        let room = usize::from(area.width).saturating_sub(help.width() + 4);
        let mut line = Line::from(" ");
        match self.own_words {
            Some(words) => line.extend(truncate_line(&words, room, self.theme.glyphs.ellipsis).spans),
            None => {
                let hints = self.keys.iter().map(|key| hint(self.theme, key));
                for (index, next) in hints.enumerate() {
                    let gap = if index == 0 { "" } else { GAP };
                    if line.width() + gap.len() + next.width() > room {
                        break;
                    }
                    line.push_span(gap);
                    line.extend(next.spans);
                }
            }
        }
        if line.width() > 1 {
            line.push_span(GAP);
        }
        line.extend(help.spans);
        buf.set_line(area.x, area.y, &line, area.width);
    }
}

/// Between one key and the next.
const GAP: &str = "   ";

/// A key and what it does, as in the footer.
pub fn hint<'a>(theme: &Theme, (key, help): &(String, &'a str)) -> Line<'a> {
    Line::from(vec![Span::styled(key.clone(), theme.key), Span::raw(" "), Span::styled(*help, theme.muted)])
}
