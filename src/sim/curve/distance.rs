//! Reuse distances: how many distinct objects were used since an object was used last.

use crate::sim::curve::{Curve, Point};

/// How often each reuse distance occurred.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    /// At index d the requests whose object was used before, with d distinct others in between: hits in an LRU cache
    /// of more than d objects.
    pub reuses: Vec<u64>,
    /// Requests whose object was never used before: misses in every cache.
    pub first_uses: u64,
}

impl Histogram {
    /// How many requests there were.
    pub fn requests(&self) -> u64 {
        self.first_uses + self.reuses.iter().sum::<u64>()
    }

    /// LRU's curve at these capacities, which ascend.
    pub fn curve(&self, capacities: &[usize]) -> Curve {
        Curve { policy: "lru", points: self.points(capacities) }
    }

    fn points(&self, capacities: &[usize]) -> Vec<Point> {
        let requests = self.requests().max(1);
        let mut misses = self.requests();
        let mut counted = 0;
        let mut at = |capacity: usize| {
            let end = capacity.min(self.reuses.len());
            misses -= self.reuses[counted.min(end)..end].iter().sum::<u64>();
            counted = counted.max(end);
            misses as f64 / requests as f64
        };
        capacities.iter().map(|&capacity| Point { capacity, miss_ratio: at(capacity) }).collect()
    }
}

/// A row of marks that grows at its end and can say how many marks lie before a position.
pub trait Marks {
    /// An empty row with room for this many positions.
    fn new(length: usize) -> Self;

    /// Adds a marked position at the end.
    fn push(&mut self);

    /// Takes the mark from a position that has one.
    fn clear(&mut self, at: usize);

    /// How many marks lie before a position of the row.
    fn before(&self, at: usize) -> usize;

    /// Brings near what the next count and change at a position will touch.
    fn prefetch(&self, _at: usize) {}
}

/// Marks a row has for each object: the more, the less often positions are renumbered, the more memory.
const ROOM: usize = 4;

/// Counts the reuse distances of all requests in one pass. The ids are below `objects`.
pub fn reuse_histogram<M: Marks>(ids: &[u32], objects: usize) -> Histogram {
    let mut reuses = Reuses::<M>::new(objects);
    reuses.count(ids);
    reuses.finish()
}

/// A count of reuse distances that is fed in portions.
///
/// Each object has a mark at the position of its last use; positions ascend with time, so its reuse distance is the
/// number of marks behind its own. Once the row is used up the marks move together.
#[derive(Debug)]
pub struct Reuses<M> {
    last_uses: LastUses<M>,
    /// As in the histogram, but small, since they are added to all over the place. So many requests fit.
    reuses: Vec<u32>,
    counted: u32,
    histogram: Histogram,
}

/// How many requests ahead the place of an object's last use is fetched, and, nearer, what lies there.
const FAR: usize = 24;
const NEAR: usize = 8;

impl<M: Marks> Reuses<M> {
    /// No requests so far. The ids are below `objects`.
    pub fn new(objects: usize) -> Self {
        Self {
            last_uses: LastUses::new(objects),
            reuses: vec![0; objects],
            counted: 0,
            histogram: Histogram { reuses: vec![0; objects], first_uses: 0 },
        }
    }

    /// Counts the requests that come next.
    pub fn count(&mut self, ids: &[u32]) {
        for (at, &id) in ids.iter().enumerate() {
            if let Some(&soon) = ids.get(at + FAR) {
                crate::sim::prefetch::prefetch(&self.last_uses.positions, soon as usize);
            }
            if let Some(&soon) = ids.get(at + NEAR) {
                self.last_uses.prefetch(soon);
            }
            match self.last_uses.use_again(id) {
                Some(distance) => self.reuses[distance] += 1,
                None => self.histogram.first_uses += 1,
            }
            self.counted += 1;
            if self.counted == u32::MAX {
                self.spill();
            }
        }
    }

    #[cold]
    fn spill(&mut self) {
        for (all, some) in self.histogram.reuses.iter_mut().zip(&mut self.reuses) {
            *all += u64::from(std::mem::take(some));
        }
        self.counted = 0;
    }

    /// What was counted.
    pub fn finish(mut self) -> Histogram {
        self.spill();
        self.histogram
    }
}

/// No position.
const NEVER: u32 = u32::MAX;

#[derive(Debug)]
struct LastUses<M> {
    /// For each object the position of its last use.
    positions: Vec<u32>,
    marks: M,
    /// The first position that is free.
    next: usize,
    /// The length of the row.
    length: usize,
    /// How many marks there are.
    used: usize,
}

impl<M: Marks> LastUses<M> {
    fn new(objects: usize) -> Self {
        let length = (objects * ROOM).max(1024);
        Self { positions: vec![NEVER; objects], marks: M::new(length), next: 0, length, used: 0 }
    }

    /// Brings near what the next use of an object will touch.
    fn prefetch(&self, id: u32) {
        let last = self.positions[id as usize];
        if last != NEVER {
            self.marks.prefetch(last as usize);
        }
    }

    /// Uses an object and says how many others were used since its last use; none if there was none.
    fn use_again(&mut self, id: u32) -> Option<usize> {
        if self.next == self.length {
            self.move_together();
        }
        let last = std::mem::replace(&mut self.positions[id as usize], self.next as u32);
        let distance = if last == NEVER {
            self.used += 1;
            None
        } else {
            let distance = self.used - self.marks.before(last as usize) - 1;
            self.marks.clear(last as usize);
            Some(distance)
        };
        self.marks.push();
        self.next += 1;
        distance
    }

    /// Renumbers the positions so that they lie side by side at the start of the row.
    fn move_together(&mut self) {
        for position in self.positions.iter_mut().filter(|position| **position != NEVER) {
            *position = self.marks.before(*position as usize) as u32;
        }
        self.marks = M::new(self.length);
        (0..self.used).for_each(|_| self.marks.push());
        self.next = self.used;
    }
}
