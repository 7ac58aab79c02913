//! Jump consistent hash: no memory at all, for buckets that are numbered and only dropped at the end.

use super::Registered;
use super::error::PlacementError;
use super::explain::{Trail, Why};
use super::hash::{Hash, Position};
use super::node::{Members, Node, NodeId};
use super::scheme::{About, Cost, Operation, Removes, Scheme, Sees, Since, Start, unsupported};

pub(super) const SCHEME: Registered = Registered {
    about: About {
        id: "jump",
        title: "Jump",
        rule: "the last bucket that a chain of jumps, drawn by the key, reaches below N",
        source: "Lamping and Veach 2014",
        sees: Sees::Hash,
        weighs: false,
        removes: Removes::Last,
        minimal: true,
        virtual_nodes: false,
    },
    build: |start| Box::new(Jump::new(start)),
};

/// The bucket of a key among `buckets`, at least 1.
#[inline]
pub fn jump(key: u64, buckets: u32) -> u32 {
    let mut bucket = 0;
    for landed in jumps(key, buckets) {
        bucket = landed;
    }
    bucket
}

/// The buckets that a key jumps to, ascending; the first is 0.
#[inline]
fn jumps(mut key: u64, buckets: u32) -> impl Iterator<Item = u32> {
    let mut next = 0_i64;
    std::iter::from_fn(move || {
        if next >= i64::from(buckets) {
            return None;
        }
        let bucket = next;
        key = key.wrapping_mul(2_862_933_555_777_941_757).wrapping_add(1);
        next = ((bucket + 1) as f64 * ((1_i64 << 31) as f64 / ((key >> 33) + 1) as f64)) as i64;
        Some(bucket as u32)
    })
}

/// The buckets in order.
#[derive(Clone, Debug)]
struct Jump {
    hash: Hash,
    members: Members,
}

impl Jump {
    fn new(start: &Start<'_>) -> Self {
        Self { hash: start.setting.hash, members: Members::new(start.nodes) }
    }
}

impl Scheme for Jump {
    fn join(&mut self, node: &Node) {
        self.members.join(node);
    }

    /// Of another than the last, all behind it would be renumbered; the cluster refuses that.
    fn leave(&mut self, id: NodeId) {
        self.members.leave(id);
    }

    #[inline]
    fn owner(&self, at: Position) -> NodeId {
        self.members.at(jump(self.hash.number(at), self.members.len() as u32) as usize)
    }

    fn prefer(&self, at: Position, most: usize, into: &mut Vec<NodeId>) {
        self.members.following(self.owner(at), most, into);
    }

    fn operate(&mut self, operation: Operation) -> Result<(), PlacementError> {
        unsupported(SCHEME.about.id, operation)
    }

    fn why(&self, _since: Since) -> Why {
        Why::Jumps { buckets: self.members.len() }
    }

    fn trail(&self, at: Position) -> Vec<Trail> {
        let landed = jumps(self.hash.number(at), self.members.len() as u32);
        let mut trail: Vec<Trail> = landed.map(|bucket| Trail::Bucket { bucket: bucket as usize }).collect();
        trail.push(Trail::Node { node: self.owner(at) });
        trail
    }

    fn spread(&self) -> Option<f64> {
        Some(0.0)
    }

    /// The list of names; the rule itself needs only their number.
    fn memory(&self) -> usize {
        self.members.memory()
    }

    /// The jumps of a key are H_N on average.
    fn cost(&self) -> Cost {
        let harmonic = (1..=self.members.len()).map(|n| 1.0 / n as f64).sum();
        Cost { hashes: harmonic, reads: 1.0 }
    }

    fn boxed(&self) -> Box<dyn Scheme> {
        Box::new(self.clone())
    }
}
