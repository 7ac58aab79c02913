//! `sysdrill sim cache`.

use std::fs::File;
use std::io::{BufReader, IsTerminal};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::output::{Align, Output};
use crate::sim::cache::{Lifetime, POLICIES};
use crate::sim::curve::{Curve, capacities};
use crate::sim::run::{Capacity, Job, Latency, Load, Outcome, Progress, RunError};
use crate::sim::trace::{Column, Format};
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
    /// A recorded trace: text, CSV or oracleGeneral, each also with .zst; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "workload")]
    trace: Option<PathBuf>,
    /// The trace's format, where its name does not tell
    #[arg(long, requires = "trace")]
    format: Option<Format>,
    /// The column that holds the key: its name, or its number in a table without a header
    #[arg(long, requires = "trace")]
    column: Option<Column>,
    /// Drawn requests: zipf:1.0, uniform, loop:n, scan:period, shift:period or bursts
    #[arg(long, value_name = "LOAD", default_value = "zipf:1.0")]
    workload: Workload,
    /// Distinct objects of the workload
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    objects: u32,
    /// Requests of the workload
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    requests: usize,
    /// Entries expire after so many requests
    #[arg(long, value_name = "N")]
    ttl: Option<u64>,
    /// … and up to so many more, drawn for each entry
    #[arg(long, value_name = "N", requires = "ttl", default_value_t = 0)]
    ttl_jitter: u64,
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

/// The results, as scripts read them.
#[derive(Debug, Serialize)]
struct Results {
    requests: usize,
    objects: usize,
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
        expiry: args.ttl.map(|base| Lifetime { base, jitter: args.ttl_jitter }),
    };
    // An unknown policy is named before a long trace is read.
    job.needs_two_passes()?;
    let mut load = args.load(context.seed, &mut meter)?;
    if args.mrc {
        let curves = curves(&mut load, &job, &mut meter)?;
        print_curves(args, &curves, output)?;
    } else {
        let results = results(&mut load, &job, &mut meter)?;
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

    fn load(&self, seed: u64, meter: &mut Meter) -> Result<Load, Failure> {
        let Some(path) = &self.trace else {
            let report = &mut |progress| meter.tell("drawing requests", progress);
            return Ok(Load::draw(self.workload, self.objects, self.requests, seed, report)?);
        };
        let named = Format::of_file_name(&path.to_string_lossy());
        let mut format = self.format.clone().unwrap_or(named);
        if let Some(column) = &self.column {
            format = format.with_column(column.clone());
        }
        let report = &mut |progress| meter.tell("reading the trace", progress);
        let read = if path.as_os_str() == "-" {
            Load::read(std::io::stdin().lock(), &format, report)
        } else {
            let file = File::open(path);
            let file =
                file.map_err(|error| Failure::cannot(format!("The trace {} cannot be read", path.display()), error))?;
            Load::read(BufReader::with_capacity(1 << 20, file), &format, report)
        };
        read.map_err(|error| Failure::cannot(path.display(), error))
    }
}

fn results(load: &mut Load, job: &Job, meter: &mut Meter) -> Result<Results, Failure> {
    let mut results = Vec::new();
    let clock = Clock::system();
    for run in job.runs(load.distinct())? {
        let start = clock.now().awake;
        let outcome = load.simulate(run, job, &mut |progress| meter.tell(run.policy, progress))?;
        results.push(Figures::of(&outcome, clock.now().awake.saturating_sub(start)));
    }
    Ok(Results { requests: load.ids().len(), objects: load.distinct(), results })
}

impl Figures {
    fn of(outcome: &Outcome, took: Duration) -> Self {
        Self {
            policy: outcome.run.policy,
            capacity: outcome.run.capacity,
            hits: outcome.hits,
            misses: outcome.misses(),
            miss_ratio: outcome.miss_ratio(),
            mean_latency_ms: outcome.mean_latency(Latency::default()),
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
    output.line(format!("{} requests for {} objects", results.requests, results.objects))?;
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
