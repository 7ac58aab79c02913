//! A sentence at the lower right, over whatever is there.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

use super::panel::Panel;
use super::text::width;
use super::wrap::wrap;
use crate::tui::theme::Theme;

/// A sentence with the sign and the colour of how it is meant.
#[derive(Clone, Copy, Debug)]
pub struct Toast<'a> {
    /// Looks.
    pub theme: &'a Theme,
    /// What it says.
    pub text: &'a str,
    /// Beside the text, so that colour is never alone; may be empty.
    pub sign: &'a str,
    /// Of sign and text.
    pub style: Style,
}

impl Toast<'_> {
    /// Draws it at the lower right of `area` and returns the rest of the area above.
    pub fn draw(self, area: Rect, buf: &mut Buffer) -> Rect {
        let text = if self.sign.is_empty() { self.text.to_owned() } else { format!("{} {}", self.sign, self.text) };
        let widest = usize::from(area.width.min(64)).saturating_sub(4);
        let lines = wrap(&text, widest);
        let columns = lines.iter().map(|line| width(line)).max().unwrap_or(0);
        let width = (columns as u16 + 4).min(area.width);
        let height = (lines.len() as u16).saturating_add(2).min(area.height);
        let toast = Rect { x: area.right() - width, y: area.bottom() - height, width, height };
        Clear.render(toast, buf);
        let inner = Panel::new(self.theme, "").draw(toast, buf);
        for (y, line) in (inner.y..inner.bottom()).zip(lines) {
            buf.set_stringn(inner.x, y, line, inner.width.into(), self.style);
        }
        Rect { height: area.height - height, ..area }
    }
}
