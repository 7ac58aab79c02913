//! How fast the lab runs: how many requests are due at a wake, and how many may be served until the next one.
//!
//! No clock is read in the middle of the work. The time from one wake to the next is what serving, drawing and waiting took
//! together, and the portion follows it, so that a key never waits long on a slow machine nor a fast one idles.

use std::time::Duration;

/// Requests a second; beyond the last one it is as fast as it goes.
const SPEEDS: [u32; 14] = [1, 2, 5, 10, 20, 40, 100, 200, 500, 1_000, 5_000, 20_000, 100_000, 1_000_000];

/// From one frame to the next while something moves; the second for those who want little motion.
const FRAME: Duration = Duration::from_millis(33);
const CALM_FRAME: Duration = Duration::from_millis(250);

/// Between two wakes while there is more to do than a portion.
const BREATH: Duration = Duration::from_millis(2);

/// From wake to wake under full load: below, the portion grows, above, it shrinks. Drawing takes some of it, so that a key
/// waits less.
const BRISK: Duration = Duration::from_millis(10);
const SLOW: Duration = Duration::from_millis(15);

/// A pause of the machine is not made up for beyond this.
const LONGEST_DEBT: Duration = Duration::from_secs(1);

/// The smallest portion, so that a terminal that draws slowly does not stop everything, the first and the largest one.
const SMALLEST_PORTION: usize = 2_000;
const FIRST_PORTION: usize = 40_000;
const LARGEST_PORTION: usize = 1 << 22;

/// Whether and how fast requests come.
#[derive(Clone, Debug)]
pub(super) struct Pace {
    /// Whether requests come by themselves.
    pub(super) is_running: bool,
    /// Index of the speed; one beyond the last is as fast as it goes.
    speed: usize,
    /// When requests came last, in time awake.
    last: Duration,
    /// Parts of requests that are due.
    owed: f64,
    /// Requests that may be served at once.
    portion: usize,
    /// Whether the last portion was used up.
    is_busy: bool,
}

impl Default for Pace {
    /// Forty a second.
    fn default() -> Self {
        Self { is_running: false, speed: 5, last: Duration::ZERO, owed: 0.0, portion: FIRST_PORTION, is_busy: false }
    }
}

impl Pace {
    /// Starts or pauses.
    pub(super) fn toggle(&mut self, awake: Duration) {
        self.is_running = !self.is_running;
        (self.last, self.owed) = (awake, 0.0);
    }

    /// Goes faster or slower by a step.
    pub(super) fn change(&mut self, by: isize) {
        self.speed = self.speed.saturating_add_signed(by).min(SPEEDS.len());
    }

    /// Requests a second; none is as fast as it goes.
    pub(super) fn speed(&self) -> Option<u32> {
        SPEEDS.get(self.speed).copied()
    }

    /// How many requests are due since the last wake.
    pub(super) fn due(&mut self, awake: Duration) -> usize {
        let passed = awake.saturating_sub(self.last).min(LONGEST_DEBT);
        self.adapt(passed);
        self.last = awake;
        match (self.is_running, self.speed()) {
            (false, _) => 0,
            (true, None) => self.portion,
            (true, Some(speed)) => {
                self.owed += passed.as_secs_f64() * f64::from(speed);
                let whole = self.owed.floor();
                self.owed -= whole;
                whole as usize
            }
        }
    }

    /// How many requests may be served at once, over so many caches.
    pub(super) fn portion(&self, caches: usize) -> usize {
        (self.portion / caches.max(1)).max(1)
    }

    /// Tells whether the portion was used up and there is more to do.
    pub(super) fn worked(&mut self, is_busy: bool) {
        self.is_busy = is_busy;
    }

    /// How long to wait for the next requests.
    pub(super) fn wait(&self, awake: Duration, has_motion: bool) -> Option<Duration> {
        if self.is_busy {
            return Some(BREATH);
        }
        if !self.is_running {
            return None;
        }
        let Some(speed) = self.speed() else { return Some(BREATH) };
        let frame = if has_motion { FRAME } else { CALM_FRAME };
        let missing = Duration::from_secs_f64((1.0 - self.owed).max(0.0) / f64::from(speed));
        Some((self.last + missing.max(frame)).saturating_sub(awake).max(BREATH))
    }

    fn adapt(&mut self, passed: Duration) {
        let at_full_speed = self.is_running && self.speed().is_none();
        if !self.is_busy && !at_full_speed {
            return;
        }
        if passed < BRISK {
            self.portion = (self.portion + self.portion / 2).min(LARGEST_PORTION);
        } else if passed > SLOW {
            self.portion = (self.portion / 2).max(SMALLEST_PORTION);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    #[test]
    fn requests_come_at_the_speed_that_is_shown() {
        let mut pace = Pace::default();
        assert_eq!(pace.wait(ms(0), true), None, "nothing moves");
        pace.toggle(ms(1000));
        assert_eq!(pace.speed(), Some(40));
        let served: usize = (1..=100).map(|wake| pace.due(ms(1000 + 33 * wake))).sum();
        assert_eq!(served, 132, "3.3 s at 40 a second");
        assert!(pace.due(ms(60_000)) <= 40, "a pause of the machine is not made up for");
        pace.toggle(ms(60_000));
        assert_eq!(pace.due(ms(61_000)), 0);
    }

    #[test]
    fn one_a_second_waits_for_a_second() {
        let mut pace = Pace::default();
        pace.change(-100);
        pace.toggle(ms(0));
        assert_eq!((pace.speed(), pace.wait(ms(0), true)), (Some(1), Some(ms(1000))));
        assert_eq!((pace.due(ms(999)), pace.due(ms(1000)), pace.due(ms(1500))), (0, 1, 0));
    }

    #[test]
    fn the_portion_follows_what_the_machine_can_do() {
        let mut pace = Pace::default();
        pace.change(100);
        pace.toggle(ms(0));
        let mut now = ms(0);
        for _ in 0..60 {
            now += ms(3);
            pace.due(now);
        }
        assert_eq!(pace.portion(1), LARGEST_PORTION);
        now += ms(40);
        pace.due(now);
        assert_eq!(pace.portion(4), LARGEST_PORTION / 8);
    }

    #[test]
    fn little_motion_is_fewer_frames() {
        let mut pace = Pace::default();
        pace.toggle(ms(0));
        assert_eq!(pace.wait(ms(0), false), Some(CALM_FRAME));
    }
}
