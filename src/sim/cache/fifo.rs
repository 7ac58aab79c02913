//! FIFO: evicts the entry that was inserted first; a hit changes nothing.

use crate::sim::cache::policy::{About, Policy, Setting};
use crate::sim::cache::queue::{Places, Queue, Tag};
use crate::sim::cache::step::{Event, Watch, Why};
use crate::sim::cache::view::{Segment, View};

const QUEUE: Tag = Tag(1);

/// First in, first out.
#[derive(Clone, Debug)]
pub(super) struct Fifo {
    capacity: usize,
    places: Places,
    queue: Queue,
}

impl Policy for Fifo {
    const ABOUT: About = About {
        id: "fifo",
        title: "First in, first out",
        rule: "evicts the entry inserted first",
        on_hit: "stays in its place: only the order of insertion counts",
        source: "the queue of Belady, Nelson and Shedler 1969",
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
            return true;
        }
        if self.queue.len() == self.capacity
            && let Some((victim, _)) = self.queue.pop_oldest(&mut self.places)
        {
            watch.see(Event::Evicted { id: victim, from: "", why: Why::InsertedFirst });
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
        View::of(Segment::new("", self.capacity as f64, self.queue.newest_first(&self.places)))
    }
}
