//! S3-FIFO: three FIFO queues. A small one filters out what is used once before it can do harm.

use crate::sim::cache::policy::{About, Policy, Setting};
use crate::sim::cache::queue::{Places, Queue, Tag};
use crate::sim::cache::step::{Event, Watch, Why};
use crate::sim::cache::view::{Segment, View};

const SMALL: Tag = Tag(1);
const MAIN: Tag = Tag(2);
const GHOST: Tag = Tag(3);

/// Where the counter stops.
const MOST_USES: u32 = 3;

/// Uses that an entry of the small queue needs to enter main.
const PROMOTED_AT: u32 = 2;

/// Small, main and ghost.
#[derive(Clone, Debug)]
pub(super) struct S3Fifo {
    capacity: usize,
    /// What main holds before it gives way.
    main_quota: usize,
    /// How many ids the ghost remembers.
    remembered: usize,
    places: Places,
    small: Queue,
    main: Queue,
    ghost: Queue,
}

impl S3Fifo {
    fn evict<W: Watch>(&mut self, watch: &mut W) {
        if self.main.len() > self.main_quota || !self.evict_from_small(watch) {
            self.evict_from_main(watch);
        }
    }

    /// Gives way to the first entry that was not used enough; promotes the others. False if all were promoted.
    fn evict_from_small<W: Watch>(&mut self, watch: &mut W) -> bool {
        while let Some((id, uses)) = self.small.pop_oldest(&mut self.places) {
            if uses < PROMOTED_AT {
                watch.see(Event::Evicted { id, from: "small", why: Why::Used { count: uses } });
                self.remember(id, watch);
                return true;
            }
            watch.see(Event::Moved { id, from: "small", to: "main", why: Why::Used { count: uses } });
            self.main.push(id, &mut self.places);
        }
        false
    }

    fn evict_from_main<W: Watch>(&mut self, watch: &mut W) {
        while let Some((id, uses)) = self.main.pop_oldest(&mut self.places) {
            if uses == 0 {
                watch.see(Event::Evicted { id, from: "main", why: Why::NotUsed });
                return;
            }
            watch.see(Event::Moved { id, from: "main", to: "main", why: Why::Used { count: uses } });
            self.main.push_marked(id, uses - 1, &mut self.places);
        }
    }

    fn remember<W: Watch>(&mut self, id: u32, watch: &mut W) {
        if self.remembered == 0 {
            return;
        }
        if self.ghost.len() == self.remembered {
            self.ghost.pop_oldest(&mut self.places);
        }
        self.ghost.push(id, &mut self.places);
        watch.see(Event::Remembered { id, list: "ghost" });
    }
}

impl Policy for S3Fifo {
    const ABOUT: About = About {
        id: "s3-fifo",
        title: "S3-FIFO",
        rule: "evicts from the small queue what was used less than twice, else from main what was not used",
        on_hit: "its counter goes up, to three at most, and it stays",
        source: "Yang et al. 2023",
        needs_future: false,
    };

    fn new(setting: &Setting) -> Self {
        let small = (setting.capacity / 10).max(1);
        Self {
            capacity: setting.capacity,
            main_quota: setting.capacity - small,
            remembered: setting.capacity * 9 / 10,
            places: Places::new(setting.objects),
            small: Queue::new(SMALL),
            main: Queue::new(MAIN),
            ghost: Queue::new(GHOST),
        }
    }

    fn grow(&mut self, objects: usize) {
        self.places.grow(objects);
    }

    fn holds(&self, id: u32, _now: u64) -> bool {
        matches!(self.places.of(id).tag(), SMALL | MAIN)
    }

    #[inline(always)]
    fn request<W: Watch>(&mut self, id: u32, now: u64, watch: &mut W) -> bool {
        if self.holds(id, now) {
            let uses = self.places.of(id).mark();
            self.places.mark(id, (uses + 1).min(MOST_USES));
            return true;
        }
        let ghost = self.places.of(id).tag() == GHOST;
        if ghost {
            watch.see(Event::Ghost { list: "ghost" });
            self.ghost.remove(id, &mut self.places);
        }
        if self.residents() == self.capacity {
            self.evict(watch);
        }
        if ghost {
            self.main.push(id, &mut self.places);
        } else {
            self.small.push(id, &mut self.places);
        }
        false
    }

    fn forget(&mut self, id: u32, _now: u64) {
        let queue = if self.places.of(id).tag() == SMALL { &mut self.small } else { &mut self.main };
        queue.remove(id, &mut self.places);
    }

    #[inline]
    fn prefetch(&self, id: u32) {
        self.places.prefetch(id);
    }

    #[inline]
    fn residents(&self) -> usize {
        self.small.len() + self.main.len()
    }

    fn view(&self, _now: u64) -> View {
        let uses = |id| i64::from(self.places.of(id).mark());
        let small = (self.capacity - self.main_quota) as f64;
        View {
            segments: vec![
                Segment::new("small", small, self.small.newest_first(&self.places)).marked(uses),
                Segment::new("main", self.main_quota as f64, self.main.newest_first(&self.places)).marked(uses),
                Segment::new("ghost", self.remembered as f64, self.ghost.newest_first(&self.places)).ghosts(),
            ],
            figures: Vec::new(),
        }
    }
}
