//! CLOCK: FIFO with a second chance. One bit an entry stands in for LRU's order of use.

use crate::sim::cache::policy::{About, Policy, Setting};
use crate::sim::cache::queue::{Places, Queue, Tag};
use crate::sim::cache::step::{Event, Watch, Why};
use crate::sim::cache::view::{Segment, View};

const QUEUE: Tag = Tag(1);

/// FIFO with a reference bit. The hand of the drawn clock is always at the oldest entry: to pass an entry is to
/// reinsert it.
#[derive(Clone, Debug)]
pub(super) struct Clock {
    capacity: usize,
    places: Places,
    queue: Queue,
}

impl Clock {
    fn evict<W: Watch>(&mut self, watch: &mut W) {
        while let Some((id, bit)) = self.queue.pop_oldest(&mut self.places) {
            if bit == 0 {
                watch.see(Event::Evicted { id, from: "", why: Why::NotUsed });
                return;
            }
            watch.see(Event::Moved { id, from: "the clock", to: "the clock", why: Why::Used { count: bit } });
            self.queue.push(id, &mut self.places);
        }
    }
}

impl Policy for Clock {
    const ABOUT: About = About {
        id: "clock",
        title: "CLOCK",
        rule: "the hand clears the bit of what was used and evicts the first entry that was not",
        on_hit: "its bit is set, which buys it another round of the hand",
        source: "Corbató 1968",
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
            self.evict(watch);
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
        let oldest = self.queue.iter(&self.places).next();
        let segment = Segment::new("", self.capacity as f64, self.queue.newest_first(&self.places));
        View::of(segment.marked(|id| i64::from(self.places.of(id).mark())).with_hand(oldest))
    }
}
