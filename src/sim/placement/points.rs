//! Points on a circle in order, each with its node: what the rings stand on.
//!
//! A sorted array with a table on the top bits. Places are even for a good hash, so a table with about one
//! entry a point leads to within a step of the answer; for a poor one the few crowded buckets are searched by
//! halves. Start reading at [`Points::successor`].

use super::hash::Position;
use super::node::NodeId;
use super::scheme::Span;

/// Above this many points a bucket is searched by halves.
const CROWDED: u32 = 12;

/// A sorted set of points. Where two lie on one place, the node with the lower number counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Points {
    /// Ascending, then one sentinel at the end of the circle.
    places: Vec<u64>,
    /// The node of each point, then that of the first again: past the last point the circle begins anew.
    nodes: Vec<NodeId>,
    /// For each value of the top bits the first point at or behind it, then the number of points.
    starts: Vec<u32>,
    /// How far a place is shifted to get its top bits.
    shift: u32,
}

impl Points {
    /// Adds points, of one node or of many at once.
    pub(super) fn join(&mut self, points: impl Iterator<Item = (Position, NodeId)>) {
        let mut fresh: Vec<(u64, NodeId)> = points.map(|(place, node)| (place.0, node)).collect();
        fresh.sort_unstable();
        self.merge(&fresh);
        self.index();
    }

    /// Takes the points of a node out.
    pub(super) fn leave(&mut self, node: NodeId) {
        self.drop_sentinel();
        let mut kept = 0;
        for at in 0..self.nodes.len() {
            if self.nodes[at] != node {
                self.nodes[kept] = self.nodes[at];
                self.places[kept] = self.places[at];
                kept += 1;
            }
        }
        self.nodes.truncate(kept);
        self.places.truncate(kept);
        self.index();
    }

    /// How many points there are.
    pub(super) fn len(&self) -> usize {
        self.places.len().saturating_sub(1)
    }

    /// The index of the first point at or clockwise of `at`; the number of points stands for the first again.
    #[inline]
    pub(super) fn successor(&self, at: Position) -> usize {
        let bucket = (at.0 >> self.shift) as usize;
        let (first, end) = (self.starts[bucket], self.starts[bucket + 1]);
        if end - first > CROWDED {
            let crowd = &self.places[first as usize..end as usize];
            return first as usize + crowd.partition_point(|&place| place < at.0);
        }
        let mut index = first as usize;
        while self.places[index] < at.0 {
            index += 1;
        }
        index
    }

    /// The node of the first point at or clockwise of `at`.
    #[inline]
    pub(super) fn owner(&self, at: Position) -> NodeId {
        self.nodes[self.successor(at)]
    }

    /// The place and node of a point; the index may be that of the sentinel.
    #[inline]
    pub(super) fn get(&self, index: usize) -> (Position, NodeId) {
        let place = if index < self.len() { self.places[index] } else { self.places[0] };
        (Position(place), self.nodes[index])
    }

    /// The nodes clockwise from `at`, once round the circle, a node as often as it has points.
    pub(super) fn walk(&self, at: Position) -> impl Iterator<Item = NodeId> {
        let first = self.successor(at);
        let round = &self.nodes[..self.len()];
        round[first..].iter().chain(&round[..first]).copied()
    }

    /// The next `most` distinct nodes clockwise from `at`.
    pub(super) fn distinct(&self, at: Position, most: usize, into: &mut Vec<NodeId>) {
        let before = into.len();
        for node in self.walk(at) {
            if into.len() - before == most {
                break;
            }
            if !into[before..].contains(&node) {
                into.push(node);
            }
        }
    }

    /// The arcs, each ending at the point of its node.
    pub(super) fn spans(&self) -> Vec<Span> {
        let count = self.len();
        let arc = |index: usize| {
            let to = turn(self.places[index]);
            let from = if index == 0 { turn(self.places[count - 1]) - 1.0 } else { turn(self.places[index - 1]) };
            let lap = if from < 0.0 { 1.0 } else { 0.0 };
            Span { from: from + lap, to: to + lap, node: self.nodes[index] }
        };
        (0..count).map(arc).collect()
    }

    /// Bytes in use.
    pub(super) fn memory(&self) -> usize {
        self.places.len() * (size_of::<u64>() + size_of::<NodeId>()) + self.starts.len() * size_of::<u32>()
    }

    fn merge(&mut self, fresh: &[(u64, NodeId)]) {
        self.drop_sentinel();
        let old = self.places.len();
        self.places.resize(old + fresh.len(), u64::MAX);
        self.nodes.resize(old + fresh.len(), NodeId(0));
        // From the back, so that the old points move within their own array.
        let (mut from, mut rest) = (old, fresh.len());
        while rest > 0 {
            let next = fresh[rest - 1];
            let to = from + rest - 1;
            if from > 0 && (self.places[from - 1], self.nodes[from - 1]) > next {
                from -= 1;
                (self.places[to], self.nodes[to]) = (self.places[from], self.nodes[from]);
            } else {
                rest -= 1;
                (self.places[to], self.nodes[to]) = next;
            }
        }
    }

    fn drop_sentinel(&mut self) {
        let count = self.len();
        self.places.truncate(count);
        self.nodes.truncate(count);
    }

    /// Puts the sentinel back and writes the table on the top bits anew.
    fn index(&mut self) {
        let count = self.places.len();
        let bits = count.next_power_of_two().ilog2().clamp(1, 26);
        self.shift = u64::BITS - bits;
        self.starts.clear();
        self.starts.reserve((1 << bits) + 1);
        for (index, &place) in self.places.iter().enumerate() {
            let bucket = (place >> self.shift) as usize;
            if bucket >= self.starts.len() {
                self.starts.resize(bucket + 1, index as u32);
            }
        }
        self.starts.resize((1 << bits) + 1, count as u32);
        self.nodes.extend(self.nodes.first().copied());
        self.places.extend((count > 0).then_some(u64::MAX));
    }
}

/// A place as turns from the top, in [0, 1).
pub(super) fn turn(place: u64) -> f64 {
    (place >> 11) as f64 / (1_u64 << 53) as f64
}
