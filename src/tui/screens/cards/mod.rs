//! Cards: the decks there are, and the review session.
//!
//! | module | what it is for |
//! |---|---|
//! | `review` | one card after the other: question, attempt, answer, grade |
//!
//! When a card is due, and what a grade means, is decided in [`recall`](crate::recall); these screens show it.

mod review;

pub use review::Review;
