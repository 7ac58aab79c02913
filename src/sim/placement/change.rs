//! A change of the nodes and what it moved, as data.

use std::fmt;

use super::explain::Why;
use super::keys::KeyId;
use super::load::Load;
use super::node::{Node, NodeId};
use super::scheme::Operation;

/// One step of a change.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// A node joins. Its number is given to it then, whatever it brings.
    Join(Node),
    /// A node leaves.
    Leave(NodeId),
    /// A piece is split or moved by hand.
    Operate(Operation),
}

/// A key that went from one node to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// Which key.
    pub key: KeyId,
    /// Where it was.
    pub from: NodeId,
    /// Where it is now.
    pub to: NodeId,
}

/// What a change did, so far or altogether.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Nodes that were not there before.
    pub joined: Vec<NodeId>,
    /// Nodes that were there before.
    pub left: Vec<NodeId>,
    /// Keys in all.
    pub keys: usize,
    /// Keys that have been looked at; all of them when the change is done.
    pub settled: usize,
    /// The keys that moved, in the order of their numbers.
    pub moves: Vec<Move>,
    /// How many of them moved between two nodes that were there before and after.
    pub misdirected: usize,
    /// The share of keys that an even placement moves at least, as an expectation: a single run may need a little less.
    pub least_ratio: f64,
    /// The load before.
    pub load_before: Load,
    /// Why keys move as they do.
    pub why: Why,
}

impl Change {
    /// The share of all keys that moved.
    pub fn moved_ratio(&self) -> f64 {
        self.moves.len() as f64 / self.keys as f64
    }
}

impl fmt::Display for Change {
    /// One sentence: what moved, against what had to, and why.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (moved, least) = (100.0 * self.moved_ratio(), 100.0 * self.least_ratio);
        write!(f, "{moved:.1} % of the keys moved (expected least {least:.1} %): {}.", self.why)
    }
}
