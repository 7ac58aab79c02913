//! Requests instead of keys: hot keys, what they do to the busiest node, and what salting does about it.
//!
//! Even keys do not make even traffic: one key lies on one node however many points that node has. Start reading at
//! [`Traffic`].

use std::fmt;

use serde::{Deserialize, Serialize};

use super::cluster::Cluster;
use super::error::PlacementError;
use super::keys::KeyId;
use super::load::evenness;
use super::node::NodeId;
use super::scheme::Sees;
use crate::rng;

/// How requests fall on keys.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Traffic {
    /// Each key gets as many as any other.
    Even,
    /// The key of rank r gets a share in proportion to 1/r^alpha; the seed says which key has which rank.
    Zipf {
        /// 0 is even, 1 is what web caches see.
        alpha: f64,
    },
    /// As zipf, but the last keys in order are the most popular: the newest of an ascending id or a time.
    Latest {
        /// As of zipf.
        alpha: f64,
    },
    /// One key gets a share, the others the rest evenly.
    Hot {
        /// Its name, among the keys placed.
        key: String,
        /// Of all requests, in [0, 1].
        share: f64,
    },
}

/// How requests fall on nodes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Busy {
    /// The share of all requests of each live node, in the order in which they joined.
    pub per_node: Vec<f64>,
    /// The busiest node.
    pub busiest: NodeId,
    /// The busiest node's share against the mean, by weight.
    pub max_over_mean: f64,
    /// The standard deviation against the mean.
    pub sd_over_mean: f64,
}

/// What salting one key does: it is written under S names, each with a suffix, that are placed one by one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Salting {
    /// How many suffixes.
    pub suffixes: usize,
    /// The distinct nodes that the salted names lie on.
    pub nodes: Vec<NodeId>,
    /// The load before.
    pub before: Busy,
    /// The load after.
    pub after: Busy,
    /// Names that a reader of the whole value has to ask for.
    pub read_fan_out: usize,
    /// What came of it.
    pub verdict: Verdict,
}

/// What came of salting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Writes are spread, and the busiest node has less to do.
    Spread,
    /// The scheme keeps keys in order, and names that differ in a suffix are neighbours.
    Neighbours,
    /// The hash tag stays the same, so the slot does too.
    SameTag,
    /// The region stays the same and has no other node.
    SameRegion,
    /// Chance put all names on one node, or there is only one.
    SameNode,
    /// The names are spread, but the busiest node is as busy with other keys.
    OthersAreHot,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Spread => "writes are spread over several nodes; whoever reads the whole value asks all suffixes",
            Self::Neighbours => "no help: keys are kept in order, and a suffix leaves them side by side; use a prefix",
            Self::SameTag => "no help: only the hash tag is hashed, and a suffix behind it changes nothing",
            Self::SameRegion => "no help: the key must stay in its region, which has one node",
            Self::SameNode => "no help: all suffixes fell on one node; take more of them",
            Self::OthersAreHot => "no help for the busiest node: it is busy with other keys",
        })
    }
}

impl Cluster {
    /// How requests fall on nodes. Ranks of a zipf are drawn by `seed`.
    ///
    /// # Errors
    /// If a number is out of its range or the hot key is not among those placed.
    pub fn busy(&self, traffic: &Traffic, seed: u64) -> Result<Busy, PlacementError> {
        let shares = self.shares(traffic, seed)?;
        Ok(self.busy_with(self.owners.iter().zip(shares).map(|(node, share)| (*node, share))))
    }

    /// What comes of salting `key`, which gets `share` of all requests, with `suffixes` suffixes.
    ///
    /// # Errors
    /// If the key is not among those placed, or a number is out of its range.
    pub fn salt(&self, key: &str, share: f64, suffixes: usize) -> Result<Salting, PlacementError> {
        in_range("the number of suffixes", suffixes as f64, 1.0, 1e6, "from 1 to a million")?;
        let hot = self.known(key)?;
        let shares = self.shares(&Traffic::Hot { key: key.to_owned(), share }, 0)?;
        let homes = self.salted(key, hot, suffixes);
        let keys = || self.owners.iter().copied().zip(shares.iter().copied());
        let before = self.busy_with(keys());
        let others = keys().enumerate().filter(|(index, _)| *index != hot.index()).map(|(_, other)| other);
        let after = self.busy_with(others.chain(homes.iter().map(|&node| (node, share / suffixes as f64))));
        let mut nodes = homes;
        nodes.sort_unstable();
        nodes.dedup();
        let verdict = self.verdict(&nodes, key, after.max_over_mean < before.max_over_mean);
        Ok(Salting { suffixes, nodes, before, after, read_fan_out: suffixes, verdict })
    }

