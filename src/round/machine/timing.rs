//! How long things took, over suspend, reboots and a clock that was set.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::time::Now;

/// Time between two moments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Elapsed {
    /// All of it.
    pub(super) whole: Duration,
    /// The part in which the machine slept.
    pub(super) asleep: Duration,
}

impl Elapsed {
    /// From one moment to a later one. The boot clock counts; after a reboot, where it begins anew, the wall clock
    /// does, never below zero.
    pub(super) fn between(earlier: Now, later: Now) -> Self {
        match later.boot.checked_sub(earlier.boot) {
            Some(whole) => {
                let awake = later.awake.saturating_sub(earlier.awake);
                Self { whole, asleep: whole.saturating_sub(awake) }
            }
            None => Self { whole: later.wall.since(earlier.wall), asleep: Duration::ZERO },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{Timestamp, ZoneOffset};

    fn now(wall: i64, awake: u64, boot: u64) -> Now {
        Now {
            wall: Timestamp(wall * 1000),
            awake: Duration::from_secs(awake),
            boot: Duration::from_secs(boot),
            offset: ZoneOffset(0),
        }
    }

    #[test]
    fn suspend_counts_a_set_clock_does_not_and_a_reboot_falls_back_to_the_wall() {
        let check = |later: Now, whole: u64, asleep: u64| {
            let elapsed = Elapsed::between(now(1000, 50, 60), later);
            assert_eq!((elapsed.whole.as_secs(), elapsed.asleep.as_secs()), (whole, asleep));
        };
        check(now(1010, 60, 70), 10, 0);
        check(now(1100, 60, 160), 100, 90);
        check(now(99, 60, 70), 10, 0);
        check(now(1090, 5, 6), 90, 0);
        check(now(900, 5, 6), 0, 0);
    }
}
