//! What the candidate does with a card before they see its answer.
//!
//! One file for each kind that asks for more than thought. Knows the card, not the session: how an answer was
//! rated and when the card comes again is decided elsewhere. Start reading at [`Attempt`].

mod choose;
mod compute;
mod order;

use crate::content::{Card, CardKind};
use crate::recall::Rating;
use crate::rng::stream;

pub(super) use choose::{Choose, Confidence};
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
        let chance = || stream(seed, &format!("attempt {} {reviews}", card.id));
        Ok(match &card.kind {
            CardKind::Recall { .. } | CardKind::Cloze { .. } | CardKind::Mistake { .. } => Self::Say,
            CardKind::Choose { options } => Self::Choose(Choose::new(options, chance())),
            CardKind::Compute { answer, unit, within } => Self::Compute(Box::new(Compute::new(answer, unit, *within)?)),
            CardKind::Order { steps } => Self::Order(Order::new(steps.len(), chance())),
        })
    }

    /// What the app proposes, once there is an answer that it can judge.
    pub(super) fn proposal(&self) -> Option<Rating> {
        match self {
            Self::Say => None,
            Self::Choose(choose) => choose.proposal(),
            Self::Compute(compute) => compute.proposal(),
            Self::Order(order) => order.proposal(),
        }
    }
}