    /// Where the salted names lie. A directory has no entries for them yet and deals them out in turn.
    fn salted(&self, key: &str, hot: KeyId, suffixes: usize) -> Vec<NodeId> {
        if self.about().sees == Sees::Entry {
            let mut nodes = Vec::new();
            self.copies_of(hot, self.live.len(), &mut nodes);
            return nodes.into_iter().cycle().take(suffixes).collect();
        }
        let place = |suffix| self.keys().position_of(&format!("{key}#{suffix}"), self.about().sees, self.setting());
        (0..suffixes).map(|suffix| self.scheme.owner(place(suffix))).collect()
    }

    fn verdict(&self, nodes: &[NodeId], key: &str, lighter: bool) -> Verdict {
        let tagged = super::keys::hash_tag(key.as_bytes()).len() < key.len();
        match (nodes.len(), self.about().sees) {
            (1, Sees::Order) => Verdict::Neighbours,
            (1, Sees::Slot) if tagged => Verdict::SameTag,
            (1, Sees::Region) => Verdict::SameRegion,
            (1, _) => Verdict::SameNode,
            _ if lighter => Verdict::Spread,
            _ => Verdict::OthersAreHot,
        }
    }

    /// The share of all requests of each key.
    fn shares(&self, traffic: &Traffic, seed: u64) -> Result<Vec<f64>, PlacementError> {
        let count = self.keys().len();
        Ok(match traffic {
            Traffic::Even => vec![1.0 / count as f64; count],
            Traffic::Zipf { alpha } => {
                let mut shares = zipf(count, *alpha)?;
                rng::stream(seed, "popularity").shuffle(&mut shares);
                shares
            }
            Traffic::Latest { alpha } => {
                let mut shares = zipf(count, *alpha)?;
                shares.reverse();
                shares
            }
            Traffic::Hot { key, share } => {
                in_range("the hot key's share", *share, 0.0, 1.0, "from 0 to 1")?;
                let hot = self.known(key)?;
                let mut shares = vec![(1.0 - share) / (count - 1).max(1) as f64; count];
                shares[hot.index()] = *share;
                shares
            }
        })
    }

    fn busy_with(&self, requests: impl Iterator<Item = (NodeId, f64)>) -> Busy {
        let highest = self.live.iter().map(|id| id.index()).max().unwrap_or(0);
        let mut shares = vec![0.0; highest + 1];
        for (node, share) in requests {
            // A node that is just being emptied serves nothing any more; its keys count when they have moved.
            if let Some(sum) = shares.get_mut(node.index()) {
                *sum += share;
            }
        }
        let loads = self.nodes().map(|node| (shares[node.id.index()], node.weight));
        let (max_over_mean, sd_over_mean) = evenness(loads);
        let per_node = self.nodes().map(|node| shares[node.id.index()]).collect();
        let relative = |node: &NodeId| shares[node.index()] / self.node(*node).weight;
        let busiest = self.live.iter().copied().max_by(|a, b| relative(a).total_cmp(&relative(b)));
        Busy { per_node, busiest: busiest.expect("at least one node is always there"), max_over_mean, sd_over_mean }
    }

    fn known(&self, key: &str) -> Result<KeyId, PlacementError> {
        self.keys().find(key).ok_or_else(|| PlacementError::UnknownKey { key: key.to_owned() })
    }
}

fn zipf(count: usize, alpha: f64) -> Result<Vec<f64>, PlacementError> {
    in_range("alpha", alpha, 0.0, 10.0, "from 0 to 10")?;
    let weights: Vec<f64> = (1..=count).map(|rank| (rank as f64).powf(-alpha)).collect();
    let total: f64 = weights.iter().sum();
    Ok(weights.into_iter().map(|weight| weight / total).collect())
}

fn in_range(what: &'static str, value: f64, low: f64, high: f64, range: &'static str) -> Result<(), PlacementError> {
    if (low..=high).contains(&value) { Ok(()) } else { Err(PlacementError::OutOfRange { what, value, range }) }
}
