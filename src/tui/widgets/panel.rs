//! A frame around things that belong together, and areas in the middle of others.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Borders, Clear, Widget};

use crate::tui::theme::Theme;

/// A rounded border with an optional title.
#[derive(Clone, Debug)]
pub struct Panel<'a> {
    theme: &'a Theme,
    title: &'a str,
    note: Line<'a>,
    is_focused: bool,
}

impl<'a> Panel<'a> {
    /// A panel with a title; an empty one leaves the border whole.
    pub fn new(theme: &'a Theme, title: &'a str) -> Self {
        Self { theme, title, note: Line::default(), is_focused: false }
    }

    /// Something short at the right end of the top border: a count, a state.
    #[must_use]
    pub fn note(mut self, note: impl Into<Line<'a>>) -> Self {
        self.note = note.into();
        self
    }

    /// Shows where keys go, for screens with several panels.
    #[must_use]
    pub fn focused(mut self, is_focused: bool) -> Self {
        self.is_focused = is_focused;
        self
    }

    /// Draws the border and returns the area inside, with a column of air at either side.
    pub fn draw(self, area: Rect, buf: &mut Buffer) -> Rect {
        let border = if self.is_focused { self.theme.accent } else { self.theme.border };
        let mut block = Block::new().borders(Borders::ALL).border_set(self.theme.glyphs.border).border_style(border);
        if !self.title.is_empty() {
            block = block.title_top(Span::styled(format!(" {} ", self.title), self.theme.title));
        }
        if self.note.width() > 0 {
            let mut note = self.note;
            note.spans.insert(0, Span::raw(" "));
            note.push_span(" ");
            block = block.title_top(note.right_aligned());
        }
        block.render(area, buf);
        Self::inner(area)
    }

    /// The area inside a panel that covers `area`, for those who lay out before they draw.
    pub fn inner(area: Rect) -> Rect {
        let inner = Block::bordered().inner(area);
        let air = u16::from(inner.width > 2);
        Rect { x: inner.x + air, width: inner.width - 2 * air, ..inner }
    }
}

/// An area of at most `width` by `height` in the middle of another, cleared to draw on.
pub fn popup(area: Rect, width: u16, height: u16, buf: &mut Buffer) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    let popup = Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 3, width, height };
    Clear.render(popup, buf);
    popup
}
