//! Miss-ratio curves: how the miss ratio falls as the cache grows.
//!
//! LRU gives the whole curve in one pass, because what a cache of some size holds is part of what a larger one
//! holds: [`reuse_histogram`] counts how many distinct objects lie between two uses of one (Mattson et al. 1970).
//! [`shards()`] estimates the same from a sample; any other policy is [`simulated`] size by size.
//!
//! Start reading at [`lru`].

mod blocks;
mod distance;
mod shards;
mod simulated;

pub use blocks::Blocks;
pub use distance::{Histogram, Marks, Reuses, reuse_histogram};
pub use shards::{Estimate, shards};
pub use simulated::{CurveError, simulated};

/// The miss ratios of one policy by capacity.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// The policy's id.
    pub policy: &'static str,
    /// By ascending capacity.
    pub points: Vec<Point>,
}

/// One point of a curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// In objects.
    pub capacity: usize,
    /// Misses by requests, 0 to 1.
    pub miss_ratio: f64,
}

/// LRU's exact curve at these capacities. The ids are below `objects`.
pub fn lru(ids: &[u32], objects: usize, capacities: &[usize]) -> Curve {
    reuse_histogram::<Blocks>(ids, objects).curve(capacities)
}

/// Capacities for a curve over so many objects: from 1 to all of them, evenly spaced on a logarithmic scale.
pub fn capacities(objects: usize, most: usize) -> Vec<usize> {
    let largest = objects.max(1) as f64;
    let steps = most.saturating_sub(1).max(1) as f64;
    let mut capacities: Vec<usize> = (0..most).map(|step| largest.powf(step as f64 / steps).round() as usize).collect();
    capacities.dedup();
    capacities
}
