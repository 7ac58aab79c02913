//! ARC: splits the cache between recency and frequency, and lets its mistakes move the split.
//!
//! T1 holds what was used once, T2 what was used again; B1 and B2 remember what each of them evicted. A hit on a ghost of
//! B1 says that T1 was too small, one of B2 that T2 was: the target p of T1 moves accordingly. This is figure 4
//! of the paper with a real-valued p and the sizes of the ghost lists read before the ghost is removed.

use crate::sim::cache::policy::{About, Policy, Setting};
use crate::sim::cache::queue::{Places, Queue, Tag};
use crate::sim::cache::step::{Event, Watch, Why};
use crate::sim::cache::view::{Segment, View};

const T1: Tag = Tag(1);
const T2: Tag = Tag(2);
const B1: Tag = Tag(3);
const B2: Tag = Tag(4);

/// The adaptive replacement cache.
#[derive(Clone, Debug)]
pub(super) struct Arc {
    capacity: usize,
    /// The target size of T1.
    p: f64,
    places: Places,
    t1: Queue,
    t2: Queue,
    b1: Queue,
    b2: Queue,
}

impl Arc {
    fn full(&self) -> bool {
        self.t1.len() + self.t2.len() == self.capacity
    }

    /// The paper's REPLACE: evicts from T1 if it is over its target, else from T2, and keeps a ghost.
    #[inline]
    fn replace<W: Watch>(&mut self, from_b2: bool, watch: &mut W) {
        let recent = self.t1.len() as f64;
        let over = recent > self.p || (from_b2 && recent == self.p);
        if (self.t1.len() > 0 && over) || self.t2.len() == 0 {
            if let Some((id, _)) = self.t1.pop_oldest(&mut self.places) {
                watch.see(Event::Evicted { id, from: "T1", why: Why::OverQuota { quota: self.p } });
                watch.see(Event::Remembered { id, list: "B1" });
                self.b1.push(id, &mut self.places);
            }
        } else if let Some((id, _)) = self.t2.pop_oldest(&mut self.places) {
            watch.see(Event::Evicted { id, from: "T2", why: Why::OtherWithinQuota { quota: self.p } });
            watch.see(Event::Remembered { id, list: "B2" });
            self.b2.push(id, &mut self.places);
        }
    }

    /// Cases II and III: a ghost moves the target and comes back into T2.
    fn return_of_a_ghost<W: Watch>(&mut self, id: u32, from_b2: bool, watch: &mut W) {
        let (b1, b2) = (self.b1.len() as f64, self.b2.len() as f64);
        if from_b2 {
            watch.see(Event::Ghost { list: "B2" });
            self.p = (self.p - (b1 / b2).max(1.0)).max(0.0);
            self.b2.remove(id, &mut self.places);
        } else {
            watch.see(Event::Ghost { list: "B1" });
            self.p = (self.p + (b2 / b1).max(1.0)).min(self.capacity as f64);
            self.b1.remove(id, &mut self.places);
        }
        watch.see(Event::Target { name: "p", value: self.p });
        if self.full() {
            self.replace(from_b2, watch);
        }
        self.t2.push(id, &mut self.places);
    }

    /// Case IV: nothing is known of the object.
    #[inline]
    fn newcomer<W: Watch>(&mut self, id: u32, watch: &mut W) {
        let recent = self.t1.len() + self.b1.len();
        if recent >= self.capacity && self.b1.len() == 0 {
            if let Some((victim, _)) = self.t1.pop_oldest(&mut self.places) {
                let why = Why::OverQuota { quota: self.p };
                watch.see(Event::Evicted { id: victim, from: "T1", why });
            }
        } else {
            if recent >= self.capacity {
                self.b1.pop_oldest(&mut self.places);
            } else if recent + self.t2.len() + self.b2.len() >= 2 * self.capacity {
                self.b2.pop_oldest(&mut self.places);
            }
            if self.full() {
                self.replace(false, watch);
            }
        }
        self.t1.push(id, &mut self.places);
    }
}

impl Policy for Arc {
    const ABOUT: About = About {
        id: "arc",
        title: "Adaptive replacement cache",
        rule: "evicts from the recent or from the frequent, as the ghosts that came back ask for",
        on_hit: "moves to the newest end of T2",
        source: "Megiddo and Modha 2003",
        needs_future: false,
    };

    fn new(setting: &Setting) -> Self {
        Self {
            capacity: setting.capacity,
            p: 0.0,
            places: Places::new(setting.objects),
            t1: Queue::new(T1),
            t2: Queue::new(T2),
            b1: Queue::new(B1),
            b2: Queue::new(B2),
        }
    }

    fn grow(&mut self, objects: usize) {
        self.places.grow(objects);
    }

    fn holds(&self, id: u32, _now: u64) -> bool {
        matches!(self.places.of(id).tag(), T1 | T2)
    }

    #[inline(always)]
    fn request<W: Watch>(&mut self, id: u32, _now: u64, watch: &mut W) -> bool {
        match self.places.of(id).tag() {
            T2 => {
                self.t2.refresh(id, &mut self.places);
                true
            }
            T1 => {
                watch.see(Event::Moved { id, from: "T1", to: "T2", why: Why::UsedAgain });
                self.t1.remove(id, &mut self.places);
                self.t2.push(id, &mut self.places);
                true
            }
            ghost @ (B1 | B2) => {
                self.return_of_a_ghost(id, ghost == B2, watch);
                false
            }
            _ => {
                self.newcomer(id, watch);
                false
            }
        }
    }

    fn forget(&mut self, id: u32, _now: u64) {
        let queue = if self.places.of(id).tag() == T1 { &mut self.t1 } else { &mut self.t2 };
        queue.remove(id, &mut self.places);
    }

    #[inline]
    fn prefetch(&self, id: u32) {
        self.places.prefetch(id);
    }

    fn residents(&self) -> usize {
        self.t1.len() + self.t2.len()
    }

    fn view(&self, _now: u64) -> View {
        let capacity = self.capacity as f64;
        View {
            segments: vec![
                Segment::new("T1", self.p, self.t1.newest_first(&self.places)),
                Segment::new("T2", capacity - self.p, self.t2.newest_first(&self.places))
                    .between("used last", "longest ago"),
                Segment::new("B1", capacity, self.b1.newest_first(&self.places)).ghosts(),
                Segment::new("B2", capacity, self.b2.newest_first(&self.places)).ghosts(),
            ],
            figures: vec![("p", self.p)],
        }
    }
}
