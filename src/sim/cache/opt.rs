//! OPT: evicts the entry whose next use is farthest, which no policy can beat (Belady 1966).
//!
//! Residents are a set of moments: those of their next uses. Whether request `now` is a hit is whether `now` is in
//! the set, and the victim is its largest member, so neither a heap nor a look at the object is needed.
//! Residents that are never used again are kept apart and go first.

use std::sync::Arc;

use crate::sim::cache::future::Future;
use crate::sim::cache::policy::{About, Policy, Setting};
use crate::sim::cache::step::{Event, Watch, Why};
use crate::sim::cache::view::{Segment, View};

/// Belady's rule.
#[derive(Clone, Debug)]
pub(super) struct Opt {
    capacity: usize,
    future: Arc<Future>,
    next_uses: Moments,
    /// How many residents are used again.
    used_again: usize,
    /// Residents that are not.
    never_again: Vec<u32>,
}

impl Opt {
    fn evict<W: Watch>(&mut self, now: u64, watch: &mut W) {
        let (id, after) = if let Some(id) = self.never_again.pop() {
            (id, None)
        } else {
            let Some(farthest) = self.next_uses.largest() else { return };
            self.next_uses.remove(farthest);
            self.used_again -= 1;
            (self.future.id(farthest), Some(u64::from(farthest).saturating_sub(now)))
        };
        watch.see(Event::Evicted { id, from: "", why: Why::FarthestUse { after } });
    }
}

impl Policy for Opt {
    const ABOUT: About = About {
        id: "opt",
        title: "Belady's optimum",
        rule: "evicts the entry whose next use is farthest; needs to know the future",
        on_hit: "stays: its next use is known already",
        source: "Belady 1966",
        needs_future: true,
    };

    fn new(setting: &Setting) -> Self {
        let future = setting.future.clone().unwrap_or_default();
        Self {
            capacity: setting.capacity,
            next_uses: Moments::below(future.len()),
            future,
            used_again: 0,
            never_again: Vec::new(),
        }
    }

    fn grow(&mut self, _objects: usize) {}

    fn holds(&self, _id: u32, now: u64) -> bool {
        self.next_uses.contains(now as usize)
    }

    #[inline(always)]
    fn request<W: Watch>(&mut self, id: u32, now: u64, watch: &mut W) -> bool {
        let hit = self.holds(id, now);
        if hit {
            // The moment itself stays in the set: it is past, and the largest member is asked for only among later ones.
            self.used_again -= 1;
        } else if self.residents() == self.capacity {
            self.evict(now, watch);
        }
        match self.future.next(now) {
            Future::NEVER => self.never_again.push(id),
            next => {
                self.next_uses.insert(next);
                self.used_again += 1;
            }
        }
        hit
    }

    fn forget(&mut self, _id: u32, now: u64) {
        self.next_uses.remove(now as u32);
        self.used_again -= 1;
    }

    #[inline]
    fn prefetch(&self, _id: u32) {}

    #[inline]
    fn residents(&self) -> usize {
        self.used_again + self.never_again.len()
    }

    fn view(&self, now: u64) -> View {
        let next_uses: Vec<u32> = self.next_uses.from(now).collect();
        let soonest_first = next_uses.iter().map(|&at| self.future.id(at));
        let mut segment = Segment::new("", self.capacity as f64, soonest_first.chain(self.never_again.iter().copied()))
            .between("used soonest", "latest or never");
        for (entry, &at) in segment.entries.iter_mut().zip(&next_uses) {
            entry.mark = i64::try_from(u64::from(at) - now).ok();
        }
        View::of(segment)
    }
}

/// A set of moments with its largest member: bits, and above them bits that say which words are not empty.
#[derive(Clone, Debug)]
struct Moments {
    /// The bits themselves first, each level above with one bit a word, the last of one word.
    levels: Vec<Vec<u64>>,
}

impl Moments {
    fn below(bound: usize) -> Self {
        let mut levels = vec![vec![0; bound.div_ceil(64).max(1)]];
        while let Some(top) = levels.last()
            && top.len() > 1
        {
            levels.push(vec![0; top.len().div_ceil(64)]);
        }
        Self { levels }
    }

    #[inline]
    fn contains(&self, moment: usize) -> bool {
        self.levels[0].get(moment / 64).is_some_and(|word| word >> (moment % 64) & 1 == 1)
    }

    #[inline]
    fn insert(&mut self, moment: u32) {
        let mut index = moment as usize;
        for level in &mut self.levels {
            let word = &mut level[index / 64];
            let was_empty = *word == 0;
            *word |= 1 << (index % 64);
            if !was_empty {
                return;
            }
            index /= 64;
        }
    }

    #[inline]
    fn remove(&mut self, moment: u32) {
        let mut index = moment as usize;
        for level in &mut self.levels {
            let word = &mut level[index / 64];
            *word &= !(1 << (index % 64));
            if *word != 0 {
                return;
            }
            index /= 64;
        }
    }

    #[inline]
    fn largest(&self) -> Option<u32> {
        let mut index = 0;
        for level in self.levels.iter().rev() {
            let highest = level[index].checked_ilog2()?;
            index = index * 64 + highest as usize;
        }
        Some(index as u32)
    }

    /// The members from a moment on, ascending.
    fn from(&self, first: u64) -> impl Iterator<Item = u32> {
        let bound = self.levels[0].len() * 64;
        (first as usize..bound).filter(|&moment| self.contains(moment)).map(|moment| moment as u32)
    }
}
