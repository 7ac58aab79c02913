//! The labs: live simulators, and the lessons that lead through them.
//!
//! A folder a lab. [`root`] is the tab that lists the labs with their lessons, [`shelf`] what lessons there are and what was
//! predicted in each, [`lesson`] plays one of any lab,
//! [`cache`] and [`placement`] are the labs.

pub mod cache;
pub mod lesson;
pub mod placement;
pub mod root;
pub mod shelf;
