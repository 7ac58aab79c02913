//! Places within a TOML file, so that a wrong expression in content is found where it stands.

use std::ops::Range;

use serde::de::DeserializeOwned;

use super::error::Error;
use crate::content::{Place, Problem, SPELLED_OUT, spelled_out};

/// A file of content: its path as given, and its text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Source<'a> {
    pub(super) file: &'a str,
    pub(super) text: &'a str,
}

impl Source<'_> {
    /// The file as data, or what is wrong with it.
    pub(super) fn read<T: DeserializeOwned>(self) -> Result<T, Problem> {
        if let Some(at) = spelled_out(self.text) {
            return Err(self.problem(at, SPELLED_OUT));
        }
        toml::from_str(self.text).map_err(|error| self.problem(error.span().unwrap_or(0..0).start, error.message()))
    }

    /// A problem at a byte of the file.
    pub(super) fn problem(self, at: usize, message: impl Into<String>) -> Problem {
        Problem { place: self.place(at), message: message.into() }
    }

    /// The problem of an expression that is a value of the file. `span` covers the value with its quotes.
    pub(super) fn expression_problem(self, span: &Range<usize>, error: &Error) -> Problem {
        let quotes = if self.text.get(span.clone()).is_some_and(|value| value.starts_with("\"\"\"")) { 3 } else { 1 };
        let message = match &error.suggestion {
            Some(suggestion) => format!("{}; {suggestion}", error.message),
            None => error.message.clone(),
        };
        self.problem(span.start + quotes + error.span.start, message)
    }

    /// Line and column of a byte of the file.
    pub(super) fn place(self, at: usize) -> Place {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Place {
            file: self.file.to_owned(),
            line: count(before.matches('\n').count() + 1),
            column: count(before[line_start..].chars().count() + 1),
        }
    }
}
