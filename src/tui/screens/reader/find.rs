//! Search within a page.

use crate::tui::widgets::field::Field;
use crate::tui::widgets::markdown::{Found, Page};

/// What is searched and what was found.
#[derive(Debug, Default)]
pub(super) struct Find {
    pub(super) phrase: Field,
    pub(super) is_typing: bool,
    pub(super) found: Vec<Found>,
    /// The match at which the reader stands, by its number.
    pub(super) current: Option<usize>,
}

impl Find {
    pub(super) fn is_active(&self) -> bool {
        self.is_typing || !self.phrase.value().is_empty()
    }

    /// How many matches there are.
    pub(super) fn count(&self) -> usize {
        self.found.last().map_or(0, |last| last.number + 1)
    }

    /// Searches anew and stands at the first match at or below a line; returns its line.
    pub(super) fn search(&mut self, page: &Page, from: usize) -> Option<usize> {
        self.found = page.find(self.phrase.value());
        let next = self.found.iter().find(|found| found.line >= from).or(self.found.first());
        self.current = next.map(|found| found.number);
        next.map(|found| found.line)
    }

    /// Goes so many matches further, around the end; returns the line.
    pub(super) fn step(&mut self, by: isize) -> Option<usize> {
        let count = isize::try_from(self.count()).ok().filter(|count| *count > 0)?;
        let at = self.current.and_then(|at| isize::try_from(at).ok()).unwrap_or(0);
        let next = usize::try_from((at + by).rem_euclid(count)).ok()?;
        self.current = Some(next);
        self.found.iter().find(|found| found.number == next).map(|found| found.line)
    }
}
