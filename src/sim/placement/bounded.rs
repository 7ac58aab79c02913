//! Consistent hashing with bounded loads: a ring on which no node holds more than (1 + ε) times its share.
//!
//! Where a key lies depends on the keys placed before it, so after a change all of them are placed anew in
//! their order. That is what moves keys between nodes that stay, and why it fits requests better than rows.

use super::Registered;
use super::error::PlacementError;
use super::explain::{Trail, Why};
use super::hash::Position;
use super::node::{Node, NodeId};
use super::points::turn;
use super::ring::Ring;
use super::scheme::{About, Cost, Operation, Removes, Scheme, Sees, Since, Span, Start, unsupported};

pub(super) const SCHEME: Registered = Registered {
    about: About {
        id: "bounded",
        title: "Bounded loads",
        rule: "the next point clockwise whose node has room",
        source: "Mirrokni, Thorup and Zadimoghaddam 2018",
        sees: Sees::Hash,
        weighs: true,
        removes: Removes::Any,
        minimal: false,
        virtual_nodes: true,
    },
    build: |start| Box::new(Bounded::new(start)),
};

/// A ring, and how full its nodes are.
#[derive(Clone, Debug)]
struct Bounded {
    ring: Ring,
    keys: usize,
    epsilon: f64,
    /// By node number: the most keys it may hold.
    caps: Vec<u32>,
    /// By node number: the keys it holds.
    held: Vec<u32>,
    overflowed: usize,
}

impl Bounded {
    fn new(start: &Start<'_>) -> Self {
        let ring = Ring::new(start);
        let epsilon = start.setting.epsilon;
        let mut bounded = Self { ring, keys: start.keys, epsilon, caps: Vec::new(), held: Vec::new(), overflowed: 0 };
        bounded.empty();
        bounded
    }

    /// Takes all keys off and reckons the caps anew.
    fn empty(&mut self) {
        let nodes = self.ring.members().all();
        let highest = nodes.iter().map(|node| node.id.index()).max().unwrap_or(0);
        self.caps = vec![0; highest + 1];
        self.held = vec![0; highest + 1];
        self.overflowed = 0;
        let share = (1.0 + self.epsilon) * self.keys as f64 / self.ring.members().weight();
        for node in nodes {
            self.caps[node.id.index()] = (share * node.weight).ceil() as u32;
        }
    }

    fn full(&self, node: NodeId) -> bool {
        self.held[node.index()] >= self.caps[node.index()]
    }

    fn fair_cap(&self) -> usize {
        ((1.0 + self.epsilon) * self.keys as f64 / self.ring.members().weight()).ceil() as usize
    }

    /// The first node clockwise with room.
    fn place(&mut self, at: Position) -> NodeId {
        let first = self.ring.owner(at);
        if !self.full(first) {
            return first;
        }
        self.overflowed += 1;
        self.ring.points().walk(at).find(|&node| !self.full(node)).unwrap_or(first)
    }
}

impl Scheme for Bounded {
    fn join(&mut self, node: &Node) {
        self.ring.join(node);
        self.empty();
    }

    fn leave(&mut self, id: NodeId) {
        self.ring.leave(id);
        self.empty();
    }

    /// Where one more key would go now.
    fn owner(&self, at: Position) -> NodeId {
        let mut clockwise = self.ring.points().walk(at);
        clockwise.find(|&node| !self.full(node)).unwrap_or_else(|| self.ring.owner(at))
    }

    fn prefer(&self, at: Position, most: usize, into: &mut Vec<NodeId>) {
        self.ring.prefer(at, most, into);
    }

    fn settle(&mut self, _since: Since, at: &[Position], owners: &mut [NodeId]) {
        for (owner, at) in owners.iter_mut().zip(at) {
            *owner = self.place(*at);
            self.held[owner.index()] += 1;
        }
    }

    fn operate(&mut self, operation: Operation) -> Result<(), PlacementError> {
        unsupported(SCHEME.about.id, operation)
    }

    fn why(&self, _since: Since) -> Why {
        Why::Cap { cap: self.fair_cap(), overflowed: self.overflowed }
    }

    fn trail(&self, at: Position) -> Vec<Trail> {
        let (place, first) = self.ring.points().get(self.ring.points().successor(at));
        let mut trail = vec![Trail::Point { turn: turn(place.0), node: first }];
        let mut seen = Vec::new();
        for node in self.ring.points().walk(at) {
            if !self.full(node) {
                trail.push(Trail::Node { node });
                break;
            }
            if !seen.contains(&node) {
                seen.push(node);
                trail.push(Trail::Full { node, cap: self.caps[node.index()] as usize });
            }
        }
        trail
    }

    fn spans(&self) -> Option<Vec<Span>> {
        self.ring.spans()
    }

    fn spread(&self) -> Option<f64> {
        None
    }

    fn memory(&self) -> usize {
        self.ring.memory() + (self.caps.len() + self.held.len()) * size_of::<u32>()
    }

    fn cost(&self) -> Cost {
        let walked = self.overflowed as f64 / self.keys as f64;
        Cost { hashes: 1.0, reads: 3.0 + walked }
    }

    fn boxed(&self) -> Box<dyn Scheme> {
        Box::new(self.clone())
    }
}
