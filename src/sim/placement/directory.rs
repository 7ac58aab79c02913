//! A directory: one entry a key says where it lies. It can move any key, and must know every one.
//!
//! A new key goes to whoever is furthest below its share. After a change the entries that must move are
//! rewritten, and no others.

use super::Registered;
use super::error::PlacementError;
use super::explain::{Trail, Why};
use super::hash::Position;
use super::node::{Members, Node, NodeId};
use super::scheme::{About, Cost, Operation, Removes, Scheme, Sees, Since, Start, unsupported};

pub(super) const SCHEME: Registered = Registered {
    about: About {
        id: "directory",
        title: "Directory",
        rule: "the node that the key's own entry names",
        source: "the Google File System's master: Ghemawat, Gobioff and Leung 2003",
        sees: Sees::Entry,
        weighs: true,
        removes: Removes::Any,
        minimal: true,
        virtual_nodes: false,
    },
    build: |start| Box::new(Directory::new(start)),
};

/// Bytes of an entry: eight for the key's id or hash, and the node.
const ENTRY: usize = size_of::<u64>() + size_of::<NodeId>();

/// The entries, and how far each node is from its share.
#[derive(Clone, Debug)]
struct Directory {
    members: Members,
    /// By key number; none where the key is not placed yet.
    entries: Vec<Option<NodeId>>,
    /// Keys that each live node may take before it has its share; below zero where it holds more.
    room: Vec<(NodeId, isize)>,
    /// By node number: its place in `room`, if it is live.
    seats: Vec<Option<usize>>,
    changed: usize,
}

impl Directory {
    fn new(start: &Start<'_>) -> Self {
        let members = Members::new(start.nodes);
        let mut directory =
            Self { members, entries: vec![None; start.keys], room: Vec::new(), seats: Vec::new(), changed: 0 };
        directory.reckon();
        directory
    }

    /// Counts what each node holds against its share.
    fn reckon(&mut self) {
        let highest = self.members.all().iter().map(|node| node.id.index()).max().unwrap_or(0);
        let mut held = vec![0; highest + 1];
        for node in self.entries.iter().flatten() {
            if let Some(held) = held.get_mut(node.index()) {
                *held += 1;
            }
        }
        let quotas = self.members.quotas(self.entries.len()).into_iter();
        self.room = quotas.map(|(node, quota)| (node, quota as isize - held[node.index()])).collect();
        self.seats = vec![None; highest + 1];
        for (seat, (node, _)) in self.room.iter().enumerate() {
            self.seats[node.index()] = Some(seat);
        }
        self.changed = 0;
    }

    fn roomiest(&self) -> usize {
        let rooms = self.room.iter().enumerate();
        let (index, _) =
            rooms.max_by_key(|(index, (_, room))| (*room, std::cmp::Reverse(*index))).expect("at least one node");
        index
    }

    /// Where a key that is not in the directory would be put.
    fn newcomer(&self) -> NodeId {
        self.room[self.roomiest()].0
    }

    /// Rewrites an entry if its node is gone or holds more than its share.
    fn settle_one(&mut self, key: usize) -> NodeId {
        let present = self.entries[key];
        let seat = present.and_then(|node| self.seats.get(node.index()).copied().flatten());
        if let (Some(node), Some(seat)) = (present, seat)
            && self.room[seat].1 >= 0
        {
            return node;
        }
        let to = self.roomiest();
        if let (Some(node), Some(seat)) = (present, seat) {
            if self.room[to].1 <= 0 {
                return node;
            }
            self.room[seat].1 += 1;
        }
        self.room[to].1 -= 1;
        self.changed += 1;
        self.entries[key] = Some(self.room[to].0);
        self.room[to].0
    }
}

impl Scheme for Directory {
    fn join(&mut self, node: &Node) {
        self.members.join(node);
        self.reckon();
    }

    fn leave(&mut self, id: NodeId) {
        self.members.leave(id);
        self.reckon();
    }

    #[inline]
    fn owner(&self, at: Position) -> NodeId {
        let entry = self.entries.get(at.0 as usize).copied().flatten();
        entry.unwrap_or_else(|| self.newcomer())
    }

    fn prefer(&self, at: Position, most: usize, into: &mut Vec<NodeId>) {
        self.members.following(self.owner(at), most, into);
    }

    fn settle(&mut self, since: Since, at: &[Position], owners: &mut [NodeId]) {
        for (owner, at) in owners.iter_mut().zip(at) {
            *owner = match since {
                Since::Operated => self.owner(*at),
                _ => self.settle_one(at.0 as usize),
            };
        }
    }

    fn operate(&mut self, operation: Operation) -> Result<(), PlacementError> {
        let Operation::Move { piece, to } = operation else { return unsupported(SCHEME.about.id, operation) };
        let (index, count) = (piece as u64, self.entries.len() as u64);
        let entry = self.entries.get_mut(piece).ok_or(PlacementError::NoSuchPiece { what: "key", index, count })?;
        let changed = usize::from(*entry != Some(to));
        *entry = Some(to);
        self.reckon();
        self.changed = changed;
        Ok(())
    }

    fn why(&self, _since: Since) -> Why {
        Why::Entries { changed: self.changed }
    }

    fn trail(&self, at: Position) -> Vec<Trail> {
        vec![Trail::Entry { entry: at.0 as usize }, Trail::Node { node: self.owner(at) }]
    }

    fn spread(&self) -> Option<f64> {
        Some(0.0)
    }

    fn memory(&self) -> usize {
        self.entries.len() * ENTRY + self.members.memory()
    }

    fn cost(&self) -> Cost {
        Cost { hashes: 1.0, reads: 2.0 }
    }

    fn boxed(&self) -> Box<dyn Scheme> {
        Box::new(self.clone())
    }
}
