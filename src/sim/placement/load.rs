//! How even a load is.

use serde::{Deserialize, Serialize};

/// The keys on each live node, and how far from even they are.
///
/// With weights a node's keys are taken in relation to its share, so a node of twice the weight with twice the
/// keys counts as even.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Load {
    /// The fullest node against the mean.
    pub max_over_mean: f64,
    /// The standard deviation (of all nodes, not of a sample) against the mean.
    pub sd_over_mean: f64,
    /// Keys of each live node, in the order in which the nodes joined.
    pub per_node: Vec<u64>,
    /// The names of those nodes.
    pub names: Vec<String>,
}

/// Maximum and standard deviation of loads, each against the mean, for nodes of these weights.
///
/// `loads` are pairs of a load and a weight. Without any load both are 0.
pub fn evenness(loads: impl Iterator<Item = (f64, f64)> + Clone) -> (f64, f64) {
    let (load, weight) = loads.clone().fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    if load <= 0.0 {
        return (0.0, 0.0);
    }
    let relative = loads.map(|(own, own_weight)| own / load * weight / own_weight);
    let count = relative.clone().count() as f64;
    let highest = relative.clone().fold(0.0, f64::max);
    let variance = relative.map(|ratio| (ratio - 1.0).powi(2)).sum::<f64>() / count;
    (highest, variance.sqrt())
}

/// σ/mean to expect of `keys` keys on `nodes` nodes, where the structure alone leads to `spread`.
///
/// Keys fall on nodes like balls into bins, which adds (N − 1)/K to the variance.
pub fn expected_spread(spread: f64, nodes: usize, keys: usize) -> f64 {
    (spread.powi(2) + (nodes as f64 - 1.0) / keys as f64).sqrt()
}

/// The share of all keys that must move at least when each node goes from one share to another: what the
/// growing ones gain.
pub(super) fn least_moved(shares: impl Iterator<Item = (f64, f64)>) -> f64 {
    shares.map(|(before, after)| (after - before).max(0.0)).sum()
}
