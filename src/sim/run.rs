//! Runs of policies over one load: what the command line and the lab start.
//!
//! A [`Load`] is in memory, drawn from a workload or read from a trace; [`Job::runs`] says which policy runs at which
//! capacity, and [`Load::simulate`] does one of them, so that the caller, who has the clock, can time each. A trace larger than
//! memory goes through [`stream`] instead. Everything long reports its progress and stops when told to.

use std::fmt;
use std::io::Read;
use std::ops::ControlFlow;
use std::str::FromStr;
use std::sync::Arc;

use crate::sim::cache::{Cache, CacheError, Future, Lifetime, Setting, build, find};
use crate::sim::curve::{self, Blocks, Curve, CurveError, Reuses};
use crate::sim::trace::{self, Format, MOST_IN_MEMORY, TraceError};
use crate::sim::workload::Workload;

/// Requests between two reports of progress.
const CHUNK: usize = 1 << 20;

/// A cache's size as it is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Capacity {
    /// So many objects.
    Objects(usize),
    /// So much of the load's distinct objects, in percent.
    Percent(f64),
}

/// Why a text is not a capacity.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a capacity: write a number of objects from 1, as 1000, or a share of them above 0 %, as 1%")]
pub struct CapacityError(String);

impl FromStr for Capacity {
    type Err = CapacityError;

    fn from_str(text: &str) -> Result<Self, CapacityError> {
        let capacity = match text.strip_suffix('%') {
            Some(share) => share.trim_end().parse().ok().filter(|&p| p > 0.0 && p <= 100.0).map(Self::Percent),
            None => text.parse().ok().filter(|&objects| objects > 0).map(Self::Objects),
        };
        capacity.ok_or_else(|| CapacityError(text.to_owned()))
    }
}

impl fmt::Display for Capacity {
    /// As it is parsed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Objects(objects) => write!(f, "{objects}"),
            Self::Percent(percent) => write!(f, "{percent}%"),
        }
    }
}

impl Capacity {
    /// In objects, of a load with so many distinct ones: rounded down, at least one.
    pub fn of(self, distinct: usize) -> usize {
        match self {
            Self::Objects(objects) => objects,
            Self::Percent(percent) => ((distinct as f64 * percent / 100.0) as usize).max(1),
        }
    }

    /// Whether it is known only once the whole load was seen.
    pub fn needs_count(self) -> bool {
        matches!(self, Self::Percent(_))
    }
}

/// What is to be run over one load.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Job {
    /// Policies by id.
    pub policies: Vec<String>,
    /// At each of these capacities.
    pub capacities: Vec<Capacity>,
    /// For policies that draw and for jittered lifetimes.
    pub seed: u64,
    /// Whether and when entries expire.
    pub expiry: Option<Lifetime>,
}

/// One policy at one capacity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its id.
    pub policy: &'static str,
    /// In objects.
    pub capacity: usize,
}

impl Job {
    /// Every policy at every capacity, in the order in which they are given, over a load with so many distinct objects.
    pub fn runs(&self, distinct: usize) -> Result<Vec<Run>, RunError> {
        let mut runs = Vec::with_capacity(self.policies.len() * self.capacities.len());
        for name in &self.policies {
            let policy = find(name)?.about.id;
            runs.extend(self.capacities.iter().map(|capacity| Run { policy, capacity: capacity.of(distinct) }));
        }
        Ok(runs)
    }

    /// Whether a policy or a capacity must know the whole load before the first request is served: a stream that cannot be
    /// read twice will not do.
    pub fn needs_two_passes(&self) -> Result<bool, RunError> {
        let mut ahead = false;
        for name in &self.policies {
            ahead |= find(name)?.about.needs_future;
        }
        Ok(ahead || self.capacities.iter().any(|capacity| capacity.needs_count()))
    }
}

/// How far a long piece of work has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Requests done.
    pub done: u64,
    /// Of so many, where that is known.
    pub of: Option<u64>,
}

/// Hears of progress; a break stops the work.
pub type Report<'a> = &'a mut dyn FnMut(Progress) -> ControlFlow<()>;

