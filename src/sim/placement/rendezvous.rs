//! Rendezvous hashing, or highest random weight: every node bids for the key, the highest bid wins.
//!
//! No structure at all besides the list of nodes, and the order of the bids is the order of the replicas. The
//! price is one hash a node for each lookup.

use super::Registered;
use super::error::PlacementError;
use super::explain::{Trail, Why};
use super::hash::{Position, mix};
use super::node::{Members, Node, NodeId};
use super::points::turn;
use super::scheme::{About, Cost, Operation, Removes, Scheme, Sees, Since, Start, unsupported};

pub(super) const SCHEME: Registered = Registered {
    about: About {
        id: "rendezvous",
        title: "Rendezvous",
        rule: "the node with the highest hash(key, node)",
        source: "Thaler and Ravishankar 1998; weights: Schindelhauer and Schomaker 2005",
        sees: Sees::Hash,
        weighs: true,
        removes: Removes::Any,
        minimal: true,
        virtual_nodes: false,
    },
    build: |start| Box::new(Rendezvous::new(start)),
};

/// The live nodes, each with the seed of its bids.
#[derive(Clone, Debug)]
struct Rendezvous {
    hash: super::hash::Hash,
    members: Members,
    bidders: Vec<Bidder>,
    /// Whether any weight differs from the others: only then do bids need a logarithm.
    weighted: bool,
}

#[derive(Clone, Copy, Debug)]
struct Bidder {
    seed: u64,
    weight: f64,
    node: NodeId,
}

impl Bidder {
    #[inline]
    fn draw(&self, at: Position) -> u64 {
        mix(at.0, self.seed)
    }

    /// −w / ln(u), with the draw as a number u in (0, 1): the share of wins is in proportion to w.
    fn bid(&self, at: Position) -> f64 {
        let unit = (turn(self.draw(at)) + f64::EPSILON / 4.0).min(1.0 - f64::EPSILON / 2.0);
        -self.weight / unit.ln()
    }

    /// Whether this bid is above another one for the same key.
    #[inline]
    fn beats(&self, other: &Self, at: Position, weighted: bool) -> bool {
        if weighted { self.bid(at) > other.bid(at) } else { self.draw(at) > other.draw(at) }
    }
}

impl Rendezvous {
    fn new(start: &Start<'_>) -> Self {
        let members = Members::new(start.nodes);
        let mut built = Self { hash: start.setting.hash, members, bidders: Vec::new(), weighted: false };
        built.bidders = built.members.all().iter().map(|node| built.bidder(node)).collect();
        built.weigh();
        built
    }

    fn bidder(&self, node: &Node) -> Bidder {
        Bidder { seed: self.hash.position(node.name.as_bytes()).0, weight: node.weight, node: node.id }
    }

    fn weigh(&mut self) {
        self.weighted = self.bidders.windows(2).any(|pair| pair[0].weight != pair[1].weight);
    }

    /// The best of all by `bid`; of equal ones the first in the list.
    #[inline]
    fn best<B: PartialOrd>(&self, bid: impl Fn(&Bidder) -> B) -> NodeId {
        let (first, others) = self.bidders.split_first().expect("at least one node is always there");
        let mut best = (bid(first), first.node);
        for bidder in others {
            let bid = bid(bidder);
            if bid > best.0 {
                best = (bid, bidder.node);
            }
        }
        best.1
    }

    /// The best few in order; of equal bids the first in the list comes first, as in [`Self::best`].
    fn rank<B: PartialOrd>(&self, most: usize, into: &mut Vec<NodeId>, bid: impl Fn(&Bidder) -> B) {
        let mut ranked: Vec<(B, NodeId)> = Vec::with_capacity(most + 1);
        for bidder in &self.bidders {
            let bid = bid(bidder);
            let behind = ranked.len() - ranked.iter().rev().take_while(|other| other.0 < bid).count();
            if behind < most {
                ranked.insert(behind, (bid, bidder.node));
                ranked.truncate(most);
            }
        }
        into.extend(ranked.into_iter().map(|(_, node)| node));
    }

    fn find(&self, node: NodeId) -> Option<&Bidder> {
        self.bidders.iter().find(|bidder| bidder.node == node)
    }

    /// Lets only the node that joined bid against each present owner.
    fn challenge(&self, joined: NodeId, at: &[Position], owners: &mut [NodeId]) {
        let Some(challenger) = self.find(joined) else { return };
        let mut by_id: Vec<Option<&Bidder>> = Vec::new();
        for bidder in &self.bidders {
            by_id.resize(by_id.len().max(bidder.node.index() + 1), None);
            by_id[bidder.node.index()] = Some(bidder);
        }
        for (owner, &at) in owners.iter_mut().zip(at) {
            let holds = by_id.get(owner.index()).copied().flatten();
            if holds.is_none_or(|holder| challenger.beats(holder, at, self.weighted)) {
                *owner = joined;
            }
        }
    }
}

impl Scheme for Rendezvous {
    fn join(&mut self, node: &Node) {
        self.members.join(node);
        self.bidders.push(self.bidder(node));
        self.weigh();
    }

    fn leave(&mut self, id: NodeId) {
        self.members.leave(id);
        self.bidders.retain(|bidder| bidder.node != id);
        self.weigh();
    }

    #[inline]
    fn owner(&self, at: Position) -> NodeId {
        if self.weighted { self.best(|bidder| bidder.bid(at)) } else { self.best(|bidder| bidder.draw(at)) }
    }

    fn prefer(&self, at: Position, most: usize, into: &mut Vec<NodeId>) {
        if self.weighted {
            self.rank(most, into, |bidder| bidder.bid(at))
        } else {
            self.rank(most, into, |bidder| bidder.draw(at))
        }
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
        Why::Scores { nodes: self.members.len() }
    }

    fn trail(&self, at: Position) -> Vec<Trail> {
        let mut best = Vec::new();
        self.prefer(at, 3.min(self.members.len()), &mut best);
        let bidders = best.iter().filter_map(|&node| self.find(node));
        let mut trail: Vec<Trail> =
            bidders.map(|bidder| Trail::Score { node: bidder.node, score: turn(bidder.draw(at)) }).collect();
        trail.push(Trail::Node { node: self.owner(at) });
        trail
    }

    fn spread(&self) -> Option<f64> {
        Some(0.0)
    }

    fn memory(&self) -> usize {
        self.members.memory() + self.bidders.len() * size_of::<Bidder>()
    }

    fn cost(&self) -> Cost {
        Cost { hashes: self.members.len() as f64, reads: self.members.len() as f64 }
    }

    fn boxed(&self) -> Box<dyn Scheme> {
        Box::new(self.clone())
    }
}
