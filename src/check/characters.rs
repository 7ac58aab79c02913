//! No entity spells a character that a terminal would obey or hide.

use super::{Findings, Rule, Subject};
use crate::content::markdown::disguised;

pub(super) const RULE: Rule = Rule {
    name: "characters",
    demands: "Texts contain no control or invisible characters, also not spelled as an entity.",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let message = "an entity spells a control or invisible character here: remove it";
    for note in &subject.content.notes {
        for at in disguised(&note.body) {
            findings.note(note, at, message);
        }
    }
    for card in &subject.content.cards {
        if [&card.front, &card.why].into_iter().any(|text| !disguised(text).is_empty()) {
            findings.card(card, message);
        }
    }
}
