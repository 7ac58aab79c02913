//! Simulators: what a cache does under a policy and a load, and where keys are placed; exact, seeded, pure.
//!
//! | module | what it is for |
//! |---|---|
//! | [`cache`] | eviction policies: one file a policy behind one interface |
//! | [`curve`] | miss-ratio curves: exact, sampled, simulated |
//! | [`lesson`] | predict, run, explain: guided runs as files |
//! | [`placement`] | which node owns a key, and what moves when nodes come and go |
//! | [`replay`] | several caches over the same requests, forward and back |
//! | [`run`] | policies over one load: what the command line and the lab start |
//! | [`strategy`] | who writes what when: cache-aside to write-behind, crash and stampede |
//! | [`trace`] | recorded requests, read from any stream |
//! | [`workload`] | requests that a seed draws |
//!
//! Knows no clock, no files and no screens: requests come from any `impl Read` or from a seed, and whoever calls
//! has the time. Start reading at [`cache::Policy`] or at
//! [`placement`].

pub mod cache;
pub mod curve;
pub mod lesson;
pub mod placement;
mod prefetch;
pub mod replay;
pub mod run;
pub mod strategy;
pub mod trace;
pub mod workload;
