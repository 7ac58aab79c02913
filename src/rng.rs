//! Seeded random streams by name, over a named generator.
//!
//! Every purpose draws from a stream of its own (`stream(seed, "queue")`), so that a new draw in one place
//! never changes what another place sees. Bounded draws are ours: the distributions of `rand` may
//! change between its versions, and a replayed session must not.

use rand::{Rng, SeedableRng, rngs::ChaCha8Rng};
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// A reproducible stream of random numbers: ChaCha with 8 rounds.
#[derive(Debug)]
pub struct Stream(ChaCha8Rng);

impl Clone for Stream {
    /// A second stream that goes on from the same place.
    fn clone(&self) -> Self {
        Self(ChaCha8Rng::deserialize_state(&self.0.serialize_state()))
    }
}

/// The stream for one purpose. Equal `(seed, name)` give equal streams on every platform and version.
pub fn stream(seed: u64, name: &str) -> Stream {
    let mut key = [0_u8; 32];
    for (lane, bytes) in key.chunks_exact_mut(8).enumerate() {
        let lane_seed = seed ^ (lane as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        bytes.copy_from_slice(&xxh3_64_with_seed(name.as_bytes(), lane_seed).to_le_bytes());
    }
    Stream(ChaCha8Rng::from_seed(key))
}

impl Stream {
    /// The next 64 random bits.
    pub fn next_u64(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number in `0..bound`, each equally likely (Lemire 2019, with rejection).
    ///
    /// # Panics
    /// If `bound` is zero: there is no such number.
    pub fn below(&mut self, bound: u64) -> u64 {
        assert!(bound > 0, "a draw below zero does not exist");
        let threshold = bound.wrapping_neg() % bound;
        loop {
            let wide = u128::from(self.next_u64()) * u128::from(bound);
            if (wide as u64) >= threshold {
                return (wide >> 64) as u64;
            }
        }
    }

    /// An index into a collection of `len` items.
    ///
    /// # Panics
    /// If `len` is zero.
    pub fn index(&mut self, len: usize) -> usize {
        self.below(len as u64) as usize
    }

    /// A number in `[0, 1)` with 53 random bits.
    pub fn unit(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Brings `items` into a uniformly random order (Fisher and Yates, as Durstenfeld 1964 gives it).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.index(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_decided_by_seed_and_name() {
        let draws = |seed, name| {
            (0..4)
                .map({
                    let mut s = stream(seed, name);
                    move |_| s.next_u64()
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(draws(7, "queue"), draws(7, "queue"));
        assert_ne!(draws(7, "queue"), draws(7, "options"));
        assert_ne!(draws(7, "queue"), draws(8, "queue"));
    }

    #[test]
    fn a_clone_goes_on_from_the_same_place() {
        let mut first = stream(3, "clone");
        first.next_u64();
        let mut second = first.clone();
        assert_eq!(first.next_u64(), second.next_u64());
    }

    #[test]
    fn draws_below_a_bound_are_even() {
        let mut stream = stream(1, "even");
        let mut counts = [0_u32; 7];
        for _ in 0..70_000 {
            counts[stream.index(7)] += 1;
        }
        // 10,000 expected, standard deviation 93: five of them either way.
        assert!(counts.iter().all(|&n| (9_535..=10_465).contains(&n)), "{counts:?}");
    }

    #[test]
    fn a_shuffle_keeps_every_item_and_reaches_every_order() {
        let mut stream = stream(2, "orders");
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..200 {
            let mut items = [1, 2, 3];
            stream.shuffle(&mut items);
            seen.insert(items);
        }
        assert_eq!(seen.len(), 6);
    }
}
