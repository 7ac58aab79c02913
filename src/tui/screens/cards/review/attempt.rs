//! What the candidate does with a card before they see its answer.
//!
//! One file for each kind that asks for more than thought. Knows the card, not the session: how an answer was
//! rated and when the card comes again is decided elsewhere. Start reading at [`Attempt`].

mod choose;
mod compute;
mod order;

use crate::content::{Card, CardKind};
use crate::recall::Rating;
use crate::recall::grading::{self, Confidence, Verdict};

pub(super) use choose::Choose;
pub(super) use compute::Compute;
pub(super) use order::Order;

/// An attempt at one card.
#[derive(Clone, Debug)]
pub(super) enum Attempt {
    /// The answer is said or thought: recall, cloze, mistake.
    Say,
    /// Options are picked.
    Choose(Choose),
    /// A number is typed.
    Compute(Box<Compute>),
    /// Steps are brought into order.
    Order(Order),
}

impl Attempt {
    /// A fresh attempt. What is shuffled is decided by the seed, the card and how often it was answered, so that a
    /// replayed session shows the same and the next review of the card does not.
    ///
    /// # Errors
    /// Where the card's own solution cannot be computed; it can still be answered from the head.
    pub(super) fn at(card: &Card, seed: u64, reviews: u32) -> Result<Self, String> {
        let shuffled = |count| grading::shown_order(seed, &card.id, reviews, count);
        Ok(match &card.kind {
            CardKind::Recall { .. } | CardKind::Cloze { .. } | CardKind::Mistake { .. } => Self::Say,
            CardKind::Choose { options } => Self::Choose(Choose::new(options, &shuffled(options.len()))),
            CardKind::Compute { answer, unit, within } => Self::Compute(Box::new(Compute::new(answer, unit, *within)?)),
            CardKind::Order { steps } => Self::Order(Order::new(shuffled(steps.len()))),
        })
    }

    /// Takes the attempt as the answer and says what the app proposes; nothing where it cannot be read as one.
    pub(super) fn check(&mut self, confidence: Confidence) -> Option<Rating> {
        let verdict: Verdict = match self {
            Self::Say => return None,
            Self::Choose(choose) => {
                choose.check(confidence);
                choose.given()?.1
            }
            Self::Compute(compute) => {
                compute.check();
                compute.given()?.verdict
            }
            Self::Order(order) => grading::order(order.places()),
        };
        Some(verdict.proposed)
    }
}
