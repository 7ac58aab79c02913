//! What follows from a round: what to learn of what was missed, and how an attempt differs from the one before.

use serde::{Deserialize, Serialize};

use super::proof::Proofs;
use super::scenario::{Links, Scenario};
use super::score::Score;
use crate::content::{CardId, LessonId};

/// What to learn, the most telling first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aftermath {
    /// Checkpoints that the level expected and the notes did not show.
    pub missed: Vec<String>,
    /// Cards to be due.
    pub cards: Vec<CardId>,
    /// Sections to read, `topic` or `topic#anchor`.
    pub notes: Vec<String>,
    /// Lessons to play.
    pub lessons: Vec<LessonId>,
}

/// What a missed checkpoint or a wrong statement leads to: wrong statements first, since they are held to be true.
pub fn aftermath(scenario: &Scenario, proofs: &Proofs, score: &Score) -> Aftermath {
    let mut after = Aftermath::default();
    for flag in scenario.red_flags.iter().filter(|flag| proofs.red_flags.iter().any(|(id, _)| *id == flag.id)) {
        after.add(&flag.links);
    }
    for credit in score.checkpoints.iter().filter(|credit| !credit.is_credited()) {
        after.missed.push(credit.id.clone());
        if let Some(checkpoint) = scenario.checkpoint(&credit.id) {
            after.add(&checkpoint.links);
        }
    }
    after
}

impl Aftermath {
    fn add(&mut self, links: &Links) {
        let new = |list: &[String], note: &String| !note.is_empty() && !list.contains(note);
        if new(&self.notes, &links.note) {
            self.notes.push(links.note.clone());
        }
        self.cards.extend(links.cards.iter().filter(|card| !self.cards.contains(card)).cloned().collect::<Vec<_>>());
        self.lessons.extend(links.lesson.iter().filter(|one| !self.lessons.contains(one)).cloned().collect::<Vec<_>>());
    }
}

/// An attempt beside an earlier one at the same scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Each dimension with the score before and now.
    pub dimensions: Vec<(String, Option<u8>, Option<u8>)>,
    /// Checkpoints credited now and not before.
    pub gained: Vec<String>,
    /// Checkpoints credited before and not now.
    pub lost: Vec<String>,
    /// The mean before and now.
    pub means: (Option<f64>, Option<f64>),
}

/// Sets two attempts side by side.
pub fn compare(before: &Score, now: &Score) -> Comparison {
    let score_of = |score: &Score, id: &str| score.dimensions.iter().find(|one| one.id == id).and_then(|one| one.score);
    let credited = |score: &Score, id: &str| score.checkpoints.iter().any(|one| one.id == id && one.is_credited());
    let only_in = |one: &Score, other: &Score| -> Vec<String> {
        let ids = one.checkpoints.iter().filter(|credit| credit.is_credited()).map(|credit| &credit.id);
        ids.filter(|id| !credited(other, id)).cloned().collect()
    };
    let dimension = |one: &super::score::DimensionScore| (one.id.clone(), score_of(before, &one.id), one.score);
    Comparison {
        dimensions: now.dimensions.iter().map(dimension).collect(),
        gained: only_in(now, before),
        lost: only_in(before, now),
        means: (before.mean, now.mean),
    }
}
