//! Text of several lines that is being typed.
//!
//! `ratatui-textarea` knows wide characters, words and wrapping, but it keeps its viewport in cells that drawing
//! changes. So the text is laid out once into a buffer of the editor's own ([`Editor::layout`]), and
//! [`Editor::draw`] only copies. Its own shortcuts are never used: a screen declares what it offers as [`Edit`]s in its
//! key table. Knows nothing of what the text means; a screen that colours a part of it or puts something beside a
//! line asks where they are ([`Editor::mark`], [`Editor::rows`]). Start reading at [`Editor::run`].

mod history;
mod view;

use ratatui::layout::Size;
use ratatui_textarea::{CursorMove, TextArea, WrapMode};

use self::history::{History, Snapshot};
use self::view::View;
use crate::tui::key::{Code, Key};

pub use self::view::Row;

/// More than anyone types; the rest of a longer paste is left out.
const LONGEST: usize = 1 << 18;

/// What can be done to the text besides typing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it all")]
pub enum Edit {
    Newline,
    DeleteBack,
    DeleteNext,
    DeleteWordBack,
    DeleteWordNext,
    /// Up to the end of the line; the line break itself where the cursor is there already.
    DeleteToEnd,
    /// The whole line.
    DeleteLine,
    Undo,
    Redo,
    Move(Motion),
    /// Moves and selects what lies between.
    Select(Motion),
    SelectAll,
}

/// Where the cursor goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it all")]
pub enum Motion {
    Left,
    Right,
    Up,
    Down,
    WordLeft,
    WordRight,
    LineStart,
    LineEnd,
    First,
    Last,
    PageUp,
    PageDown,
}

/// Whether long lines go on below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wrapping {
    /// They are cut, and the text moves sideways with the cursor.
    #[default]
    Off,
    /// They are wrapped between words.
    Words,
}

/// The text, its cursor, what can be undone, and how it was laid out last.
#[derive(Debug)]
pub struct Editor {
    area: TextArea<'static>,
    wrapping: Wrapping,
    history: History,
    view: View,
}

impl Default for Editor {
    fn default() -> Self {
        Self::with("", Wrapping::Off)
    }
}

impl Editor {
    /// An editor with a text and the cursor behind it.
    pub fn with(text: &str, wrapping: Wrapping) -> Self {
        let mut editor = Self {
            area: area_of(&text.split('\n').map(str::to_owned).collect::<Vec<_>>(), wrapping),
            wrapping,
            history: History::default(),
            view: View::default(),
        };
        editor.area.move_cursor(CursorMove::Bottom);
        editor.area.move_cursor(CursorMove::End);
        editor
    }

    /// The text; lines end with a line feed, except the last.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// The lines of the text; at least one.
    pub fn lines(&self) -> &[String] {
        self.area.lines()
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.area.is_empty()
    }

    /// The line of the cursor and the character in it, both from 0.
    pub fn cursor(&self) -> (usize, usize) {
        let cursor = self.area.cursor();
        (cursor.0, cursor.1)
    }

    /// Puts the cursor before a character of a line, both from 0, or where the text ends.
    pub fn go_to(&mut self, line: usize, character: usize) {
        self.area.cancel_selection();
        let place = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        self.area.move_cursor(CursorMove::Jump(place(line), place(character)));
        self.history.pause();
        self.view.is_stale = true;
    }

    /// The selected text, where some is selected.
    pub fn selected(&self) -> Option<String> {
        let ((from, left), (to, right)) = self.area.selection_range()?;
        let lines = &self.area.lines()[from..=to];
        let cut = |at: usize, line: &String| {
            let end = if at == to - from { right } else { usize::MAX };
            let start = if at == 0 { left } else { 0 };
            line.chars().take(end).skip(start).collect::<String>()
        };
        let text = lines.iter().enumerate().map(|(at, line)| cut(at, line)).collect::<Vec<_>>().join("\n");
        (!text.is_empty()).then_some(text)
    }

    /// Types a printable key, or edits with an arrow, Backspace, Delete, Enter, Home or End that no binding claims;
    /// returns whether the text has changed.
    pub fn key(&mut self, key: Key) -> bool {
        if let Some(c) = key.printable() {
            return self.type_char(c);
        }
        let edit = match key.code {
            Code::Enter => Edit::Newline,
            Code::Backspace => Edit::DeleteBack,
            Code::Delete => Edit::DeleteNext,
            Code::Left => Edit::Move(Motion::Left),
            Code::Right => Edit::Move(Motion::Right),
            Code::Up => Edit::Move(Motion::Up),
            Code::Down => Edit::Move(Motion::Down),
            Code::Home => Edit::Move(Motion::LineStart),
            Code::End => Edit::Move(Motion::LineEnd),
            Code::PageUp => Edit::Move(Motion::PageUp),
            Code::PageDown => Edit::Move(Motion::PageDown),
            _ => return false,
        };
        self.run(edit)
    }

