//! The interface of a scheme: what each file beside this one implements.
//!
//! A scheme maps a [`Position`] to a node. What the position is (the key's hash, its place in the order of all
//! keys, its slot …) is named by [`About::sees`], so that no scheme has to know names. Start reading at
//! [`Scheme`]; the simplest is in `modulo.rs`.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::error::{MOST_KEYS, MOST_NODES, MOST_POINTS, PlacementError};
use super::explain::{Trail, Why};
use super::hash::{Hash, Position};
use super::node::{Node, NodeId};

/// What a scheme is, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// As the command line writes it.
    pub id: &'static str,
    /// As a heading writes it.
    pub title: &'static str,
    /// Which node gets a key, in one line.
    pub rule: &'static str,
    /// Who proposed it.
    pub source: &'static str,
    /// What it looks at.
    pub sees: Sees,
    /// Whether a node of twice the weight gets twice the keys.
    pub weighs: bool,
    /// Which nodes may leave.
    pub removes: Removes,
    /// Whether it moves keys only onto a node that joins or off one that leaves.
    pub minimal: bool,
    /// Whether the number of virtual nodes matters.
    pub virtual_nodes: bool,
}

/// What the position of a key stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sees {
    /// The hash of its name.
    Hash,
    /// Its place among all keys in the order of their names, spread evenly over 2^64.
    Order,
    /// Its slot of 16,384, by the CRC16 of its hash tag.
    Slot,
    /// Its number: a scheme that keeps an entry for each key.
    Entry,
    /// Its region in the top eight bits, below them its hash.
    Region,
}

/// Which nodes a scheme can lose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Removes {
    /// Any.
    Any,
    /// Only the one that joined last.
    Last,
}

/// Everything that decides a placement, besides nodes and keys.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Setting {
    /// The hash of keys and nodes.
    pub hash: Hash,
    /// Virtual nodes of a node of weight 1, on a ring.
    pub vnodes: u32,
    /// How far above its fair share a bounded ring fills a node: 0.25 is 25 %.
    pub epsilon: f64,
    /// Probes of a key, of multiprobe; 21 keep max/mean near 1.05 (Appleton and O'Reilly 2015).
    pub probes: u32,
    /// The regions, with the share of keys that live in each.
    pub regions: Vec<Region>,
}

/// A region of the world, and which share of the keys must stay there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Region {
    /// As keys name it: `eu:anna` lives in `eu`.
    pub name: String,
    /// The share of keys without a region in their name, in relation to the other regions.
    pub share: f64,
}

impl Default for Setting {
    fn default() -> Self {
        let region = |name: &str, share| Region { name: name.to_owned(), share };
        Self {
            hash: Hash::Xxh3,
            vnodes: 100,
            epsilon: 0.25,
            probes: 21,
            regions: vec![region("eu", 0.4), region("us", 0.4), region("ap", 0.2)],
        }
    }
}

/// What a scheme is built from.
#[derive(Clone, Copy, Debug)]
pub struct Start<'a> {
    /// How.
    pub setting: &'a Setting,
    /// On which nodes, at least one.
    pub nodes: &'a [Node],
    /// How many keys will be placed.
    pub keys: usize,
}

/// What happened since the owners that [`Scheme::settle`] is given were right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// Nothing is placed yet; the owners mean nothing.
    Nothing,
    /// One node joined.
    Joined(NodeId),
    /// One node left.
    Left(NodeId),
    /// Several nodes joined or left.
    Several,
    /// A piece was split or moved by hand.
    Operated,
}

/// A change by hand to what a scheme looks up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Operation {
    /// Cut a range in two at its middle. Nothing moves until one half does.
    Split {
        /// The index of the range, in order.
        range: usize,
    },
    /// Give a range, a slot, a key's entry or a region's keys to a node (its region, for the last).
    Move {
        /// The index of the piece.
        piece: usize,
        /// The node.
        to: NodeId,
    },
}

/// What one lookup costs on average.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cost {
    /// Hashes of the key, alone or with a node.
    pub hashes: f64,
    /// Places read in memory.
    pub reads: f64,
}

/// A piece of the circle or of the order of keys that lies on one node.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Span {
    /// Where it begins, in turns: 0 is the top, 0.25 a quarter clockwise.
    pub from: f64,
    /// Where it ends, above `from`; one that passes the top ends above 1.
    pub to: f64,
    /// Whose it is.
    pub node: NodeId,
}

