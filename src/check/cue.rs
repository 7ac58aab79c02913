//! The cue does not contain its answer.

use super::prose::{contains_run, gap_text, words};
use super::{Findings, Rule, Subject};
use crate::content::{Card, CardKind};

pub(super) const RULE: Rule = Rule { name: "cue", demands: "The cue does not contain its answer.", check };

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for card in &subject.content.cards {
        if let Some(answer) = given_away(card) {
            findings.card(card, format!("the front gives its answer `{answer}` away: ask without it"));
        }
    }
}

/// The answer that stands in the cue, if one does.
fn given_away(card: &Card) -> Option<String> {
    let says = |text: &str| contains_run(&words(&card.front), &words(text));
    match &card.kind {
        CardKind::Recall { back } => says(back).then(|| back.clone()),
        // A question that names its options ("A or B?") gives none of them away.
        CardKind::Choose { options } if options.iter().any(|option| !option.right && says(&option.text)) => None,
        CardKind::Choose { options } => {
            options.iter().find(|option| option.right && says(&option.text)).map(|option| option.text.clone())
        }
        CardKind::Cloze { gaps } => {
            let visible = words(&visible(card, gaps));
            let hidden = gaps.iter().map(|&gap| gap_text(card, gap));
            hidden.into_iter().find(|text| contains_run(&visible, &words(text))).map(str::to_owned)
        }
        CardKind::Compute { .. } | CardKind::Order { .. } | CardKind::Mistake { .. } => None,
    }
}

/// The front of a cloze with its gaps left out.
fn visible(card: &Card, gaps: &[(u32, u32)]) -> String {
    let mut visible = String::new();
    let mut at = 0;
    for &(start, end) in gaps {
        visible.push_str(card.front.get(at..start as usize).unwrap_or_default());
        // Whatever was beside the gap does not become one run.
        visible.push_str(" … ");
        at = end as usize;
    }
    visible.push_str(card.front.get(at..).unwrap_or_default());
    visible
}
