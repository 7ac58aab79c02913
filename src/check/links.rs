//! Every link arrives.

use std::collections::BTreeSet;

use super::known::Known;
use super::{Findings, Rule, Subject};
use crate::content::markdown::{Target, links};
use crate::content::{Anchor, Card, Note, NoteRef, Topic, nearest};

pub(super) const RULE: Rule = Rule { name: "links", demands: "Every link arrives.", check };

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for note in &subject.content.notes {
        for link in links(&note.body) {
            if let Some(message) = astray(subject.known, &link.destination, Some(note)) {
                findings.note(note, link.at, message);
            }
        }
    }
    subject.content.topics.iter().for_each(|topic| related(subject.known, topic, findings));
    subject.content.cards.iter().for_each(|card| card_links(subject.known, card, findings));
}

fn related(known: &Known<'_>, topic: &Topic, findings: &mut Findings) {
    for other in &topic.related {
        if !known.notes.contains_key(other.as_str()) {
            let message = format!("`related`: {}", missing("note", other.as_str(), known.notes.keys().copied()));
            findings.at(topic.place.clone(), message);
        }
    }
}

fn card_links(known: &Known<'_>, card: &Card, findings: &mut Findings) {
    if let Some(message) = card.note.as_ref().and_then(|section| section_astray(known, section)) {
        findings.card(card, format!("`note`: {message}"));
    }
    if let Some(lesson) = card.lesson.as_ref().filter(|lesson| !known.lessons.contains(lesson.as_str())) {
        findings.card(card, format!("`lesson`: {}", absent("lesson", lesson.as_str(), &known.lessons)));
    }
    match &card.contrast {
        Some(other) if *other == card.id => findings.card(card, "`contrast` names the card itself: name the other one"),
        Some(other) if !known.cards.contains(other.as_str()) => {
            findings.card(card, format!("`contrast`: {}", absent("card", other.as_str(), &known.cards)));
        }
        _ => {}
    }
}

/// Why a link does not arrive, if it does not. `here` is the note in which it stands, if it stands in one.
pub(super) fn astray(known: &Known<'_>, destination: &str, here: Option<&Note>) -> Option<String> {
    let nowhere = || {
        let schemes = Target::SCHEMES.map(|scheme| format!("`{scheme}:`")).join(", ");
        Some(format!("the link `{destination}` leads nowhere: begin it with {schemes}, `#` or `https:`"))
    };
    let Some(target) = Target::parse(destination) else { return nowhere() };
    let unless_in = |kind, id: &str, ids: &BTreeSet<&str>| (!ids.contains(id)).then(|| absent(kind, id, ids));
    match target {
        Target::Note(section) => section_astray(known, &section),
        Target::Here(anchor) => here.map_or_else(nowhere, |note| anchor_astray(note, &anchor)),
        Target::Card(id) => unless_in("card", id.as_str(), &known.cards),
        Target::Scenario(id) => unless_in("scenario", id.as_str(), &known.scenarios),
        Target::Lesson(id) => unless_in("lesson", id.as_str(), &known.lessons),
        Target::Lab(id) => unless_in("lab", id.as_str(), &known.labs),
        Target::Calculator(id) => unless_in("calculator", id.as_str(), &known.calculators),
        Target::Web(_) => None,
    }
}

fn section_astray(known: &Known<'_>, section: &NoteRef) -> Option<String> {
    match known.notes.get(section.topic.as_str()) {
        None => Some(missing("note", section.topic.as_str(), known.notes.keys().copied())),
        Some(note) => section.anchor.as_ref().and_then(|anchor| anchor_astray(note, anchor)),
    }
}

fn anchor_astray(note: &Note, anchor: &Anchor) -> Option<String> {
    let anchors = note.headings.iter().map(|heading| heading.anchor.as_str());
    let what = format!("heading in `{}` with the anchor", note.topic);
    (!note.has_anchor(anchor)).then(|| missing(&what, anchor.as_str(), anchors))
}

pub(super) fn absent(kind: &str, id: &str, ids: &BTreeSet<&str>) -> String {
    missing(kind, id, ids.iter().copied())
}

/// Says that there is no such thing, and which of those that there are may be meant.
pub(super) fn missing<'a>(what: &str, id: &str, there: impl Iterator<Item = &'a str>) -> String {
    match nearest(id, there) {
        Some(candidate) => format!("there is no {what} `{id}`: did you mean `{candidate}`?"),
        None => format!("there is no {what} `{id}`: correct the link or write it"),
    }
}
