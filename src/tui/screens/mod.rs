//! The screens, a folder each, and the list of those that can be gone to.

pub mod cards;
pub mod first_run;
pub mod help;
pub mod palette;
pub mod progress;
pub mod today;

use super::registry::Entry;

/// Every screen that can be gone to; the order of the tabs is the order of their digits.
pub const ALL: &[Entry] =
    &[Entry::tab::<today::Today>(), Entry::tab::<cards::decks::Decks>(), Entry::page::<cards::review::Review>()];
