//! Rounds: choose a scenario, set the round up, hold it, look at what it showed.
//!
//! The rules of a round are [`crate::round`]'s; these screens turn keys into its events and show its state. A screen each:
//! [`Rounds`] to choose.

mod browse;
mod catalogue;
mod drawing;
mod live;

pub use browse::Rounds;
