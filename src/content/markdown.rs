//! Markdown as this program understands it: one set of options, one depth limit, headings, links, live numbers.
//!
//! Whoever judges a text reads it through [`events`]; the widget that draws one has the same options and depth. Nothing
//! here knows what an expression is worth or whether a link arrives.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::model::{Anchor, CalculatorId, CardId, Heading, LabId, LessonId, NoteRef, ScenarioId, TopicId};
use super::text::clean;

/// How deep blocks and spans may stand within each other; what is deeper is flattened.
pub const MAX_DEPTH: usize = 32;

/// The events of a Markdown text with their byte ranges, bounded in depth.
pub fn events(text: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut depth = 0;
    Parser::new_ext(text, options).into_offset_iter().filter(move |(event, _)| match event {
        Event::Start(_) => {
            depth += 1;
            depth <= MAX_DEPTH
        }
        Event::End(_) => {
            depth -= 1;
            depth < MAX_DEPTH
        }
        _ => true,
    })
}

/// Takes entities apart that spell a character which may not stand in a text, such as `&#27;`: they are shown as they are written.
/// Tells where they stood; `None` where there are none.
pub(super) fn disarm(text: &str) -> Option<(String, Vec<usize>)> {
    if !text.contains('&') {
        return None;
    }
    let spelled = |(event, range): (Event<'_>, Range<usize>)| match event {
        Event::Text(piece) if *clean(&piece) != *piece => Some(range.start),
        _ => None,
    };
    let places: Vec<usize> = events(text).filter_map(spelled).filter(|&at| text[at..].starts_with('&')).collect();
    let mut disarmed = String::with_capacity(text.len() + 4 * places.len());
    let mut written = 0;
    for &at in &places {
        disarmed.push_str(&text[written..at]);
        disarmed.push_str("&amp;");
        written = at + 1;
    }
    disarmed.push_str(&text[written..]);
    (!places.is_empty()).then_some((disarmed, places))
}

/// The headings of a text in order, each with an anchor that no other of them has.
pub fn headings(text: &str) -> Vec<Heading> {
    let mut found = Vec::new();
    let mut open: Option<(u8, Option<String>, String, usize)> = None;
    for (event, range) in events(text) {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                open = Some((level_number(level), id.map(|id| clean(&id).into_owned()), String::new(), range.start));
            }
            Event::End(TagEnd::Heading(_)) => found.extend(open.take()),
            Event::Text(piece) | Event::Code(piece) => {
                if let Some((_, _, title, _)) = &mut open {
                    title.push_str(&piece);
                }
            }
            _ => {}
        }
    }
    let mut lines = LineCounter { text, at: 0, line: 0 };
    let mut anchors = Anchors::default();
    found
        .into_iter()
        .map(|(level, id, text, at)| {
            let anchor = anchors.take(id.unwrap_or_else(|| slug(&text)));
            Heading { level, anchor, text, line: lines.line_of(at) }
        })
        .collect()
}

/// Counts lines along ascending offsets, each byte once.
struct LineCounter<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl LineCounter<'_> {
    fn line_of(&mut self, at: usize) -> u32 {
        let passed = self.text.as_bytes()[self.at..at].iter().filter(|&&byte| byte == b'\n').count();
        self.line += super::file::number(passed);
        self.at = at;
        self.line
    }
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// A text as an anchor: lower case, every run of characters that are neither letters nor digits one hyphen.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Gives each heading an anchor of its own: the second of one text gets `-2`, the third `-3`.
#[derive(Default)]
struct Anchors {
    taken: BTreeSet<String>,
    times: BTreeMap<String, u32>,
}

