//! LFU: evicts the entry with the lowest count, in constant time.
//!
//! Entries of one count form a class, a list in order of use; the classes form a list in order of their counts. A
//! hit moves an entry to the next class, so that the victim is always the oldest of the first class (Ketan Shah, Anirban
//! Mitra and Dhruv Matani 2010).

use crate::sim::cache::policy::{About, Policy, Setting};
use crate::sim::cache::step::{Event, Watch, Why};
use crate::sim::cache::view::{Segment, View};
use crate::sim::prefetch::prefetch;

/// No entry, no class.
const NONE: u32 = u32::MAX;

/// Perfect counts among residents: an entry starts at 1 and is forgotten with its eviction.
#[derive(Clone, Debug)]
pub(super) struct Lfu {
    capacity: usize,
    residents: usize,
    nodes: Vec<Node>,
    classes: Vec<Class>,
    /// Classes that are out of use.
    free: Vec<u32>,
    /// The class of the lowest count.
    lowest: u32,
}

/// An object in its class.
#[derive(Clone, Copy, Debug)]
struct Node {
    older: u32,
    newer: u32,
    /// None while it is not resident.
    class: u32,
}

const NOWHERE: Node = Node { older: NONE, newer: NONE, class: NONE };

/// All entries of one count.
#[derive(Clone, Copy, Debug)]
struct Class {
    count: u32,
    oldest: u32,
    newest: u32,
    lower: u32,
    higher: u32,
}

impl Lfu {
    /// Counts a hit: the entry moves to the class above its own.
    #[inline]
    fn promote(&mut self, id: u32) {
        let from = self.nodes[id as usize].class;
        let Class { count, oldest, newest, higher, .. } = self.classes[from as usize];
        let next_exists = higher != NONE && self.classes[higher as usize].count == count + 1;
        if oldest == newest && !next_exists {
            // Alone in its class with nobody just above: the class itself moves up.
            self.classes[from as usize].count += 1;
            return;
        }
        let to = if next_exists { higher } else { self.insert_class(count + 1, from, higher) };
        self.unlink(id);
        self.append(id, to);
    }

    fn evict<W: Watch>(&mut self, watch: &mut W) {
        let Class { count, oldest: id, .. } = self.classes[self.lowest as usize];
        self.unlink(id);
        watch.see(Event::Evicted { id, from: "", why: Why::LowestCount { count } });
    }

    fn insert(&mut self, id: u32) {
        let lowest = self.lowest;
        let first = if lowest != NONE && self.classes[lowest as usize].count == 1 {
            lowest
        } else {
            self.insert_class(1, NONE, lowest)
        };
        self.append(id, first);
    }

    /// Puts an object at the newest end of a class.
    #[inline]
    fn append(&mut self, id: u32, class: u32) {
        let list = &mut self.classes[class as usize];
        let older = std::mem::replace(&mut list.newest, id);
        if older == NONE {
            list.oldest = id;
        } else {
            self.nodes[older as usize].newer = id;
        }
        self.nodes[id as usize] = Node { older, newer: NONE, class };
        self.residents += 1;
    }

    /// Takes an object out of its class, and the class out of use if it was the last one.
    #[inline]
    fn unlink(&mut self, id: u32) {
        let Node { older, newer, class } = std::mem::replace(&mut self.nodes[id as usize], NOWHERE);
        let list = &mut self.classes[class as usize];
        if older == NONE {
            list.oldest = newer;
        } else {
            self.nodes[older as usize].newer = newer;
        }
        if newer == NONE {
            list.newest = older;
        } else {
            self.nodes[newer as usize].older = older;
        }
        if list.oldest == NONE {
            self.remove_class(class);
        }
        self.residents -= 1;
    }

    fn insert_class(&mut self, count: u32, lower: u32, higher: u32) -> u32 {
        let class = Class { count, oldest: NONE, newest: NONE, lower, higher };
        let index = self.free.pop().unwrap_or_else(|| {
            self.classes.push(class);
            (self.classes.len() - 1) as u32
        });
        self.classes[index as usize] = class;
        self.link(lower, index);
        self.link(index, higher);
        index
    }

    fn remove_class(&mut self, class: u32) {
        let Class { lower, higher, .. } = self.classes[class as usize];
        self.link(lower, higher);
        self.free.push(class);
    }

    /// Makes two classes, or the end of the list and a class, neighbours.
    fn link(&mut self, lower: u32, higher: u32) {
        if lower == NONE {
            self.lowest = higher;
        } else {
            self.classes[lower as usize].higher = higher;
        }
        if higher != NONE {
            self.classes[higher as usize].lower = lower;
        }
    }

    fn count(&self, id: u32) -> i64 {
        i64::from(self.classes[self.nodes[id as usize].class as usize].count)
    }

    /// Residents in the order in which they would be evicted.
    fn in_order_of_eviction(&self) -> impl Iterator<Item = u32> {
        let some = |index: u32| (index != NONE).then_some(index);
        let classes = std::iter::successors(some(self.lowest), move |&class| some(self.classes[class as usize].higher));
        classes.flat_map(move |class| {
            let oldest = some(self.classes[class as usize].oldest);
            std::iter::successors(oldest, move |&id| some(self.nodes[id as usize].newer))
        })
    }
}

impl Policy for Lfu {
    const ABOUT: About = About {
        id: "lfu",
        title: "Least frequently used",
        rule: "evicts the entry with the lowest count; of several the one used longest ago",
        on_hit: "its count goes up by one",
        source: "Shah, Mitra and Matani 2010, for constant time",
        needs_future: false,
    };

    fn new(setting: &Setting) -> Self {
        Self {
            capacity: setting.capacity,
            residents: 0,
            nodes: vec![NOWHERE; setting.objects],
            classes: Vec::new(),
            free: Vec::new(),
            lowest: NONE,
        }
    }

    fn grow(&mut self, objects: usize) {
        self.nodes.resize(objects.max(self.nodes.len()), NOWHERE);
    }

    fn holds(&self, id: u32, _now: u64) -> bool {
        self.nodes[id as usize].class != NONE
    }

    #[inline(always)]
    fn request<W: Watch>(&mut self, id: u32, now: u64, watch: &mut W) -> bool {
        if self.holds(id, now) {
            self.promote(id);
            return true;
        }
        if self.residents == self.capacity {
            self.evict(watch);
        }
        self.insert(id);
        false
    }

    fn forget(&mut self, id: u32, _now: u64) {
        self.unlink(id);
    }

    #[inline]
    fn prefetch(&self, id: u32) {
        prefetch(&self.nodes, id as usize);
    }

    fn residents(&self) -> usize {
        self.residents
    }

    fn view(&self, _now: u64) -> View {
        let mut order: Vec<u32> = self.in_order_of_eviction().collect();
        order.reverse();
        let segment = Segment::new("", self.capacity as f64, order.into_iter()).between("most", "fewest uses");
        View::of(segment.marked(|id| self.count(id)))
    }
}
