//! Layers of content: what lies above replaces what lies below, id by id.

use std::collections::{HashMap, HashSet};

use crate::content::{Card, CardId, Content, Note, Stored, Topic, TopicId};

/// What one folder holds, or several laid over each other.
#[derive(Clone, Debug, Default)]
pub(super) struct Layer {
    pub(super) content: Content,
    /// By path.
    pub(super) files: Vec<Stored<'static>>,
}

impl Layer {
    /// The two layers as one, seen from above.
    pub(super) fn under(self, above: Self) -> Self {
        let (below, over) = (self.content, above.content);
        let says_more = |topic: &Topic| {
            !below.topics.iter().any(|b| b.id == topic.id) || over.notes.iter().any(|note| note.topic == topic.id)
        };
        // A topic that is only named by a deck or by its cards does not take the title from one with a note.
        let topics = over.topics.iter().filter(|topic| says_more(topic)).cloned().collect();
        let mut content = Content {
            topics: replace(below.topics, topics, |topic: &Topic| topic.id.clone()),
            notes: replace(below.notes, over.notes, |note: &Note| note.topic.clone()),
            cards: replace_cards(below.cards, over.cards),
            problems: [below.problems, over.problems].concat(),
        };
        content.arrange_cards();
        let files = replace(self.files, above.files, |file: &Stored<'_>| file.path.clone());
        Self { content, files }
    }

    /// Takes from `before` the entries whose files have a problem now and which are therefore missing here.
    pub(super) fn keep_last_good(&mut self, before: &Self) {
        let broken: HashSet<&str> = self.content.problems.iter().map(|p| p.place.file.as_str()).collect();
        let missing = |file: &str, here: bool| broken.contains(file) && !here;
        let old = &before.content;

        let topics: HashSet<&TopicId> = self.content.notes.iter().map(|note| &note.topic).collect();
        let notes = old.notes.iter().filter(|note| missing(&note.place.file, topics.contains(&note.topic)));
        let kept_notes: Vec<Note> = notes.cloned().collect();
        let kept_topic = |topic: &&Topic| kept_notes.iter().any(|note| note.topic == topic.id);
        let kept_topics: Vec<Topic> = old.topics.iter().filter(kept_topic).cloned().collect();

        let cards: HashSet<&CardId> = self.content.cards.iter().map(|card| &card.id).collect();
        let kept_cards = old.cards.iter().filter(|card| missing(&card.place.file, cards.contains(&card.id)));
        let kept_cards: Vec<Card> = kept_cards.cloned().collect();

        let paths: HashSet<&str> = self.files.iter().map(|file| &*file.path).collect();
        let kept_files = before.files.iter().filter(|file| missing(&file.file, paths.contains(&*file.path)));
        let kept_files = kept_files.cloned().collect();

        let kept = Content { topics: kept_topics, notes: kept_notes, cards: kept_cards, problems: Vec::new() };
        *self = std::mem::take(self).under(Self { content: kept, files: kept_files });
    }
}

/// Both lists as one, sorted by key; of two entries with one key the one of `above`.
fn replace<T, K: Ord>(below: Vec<T>, above: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    let mut all = above;
    all.extend(below);
    // Stable, so that what lies above comes first.
    all.sort_by_key(&key);
    all.dedup_by_key(|entry| key(entry));
    all
}

/// A replaced card stays in its place; new ones follow all others.
fn replace_cards(mut below: Vec<Card>, above: Vec<Card>) -> Vec<Card> {
    let positions: HashMap<CardId, usize> =
        below.iter().enumerate().map(|(position, card)| (card.id.clone(), position)).collect();
    for card in above {
        match positions.get(&card.id) {
            Some(&position) => below[position] = card,
            None => below.push(card),
        }
    }
    below
}
