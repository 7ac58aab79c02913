//! A count-min sketch that forgets: how often was an object asked for of late, in half a byte a counter.

/// Rows of counters; an object has one in each, and the smallest is the estimate.
const ROWS: usize = 4;

/// Where a counter stops.
const LARGEST: u64 = 15;

/// Odd multipliers, one a row (the fractional parts of the square roots of 2, 3, 5 and 7).
const MULTIPLIERS: [u64; ROWS] =
    [0x6A09_E667_F3BC_C909, 0xBB67_AE85_84CA_A73B, 0x3C6E_F372_FE94_F82B, 0xA54F_F53A_5F1D_36F1];

/// Counts of objects in four rows of 4-bit counters, halved from time to time (Einziger et al. 2017).
#[derive(Clone, Debug)]
pub(super) struct Sketch {
    /// Each row's counters lie in words of sixteen, the rows one after another.
    words: Vec<u64>,
    /// Counters a row, a power of two.
    width: usize,
    counted: u64,
    /// All is halved after so many.
    period: u64,
}

impl Sketch {
    /// A sketch for a cache of `capacity`: the next power of two of counters a row, halved after ten times the capacity.
    pub(super) fn new(capacity: usize) -> Self {
        let width = capacity.next_power_of_two().max(16);
        Self { words: vec![0; ROWS * width / 16], width, counted: 0, period: 10 * capacity as u64 }
    }

    /// Counts one use; true if all counters were halved after it.
    #[inline]
    pub(super) fn count(&mut self, id: u32) -> bool {
        for row in 0..ROWS {
            let (word, shift) = self.at(row, id);
            let word = &mut self.words[word];
            if (*word >> shift) & LARGEST < LARGEST {
                *word += 1 << shift;
            }
        }
        self.counted += 1;
        let full = self.counted == self.period;
        if full {
            self.halve();
        }
        full
    }

    /// How often an object was counted of late: never too low before the next halving, unless above 15.
    #[inline]
    pub(super) fn estimate(&self, id: u32) -> u32 {
        let counters = (0..ROWS).map(|row| {
            let (word, shift) = self.at(row, id);
            (self.words[word] >> shift) & LARGEST
        });
        counters.min().unwrap_or(0) as u32
    }

    /// Uses counted since the last halving.
    pub(super) fn counted(&self) -> u64 {
        self.counted
    }

    #[cold]
    fn halve(&mut self) {
        const WITHOUT_TOP_BITS: u64 = 0x7777_7777_7777_7777;
        for word in &mut self.words {
            *word = (*word >> 1) & WITHOUT_TOP_BITS;
        }
        self.counted = 0;
    }

    /// The word and the shift of an object's counter.
    #[inline]
    fn at(&self, row: usize, id: u32) -> (usize, u32) {
        // The top bits of a product depend on all bits of its factor; ids are dense, so 1 is added to let 0 mix too.
        let mixed = (u64::from(id) + 1).wrapping_mul(MULTIPLIERS[row]);
        let counter = (mixed >> (64 - self.width.trailing_zeros())) as usize;
        (row * self.width / 16 + counter / 16, (counter % 16 * 4) as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_estimate_is_never_too_low_and_stops_at_fifteen() {
        let mut sketch = Sketch::new(1000);
        for id in 0..500 {
            for _ in 0..id % 20 {
                sketch.count(id);
            }
        }
        let too_low = (0..500).filter(|&id| sketch.estimate(id) < (id % 20).min(15)).count();
        assert_eq!(too_low, 0);
        assert!((0..500).all(|id| sketch.estimate(id) <= 15));
    }

    #[test]
    fn all_is_halved_after_ten_capacities() {
        let mut sketch = Sketch::new(16);
        let halvings: Vec<u32> = (1..=320).filter(|_| sketch.count(7)).collect();
        assert_eq!(halvings, [160, 320]);
        assert_eq!(sketch.estimate(7), 7);
        assert_eq!(sketch.counted(), 0);
    }
}
