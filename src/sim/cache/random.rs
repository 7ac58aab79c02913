//! Random: evicts a resident that the seed draws. The yardstick for every cleverer rule.

use crate::rng::{Stream, stream};
use crate::sim::cache::policy::{About, Policy, Setting};
use crate::sim::cache::step::{Event, Watch, Why};
use crate::sim::cache::view::{Segment, View};
use crate::sim::prefetch::prefetch;

const NOWHERE: u32 = u32::MAX;

/// Residents in any order, each with its index.
#[derive(Clone, Debug)]
pub(super) struct Random {
    capacity: usize,
    residents: Vec<u32>,
    /// For each object its index in `residents`.
    index: Vec<u32>,
    draws: Stream,
}

impl Random {
    fn remove_at(&mut self, at: usize) -> u32 {
        let id = self.residents.swap_remove(at);
        if let Some(&moved) = self.residents.get(at) {
            self.index[moved as usize] = at as u32;
        }
        self.index[id as usize] = NOWHERE;
        id
    }
}

impl Policy for Random {
    const ABOUT: About = About {
        id: "random",
        title: "Random",
        rule: "evicts a resident drawn uniformly by the seed",
        on_hit: "changes nothing: chance looks at no use",
        source: "Belady 1966",
        needs_future: false,
    };

    fn new(setting: &Setting) -> Self {
        Self {
            capacity: setting.capacity,
            residents: Vec::new(),
            index: vec![NOWHERE; setting.objects],
            draws: stream(setting.seed, "cache eviction"),
        }
    }

    fn grow(&mut self, objects: usize) {
        self.index.resize(objects.max(self.index.len()), NOWHERE);
    }

    fn holds(&self, id: u32, _now: u64) -> bool {
        self.index[id as usize] != NOWHERE
    }

    #[inline(always)]
    fn request<W: Watch>(&mut self, id: u32, now: u64, watch: &mut W) -> bool {
        if self.holds(id, now) {
            return true;
        }
        if self.residents.len() == self.capacity {
            let drawn = self.draws.index(self.capacity);
            let victim = self.remove_at(drawn);
            watch.see(Event::Evicted { id: victim, from: "", why: Why::Drawn { among: self.capacity } });
        }
        self.index[id as usize] = self.residents.len() as u32;
        self.residents.push(id);
        false
    }

    fn forget(&mut self, id: u32, _now: u64) {
        self.remove_at(self.index[id as usize] as usize);
    }

    #[inline]
    fn prefetch(&self, id: u32) {
        prefetch(&self.index, id as usize);
    }

    fn residents(&self) -> usize {
        self.residents.len()
    }

    fn view(&self, _now: u64) -> View {
        View::of(Segment::new("", self.capacity as f64, self.residents.iter().copied()).between("in no order", ""))
    }
}
