//! Lifetimes of entries: an option on any policy, and what the `ttl` policy ranks by.
//!
//! Expiry is lazy, as in Redis or Memcached: an expired entry keeps its room until it is asked for or evicted.

use xxhash_rust::xxh3::xxh3_64_with_seed;

/// How long entries live, counted in requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetime {
    /// Requests that every entry lives.
    pub base: u64,
    /// Up to this many more, drawn for each insertion by the seed.
    pub jitter: u64,
}

impl Lifetime {
    /// The request index at which an entry inserted at `now` is expired. Decided by its arguments alone, so that
    /// whoever needs it may compute it again.
    pub fn deadline(self, seed: u64, id: u32, now: u64) -> u64 {
        let mut input = [0; 12];
        input[..4].copy_from_slice(&id.to_le_bytes());
        input[4..].copy_from_slice(&now.to_le_bytes());
        let drawn = u128::from(xxh3_64_with_seed(&input, seed)) * (u128::from(self.jitter) + 1);
        now.saturating_add(self.base).saturating_add((drawn >> 64) as u64)
    }
}

/// The deadlines of all entries, by id.
#[derive(Clone, Debug)]
pub(super) struct Deadlines {
    lifetime: Lifetime,
    seed: u64,
    at: Vec<u64>,
}

impl Deadlines {
    pub(super) fn new(lifetime: Lifetime, seed: u64, objects: usize) -> Self {
        Self { lifetime, seed, at: vec![0; objects] }
    }

    pub(super) fn grow(&mut self, objects: usize) {
        self.at.resize(objects.max(self.at.len()), 0);
    }

    /// By how many requests an entry has outlived its deadline; none while it lives.
    pub(super) fn late(&self, id: u32, now: u64) -> Option<u64> {
        now.checked_sub(self.at[id as usize])
    }

    /// An entry was inserted.
    pub(super) fn start(&mut self, id: u32, now: u64) {
        self.at[id as usize] = self.lifetime.deadline(self.seed, id, now);
    }
}
