//! What to ask today, and in which order.
//!
//! Learning cards come by their minute; reviews by overdueness, relative to the interval they were granted; new
//! cards are spread evenly among them, core before plus before deep, under daily limits that count what was
//! already answered today. Topics are interleaved, of siblings only one is met on a day, and confusable cards are
//! learned apart and asked together. What is suspended, buried or a leech is left out. The same cards, states, day and seed give the same queue; a count that a
//! screen shows is [`Queue::counts`] of that queue.

mod company;
mod interleave;
mod pace;

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::time::Duration;

use foldhash::fast::FixedState;

use super::event::{Due, Stage};
use super::fold::{ItemState, State};
use super::plan::Aim;
use crate::content::{Card, CardId, Tier, TopicId};
use crate::rng;
use crate::time::{StudyDay, Timestamp};

pub use pace::Pace;

use company::Met;

/// How much a day may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// New cards.
    pub new: u32,
    /// Reviews of learned cards.
    pub reviews: u32,
    /// Lapses at which a card is a leech and set aside.
    pub leech: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { new: 10, reviews: 200, leech: 5 }
    }
}

/// What a queue is built for.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// The moment.
    pub now: Timestamp,
    /// Its study day.
    pub today: StudyDay,
    /// What the day may hold.
    pub limits: Limits,
    /// Only these topics; all where there are none. Limits count all topics either way.
    pub topics: &'a [TopicId],
    /// Decides the order of what is equally overdue.
    pub seed: u64,
    /// The day to aim at, where there is one: then what time its budget leaves beside what is due takes the place of the
    /// limit of new cards.
    pub aim: Option<Aim<'a>>,
}

/// Cards in the order in which they are asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Queue {
    /// Learning cards whose minute has come, then reviews and new cards, then learning cards that still wait. Where a day
    /// is aimed at, what is due comes before what is not.
    pub cards: Vec<Queued>,
    /// Cards that were forgotten so often that something else must change: reword, split or read again.
    pub leeches: Vec<CardId>,
}

/// A card in the queue.
#[derive(Clone, Debug, PartialEq)]
pub struct Queued {
    /// Which.
    pub card: CardId,
    /// What is known about it.
    pub state: ItemState,
}

/// How many cards of each kind are left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Never answered.
    pub new: usize,
    /// In steps.
    pub learning: usize,
    /// Learned, and due.
    pub review: usize,
}

impl Counts {
    /// All of them.
    pub fn total(self) -> usize {
        self.new + self.learning + self.review
    }

    /// Counts one card more.
    pub fn add(&mut self, stage: Stage) {
        match stage {
            Stage::New => self.new += 1,
            Stage::Learning { .. } | Stage::Relearning { .. } => self.learning += 1,
            Stage::Review => self.review += 1,
        }
    }
}

/// A card with what the choice needs to know of it.
#[derive(Clone, Copy)]
struct Candidate<'a> {
    card: &'a Card,
    state: &'a ItemState,
}

impl Candidate<'_> {
    fn queued(&self) -> Queued {
        Queued { card: self.card.id.clone(), state: *self.state }
    }
}

/// Everything that could be asked today, sorted by what it is.
#[derive(Default)]
struct Candidates<'a> {
    learning: Vec<Candidate<'a>>,
    reviews: Vec<(Urgency, Candidate<'a>)>,
    new: Vec<(Worth, Candidate<'a>)>,
    /// What may be asked beside what is due where a day is aimed at: new cards and reviews before their date.
    aimed: Vec<(Aimed, Candidate<'a>)>,
    leeches: Vec<CardId>,
    met: Met<'a>,
    new_answered: u32,
    reviews_answered: u32,
}

/// What a day asks, apart from cards in steps.
struct Chosen<'a> {
    /// Reviews whose day has come.
    due: Vec<Candidate<'a>>,
    /// Reviews before their day, and new cards.
    beside: (Vec<Candidate<'a>>, Vec<Candidate<'a>>),
}

impl Queue {
    /// The queue of a day, from all cards in the library's order.
    pub fn build(cards: &[Card], state: &State, ask: Ask<'_>) -> Self {
        let mut found = Candidates::collect(cards, state, ask);
        let Chosen { due, beside: (early, new) } = found.choose(ask);
        let [due, early] = [due, early].map(|reviews| {
            let reviews = interleave::topics(reviews, |candidate| &candidate.card.topic);
            company::pairs_together(reviews)
        });
        found.learning.sort_by_key(|candidate| (candidate.state.due.and_then(minute), &candidate.card.id));
        let (now, later): (Vec<_>, Vec<_>) =
            found.learning.iter().partition(|candidate| is_due(candidate.state, ask.now, ask.today));
        let mixed = match ask.aim {
            // Who stops early has kept what was promised.
            Some(_) => [due, interleave::evenly(early, new)].concat(),
            None => interleave::evenly(due, new),
        };
        let cards = now.iter().chain(&mixed).chain(&later).map(Candidate::queued).collect();
        Self { cards, leeches: found.leeches }
    }

    /// Every card that is not suspended, in an order that mixes the topics: for a session that grades nothing.
    pub fn cram(cards: &[Card], state: &State, topics: &[TopicId], seed: u64) -> Self {
        let mut chosen: Vec<Candidate<'_>> = cards
            .iter()
            .filter(|card| topics.is_empty() || topics.contains(&card.topic))
            .map(|card| Candidate { card, state: state.card(&card.id) })
            .filter(|candidate| !candidate.state.suspended)
            .collect();
        rng::stream(seed, "cram").shuffle(&mut chosen);
        let mixed = interleave::topics(chosen, |candidate| &candidate.card.topic);
        Self { cards: mixed.iter().map(Candidate::queued).collect(), leeches: Vec::new() }
    }

    /// How many cards of each kind it holds.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for queued in &self.cards {
            counts.add(queued.state.stage);
        }
        counts
    }
}

