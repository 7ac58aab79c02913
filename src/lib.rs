//! sysdrill, a terminal trainer for system design interviews.
//!
//! The map of the house. A room may call the rooms above it in this list and none below:
//!
//! | room | what it is for |
//! |---|---|
//! | [`time`], [`rng`], [`config`] | moments, seeded random streams, what the user configured: the ground |
//! | [`content`] | text in, topics and cards out, with every problem at once; pure |
//! | [`estimate`] | quantities with units, expressions, sheets; pure |
//! | [`board`] | a design as text: what it says, boxes and arrows; pure |
//! | [`recall`] | when a card is due: memory model, queue, session; pure |
//! | [`round`] | a timed mock interview: formats, state machine, evidence, score; pure |
//! | [`sim`] | cache eviction and key placement, exact and seeded; pure |
//! | [`check`] | what content must satisfy, above the domain rooms |
//! | [`library`] | folders, what is built in, overlays, reload, search |
//! | [`store`] | SQLite: the event log and the state folded from it |
//! | [`tui`] | the app: loop, screens, widgets, theme |
//! | [`cli`] | one file a subcommand |
//!
//! Domain rooms may use the types of `content` and `estimate` and nothing else of each other.
//! `tests/architecture.rs` proves all of this.

pub mod board;
pub mod check;
pub mod cli;
pub mod config;
pub mod content;
pub mod estimate;
pub mod exchange;
pub mod library;
pub mod recall;
pub mod rng;
pub mod round;
pub mod sim;
pub mod store;
pub mod time;
pub mod tui;