/// Why a run has no result.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// There is no such cache.
    #[error(transparent)]
    Cache(#[from] CacheError),
    /// The trace cannot be read.
    #[error(transparent)]
    Trace(#[from] TraceError),
    /// More requests than fit into memory, or none.
    #[error("{requests} requests cannot be drawn: take 1 to {MOST_IN_MEMORY}")]
    Requests {
        /// As asked for.
        requests: usize,
    },
    /// No objects to ask for.
    #[error("a workload over no objects asks for nothing: take at least one")]
    Objects,
    /// Whoever watched the progress stopped it.
    #[error("the run was cancelled")]
    Cancelled,
}

impl From<CurveError> for RunError {
    fn from(error: CurveError) -> Self {
        match error {
            CurveError::Cache(error) => Self::Cache(error),
            CurveError::Cancelled => Self::Cancelled,
        }
    }
}

/// Requests in memory, as dense ids.
#[derive(Clone, Debug)]
pub struct Load {
    ids: Arc<Vec<u32>>,
    /// All ids are below this.
    bound: usize,
    distinct: usize,
    /// How many of the requests are served.
    served: usize,
    future: Option<Arc<Future>>,
}

impl Load {
    /// Draws requests from a workload.
    pub fn draw(
        workload: Workload,
        objects: u32,
        requests: usize,
        seed: u64,
        report: Report<'_>,
    ) -> Result<Self, RunError> {
        if requests == 0 || requests > MOST_IN_MEMORY {
            return Err(RunError::Requests { requests });
        }
        if objects == 0 {
            return Err(RunError::Objects);
        }
        let bound = workload.objects(objects) as usize;
        let mut source = workload.requests(objects, seed);
        let mut ids = Vec::with_capacity(requests);
        while ids.len() < requests {
            let count = CHUNK.min(requests - ids.len());
            ids.extend(source.by_ref().take(count));
            proceed(report, ids.len(), Some(requests))?;
        }
        let mut seen = vec![false; bound];
        ids.iter().for_each(|&id| seen[id as usize] = true);
        let distinct = seen.into_iter().filter(|&seen| seen).count();
        Ok(Self { served: ids.len(), ids: Arc::new(ids), bound, distinct, future: None })
    }

    /// Reads a trace.
    pub fn read(input: impl Read, format: &Format, report: Report<'_>) -> Result<Self, RunError> {
        let on = &mut |progress: trace::Progress| report(Progress { done: progress.requests, of: None });
        let trace = trace::read_all(input, format, on).map_err(cancelled)?;
        let served = trace.ids.len();
        Ok(Self { ids: Arc::new(trace.ids), bound: trace.objects, distinct: trace.objects, served, future: None })
    }

    /// The requests, as ids below [`Load::bound`].
    pub fn ids(&self) -> &[u32] {
        &self.ids
    }

    /// All ids are below this.
    pub fn bound(&self) -> usize {
        self.bound
    }

    /// How many distinct objects are asked for.
    pub fn distinct(&self) -> usize {
        self.distinct
    }

    /// Serves only the first requests from now on. What looks ahead still sees all, and shares are still those of all objects,
    /// so that the results are those of a run that was stopped there.
    pub fn stop_after(&mut self, requests: usize) {
        self.served = requests.min(self.ids.len());
    }

    /// Looks through all requests for their next uses, where that was not done yet: what the first cache whose policy looks
    /// ahead would otherwise cost.
    pub fn look_ahead(&mut self) {
        if self.future.is_none() {
            self.future = Some(Arc::new(Future::of(Arc::clone(&self.ids), self.bound)));
        }
    }

    /// An empty cache for these requests. The first one whose policy looks ahead costs a pass over all of them.
    pub fn cache(&mut self, run: Run, job: &Job) -> Result<Box<dyn Cache>, RunError> {
        Ok(build(run.policy, &self.setting(run, job)?)?)
    }

    /// Serves all requests.
    pub fn simulate(&mut self, run: Run, job: &Job, report: Report<'_>) -> Result<Outcome, RunError> {
        let mut cache = self.cache(run, job)?;
        let mut outcome = Outcome { run, requests: 0, hits: 0 };
        for chunk in self.ids[..self.served].chunks(CHUNK) {
            outcome.hits += cache.run(chunk);
            outcome.requests += chunk.len() as u64;
            proceed(report, outcome.requests as usize, Some(self.served))?;
        }
        Ok(outcome)
    }

    /// A policy's miss ratios at these capacities: for LRU without expiry exact in one pass, else simulated. Progress
    /// counts capacities.
    pub fn curve(
        &mut self,
        policy: &str,
        capacities: &[usize],
        job: &Job,
        report: Report<'_>,
    ) -> Result<Curve, RunError> {
        let policy = find(policy)?.about.id;
        let setting = self.setting(Run { policy, capacity: 1 }, job)?;
        let ids = &self.ids[..self.served];
        let of = Some(capacities.len() as u64);
        if policy == "lru" && job.expiry.is_none() {
            let mut reuses = Reuses::<Blocks>::new(self.bound);
            for (at, chunk) in ids.chunks(CHUNK).enumerate() {
                reuses.count(chunk);
                let share = (at + 1) * CHUNK * capacities.len() / ids.len();
                proceed(report, share.min(capacities.len()), Some(capacities.len()))?;
            }
            return Ok(reuses.finish().curve(capacities));
        }
        let on = &mut |done: usize| report(Progress { done: done as u64, of });
        Ok(curve::simulated(policy, &setting, ids, capacities, on)?)
    }

    fn setting(&mut self, run: Run, job: &Job) -> Result<Setting, RunError> {
        if find(run.policy)?.about.needs_future {
            self.look_ahead();
        }
        let future = self.future.clone();
        Ok(Setting { capacity: run.capacity, objects: self.bound, seed: job.seed, expiry: job.expiry, future })
    }
}

/// Counts the requests and the distinct objects of a trace, as the first of two passes.
pub fn count(input: impl Read, format: &Format, report: Report<'_>) -> Result<trace::Progress, RunError> {
    let on = &mut |progress: trace::Progress| report(Progress { done: progress.requests, of: None });
    let counted: Result<_, TraceError> = trace::read_chunks(input, format, on, &mut |_, _| Ok(()));
    counted.map_err(cancelled)
}

/// Serves a trace as it is read, all runs at once, so that only the caches are in memory.
pub fn stream(
    input: impl Read,
    format: &Format,
    runs: &[Run],
    job: &Job,
    report: Report<'_>,
) -> Result<Vec<Outcome>, RunError> {
    let empty = |run: &Run| {
        let setting = Setting { seed: job.seed, expiry: job.expiry, ..Setting::new(run.capacity, 0) };
        Ok((build(run.policy, &setting)?, Outcome { run: *run, requests: 0, hits: 0 }))
    };
    let mut caches = runs.iter().map(empty).collect::<Result<Vec<_>, RunError>>()?;
    let on = &mut |progress: trace::Progress| report(Progress { done: progress.requests, of: None });
    let serve = &mut |chunk: &[u32], objects: usize| {
        for (cache, outcome) in &mut caches {
            cache.grow(objects);
            outcome.hits += cache.run(chunk);
            outcome.requests += chunk.len() as u64;
        }
        Ok::<(), TraceError>(())
    };
    trace::read_chunks(input, format, on, serve).map_err(cancelled)?;
    Ok(caches.into_iter().map(|(_, outcome)| outcome).collect())
}

/// What came of one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Which.
    pub run: Run,
    /// Requests served.
    pub requests: u64,
    /// Those that were served from the cache.
    pub hits: u64,
}

