//! Placement by region: a key stays on the nodes of the region it belongs to, by rendezvous among them.
//!
//! Residency before evenness: the load follows where people live. Only a region without any node is served from
//! another one, and the trail of a key says so.

use super::Registered;
use super::error::PlacementError;
use super::explain::{Trail, Why};
use super::hash::{Hash, Position, mix};
use super::node::{Members, Node, NodeId};
use super::scheme::{About, Cost, Operation, Removes, Scheme, Sees, Since, Start, unsupported};

pub(super) const SCHEME: Registered = Registered {
    about: About {
        id: "geo",
        title: "By region",
        rule: "a node in the key's own region, by rendezvous among them",
        source: "Spanner's placement by locality: Corbett et al. 2012",
        sees: Sees::Region,
        weighs: false,
        removes: Removes::Any,
        minimal: true,
        virtual_nodes: false,
    },
    build: |start| Box::new(Geo::new(start)),
};

/// The nodes by region.
#[derive(Clone, Debug)]
struct Geo {
    hash: Hash,
    members: Members,
    /// By region: its nodes, each with its seed.
    regions: Vec<Vec<(u64, NodeId)>>,
    /// By region: the one that keeps its keys, itself unless moved.
    kept_in: Vec<usize>,
    /// By region: the one that serves its keys now.
    served_from: Vec<usize>,
    /// The region of the last change.
    changed: usize,
}

impl Geo {
    fn new(start: &Start<'_>) -> Self {
        let count = start.setting.regions.len().max(1);
        let mut geo = Self {
            hash: start.setting.hash,
            members: Members::default(),
            regions: vec![Vec::new(); count],
            kept_in: (0..count).collect(),
            served_from: (0..count).collect(),
            changed: 0,
        };
        for node in start.nodes {
            geo.join(node);
        }
        geo
    }

    fn home(at: Position) -> usize {
        (at.0 >> 56) as usize
    }

    /// The region that serves a key.
    #[inline]
    fn serving(&self, at: Position) -> usize {
        self.served_from[Self::home(at).min(self.served_from.len() - 1)]
    }

    /// Reckons anew who serves whom: the region that keeps the keys, or the next that has a node.
    fn reckon(&mut self) {
        let count = self.regions.len();
        let serving = |&kept: &usize| {
            let from_there = (kept..kept + count).map(|region| region % count);
            from_there.into_iter().find(|&region| !self.regions[region].is_empty()).unwrap_or(kept)
        };
        self.served_from = self.kept_in.iter().map(serving).collect();
    }

    #[inline]
    fn bids(&self, at: Position) -> impl Iterator<Item = (u64, NodeId)> {
        let hash = at.0 << 8;
        self.regions[self.serving(at)].iter().map(move |&(seed, node)| (mix(hash, seed), node))
    }
}

impl Scheme for Geo {
    fn join(&mut self, node: &Node) {
        self.members.join(node);
        self.changed = usize::from(node.region).min(self.regions.len() - 1);
        self.regions[self.changed].push((self.hash.position(node.name.as_bytes()).0, node.id));
        self.reckon();
    }

    fn leave(&mut self, id: NodeId) {
        self.members.leave(id);
        let home = self.regions.iter().position(|nodes| nodes.iter().any(|(_, node)| *node == id));
        self.changed = home.unwrap_or(0);
        self.regions[self.changed].retain(|(_, node)| *node != id);
        self.reckon();
    }

    #[inline]
    fn owner(&self, at: Position) -> NodeId {
        let mut best = (0, self.members.at(0));
        for (bid, node) in self.bids(at) {
            if bid >= best.0 {
                best = (bid, node);
            }
        }
        best.1
    }

    /// Copies stay in the region too, so there may be fewer than asked for.
    fn prefer(&self, at: Position, most: usize, into: &mut Vec<NodeId>) {
        let mut bids: Vec<_> = self.bids(at).collect();
        bids.sort_by_key(|(bid, _)| std::cmp::Reverse(*bid));
        into.extend(bids.into_iter().take(most).map(|(_, node)| node));
    }

    /// Gives the keys of a region to the region of a node.
    fn operate(&mut self, operation: Operation) -> Result<(), PlacementError> {
        let Operation::Move { piece, to } = operation else { return unsupported(SCHEME.about.id, operation) };
        let (index, count) = (piece as u64, self.regions.len() as u64);
        let kept = self.kept_in.get_mut(piece).ok_or(PlacementError::NoSuchPiece { what: "region", index, count })?;
        let host = self.regions.iter().position(|nodes| nodes.iter().any(|(_, node)| *node == to));
        *kept = host.unwrap_or(*kept);
        self.changed = *kept;
        self.reckon();
        Ok(())
    }

    fn why(&self, _since: Since) -> Why {
        Why::Regions { nodes: self.regions[self.changed].len() }
    }

    fn trail(&self, at: Position) -> Vec<Trail> {
        let (home, serving) = (Self::home(at), self.serving(at));
        let mut trail = vec![Trail::Region { region: home }];
        if home != serving {
            trail.push(Trail::Abroad { region: serving });
        }
        trail.push(Trail::Node { node: self.owner(at) });
        trail
    }

    fn spread(&self) -> Option<f64> {
        None
    }

    fn memory(&self) -> usize {
        self.members.len() * size_of::<(u64, NodeId)>() + self.members.memory()
    }

    fn cost(&self) -> Cost {
        let per_region = self.members.len() as f64 / self.regions.len() as f64;
        Cost { hashes: per_region, reads: per_region }
    }

    fn boxed(&self) -> Box<dyn Scheme> {
        Box::new(self.clone())
    }
}
