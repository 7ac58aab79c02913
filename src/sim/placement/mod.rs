//! Key placement: one file a scheme, one line each in [`SCHEMES`].
//!
//! Which node gets a key, what moves when nodes come and go, how even the load is, what a failure costs. A run is
//! decided by its parameters and its seed alone; this room knows no clock, no files and no screens.
//!
//! Start reading at [`Cluster`], which holds keys on nodes under a scheme and changes them; a scheme is a
//! [`Scheme`], the simplest in `modulo.rs`.

mod change;
mod cluster;
mod error;
mod explain;
mod failure;
mod follow;
mod hash;
mod keys;
mod load;
mod node;
mod options;
mod points;
mod query;
mod rebalance;
mod run;
mod scheme;
mod traffic;
mod trial;

mod bounded;
mod directory;
mod geo;
mod jump;
mod maglev;
mod modulo;
mod multiprobe;
mod range;
mod rendezvous;
mod ring;
mod slots;

pub use change::{Change, Move, Step};
pub use cluster::Cluster;
pub use error::{MOST_KEYS, MOST_NODES, MOST_POINTS, PlacementError};
pub use explain::{Trail, Why};
pub use failure::Failure;
pub use follow::{Dot, Path};
pub use hash::{Hash, Position, crc16};
pub use jump::jump;
pub use keys::{KeyId, Keys, SLOTS, hash_tag, slot};
pub use load::{Load, evenness, expected_spread};
pub use maglev::ENTRIES;
pub use node::{Node, NodeId};
pub use options::{OPTIONS, Options, OptionsError};
pub use query::{Index, IndexCost, Scan};
pub use rebalance::{Cost as HaulCost, Haul, rebalancing, rebalancing_sheet};
pub use run::{Chosen, Earlier, KeySource, MOST_KEY_BYTES, Outcome, Params, Report, run};
pub use scheme::{About, Cost, Operation, Region, Removes, Scheme, Sees, Setting, Since, Span, Start};
pub use traffic::{Busy, Salting, Traffic, Verdict};
pub use trial::{Measured, Trial};

/// Every scheme, in the order in which they are listed.
pub const SCHEMES: &[Registered] = &[
    modulo::SCHEME,
    ring::SCHEME,
    bounded::SCHEME,
    rendezvous::SCHEME,
    jump::SCHEME,
    maglev::SCHEME,
    multiprobe::SCHEME,
    slots::SCHEME,
    range::SCHEME,
    directory::SCHEME,
    geo::SCHEME,
];

/// A scheme in the registry.
#[derive(Clone, Copy, Debug)]
pub struct Registered {
    /// What it is, in words.
    pub about: About,
    build: fn(&Start<'_>) -> Box<dyn Scheme>,
}

/// The registered scheme of a name.
///
/// # Errors
/// If there is none; the error suggests the nearest.
pub fn find(name: &str) -> Result<&'static Registered, PlacementError> {
    let known = SCHEMES.iter().find(|scheme| scheme.about.id == name);
    known.ok_or_else(|| PlacementError::UnknownScheme { name: name.to_owned() })
}

impl Registered {
    /// The scheme over its first nodes.
    ///
    /// # Errors
    /// If there are no nodes or too many, or a number of the setting makes no sense for it.
    pub fn build(&self, start: &Start<'_>) -> Result<Box<dyn Scheme>, PlacementError> {
        start.check(&self.about)?;
        Ok((self.build)(start))
    }
}
