//! The hash ring: each node has many points on a circle, a key goes to the next point clockwise.
//!
//! With MD5 the points are those of libketama, which deals them out by each node's share of all weight; the
//! count of one node then depends on all the others, so that ring is written anew at each change.

use super::Registered;
use super::error::PlacementError;
use super::explain::{Trail, Why};
use super::hash::{Hash, Position};
use super::node::{Members, Node, NodeId};
use super::points::{Points, turn};
use super::scheme::{About, Cost, Operation, Removes, Scheme, Sees, Setting, Since, Span, Start, unsupported};

pub(super) const SCHEME: Registered = Registered {
    about: About {
        id: "ring",
        title: "Hash ring",
        rule: "the first of all nodes' points clockwise from the key",
        source: "Karger et al. 1997; ketama, Jones 2007",
        sees: Sees::Hash,
        weighs: true,
        removes: Removes::Any,
        minimal: true,
        virtual_nodes: true,
    },
    build: |start| Box::new(Ring::new(start)),
};

/// The points of all nodes.
#[derive(Clone, Debug)]
pub(super) struct Ring {
    hash: Hash,
    vnodes: u32,
    members: Members,
    points: Points,
}

impl Ring {
    pub(super) fn new(start: &Start<'_>) -> Self {
        let Setting { hash, vnodes, .. } = *start.setting;
        let mut ring = Self { hash, vnodes, members: Members::new(start.nodes), points: Points::default() };
        ring.deal();
        ring
    }

    pub(super) fn points(&self) -> &Points {
        &self.points
    }

    pub(super) fn members(&self) -> &Members {
        &self.members
    }

    /// Writes the points of all nodes anew.
    fn deal(&mut self) {
        let members = self.members.all();
        let points = members.iter().flat_map(|node| {
            let places = self.hash.virtual_nodes(&node.name, self.count(node));
            places.into_iter().map(|place| (place, node.id))
        });
        let mut dealt = Points::default();
        dealt.join(points);
        self.points = dealt;
    }

    /// How many points a node has.
    fn count(&self, node: &Node) -> u32 {
        if self.hash == Hash::Md5 {
            return 4 * self.ketama_digests(node);
        }
        (f64::from(self.vnodes) * node.weight).round().max(1.0) as u32
    }

    /// `floorf(pct * 40.0 * numservers)` of libketama, in its own precision, with a quarter of the virtual nodes for 40.
    fn ketama_digests(&self, node: &Node) -> u32 {
        let share = node.weight as f32 / self.members.weight() as f32;
        let digests = f64::from(share) * f64::from(self.vnodes.div_ceil(4)) * self.members.len() as f64;
        (digests as f32).floor().max(1.0) as u32
    }
}

impl Scheme for Ring {
    fn join(&mut self, node: &Node) {
        self.members.join(node);
        if self.hash == Hash::Md5 {
            return self.deal();
        }
        let places = self.hash.virtual_nodes(&node.name, self.count(node));
        self.points.join(places.into_iter().map(|place| (place, node.id)));
    }

    fn leave(&mut self, id: NodeId) {
        self.members.leave(id);
        match self.hash {
            Hash::Md5 => self.deal(),
            _ => self.points.leave(id),
        }
    }

    #[inline]
    fn owner(&self, at: Position) -> NodeId {
        self.points.owner(at)
    }

    fn prefer(&self, at: Position, most: usize, into: &mut Vec<NodeId>) {
        self.points.distinct(at, most.min(self.members.len()), into);
    }

    fn operate(&mut self, operation: Operation) -> Result<(), PlacementError> {
        unsupported(SCHEME.about.id, operation)
    }

    fn why(&self, _since: Since) -> Why {
        Why::Arcs { points: self.points.len() }
    }

    fn trail(&self, at: Position) -> Vec<Trail> {
        let (place, node) = self.points.get(self.points.successor(at));
        vec![Trail::Point { turn: turn(place.0), node }, Trail::Node { node }]
    }

    fn spans(&self) -> Option<Vec<Span>> {
        Some(self.points.spans())
    }

    /// The spread of a sum of V of the N·V gaps between random points.
    fn spread(&self) -> Option<f64> {
        let nodes = self.members.len() as f64;
        Some(((nodes - 1.0) / (self.points.len() as f64 + 1.0)).sqrt())
    }

    fn memory(&self) -> usize {
        self.points.memory() + self.members.memory()
    }

    fn cost(&self) -> Cost {
        Cost { hashes: 1.0, reads: 2.0 }
    }

    fn boxed(&self) -> Box<dyn Scheme> {
        Box::new(self.clone())
    }
}
