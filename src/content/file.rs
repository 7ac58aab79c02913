//! One file as it is parsed: its text, its name and the way from a byte offset to a place.

use super::model::{Place, Problem};

/// A file's cleaned text with the index that turns offsets into places.
pub(super) struct File<'a> {
    pub(super) name: &'a str,
    pub(super) text: &'a str,
    line_starts: Vec<usize>,
}

impl<'a> File<'a> {
    pub(super) fn new(name: &'a str, text: &'a str) -> Self {
        let after_newlines = text.match_indices('\n').map(|(newline, _)| newline + 1);
        Self { name, text, line_starts: std::iter::once(0).chain(after_newlines).collect() }
    }

    /// The folder that holds the file, as an id is read from it.
    pub(super) fn folder(&self) -> Option<&'a str> {
        let mut parts = self.name.rsplit('/');
        parts.next();
        parts.next().filter(|folder| !folder.is_empty())
    }

    /// The file's name without its folders.
    pub(super) fn base_name(&self) -> &'a str {
        self.name.rsplit('/').next().unwrap_or(self.name)
    }

    /// The file's name without folders and extension.
    pub(super) fn stem(&self) -> &'a str {
        self.base_name().rsplit_once('.').map_or(self.base_name(), |(stem, _)| stem)
    }

    /// The line of a byte offset, from 0.
    pub(super) fn line_of(&self, at: usize) -> usize {
        self.line_starts.partition_point(|&start| start <= at).saturating_sub(1)
    }

    pub(super) fn place(&self, at: usize) -> Place {
        let at = self.text.floor_char_boundary(at);
        let line = self.line_of(at);
        let column = self.text[self.line_starts[line]..at].chars().count();
        Place { file: self.name.to_owned(), line: number(line + 1), column: number(column + 1) }
    }

    pub(super) fn problem(&self, at: usize, message: impl Into<String>) -> Problem {
        Problem { place: self.place(at), message: message.into() }
    }
}

/// A count as places keep it; a file is far shorter than what it holds.
pub(super) fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
