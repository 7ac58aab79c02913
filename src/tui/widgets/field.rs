//! A line of text that is being typed.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use tui_input::{Input, InputRequest};
use unicode_segmentation::UnicodeSegmentation;

use super::text::{prefix, width};
use crate::tui::key::{Code, Key};

/// More than anyone types on one line; the rest of a longer paste is left out.
const LONGEST: usize = 512;

/// The text and its cursor.
#[derive(Clone, Debug, Default)]
pub struct Field {
    input: Input,
    /// Whether the whole text is selected: typing replaces it, any other edit works on it.
    is_offered: bool,
}

impl Field {
    /// A field with a text and the cursor behind it.
    pub fn with(text: impl Into<String>) -> Self {
        Self { input: Input::new(text.into()), is_offered: false }
    }

    /// A field with a text to be replaced: it is selected until the first key.
    pub fn offered(text: impl Into<String>) -> Self {
        let field = Self::with(text);
        Self { is_offered: !field.value().is_empty(), ..field }
    }

    /// What was typed.
    pub fn value(&self) -> &str {
        self.input.value()
    }

    /// Empties the field.
    pub fn clear(&mut self) {
        self.input.reset();
        self.is_offered = false;
    }

    /// Types or edits; returns whether the text has changed.
    pub fn key(&mut self, key: Key) -> bool {
        if std::mem::take(&mut self.is_offered) && key.printable().is_some() {
            self.clear();
        }
        let room = self.value().len() < LONGEST;
        let request = match (key.code, key.printable()) {
            (_, Some(c)) if room => InputRequest::InsertChar(c),
            (Code::Backspace, _) if key.mods.ctrl || key.mods.alt => InputRequest::DeletePrevWord,
            (Code::Backspace, _) => InputRequest::DeletePrevChar,
            (Code::Delete, _) => InputRequest::DeleteNextChar,
            (Code::Left, _) if key.mods.ctrl || key.mods.alt => InputRequest::GoToPrevWord,
            (Code::Right, _) if key.mods.ctrl || key.mods.alt => InputRequest::GoToNextWord,
            (Code::Left, _) => InputRequest::GoToPrevChar,
            (Code::Right, _) => InputRequest::GoToNextChar,
            (Code::Home, _) => InputRequest::GoToStart,
            (Code::End, _) => InputRequest::GoToEnd,
            (Code::Char('a'), _) if key.mods.ctrl => InputRequest::GoToStart,
            (Code::Char('e'), _) if key.mods.ctrl => InputRequest::GoToEnd,
            (Code::Char('w'), _) if key.mods.ctrl => InputRequest::DeletePrevWord,
            (Code::Char('u'), _) if key.mods.ctrl => InputRequest::DeleteFromStart,
            (Code::Char('k'), _) if key.mods.ctrl => InputRequest::DeleteTillEnd,
            _ => return false,
        };
        self.input.handle(request).is_some_and(|change| change.value)
    }

    /// Inserts a paste as one edit; its lines become one.
    pub fn paste(&mut self, text: &str) {
        if std::mem::take(&mut self.is_offered) {
            self.clear();
        }
        let room = LONGEST.saturating_sub(self.value().len());
        for c in text.chars().take(room) {
            let c = if matches!(c, '\n' | '\t') { ' ' } else { c };
            self.input.handle(InputRequest::InsertChar(c));
        }
    }

    /// Draws the part around the cursor on one row and returns where the cursor is.
    pub fn draw(&self, style: Style, area: Rect, buf: &mut Buffer) -> Position {
        let columns = usize::from(area.width);
        let before: String = self.value().chars().take(self.input.cursor()).collect();
        let cursor = width(&before);
        // The cursor itself takes a column behind the text.
        let hidden = (cursor + 1).saturating_sub(columns);
        let start = skip(self.value(), hidden);
        let shown = prefix(&self.value()[start..], columns);
        let style = if self.is_offered { style.add_modifier(Modifier::REVERSED) } else { style };
        buf.set_string(area.x, area.y, shown, style);
        let column = cursor - width(&self.value()[..start]).min(cursor);
        Position::new(area.x + column as u16, area.y)
    }
}

/// Where the text begins when at least `columns` of it are left out.
fn skip(text: &str, columns: usize) -> usize {
    let mut left_out = 0;
    for (start, grapheme) in text.grapheme_indices(true) {
        if left_out >= columns {
            return start;
        }
        left_out += width(grapheme);
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Types `text`, presses `keys`, and compares what is shown in ten columns and where the cursor is.
    fn check(text: &str, keys: &str, shown: &str, cursor: u16) {
        let mut field = Field::default();
        text.chars().for_each(|c| _ = field.key(Key::char(c)));
        keys.split_whitespace().for_each(|key| _ = field.key(key.parse().expect("a key")));
        let area = Rect::new(0, 0, 10, 1);
        let mut buf = Buffer::empty(area);
        let position = field.draw(Style::new(), area, &mut buf);
        let row: String = buf.content.iter().map(|cell| cell.symbol()).collect();
        assert_eq!((row.trim_end(), position.x), (shown, cursor));
    }

    #[test]
    fn the_cursor_stays_in_view() {
        check("ring", "", "ring", 4);
        check("ring", "home", "ring", 0);
        check("consistent hashing", "", "t hashing", 9);
        check("consistent hashing", "home", "consistent", 0);
        check("分片分片分片", "", "分 片 分 片", 8);
    }

    #[test]
    fn words_are_deleted_whole() {
        check("consistent hashing", "ctrl-w", "nsistent", 9);
        check("consistent hashing", "ctrl-u", "", 0);
        check("ring", "left left ctrl-k", "ri", 2);
        check("ring", "backspace", "rin", 3);
    }

    #[test]
    fn an_offered_text_is_replaced_by_typing_and_edited_by_other_keys() {
        let after = |keys: &str| {
            let mut field = Field::offered("zipf:1.0");
            keys.split_whitespace().for_each(|key| _ = field.key(key.parse().expect("a key")));
            field.value().to_owned()
        };
        assert_eq!(after("2 0"), "20");
        assert_eq!(after("backspace 7"), "zipf:1.7");
        assert_eq!(after("home x"), "xzipf:1.0");
        let mut field = Field::offered("8");
        let mut buf = Buffer::empty(Rect::new(0, 0, 4, 1));
        field.draw(Style::new(), buf.area, &mut buf);
        assert_eq!(buf[(0, 0)].modifier, Modifier::REVERSED, "one sees that it is selected");
        field.paste("64");
        assert_eq!(field.value(), "64");
    }

    #[test]
    fn a_paste_is_one_line_and_bounded() {
        let mut field = Field::with("a");
        field.paste("b\nc\td");
        assert_eq!(field.value(), "ab c d");
        field.paste(&"x".repeat(1 << 20));
        assert!(field.value().len() <= LONGEST);
    }
}
