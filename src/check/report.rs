//! The answer of `sysdrill check`, in the shape of its JSON.

use serde::Serialize;

use super::Corpus;
use crate::content::Problem;
use crate::estimate::drill::Drill;

/// What was checked and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// How many topics.
    pub topics: usize,
    /// How many notes.
    pub notes: usize,
    /// How many cards.
    pub cards: usize,
    /// How many scenarios.
    pub scenarios: Scenarios,
    /// How many calculators.
    pub calculators: usize,
    /// How many drills.
    pub drills: usize,
    /// How many lessons.
    pub lessons: usize,
    /// By place.
    pub problems: Vec<Problem>,
}

/// Scenarios by their kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Scenarios {
    /// High-level designs.
    pub hld: usize,
    /// Low-level designs.
    pub lld: usize,
    /// Mini-cases.
    pub mini: usize,
}

impl Report {
    pub(super) fn of(corpus: Corpus<'_>, mut problems: Vec<Problem>) -> Self {
        problems.sort();
        problems.dedup();
        let files = |folder: &str| corpus.files.iter().filter(|file| file.path.starts_with(folder)).count();
        let drills = corpus.files.iter().filter(|file| file.path.starts_with("drills/"));
        Self {
            topics: corpus.content.topics.len(),
            notes: corpus.content.notes.len(),
            cards: corpus.content.cards.len(),
            scenarios: Scenarios {
                hld: files("scenarios/hld/"),
                lld: files("scenarios/lld/"),
                mini: files("scenarios/mini/"),
            },
            calculators: files("calculators/"),
            drills: drills.map(|file| Drill::parse(&file.file, &file.text).0.len()).sum(),
            lessons: files("lessons/"),
            problems,
        }
    }
}
