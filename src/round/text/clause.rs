//! Notes as lines, and lines as clauses with what they hang on.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::token::{Token, tokens};
use super::words::BACKWARD;

/// What a candidate wrote, line by line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notes {
    /// In the order in which the phases come.
    pub lines: Vec<NoteLine>,
}

/// A line of the notes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteLine {
    /// The phase under which it was written; empty where no phase was named.
    pub phase: String,
    /// From 1, over the whole.
    pub number: u32,
    /// As it was written.
    pub text: String,
}

impl Notes {
    /// Notes by phase, in order.
    pub fn of_phases<'a>(phases: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut notes = Self::default();
        for (phase, text) in phases {
            for line in text.lines() {
                notes.push(phase, line);
            }
        }
        notes
    }

    /// Notes from one text, in which a heading `## Clarify` begins the phase `clarify`.
    pub fn parse(text: &str) -> Self {
        let mut notes = Self::default();
        let mut phase = String::new();
        for line in text.lines() {
            if let Some(heading) = line.strip_prefix('#') {
                let heading = heading.trim_start_matches('#').trim().to_lowercase();
                phase = heading.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned();
                notes.push(&phase, "");
            } else {
                notes.push(&phase, line);
            }
        }
        notes
    }

    /// The whole as one text, line by line.
    pub fn text(&self) -> String {
        self.lines.iter().map(|line| format!("{}\n", line.text)).collect()
    }

    fn push(&mut self, phase: &str, text: &str) {
        let number = u32::try_from(self.lines.len() + 1).unwrap_or(u32::MAX);
        self.lines.push(NoteLine { phase: phase.to_owned(), number, text: text.to_owned() });
    }
}

/// A clause with its surroundings.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Clause {
    /// Which line of the notes, from 0.
    pub(crate) line: usize,
    /// Bytes of the line.
    pub(crate) at: Range<usize>,
    pub(crate) tokens: Vec<Token>,
    /// Whether it ends in a question mark.
    pub(crate) question: bool,
    /// The clause whose subject it may go on about: its parent bullet, or the one before on the same line.
    pub(crate) context: Option<usize>,
    /// Clauses of one number stand in one bullet with its children, or in one paragraph.
    pub(crate) group: usize,
}

/// All clauses of the notes but for sheet lines, which are numbers.
pub(crate) fn clauses(notes: &Notes) -> Vec<Clause> {
    let mut found: Vec<Clause> = Vec::new();
    // Indentation and the last clause of each bullet that is still open.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut group = 0;
    for (line, note) in notes.lines.iter().enumerate() {
        let text = note.text.as_str();
        let indent = text.len() - text.trim_start().len();
        if text.trim().is_empty() || text.trim_start().starts_with('>') {
            open.clear();
            group += 1;
            continue;
        }
        open.retain(|&(above, _)| above < indent);
        if open.is_empty() {
            group += 1;
        }
        let parent = open.last().map(|&(_, clause)| clause);
        let first = found.len();
        for (at, question) in parts(text) {
            let tokens = shifted(&text[at.clone()], at.start);
            if tokens.iter().all(Token::is_mark) {
                continue;
            }
            let before = (found.len() > first).then(|| found.len() - 1);
            let goes_on = tokens.iter().find(|token| !token.is_mark()).is_some_and(|token| token.is_any(BACKWARD));
            let joined = before.is_some_and(|_| goes_on || !ends_sentence(text, at.start));
            let context = if joined { before } else { parent };
            found.push(Clause { line, at, tokens, question, context, group });
        }
        if found.len() > first {
            open.push((indent, first));
        }
    }
    found
}

/// Whether what stands before a byte of the line ended a sentence rather than a part of one.
fn ends_sentence(text: &str, at: usize) -> bool {
    text[..at].trim_end().ends_with(['.', '!', '?'])
}

/// The parts of a line, parted by sentence ends, `;` and "but".
fn parts(text: &str) -> Vec<(Range<usize>, bool)> {
    let mut parts = Vec::new();
    let start_of_words = text.len() - text.trim_start_matches([' ', '\t', '-', '*', '•']).len();
    let mut start = start_of_words;
    let bytes = text.as_bytes();
    let mut at = start;
    while at < bytes.len() {
        let blank_behind = bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace);
        // How many bytes end the part here, if any do.
        let end = match bytes[at] {
            b'.' | b'!' if blank_behind && !is_abbreviation(&text[start..at]) => 1,
            b'?' | b';' => 1,
            b' ' if [" but ", " But "].iter().any(|but| text[at..].starts_with(but)) => " but".len(),
            _ => 0,
        };
        if end > 0 {
            parts.push((start..at, bytes[at] == b'?'));
            start = at + end;
        }
        at += 1;
    }
    if start < text.len() {
        parts.push((start..text.len(), false));
    }
    parts.retain(|(range, _)| !text[range.clone()].trim().is_empty());
    parts
}

/// `e.g.` and `vs.` end no sentence.
fn is_abbreviation(before: &str) -> bool {
    let last = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default().to_lowercase();
    matches!(last.as_str(), "e.g" | "i.e" | "vs" | "etc" | "approx" | "resp" | "e" | "i" | "no")
}

fn shifted(text: &str, by: usize) -> Vec<Token> {
    let mut found = tokens(text);
    for token in &mut found {
        token.at = token.at.start + by..token.at.end + by;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Notes, clauses};

    /// Each clause, with the context after a bar.
    fn check(text: &str, wanted: &[&str]) {
        let notes = Notes::parse(text);
        let found = clauses(&notes);
        let words = |at: usize| found[at].tokens.iter().map(|token| token.lower.as_str()).collect::<Vec<_>>().join(" ");
        let lines: Vec<String> = (0..found.len())
            .map(|at| match found[at].context {
                Some(context) => format!("{} | {}", words(at), words(context)),
                None => words(at),
            })
            .collect();
        assert_eq!(lines, wanted);
    }

    #[test]
    fn sentences_semicolons_and_but_part_clauses() {
        check(
            "302. Not 301; clicks count but cost",
            &["302", "not 301", "clicks count | not 301", "cost | clicks count"],
        );
    }

    #[test]
    fn a_bullet_goes_on_about_its_parent() {
        check("- cache:\n  - hot links\n- queue", &["cache :", "hot links | cache :", "queue"]);
    }

    #[test]
    fn a_pronoun_points_to_the_sentence_before() {
        check(
            "The cache is small. It holds links. Codes are random.",
            &["the cache is small", "it holds links | the cache is small", "codes are random"],
        );
    }

    #[test]
    fn sheet_lines_are_no_clauses() {
        check("> a = 1\nb", &["b"]);
    }
}
