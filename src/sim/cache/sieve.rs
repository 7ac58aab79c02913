//! SIEVE: CLOCK whose survivors stay where they are.
//!
//! The hand moves from old to new and evicts what was not visited; what was visited keeps its position, so that
//! new entries have to prove themselves quickly.

use crate::sim::cache::policy::{About, Policy, Setting};
use crate::sim::cache::queue::{Places, Queue, Tag};
use crate::sim::cache::step::{Event, Watch, Why};
use crate::sim::cache::view::{Segment, View};

const QUEUE: Tag = Tag(1);

/// One FIFO with a visited bit and a hand that persists.
#[derive(Clone, Debug)]
pub(super) struct Sieve {
    capacity: usize,
    places: Places,
    queue: Queue,
}

impl Policy for Sieve {
    const ABOUT: About = About {
        id: "sieve",
        title: "SIEVE",
        rule: "the hand spares in place what was visited and evicts the first entry that was not",
        on_hit: "is marked as visited and stays in its place",
        source: "Zhang et al. 2024",
        needs_future: false,
    };

    fn new(setting: &Setting) -> Self {
        Self { capacity: setting.capacity, places: Places::new(setting.objects), queue: Queue::new(QUEUE) }
    }

    fn grow(&mut self, objects: usize) {
        self.places.grow(objects);
    }

    fn holds(&self, id: u32, _now: u64) -> bool {
        self.places.of(id).tag() == QUEUE
    }

    #[inline(always)]
    fn request<W: Watch>(&mut self, id: u32, now: u64, watch: &mut W) -> bool {
        if self.holds(id, now) {
            self.places.mark(id, 1);
            return true;
        }
        if self.queue.len() == self.capacity {
            let evicted = self.queue.take_unmarked(&mut self.places, |id| watch.see(Event::Spared { id }));
            if let Some(id) = evicted {
                watch.see(Event::Evicted { id, from: "", why: Why::NotUsed });
            }
        }
        self.queue.push(id, &mut self.places);
        false
    }

    fn forget(&mut self, id: u32, _now: u64) {
        self.queue.remove(id, &mut self.places);
        self.queue.settle_hand(&self.places);
    }

    #[inline]
    fn prefetch(&self, id: u32) {
        self.places.prefetch(id);
    }

    fn residents(&self) -> usize {
        self.queue.len()
    }

    fn view(&self, _now: u64) -> View {
        let hand = self.queue.at_hand(&self.places).or_else(|| self.queue.iter(&self.places).next());
        let segment = Segment::new("", self.capacity as f64, self.queue.newest_first(&self.places));
        View::of(segment.marked(|id| i64::from(self.places.of(id).mark())).with_hand(hand))
    }
}
