//! Cards: the decks there are, and the review session.
//!
//! | module | what it is for |
//! |---|---|
//! | [`decks`] | the topics with what is due in each: the root of the tab |
//! | [`review`] | one card after the other: question, attempt, answer, grade |
//!
//! When a card is due, and what a grade means, is decided in [`recall`](crate::recall); these screens show it.

pub mod decks;
pub mod review;