/// Whether something that has a due date is to be asked.
///
/// A last review after tomorrow was granted by a clock that was ahead, and its date may lie out of reach; it counts as
/// due, since asking early is the smaller harm. A last review tomorrow is only a journey to the west.
pub fn is_due(state: &ItemState, now: Timestamp, today: StudyDay) -> bool {
    let clock_was_ahead = state.last.is_some_and(|last| last.day.days_since(today) > 1);
    match state.due {
        Some(Due::At(at)) => step_ends(at, now) <= now,
        Some(due @ Due::On(_)) => due.has_come(now, today) || clock_was_ahead,
        None => false,
    }
}

/// When a step that was granted to end `at` ends: then, or now where that is more than a day away, since no step is
/// that long and the clock was ahead.
pub(super) fn step_ends(at: Timestamp, now: Timestamp) -> Timestamp {
    if at.since(now) > Duration::from_secs(86_400) { now } else { at }
}

impl<'a> Candidates<'a> {
    /// One walk over all cards, in which each state is looked at once: they are many and lie scattered in memory.
    fn collect(cards: &'a [Card], state: &'a State, ask: Ask<'_>) -> Self {
        let mut found = Self::default();
        let mut turns = Turns::default();
        for card in cards {
            let state = state.card(&card.id);
            let candidate = Candidate { card, state };
            found.count_today(&candidate, ask.today);
            let left_out = state.suspended || state.buried == Some(ask.today);
            let elsewhere = !ask.topics.is_empty() && !ask.topics.contains(&card.topic);
            if left_out || elsewhere {
                continue;
            }
            if state.lapses_in_a_row >= ask.limits.leech {
                found.leeches.push(card.id.clone());
                continue;
            }
            match (state.stage, ask.aim) {
                (Stage::Learning { .. } | Stage::Relearning { .. }, _) => found.learning.push(candidate),
                (Stage::Review, _) if is_due(state, ask.now, ask.today) => {
                    found.reviews.push((urgency(&candidate, ask), candidate));
                }
                (Stage::Review, Some(aim)) => {
                    let asked_today = state.last.is_some_and(|last| last.day == ask.today);
                    if !asked_today && aim.would_fade(card, state) {
                        let place = found.aimed.len();
                        found.aimed.push((aimed(aim, &candidate, ask, (place, 0)), candidate));
                    }
                }
                (Stage::New, Some(aim)) => {
                    let (_, _, turn, topic) = turns.worth(&candidate);
                    found.aimed.push((aimed(aim, &candidate, ask, (turn, topic)), candidate));
                }
                (Stage::Review, None) => {}
                (Stage::New, None) => found.new.push((turns.worth(&candidate), candidate)),
            }
        }
        found
    }

    /// What is due, overdue first, and what is asked beside it: new cards under their limit, or, where a day is aimed at,
    /// what is worth most for it in the time that is left.
    fn choose(&mut self, ask: Ask<'_>) -> Chosen<'a> {
        let take = |left: &mut u32| std::mem::replace(left, left.saturating_sub(1)) > 0;
        let mut reviews_left = ask.limits.reviews.saturating_sub(self.reviews_answered);
        let due = self.met.choose(in_order(std::mem::take(&mut self.reviews)), |_| take(&mut reviews_left));
        if let Some(aim) = ask.aim {
            let mut left = self.time_left(aim, ask.today, due.len());
            let mut fits = |candidate: &Candidate<'_>| {
                let cost = aim.cost(candidate.state);
                let fits = cost <= left || candidate.state.wanted.is_some();
                left = if fits { left.saturating_sub(cost) } else { left };
                fits
            };
            let mut worthiest = in_order(std::mem::take(&mut self.aimed));
            let mut beside = self.met.choose(worthiest.by_ref(), &mut fits);
            // Where the time is too short for another new card, it may still do for a review.
            let shorter = worthiest.filter(|candidate| candidate.state.stage == Stage::Review);
            beside.extend(self.met.choose(shorter, &mut fits));
            let beside = beside.into_iter().partition(|candidate| candidate.state.stage == Stage::Review);
            return Chosen { due, beside };
        }
        let mut new_left = ask.limits.new.saturating_sub(self.new_answered);
        let new = self.met.choose(in_order(std::mem::take(&mut self.new)), |candidate| {
            take(&mut new_left) || candidate.state.wanted.is_some()
        });
        Chosen { due, beside: (Vec::new(), new) }
    }

