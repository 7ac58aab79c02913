//! What is known of the one who studies: the store, and what follows from it, at hand.
//!
//! The host writes through it, so that what screens see is what is on the disk. Start reading at
//! [`Student::queue`] and [`Student::write`].

use std::cell::OnceCell;
use std::fmt;
use std::str::FromStr;

use crate::content::{Card, TopicId};
use crate::recall::{
    Ask, Event, Item, ItemState, Limits, Mint, Mode, Pace, Queue, Review, Scheduler, Session, State, What, effective,
};
use crate::store::{Profile, Store, StoreError};
use crate::time::{Now, StudyDay};
use crate::tui::effect::Record;

/// A student as the screens see them.
#[derive(Debug)]
pub struct Student {
    store: Store,
    seed: u64,
    profile: Option<Profile>,
    state: State,
    scheduler: Scheduler,
    /// The log, read when somebody first looks at it.
    events: OnceCell<Vec<Event>>,
}

/// What a review session is to hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Only these topics; all where there are none.
    pub topics: Vec<TopicId>,
    /// At most so many cards.
    pub limit: Option<usize>,
    /// So many new cards instead of what the profile says.
    pub new: Option<u32>,
    /// Everything there is, and nothing is rescheduled.
    pub is_cram: bool,
}

impl fmt::Display for Plan {
    /// As a route writes it: topics and `key=value`, between commas.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let topics = self.topics.iter().map(ToString::to_string);
        let limit = self.limit.map(|limit| format!("limit={limit}"));
        let new = self.new.map(|new| format!("new={new}"));
        let cram = self.is_cram.then(|| "cram=yes".to_owned());
        let words: Vec<String> = topics.chain(limit).chain(new).chain(cram).collect();
        f.write_str(&words.join(","))
    }
}

impl FromStr for Plan {
    type Err = PlanError;

    fn from_str(text: &str) -> Result<Self, PlanError> {
        let mut plan = Self::default();
        for word in text.split(',').filter(|word| !word.is_empty()) {
            let refuse = || PlanError { word: word.to_owned() };
            match word.split_once('=') {
                None => plan.topics.push(TopicId::new(word)),
                Some(("limit", number)) => plan.limit = Some(number.parse().map_err(|_| refuse())?),
                Some(("new", number)) => plan.new = Some(number.parse().map_err(|_| refuse())?),
                Some(("cram", "yes")) => plan.is_cram = true,
                Some(_) => return Err(refuse()),
            }
        }
        Ok(plan)
    }
}

/// Why a text is no plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` is no part of a review: write topics, limit=20, new=5 or cram=yes, between commas")]
pub struct PlanError {
    word: String,
}

impl Default for Student {
    /// Somebody of whom nothing is known, and nothing will be kept.
    fn default() -> Self {
        Store::scratch().and_then(|store| Self::of(store, 0)).expect("a store in memory always opens")
    }
}

