//! Questions that one key cannot answer: scans of a range of keys, and secondary indexes.

use serde::{Deserialize, Serialize};

use super::cluster::Cluster;
use super::keys::KeyId;
use super::node::NodeId;
use super::scheme::Sees;

/// What a scan over neighbouring keys costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Scan {
    /// Keys in it.
    pub keys: usize,
    /// Whether the scheme knows which nodes to ask; otherwise each must be asked and the answers merged.
    pub served: bool,
    /// Nodes that must be asked.
    pub asked: usize,
    /// Nodes that hold at least one of the keys.
    pub holding: usize,
    /// Live nodes.
    pub nodes: usize,
}

/// Where the index over another attribute than the key lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Index {
    /// Each node indexes its own keys (document-partitioned).
    Local,
    /// The index is itself placed, by the value (term-partitioned).
    Global,
}

/// What a secondary index costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IndexCost {
    /// Where it lies.
    pub index: Index,
    /// Keys that have the value.
    pub matches: usize,
    /// Nodes that must be asked to find them.
    pub lookup: usize,
    /// Nodes that hold the rows themselves.
    pub rows: usize,
    /// Nodes that a write of one row touches, its index entry included; more than one takes a distributed
    /// transaction, or leaves the index behind for a while.
    pub write: usize,
}

impl Cluster {
    /// What a scan of `count` keys in order costs, from `first` on.
    pub fn scan(&self, first: KeyId, count: usize) -> Scan {
        let start = first.index().min(self.owners.len());
        let end = start.saturating_add(count).min(self.owners.len());
        let holding = distinct(self.owners[start..end].iter().copied());
        let (nodes, served) = (self.live.len(), self.about().sees == Sees::Order);
        Scan { keys: end - start, served, asked: if served { holding } else { nodes }, holding, nodes }
    }

    /// What it costs to find the keys of one value of an attribute that has `values` values, evenly distributed.
    pub fn index(&self, index: Index, values: usize) -> IndexCost {
        let step = values.max(1);
        let matches = (0..self.owners.len()).step_by(step);
        let rows = distinct(matches.clone().map(|key| self.owners[key]));
        let (lookup, write) = match index {
            Index::Local => (self.live.len(), 1),
            Index::Global => (1, self.live.len().min(2)),
        };
        IndexCost { index, matches: matches.count(), lookup, rows, write }
    }
}

fn distinct(nodes: impl Iterator<Item = NodeId>) -> usize {
    let mut seen = Vec::new();
    for node in nodes {
        if node.index() >= seen.len() {
            seen.resize(node.index() + 1, false);
        }
        seen[node.index()] = true;
    }
    seen.into_iter().filter(|seen| *seen).count()
}
