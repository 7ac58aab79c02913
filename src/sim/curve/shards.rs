//! SHARDS: the LRU curve from a sample of the objects (Waldspurger et al. 2015).

use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::sim::curve::{Blocks, Curve, Point, reuse_histogram};

/// An estimated curve and how the sample fell out.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// The share of objects that were to be sampled.
    pub rate: f64,
    /// Requests in the sample.
    pub sampled: u64,
    /// Requests that the sample should have had and has not; negative where popular objects made it too large. The
    /// estimate takes them for hits at distance 0, which is what the popular objects that decide the difference would be
    /// (SHARDS-adj).
    pub correction: f64,
    requests: f64,
    /// Requests of the sample by reuse distance within the sample.
    reuses: Vec<u64>,
}

/// Samples objects by a hash of their id, so that of each sampled object all requests are in the sample.
///
/// # Panics
/// Unless `rate` is above 0 and at most 1, or if an id is not below `objects`.
pub fn shards(ids: &[u32], objects: usize, rate: f64, seed: u64) -> Estimate {
    assert!(rate > 0.0 && rate <= 1.0, "a share is above 0 and at most 1");
    let limit = (rate * u64::MAX as f64) as u64;
    // Dense ids of the sampled objects: no look at an object that is not, beyond this one.
    let mut names = vec![u32::MAX; objects];
    let mut chosen = 0;
    for (id, name) in (0_u32..).zip(&mut names) {
        if xxh3_64_with_seed(&id.to_le_bytes(), seed) <= limit {
            *name = chosen;
            chosen += 1;
        }
    }
    let sample: Vec<u32> = ids.iter().map(|&id| names[id as usize]).filter(|&name| name != u32::MAX).collect();
    let histogram = reuse_histogram::<Blocks>(&sample, chosen as usize);
    let requests = ids.len() as f64;
    let correction = requests * rate - sample.len() as f64;
    Estimate { rate, sampled: sample.len() as u64, correction, requests, reuses: histogram.reuses }
}

impl Estimate {
    /// LRU's estimated miss ratio in a cache of `capacity`, corrected.
    pub fn miss_ratio(&self, capacity: usize) -> f64 {
        let scaled = ((capacity as f64 * self.rate).round() as usize).min(self.reuses.len());
        let hits = self.reuses[..scaled].iter().sum::<u64>() as f64 + self.correction;
        (1.0 - hits / (self.requests * self.rate)).clamp(0.0, 1.0)
    }

    /// The curve at these capacities.
    pub fn curve(&self, capacities: &[usize]) -> Curve {
        let point = |&capacity: &usize| Point { capacity, miss_ratio: self.miss_ratio(capacity) };
        Curve { policy: "lru", points: capacities.iter().map(point).collect() }
    }
}
