//! Multi-probe consistent hashing: one point a node, and the key looks in several places for the nearest.
//!
//! The evenness that a ring buys with memory this one buys with time.

use super::Registered;
use super::error::PlacementError;
use super::explain::{Trail, Why};
use super::hash::{Hash, Position, mix};
use super::node::{Members, Node, NodeId};
use super::points::{Points, turn};
use super::scheme::{About, Cost, Operation, Removes, Scheme, Sees, Since, Span, Start, unsupported};

pub(super) const SCHEME: Registered = Registered {
    about: About {
        id: "multiprobe",
        title: "Multi-probe",
        rule: "of k probes the one that is nearest to the next point clockwise",
        source: "Appleton and O'Reilly 2015",
        sees: Sees::Hash,
        weighs: false,
        removes: Removes::Any,
        minimal: true,
        virtual_nodes: false,
    },
    build: |start| Box::new(Multiprobe::new(start)),
};

/// One point a node.
#[derive(Clone, Debug)]
struct Multiprobe {
    hash: Hash,
    probes: u32,
    members: Members,
    points: Points,
}

/// The best probe of a key.
struct Nearest {
    probe: u32,
    distance: u64,
    node: NodeId,
}

impl Multiprobe {
    fn new(start: &Start<'_>) -> Self {
        let hash = start.setting.hash;
        let mut points = Points::default();
        points.join(start.nodes.iter().map(|node| (hash.position(node.name.as_bytes()), node.id)));
        Self { hash, probes: start.setting.probes, members: Members::new(start.nodes), points }
    }

    #[inline]
    fn probe(at: Position, probe: u32) -> Position {
        Position(mix(at.0, u64::from(probe)))
    }

    /// The shortest way from any probe of a key to one point.
    #[inline]
    fn distance(&self, at: Position, point: Position) -> u64 {
        let ways = (0..self.probes).map(|probe| point.0.wrapping_sub(Self::probe(at, probe).0));
        ways.min().unwrap_or(u64::MAX)
    }

    /// Compares only the point of the node that joined with that of each present owner.
    fn challenge(&self, joined: NodeId, at: &[Position], owners: &mut [NodeId]) {
        let mut places = vec![Position(0); joined.index() + 1];
        for node in self.members.all() {
            places[node.id.index()] = self.hash.position(node.name.as_bytes());
        }
        for (owner, &at) in owners.iter_mut().zip(at) {
            if self.distance(at, places[joined.index()]) < self.distance(at, places[owner.index()]) {
                *owner = joined;
            }
        }
    }

    #[inline]
    fn nearest(&self, at: Position) -> Nearest {
        let mut nearest = Nearest { probe: 0, distance: u64::MAX, node: self.members.at(0) };
        for probe in 0..self.probes {
            let place = Self::probe(at, probe);
            let (point, node) = self.points.get(self.points.successor(place));
            let distance = point.0.wrapping_sub(place.0);
            if distance < nearest.distance {
                nearest = Nearest { probe, distance, node };
            }
        }
        nearest
    }
}

impl Scheme for Multiprobe {
    fn join(&mut self, node: &Node) {
        self.members.join(node);
        self.points.join(std::iter::once((self.hash.position(node.name.as_bytes()), node.id)));
    }

    fn leave(&mut self, id: NodeId) {
        self.members.leave(id);
        self.points.leave(id);
    }

    #[inline]
    fn owner(&self, at: Position) -> NodeId {
        self.nearest(at).node
    }

    /// On from the winning probe, clockwise.
    fn prefer(&self, at: Position, most: usize, into: &mut Vec<NodeId>) {
        let probe = self.nearest(at).probe;
        self.points.distinct(Self::probe(at, probe), most.min(self.members.len()), into);
    }

    fn settle(&mut self, since: Since, at: &[Position], owners: &mut [NodeId]) {
        if let Since::Joined(joined) = since {
            return self.challenge(joined, at, owners);
        }
        for (owner, &at) in owners.iter_mut().zip(at) {
            let stays = matches!(since, Since::Left(left) if left != *owner);
            if !stays {
                *owner = self.owner(at);
            }
        }
    }

    fn operate(&mut self, operation: Operation) -> Result<(), PlacementError> {
        unsupported(SCHEME.about.id, operation)
    }

    fn why(&self, _since: Since) -> Why {
        Why::Probes { probes: self.probes }
    }

    fn trail(&self, at: Position) -> Vec<Trail> {
        let Nearest { probe, distance, node } = self.nearest(at);
        let (place, _) = self.points.get(self.points.successor(Self::probe(at, probe)));
        vec![
            Trail::Probe { probe, distance: turn(distance) },
            Trail::Point { turn: turn(place.0), node },
            Trail::Node { node },
        ]
    }

    fn spans(&self) -> Option<Vec<Span>> {
        Some(self.points.spans())
    }

    fn spread(&self) -> Option<f64> {
        None
    }

    fn memory(&self) -> usize {
        self.points.memory() + self.members.memory()
    }

    fn cost(&self) -> Cost {
        let probes = f64::from(self.probes);
        Cost { hashes: probes, reads: 2.0 * probes }
    }

    fn boxed(&self) -> Box<dyn Scheme> {
        Box::new(self.clone())
    }
}
