//! Which file is what, and which entry comes first where two claim one id.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::cards;
use super::deck;
use super::file::File;
use super::markdown::disarm;
use super::model::{Card, CardId, Note, Place, Problem, Topic, TopicId};
use super::note;
use super::text::{clean, inspect};

/// What was read from a set of files, and what is wrong with them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// By id. A topic has a note, cards or both.
    pub topics: Vec<Topic>,
    /// By topic; at most one each.
    pub notes: Vec<Note>,
    /// By topic in reading order, and within one in the order of the files.
    pub cards: Vec<Card>,
    /// By place.
    pub problems: Vec<Problem>,
}

impl Content {
    /// Puts the cards into the reading order of their topics; within a topic they stay as they are.
    pub fn arrange_cards(&mut self) {
        let topics = &self.topics;
        self.cards.sort_by(|a, b| reading_place(topics, &a.topic).cmp(&reading_place(topics, &b.topic)));
    }

    /// Where a topic stands in reading order.
    pub fn reading_place<'a>(&self, topic: &'a TopicId) -> (u32, &'a TopicId) {
        reading_place(&self.topics, topic)
    }
}

fn reading_place<'a>(topics: &[Topic], id: &'a TopicId) -> (u32, &'a TopicId) {
    let found = topics.binary_search_by(|topic| topic.id.cmp(id));
    (found.map_or(u32::MAX, |at| topics[at].order), id)
}

/// How many problems of one file are named.
const MAX_PROBLEMS: usize = 100;

/// Reads notes, cards and decks from the texts of files; other files are passed over.
///
/// What a path means is told by its last two names: `sharding/note.md`, `sharding/cards.toml`, or any other
/// `.md` that is a deck. Ids are unique within one call: of two entries with one id the first stays and the
/// second is a problem. Characters that a terminal would obey are made harmless and named in every file,
/// also in those that are passed over.
pub fn parse<P: AsRef<str>, T: AsRef<str>>(files: impl IntoIterator<Item = (P, T)>) -> Content {
    let mut reading = Reading::default();
    for (path, text) in files {
        let path = clean(path.as_ref());
        let (text, flaws) = inspect(text.as_ref());
        let before = reading.problems.len();
        reading.problems.extend(flaws.iter().map(|flaw| flaw.problem(&path)));
        reading.read(&path, text);
        reading.cut_problems(before);
    }
    reading.finish()
}

/// Whether a file is one that [`parse`] passes over: a `.toml` other than a topic's cards. Other rooms know its format.
pub fn is_for_another_room(path: &str) -> bool {
    path.ends_with(".toml") && !path.ends_with("/cards.toml")
}

/// The path by which a file of a content folder is known: `content/` at its beginning is left out.
pub fn path_within(path: &str) -> &str {
    path.strip_prefix("content/").unwrap_or(path)
}

#[derive(Default)]
struct Reading {
    topics: BTreeMap<TopicId, Topic>,
    /// Topics that only a deck names; a note of the same topic says more.
    decks: BTreeMap<TopicId, Topic>,
    notes: BTreeMap<TopicId, Note>,
    cards: Vec<Card>,
    card_places: BTreeMap<CardId, Place>,
    problems: Vec<Problem>,
}

impl Reading {
    fn read(&mut self, path: &str, text: Cow<'_, str>) {
        match disarm(&text).filter(|_| path.ends_with(".md")) {
            Some((disarmed, places)) => {
                let file = File::new(path, &text);
                let message = "an entity spells a control or invisible character here: remove it";
                self.problems.extend(places.into_iter().map(|at| file.problem(at, message)));
                self.read_file(&File::new(path, &disarmed));
            }
            None => self.read_file(&File::new(path, &text)),
        }
    }

    fn read_file(&mut self, file: &File<'_>) {
        match file.base_name() {
            "note.md" => self.note(file),
            "cards.toml" => {
                if let Some(topic) = self.topic_of(file) {
                    let cards = cards::read(file, &topic, &mut self.problems);
                    self.add_cards(cards);
                }
            }
            name if name.ends_with(".md") && deck::is_deck(file.text) => {
                if let Some(deck::Read { topic, cards }) = deck::read(file, &mut self.problems) {
                    self.decks.entry(topic.id.clone()).or_insert(topic);
                    self.add_cards(cards);
                }
            }
            _ => {}
        }
    }

    /// Of a file that is wrong all over only the first problems are kept.
    fn cut_problems(&mut self, before: usize) {
        let more = (self.problems.len() - before).saturating_sub(MAX_PROBLEMS);
        if more > 0 {
            self.problems.truncate(before + MAX_PROBLEMS);
            let last = self.problems[self.problems.len() - 1].place.clone();
            let message = format!("and {more} more problems in this file: mend those above first");
            self.problems.push(Problem { place: last, message });
        }
    }

    fn note(&mut self, file: &File<'_>) {
        let Some(id) = self.topic_of(file) else { return };
        if let Some(first) = self.topics.get(&id) {
            let message =
                format!("the topic `{id}` has a note already, {}: rename one of the folders", first.place.file);
            return self.problems.push(file.problem(0, message));
        }
        if let Some(note::Read { topic, note }) = note::read(file, id.clone(), &mut self.problems) {
            self.topics.insert(id.clone(), topic);
            self.notes.insert(id, note);
        }
    }

    /// The topic to which a file belongs: the folder that holds it.
    fn topic_of(&mut self, file: &File<'_>) -> Option<TopicId> {
        let folder = file.folder().filter(|folder| cards::is_id(folder));
        if folder.is_none() {
            let name = file.base_name();
            let message = format!(
                "`{name}` stands in a folder that is named for its topic, in lower-case letters, digits and hyphens: move it there"
            );
            self.problems.push(file.problem(0, message));
        }
        folder.map(TopicId::new)
    }

    fn add_cards(&mut self, cards: Vec<Card>) {
        for card in cards {
            if let Some(first) = self.card_places.get(&card.id) {
                let message =
                    format!("there is a card `{}` already, {first}: give this one another id or text", card.id);
                self.problems.push(Problem { place: card.place, message });
            } else {
                self.card_places.insert(card.id.clone(), card.place.clone());
                self.cards.push(card);
            }
        }
    }

    fn finish(mut self) -> Content {
        for (id, topic) in self.decks {
            self.topics.entry(id).or_insert(topic);
        }
        for card in &self.cards {
            if !self.topics.contains_key(&card.topic) {
                self.topics.insert(card.topic.clone(), Topic::named_by_its_id(card.topic.clone(), card.place.clone()));
            }
        }
        self.problems.sort();
        self.problems.dedup();
        let mut content = Content {
            topics: self.topics.into_values().collect(),
            notes: self.notes.into_values().collect(),
            cards: self.cards,
            problems: self.problems,
        };
        content.arrange_cards();
        content
    }
}