impl Anchors {
    fn take(&mut self, wanted: String) -> Anchor {
        let times = self.times.entry(wanted.clone()).or_insert(0);
        loop {
            *times += 1;
            let anchor = if *times == 1 { wanted.clone() } else { format!("{wanted}-{times}") };
            if self.taken.insert(anchor.clone()) {
                return Anchor::new(anchor);
            }
        }
    }
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// `note:replication` or `note:replication#lag`.
    Note(NoteRef),
    /// `#anchor`, within the note itself.
    Here(Anchor),
    /// `card:replication/lag-defined`.
    Card(CardId),
    /// `scenario:url-shortener`.
    Scenario(ScenarioId),
    /// `lesson:hash/add-a-node`.
    Lesson(LessonId),
    /// `lab:cache`.
    Lab(LabId),
    /// `calculator:traffic`.
    Calculator(CalculatorId),
    /// An `https:` or `http:` address.
    Web(String),
}

impl Target {
    /// The schemes that lead to something within the program.
    pub const SCHEMES: [&'static str; 6] = ["note", "card", "scenario", "lesson", "lab", "calculator"];

    /// Reads a link's destination; `None` where it has no known scheme.
    pub fn parse(destination: &str) -> Option<Self> {
        if let Some(anchor) = destination.strip_prefix('#') {
            return Some(Self::Here(Anchor::new(anchor)));
        }
        let (scheme, rest) = destination.split_once(':')?;
        Some(match scheme {
            "note" => Self::Note(note_ref(rest)),
            "card" => Self::Card(CardId::new(rest)),
            "scenario" => Self::Scenario(ScenarioId::new(rest)),
            "lesson" => Self::Lesson(LessonId::new(rest)),
            "lab" => Self::Lab(LabId::new(rest)),
            "calculator" => Self::Calculator(CalculatorId::new(rest)),
            "https" | "http" => Self::Web(destination.to_owned()),
            _ => return None,
        })
    }
}

/// `topic` or `topic#anchor`.
pub(super) fn note_ref(text: &str) -> NoteRef {
    match text.split_once('#') {
        Some((topic, anchor)) => NoteRef { topic: TopicId::new(topic), anchor: Some(Anchor::new(anchor)) },
        None => NoteRef { topic: TopicId::new(text), anchor: None },
    }
}

/// A link of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// As it is written.
    pub destination: String,
    /// Byte offset at which the link begins.
    pub at: usize,
}

/// The links of a text, in order.
pub fn links(text: &str) -> Vec<Link> {
    events(text)
        .filter_map(|(event, range)| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                Some(Link { destination: clean(&dest_url).into_owned(), at: range.start })
            }
            _ => None,
        })
        .collect()
}

/// Inline code with an expression that is evaluated when it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Live<'a> {
    /// `= 1M * 500 B`: its value stands in its place.
    Value(&'a str),
    /// `1M req/day to req/s =`: its value stands behind it.
    Shown(&'a str),
}

impl<'a> Live<'a> {
    /// Recognises a live number in the text of inline code. Comparisons such as `a >=` are none.
    pub fn of(code: &'a str) -> Option<Self> {
        let code = code.trim();
        let operator = |c: char| "=<>!:+-*/~".contains(c);
        if let Some(expression) = code.strip_prefix('=') {
            return (!expression.starts_with(operator) && !expression.trim().is_empty())
                .then(|| Self::Value(expression.trim()));
        }
        let expression = code.strip_suffix('=')?;
        (!expression.ends_with(operator) && !expression.is_empty()).then(|| Self::Shown(expression.trim()))
    }

    /// The expression itself.
    pub fn expression(self) -> &'a str {
        match self {
            Self::Value(expression) | Self::Shown(expression) => expression,
        }
    }
}

/// A line of a text that is evaluated: the expression of a [`Live`] number or a line of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// The line, without its end.
    pub text: String,
    /// Byte offset at which it begins.
    pub at: usize,
}

/// Everything in a text that is evaluated, in order. Together the lines are one sheet: a name that one of them
/// defines holds for the others.
pub fn sums(text: &str) -> Vec<Sum> {
    let mut found = Vec::new();
    let mut in_sheet = false;
    for (event, range) in events(text) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => in_sheet = is_sheet(&info),
            Event::End(TagEnd::CodeBlock) => in_sheet = false,
            Event::Text(block) if in_sheet => {
                let mut at = range.start;
                for line in block.split_inclusive('\n') {
                    found.push(Sum { text: line.trim_end().to_owned(), at });
                    at += line.len();
                }
            }
            Event::Code(code) => {
                if let Some(live) = Live::of(&code) {
                    let expression = live.expression();
                    let at = range.start + text[range].find(expression).unwrap_or(0);
                    found.push(Sum { text: expression.to_owned(), at });
                }
            }
            _ => {}
        }
    }
    found
}

