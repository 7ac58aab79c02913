//! What can be wrong with a question about placement, each with its remedy.

use super::Hash;
use super::SCHEMES;

/// The most nodes: beyond it a node's number would not fit.
pub const MOST_NODES: usize = 60_000;
/// The most virtual nodes of a ring, all nodes together: about one GiB of them.
pub const MOST_POINTS: u64 = 1 << 26;
/// The most keys: about 400 MB of them.
pub const MOST_KEYS: usize = 20_000_000;

/// Why there is no such placement.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PlacementError {
    /// No scheme has that name.
    #[error("`{name}` is not a scheme{}: there are {}", suggestion(.name, &scheme_ids()), scheme_ids().join(", "))]
    UnknownScheme {
        /// As it was given.
        name: String,
    },
    /// No hash has that name.
    #[error("`{name}` is not a hash{}: there are {}", suggestion(.name, &hash_ids()), hash_ids().join(", "))]
    UnknownHash {
        /// As it was given.
        name: String,
    },
    /// There must be somewhere to put a key.
    #[error("keys need at least 1 node to be placed on, and there are 0")]
    NoNodes,
    /// More nodes than can be numbered.
    #[error("{nodes} nodes are more than the {MOST_NODES} that can be simulated")]
    TooManyNodes {
        /// How many there would be.
        nodes: usize,
    },
    /// There must be something to place.
    #[error("there are no keys to place: give at least 1")]
    NoKeys,
    /// More keys than memory is meant to hold.
    #[error("{keys} keys are more than the {MOST_KEYS} that can be simulated: take a sample")]
    TooManyKeys {
        /// How many there would be.
        keys: usize,
    },
    /// A ring needs at least one point a node.
    #[error("a ring needs at least 1 virtual node a node")]
    NoVirtualNodes,
    /// More points than memory is meant to hold.
    #[error(
        "{nodes} nodes of {vnodes} virtual nodes are {points} points, more than {MOST_POINTS}: give fewer virtual nodes"
    )]
    TooManyPoints {
        /// Nodes.
        nodes: usize,
        /// Virtual nodes a node.
        vnodes: u32,
        /// Points together.
        points: u64,
    },
    /// As many or more nodes would be removed than there are.
    #[error("{remove} of {nodes} nodes cannot be removed: at least 1 must stay")]
    NoneWouldStay {
        /// How many are to be removed.
        remove: usize,
        /// How many there are.
        nodes: usize,
    },
    /// The scheme can only drop the node that joined last.
    #[error(
        "`{scheme}` numbers its nodes and can only remove the last, {last}: {node} has to stay or take another scheme"
    )]
    OnlyLast {
        /// The scheme's id.
        scheme: &'static str,
        /// The node that was to be removed.
        node: String,
        /// The one that may be.
        last: String,
    },
    /// No live node has that name or number.
    #[error("there is no node `{node}`: there are {}", .known.join(", "))]
    UnknownNode {
        /// As it was given.
        node: String,
        /// The nodes there are.
        known: Vec<String>,
    },
    /// No key has that name.
    #[error("there is no key `{key}` among the keys placed")]
    UnknownKey {
        /// As it was given.
        key: String,
    },
    /// The scheme treats all nodes alike.
    #[error("`{scheme}` knows no weights: take ring, bounded, rendezvous, maglev, slots, range or directory")]
    NoWeights {
        /// The scheme's id.
        scheme: &'static str,
    },
    /// A number is out of its range.
    #[error("{what} is {value}, and must be {range}")]
    OutOfRange {
        /// Which number.
        what: &'static str,
        /// As it was given.
        value: f64,
        /// What it may be.
        range: &'static str,
    },
    /// The scheme has nothing of the kind to split or move.
    #[error("`{scheme}` decides by a formula: {operation} needs slots, range, directory or geo")]
    Unsupported {
        /// The scheme's id.
        scheme: &'static str,
        /// What was asked for.
        operation: &'static str,
    },
    /// There is nothing at that place to split or move.
    #[error("{what} {index} does not exist: there are {count}")]
    NoSuchPiece {
        /// What kind of piece.
        what: &'static str,
        /// Which one.
        index: u64,
        /// How many there are.
        count: u64,
    },
    /// A size or a rate of moving data makes no sense.
    #[error("the rebalancing cannot be estimated: {problem}; write sizes like `2 KB` and rates like `50 MB/s`")]
    Haul {
        /// What is wrong.
        problem: String,
    },
    /// More copies than nodes.
    #[error("{replicas} copies on distinct nodes need {replicas} nodes, and there are {nodes}")]
    TooManyReplicas {
        /// Copies of each key.
        replicas: usize,
        /// Live nodes.
        nodes: usize,
    },
}

fn scheme_ids() -> Vec<&'static str> {
    SCHEMES.iter().map(|scheme| scheme.about.id).collect()
}

fn hash_ids() -> Vec<&'static str> {
    Hash::ALL.iter().map(|hash| hash.id()).collect()
}

fn suggestion(name: &str, known: &[&str]) -> String {
    let distance = |id: &&&str| strsim::damerau_levenshtein(id, &name.to_lowercase());
    match known.iter().min_by_key(distance) {
        Some(id) if distance(&id) <= 2 => format!(" (did you mean `{id}`?)"),
        _ => String::new(),
    }
}
