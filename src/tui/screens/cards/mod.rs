//! Cards: the decks there are, and the review session.
//!
//! | module | what it is for |
//! |---|---|
//! | [`decks`] | the topics with what is due in each: the root of the tab |
//! | [`review`] | one card after the other: question, attempt, answer, grade |
//! | [`card`] | one card, both sides, with what is known of it |
//! | `desk` | a card as it lies there: the attempt at it, what stands on it, scrolling |
//!
//! When a card is due, and what a grade means, is decided in [`recall`](crate::recall); these screens show it.

pub mod card;
pub mod decks;
mod desk;
pub mod review;