impl Outcome {
    /// Requests that went to the database.
    pub fn misses(&self) -> u64 {
        self.requests - self.hits
    }

    /// Misses by requests, 0 to 1: also the share of the load that is left for the database.
    pub fn miss_ratio(&self) -> f64 {
        self.misses() as f64 / self.requests.max(1) as f64
    }

    /// Mean time of a request, h·c + (1 − h)·d.
    pub fn mean_latency(&self, latency: Latency) -> f64 {
        (1.0 - self.miss_ratio()) * latency.hit() + self.miss_ratio() * latency.miss()
    }
}

/// What an access costs, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Latency {
    /// A look into the cache.
    pub cache: f64,
    /// A read from the database.
    pub database: f64,
}

impl Default for Latency {
    /// A cache in the same data centre, half a millisecond away, and an indexed read of ten.
    fn default() -> Self {
        Self { cache: 0.5, database: 10.0 }
    }
}

impl Latency {
    /// Time of a hit: the c of h·c + (1 − h)·d.
    pub fn hit(self) -> f64 {
        self.cache
    }

    /// Time of a miss, the failed look into the cache included: the d of h·c + (1 − h)·d.
    pub fn miss(self) -> f64 {
        self.cache + self.database
    }
}

fn proceed(report: Report<'_>, done: usize, of: Option<usize>) -> Result<(), RunError> {
    match report(Progress { done: done as u64, of: of.map(|of| of as u64) }) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(RunError::Cancelled),
    }
}

/// One kind of cancellation for the caller, wherever it struck.
fn cancelled(error: TraceError) -> RunError {
    match error {
        TraceError::Cancelled => RunError::Cancelled,
        error => RunError::Trace(error),
    }
}
