//! The screens, a folder each.

pub mod cards;
pub mod help;
pub mod palette;
