//! An anchor that was set by hand is used.

use std::collections::BTreeSet;

use super::{Findings, Rule, Subject};
use crate::content::markdown::{Target, links, slug};
use crate::content::{Content, NoteRef};

pub(super) const RULE: Rule =
    Rule { name: "anchors", demands: "An anchor that was set by hand is used by a card or a link.", check };

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let used = used(subject.known.content);
    for note in &subject.content.notes {
        for heading in &note.headings {
            let by_itself = slug(&heading.text);
            let numbered = heading.anchor.as_str().strip_prefix(&*by_itself).is_some_and(is_number);
            if !numbered && !used.contains(&(note.topic.as_str().to_owned(), heading.anchor.as_str().to_owned())) {
                let message = format!("nothing leads to the anchor `{}`: remove it or link to it", heading.anchor);
                findings.heading(note, heading, message);
            }
        }
    }
}

/// Nothing, or what tells headings of one text apart.
fn is_number(rest: &str) -> bool {
    rest.is_empty() || rest.strip_prefix('-').is_some_and(|number| number.parse::<u32>().is_ok())
}

/// Topic and anchor of every section to which a card or a link leads.
fn used(all: &Content) -> BTreeSet<(String, String)> {
    let by_cards = all.cards.iter().filter_map(|card| card.note.clone());
    let by_links = all.notes.iter().flat_map(|note| {
        links(&note.body).into_iter().filter_map(|link| match Target::parse(&link.destination)? {
            Target::Note(section) => Some(section),
            Target::Here(anchor) => Some(NoteRef { topic: note.topic.clone(), anchor: Some(anchor) }),
            _ => None,
        })
    });
    let ids = |section: NoteRef| Some((section.topic.to_string(), section.anchor?.to_string()));
    by_cards.chain(by_links).filter_map(ids).collect()
}
