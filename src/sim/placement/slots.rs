//! Redis Cluster's 16,384 slots: the key decides its slot for ever, a map says which node serves it.
//!
//! No circle. At the start each node gets a run of slots, as `redis-cli --cluster create` deals them; later a node
//! that joins is handed slots by those that hold more than their share.

use super::Registered;
use super::error::PlacementError;
use super::explain::{Trail, Why};
use super::hash::Position;
use super::keys::SLOTS;
use super::node::{Members, Node, NodeId};
use super::scheme::{About, Cost, Operation, Removes, Scheme, Sees, Since, Span, Start, unsupported};

pub(super) const SCHEME: Registered = Registered {
    about: About {
        id: "slots",
        title: "Hash slots",
        rule: "the node that the map names for slot CRC16(hash tag) mod 16,384",
        source: "Redis Cluster specification",
        sees: Sees::Slot,
        weighs: true,
        removes: Removes::Any,
        minimal: true,
        virtual_nodes: false,
    },
    build: |start| Box::new(Slots::new(start)),
};

/// The map.
#[derive(Clone, Debug)]
struct Slots {
    members: Members,
    map: Vec<NodeId>,
    changed: usize,
}

impl Slots {
    fn new(start: &Start<'_>) -> Self {
        let members = Members::new(start.nodes);
        let runs = members.quotas(SLOTS).into_iter();
        let map = runs.flat_map(|(node, slots)| std::iter::repeat_n(node, slots)).collect();
        Self { members, map, changed: 0 }
    }

    fn held(&self, node: NodeId) -> usize {
        self.map.iter().filter(|&&owner| owner == node).count()
    }
}

impl Scheme for Slots {
    /// Each node that holds more than its share gives the surplus, from its last slots.
    fn join(&mut self, node: &Node) {
        self.members.join(node);
        let quotas = self.members.quotas(SLOTS);
        let mut wanted = 0;
        let mut surplus = vec![0; node.id.index() + 1];
        for (id, quota) in quotas {
            if id == node.id {
                wanted = quota;
            } else {
                let held = self.held(id);
                surplus.resize(surplus.len().max(id.index() + 1), 0);
                surplus[id.index()] = held.saturating_sub(quota);
            }
        }
        self.changed = 0;
        for owner in self.map.iter_mut().rev() {
            if self.changed < wanted && surplus[owner.index()] > 0 {
                surplus[owner.index()] -= 1;
                *owner = node.id;
                self.changed += 1;
            }
        }
    }

    /// Each slot of the node goes to whoever is furthest below its share.
    fn leave(&mut self, id: NodeId) {
        self.members.leave(id);
        let quotas = self.members.quotas(SLOTS).into_iter();
        let mut missing: Vec<(isize, NodeId)> =
            quotas.map(|(node, quota)| (quota as isize - self.held(node) as isize, node)).collect();
        self.changed = 0;
        for owner in self.map.iter_mut().filter(|owner| **owner == id) {
            let heir = missing.iter_mut().max_by_key(|(missing, node)| (*missing, std::cmp::Reverse(*node)));
            let (missing, node) = heir.expect("at least one node stays");
            *missing -= 1;
            *owner = *node;
            self.changed += 1;
        }
    }

    #[inline]
    fn owner(&self, at: Position) -> NodeId {
        self.map[at.0 as usize]
    }

    fn prefer(&self, at: Position, most: usize, into: &mut Vec<NodeId>) {
        self.members.following(self.owner(at), most, into);
    }

    fn operate(&mut self, operation: Operation) -> Result<(), PlacementError> {
        let Operation::Move { piece, to } = operation else { return unsupported(SCHEME.about.id, operation) };
        let (index, count) = (piece as u64, SLOTS as u64);
        let slot = self.map.get_mut(piece).ok_or(PlacementError::NoSuchPiece { what: "slot", index, count })?;
        self.changed = usize::from(*slot != to);
        *slot = to;
        Ok(())
    }

    fn why(&self, _since: Since) -> Why {
        Why::Slots { changed: self.changed }
    }

    fn trail(&self, at: Position) -> Vec<Trail> {
        vec![Trail::Slot { slot: at.0 as u16 }, Trail::Node { node: self.owner(at) }]
    }

    fn spans(&self) -> Option<Vec<Span>> {
        let mut slot = 0;
        let run = |run: &[NodeId]| {
            let from = slot as f64 / SLOTS as f64;
            slot += run.len();
            Span { from, to: slot as f64 / SLOTS as f64, node: run[0] }
        };
        Some(self.map.chunk_by(|a, b| a == b).map(run).collect())
    }

    fn spread(&self) -> Option<f64> {
        Some(0.0)
    }

    fn memory(&self) -> usize {
        self.map.len() * size_of::<NodeId>() + self.members.memory()
    }

    fn cost(&self) -> Cost {
        Cost { hashes: 1.0, reads: 1.0 }
    }

    fn boxed(&self) -> Box<dyn Scheme> {
        Box::new(self.clone())
    }
}
