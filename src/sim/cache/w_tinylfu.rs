//! W-TinyLFU: a small window admits everything, the main part only what is asked for more often than its victim.
//!
//! The static form: no doorkeeper, and the window does not adapt (Caffeine starts from the same values and then climbs).
//! Main is a segmented LRU: probation for what entered, protected for what was used there.

use crate::sim::cache::policy::{About, Policy, Setting};
use crate::sim::cache::queue::{Places, Queue, Tag};
use crate::sim::cache::sketch::Sketch;
use crate::sim::cache::step::{Event, Watch, Why};
use crate::sim::cache::view::{Segment, View};

const WINDOW: Tag = Tag(1);
const PROBATION: Tag = Tag(2);
const PROTECTED: Tag = Tag(3);

/// A window, a segmented LRU and the sketch that decides between them.
#[derive(Clone, Debug)]
pub(super) struct WTinyLfu {
    window_share: usize,
    main_share: usize,
    protected_share: usize,
    sketch: Sketch,
    places: Places,
    window: Queue,
    probation: Queue,
    protected: Queue,
}

impl WTinyLfu {
    /// Makes room in the window: its victim goes to main if there is room or if it beats main's victim.
    fn leave_window<W: Watch>(&mut self, watch: &mut W) {
        let Some((candidate, _)) = self.window.pop_oldest(&mut self.places) else { return };
        if self.probation.len() + self.protected.len() < self.main_share {
            watch.see(Event::Moved { id: candidate, from: "window", to: "probation", why: Why::Room });
            self.probation.push(candidate, &mut self.places);
            return;
        }
        let Some((from, victim)) = self.main_victim() else {
            let why = Why::OverQuota { quota: self.window_share as f64 };
            watch.see(Event::Evicted { id: candidate, from: "window", why });
            return;
        };
        let (ours, theirs) = (self.sketch.estimate(candidate), self.sketch.estimate(victim));
        if ours > theirs {
            let queue = if from == "probation" { &mut self.probation } else { &mut self.protected };
            queue.remove(victim, &mut self.places);
            self.probation.push(candidate, &mut self.places);
            watch.see(Event::Evicted { id: victim, from, why: Why::Rarer { estimate: theirs, rival: ours } });
        } else {
            let why = Why::Rarer { estimate: ours, rival: theirs };
            watch.see(Event::Evicted { id: candidate, from: "window", why });
        }
    }

    /// What main would evict: the oldest on probation, or protected if nobody is.
    fn main_victim(&mut self) -> Option<(&'static str, u32)> {
        let on_probation = self.probation.oldest(&self.places).map(|id| ("probation", id));
        on_probation.or_else(|| self.protected.oldest(&self.places).map(|id| ("protected", id)))
    }

    /// A hit on probation: the entry becomes protected, and the oldest protected one may have to go back.
    fn protect<W: Watch>(&mut self, id: u32, watch: &mut W) {
        watch.see(Event::Moved { id, from: "probation", to: "protected", why: Why::UsedAgain });
        self.probation.remove(id, &mut self.places);
        self.protected.push(id, &mut self.places);
        if self.protected.len() > self.protected_share
            && let Some((demoted, _)) = self.protected.pop_oldest(&mut self.places)
        {
            let why = Why::OverQuota { quota: self.protected_share as f64 };
            watch.see(Event::Moved { id: demoted, from: "protected", to: "probation", why });
            self.probation.push(demoted, &mut self.places);
        }
    }
}

impl Policy for WTinyLfu {
    const ABOUT: About = About {
        id: "w-tinylfu",
        title: "W-TinyLFU",
        rule: "the window's victim enters main only if it is asked for more often than main's victim",
        on_hit: "is counted in the sketch and moves up in its segment",
        source: "Einziger et al. 2017",
        needs_future: false,
    };

    fn new(setting: &Setting) -> Self {
        let window_share = (setting.capacity / 100).max(1);
        let main_share = setting.capacity - window_share;
        Self {
            window_share,
            main_share,
            protected_share: main_share * 4 / 5,
            sketch: Sketch::new(setting.capacity),
            places: Places::new(setting.objects),
            window: Queue::new(WINDOW),
            probation: Queue::new(PROBATION),
            protected: Queue::new(PROTECTED),
        }
    }

    fn grow(&mut self, objects: usize) {
        self.places.grow(objects);
    }

    fn holds(&self, id: u32, _now: u64) -> bool {
        self.places.of(id).tag() != Tag::NOWHERE
    }

    #[inline]
    fn request<W: Watch>(&mut self, id: u32, _now: u64, watch: &mut W) -> bool {
        if self.sketch.count(id) {
            watch.see(Event::Aged);
        }
        match self.places.of(id).tag() {
            WINDOW => self.window.refresh(id, &mut self.places),
            PROBATION => self.protect(id, watch),
            PROTECTED => self.protected.refresh(id, &mut self.places),
            _ => {
                if self.window.len() == self.window_share {
                    self.leave_window(watch);
                }
                self.window.push(id, &mut self.places);
                return false;
            }
        }
        true
    }

    fn forget(&mut self, id: u32, _now: u64) {
        let queue = match self.places.of(id).tag() {
            WINDOW => &mut self.window,
            PROBATION => &mut self.probation,
            _ => &mut self.protected,
        };
        queue.remove(id, &mut self.places);
    }

    #[inline]
    fn prefetch(&self, id: u32) {
        self.places.prefetch(id);
    }

    fn residents(&self) -> usize {
        self.window.len() + self.probation.len() + self.protected.len()
    }

    fn view(&self, _now: u64) -> View {
        let segment = |name, share: usize, queue: &Queue| {
            let segment = Segment::new(name, share as f64, queue.newest_first(&self.places));
            segment.between("used last", "longest ago").marked(|id| i64::from(self.sketch.estimate(id)))
        };
        View {
            segments: vec![
                segment("window", self.window_share, &self.window),
                segment("probation", self.main_share - self.protected_share, &self.probation),
                segment("protected", self.protected_share, &self.protected),
            ],
            figures: vec![("uses counted since the last halving", self.sketch.counted() as f64)],
        }
    }
}
