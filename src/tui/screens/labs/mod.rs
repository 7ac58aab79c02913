//! The labs: live simulators, a folder each.

pub mod cache;
