//! Maglev: a table of prime size that the nodes fill in turns, each by its own permutation.
//!
//! One read a lookup and shares that differ by one entry. The price: a change also moves some keys between
//! nodes that stay, since every turn shifts which entries were still free.

use super::Registered;
use super::error::PlacementError;
use super::explain::{Trail, Why};
use super::hash::{Hash, Position, mix};
use super::node::{Members, Node, NodeId};
use super::scheme::{About, Cost, Operation, Removes, Scheme, Sees, Since, Start, unsupported};

pub(super) const SCHEME: Registered = Registered {
    about: About {
        id: "maglev",
        title: "Maglev",
        rule: "entry hash(key) mod 65,537 of a table that the nodes fill in turns",
        source: "Eisenbud et al. 2016",
        sees: Sees::Hash,
        weighs: true,
        removes: Removes::Any,
        minimal: false,
        virtual_nodes: false,
    },
    build: |start| Box::new(Maglev::new(start)),
};

/// Entries of the table: the prime that the paper takes for small pools, at least a hundred times the nodes.
pub const ENTRIES: usize = 65_537;

/// The table.
#[derive(Clone, Debug)]
struct Maglev {
    hash: Hash,
    members: Members,
    table: Vec<NodeId>,
    changed: usize,
}

/// Where a node would put itself, in the order of its preference.
struct Permutation {
    next: usize,
    skip: usize,
}

impl Permutation {
    /// Offset and skip from two hashes of the name.
    fn of(node: &Node, hash: Hash) -> Self {
        let seed = hash.position(node.name.as_bytes()).0;
        let next = (mix(seed, 1) % ENTRIES as u64) as usize;
        let skip = (mix(seed, 2) % (ENTRIES as u64 - 1)) as usize + 1;
        Self { next, skip }
    }

    fn step(&mut self) -> usize {
        let entry = self.next;
        self.next += self.skip;
        if self.next >= ENTRIES {
            self.next -= ENTRIES;
        }
        entry
    }
}

impl Maglev {
    fn new(start: &Start<'_>) -> Self {
        let members = Members::new(start.nodes);
        let mut maglev = Self { hash: start.setting.hash, members, table: Vec::new(), changed: 0 };
        maglev.fill();
        maglev
    }

    #[inline]
    fn entry(&self, at: Position) -> usize {
        (self.hash.number(at) % ENTRIES as u64) as usize
    }

    /// Fills the table. In each round a node takes as many turns as its weight has earned, the heaviest one each round.
    fn fill(&mut self) {
        let nodes = self.members.all();
        let heaviest = nodes.iter().map(|node| node.weight).fold(0.0, f64::max);
        let mut permutations: Vec<_> = nodes.iter().map(|node| Permutation::of(node, self.hash)).collect();
        let mut earned = vec![0.0; nodes.len()];
        let mut table = vec![None; ENTRIES];
        let mut filled = 0;
        'filling: loop {
            for ((node, permutation), earned) in nodes.iter().zip(&mut permutations).zip(&mut earned) {
                *earned += node.weight / heaviest;
                if *earned < 1.0 - 1e-9 {
                    continue;
                }
                *earned -= 1.0;
                let mut entry = permutation.step();
                while table[entry].is_some() {
                    entry = permutation.step();
                }
                table[entry] = Some(node.id);
                filled += 1;
                if filled == ENTRIES {
                    break 'filling;
                }
            }
        }
        let table: Vec<NodeId> = table.into_iter().flatten().collect();
        self.changed = table.iter().zip(&self.table).filter(|(new, old)| new != old).count();
        self.table = table;
    }
}

impl Scheme for Maglev {
    fn join(&mut self, node: &Node) {
        self.members.join(node);
        self.fill();
    }

    fn leave(&mut self, id: NodeId) {
        self.members.leave(id);
        self.fill();
    }

    #[inline]
    fn owner(&self, at: Position) -> NodeId {
        self.table[self.entry(at)]
    }

    /// The next entries of the table, until there are enough distinct nodes.
    fn prefer(&self, at: Position, most: usize, into: &mut Vec<NodeId>) {
        let (before, first) = (into.len(), self.entry(at));
        for &node in self.table[first..].iter().chain(&self.table[..first]) {
            if into.len() - before == most.min(self.members.len()) {
                break;
            }
            if !into[before..].contains(&node) {
                into.push(node);
            }
        }
    }

    fn operate(&mut self, operation: Operation) -> Result<(), PlacementError> {
        unsupported(SCHEME.about.id, operation)
    }

    fn why(&self, _since: Since) -> Why {
        Why::Table { changed: self.changed, entries: ENTRIES }
    }

    fn trail(&self, at: Position) -> Vec<Trail> {
        vec![Trail::Entry { entry: self.entry(at) }, Trail::Node { node: self.owner(at) }]
    }

    /// Shares differ by one entry of at least some hundred.
    fn spread(&self) -> Option<f64> {
        Some(0.0)
    }

    fn memory(&self) -> usize {
        self.table.len() * size_of::<NodeId>() + self.members.memory()
    }

    fn cost(&self) -> Cost {
        Cost { hashes: 1.0, reads: 1.0 }
    }

    fn boxed(&self) -> Box<dyn Scheme> {
        Box::new(self.clone())
    }
}
