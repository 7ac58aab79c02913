//! The screens, a folder each, and the list of those that can be gone to.

pub mod cards;
mod editing;
pub mod estimate;
pub mod first_run;
pub mod help;
pub mod labs;
pub mod library;
pub mod palette;
pub mod progress;
pub mod reader;
pub mod rounds;
pub mod today;

use super::registry::Entry;

/// Every screen that can be gone to; the order of the tabs is the order of their digits.
pub const ALL: &[Entry] = &[
    Entry::tab::<today::Today>(),
    Entry::tab::<library::Library>(),
    Entry::tab::<cards::decks::Decks>(),
    Entry::tab::<rounds::Rounds>(),
    Entry::tab::<estimate::paper::Paper>(),
    Entry::tab::<labs::root::Labs>(),
    Entry::tab::<progress::Progress>(),
    Entry::page::<cards::review::Review>(),
    Entry::page::<cards::card::Card>(),
    Entry::page::<reader::Reader>(),
    Entry::page::<labs::lesson::Player>(),
    Entry::page::<labs::placement::Lab>(),
    Entry::page::<labs::cache::CacheLab>(),
    Entry::page::<estimate::calculator::Calculators>(),
    Entry::page::<estimate::calculator::Form>(),
    Entry::page::<estimate::drill::Drill>(),
    Entry::page::<estimate::numbers::Numbers>(),
    Entry::either::<rounds::SetUp>(rounds::open),
    Entry::page::<first_run::Profile>(),
];
