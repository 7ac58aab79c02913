//! Ranges of the order of keys, between split points: the scheme that can serve a scan.
//!
//! A node that joins gets its share from the upper ends of the others' widest ranges; ranges of one that leaves
//! are dealt out to whoever holds least.

use super::Registered;
use super::error::PlacementError;
use super::explain::{Trail, Why};
use super::hash::Position;
use super::node::{Members, Node, NodeId};
use super::points::turn;
use super::scheme::{About, Cost, Operation, Removes, Scheme, Sees, Since, Span, Start};

pub(super) const SCHEME: Registered = Registered {
    about: About {
        id: "range",
        title: "Key ranges",
        rule: "the node of the range between two split points that the key falls into",
        source: "Bigtable: Chang et al. 2006",
        sees: Sees::Order,
        weighs: true,
        removes: Removes::Any,
        minimal: true,
        virtual_nodes: false,
    },
    build: |start| Box::new(Ranges::new(start)),
};

/// Where all ranges end.
const END: u128 = 1 << 64;

/// The ranges, ascending, without gaps.
#[derive(Clone, Debug)]
struct Ranges {
    members: Members,
    /// Where each begins, the first at 0.
    starts: Vec<u64>,
    nodes: Vec<NodeId>,
}

impl Ranges {
    fn new(start: &Start<'_>) -> Self {
        let members = Members::new(start.nodes);
        let mut ranges = Self { members, starts: vec![0], nodes: Vec::new() };
        let mut until = 0.0;
        for node in ranges.members.all() {
            until += node.weight / ranges.members.weight();
            ranges.starts.push((until * END as f64) as u64);
            ranges.nodes.push(node.id);
        }
        ranges.starts.pop();
        ranges
    }

    fn find(&self, at: Position) -> usize {
        self.starts.partition_point(|&start| start <= at.0) - 1
    }

    fn end(&self, range: usize) -> u128 {
        self.starts.get(range + 1).map_or(END, |&start| u128::from(start))
    }

    fn width(&self, range: usize) -> u128 {
        self.end(range) - u128::from(self.starts[range])
    }

    /// How much of the order lies on a node.
    fn held(&self, node: NodeId) -> u128 {
        (0..self.nodes.len()).filter(|&range| self.nodes[range] == node).map(|range| self.width(range)).sum()
    }

    /// How much should.
    fn fair(&self, node: &Node) -> u128 {
        (node.weight / self.members.weight() * END as f64) as u128
    }

    /// Cuts a range so that its upper part is `upper` wide, and gives that to a node.
    fn give_upper(&mut self, range: usize, upper: u128, to: NodeId) {
        if upper >= self.width(range) {
            self.nodes[range] = to;
        } else {
            let cut = (self.end(range) - upper) as u64;
            self.starts.insert(range + 1, cut);
            self.nodes.insert(range + 1, to);
        }
    }

    fn widest(&self, node: NodeId) -> Option<usize> {
        let own = (0..self.nodes.len()).filter(|&range| self.nodes[range] == node);
        own.max_by_key(|&range| self.width(range))
    }

    fn check(&self, range: usize) -> Result<(), PlacementError> {
        let (index, count) = (range as u64, self.nodes.len() as u64);
        if range < self.nodes.len() { Ok(()) } else { Err(PlacementError::NoSuchPiece { what: "range", index, count }) }
    }
}

impl Scheme for Ranges {
    fn join(&mut self, node: &Node) {
        self.members.join(node);
        for donor in self.members.all().to_vec() {
            if donor.id == node.id {
                continue;
            }
            let mut surplus = self.held(donor.id).saturating_sub(self.fair(&donor));
            while surplus > 0 {
                let Some(range) = self.widest(donor.id) else { break };
                let upper = surplus.min(self.width(range));
                self.give_upper(range, upper, node.id);
                surplus -= upper;
            }
        }
    }

    fn leave(&mut self, id: NodeId) {
        self.members.leave(id);
        while let Some(range) = self.widest(id) {
            let missing = |node: &Node| self.fair(node).saturating_sub(self.held(node.id));
            let heirs = self.members.all().iter().map(|node| (missing(node), std::cmp::Reverse(node.id)));
            let (missing, std::cmp::Reverse(heir)) = heirs.max().expect("at least one node stays");
            let rest = self.width(range);
            // Rounding may leave a sliver that nobody misses.
            let upper = if missing == 0 { rest } else { missing.min(rest) };
            self.give_upper(range, upper, heir);
        }
    }

    #[inline]
    fn owner(&self, at: Position) -> NodeId {
        self.nodes[self.find(at)]
    }

    fn prefer(&self, at: Position, most: usize, into: &mut Vec<NodeId>) {
        self.members.following(self.owner(at), most, into);
    }

    fn operate(&mut self, operation: Operation) -> Result<(), PlacementError> {
        match operation {
            Operation::Split { range } => {
                self.check(range)?;
                let half = self.width(range) / 2;
                if half > 0 {
                    self.give_upper(range, half, self.nodes[range]);
                }
            }
            Operation::Move { piece, to } => {
                self.check(piece)?;
                self.nodes[piece] = to;
            }
        }
        Ok(())
    }

    fn why(&self, _since: Since) -> Why {
        Why::Ranges { ranges: self.nodes.len() }
    }

    fn trail(&self, at: Position) -> Vec<Trail> {
        let range = self.find(at);
        vec![Trail::Range { range }, Trail::Node { node: self.nodes[range] }]
    }

    fn spans(&self) -> Option<Vec<Span>> {
        let span = |range: usize| {
            let from = turn(self.starts[range]);
            let to = self.starts.get(range + 1).map_or(1.0, |&start| turn(start));
            Span { from, to, node: self.nodes[range] }
        };
        Some((0..self.nodes.len()).map(span).collect())
    }

    fn spread(&self) -> Option<f64> {
        Some(0.0)
    }

    fn memory(&self) -> usize {
        self.nodes.len() * (size_of::<u64>() + size_of::<NodeId>()) + self.members.memory()
    }

    fn cost(&self) -> Cost {
        Cost { hashes: 0.0, reads: (self.nodes.len() as f64).log2().ceil() + 1.0 }
    }

    fn boxed(&self) -> Box<dyn Scheme> {
        Box::new(self.clone())
    }
}
