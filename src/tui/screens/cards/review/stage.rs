//! Where the candidate stands with the card at hand, and which keys mean something there.

use crate::recall::{Face, Rating, Session};
use crate::tui::screens::cards::desk::{Attempt, Desk};

use super::Command;

/// A point on the way from a question to its grade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// A card that is answered from the head.
    Think,
    /// Options that are not in view yet.
    Closed,
    Pick {
        options: usize,
        has_picked: bool,
    },
    Type {
        is_empty: bool,
    },
    Order,
    /// The answer is in view; space gives this grade.
    Answered(Rating),
    /// The last step is not saved.
    Failed,
    /// Nothing is left but to wait for a step.
    Waiting,
    Finished,
}

impl Stage {
    pub(super) fn of(session: &Session, desk: Option<&Desk>) -> Self {
        if session.pending().is_some_and(|pending| pending.failure.is_some()) {
            return Self::Failed;
        }
        let Some(desk) = desk else {
            return if session.is_finished() { Self::Finished } else { Self::Waiting };
        };
        if let Some(Face::Answer { proposed }) = session.face() {
            return Self::Answered(proposed.unwrap_or(Rating::Good));
        }
        match &desk.attempt {
            Attempt::Say => Self::Think,
            Attempt::Choose(choose) if choose.is_open() => {
                Self::Pick { options: choose.options().len(), has_picked: choose.has_picked() }
            }
            Attempt::Choose(_) => Self::Closed,
            Attempt::Compute(compute) => Self::Type { is_empty: compute.is_empty() },
            Attempt::Order(_) => Self::Order,
        }
    }

    /// Whether there is a card, and what happened to it before is saved.
    pub(super) fn is_at_card(self) -> bool {
        !matches!(self, Self::Failed | Self::Waiting | Self::Finished)
    }

    pub(super) fn is_answered(self) -> bool {
        matches!(self, Self::Answered(_))
    }

    /// Whether there is something to move a cursor over.
    pub(super) fn has_cursor(self) -> bool {
        matches!(self, Self::Pick { .. } | Self::Order)
    }

    /// Whether the way goes on here with a key.
    pub(super) fn allows(self, command: Command) -> bool {
        match (command, self) {
            (Command::Go, Self::Think | Self::Closed | Self::Pick { .. } | Self::Answered(_)) => true,
            (Command::Check | Command::Doubt | Command::Guess, Self::Pick { has_picked, .. }) => has_picked,
            (Command::Check, stage) => !matches!(stage, Self::Failed | Self::Waiting),
            (Command::Digit(number), Self::Answered(_)) => number <= 4,
            (Command::Digit(number), Self::Pick { options, .. }) => usize::from(number) <= options,
            (Command::Carry(_), Self::Order) | (Command::Retry, Self::Failed) => true,
            _ => false,
        }
    }

    /// What a key does here, where its row in the table can only say it in general.
    pub(super) fn wording(self, command: Command) -> Option<&'static str> {
        match (command, self) {
            (Command::Go | Command::Check, Self::Think) => Some("show the answer"),
            (Command::Go | Command::Check, Self::Closed) => Some("show the options"),
            (Command::Go | Command::Check, Self::Answered(rating)) => Some(rating.name()),
            (Command::Check, Self::Finished) => Some("done"),
            (Command::Go | Command::Digit(_), Self::Pick { .. }) => Some("pick"),
            (Command::Check, Self::Type { is_empty: true }) => Some("show the answer"),
            (Command::Check, Self::Type { .. } | Self::Order) => Some("check"),
            (Command::Digit(number), Self::Answered(_)) => Rating::try_from(number).ok().map(Rating::name),
            _ => None,
        }
    }
}
