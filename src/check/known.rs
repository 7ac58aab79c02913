//! Everything that a link can lead to.

use std::collections::{BTreeMap, BTreeSet};

use super::Corpus;
use crate::content::{Content, Note};
use crate::estimate::Numbers;
use crate::round::{Family, Rulebook};

/// The labs of the program.
const LABS: [&str; 2] = ["cache", "hash"];

/// The file of the reference numbers.
pub(super) const NUMBERS: &str = "numbers.toml";

/// The ids of all content, by kind.
pub(super) struct Known<'a> {
    pub(super) content: &'a Content,
    pub(super) notes: BTreeMap<&'a str, &'a Note>,
    pub(super) cards: BTreeSet<&'a str>,
    pub(super) scenarios: BTreeSet<&'a str>,
    pub(super) lessons: BTreeSet<&'a str>,
    pub(super) calculators: BTreeSet<&'a str>,
    pub(super) labs: BTreeSet<&'a str>,
    /// Kinds of round, rubrics, curveballs and words.
    pub(super) rulebook: Rulebook,
    /// The reference numbers that a sheet may name.
    pub(super) numbers: Numbers,
}

impl<'a> Known<'a> {
    pub(super) fn of(all: Corpus<'a>) -> Self {
        let ids = |folder: &'static str| {
            all.files.iter().filter_map(move |file| file.path.strip_prefix(folder)?.strip_suffix(".toml"))
        };
        let scenarios = Family::ALL.into_iter().flat_map(|family| ids(family.folder()));
        Self {
            content: all.content,
            notes: all.content.notes.iter().map(|note| (note.topic.as_str(), note)).collect(),
            cards: all.content.cards.iter().map(|card| card.id.as_str()).collect(),
            scenarios: scenarios.collect(),
            lessons: ids("lessons/").collect(),
            calculators: ids("calculators/").collect(),
            labs: LABS.into_iter().collect(),
            rulebook: Rulebook::read(all.files).0,
            numbers: all
                .files
                .iter()
                .find(|file| file.path == NUMBERS)
                .map(|file| Numbers::parse(&file.file, &file.text).0)
                .unwrap_or_default(),
        }
    }
}
