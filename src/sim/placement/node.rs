//! Nodes: what keys are placed on.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A node's number, given when it joins and never to another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NodeId(pub u16);

impl NodeId {
    /// As an index into tables by node.
    #[inline]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

impl fmt::Display for NodeId {
    /// The name that a node gets unless it brings one: `n1` is the first.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "n{}", u32::from(self.0) + 1)
    }
}

/// A node.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// Its number.
    pub id: NodeId,
    /// What is hashed of it.
    pub name: String,
    /// Its capacity in relation to the others; 1 unless given.
    pub weight: f64,
    /// The index of its region in [`Setting::regions`](super::Setting::regions).
    pub region: u8,
}

impl Node {
    /// A node as it is named by default, with weight 1, its region in turn.
    pub fn numbered(id: NodeId, regions: usize) -> Self {
        let region = id.index().checked_rem(regions).unwrap_or(0) as u8;
        Self { id, name: id.to_string(), weight: 1.0, region }
    }
}

/// The nodes that keys may be placed on, in the order in which they joined.
#[derive(Clone, Debug, Default)]
pub(super) struct Members(Vec<Node>);

impl Members {
    pub(super) fn new(nodes: &[Node]) -> Self {
        Self(nodes.to_vec())
    }

    pub(super) fn join(&mut self, node: &Node) {
        self.0.push(node.clone());
    }

    /// Takes a node out; those after it move up by one.
    pub(super) fn leave(&mut self, id: NodeId) {
        self.0.retain(|node| node.id != id);
    }

    pub(super) fn all(&self) -> &[Node] {
        &self.0
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The node at a place in the list.
    #[inline]
    pub(super) fn at(&self, index: usize) -> NodeId {
        self.0[index].id
    }

    /// The sum of the weights.
    pub(super) fn weight(&self) -> f64 {
        self.0.iter().map(|node| node.weight).sum()
    }

    /// Splits `total` things by weight, so that each node has its share rounded down or up and the sum is `total`.
    pub(super) fn quotas(&self, total: usize) -> Vec<(NodeId, usize)> {
        let mut passed = 0.0;
        let mut given = 0;
        let weight = self.weight();
        let quota = |node: &Node| {
            passed += node.weight;
            let until = (passed / weight * total as f64).round() as usize;
            let quota = until - given;
            given = until;
            (node.id, quota)
        };
        self.0.iter().map(quota).collect()
    }

    /// The order in which copies of a key are placed where the scheme has none of its own: its owner, then the
    /// nodes that joined after it, and round again.
    pub(super) fn following(&self, owner: NodeId, most: usize, into: &mut Vec<NodeId>) {
        let first = self.0.iter().position(|node| node.id == owner).unwrap_or(0);
        let ids = self.0.iter().cycle().skip(first).map(|node| node.id);
        into.extend(ids.take(most.min(self.len())));
    }

    /// Bytes that the list takes.
    pub(super) fn memory(&self) -> usize {
        self.0.iter().map(|node| size_of::<Node>() + node.name.len()).sum()
    }
}
