//! What can be read can be practised, and what is practised can be read.

use super::{Findings, Rule, Subject};

pub(super) const RULE: Rule =
    Rule { name: "orphans", demands: "A note has cards, and a topic with a `cards.toml` has a note.", check };

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let known = subject.known;
    for note in &subject.content.notes {
        if !known.content.cards.iter().any(|card| card.topic == note.topic) {
            findings.note(note, 0, format!("the note `{}` has no cards: write its `cards.toml`", note.topic));
        }
    }
    for topic in &subject.content.topics {
        if topic.place.file.ends_with("cards.toml") && !known.notes.contains_key(topic.id.as_str()) {
            findings.at(topic.place.clone(), format!("the topic `{}` has no note: write its `note.md`", topic.id));
        }
    }
}
