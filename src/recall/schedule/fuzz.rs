//! Spreading intervals, so that cards learned together do not come back together for ever.
//!
//! The ranges are Anki's (rslib `scheduler/states/fuzz.rs`). The draw is decided by item and repetition, not by the
//! moment, and one draw serves all four ratings: so hard ≤ good ≤ easy survives it.

use crate::recall::Item;
use crate::rng;

/// Days from, days to, share of the days between by which an interval may move.
const RANGES: [(f64, f64, f64); 3] = [(2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, f64::INFINITY, 0.05)];

/// Where in its range the next interval of an item falls: from 0 to below 1.
pub(super) fn fraction(item: &Item, repetition: u32) -> f64 {
    rng::stream(u64::from(repetition), &item.to_string()).unit()
}

/// An interval of whole days moved within its range, and never beyond `longest`.
pub(super) fn spread(days: u32, longest: u32, fraction: f64) -> u32 {
    let interval = f64::from(days);
    if interval < RANGES[0].0 {
        return days;
    }
    let reach: f64 = RANGES.iter().map(|(from, to, share)| share * (interval.min(*to) - from).max(0.0)).sum();
    let highest = (interval + 1.0 + reach).round().min(f64::from(longest));
    let lowest = (interval - 1.0 - reach).round().max(2.0).min(highest);
    (lowest + (fraction * (highest - lowest + 1.0)).floor()) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_intervals_stand_and_long_ones_move_within_a_twentieth_or_so() {
        assert_eq!(spread(2, 365, 0.99), 2);
        assert_eq!((spread(3, 365, 0.0), spread(3, 365, 0.99)), (2, 4));
        assert_eq!((spread(100, 365, 0.0), spread(100, 365, 0.99)), (93, 107));
        assert_eq!((spread(365, 365, 0.0), spread(365, 365, 0.99)), (345, 365));
    }
}
