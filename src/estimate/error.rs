//! What can be wrong with a line, where, and what to write instead.

use std::fmt::Write as _;
use std::ops::Range;

/// Why a line has no value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// What sort of error it is.
    pub kind: ErrorKind,
    /// What is wrong, as one sentence without a full stop.
    pub message: String,
    /// The line of the sheet, from 1; 1 for a single expression.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
    /// The bytes of the line that are meant.
    pub span: Range<usize>,
    /// What to write instead.
    pub suggestion: Option<String>,
}

/// The sorts of error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The text is not an expression.
    Syntax,
    /// A word is neither a name nor a unit nor a function.
    Unknown,
    /// Dimensions clash.
    Dimension,
    /// Division by zero, overflow, an argument out of range.
    Arithmetic,
    /// Longer, deeper or slower than is allowed.
    Limit,
    /// A name depends on itself, is defined twice, or on a line that has no value.
    Name,
}

impl Error {
    /// The line with a caret under the place, as two lines of text; `line` is the line that was evaluated.
    pub fn caret(&self, line: &str) -> String {
        let width = line.get(self.span.clone()).map_or(1, |text| text.chars().count().max(1));
        let mut text = format!("{line}\n");
        let blank = |c: char| if c == '\t' { '\t' } else { ' ' };
        text.extend(line.chars().take(self.column as usize - 1).map(blank));
        let _ = write!(text, "{}", "^".repeat(width));
        text
    }
}

/// An error before its place is known as line and column: inside this room errors carry bytes alone.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub(super) kind: ErrorKind,
    pub(super) message: String,
    pub(super) span: Range<usize>,
    pub(super) suggestion: Option<String>,
}

impl Fault {
    pub(super) fn new(kind: ErrorKind, span: Range<usize>, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), span, suggestion: None }
    }

    pub(super) fn suggest(mut self, suggestion: impl Into<String>) -> Self {
        self.suggestion = Some(suggestion.into());
        self
    }

    /// The error as the world sees it. `text` is the whole line, `line` its number from 1.
    pub(super) fn locate(self, text: &str, line: u32) -> Error {
        let before = text.get(..self.span.start).map_or(0, |before| before.chars().count());
        Error {
            kind: self.kind,
            message: self.message,
            line,
            column: u32::try_from(before + 1).unwrap_or(u32::MAX),
            span: self.span,
            suggestion: self.suggestion,
        }
    }
}

/// The result of a step inside this room.
pub(super) type Outcome<T> = Result<T, Fault>;