/// Whether a fenced block's info string makes it a sheet.
pub fn is_sheet(info: &str) -> bool {
    info.split_whitespace().next() == Some("sheet")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchors(text: &str) -> Vec<String> {
        headings(text).into_iter().map(|h| format!("{} {} {}", h.line, h.level, h.anchor)).collect()
    }

    #[test]
    fn headings_give_anchors() {
        let text = "# Consistent hashing\n\ntext\n\n## Why a ring?\n```\n# no heading\n```\n## Why a *ring*?\n### `n+1` {#next}\n";
        assert_eq!(anchors(text), ["0 1 consistent-hashing", "4 2 why-a-ring", "8 2 why-a-ring-2", "9 3 next"],);
        assert_eq!(headings(text)[3].text, "n+1");
    }

    #[test]
    fn links_lead_somewhere_or_are_unknown() {
        let check = |destination: &str, wanted: Option<Target>| assert_eq!(Target::parse(destination), wanted);
        let note = |topic: &str, anchor: Option<&str>| {
            Target::Note(NoteRef { topic: TopicId::new(topic), anchor: anchor.map(Anchor::new) })
        };
        check("note:replication", Some(note("replication", None)));
        check("note:replication#lag", Some(note("replication", Some("lag"))));
        check("#lag", Some(Target::Here(Anchor::new("lag"))));
        check("lesson:hash/add-a-node", Some(Target::Lesson(LessonId::new("hash/add-a-node"))));
        check("https://example.org/a#b", Some(Target::Web("https://example.org/a#b".to_owned())));
        check("noet:replication", None);
        check("replication.md", None);
        assert_eq!(links("a [b](note:c) d")[0], Link { destination: "note:c".to_owned(), at: 2 });
    }

    #[test]
    fn live_numbers_are_told_from_code() {
        assert_eq!(Live::of("= 1M * 500 B"), Some(Live::Value("1M * 500 B")));
        assert_eq!(Live::of("1M req/day to req/s ="), Some(Live::Shown("1M req/day to req/s")));
        for code in ["=", "==", "a == b", "x >=", "=>", "x", "+=", ""] {
            assert_eq!(Live::of(code), None, "{code}");
        }
    }

    #[test]
    fn sums_are_found_where_they_stand() {
        let text = "A `= 2 * 3` b.\n\n- ```sheet\n  qps = 5\n  peak = 3 qps\n  ```\n\n`peak =` and ```plain```\n";
        let found: Vec<_> = sums(text).into_iter().map(|sum| (sum.text, &text[sum.at..sum.at + 4])).collect();
        let found: Vec<_> = found.iter().map(|(text, start)| (text.as_str(), *start)).collect();
        assert_eq!(found, [("2 * 3", "2 * "), ("qps = 5", "qps "), ("peak = 3 qps", "peak"), ("peak", "peak")]);
    }

    #[test]
    fn depth_is_bounded() {
        let deep = format!("{}text", "> ".repeat(5_000));
        let open = events(&deep).filter(|(event, _)| matches!(event, Event::Start(_))).count();
        assert_eq!(open, MAX_DEPTH);
    }

    #[test]
    fn an_entity_spells_nothing_that_a_terminal_obeys() {
        let check = |text: &str, wanted: &str| assert_eq!(disarm(text).map(|found| found.0).as_deref(), Some(wanted));
        check("a &#27;[2J &amp; b", "a &amp;#27;[2J &amp; b");
        check("a&#x202e;b&rlm;c", "a&amp;#x202e;b&amp;rlm;c");
        for harmless in ["R&D", "&lt; &#65; &nbsp;", "`&#27;`", "no entity"] {
            assert_eq!(disarm(harmless), None, "{harmless}");
        }
    }
}
