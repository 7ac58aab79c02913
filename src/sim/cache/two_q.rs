//! 2Q: a FIFO for what is new, an LRU for what came back after it was gone.
//!
//! A hit in the FIFO does nothing: two uses close together do not make an object worth keeping. What is asked for again
//! while only its ghost is left enters the LRU.

use crate::sim::cache::policy::{About, Policy, Setting};
use crate::sim::cache::queue::{Places, Queue, Tag};
use crate::sim::cache::step::{Event, Watch, Why};
use crate::sim::cache::view::{Segment, View};

const IN: Tag = Tag(1);
const OUT: Tag = Tag(2);
const MAIN: Tag = Tag(3);

/// The full version of the paper: A1in, A1out and Am.
#[derive(Clone, Debug)]
pub(super) struct TwoQ {
    capacity: usize,
    /// What A1in holds before it gives way: ⌊c/4⌋.
    quota: usize,
    /// How many ids A1out remembers: ⌊c/2⌋.
    remembered: usize,
    places: Places,
    a1in: Queue,
    a1out: Queue,
    am: Queue,
}

impl TwoQ {
    fn evict<W: Watch>(&mut self, watch: &mut W) {
        let quota = self.quota as f64;
        if self.a1in.len() > self.quota {
            if let Some((id, _)) = self.a1in.pop_oldest(&mut self.places) {
                watch.see(Event::Evicted { id, from: "A1in", why: Why::OverQuota { quota } });
                self.remember(id, watch);
            }
        } else if let Some((id, _)) = self.am.pop_oldest(&mut self.places) {
            watch.see(Event::Evicted { id, from: "Am", why: Why::OtherWithinQuota { quota } });
        }
    }

    fn remember<W: Watch>(&mut self, id: u32, watch: &mut W) {
        if self.remembered == 0 {
            return;
        }
        if self.a1out.len() == self.remembered {
            self.a1out.pop_oldest(&mut self.places);
        }
        self.a1out.push(id, &mut self.places);
        watch.see(Event::Remembered { id, list: "A1out" });
    }
}

impl Policy for TwoQ {
    const ABOUT: About = About {
        id: "2q",
        title: "2Q",
        rule: "evicts from the FIFO of new entries while it is over a quarter, else what was used longest ago",
        on_hit: "moves to the newest end of Am; within A1in it stays",
        source: "Johnson and Shasha 1994",
        needs_future: false,
    };

    fn new(setting: &Setting) -> Self {
        Self {
            capacity: setting.capacity,
            quota: setting.capacity / 4,
            remembered: setting.capacity / 2,
            places: Places::new(setting.objects),
            a1in: Queue::new(IN),
            a1out: Queue::new(OUT),
            am: Queue::new(MAIN),
        }
    }

    fn grow(&mut self, objects: usize) {
        self.places.grow(objects);
    }

    fn holds(&self, id: u32, _now: u64) -> bool {
        matches!(self.places.of(id).tag(), IN | MAIN)
    }

    #[inline(always)]
    fn request<W: Watch>(&mut self, id: u32, _now: u64, watch: &mut W) -> bool {
        let tag = self.places.of(id).tag();
        if tag == MAIN {
            self.am.refresh(id, &mut self.places);
            return true;
        }
        if tag == IN {
            return true;
        }
        let ghost = tag == OUT;
        if ghost {
            watch.see(Event::Ghost { list: "A1out" });
            self.a1out.remove(id, &mut self.places);
        }
        if self.residents() == self.capacity {
            self.evict(watch);
        }
        if ghost {
            self.am.push(id, &mut self.places);
        } else {
            self.a1in.push(id, &mut self.places);
        }
        false
    }

    fn forget(&mut self, id: u32, _now: u64) {
        let queue = if self.places.of(id).tag() == IN { &mut self.a1in } else { &mut self.am };
        queue.remove(id, &mut self.places);
    }

    #[inline]
    fn prefetch(&self, id: u32) {
        self.places.prefetch(id);
    }

    #[inline]
    fn residents(&self) -> usize {
        self.a1in.len() + self.am.len()
    }

    fn view(&self, _now: u64) -> View {
        let main = (self.capacity - self.quota) as f64;
        View {
            segments: vec![
                Segment::new("A1in", self.quota as f64, self.a1in.newest_first(&self.places)),
                Segment::new("Am", main, self.am.newest_first(&self.places)).between("used last", "longest ago"),
                Segment::new("A1out", self.remembered as f64, self.a1out.newest_first(&self.places)).ghosts(),
            ],
            figures: Vec::new(),
        }
    }
}
