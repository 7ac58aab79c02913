//! What the lines of a sheet come to, kept while the text stays as it is.

use std::ops::Range;
use std::sync::Arc;

use crate::estimate::{Derivation, Draws, Error, LineResult, Results, Share, Sheet};
use crate::library::Library;
use crate::tui::job::{Inbox, Job};

/// The tag of the job that computes shares.
pub(super) const SHARES: &str = "paper shares";

/// A sheet with its values.
#[derive(Debug)]
pub(super) struct Sums {
    sheet: Sheet,
    results: Arc<Results>,
    /// Kept, so that a sheet that is typed on is not drawn anew at every key.
    draws: Draws,
    shares: Shares,
}

/// Which inputs drive the spread of one line.
#[derive(Debug, Default)]
struct Shares {
    line: Option<usize>,
    found: Vec<Share>,
    inbox: Option<Inbox<(usize, Vec<Share>)>>,
}

impl Sums {
    pub(super) fn of(text: &str, library: &Library, seed: u64) -> Self {
        let sheet = Sheet::with_numbers(text, library.numbers());
        let mut draws = Draws::new(seed);
        let results = Arc::new(sheet.evaluate_with(&mut draws));
        Self { sheet, results, draws, shares: Shares::default() }
    }

    /// The text has changed.
    pub(super) fn update(&mut self, text: &str, library: &Library) {
        self.sheet = Sheet::with_numbers(text, library.numbers());
        self.results = Arc::new(self.sheet.evaluate_with(&mut self.draws));
        self.shares = Shares::default();
    }

    pub(super) fn lines(&self) -> &[LineResult] {
        &self.results.lines
    }

    pub(super) fn line(&self, line: usize) -> Option<&LineResult> {
        self.results.lines.get(line)
    }

    pub(super) fn derivation(&self, line: usize) -> Option<Derivation> {
        self.sheet.derive(line, &self.results)
    }

    /// Which inputs drive the spread of a line, strongest first, as far as that is known already.
    pub(super) fn shares(&self, line: usize) -> &[Share] {
        if self.shares.line == Some(line) { &self.shares.found } else { &[] }
    }

    /// A job for the shares of a line, where it is uncertain and they are neither known nor under way: they take longer
    /// than a key press may.
    pub(super) fn look_for_shares(&mut self, line: usize) -> Option<Job> {
        let is_uncertain = self.line(line).is_some_and(|line| line.spread.is_some());
        if !is_uncertain || self.shares.line == Some(line) {
            return None;
        }
        let results = Arc::clone(&self.results);
        let (job, inbox) = Job::new(SHARES, move |_| (line, results.sensitivity(line)));
        self.shares = Shares { line: Some(line), found: Vec::new(), inbox: Some(inbox) };
        Some(job)
    }

    /// Takes what the job has found, unless the text has changed since.
    pub(super) fn take_shares(&mut self) {
        if let Some((line, found)) = self.shares.inbox.as_ref().and_then(Inbox::take)
            && self.shares.line == Some(line)
        {
            self.shares.found = found;
        }
    }
}

/// The characters that an error means.
pub(super) fn characters(text: &str, error: &Error) -> Range<usize> {
    let count = |end: usize| text.get(..end).map_or(0, |before| before.chars().count());
    let start = count(error.span.start);
    start..count(error.span.end).max(start + 1)
}

/// Whether the error only says that the line is not written to its end yet.
pub(super) fn is_unfinished(text: &str, error: &Error) -> bool {
    error.span.start >= text.trim_end().len()
}

/// A line with its value asked for in a unit, in place of the unit that it had, if any.
pub(super) fn converted(line: &str, unit: &str) -> String {
    let end = line.find(['#', '→']).unwrap_or(line.len());
    let (sum, comment) = line.split_at(end);
    let mut depth = 0;
    let mut place = None;
    for (at, c) in sum.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ' ' if depth == 0 && [" to ", " in "].iter().any(|to| sum[at..].starts_with(to)) => place = Some(at),
            _ => {}
        }
    }
    let kept = sum[..place.unwrap_or(sum.len())].trim_end();
    let gap = if comment.is_empty() { "" } else { "  " };
    format!("{kept} to {unit}{gap}{comment}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_converted_once() {
        let check = |line: &str, expect: &str| assert_eq!(converted(line, "TiB"), expect);
        check("stored = qps * size", "stored = qps * size to TiB");
        check("stored = qps * size to PB", "stored = qps * size to TiB");
        check("stored = qps * size in PB", "stored = qps * size to TiB");
        check("ceil(x to GB)", "ceil(x to GB) to TiB");
        check("x = 2 GB # what to keep", "x = 2 GB to TiB  # what to keep");
        check("x = 2 GB  → 2 GB", "x = 2 GB to TiB  → 2 GB");
    }

    #[test]
    fn what_is_unfinished_is_told_from_what_is_wrong() {
        let error = |text: &str| Sheet::parse(text).evaluate(0)[0].error.clone().expect("an error");
        let check = |text: &str, expect: bool| assert_eq!(is_unfinished(text, &error(text)), expect, "{text}");
        check("dau =", true);
        check("dau = 3 *", true);
        check("dau = 3 usres", false);
        check("1 GB + 2 s", false);
        assert_eq!(characters("分 = 3 usres", &error("分 = 3 usres")), 6..11);
    }
}
