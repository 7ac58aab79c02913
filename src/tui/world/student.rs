//! What is known of the one who studies: the store, and what follows from it, at hand.
//!
//! The host writes through it, so that what screens see is what is on the disk. Start reading at
//! [`Student::queue`] and [`Student::write`].

use std::cell::OnceCell;

use crate::content::Card;
use crate::recall::{
    Aim, Ask, Basis, Event, Item, ItemState, Limits, Mint, Mode, Pace, Queue, Scheduler, Session, State,
};
use crate::store::{Profile, Store, StoreError};
use crate::time::{Now, StudyDay};
use crate::tui::effect::Record;

use super::Plan;

/// How far undo reaches back.
const STEPS_TO_UNDO: usize = 5_000;

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
                self.state.set(&event.item, state);
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
        *self.state.card(&card.id)
    }

    /// What decides due dates.
    pub fn scheduler(&self) -> &Scheduler {
        &self.scheduler
    }

    /// The whole log, oldest first; empty where it cannot be read.
    pub fn events(&self) -> &[Event] {
        self.events.get_or_init(|| self.store.events().unwrap_or_default())
    }

    /// Decides what is left to chance.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The study day of a moment.
    pub fn today(&self, now: Now) -> StudyDay {
        self.scheduler.today(now)
    }

    /// How long cards take them, going by their newest answers; the first guess where those cannot be read.
    pub fn pace(&self) -> Pace {
        self.store.pace()
    }

    /// What a plan comes to at a moment.
    pub fn queue(&self, cards: &[Card], plan: &Plan, now: Now) -> Queue {
        let mut queue = if plan.is_cram {
            Queue::cram(cards, &self.state, &plan.topics, self.seed)
        } else {
            let limits = self.profile.as_ref().map(Profile::limits).unwrap_or_default();
            let limits = Limits { new: plan.new.unwrap_or(limits.new), ..limits };
            let (now, today) = (now.wall, self.today(now));
            let aim = self.aim(today).filter(|_| plan.new.is_none());
            Queue::build(cards, &self.state, Ask { now, today, limits, topics: &plan.topics, seed: self.seed, aim })
        };
        queue.cards.truncate(plan.limit.unwrap_or(usize::MAX));
        queue
    }

    /// The interview to aim at, while it is to come.
    pub fn aim(&self, today: StudyDay) -> Option<Aim<'_>> {
        self.profile.as_ref()?.aim(today, self.pace(), &self.scheduler)
    }

    /// A session through what a plan comes to. Its undo reaches back before it.
    pub fn session(&self, cards: &[Card], plan: &Plan, now: Now) -> Session {
        let newest = self.store.newest();
        let mint = Mint::new(self.seed, &format!("session after {}", newest.map_or(0, |at| at.0)), newest);
        let mut trail = self.store.trail(STEPS_TO_UNDO).unwrap_or_default();
        trail.retain(|event| matches!(event.item, Item::Card(_)));
        let mode = if plan.is_cram { Mode::Cram } else { Mode::Review };
        Session::new(mode, self.queue(cards, plan, now), trail, self.scheduler.clone(), mint, now)
    }

    /// What statistics rest on.
    pub fn basis<'a>(&'a self, cards: &'a [Card], now: Now) -> Basis<'a> {
        let profile = self.profile();
        Basis {
            cards,
            state: &self.state,
            scheduler: &self.scheduler,
            now,
            interview: profile.interview,
            new_a_day: profile.new_a_day,
        }
    }
}
