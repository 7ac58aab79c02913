//! Caching strategies: who writes what when, and what that costs in latency, staleness and lost writes.
//!
//! Not which entry is evicted (that is [`super::cache`]) but how application, cache and database work together. Every
//! run is a sequence of events over a modelled database, decided by its [`Setup`] alone. The cache has room for all
//! keys, so that whatever is seen comes from the strategy. [`stampede()`] is the other classic failure: everyone
//! misses at once. Start reading at [`run()`].

mod agenda;
mod engine;
mod stampede;

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;

pub use engine::run;
pub use stampede::{Protection, Stampede, StampedeReport, stampede};

/// A way for application, cache and database to work together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Strategy {
    /// The application reads the cache, on a miss the database, and then fills the cache; it writes the database and then
    /// deletes the entry.
    CacheAside,
    /// The cache loads what it misses, once for all who wait; writes as cache-aside.
    ReadThrough,
    /// The cache writes the database before it acknowledges, and keeps the value.
    WriteThrough,
    /// The cache acknowledges at once and writes the database later, the last value of each key.
    WriteBehind,
    /// Writes go to the database alone; what the cache holds stays until it expires.
    WriteAround,
    /// Read-through that reloads an entry in the background when it is read in the last fifth of its lifetime.
    RefreshAhead,
}

impl Strategy {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 6] = [
        Self::CacheAside,
        Self::ReadThrough,
        Self::WriteThrough,
        Self::WriteBehind,
        Self::WriteAround,
        Self::RefreshAhead,
    ];

    /// As the command line writes it.
    pub fn id(self) -> &'static str {
        match self {
            Self::CacheAside => "cache-aside",
            Self::ReadThrough => "read-through",
            Self::WriteThrough => "write-through",
            Self::WriteBehind => "write-behind",
            Self::WriteAround => "write-around",
            Self::RefreshAhead => "refresh-ahead",
        }
    }
}

impl fmt::Display for Strategy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// A strategy that does not exist.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a caching strategy: there are {ids}", ids = Strategy::ALL.map(Strategy::id).join(", "))]
pub struct UnknownStrategy(String);

impl FromStr for Strategy {
    type Err = UnknownStrategy;

    fn from_str(text: &str) -> Result<Self, UnknownStrategy> {
        let known = Self::ALL.into_iter().find(|strategy| strategy.id() == text);
        known.ok_or_else(|| UnknownStrategy(text.to_owned()))
    }
}

/// Everything that decides a run. Times are in milliseconds.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Setup {
    /// Under test.
    #[serde(skip, default = "cache_aside")]
    pub strategy: Strategy,
    /// Keys, Zipf-distributed with exponent 1.
    pub keys: u32,
    /// Requests of the application.
    pub requests: u32,
    /// Time from one request to the next; several are under way where this is shorter than an access.
    pub interval: f64,
    /// Share of requests that write, 0 to 1.
    pub writes: f64,
    /// An access to the cache.
    pub cache: f64,
    /// A read from the database.
    pub read: f64,
    /// A write to the database.
    pub write: f64,
    /// Lifetime of an entry; none is for ever.
    pub ttl: Option<f64>,
    /// Write-behind: time from one flush to the next.
    pub flush: f64,
    /// When the cache crashes and loses what it holds.
    pub crash: Option<f64>,
    /// Somebody else writes a key of the same distribution straight to the database, once in this time.
    pub other_writer: Option<f64>,
    /// For keys and for which requests write.
    pub seed: u64,
}

/// What a set-up that is read from a file begins with; the lesson names its strategies beside it.
fn cache_aside() -> Strategy {
    Strategy::CacheAside
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            strategy: Strategy::CacheAside,
            keys: 1000,
            requests: 20_000,
            interval: 1.0,
            writes: 0.1,
            cache: 0.5,
            read: 10.0,
            write: 15.0,
            ttl: Some(5000.0),
            flush: 1000.0,
            crash: None,
            other_writer: None,
            seed: 1,
        }
    }
}

/// What a run showed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Reads that were answered.
    pub reads: u64,
    /// Those among them that the cache answered.
    pub hits: u64,
    /// Writes that were acknowledged.
    pub writes: u64,
    /// Time of reads.
    pub read_latency: Spread,
    /// Time until writes were acknowledged.
    pub write_latency: Spread,
    /// Reads of the database, reloads included.
    pub database_reads: u64,
    /// Writes of the database on behalf of the application.
    pub database_writes: u64,
    /// Reads that were answered with less than the newest value acknowledged before they began.
    pub stale_reads: u64,
    /// Acknowledged writes that never reached the database.
    pub lost_writes: u64,
}

impl Report {
    /// Hits by reads, 0 to 1.
    pub fn hit_ratio(&self) -> f64 {
        self.hits as f64 / self.reads.max(1) as f64
    }

    /// Writes of the database for each acknowledged one.
    pub fn write_amplification(&self) -> f64 {
        self.database_writes as f64 / self.writes.max(1) as f64
    }
}

/// How times are spread, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spread {
    /// Arithmetic mean.
    pub mean: f64,
    /// Half are at most this.
    pub median: f64,
    /// 99 in 100 are at most this.
    pub p99: f64,
    /// The longest.
    pub longest: f64,
}

impl Spread {
    /// Of times in microseconds, in any order.
    fn of(mut times: Vec<agenda::Micros>) -> Self {
        times.sort_unstable();
        let milliseconds = |micros: agenda::Micros| micros as f64 / 1000.0;
        let Some(&longest) = times.last() else { return Self::default() };
        let at_most = |share: f64| times[(times.len() as f64 * share).ceil() as usize - 1];
        Self {
            mean: milliseconds(times.iter().sum()) / times.len() as f64,
            median: milliseconds(at_most(0.5)),
            p99: milliseconds(at_most(0.99)),
            longest: milliseconds(longest),
        }
    }
}

/// A time as events count it.
fn micros(milliseconds: f64) -> agenda::Micros {
    (milliseconds.max(0.0) * 1000.0).round() as agenda::Micros
}
