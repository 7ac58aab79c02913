//! `sysdrill sim cache`.

use std::fs::File;
use std::io::{BufReader, IsTerminal, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::output::{Align, Output};
use crate::sim::cache::{Lifetime, POLICIES};
use crate::sim::curve::{Curve, capacities};
use crate::sim::run::{Capacity, Job, Latency, Load, Outcome, Progress, RunError, count, stream};
use crate::sim::trace::{Format, TraceError, UnknownFormat};
use crate::sim::workload::Workload;
use crate::time::Clock;

/// How many points a curve has.
const POINTS: usize = 24;

/// Arguments of `sim cache`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Policies, between commas; `all` takes every one (`sysdrill list policies`)
    #[arg(long, value_name = "NAMES", value_delimiter = ',', default_value = "lru")]
    policy: Vec<String>,
    /// Capacities in objects or in per cent of the distinct objects, between commas
    #[arg(long, value_name = "SIZES", value_delimiter = ',', default_value = "10%")]
    capacity: Vec<Capacity>,
    #[command(flatten)]
    requests: Requests,
    #[command(flatten)]
    costs: Costs,
    /// Read the trace as a stream, which may be larger than memory: without opt, curves and capacities in per cent
    #[arg(long, requires = "trace", conflicts_with_all = ["mrc", "until"])]
    stream: bool,
    /// Print miss ratios by capacity instead
    #[arg(long)]
    mrc: bool,
    /// Print comma-separated values
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// Print one JSON document
    #[arg(long)]
    pub(super) json: bool,
}

/// Where requests come from.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Requests {
    /// A recorded trace: text, CSV or oracleGeneral, each also with .zst; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "workload")]
    pub(in crate::cli) trace: Option<PathBuf>,
    /// The trace's format, where its name does not tell
    #[arg(long, requires = "trace")]
    pub(in crate::cli) format: Option<String>,
    /// The column that holds the key: its name, or its number in a table without a header
    #[arg(long, requires = "trace")]
    pub(in crate::cli) column: Option<String>,
    /// Drawn requests: zipf:1.0, uniform, loop:n, scan:period, shift:period or bursts [default: zipf:1.0]
    #[arg(long, value_name = "LOAD")]
    pub(in crate::cli) workload: Option<Workload>,
    /// Distinct objects of the workload [default: 10000, in the lab 1000]
    #[arg(long, value_name = "N")]
    pub(in crate::cli) objects: Option<u32>,
    /// Requests of the workload [default: 1000000, in the lab 50000]
    #[arg(long, value_name = "N")]
    pub(in crate::cli) requests: Option<usize>,
    /// Serve only the first N requests; opt still looks ahead over all
    #[arg(long, value_name = "N")]
    pub(in crate::cli) until: Option<usize>,
}

/// What entries and accesses cost.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(in crate::cli) struct Costs {
    /// Entries expire after so many requests
    #[arg(long, value_name = "N")]
    pub(in crate::cli) ttl: Option<u64>,
    /// … and up to so many more, drawn for each entry
    #[arg(long, value_name = "N", requires = "ttl", default_value_t = 0)]
    pub(in crate::cli) ttl_jitter: u64,
    /// Time of a look into the cache
    #[arg(long, value_name = "MS", default_value_t = Latency::default().cache, value_parser = milliseconds)]
    pub(in crate::cli) cache_ms: f64,
    /// Time of a read from the database
    #[arg(long, value_name = "MS", default_value_t = Latency::default().database, value_parser = milliseconds)]
    pub(in crate::cli) database_ms: f64,
}

/// A time that an answer can take: not negative, and under a day.
fn milliseconds(text: &str) -> Result<f64, String> {
    let time = text.parse().ok().filter(|time| (0.0..86_400_000.0).contains(time));
    time.ok_or_else(|| "give milliseconds from 0 to a day, such as 0.5".to_owned())
}