    /// Inserts a text of any number of lines as one edit; a selection gives way to it.
    pub fn paste(&mut self, text: &str) -> bool {
        let room = LONGEST.saturating_sub(self.length());
        let end = text.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= room).last();
        let text = text[..end.unwrap_or(0)].replace('\t', "    ");
        !text.is_empty() && self.change(false, |area| area.insert_str(&text))
    }

    /// Replaces the whole text as one edit that can be undone; the cursor stays on its line.
    pub fn replace(&mut self, text: &str) -> bool {
        let (line, character) = self.cursor();
        let has_changed = self.text() != text
            && self.change(false, |area| {
                area.select_all();
                area.cut();
                area.insert_str(text)
            });
        self.go_to(line, character);
        has_changed
    }

    /// Edits or moves; returns whether the text has changed.
    pub fn run(&mut self, edit: Edit) -> bool {
        match edit {
            Edit::Newline => {
                self.length() < LONGEST
                    && self.change(false, |area| {
                        area.insert_newline();
                        true
                    })
            }
            Edit::DeleteBack => self.change(true, TextArea::delete_char),
            Edit::DeleteNext => self.change(true, TextArea::delete_next_char),
            Edit::DeleteWordBack => self.change(false, TextArea::delete_word),
            Edit::DeleteWordNext => self.change(false, TextArea::delete_next_word),
            Edit::DeleteToEnd => self.change(false, TextArea::delete_line_by_end),
            Edit::DeleteLine => self.delete_line(),
            Edit::Undo => {
                let now = self.snapshot();
                let then = self.history.undo(now);
                self.restore(then)
            }
            Edit::Redo => {
                let now = self.snapshot();
                let then = self.history.redo(now);
                self.restore(then)
            }
            Edit::Move(motion) => self.go(motion, false),
            Edit::Select(motion) => self.go(motion, true),
            Edit::SelectAll => {
                self.area.select_all();
                self.view.is_stale = true;
                false
            }
        }
    }

    /// Whether there is something to undo or to redo; of other edits, true.
    pub fn can(&self, edit: Edit) -> bool {
        match edit {
            Edit::Undo => self.history.has_past(),
            Edit::Redo => self.history.has_future(),
            _ => true,
        }
    }

    fn type_char(&mut self, c: char) -> bool {
        if self.length() >= LONGEST {
            return false;
        }
        // A word is undone at once, and a blank begins a new one.
        let joins = !c.is_whitespace();
        self.change(joins, |area| {
            area.insert_char(c);
            true
        })
    }

    fn delete_line(&mut self) -> bool {
        let (line, _) = self.cursor();
        self.change(false, |area| {
            area.cancel_selection();
            area.move_cursor(CursorMove::Head);
            area.start_selection();
            if line + 1 < area.lines().len() {
                area.move_cursor(CursorMove::Down);
                area.move_cursor(CursorMove::Head);
            } else {
                area.move_cursor(CursorMove::End);
            }
            let cut = area.cut();
            // The last line takes the line break before it along.
            let last = line > 0 && line + 1 == area.lines().len() && area.lines()[line].is_empty();
            (last && area.delete_newline()) || cut
        })
    }

    /// Changes the text and remembers how it was; `joins` says that it may be undone together with the change before.
    fn change(&mut self, joins: bool, how: impl FnOnce(&mut TextArea<'static>) -> bool) -> bool {
        let before = self.snapshot();
        how(&mut self.area);
        self.area.cancel_selection();
        self.view.is_stale = true;
        let has_changed = self.area.lines() != before.lines;
        if has_changed {
            self.history.push(before, joins);
        }
        has_changed
    }

    fn go(&mut self, motion: Motion, selects: bool) -> bool {
        if !selects {
            self.area.cancel_selection();
        } else if !self.area.is_selecting() {
            self.area.start_selection();
        }
        self.history.pause();
        self.view.is_stale = true;
        let page = usize::from(self.view.size().height.saturating_sub(1)).max(1);
        let (times, step) = match motion {
            Motion::Left => (1, CursorMove::Back),
            Motion::Right => (1, CursorMove::Forward),
            Motion::Up => (1, CursorMove::Up),
            Motion::Down => (1, CursorMove::Down),
            Motion::WordLeft => (1, CursorMove::WordBack),
            Motion::WordRight => (1, CursorMove::WordForward),
            Motion::LineStart => (1, CursorMove::Head),
            Motion::LineEnd => (1, CursorMove::End),
            Motion::First => (1, CursorMove::Jump(0, 0)),
            Motion::Last => (1, CursorMove::Jump(u16::MAX, u16::MAX)),
            Motion::PageUp => (page, CursorMove::Up),
            Motion::PageDown => (page, CursorMove::Down),
        };
        (0..times).for_each(|_| self.area.move_cursor(step));
        false
    }

    /// In bytes.
    fn length(&self) -> usize {
        self.area.lines().iter().map(|line| line.len() + 1).sum()
    }

    fn snapshot(&self) -> Snapshot {
        Snapshot { lines: self.area.lines().to_vec(), cursor: self.cursor() }
    }

    fn restore(&mut self, then: Option<Snapshot>) -> bool {
        let Some(Snapshot { lines, cursor: (line, character) }) = then else { return false };
        self.area = area_of(&lines, self.wrapping);
        self.view.prime(&self.area);
        self.go_to(line, character);
        true
    }

    /// Lays the text out for an area of this size, with the cursor in view. Cheap while nothing has changed.
    pub fn layout(&mut self, size: Size, looks: Looks) {
        self.view.lay_out(&mut self.area, size, looks);
    }
}

/// How the parts of an editor look.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Looks {
    /// Running text.
    pub text: ratatui::style::Style,
    /// Selected text; patched over the rest.
    pub selection: ratatui::style::Style,
}

fn area_of(lines: &[String], wrapping: Wrapping) -> TextArea<'static> {
    let mut area = TextArea::new(lines.to_vec());
    area.set_max_histories(0);
    area.set_tab_length(4);
    // The terminal's own cursor is shown instead of a painted one.
    area.set_cursor_style(ratatui::style::Style::new());
    area.set_cursor_line_style(ratatui::style::Style::new());
    area.set_wrap_mode(match wrapping {
        Wrapping::Off => WrapMode::None,
        Wrapping::Words => WrapMode::WordOrGlyph,
    });
    area
}

#[cfg(test)]
mod tests;
