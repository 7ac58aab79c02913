//! `cards.toml`: the cards of a topic, one `[[card]]` each.
//!
//! A broken card never hides its neighbours: where the file as a whole is not TOML, each `[[card]]` is
//! parsed by itself.

use super::file::{File, number};
use super::markdown::note_ref;
use super::model::{Anchor, Card, CardId, CardKind, Choice, Factor, LessonId, NoteRef, Problem, Tier, TopicId};
use super::note::one_line;
use super::table::{Document, Fields, document, unknown};

/// The factor within which a computed answer counts as right, unless the card says otherwise.
const DEFAULT_WITHIN: f64 = 1.05;

/// Reads every card that can be read.
pub(super) fn read(file: &File<'_>, topic: &TopicId, problems: &mut Vec<Problem>) -> Vec<Card> {
    let mut cards = Vec::new();
    for document in documents(file, problems) {
        let mut fields = Fields::new(file, &document);
        cards.extend(fields.tables("card", |fields| card(file, topic, fields)));
        problems.extend(fields.finish());
    }
    cards
}

/// The file as one document or, where it is not TOML as a whole, those of its cards that are.
fn documents<'t>(file: &File<'t>, problems: &mut Vec<Problem>) -> Vec<Document<'t>> {
    if let Ok(whole) = document(file, 0, file.text) {
        return vec![whole];
    }
    let mut read = Vec::new();
    for (at, piece) in pieces(file.text) {
        match document(file, at, piece) {
            Ok(document) => read.push(document),
            Err(problem) => problems.push(problem),
        }
    }
    read
}

/// The text cut before every line that opens a card, with the byte offset of each piece.
fn pieces(text: &str) -> Vec<(usize, &str)> {
    let mut cuts = vec![0];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if at > 0 && line.starts_with("[[") {
            cuts.push(at);
        }
        at += line.len();
    }
    cuts.push(text.len());
    cuts.windows(2).map(|pair| (pair[0], &text[pair[0]..pair[1]])).collect()
}

fn card(file: &File<'_>, topic: &TopicId, fields: &mut Fields<'_, '_>) -> Option<Card> {
    let id = fields.text("id").and_then(|id| local_id(fields, id));
    let tier = fields.text("tier").and_then(|name| tier(fields, &name));
    let kind = fields.text("kind");
    let front = fields.text("front");
    let why = fields.text("why");
    let note = fields.text("note").map(|text| section(topic, &text));
    let lesson = fields.optional_text("lesson").map(LessonId::new);
    let tags = fields.texts("tags").iter().map(|tag| one_line(tag)).collect();
    let siblings = fields.optional_text("siblings");
    let contrast = fields.optional_text("contrast").map(|id| full_id(topic, &id));
    let mut shown = front.clone().unwrap_or_default();
    let asked = asked(fields, kind.as_deref(), &mut shown);
    Some(Card {
        id: full_id(topic, &id?),
        topic: topic.clone(),
        tier: tier?,
        front: front.map(|_| shown)?,
        kind: asked?,
        why: why?,
        note: Some(note?),
        lesson,
        tags,
        siblings,
        contrast,
        place: file.place(fields.at()),
    })
}

fn local_id(fields: &mut Fields<'_, '_>, id: String) -> Option<String> {
    if is_id(&id) {
        return Some(id);
    }
    fields.reject("id", format!("`{id}` is not an id: use lower-case letters, digits and hyphens"));
    None
}

/// Whether a text is an id as files spell them: lower-case letters, digits and single hyphens between.
pub(super) fn is_id(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    text.chars().all(allowed) && text.split('-').all(|word| !word.is_empty())
}

fn tier(fields: &mut Fields<'_, '_>, name: &str) -> Option<Tier> {
    let tier = Tier::ALL.into_iter().find(|tier| tier.name() == name);
    if tier.is_none() {
        fields.reject("tier", unknown("tier", name, &Tier::ALL.map(Tier::name)));
    }
    tier
}

