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

pub(crate) use choose::Choose;
pub(crate) use compute::Compute;
pub(crate) use order::Order;

/// An attempt at one card.
#[derive(Clone, Debug)]
pub(crate) enum Attempt {
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
    pub(crate) fn at(card: &Card, seed: u64, reviews: u32) -> Result<Self, String> {
        let shuffled = |count| grading::shown_order(seed, &card.id, reviews, count);
        Ok(match &card.kind {
            CardKind::Recall { .. } | CardKind::Cloze { .. } | CardKind::Mistake { .. } => Self::Say,
            CardKind::Choose { options } => Self::Choose(Choose::new(options, &shuffled(options.len()))),
            CardKind::Compute { answer, unit, within } => Self::Compute(Box::new(Compute::new(answer, unit, *within)?)),
            CardKind::Order { steps } => Self::Order(Order::new(shuffled(steps.len()))),
        })
    }

    /// No attempt, only what is needed to show a card's answer.
    pub(crate) fn to_read(card: &Card) -> Self {
        match &card.kind {
            CardKind::Choose { options } => Self::Choose(Choose::new(options, &(0..options.len()).collect::<Vec<_>>())),
            CardKind::Compute { answer, unit, within } => {
                Compute::new(answer, unit, *within).map_or(Self::Say, |compute| Self::Compute(Box::new(compute)))
            }
            _ => Self::Say,
        }
    }

    /// Takes the attempt as the answer and says what the app proposes; nothing where it cannot be read as one.
    pub(crate) fn check(&mut self, confidence: Confidence) -> Option<Rating> {
        let verdict: Verdict = match self {
            Self::Say => return None,
            Self::Choose(choose) => {
                choose.check(confidence);
                choose.given()?.1
            }
            Self::Compute(compute) => {
                compute.check();
                if compute.is_given_up() {
                    return Some(Rating::Again);
                }
                compute.given()?.verdict
            }
            Self::Order(order) => grading::order(order.places()),
        };
        Some(verdict.proposed)
    }
}