impl Student {
    /// The student of a store; `seed` decides what is left to chance.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn of(store: Store, seed: u64) -> Result<Self, StoreError> {
        let profile = if store.has_profile()? { Some(store.profile()?) } else { None };
        let state = store.state()?;
        let rules = profile.as_ref().map(Profile::rules).unwrap_or_default();
        let scheduler = Scheduler::new(&state.parameters, rules);
        Ok(Self { store, seed, profile, state, scheduler, events: OnceCell::new() })
    }

    /// The store itself.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Writes a record down; what is seen afterwards is what is on the disk.
    ///
    /// # Errors
    /// Where the store cannot be written; nothing was changed then, and the same record may be tried again.
    pub fn write(&mut self, record: &Record, now: Now) -> Result<(), StoreError> {
        match record {
            Record::Event(event) => {
                let state = self.store.append(event)?;
                self.state.set(event.item.clone(), state);
                if let Some(events) = self.events.get_mut() {
                    events.push(event.clone());
                }
            }
            Record::Profile(profile) => {
                let mut mint = Mint::new(self.seed, &format!("profile {}", now.wall.0), self.store.newest());
                self.store.save_profile(now, &mut mint, profile)?;
                self.scheduler = Scheduler::new(&self.state.parameters, profile.rules());
                self.profile = Some(profile.clone());
                self.events = OnceCell::new();
            }
            Record::Memory { key, value } => self.store.remember(now, key, value)?,
        }
        Ok(())
    }

    /// What a screen remembered under a key; nothing where it cannot be read, since it is small.
    pub fn memory(&self, key: &str) -> Option<String> {
        self.store.recollect(key).ok().flatten()
    }

    /// Whether they told something of themselves.
    pub fn has_profile(&self) -> bool {
        self.profile.is_some()
    }

    /// What they told of themselves, or the defaults.
    pub fn profile(&self) -> Profile {
        self.profile.clone().unwrap_or_default()
    }

    /// The state of everything.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The state of a card; that of a new one where nothing happened to it yet.
    pub fn state_of(&self, card: &Card) -> ItemState {
        self.state.cards.get(&card.id).copied().unwrap_or_default()
    }

    /// What decides due dates.
    pub fn scheduler(&self) -> &Scheduler {
        &self.scheduler
    }

    /// The whole log, oldest first; empty where it cannot be read.
    pub fn events(&self) -> &[Event] {
        self.events.get_or_init(|| self.store.events().unwrap_or_default())
    }

    /// Every review that holds, oldest first.
    pub fn reviews(&self) -> Vec<&Review> {
        let events: Vec<&Event> = self.events().iter().collect();
        let review = |event: &'_ Event| matches!(event.what, What::Review(_));
        effective(&events)
            .into_iter()
            .filter(|event| review(event))
            .filter_map(|event| match &event.what {
                What::Review(review) => Some(review),
                _ => None,
            })
            .collect()
    }

    /// Decides what is left to chance.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The study day of a moment.
    pub fn today(&self, now: Now) -> StudyDay {
        self.scheduler.today(now)
    }

    /// How long cards take them.
    pub fn pace(&self) -> Pace {
        Pace::of(self.reviews())
    }

    /// What a plan comes to at a moment.
    pub fn queue(&self, cards: &[Card], plan: &Plan, now: Now) -> Queue {
        let mut queue = if plan.is_cram {
            Queue::cram(cards, &self.state, &plan.topics, self.seed)
        } else {
            let limits = self.profile.as_ref().map(Profile::limits).unwrap_or_default();
            let limits = Limits { new: plan.new.unwrap_or(limits.new), ..limits };
            let (now, today) = (now.wall, self.today(now));
            Queue::build(cards, &self.state, Ask { now, today, limits, topics: &plan.topics, seed: self.seed })
        };
        queue.cards.truncate(plan.limit.unwrap_or(usize::MAX));
        queue
    }

    /// A session through what a plan comes to.
    pub fn session(&self, cards: &[Card], plan: &Plan, now: Now) -> Session {
        let events: Vec<&Event> = self.events().iter().collect();
        let newest = self.events().last().map(|event| event.at);
        let mint = Mint::new(self.seed, &format!("session {}", self.events().len()), newest);
        let is_step = |event: &&Event| event.what.steps_back() && matches!(event.item, Item::Card(_));
        let trail = effective(&events).into_iter().filter(is_step).cloned().collect();
        let mode = if plan.is_cram { Mode::Cram } else { Mode::Review };
        Session::new(mode, self.queue(cards, plan, now), trail, self.scheduler.clone(), mint, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_reads_back_from_its_text() {
        for text in ["", "sharding", "sharding,caching,limit=20,new=5,cram=yes"] {
            assert_eq!(text.parse::<Plan>().expect(text).to_string(), text);
        }
        for bad in ["limit=many", "new=-1", "cram=no", "tier=core"] {
            let error = bad.parse::<Plan>().expect_err(bad);
            assert!(error.to_string().contains(bad), "{error}");
        }
    }
}