/// A way to place keys on nodes.
pub trait Scheme: fmt::Debug + Send + Sync {
    /// Takes a node in. Keys move when they are settled.
    fn join(&mut self, node: &Node);

    /// Lets a node go, never the only one. Keys move when they are settled.
    fn leave(&mut self, id: NodeId);

    /// The node of a key.
    fn owner(&self, at: Position) -> NodeId;

    /// The nodes that a key's copies lie on: its owner and then the next distinct ones, at most `most`,
    /// appended to `into`.
    fn prefer(&self, at: Position, most: usize, into: &mut Vec<NodeId>);

    /// Brings `owners` of the keys at `at` up to date.
    ///
    /// After each change all keys are settled once, in their order, in slices as long as the caller likes.
    fn settle(&mut self, since: Since, at: &[Position], owners: &mut [NodeId]) {
        let _ = since;
        for (owner, at) in owners.iter_mut().zip(at) {
            *owner = self.owner(*at);
        }
    }

    /// Splits or moves a piece by hand.
    ///
    /// # Errors
    /// If the scheme has no such piece, or decides by a formula alone.
    fn operate(&mut self, operation: Operation) -> Result<(), PlacementError>;

    /// Why keys move as they do after a change.
    fn why(&self, since: Since) -> Why;

    /// How the node of a key is found, step by step.
    fn trail(&self, at: Position) -> Vec<Trail>;

    /// The pieces by node, where they can be drawn on a circle or a line.
    fn spans(&self) -> Option<Vec<Span>> {
        None
    }

    /// σ/mean of the keys a node that the structure alone leads to, with any number of keys; `None` where no
    /// simple theory says.
    fn spread(&self) -> Option<f64>;

    /// Bytes that a client holds to look keys up.
    fn memory(&self) -> usize;

    /// What a lookup costs.
    fn cost(&self) -> Cost;

    /// A copy, for a step back.
    fn boxed(&self) -> Box<dyn Scheme>;
}

/// What a scheme without pieces says to an [`Operation`].
pub(super) fn unsupported(scheme: &'static str, operation: Operation) -> Result<(), PlacementError> {
    let operation = match operation {
        Operation::Split { .. } => "a split",
        Operation::Move { .. } => "a move",
    };
    Err(PlacementError::Unsupported { scheme, operation })
}

impl Start<'_> {
    /// Whether a scheme can be built from this.
    pub(super) fn check(&self, about: &About) -> Result<(), PlacementError> {
        let (nodes, setting) = (self.nodes.len(), self.setting);
        match (nodes, self.keys) {
            (0, _) => return Err(PlacementError::NoNodes),
            (_, 0) => return Err(PlacementError::NoKeys),
            (nodes, _) if nodes > MOST_NODES => return Err(PlacementError::TooManyNodes { nodes }),
            (_, keys) if keys > MOST_KEYS => return Err(PlacementError::TooManyKeys { keys }),
            _ => {}
        }
        let in_range = |what, value: f64, low: f64, high: f64, range| {
            if (low..=high).contains(&value) { Ok(()) } else { Err(PlacementError::OutOfRange { what, value, range }) }
        };
        for node in self.nodes {
            in_range("a weight", node.weight, 1e-3, 1e3, "from 0.001 to 1000")?;
            if !about.weighs && node.weight != self.nodes[0].weight {
                return Err(PlacementError::NoWeights { scheme: about.id });
            }
        }
        in_range("epsilon", setting.epsilon, 0.0, 100.0, "from 0 to 100")?;
        in_range("the number of probes", f64::from(setting.probes), 1.0, 1000.0, "from 1 to 1000")?;
        in_range("the number of regions", setting.regions.len() as f64, 1.0, 256.0, "from 1 to 256")?;
        for region in &setting.regions {
            in_range("a region's share", region.share, 0.0, 1e9, "from 0 to a billion")?;
        }
        if about.virtual_nodes { self.check_points() } else { Ok(()) }
    }

    fn check_points(&self) -> Result<(), PlacementError> {
        let vnodes = self.setting.vnodes;
        if vnodes == 0 {
            return Err(PlacementError::NoVirtualNodes);
        }
        let weight: f64 = self.nodes.iter().map(|node| node.weight).sum();
        let points = (weight * f64::from(vnodes)).round() as u64;
        if points > MOST_POINTS {
            return Err(PlacementError::TooManyPoints { nodes: self.nodes.len(), vnodes, points });
        }
        Ok(())
    }
}
