//! What cannot be read in a design, with its place and a remedy.

use std::fmt;

/// Something in a line of a design that says nothing, or not enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line of the text, from 0.
    pub line: usize,
    /// The character in that line, from 0.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to write in its place.
    pub remedy: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}; {}", self.line + 1, self.column + 1, self.message, self.remedy)
    }
}
