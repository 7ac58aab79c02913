//! Points on a circle in order, each with its node: what the rings stand on.
//!
//! The points are kept in a sorted array, and beside it the circle is cut into equal buckets of half a cache line each:
//! the next 16 bits of up to 7 points, and the node of every gap between them. A lookup reads that one line and
//! compares all its points at once, for a branch that cannot be foretold, or a second line, would cost more than all
//! of that. Where 16 bits do not decide, or a poor hash crowds a bucket, the array is searched by halves. Start
//! reading at [`Points::owner`].

use super::hash::Position;
use super::node::NodeId;
use super::scheme::Span;

/// Points compared at once; a line holds one fewer, since n points have n + 1 gaps.
const LANES: usize = 8;

/// Points a bucket holds on average, at most. Of even places about one bucket in fifty is then too full, or fewer.
const LOAD: usize = 4;

/// A sorted set of points. Where two lie on one place, the node with the lower number counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Points {
    /// Ascending.
    places: Vec<u64>,
    /// The node of each point, then that of the first again: behind the last point the circle begins anew.
    nodes: Vec<NodeId>,
    /// For each bucket the index of its first point.
    starts: Vec<u32>,
    lines: Vec<Line>,
    /// How far a place is shifted to get its bucket.
    shift: u32,
}

/// A bucket.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
struct Line {
    /// The 16 bits that follow the bucket's own, ascending, then all ones. All zeros where there are too many points:
    /// then every lookup either equals the first or is above all, and goes to the array.
    next_bits: [u16; LANES],
    /// The node of the gap that ends at each point; the last is that of the first point behind the bucket.
    nodes: [NodeId; LANES],
}

impl Points {
    /// Adds points, of one node or of many at once.
    pub(super) fn join(&mut self, points: impl Iterator<Item = (Position, NodeId)>) {
        let mut fresh: Vec<(u64, NodeId)> = points.map(|(place, node)| (place.0, node)).collect();
        fresh.sort_unstable();
        self.nodes.truncate(self.places.len());
        self.merge(&fresh);
        self.index();
    }

    /// Takes the points of a node out.
    pub(super) fn leave(&mut self, node: NodeId) {
        let mut kept = 0;
        for at in 0..self.places.len() {
            if self.nodes[at] != node {
                (self.places[kept], self.nodes[kept]) = (self.places[at], self.nodes[at]);
                kept += 1;
            }
        }
        self.places.truncate(kept);
        self.nodes.truncate(kept);
        self.index();
    }

    /// How many points there are.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// The node of the first point at or clockwise of `at`.
    #[inline]
    pub(super) fn owner(&self, at: Position) -> NodeId {
        let line = &self.lines[self.bucket(at)];
        match line.before(self.next_bits(at)) {
            Some(before) => line.nodes[before],
            None => self.nodes[self.search(at)],
        }
    }

    /// The index of the first point at or clockwise of `at`; the number of points stands for the first again.
    #[inline]
    pub(super) fn successor(&self, at: Position) -> usize {
        let bucket = self.bucket(at);
        match self.lines[bucket].before(self.next_bits(at)) {
            Some(before) => self.starts[bucket] as usize + before,
            None => self.search(at),
        }
    }

