//! Runs of styled text into lines of a width: breaks are those of [`crate::tui::widgets::wrap`], looks are cut to fit.

use std::ops::Range;

use super::page::{Line, Span};
use crate::tui::widgets::wrap;

/// Lines of at most `width` cells; at least one. Runs of white space count as one blank.
pub(super) fn wrap(runs: &[Span], width: usize) -> Vec<Line> {
    let (text, looks) = joined(runs);
    let ranges = wrap::lines(&text, width.max(1));
    let last = ranges.len().saturating_sub(1);
    let line =
        |(at, range): (usize, Range<usize>)| Line { spans: cut(&text, &looks, runs, range), continues: at < last };
    ranges.into_iter().enumerate().map(line).collect()
}

/// The text of all runs, and for each run the stretch of it that it became.
fn joined(runs: &[Span]) -> (String, Vec<Range<usize>>) {
    let mut text = String::new();
    let mut stretches = Vec::with_capacity(runs.len());
    for run in runs {
        let start = text.len();
        for letter in run.text.chars() {
            if !letter.is_whitespace() || letter == '\u{a0}' {
                text.push(letter);
            } else if !text.is_empty() && !text.ends_with(' ') {
                text.push(' ');
            }
        }
        stretches.push(start..text.len());
    }
    text.truncate(text.trim_end_matches(' ').len());
    (text, stretches)
}

fn cut(text: &str, stretches: &[Range<usize>], runs: &[Span], line: Range<usize>) -> Vec<Span> {
    let first = stretches.partition_point(|stretch| stretch.end <= line.start);
    let mut spans: Vec<Span> = Vec::new();
    for (stretch, run) in stretches.iter().zip(runs).skip(first).take_while(|(stretch, _)| stretch.start < line.end) {
        let part = &text[stretch.start.max(line.start)..stretch.end.min(line.end)];
        match spans.last_mut() {
            Some(span) if span.look == run.look && span.link == run.link => span.text.push_str(part),
            _ if part.is_empty() => {}
            _ => spans.push(Span { text: part.to_owned(), ..run.clone() }),
        }
    }
    spans
}