impl Costs {
    pub(in crate::cli) fn expiry(&self) -> Option<Lifetime> {
        self.ttl.map(|base| Lifetime { base, jitter: self.ttl_jitter })
    }

    pub(in crate::cli) fn latency(&self) -> Latency {
        Latency { cache: self.cache_ms, database: self.database_ms }
    }
}

/// The results, as scripts read them.
#[derive(Debug, Serialize)]
struct Results {
    requests: usize,
    /// Unknown of a stream that was read once.
    objects: Option<usize>,
    results: Vec<Figures>,
}

#[derive(Debug, Serialize)]
struct Figures {
    policy: &'static str,
    capacity: usize,
    hits: u64,
    misses: u64,
    miss_ratio: f64,
    mean_latency_ms: f64,
    requests_per_second: f64,
}

#[derive(Debug, Serialize)]
struct Curves {
    curves: Vec<Points>,
}

#[derive(Debug, Serialize)]
struct Points {
    policy: &'static str,
    points: Vec<(usize, f64)>,
}

pub(super) fn run(context: &Context, args: &Args, output: &mut Output) -> Result<ExitCode, Failure> {
    let mut meter = Meter::default();
    let job = Job {
        policies: args.policies(),
        capacities: args.capacity.clone(),
        seed: context.seed,
        expiry: args.costs.expiry(),
    };
    // An unknown policy is named before a long trace is read.
    job.needs_two_passes()?;
    if args.stream {
        let results = streamed(args, &job, &mut meter)?;
        print_results(args, &results, output)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut load = match args.requests.load(context.seed, &mut meter) {
        Err(Failed::TooLong) => {
            let results = streamed(args, &job, &mut meter)?;
            print_results(args, &results, output)?;
            return Ok(ExitCode::SUCCESS);
        }
        Err(Failed::Otherwise(failure)) => return Err(failure),
        Ok(load) => load,
    };
    if let Some(until) = args.requests.until {
        load.stop_after(until);
    }
    if args.mrc {
        let curves = curves(&mut load, &job, &mut meter)?;
        print_curves(args, &curves, output)?;
    } else {
        let results = results(args, &mut load, &job, &mut meter)?;
        print_results(args, &results, output)?;
    }
    Ok(ExitCode::SUCCESS)
}

impl Args {
    fn policies(&self) -> Vec<String> {
        if self.policy == ["all"] {
            return POLICIES.iter().map(|policy| policy.about.id.to_owned()).collect();
        }
        self.policy.clone()
    }
}

/// Why there is no load in memory.
enum Failed {
    /// The trace is larger than memory, and may be streamed.
    TooLong,
    Otherwise(Failure),
}

impl From<Failure> for Failed {
    fn from(failure: Failure) -> Self {
        Self::Otherwise(failure)
    }
}

impl Requests {
    fn load(&self, seed: u64, meter: &mut Meter) -> Result<Load, Failed> {
        let Some(path) = &self.trace else {
            let report = &mut |progress| meter.tell("drawing requests", progress);
            let workload = self.workload.unwrap_or(Workload::Zipf { alpha: 1.0 });
            let (objects, requests) = (self.objects.unwrap_or(10_000), self.requests.unwrap_or(1_000_000));
            return Load::draw(workload, objects, requests, seed, report)
                .map_err(|error| Failed::Otherwise(error.into()));
        };
        let report = &mut |progress| meter.tell("reading the trace", progress);
        Load::read(open(path)?, &self.format(path)?, report).map_err(|error| match error {
            RunError::Trace(TraceError::TooLong { .. }) if !is_pipe(path) => Failed::TooLong,
            error => Failed::Otherwise(Failure::cannot(path.display(), error)),
        })
    }

    fn format(&self, path: &Path) -> Result<Format, Failure> {
        let mut format = match &self.format {
            Some(format) => format.parse().map_err(|error: UnknownFormat| Failure::Cannot(error.to_string()))?,
            None => Format::of_file_name(&path.to_string_lossy()),
        };
        if let Some(Ok(column)) = self.column.as_deref().map(str::parse) {
            format = format.with_column(column);
        }
        Ok(format)
    }
}

fn is_pipe(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn open(path: &Path) -> Result<Box<dyn Read>, Failure> {
    if is_pipe(path) {
        return Ok(Box::new(std::io::stdin().lock()));
    }
    let file = File::open(path);
    let file = file.map_err(|error| Failure::cannot(format!("The trace {} cannot be read", path.display()), error))?;
    Ok(Box::new(BufReader::with_capacity(1 << 20, file)))
}

/// Serves the trace as it is read: all policies at once, so that they share the speed. What must be known beforehand takes a
/// pass of its own, which a pipe does not have.
fn streamed(args: &Args, job: &Job, meter: &mut Meter) -> Result<Results, Failure> {
    let Some(path) = &args.requests.trace else {
        return Err(Failure::Cannot("--stream needs a --trace".to_owned()));
    };
    let format = args.requests.format(path)?;
    let says = |error: RunError| Failure::cannot(path.display(), error);
    let mut distinct = 0;
    if job.capacities.iter().any(|capacity| capacity.needs_count()) {
        if is_pipe(path) {
            return Err(Failure::Cannot(
                "a capacity in per cent needs the number of distinct objects, and so a second pass over the trace, \
                 which a pipe does not give: give it in objects, or read a file"
                    .to_owned(),
            ));
        }
        let report = &mut |progress| meter.tell("counting objects", progress);
        distinct = count(open(path)?, &format, report).map_err(says)?.objects;
    }
    let runs = job.runs(distinct)?;
    let clock = Clock::system();
    let start = clock.now().awake;
    let report = &mut |progress| meter.tell("streaming", progress);
    let outcomes = stream(open(path)?, &format, &runs, job, report).map_err(says)?;
    let took = clock.now().awake.saturating_sub(start);
    let requests = outcomes.first().map_or(0, |outcome| outcome.requests as usize);
    let figures = outcomes.iter().map(|outcome| Figures::of(outcome, args.costs.latency(), took)).collect();
    Ok(Results { requests, objects: (distinct > 0).then_some(distinct), results: figures })
}

fn results(args: &Args, load: &mut Load, job: &Job, meter: &mut Meter) -> Result<Results, Failure> {
    let mut results = Vec::new();
    let clock = Clock::system();
    for run in job.runs(load.distinct())? {
        let start = clock.now().awake;
        let outcome = load.simulate(run, job, &mut |progress| meter.tell(run.policy, progress))?;
        let took = clock.now().awake.saturating_sub(start);
        results.push(Figures::of(&outcome, args.costs.latency(), took));
    }
    let requests = args.requests.until.map_or(load.ids().len(), |until| until.min(load.ids().len()));
    Ok(Results { requests, objects: Some(load.distinct()), results })
}

impl Figures {
    fn of(outcome: &Outcome, latency: Latency, took: Duration) -> Self {
        Self {
            policy: outcome.run.policy,
            capacity: outcome.run.capacity,
            hits: outcome.hits,
            misses: outcome.misses(),
            miss_ratio: outcome.miss_ratio(),
            mean_latency_ms: outcome.mean_latency(latency),
            requests_per_second: (outcome.requests as f64 / took.as_secs_f64().max(1e-9)).round(),
        }
    }
}

fn curves(load: &mut Load, job: &Job, meter: &mut Meter) -> Result<Vec<Curve>, Failure> {
    let sizes = capacities(load.distinct(), POINTS);
    let curve = |policy: &String| load.curve(policy, &sizes, job, &mut |progress| meter.tell(policy, progress));
    Ok(job.policies.iter().map(curve).collect::<Result<_, _>>()?)
}

fn print_results(args: &Args, results: &Results, output: &mut Output) -> Result<(), Failure> {
    if args.json {
        return Ok(output.json(results)?);
    }
    if args.csv {
        output.line("policy,capacity,hits,misses,miss_ratio,mean_latency_ms,requests_per_second")?;
        for one in &results.results {
            let Figures { policy, capacity, hits, misses, miss_ratio, mean_latency_ms, requests_per_second } = one;
            output.line(format!(
                "{policy},{capacity},{hits},{misses},{miss_ratio},{mean_latency_ms},{requests_per_second}"
            ))?;
        }
        return Ok(());
    }
    let objects = results.objects.map(|objects| format!(" for {objects} objects")).unwrap_or_default();
    output.line(format!("{} requests{objects}", results.requests))?;
    let best = |capacity| {
        let same = results.results.iter().filter(|one| one.capacity == capacity && one.policy != "opt");
        same.map(|one| one.misses).min()
    };
    let row = |one: &Figures| {
        let is_best = Some(one.misses) == best(one.capacity) && one.policy != "opt";
        vec![
            one.policy.to_owned(),
            one.capacity.to_string(),
            one.hits.to_string(),
            one.misses.to_string(),
            format!("{:.4}", one.miss_ratio),
            format!("{:.2} ms", one.mean_latency_ms),
            format!("{:.1} M/s", one.requests_per_second / 1e6),
            if is_best { "best".to_owned() } else { String::new() },
        ]
    };
    let columns = [
        ("policy", Align::Left),
        ("capacity", Align::Right),
        ("hits", Align::Right),
        ("misses", Align::Right),
        ("miss ratio", Align::Right),
        ("latency", Align::Right),
        ("speed", Align::Right),
        ("", Align::Left),
    ];
    Ok(output.table(&columns, &results.results.iter().map(row).collect::<Vec<_>>())?)
}

fn print_curves(args: &Args, curves: &[Curve], output: &mut Output) -> Result<(), Failure> {
    if args.json {
        let points = |curve: &Curve| curve.points.iter().map(|point| (point.capacity, point.miss_ratio)).collect();
        let curves = curves.iter().map(|curve| Points { policy: curve.policy, points: points(curve) }).collect();
        return Ok(output.json(&Curves { curves })?);
    }
    let separator = if args.csv { "," } else { "  " };
    let width = if args.csv { 0 } else { 10 };
    let heading: Vec<String> = curves.iter().map(|curve| format!("{:>width$}", curve.policy)).collect();
    output.line(format!("{:>width$}{separator}{}", "capacity", heading.join(separator)))?;
    for (at, point) in curves.first().map_or(&[][..], |curve| &curve.points).iter().enumerate() {
        let ratio = |curve: &Curve| format!("{:>width$.4}", curve.points[at].miss_ratio);
        let ratios: Vec<String> = curves.iter().map(ratio).collect();
        output.line(format!("{:>width$}{separator}{}", point.capacity, ratios.join(separator)))?;
    }
    Ok(())
}

/// Tells a person at a terminal how far a long run has come; never anything that a script would read.
struct Meter {
    clock: Clock,
    start: Duration,
    told: Duration,
}

impl Default for Meter {
    fn default() -> Self {
        let clock = Clock::system();
        let start = clock.now().awake;
        Self { clock, start, told: start }
    }
}

impl Meter {
    fn tell(&mut self, what: &str, progress: Progress) -> ControlFlow<()> {
        let now = self.clock.now().awake;
        let is_long = now.saturating_sub(self.start) > Duration::from_millis(500);
        if is_long && now.saturating_sub(self.told) > Duration::from_millis(200) && std::io::stderr().is_terminal() {
            self.told = now;
            let share = progress.of.map(|of| format!(" of {of}")).unwrap_or_default();
            eprint!("\r\x1b[K{what}: {}{share}", progress.done);
        }
        ControlFlow::Continue(())
    }
}

impl Drop for Meter {
    /// The line that was written over and over is taken back.
    fn drop(&mut self) {
        if self.told > self.start {
            eprint!("\r\x1b[K");
        }
    }
}

impl From<RunError> for Failure {
    fn from(error: RunError) -> Self {
        Self::Cannot(error.to_string())
    }
}
