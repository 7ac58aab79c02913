//! The remainder of the hash: perfectly even, and nearly everything moves when the number of nodes changes.

use super::Registered;
use super::error::PlacementError;
use super::explain::{Trail, Why};
use super::hash::{Hash, Position};
use super::node::{Members, Node, NodeId};
use super::scheme::{About, Cost, Operation, Removes, Scheme, Sees, Since, Start, unsupported};

pub(super) const SCHEME: Registered = Registered {
    about: About {
        id: "modulo",
        title: "Modulo",
        rule: "hash(key) mod N is the node's place in the list",
        source: "folklore",
        sees: Sees::Hash,
        weighs: false,
        removes: Removes::Any,
        minimal: false,
        virtual_nodes: false,
    },
    build: |start| Box::new(Modulo::new(start)),
};

/// The live nodes in a list.
#[derive(Clone, Debug)]
struct Modulo {
    hash: Hash,
    members: Members,
}

impl Modulo {
    fn new(start: &Start<'_>) -> Self {
        Self { hash: start.setting.hash, members: Members::new(start.nodes) }
    }

    #[inline]
    fn remainder(&self, at: Position) -> usize {
        (self.hash.number(at) % self.members.len() as u64) as usize
    }
}

impl Scheme for Modulo {
    fn join(&mut self, node: &Node) {
        self.members.join(node);
    }

    fn leave(&mut self, id: NodeId) {
        self.members.leave(id);
    }

    #[inline]
    fn owner(&self, at: Position) -> NodeId {
        self.members.at(self.remainder(at))
    }

    fn prefer(&self, at: Position, most: usize, into: &mut Vec<NodeId>) {
        self.members.following(self.owner(at), most, into);
    }

    fn operate(&mut self, operation: Operation) -> Result<(), PlacementError> {
        unsupported(SCHEME.about.id, operation)
    }

    fn why(&self, _since: Since) -> Why {
        Why::Remainders { nodes: self.members.len() }
    }

    fn trail(&self, at: Position) -> Vec<Trail> {
        let remainder = self.remainder(at);
        let node = self.members.at(remainder);
        vec![Trail::Remainder { nodes: self.members.len(), remainder }, Trail::Node { node }]
    }

    fn spread(&self) -> Option<f64> {
        Some(0.0)
    }

    fn memory(&self) -> usize {
        self.members.memory()
    }

    fn cost(&self) -> Cost {
        Cost { hashes: 1.0, reads: 1.0 }
    }

    fn boxed(&self) -> Box<dyn Scheme> {
        Box::new(self.clone())
    }
}
