//! Explanations as data: why keys moved, and how one key finds its node. `Display` makes the sentence.

use std::fmt;

use super::node::NodeId;

/// Why keys moved as they did: one sentence a change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Why {
    /// All remainders are new.
    Remainders {
        /// What the hash is divided by now.
        nodes: usize,
    },
    /// The points of a node cut arcs from others, or hand theirs on.
    Arcs {
        /// Virtual nodes on the ring now.
        points: usize,
    },
    /// A cap that changed pushes keys on, also between nodes that stay.
    Cap {
        /// The most keys of a node of weight 1 now.
        cap: usize,
        /// Keys that found at least one node full.
        overflowed: usize,
    },
    /// Each key compares all nodes, and only one of them is new or gone.
    Scores {
        /// Nodes compared.
        nodes: usize,
    },
    /// A key jumps on to the last bucket, or back from it, or stays.
    Jumps {
        /// Buckets now.
        buckets: usize,
    },
    /// The table is filled anew by turns.
    Table {
        /// Entries whose node changed.
        changed: usize,
        /// Entries.
        entries: usize,
    },
    /// A new point is nearer to one of the probes, or the nearest is gone.
    Probes {
        /// Probes a key.
        probes: u32,
    },
    /// Slots are handed over whole.
    Slots {
        /// Slots whose node changed.
        changed: usize,
    },
    /// Ranges are split where a node needs its share, and handed over whole.
    Ranges {
        /// Ranges now.
        ranges: usize,
    },
    /// Entries are rewritten one by one until nobody holds more than a share.
    Entries {
        /// Entries rewritten.
        changed: usize,
    },
    /// Only keys of the node's own region may move.
    Regions {
        /// Nodes in that region now.
        nodes: usize,
    },
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Remainders { nodes } => {
                write!(f, "the hash is now divided by {nodes}: a key stays only where both remainders agree")
            }
            Self::Arcs { points } => write!(
                f,
                "only the arcs that end at this node's points change hands, {points} points in all; no other arc moves"
            ),
            Self::Cap { cap, overflowed } => write!(
                f,
                "a node now holds at most {cap} keys; {overflowed} keys found one full and walked on, which also moves keys between nodes that stay"
            ),
            Self::Scores { nodes } => {
                write!(f, "every key scores all {nodes} nodes again, and only one score is new or gone")
            }
            Self::Jumps { buckets } => {
                write!(f, "with {buckets} buckets a key stays, or jumps on to the last one, or falls back from it")
            }
            Self::Table { changed, entries } => write!(
                f,
                "the nodes fill the table anew in turns: {changed} of {entries} entries change, some between nodes that stay"
            ),
            Self::Probes { probes } => {
                write!(f, "one of {probes} probes now finds a nearer point, or its nearest point is gone")
            }
            Self::Slots { changed } => {
                write!(f, "{changed} of 16384 slots are handed over whole, with the keys in them")
            }
            Self::Ranges { ranges } => {
                write!(f, "ranges are split where a node needs its share, and handed over: {ranges} ranges now")
            }
            Self::Entries { changed } => {
                write!(f, "the directory rewrites {changed} entries, no more than even shares need")
            }
            Self::Regions { nodes } => {
                write!(f, "only keys of the node's own region may move, among its {nodes} nodes")
            }
        }
    }
}

/// One step on the way from a key to its node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Trail {
    /// Divided by the number of nodes, the hash leaves this remainder.
    Remainder {
        /// Divisor.
        nodes: usize,
        /// Remainder, the node's place in the list.
        remainder: usize,
    },
    /// The next point clockwise is here.
    Point {
        /// In turns from the top.
        turn: f64,
        /// Whose it is.
        node: NodeId,
    },
    /// This node is at its cap, so the key walks on.
    Full {
        /// Which.
        node: NodeId,
        /// The most that it may hold.
        cap: usize,
    },
    /// This node's score for the key.
    Score {
        /// Which.
        node: NodeId,
        /// In (0, 1), the highest wins.
        score: f64,
    },
    /// The key jumps to this bucket.
    Bucket {
        /// From 0.
        bucket: usize,
    },
    /// The table's entry is this one.
    Entry {
        /// From 0.
        entry: usize,
    },
    /// The probe that came nearest to a point.
    Probe {
        /// From 0.
        probe: u32,
        /// How far it is from its point, in turns.
        distance: f64,
    },
    /// The key falls into this slot.
    Slot {
        /// Of 16,384.
        slot: u16,
    },
    /// The key lies in this range.
    Range {
        /// From 0, in order.
        range: usize,
    },
    /// The key lives in this region.
    Region {
        /// From 0.
        region: usize,
    },
    /// No node of its own region is left, so another one serves it.
    Abroad {
        /// Which one.
        region: usize,
    },
    /// The node.
    Node {
        /// Which.
        node: NodeId,
    },
}

impl fmt::Display for Trail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Remainder { nodes, remainder } => write!(f, "divided by {nodes} leaves {remainder}"),
            Self::Point { turn, node } => write!(f, "next point clockwise at {turn:.4}, of {node}"),
            Self::Full { node, cap } => write!(f, "{node} is full at {cap} keys"),
            Self::Score { node, score } => write!(f, "{node} scores {score:.4}"),
            Self::Bucket { bucket } => write!(f, "bucket {bucket}"),
            Self::Entry { entry } => write!(f, "entry {entry}"),
            Self::Probe { probe, distance } => write!(f, "probe {} is nearest, {distance:.5} away", probe + 1),
            Self::Slot { slot } => write!(f, "slot {slot}"),
            Self::Range { range } => write!(f, "range {}", range + 1),
            Self::Region { region } => write!(f, "region {}", region + 1),
            Self::Abroad { region } => write!(f, "no node there: served from region {}", region + 1),
            Self::Node { node } => write!(f, "{node}"),
        }
    }
}