    /// What the day's budget leaves beside what was answered and what is due.
    fn time_left(&self, aim: Aim<'_>, today: StudyDay, due: usize) -> Duration {
        // The steps of what was met today are in the time of what was answered.
        let earlier = |state: &ItemState| state.introduced != Some(today) && state.reviewed != Some(today);
        let steps = self.learning.iter().filter(|candidate| earlier(candidate.state)).count();
        let answered = Counts { new: self.new_answered as usize, learning: 0, review: self.reviews_answered as usize };
        let waiting = Counts { new: 0, learning: steps, review: due };
        aim.budget.saturating_sub(aim.pace.time_for(answered)).saturating_sub(aim.pace.time_for(waiting))
    }

    fn count_today(&mut self, candidate: &Candidate<'a>, today: StudyDay) {
        let state = candidate.state;
        self.new_answered += u32::from(state.introduced == Some(today));
        self.reviews_answered += u32::from(state.reviewed == Some(today));
        let answered_today = state.last.is_some_and(|last| last.day == today);
        if answered_today || state.stage.is_in_steps() {
            self.met.meet(candidate);
        }
    }
}

/// Wanted cards first, then those that wait longest beyond their interval; the seed decides between equals.
type Urgency = (bool, Reverse<i64>, u64);

fn urgency(candidate: &Candidate<'_>, ask: Ask<'_>) -> Urgency {
    let state = candidate.state;
    let overdue = match (state.due, state.last) {
        (Some(Due::On(due)), Some(last)) => overdueness(last.day, due, ask.today),
        _ => 0,
    };
    let tie = xxhash_rust::xxh3::xxh3_64_with_seed(candidate.card.id.as_str().as_bytes(), ask.seed);
    (state.wanted.is_none(), Reverse(overdue), tie)
}

/// Beside what is due where a day is aimed at: wanted cards first, then those of which an answer is worth most, a tier before the next.
type Aimed = (bool, Reverse<u64>, Tier, (usize, usize));

fn aimed(aim: Aim<'_>, candidate: &Candidate<'_>, ask: Ask<'_>, turn: (usize, usize)) -> Aimed {
    // In parts of 10⁻⁹, so that it can be compared exactly.
    let worth = (aim.worth(candidate.card, candidate.state, ask.today) * 1e9) as u64;
    (candidate.state.wanted.is_none(), Reverse(worth), candidate.card.tier, turn)
}

/// How many times the granted interval a card is late, in millionths, so that it can be compared exactly.
fn overdueness(last: StudyDay, due: StudyDay, today: StudyDay) -> i64 {
    let (late, granted) = (today.days_since(due).max(0), due.days_since(last).max(1));
    i64::from(late) * 1_000_000 / i64::from(granted)
}

/// Wanted cards first, then core before plus before deep, and the topics in turn, each in its own order.
type Worth = (bool, Tier, usize, usize);

/// Whose turn it is among new cards.
#[derive(Default)]
struct Turns<'a> {
    topics: HashMap<&'a TopicId, usize, FixedState>,
    taken: HashMap<(usize, Tier), usize, FixedState>,
}

impl<'a> Turns<'a> {
    fn worth(&mut self, candidate: &Candidate<'a>) -> Worth {
        let next = self.topics.len();
        let topic = *self.topics.entry(&candidate.card.topic).or_insert(next);
        let turn = self.taken.entry((topic, candidate.card.tier)).or_default();
        *turn += 1;
        (candidate.state.wanted.is_none(), candidate.card.tier, *turn, topic)
    }
}

/// Hands candidates out from the least rank on, and those of equal rank as they stand. A day takes few of many, so they
/// are not all sorted.
fn in_order<K: Ord + Copy>(ranked: Vec<(K, Candidate<'_>)>) -> impl Iterator<Item = Candidate<'_>> {
    let places = ranked.iter().enumerate().map(|(place, (rank, _))| Reverse((*rank, place)));
    let mut heap: BinaryHeap<_> = places.collect();
    std::iter::from_fn(move || heap.pop().map(|Reverse((_, place))| ranked[place].1))
}

fn minute(due: Due) -> Option<Timestamp> {
    match due {
        Due::At(at) => Some(at),
        Due::On(_) => None,
    }
}

#[cfg(test)]
mod tests;
