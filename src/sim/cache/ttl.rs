//! TTL: evicts the entry that is nearest to its expiry, as Redis does under `volatile-ttl`.
//!
//! With one constant lifetime that is FIFO, so unless the setting gives lifetimes they are drawn by the seed
//! between one and two capacities' worth of requests, and only rank: nothing expires that the setting does not let
//! expire.

use std::collections::BTreeSet;

use crate::sim::cache::expiry::Lifetime;
use crate::sim::cache::policy::{About, Policy, Setting};
use crate::sim::cache::step::{Event, Watch, Why};
use crate::sim::cache::view::{Segment, View};
use crate::sim::prefetch::prefetch;

/// Not resident.
const NOWHERE: u64 = u64::MAX;

/// Residents by deadline, ties by insertion.
#[derive(Clone, Debug)]
pub(super) struct Ttl {
    capacity: usize,
    lifetime: Lifetime,
    seed: u64,
    /// Deadline, time of insertion, object.
    by_deadline: BTreeSet<(u64, u64, u32)>,
    /// For each object the time of its insertion.
    inserted: Vec<u64>,
}

impl Ttl {
    fn key(&self, id: u32) -> (u64, u64, u32) {
        let inserted = self.inserted[id as usize];
        (self.lifetime.deadline(self.seed, id, inserted), inserted, id)
    }
}

impl Policy for Ttl {
    const ABOUT: About = About {
        id: "ttl",
        title: "Nearest expiry",
        rule: "evicts the entry nearest to its expiry",
        on_hit: "changes nothing: its expiry stays",
        source: "Redis, volatile-ttl",
        needs_future: false,
    };

    fn new(setting: &Setting) -> Self {
        let capacity = setting.capacity as u64;
        Self {
            capacity: setting.capacity,
            lifetime: setting.expiry.unwrap_or(Lifetime { base: capacity, jitter: capacity }),
            seed: setting.seed,
            by_deadline: BTreeSet::new(),
            inserted: vec![NOWHERE; setting.objects],
        }
    }

    fn grow(&mut self, objects: usize) {
        self.inserted.resize(objects.max(self.inserted.len()), NOWHERE);
    }

    fn holds(&self, id: u32, _now: u64) -> bool {
        self.inserted[id as usize] != NOWHERE
    }

    fn request<W: Watch>(&mut self, id: u32, now: u64, watch: &mut W) -> bool {
        if self.holds(id, now) {
            return true;
        }
        if self.by_deadline.len() == self.capacity
            && let Some((deadline, _, victim)) = self.by_deadline.pop_first()
        {
            self.inserted[victim as usize] = NOWHERE;
            let left = i64::try_from(i128::from(deadline) - i128::from(now)).unwrap_or(i64::MAX);
            watch.see(Event::Evicted { id: victim, from: "", why: Why::NearestExpiry { left } });
        }
        self.inserted[id as usize] = now;
        self.by_deadline.insert(self.key(id));
        false
    }

    fn forget(&mut self, id: u32, _now: u64) {
        self.by_deadline.remove(&self.key(id));
        self.inserted[id as usize] = NOWHERE;
    }

    #[inline]
    fn prefetch(&self, id: u32) {
        prefetch(&self.inserted, id as usize);
    }

    fn residents(&self) -> usize {
        self.by_deadline.len()
    }

    fn view(&self, now: u64) -> View {
        let latest_first = self.by_deadline.iter().rev().map(|&(_, _, id)| id);
        let left = |id| i64::try_from(i128::from(self.key(id).0) - i128::from(now)).unwrap_or(i64::MAX);
        let segment = Segment::new("", self.capacity as f64, latest_first).between("expires last", "expires next");
        View::of(segment.marked(left))
    }
}
