//! Markdown decks: questions, answers and clozes in a plain file, as hashcards writes them.
//!
//! Their cards have no ids; each gets one from its question, so that an answer can be corrected without losing
//! the card's history.

use xxhash_rust::xxh3::xxh3_64;

use super::file::{File, number};
use super::markdown::slug;
use super::model::{Card, CardId, CardKind, Problem, Tier, Topic, TopicId};
use super::note::{Split, one_line, split};
use super::table::{Fields, document};

/// How many gaps one text may have.
const MAX_GAPS: usize = 20;

/// A deck's topic and cards.
pub(super) struct Read {
    pub(super) topic: Topic,
    pub(super) cards: Vec<Card>,
}

/// Whether a Markdown file is a deck rather than something else, such as a README.
pub(super) fn is_deck(text: &str) -> bool {
    text.lines().any(|line| Mark::of(line).is_some_and(|(mark, _)| mark != Mark::Rule))
}

/// Reads every card of a deck that can be read.
pub(super) fn read(file: &File<'_>, problems: &mut Vec<Problem>) -> Option<Read> {
    let whole = Split { matter: "", matter_at: 0, body: file.text, body_at: 0 };
    let Split { matter, matter_at, body, body_at } = split(file.text).unwrap_or(whole);
    let name = name(file, matter_at, matter, problems).unwrap_or_else(|| file.stem().to_owned());
    let id = TopicId::new(slug(&name));
    if id.as_str().is_empty() {
        problems.push(file.problem(0, "the deck's name has neither letters nor digits: rename it"));
        return None;
    }
    let mut cards = Vec::new();
    for block in blocks(body) {
        let at = body_at + block.at;
        match block.kind {
            Mark::Question => match block.answer {
                Some(back) => cards.push(question(file, &id, at, block.text, back)),
                None => problems.push(file.problem(at, "this question has no answer: add a line `A: …`")),
            },
            Mark::Cloze => match clozes(file, &id, at, &block.text) {
                Ok(gaps) => cards.extend(gaps),
                Err(message) => problems.push(file.problem(at, message)),
            },
            Mark::Answer | Mark::Rule => problems.push(file.problem(at, "this answer has no question before it")),
        }
    }
    let topic = Topic { title: one_line(&name), ..Topic::named_by_its_id(id, file.place(0)) };
    Some(Read { topic, cards })
}

fn name(file: &File<'_>, at: usize, matter: &str, problems: &mut Vec<Problem>) -> Option<String> {
    match document(file, at, matter) {
        Ok(matter) => {
            let mut fields = Fields::new(file, &matter);
            let name = fields.optional_text("name");
            problems.extend(fields.finish());
            name.filter(|name| !name.is_empty())
        }
        Err(problem) => {
            problems.push(problem);
            None
        }
    }
}

/// What a line opens.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Question,
    Answer,
    Cloze,
    Rule,
}

impl Mark {
    /// The mark at the start of a line and what stands behind it.
    fn of(line: &str) -> Option<(Self, &str)> {
        let marks = [("Q:", Self::Question), ("A:", Self::Answer), ("C:", Self::Cloze)];
        if line.trim_end() == "---" {
            return Some((Self::Rule, ""));
        }
        marks.into_iter().find_map(|(prefix, mark)| line.strip_prefix(prefix).map(|rest| (mark, rest)))
    }
}

/// A question with its answer, a cloze, or an answer without a question.
struct Block {
    kind: Mark,
    at: usize,
    text: String,
    answer: Option<String>,
}

fn blocks(body: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        match Mark::of(line) {
            Some((Mark::Rule, _)) => open = false,
            Some((Mark::Answer, text)) if open && blocks.last().is_some_and(Block::awaits_an_answer) => {
                if let Some(block) = blocks.last_mut() {
                    block.answer = Some(text.to_owned());
                }
            }
            Some((kind, text)) => {
                blocks.push(Block { kind, at, text: text.to_owned(), answer: None });
                open = true;
            }
            None if open => {
                if let Some(block) = blocks.last_mut() {
                    block.answer.as_mut().unwrap_or(&mut block.text).push_str(line);
                }
            }
            None => {}
        }
        at += line.len();
    }
    for block in &mut blocks {
        block.text = block.text.trim().to_owned();
        block.answer = block.answer.take().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    }
    blocks
}

impl Block {
    fn awaits_an_answer(&self) -> bool {
        self.kind == Mark::Question && self.answer.is_none()
    }
}

fn question(file: &File<'_>, topic: &TopicId, at: usize, front: String, back: String) -> Card {
    let id = text_id(topic, &front, None);
    card(file, topic, at, id, front, CardKind::Recall { back })
}

/// One card for each gap; gaps of one text are siblings.
fn clozes(file: &File<'_>, topic: &TopicId, at: usize, text: &str) -> Result<Vec<Card>, String> {
    let (shown, gaps) = gaps(text);
    match gaps.len() {
        0 => return Err("this cloze hides nothing: put `[…]` around a part of it".to_owned()),
        1..=MAX_GAPS => {}
        // Each gap is a card with the whole text, so a page of brackets would fill the memory.
        many => return Err(format!("this cloze has {many} gaps and at most {MAX_GAPS} are read: split it")),
    }
    let group = format!("{:016x}", digest(&shown));
    let of_gap = |(index, gap): (usize, &(u32, u32))| {
        let id = text_id(topic, &shown, Some(index));
        let card = card(file, topic, at, id, shown.clone(), CardKind::Cloze { gaps: vec![*gap] });
        Card { siblings: (gaps.len() > 1).then(|| group.clone()), ..card }
    };
    Ok(gaps.iter().enumerate().map(of_gap).collect())
}

/// The text without the brackets of its gaps, and where they stood. `\[` is a bracket; a link is no gap.
fn gaps(text: &str) -> (String, Vec<(u32, u32)>) {
    let mut shown = String::with_capacity(text.len());
    let mut gaps = Vec::new();
    let mut opened = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.peek().is_some_and(|next| "[]".contains(*next)) => shown.extend(chars.next()),
            '[' if opened.is_none() => opened = Some(shown.len()),
            ']' => match opened.take() {
                Some(start) if chars.peek() == Some(&'(') => {
                    shown.insert(start, '[');
                    shown.push(c);
                }
                Some(start) if start < shown.len() => gaps.push((number(start), number(shown.len()))),
                Some(_) => {}
                None => shown.push(c),
            },
            other => shown.push(other),
        }
    }
    (shown, gaps)
}

fn card(file: &File<'_>, topic: &TopicId, at: usize, id: CardId, front: String, kind: CardKind) -> Card {
    Card {
        id,
        topic: topic.clone(),
        tier: Tier::Core,
        front,
        kind,
        why: String::new(),
        note: None,
        lesson: None,
        tags: Vec::new(),
        siblings: None,
        contrast: None,
        place: file.place(at),
    }
}

/// A card's id from its text: how it is broken into lines makes no difference.
fn text_id(topic: &TopicId, text: &str, gap: Option<usize>) -> CardId {
    let gap = gap.map(|index| format!("-{}", index + 1)).unwrap_or_default();
    CardId::new(format!("{topic}/{:016x}{gap}", digest(text)))
}

fn digest(text: &str) -> u64 {
    xxh3_64(one_line(text).as_bytes())
}
