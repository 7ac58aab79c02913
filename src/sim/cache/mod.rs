//! Cache eviction: one file a policy, one line each in [`POLICIES`].
//!
//! Objects have size one, every miss inserts, and time is the index of the request, so a run is decided by
//! its [`Setting`] and its requests alone. This room knows nothing of traces, clocks or screens. Start
//! reading at [`Policy`]; a simple one is in `fifo.rs`, and `queue.rs` is what most of them stand on.

mod expiry;
mod future;
mod policy;
mod queue;
mod simulated;
mod sketch;
mod step;
mod view;

mod arc;
mod clock;
mod fifo;
mod lfu;
mod lifo;
mod lru;
mod mru;
mod opt;
mod random;
mod s3_fifo;
mod sieve;
mod ttl;
mod two_q;
mod w_tinylfu;

pub use expiry::Lifetime;
pub use future::Future;
pub use policy::{About, Policy, Setting};
pub use queue::LARGEST_CAPACITY;
pub use simulated::{Cache, Simulated};
pub use step::{Event, Step, Watch, Why};
pub use view::{Entry, Segment, View};

/// Every policy, in the order in which they are listed.
pub const POLICIES: &[Registered] = &[
    registered::<fifo::Fifo>(),
    registered::<lifo::Lifo>(),
    registered::<lru::Lru>(),
    registered::<mru::Mru>(),
    registered::<lfu::Lfu>(),
    registered::<random::Random>(),
    registered::<ttl::Ttl>(),
    registered::<clock::Clock>(),
    registered::<two_q::TwoQ>(),
    registered::<arc::Arc>(),
    registered::<sieve::Sieve>(),
    registered::<s3_fifo::S3Fifo>(),
    registered::<w_tinylfu::WTinyLfu>(),
    registered::<opt::Opt>(),
];

/// A policy in the registry.
#[derive(Clone, Copy, Debug)]
pub struct Registered {
    /// What it is, in words.
    pub about: About,
    build: fn(&Setting) -> Box<dyn Cache>,
}

const fn registered<P: Policy>() -> Registered {
    Registered { about: P::ABOUT, build: |setting| Box::new(Simulated::<P>::new(setting)) }
}

/// Why there is no such cache.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CacheError {
    /// No policy has that name.
    #[error("`{name}` is not a policy{}: there are {}", suggestion(.name), ids().join(", "))]
    Unknown {
        /// As it was given.
        name: String,
    },
    /// The capacity is zero or more than a queue can hold.
    #[error("a cache of {capacity} objects cannot be simulated: take 1 to {LARGEST_CAPACITY}")]
    Capacity {
        /// As it was given.
        capacity: usize,
    },
    /// The policy looks ahead and was not given the future.
    #[error(
        "`{policy}` must know the whole trace beforehand, which a stream does not allow: read it into memory first"
    )]
    Future {
        /// Its id.
        policy: &'static str,
    },
}

/// The registered policy of a name.
pub fn find(name: &str) -> Result<&'static Registered, CacheError> {
    let known = POLICIES.iter().find(|registered| registered.about.id == name);
    known.ok_or_else(|| CacheError::Unknown { name: name.to_owned() })
}

/// An empty cache under the policy of a name.
pub fn build(name: &str, setting: &Setting) -> Result<Box<dyn Cache>, CacheError> {
    let policy = find(name)?;
    if setting.capacity == 0 || setting.capacity > LARGEST_CAPACITY {
        return Err(CacheError::Capacity { capacity: setting.capacity });
    }
    if policy.about.needs_future && setting.future.is_none() {
        return Err(CacheError::Future { policy: policy.about.id });
    }
    Ok((policy.build)(setting))
}

fn ids() -> Vec<&'static str> {
    POLICIES.iter().map(|registered| registered.about.id).collect()
}

fn suggestion(name: &str) -> String {
    let distance = |id: &&str| strsim::damerau_levenshtein(id, &name.to_lowercase());
    match ids().into_iter().min_by_key(distance) {
        Some(id) if distance(&id) <= 2 => format!(" (did you mean `{id}`?)"),
        _ => String::new(),
    }
}
