//! What the commands on cards share: the store with its profile, and the day's queue.

use super::context::Context;
use super::failure::Failure;
use crate::content::TopicId;
use crate::library::Library;
use crate::recall::{Ask, Queue, Scheduler, State};
use crate::store::{Profile, Store, StoreError};

/// The store of this run, opened, with what it knows of the candidate.
#[derive(Debug)]
pub(super) struct Study {
    pub(super) store: Store,
    pub(super) profile: Profile,
    pub(super) library: Library,
}

impl Study {
    pub(super) fn open(context: &Context) -> Result<Self, Failure> {
        let store = Store::open(&context.paths.data, context.now())?;
        let profile = store.profile()?;
        Ok(Self { store, profile, library: context.library() })
    }

    pub(super) fn scheduler(&self) -> Scheduler {
        Scheduler::new(self.store.parameters(), self.profile.rules())
    }

    /// What is to be asked today, in order.
    pub(super) fn queue(&self, context: &Context, state: &State, topics: &[TopicId]) -> Queue {
        let now = context.now();
        let today = now.study_day(self.profile.rollover_hour);
        let scheduler = self.scheduler();
        let aim = self.profile.aim(today, self.store.pace(), &scheduler);
        let ask = Ask { now: now.wall, today, limits: self.profile.limits(), topics, seed: context.seed, aim };
        Queue::build(self.library.cards(), state, ask)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Cannot(error.to_string())
    }
}
