//! When a card is due: events, memory model, queue, session; pure.
//!
//! What happened is an append-only log of [`Event`]s; what is true is a [`fold()`] over it. A [`Scheduler`] turns
//! a card's state into the next due date of each rating, a [`Queue`] turns many states into an order, and
//! a [`Session`] walks through it one answer at a time. Nothing here reads a clock, a file or a setting:
//! moments, seeds and rules are passed in, and a session's effects are handed out as data. This room does
//! not know where the log is kept (that is `store`) nor how a card is drawn (that is `tui`).
//!
//! Start reading at [`Event`], then [`fold()`], then [`Scheduler`]. `docs/recall.md` tells the same in prose.

mod event;
mod fold;
pub mod grading;
mod history;
mod memory;
mod plan;
mod queue;
mod schedule;
mod session;
mod stats;

pub use event::{
    Cause, Due, Estimate, Event, EventId, Item, ItemError, Mint, Rating, RatingError, Review, Stage, What,
};
pub use fold::{ItemState, LastReview, State, StepsBack, effective, fold, fold_items, newest_parameters};
pub use history::{DayTotal, History};
pub use memory::{Memory, Model, Outcome, Parameters, ParametersError, ParametersId, Retention, RetentionError};
pub use plan::{Aim, Course, Day, Learner, Trial, simulate};
pub use queue::{Ask, Counts, Limits, Pace, Queue, Queued, is_due};
pub use schedule::{Answer, Grant, Grants, LONGEST_INTERVAL, Rules, Scheduler, Wait};
pub use session::{Effect, Face, Input, Mode, Pending, Session};
pub use stats::{Basis, CardCounts, Reached, Readiness, Stats};
