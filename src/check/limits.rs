//! Fronts and backs are as short as a card must be.

use super::prose::count;
use super::{Findings, Rule, Subject};
use crate::content::{Card, CardKind};

pub(super) const RULE: Rule = Rule {
    name: "limits",
    demands: "A front has at most 25 words (order and mistake: 40) and a back at most 15.",
    check,
};

const BACK: usize = 15;

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for card in subject.content.cards.iter().filter(|card| is_written_for_us(card)) {
        let limit = match card.kind {
            CardKind::Order { .. } | CardKind::Mistake { .. } => 40,
            _ => 25,
        };
        let words = count(&card.front);
        if words > limit {
            findings.card(card, format!("`front` has {words} words: at most {limit} can be taken in at a glance"));
        }
        if let CardKind::Recall { back } | CardKind::Mistake { back } = &card.kind {
            let words = count(back);
            if words > BACK {
                findings.card(card, format!("`back` has {words} words: keep {BACK} and move the rest to `why`"));
            }
        }
    }
}

/// Decks are taken as they come; they have no `why` to which the rest could move.
fn is_written_for_us(card: &Card) -> bool {
    card.place.file.ends_with("cards.toml")
}
