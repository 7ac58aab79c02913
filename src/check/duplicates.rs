//! No two cards ask the same thing.

use std::collections::{BTreeSet, HashMap};

use super::prose::{answer, words};
use super::{Findings, Rule, Subject};
use crate::content::Card;

pub(super) const RULE: Rule = Rule { name: "duplicates", demands: "No two cards ask the same thing.", check };

/// Fronts that share this much of their words ask nearly the same …
const NEAR_FRONTS: f64 = 0.8;

/// … and are one question if their answers share this much too; a contrast pair has near fronts and other answers.
const NEAR_ANSWERS: f64 = 0.5;

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let asked: Vec<Asked<'_>> = subject.content.cards.iter().map(Asked::of).collect();
    let rarity = rarity(&asked);
    let mut by_word: HashMap<&str, Vec<usize>> = HashMap::new();
    for (position, this) in asked.iter().enumerate() {
        // Two sets that share this much have one of their rarest words in common, so only those are looked up.
        let mut rarest: Vec<&str> = this.front.iter().map(String::as_str).collect();
        rarest.sort_by_key(|word| (rarity[word], *word));
        rarest.truncate(this.front.len() - (this.front.len() as f64 * NEAR_FRONTS).ceil() as usize + 1);
        let candidates: BTreeSet<usize> =
            rarest.iter().filter_map(|word| by_word.get(word)).flatten().copied().collect();
        if let Some(other) = candidates.into_iter().find(|&other| asked[other].is_asked_by(this)) {
            let message =
                format!("the card `{}` asks the same: remove one or ask something else", asked[other].card.id);
            findings.card(this.card, message);
        }
        for word in rarest {
            by_word.entry(word).or_default().push(position);
        }
    }
}

/// A card as the words of its question and its answer.
struct Asked<'a> {
    card: &'a Card,
    front: BTreeSet<String>,
    answer: BTreeSet<String>,
}

impl<'a> Asked<'a> {
    fn of(card: &'a Card) -> Self {
        let set = |text: &str| words(text).into_iter().collect();
        Self { card, front: set(&card.front), answer: set(&answer(card)) }
    }

    fn is_asked_by(&self, other: &Self) -> bool {
        // The gaps of one text are meant to be asked one after the other.
        let one_text = self.card.siblings.is_some() && self.card.siblings == other.card.siblings;
        let fronts = shared(&self.front, &other.front);
        let near = fronts >= NEAR_FRONTS && shared(&self.answer, &other.answer) >= NEAR_ANSWERS;
        near || (fronts == 1.0 && !one_text)
    }
}

/// The share of the words of both sets that is common to them (Jaccard).
fn shared(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let common = a.intersection(b).count();
    let all = a.len() + b.len() - common;
    if all == 0 { 1.0 } else { common as f64 / all as f64 }
}

/// In how many fronts each word stands.
fn rarity<'a>(asked: &'a [Asked<'_>]) -> HashMap<&'a str, usize> {
    let mut counts = HashMap::new();
    for word in asked.iter().flat_map(|card| &card.front) {
        *counts.entry(word.as_str()).or_insert(0) += 1;
    }
    counts
}
