//! The options of a choose card differ.

use std::collections::BTreeSet;

use super::prose::words;
use super::{Findings, Rule, Subject};
use crate::content::CardKind;

pub(super) const RULE: Rule = Rule { name: "choices", demands: "The options of a choose card differ.", check };

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for card in &subject.content.cards {
        let CardKind::Choose { options } = &card.kind else { continue };
        let mut seen = BTreeSet::new();
        for option in options {
            let mut key = words(&option.text);
            if key.is_empty() {
                // `<` and `>` have no words to compare.
                key.push(option.text.clone());
            }
            if !seen.insert(key) {
                findings.card(card, format!("the option `{}` is there twice: replace one of them", option.text));
            }
        }
    }
}
