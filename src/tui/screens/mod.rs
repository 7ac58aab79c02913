//! The screens, a folder each.

pub mod help;
pub mod palette;
