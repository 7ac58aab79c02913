//! MRU: evicts the entry that was used last. On a loop that is larger than the cache it keeps a part, where LRU keeps
//! nothing.

use crate::sim::cache::policy::{About, Policy, Setting};
use crate::sim::cache::queue::{Places, Queue, Tag};
use crate::sim::cache::step::{Event, Watch, Why};
use crate::sim::cache::view::{Segment, View};

const QUEUE: Tag = Tag(1);

/// Most recently used.
#[derive(Clone, Debug)]
pub(super) struct Mru {
    capacity: usize,
    places: Places,
    queue: Queue,
}

impl Policy for Mru {
    const ABOUT: About = About {
        id: "mru",
        title: "Most recently used",
        rule: "evicts the entry used last",
        on_hit: "becomes the one used last, and the first to go",
        source: "Chou and DeWitt 1985",
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
            self.queue.refresh(id, &mut self.places);
            return true;
        }
        if self.queue.len() == self.capacity
            && let Some(victim) = self.queue.pop_newest(&mut self.places)
        {
            watch.see(Event::Evicted { id: victim, from: "", why: Why::UsedLast });
        }
        self.queue.push(id, &mut self.places);
        false
    }

    fn forget(&mut self, id: u32, _now: u64) {
        self.queue.remove(id, &mut self.places);
    }

    #[inline]
    fn prefetch(&self, id: u32) {
        self.places.prefetch(id);
    }

    fn residents(&self) -> usize {
        self.queue.len()
    }

    fn view(&self, _now: u64) -> View {
        View::of(
            Segment::new("", self.capacity as f64, self.queue.newest_first(&self.places))
                .between("used last", "longest ago"),
        )
    }
}
