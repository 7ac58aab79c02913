//! Text as words, for rules that compare what it says rather than how it is written.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::content::markdown::events;
use crate::content::{Card, CardKind};

/// The words of a text in lower case. Marks around and between words are left out; `p99` and `2.5` are one word each.
pub(super) fn words(text: &str) -> Vec<String> {
    spans(text).into_iter().map(|span| text[span].to_lowercase()).collect()
}

/// How many words a text has.
pub(super) fn count(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// Where the words of a text stand.
fn spans(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins = matches!(c, '.' | '\'') && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        match start {
            None if c.is_alphanumeric() => start = Some(at),
            Some(first) if !c.is_alphanumeric() && !joins => {
                found.push(first..at);
                start = None;
            }
            _ => {}
        }
    }
    found.extend(start.map(|first| first..text.len()));
    found
}

/// A word of a note with the byte offset at which it stands.
pub(super) struct Placed {
    pub(super) word: String,
    pub(super) at: usize,
}

/// The paragraphs, list items and table cells of a note as words; code and headings are left out.
pub(super) fn passages(body: &str) -> Vec<Vec<Placed>> {
    let mut passages = Vec::new();
    let mut open = Vec::new();
    let mut skipped = 0;
    for (event, range) in events(body) {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::Heading { .. }) => skipped += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::Heading(_)) => skipped -= 1,
            Event::Text(text) | Event::Code(text) if skipped == 0 => {
                let placed = |span: Range<usize>| Placed {
                    word: text[span.clone()].to_lowercase(),
                    at: range.start + span.start,
                };
                open.extend(spans(&text).into_iter().map(placed));
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell) => {
                passages.push(std::mem::take(&mut open))
            }
            _ => {}
        }
    }
    passages.push(open);
    passages
}

/// What a card wants to hear, as one text.
pub(super) fn answer(card: &Card) -> String {
    match &card.kind {
        CardKind::Recall { back } | CardKind::Mistake { back } => back.clone(),
        CardKind::Choose { options } => options
            .iter()
            .filter(|option| option.right)
            .map(|option| option.text.as_str())
            .collect::<Vec<_>>()
            .join(" "),
        CardKind::Compute { answer, .. } => answer.clone(),
        CardKind::Order { steps } => steps.join(" "),
        CardKind::Cloze { gaps } => gaps.iter().map(|&gap| gap_text(card, gap)).collect::<Vec<_>>().join(" "),
    }
}

/// The text that a gap of a cloze hides.
pub(super) fn gap_text(card: &Card, (start, end): (u32, u32)) -> &str {
    card.front.get(start as usize..end as usize).unwrap_or_default()
}

/// Whether `words` contains `run` as a whole.
pub(super) fn contains_run(words: &[String], run: &[String]) -> bool {
    !run.is_empty() && words.windows(run.len()).any(|window| window == run)
}
