//! What is true now: a fold over what happened.
//!
//! [`fold`] is the definition; whatever the store keeps for speed must equal it. The state of an item depends only
//! on the item's own events and on the newest parameters, and an undo bears the item of the event that it
//! takes back, so [`ItemState::of`] can answer for one item alone. The order of arrival does not matter: two
//! logs merge by union.

use std::collections::{BTreeMap, HashMap, HashSet};

use foldhash::fast::FixedState;
use serde::{Deserialize, Serialize};

use super::event::{Cause, Due, Event, EventId, Item, Review, Stage, What};
use super::memory::{Memory, Model, Parameters};
use crate::content::CardId;
use crate::time::{StudyDay, Timestamp};

/// The state of everything, after all events.
pub fn fold(events: &[Event]) -> State {
    let (parameters, items) = fold_items(events);
    let mut state = State::with_room_for(items.len(), parameters);
    for (item, known) in items {
        state.set(item, known);
    }
    state
}

/// The parameters in force and the state of each item after all events, one item at a time.
pub fn fold_items(events: &[Event]) -> (Parameters, impl ExactSizeIterator<Item = (&Item, ItemState)>) {
    let mut by_item: HashMap<&Item, Vec<&Event>, FixedState> = HashMap::default();
    for event in events {
        by_item.entry(&event.item).or_default().push(event);
    }
    let parameters = by_item.get(&Item::All).map(|events| newest_parameters(events)).unwrap_or_default();
    let model = parameters.model();
    let states = by_item.into_iter().map(move |(item, events)| (item, ItemState::of(&events, &model)));
    (parameters, states)
}

/// The newest parameters among the events of [`Item::All`] that were not taken back; the defaults where there are none.
pub fn newest_parameters(events: &[&Event]) -> Parameters {
    let parameters = effective(events).into_iter().rev().find_map(|event| match &event.what {
        What::Parameters(parameters) => Some(parameters.clone()),
        _ => None,
    });
    parameters.unwrap_or_default()
}

/// The events that hold, in the order of the log: without undos and without what they take back.
///
/// From the newest to the oldest, an undo that still holds takes back its event, which may be an undo itself.
/// An undo that does not stand after its event, or bears another item, has no effect.
pub fn effective<'a>(events: &[&'a Event]) -> Vec<&'a Event> {
    let mut sorted = events.to_vec();
    sorted.sort_unstable_by_key(|event| event.position());
    sorted.dedup_by_key(|event| event.id);
    let mut steps = StepsBack::default();
    let mut holding: Vec<_> = sorted.into_iter().rev().filter(|event| steps.holds(event)).collect();
    holding.reverse();
    holding
}

/// Tells, from the newest event to the oldest, which ones hold.
#[derive(Debug, Default)]
pub struct StepsBack {
    taken_back: HashSet<(EventId, Item)>,
}

impl StepsBack {
    /// Whether the next older event holds and is no undo itself.
    pub fn holds(&mut self, event: &Event) -> bool {
        let taken_back = !self.taken_back.is_empty() && self.taken_back.remove(&(event.id, event.item.clone()));
        match event.what {
            What::Undo { of } if !taken_back => {
                self.taken_back.insert((of, event.item.clone()));
                false
            }
            What::Undo { .. } => false,
            _ => !taken_back,
        }
    }
}

/// The state of everything that has one; what has none is new.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// By a hash of the card's id, which stands for it: among a hundred thousand cards the odds that two share one are
    /// below 10⁻²⁸. Without the ids nothing is allocated for a card, and a look-up touches one line of memory.
    cards: HashMap<u128, ItemState, FixedState>,
    /// Drills, scenarios and the rest.
    others: BTreeMap<Item, ItemState>,
    /// The parameters in force.
    pub parameters: Parameters,
}

impl State {
    /// A state in which nothing happened yet, and which will hold about so many items.
    pub fn with_room_for(items: usize, parameters: Parameters) -> Self {
        let cards = HashMap::with_capacity_and_hasher(items, FixedState::default());
        Self { cards, others: BTreeMap::new(), parameters }
    }

    /// The state of a card; that of a new one where nothing happened to it yet.
    pub fn card(&self, card: &CardId) -> &ItemState {
        self.cards.get(&key(card.as_str())).unwrap_or(&ItemState::BLANK)
    }

    /// The state of an item; that of a new one where nothing happened to it yet.
    pub fn get(&self, item: &Item) -> ItemState {
        match item {
            Item::Card(card) => *self.card(card),
            other => self.others.get(other).copied().unwrap_or_default(),
        }
    }

    /// Sets the state of an item. A state in which nothing is remembered takes no room.
    pub fn set(&mut self, item: &Item, state: ItemState) {
        match item {
            Item::Card(card) => self.set_card(card.as_str(), state),
            other if state == ItemState::BLANK => drop(self.others.remove(other)),
            other => drop(self.others.insert(other.clone(), state)),
        }
    }

