//! `note.md`: front matter, then Markdown.

use std::borrow::Cow;

use super::file::{File, number};
use super::markdown::headings;
use super::model::{Note, Problem, Source, Topic, TopicId};
use super::table::{Document, Fields, document};

/// The line that opens and closes the front matter.
const FENCE: &str = "+++";

/// Words a minute at which a technical page is read.
const WORDS_A_MINUTE: usize = 200;

/// A note that could be read, with its topic.
pub(super) struct Read {
    pub(super) topic: Topic,
    pub(super) note: Note,
}

/// Reads a note of the topic `id`. What can be told from the rest is told even where a key is wrong.
pub(super) fn read(file: &File<'_>, id: TopicId, problems: &mut Vec<Problem>) -> Option<Read> {
    let Some(Split { matter, matter_at, body, body_at }) = split(file.text) else {
        problems.push(file.problem(0, "a note begins with TOML between two lines `+++`: add `title` and `summary`"));
        return None;
    };
    let matter = match document(file, matter_at, matter) {
        Ok(matter) => matter,
        Err(problem) => {
            problems.push(problem);
            return None;
        }
    };
    let (topic, found) = topic(file, id.clone(), &matter, body);
    problems.extend(found);
    let note = Note {
        topic: id,
        body: Cow::Owned(body.to_owned()),
        first_line: number(file.line_of(body_at) + 1),
        headings: headings(body),
        place: file.place(0),
    };
    Some(Read { topic: topic?, note })
}

fn topic(file: &File<'_>, id: TopicId, matter: &Document<'_>, body: &str) -> (Option<Topic>, Vec<Problem>) {
    let mut fields = Fields::new(file, matter);
    let title = fields.text("title");
    let summary = fields.text("summary");
    let order = fields.optional_number("order", u32::MAX).unwrap_or(u32::MAX);
    let group = fields.optional_text("group").unwrap_or_default();
    let related = fields.texts("related").into_iter().map(TopicId::new).collect();
    let sources = fields.tables("sources", source);
    let topic = title.zip(summary).map(|(title, summary)| Topic {
        id,
        title: one_line(&title),
        summary: one_line(&summary),
        group: one_line(&group),
        order,
        minutes: number(body.split_whitespace().count().div_ceil(WORDS_A_MINUTE)),
        related,
        sources,
        place: file.place(0),
    });
    (topic, fields.finish())
}

fn source(fields: &mut Fields<'_, '_>) -> Option<Source> {
    let title = fields.text("title");
    let by = fields.optional_text("by").unwrap_or_default();
    let url = fields.optional_text("url");
    let year = fields.number("year", 9999);
    Some(Source { title: title?, by, year: u16::try_from(year?).ok()?, url })
}

/// A text without line breaks or runs of blanks, as titles are shown.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A file taken apart at its front matter, with the byte offsets of both parts.
pub(super) struct Split<'a> {
    pub(super) matter: &'a str,
    pub(super) matter_at: usize,
    pub(super) body: &'a str,
    pub(super) body_at: usize,
}

/// Takes a text apart at its front matter; `None` where it has none.
pub(super) fn split(text: &str) -> Option<Split<'_>> {
    let mut lines = text.split_inclusive('\n');
    let matter_at = lines.next().filter(|line| line.trim_end() == FENCE)?.len();
    let mut end = matter_at;
    for line in lines {
        if line.trim_end() == FENCE {
            let body_at = end + line.len();
            return Some(Split { matter: &text[matter_at..end], matter_at, body: &text[body_at..], body_at });
        }
        end += line.len();
    }
    None
}