    /// The place and node of a point by an index that [`Points::successor`] gave.
    #[inline]
    pub(super) fn get(&self, index: usize) -> (Position, NodeId) {
        let place = self.places.get(index).unwrap_or(&self.places[0]);
        (Position(*place), self.nodes[index])
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
            let (before, to) = (self.places[(index + count - 1) % count], self.places[index]);
            // The first arc begins behind the last point and passes the top.
            let lap = if index == 0 { 1.0 } else { 0.0 };
            Span { from: turn(before), to: turn(to) + lap, node: self.nodes[index] }
        };
        (0..count).map(arc).collect()
    }

    /// Bytes in use.
    pub(super) fn memory(&self) -> usize {
        self.places.len() * (size_of::<u64>() + size_of::<NodeId>())
            + self.starts.len() * size_of::<u32>()
            + self.lines.len() * size_of::<Line>()
    }

    #[inline]
    fn bucket(&self, at: Position) -> usize {
        (at.0 >> self.shift) as usize
    }

    #[inline]
    fn next_bits(&self, at: Position) -> u16 {
        (at.0 >> (self.shift - u16::BITS)) as u16
    }

    #[cold]
    fn search(&self, at: Position) -> usize {
        self.places.partition_point(|place| *place < at.0)
    }

    /// Opens the gaps for fresh points, ascending, from the back, and moves what lies between them as blocks.
    fn merge(&mut self, fresh: &[(u64, NodeId)]) {
        let old = self.places.len();
        self.places.resize(old + fresh.len(), 0);
        self.nodes.resize(old + fresh.len(), NodeId(0));
        let mut end = old;
        for (shift, &(place, node)) in fresh.iter().enumerate().rev() {
            let mut cut = self.places[..end].partition_point(|other| *other < place);
            while cut < end && (self.places[cut], self.nodes[cut]) < (place, node) {
                cut += 1;
            }
            self.places.copy_within(cut..end, cut + shift + 1);
            self.nodes.copy_within(cut..end, cut + shift + 1);
            (self.places[cut + shift], self.nodes[cut + shift]) = (place, node);
            end = cut;
        }
    }

    /// Cuts the circle into buckets anew.
    fn index(&mut self) {
        let bits = (self.len() / LOAD).next_power_of_two().ilog2().clamp(1, 24);
        self.shift = u64::BITS - bits;
        self.nodes.extend(self.nodes.first().copied());
        self.starts.clear();
        self.lines.clear();
        let mut start = 0;
        for bucket in 0..1_u64 << bits {
            let points = self.places[start..].iter().take_while(|place| **place >> self.shift == bucket).count();
            self.starts.push(start as u32);
            self.lines.push(self.line(start, start + points));
            start += points;
        }
    }

    /// The bucket of the points from `start` to before `end`.
    fn line(&self, start: usize, end: usize) -> Line {
        let points = end - start;
        let mut line = Line { next_bits: [0; LANES], nodes: [NodeId(0); LANES] };
        if points < LANES {
            line.next_bits = [u16::MAX; LANES];
            for (bits, place) in line.next_bits.iter_mut().zip(&self.places[start..end]) {
                *bits = self.next_bits(Position(*place));
            }
            line.nodes[..=points].copy_from_slice(&self.nodes[start..=end]);
        }
        line
    }
}

impl Line {
    /// How many of the points lie before `bits`; `None` where the line does not decide.
    #[inline]
    fn before(&self, bits: u16) -> Option<usize> {
        let before = usize::from(self.next_bits.iter().map(|point| u16::from(*point < bits)).sum::<u16>());
        let decided = self.next_bits.get(before).is_some_and(|point| *point != bits);
        decided.then_some(before)
    }
}

/// A place as turns from the top, in [0, 1).
pub(super) fn turn(place: u64) -> f64 {
    (place >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng;

    /// The lookup by lines finds what a search through all points finds, and so after any change.
    fn check(mut draw: impl FnMut() -> u64, count: usize) {
        let points: Vec<(Position, NodeId)> =
            (0..count).map(|index| (Position(draw()), NodeId(index as u16 % 7))).collect();
        let mut joined = Points::default();
        joined.join(points[..count / 2].iter().copied());
        joined.join(points[count / 2..].iter().copied());
        check_against(&joined, points.clone(), &mut draw);
        joined.leave(NodeId(3));
        check_against(&joined, points.into_iter().filter(|point| point.1 != NodeId(3)).collect(), &mut draw);
    }

    fn check_against(points: &Points, mut naive: Vec<(Position, NodeId)>, mut draw: impl FnMut() -> u64) {
        naive.sort_unstable();
        assert_eq!(points.len(), naive.len());
        let exact: Vec<u64> = naive.iter().flat_map(|(place, _)| [place.0, place.0.wrapping_add(1)]).collect();
        let drawn: Vec<u64> = (0..500).map(|_| draw()).collect();
        for at in exact.into_iter().chain(drawn).chain([0, u64::MAX]) {
            let index = naive.partition_point(|(place, _)| place.0 < at);
            assert_eq!(points.successor(Position(at)), index, "{at:#x}");
            assert_eq!(points.owner(Position(at)), naive[index % naive.len()].1, "{at:#x}");
        }
    }

    #[test]
    fn even_places_are_found() {
        let mut stream = rng::stream(1, "points");
        for count in [2, 9, 100, 1000, 5000] {
            check(|| stream.next_u64(), count);
        }
    }

    #[test]
    fn crowded_and_equal_places_are_found() {
        let mut stream = rng::stream(2, "points");
        check(|| stream.next_u64() >> 30, 400);
        let mut stream = rng::stream(3, "points");
        check(|| stream.below(50) << 58, 400);
        let mut stream = rng::stream(4, "points");
        check(|| u64::MAX - stream.below(200), 400);
    }
}