    /// Sets the state of the card with an id, as [`State::set`] does.
    pub fn set_card(&mut self, id: &str, state: ItemState) {
        if state == ItemState::BLANK {
            self.cards.remove(&key(id));
        } else {
            self.cards.insert(key(id), state);
        }
    }
}

fn key(card: &str) -> u128 {
    xxhash_rust::xxh3::xxh3_128(card.as_bytes())
}

/// What is known about one item.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ItemState {
    /// How far it has been learned.
    pub stage: Stage,
    /// From when on it is to be asked; none for a new card that nobody asked for.
    pub due: Option<Due>,
    /// What is believed about its memory, under the parameters in force; none while new.
    pub memory: Option<Memory>,
    /// Its newest review.
    pub last: Option<LastReview>,
    /// The study day of its first review.
    pub introduced: Option<StudyDay>,
    /// The study day on which it was last answered as something learned.
    pub reviewed: Option<StudyDay>,
    /// How often it was answered.
    pub reviews: u32,
    /// How often it was forgotten after having been learned.
    pub lapses: u32,
    /// The lapses since the candidate last took it back from suspension.
    pub lapses_in_a_row: u32,
    /// The study day for which it is left out.
    pub buried: Option<StudyDay>,
    /// Left out until unsuspended.
    pub suspended: bool,
    /// Marked for a second look.
    pub flagged: bool,
    /// Why it was put into the queue since its last review.
    pub wanted: Option<Cause>,
}

/// The newest review of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastReview {
    /// When.
    pub at: Timestamp,
    /// On which study day.
    pub day: StudyDay,
}

impl Default for ItemState {
    fn default() -> Self {
        Self::BLANK
    }
}

impl ItemState {
    /// The state of what nothing happened to.
    pub const BLANK: Self = Self {
        stage: Stage::New,
        due: None,
        memory: None,
        last: None,
        introduced: None,
        reviewed: None,
        reviews: 0,
        lapses: 0,
        lapses_in_a_row: 0,
        buried: None,
        suspended: false,
        flagged: false,
        wanted: None,
    };

    /// The fold over the events of one item, in whatever order they are given.
    pub fn of(events: &[&Event], model: &Model) -> Self {
        let mut state = Self::default();
        for event in effective(events) {
            state.apply(event, model);
        }
        state
    }

    /// One step of the fold: an event that holds and stands after all events so far.
    pub fn apply(&mut self, event: &Event, model: &Model) {
        match &event.what {
            What::Review(review) => self.review(event.at, review, model),
            What::Bury { on } => self.buried = Some(*on),
            What::Unbury {} => self.buried = None,
            What::Suspend {} => self.suspended = true,
            What::Unsuspend {} => {
                self.suspended = false;
                self.lapses_in_a_row = 0;
            }
            What::Flag { on } => self.flagged = *on,
            What::MakeDue { on, because } => self.make_due(*on, *because),
            What::Estimate(_) | What::Undo { .. } | What::Retention { .. } | What::Parameters(_) => {}
        }
    }

    /// Whole days since the last review, seen from a study day: what the memory model counts. Zero without one,
    /// and where the clock or the traveller went back.
    pub fn days_since_review(&self, today: StudyDay) -> u32 {
        self.last.map_or(0, |last| u32::try_from(today.days_since(last.day)).unwrap_or(0))
    }

    /// The chance of recall at a moment; 0 while new.
    pub fn recall(&self, now: Timestamp, model: &Model) -> f64 {
        match (self.memory, self.last) {
            (Some(memory), Some(last)) => model.recall(memory, now.since(last.at).as_secs_f64() / 86_400.0),
            _ => 0.0,
        }
    }

    fn review(&mut self, at: Timestamp, review: &Review, model: &Model) {
        self.memory = Some(model.after(self.memory, self.days_since_review(review.day), review.rating));
        self.stage = review.after;
        self.due = Some(review.due);
        self.last = Some(LastReview { at, day: review.day });
        self.introduced = self.introduced.or(Some(review.day));
        self.reviews += 1;
        self.wanted = None;
        if review.before == Stage::Review {
            self.reviewed = Some(review.day);
        }
        if review.is_lapse() {
            self.lapses += 1;
            self.lapses_in_a_row += 1;
        }
    }

    /// What is in steps comes back within minutes anyway; and only a reschedule may put a date off.
    fn make_due(&mut self, on: StudyDay, because: Cause) {
        if self.stage.is_in_steps() {
            return;
        }
        let on = match self.due {
            Some(Due::On(granted)) if because != Cause::Rescheduled => granted.min(on),
            _ => on,
        };
        self.due = Some(Due::On(on));
        if because != Cause::Rescheduled {
            self.wanted = Some(because);
        }
    }
}

#[cfg(test)]
mod tests;
