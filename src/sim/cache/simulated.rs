//! A policy at work: the hot loop, expiry and single steps, for all policies alike.

use std::fmt;

use crate::sim::cache::expiry::Deadlines;
use crate::sim::cache::policy::{About, Policy, Setting};
use crate::sim::cache::step::{Event, Step, Watch};
use crate::sim::cache::view::View;

/// How many requests ahead the memory is fetched. Measured: flat from 8 to 32.
const AHEAD: usize = 16;

/// A cache under some policy. A clone is a snapshot to step back to.
pub trait Cache: fmt::Debug + Send {
    /// The policy, in words.
    fn about(&self) -> About;

    /// Serves many requests and counts the hits.
    ///
    /// # Panics
    /// If an id is not below the number of objects that the cache was made or grown for.
    fn run(&mut self, ids: &[u32]) -> u64;

    /// Serves one request and tells everything that it caused.
    ///
    /// # Panics
    /// As [`Cache::run`].
    fn step(&mut self, id: u32) -> Step;

    /// Makes room for ids up to `objects`.
    fn grow(&mut self, objects: usize);

    /// How many objects are resident, expired ones that nobody asked for since included.
    fn residents(&self) -> usize;

    /// How many requests were served.
    fn served(&self) -> u64;

    /// What it holds.
    fn view(&self) -> View;

    /// A copy that goes its own way from here.
    fn snapshot(&self) -> Box<dyn Cache>;
}

/// A policy with its time and its expiry.
#[derive(Clone, Debug)]
pub struct Simulated<P> {
    policy: P,
    deadlines: Option<Deadlines>,
    now: u64,
}

impl<P: Policy> Simulated<P> {
    /// An empty cache.
    pub fn new(setting: &Setting) -> Self {
        let deadlines = setting.expiry.map(|lifetime| Deadlines::new(lifetime, setting.seed, setting.objects));
        Self { policy: P::new(setting), deadlines, now: 0 }
    }

    #[inline]
    fn request<W: Watch>(&mut self, id: u32, watch: &mut W) -> bool {
        let now = self.now;
        self.now += 1;
        match &mut self.deadlines {
            None => self.policy.request(id, now, watch),
            Some(deadlines) => {
                if let Some(late) = deadlines.late(id, now)
                    && self.policy.holds(id, now)
                {
                    watch.see(Event::Expired { late });
                    self.policy.forget(id, now);
                }
                let hit = self.policy.request(id, now, watch);
                if !hit {
                    deadlines.start(id, now);
                }
                hit
            }
        }
    }
}

impl<P: Policy> Cache for Simulated<P> {
    fn about(&self) -> About {
        P::ABOUT
    }

    fn run(&mut self, ids: &[u32]) -> u64 {
        if self.deadlines.is_some() {
            return ids.iter().map(|&id| u64::from(self.request(id, &mut ()))).sum();
        }
        let (early, late) = ids.split_at(ids.len().saturating_sub(AHEAD));
        let mut hits = 0;
        let mut now = self.now;
        for (&id, &soon) in early.iter().zip(&ids[ids.len() - early.len()..]) {
            self.policy.prefetch(soon);
            hits += u64::from(self.policy.request(id, now, &mut ()));
            now += 1;
        }
        for &id in late {
            hits += u64::from(self.policy.request(id, now, &mut ()));
            now += 1;
        }
        self.now = now;
        hits
    }

    fn step(&mut self, id: u32) -> Step {
        let mut events = Vec::new();
        let at = self.now;
        let hit = self.request(id, &mut events);
        Step { at, id, hit, events }
    }

    fn grow(&mut self, objects: usize) {
        self.policy.grow(objects);
        if let Some(deadlines) = &mut self.deadlines {
            deadlines.grow(objects);
        }
    }

    fn residents(&self) -> usize {
        self.policy.residents()
    }

    fn served(&self) -> u64 {
        self.now
    }

    fn view(&self) -> View {
        self.policy.view(self.now)
    }

    fn snapshot(&self) -> Box<dyn Cache> {
        Box::new(self.clone())
    }
}
