//! One key on its way: hash, point, node, copies. What the lab draws when it follows a key.

use serde::Serialize;

use super::cluster::Cluster;
use super::error::PlacementError;
use super::explain::{Trail, Why};
use super::hash::Position;
use super::keys::{KeyId, SLOTS};
use super::node::NodeId;
use super::points::turn;
use super::scheme::{Sees, Since};

/// How a key finds its node.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// Its name.
    pub key: String,
    /// Its number, if it is among the keys placed.
    pub id: Option<KeyId>,
    /// What the scheme sees of it.
    pub position: Position,
    /// Where that lies on the circle or the line, in [0, 1).
    pub turn: f64,
    /// The steps from there, the node last.
    pub trail: Vec<Trail>,
    /// Where it lies now; while keys are being moved that may still be its node before.
    pub node: NodeId,
    /// All copies, on distinct nodes, its own node first.
    pub copies: Vec<NodeId>,
}

/// A key's dot on the ring.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Dot {
    /// Which key.
    pub key: KeyId,
    /// Where it lies, in [0, 1).
    pub turn: f64,
    /// On which node.
    pub node: NodeId,
}

impl Cluster {
    /// The way of a key, by name; the key need not be among those placed. `copies` is how many there are of each key.
    ///
    /// # Errors
    /// If there are fewer nodes than copies.
    pub fn follow(&self, name: &str, copies: usize) -> Result<Path, PlacementError> {
        self.check_copies(copies)?;
        let id = self.keys().find(name);
        let position = self.keys().position_of(name, self.about().sees, self.setting());
        let mut all = Vec::new();
        match id {
            Some(key) => self.copies_of(key, copies, &mut all),
            None => self.scheme.prefer(position, copies, &mut all),
        }
        Ok(Path {
            key: name.to_owned(),
            id,
            position,
            turn: self.turn(position),
            trail: self.scheme.trail(position),
            node: id.map_or_else(|| self.scheme.owner(position), |key| self.owner(key)),
            copies: all,
        })
    }

    /// The nodes of `cells` equal pieces of what is looked up, in order: of the slots, of the table's entries, of the order of
    /// the keys. `None` where keys are placed one by one by a formula.
    pub fn pieces(&self, cells: usize) -> Option<Vec<NodeId>> {
        let count = self.piece_count()?;
        let at = |cell: usize| (cell as u64 * count as u64) / cells as u64;
        Some(match self.about().sees {
            Sees::Entry => (0..cells).map(|cell| self.owner(KeyId(at(cell) as u32))).collect(),
            Sees::Order => {
                let place =
                    |cell: usize| Position(((cell as u128) << 64).checked_div(cells as u128).unwrap_or(0) as u64);
                (0..cells).map(|cell| self.scheme.owner(place(cell))).collect()
            }
            Sees::Hash | Sees::Slot | Sees::Region => {
                (0..cells).map(|cell| self.scheme.owner(Position(at(cell)))).collect()
            }
        })
    }

    /// How many things are looked up: slots, entries of a table, keys.
    pub fn piece_count(&self) -> Option<usize> {
        match (self.about().sees, self.scheme.why(Since::Several)) {
            (_, Why::Table { entries, .. }) => Some(entries),
            (Sees::Slot, _) => Some(SLOTS),
            (Sees::Entry | Sees::Order, _) => Some(self.keys().len()),
            (Sees::Hash | Sees::Region, _) => None,
        }
    }

    /// In which of `cells` equal pieces a key lies.
    pub fn piece_of(&self, key: KeyId, cells: usize) -> usize {
        let turn = match (self.about().sees, self.piece_count()) {
            (Sees::Hash, Some(entries)) => (self.positions[key.index()].0 % entries as u64) as f64 / entries as f64,
            _ => self.turn_of(key),
        };
        ((turn * cells as f64) as usize).min(cells.saturating_sub(1))
    }

    /// The dots of `most` keys, evenly taken from all.
    pub fn dots(&self, most: usize) -> Vec<Dot> {
        let step = self.keys().len().div_ceil(most.max(1)).max(1);
        let keys = (0..self.keys().len()).step_by(step).map(|index| KeyId(index as u32));
        keys.map(|key| Dot { key, turn: self.turn_of(key), node: self.owner(key) }).collect()
    }

    /// Where a key lies on the circle or the line, in [0, 1).
    pub fn turn_of(&self, key: KeyId) -> f64 {
        self.turn(self.positions[key.index()])
    }

    fn turn(&self, at: Position) -> f64 {
        match self.about().sees {
            Sees::Slot => at.0 as f64 / SLOTS as f64,
            Sees::Entry => (at.0 as f64 / self.keys().len() as f64).min(1.0 - f64::EPSILON),
            Sees::Hash | Sees::Order | Sees::Region => turn(at.0),
        }
    }

    /// The nodes of a key's copies, its own first.
    pub(super) fn copies_of(&self, key: KeyId, copies: usize, into: &mut Vec<NodeId>) {
        let owner = self.owner(key);
        into.clear();
        // One more than needed, for where a cap has moved the key off the first of the scheme's list.
        self.scheme.prefer(self.positions[key.index()], copies + 1, into);
        into.retain(|node| *node != owner);
        into.insert(0, owner);
        into.truncate(copies);
    }

    pub(super) fn check_copies(&self, copies: usize) -> Result<(), PlacementError> {
        let nodes = self.live.len();
        match copies {
            0 => Err(PlacementError::OutOfRange { what: "the number of copies", value: 0.0, range: "at least 1" }),
            replicas if replicas > nodes => Err(PlacementError::TooManyReplicas { replicas, nodes }),
            _ => Ok(()),
        }
    }
}