/// `anchor` of the topic's own note or `topic#anchor`.
fn section(topic: &TopicId, text: &str) -> NoteRef {
    match text.strip_prefix('#') {
        Some(anchor) => NoteRef { topic: topic.clone(), anchor: Some(Anchor::new(anchor)) },
        None if text.contains('#') => note_ref(text),
        None => NoteRef { topic: topic.clone(), anchor: Some(Anchor::new(text)) },
    }
}

/// `card` of this topic or `topic/card`.
fn full_id(topic: &TopicId, id: &str) -> CardId {
    if id.contains('/') { CardId::new(id) } else { CardId::new(format!("{topic}/{id}")) }
}

/// What a kind adds to the keys of every card. Takes the marks of a cloze out of the front.
fn asked(fields: &mut Fields<'_, '_>, kind: Option<&str>, front: &mut String) -> Option<CardKind> {
    Some(match kind {
        Some("recall") => CardKind::Recall { back: fields.text("back")? },
        Some("mistake") => CardKind::Mistake { back: fields.text("back")? },
        Some("cloze") => CardKind::Cloze { gaps: gaps(fields, front)? },
        Some("choose") => CardKind::Choose { options: options(fields)? },
        Some("compute") => compute(fields)?,
        Some("order") => CardKind::Order { steps: steps(fields)? },
        unclear => {
            fields.accept(&["back", "right", "wrong", "answer", "unit", "within", "steps"]);
            if let Some(name) = unclear {
                fields.reject("kind", unknown("kind of card", name, &CardKind::NAMES));
            }
            return None;
        }
    })
}

/// Takes the marks `{{…}}` out of a front and tells where they stood.
fn gaps(fields: &mut Fields<'_, '_>, front: &mut String) -> Option<Vec<(u32, u32)>> {
    let marked = std::mem::take(front);
    let mut gaps = Vec::new();
    let mut rest = marked.as_str();
    while let Some((before, opened)) = rest.split_once("{{") {
        let Some((hidden, after)) = opened.split_once("}}").filter(|(hidden, _)| !hidden.trim().is_empty()) else {
            fields.reject("front", "a gap of the cloze is empty or not closed: write `{{hidden}}`");
            return None;
        };
        front.push_str(before);
        let start = front.len();
        front.push_str(hidden.trim());
        gaps.push((number(start), number(front.len())));
        rest = after;
    }
    front.push_str(rest);
    if gaps.is_empty() && !front.is_empty() {
        fields.reject("front", "a cloze hides something: mark it `{{hidden}}`");
    }
    (!gaps.is_empty()).then_some(gaps)
}

fn options(fields: &mut Fields<'_, '_>) -> Option<Vec<Choice>> {
    let right = fields.texts("right");
    let wrong = fields.tables("wrong", |option| {
        let text = option.text("text");
        let because = option.text("because");
        Some(Choice { text: text?, right: false, because: because? })
    });
    let mut complete = true;
    for (key, empty) in [("right", right.is_empty()), ("wrong", wrong.is_empty())] {
        if empty {
            fields.reject(key, format!("a choose card needs at least one {key} option: add it to `{key}`"));
            complete = false;
        }
    }
    let right = right.into_iter().map(|text| Choice { text, right: true, because: String::new() });
    complete.then(|| right.chain(wrong).collect())
}

fn compute(fields: &mut Fields<'_, '_>) -> Option<CardKind> {
    let answer = fields.text("answer");
    let unit = fields.optional_text("unit").unwrap_or_default();
    let within = Factor::new(fields.optional_decimal("within").unwrap_or(DEFAULT_WITHIN));
    if within.is_none() {
        fields.reject("within", "`within` is a factor from 1 to 1000, such as 1.1 for ten per cent either way");
    }
    Some(CardKind::Compute { answer: answer?, unit, within: within? })
}

fn steps(fields: &mut Fields<'_, '_>) -> Option<Vec<String>> {
    let steps = fields.texts("steps");
    if (3..=7).contains(&steps.len()) {
        return Some(steps);
    }
    fields.reject("steps", format!("`steps` gives 3 to 7 in the right order, not {}", steps.len()));
    None
}
