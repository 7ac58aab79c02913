//! Which cards are met on the same day: of siblings only one; of a confusable pair each is first learned alone, and
//! then both are asked together.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;

use super::Candidate;
use crate::content::{CardId, TopicId};
use crate::recall::Stage;

/// What is met on a day, as far as it keeps others away.
#[derive(Debug, Default)]
pub(super) struct Met<'a> {
    families: HashSet<(&'a TopicId, &'a str), FixedState>,
    /// Cards that are being learned, and those they are confused with.
    alone: HashSet<&'a CardId, FixedState>,
}

impl<'a> Met<'a> {
    /// Notes a card that was answered today, is in steps or was chosen.
    pub(super) fn meet(&mut self, candidate: &Candidate<'a>) {
        self.families.extend(family(candidate));
        if candidate.state.reviewed.is_none() {
            self.alone.insert(&candidate.card.id);
            self.alone.extend(&candidate.card.contrast);
        }
    }

    /// Takes candidates in order while there is room, and leaves out those that another keeps away.
    pub(super) fn choose(
        &mut self,
        candidates: impl Iterator<Item = Candidate<'a>>,
        mut room: impl FnMut(&Candidate<'a>) -> bool,
    ) -> Vec<Candidate<'a>> {
        let mut chosen = Vec::new();
        for candidate in candidates {
            if self.keeps_away(&candidate) {
                continue;
            }
            if !room(&candidate) {
                break;
            }
            self.meet(&candidate);
            chosen.push(candidate);
        }
        chosen
    }

    fn keeps_away(&self, candidate: &Candidate<'a>) -> bool {
        let confusing = candidate.state.stage == Stage::New
            && [Some(&candidate.card.id), candidate.card.contrast.as_ref()]
                .into_iter()
                .flatten()
                .any(|card| self.alone.contains(card));
        confusing || family(candidate).is_some_and(|family| self.families.contains(&family))
    }
}

/// Moves the second of a confusable pair right behind the first.
pub(super) fn pairs_together(reviews: Vec<Candidate<'_>>) -> Vec<Candidate<'_>> {
    if reviews.iter().all(|candidate| candidate.card.contrast.is_none()) {
        return reviews;
    }
    let mut partners: HashMap<&CardId, Vec<usize>, FixedState> = HashMap::default();
    let places: HashMap<&CardId, usize, FixedState> =
        reviews.iter().enumerate().map(|(place, candidate)| (&candidate.card.id, place)).collect();
    for (place, candidate) in reviews.iter().enumerate() {
        if let Some((id, other)) = candidate.card.contrast.as_ref().and_then(|id| places.get_key_value(id)) {
            partners.entry(id).or_default().push(place);
            partners.entry(&candidate.card.id).or_default().push(*other);
        }
    }
    let mut taken = vec![false; reviews.len()];
    let mut together = Vec::with_capacity(reviews.len());
    for (place, candidate) in reviews.iter().enumerate() {
        if taken[place] {
            continue;
        }
        let others = partners.get(&candidate.card.id).into_iter().flatten();
        for &next in std::iter::once(&place).chain(others) {
            if !std::mem::replace(&mut taken[next], true) {
                together.push(reviews[next]);
            }
        }
    }
    together
}

/// Cards of which one a day is enough.
fn family<'a>(candidate: &Candidate<'a>) -> Option<(&'a TopicId, &'a str)> {
    candidate.card.siblings.as_deref().map(|group| (&candidate.card.topic, group))
}
