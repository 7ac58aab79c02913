//! `sysdrill sim strategy`.

use std::process::ExitCode;

use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::output::{Align, Output};
use crate::sim::strategy::{
    Protection, Report, Setup, Spread, Stampede, StampedeReport, Strategy, UnknownStrategy, run as run_strategy,
    stampede,
};

/// Arguments of `sim strategy`. Times are in milliseconds.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Strategies, between commas; `all` takes every one
    #[arg(long, value_name = "NAMES", value_delimiter = ',', default_value = "all", conflicts_with = "stampede")]
    strategy: Vec<String>,
    /// Let hot keys expire under many clients instead, once for each protection
    #[arg(long)]
    stampede: bool,
    /// Keys [default: 1000, hot ones in a stampede 1]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    keys: Option<u32>,
    /// Requests
    #[arg(long, value_name = "N", default_value_t = Setup::default().requests)]
    requests: u32,
    /// Time from one request to the next
    #[arg(long, value_name = "MS", default_value_t = Setup::default().interval, value_parser = time)]
    interval: f64,
    /// Share of requests that write, 0 to 1
    #[arg(long, value_name = "SHARE", default_value_t = Setup::default().writes, value_parser = share)]
    writes: f64,
    /// Lifetime of an entry [default: 5000, in a stampede 1000]
    #[arg(long, value_name = "MS", value_parser = time)]
    ttl: Option<f64>,
    /// Entries live for ever
    #[arg(long, conflicts_with_all = ["ttl", "stampede"])]
    no_ttl: bool,
    /// Time of an access to the cache
    #[arg(long, value_name = "MS", default_value_t = Setup::default().cache, value_parser = time)]
    cache_ms: f64,
    /// Time of a read from the database
    #[arg(long, value_name = "MS", default_value_t = Setup::default().read, value_parser = time)]
    read_ms: f64,
    /// Time of a write to the database
    #[arg(long, value_name = "MS", default_value_t = Setup::default().write, value_parser = time)]
    write_ms: f64,
    /// Write-behind: time from one flush to the next
    #[arg(long, value_name = "MS", default_value_t = Setup::default().flush, value_parser = time)]
    flush: f64,
    /// When the cache crashes
    #[arg(long, value_name = "MS", value_parser = time)]
    crash: Option<f64>,
    /// Somebody else writes to the database, once in this time
    #[arg(long, value_name = "MS", value_parser = time)]
    other_writer: Option<f64>,
    /// Stampede: clients
    #[arg(long, value_name = "N", default_value_t = Stampede::default().clients)]
    clients: u32,
    /// Stampede: a client's pause between an answer and its next request, on average
    #[arg(long, value_name = "MS", default_value_t = Stampede::default().pause, value_parser = time)]
    pause: f64,
    /// Stampede: time that the database takes for a load
    #[arg(long, value_name = "MS", default_value_t = Stampede::default().load, value_parser = time)]
    load_ms: f64,
    /// Stampede: loads that the database works on at a time
    #[arg(long, value_name = "N", default_value_t = Stampede::default().at_a_time, value_parser = clap::value_parser!(u32).range(1..))]
    at_a_time: u32,
    /// Stampede: when clients stop to ask
    #[arg(long, value_name = "MS", default_value_t = Stampede::default().duration, value_parser = time)]
    duration: f64,
    /// Print one JSON document
    #[arg(long)]
    pub(super) json: bool,
}

/// A time above zero that ends a run some day.
fn time(text: &str) -> Result<f64, String> {
    let time = text.parse().ok().filter(|time: &f64| (0.001..=1e9).contains(time));
    time.ok_or_else(|| "write a time in milliseconds, 0.001 to 1000000000".to_owned())
}

fn share(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|share| (0.0..=1.0).contains(share)).ok_or_else(|| "write a share from 0 to 1".to_owned())
}

pub(super) fn run(context: &Context, args: &Args, output: &mut Output) -> Result<ExitCode, Failure> {
    if args.stampede {
        print_stampedes(args, &args.stampede(context.seed), output)?;
        return Ok(ExitCode::SUCCESS);
    }
    let strategies = args.strategies()?;
    let setup = args.setup(context.seed);
    let run = |&strategy: &Strategy| (strategy, run_strategy(&Setup { strategy, ..setup.clone() }));
    print_reports(args, &strategies.iter().map(run).collect::<Vec<_>>(), output)?;
    Ok(ExitCode::SUCCESS)
}

impl Args {
    fn strategies(&self) -> Result<Vec<Strategy>, Failure> {
        if self.strategy == ["all"] {
            return Ok(Strategy::ALL.to_vec());
        }
        let read = |name: &String| name.parse().map_err(|error: UnknownStrategy| Failure::Cannot(error.to_string()));
        self.strategy.iter().map(read).collect()
    }

    fn setup(&self, seed: u64) -> Setup {
        let usual = Setup::default();
        Setup {
            keys: self.keys.unwrap_or(usual.keys),
            requests: self.requests,
            interval: self.interval,
            writes: self.writes,
            cache: self.cache_ms,
            read: self.read_ms,
            write: self.write_ms,
            ttl: if self.no_ttl { None } else { self.ttl.or(usual.ttl) },
            flush: self.flush,
            crash: self.crash,
            other_writer: self.other_writer,
            seed,
            ..usual
        }
    }

    fn stampede(&self, seed: u64) -> Vec<StampedeReport> {
        let usual = Stampede::default();
        let setup = Stampede {
            clients: self.clients,
            keys: self.keys.unwrap_or(usual.keys),
            pause: self.pause,
            ttl: self.ttl.unwrap_or(usual.ttl),
            load: self.load_ms,
            at_a_time: self.at_a_time,
            duration: self.duration,
            seed,
        };
        Protection::ALL.map(|protection| stampede(&setup, protection)).to_vec()
    }
}

#[derive(Serialize)]
struct Results<T> {
    results: Vec<T>,
}

#[derive(Serialize)]
struct Figures {
    strategy: &'static str,
    reads: u64,
    hits: u64,
    hit_ratio: f64,
    writes: u64,
    read_ms: Times,
    write_ms: Times,
    database_reads: u64,
    database_writes: u64,
    write_amplification: f64,
    stale_reads: u64,
    lost_writes: u64,
}

#[derive(Serialize)]
struct Herd {
    protection: &'static str,
    requests: u64,
    loads: u64,
    most_at_once: u64,
    latency_ms: Times,
}

#[derive(Serialize)]
struct Times {
    mean: f64,
    median: f64,
    p99: f64,
    longest: f64,
}

impl From<Spread> for Times {
    fn from(Spread { mean, median, p99, longest }: Spread) -> Self {
        Self { mean, median, p99, longest }
    }
}

impl Figures {
    fn of(strategy: Strategy, report: &Report) -> Self {
        Self {
            strategy: strategy.id(),
            reads: report.reads,
            hits: report.hits,
            hit_ratio: report.hit_ratio(),
            writes: report.writes,
            read_ms: report.read_latency.into(),
            write_ms: report.write_latency.into(),
            database_reads: report.database_reads,
            database_writes: report.database_writes,
            write_amplification: report.write_amplification(),
            stale_reads: report.stale_reads,
            lost_writes: report.lost_writes,
        }
    }
}

fn print_reports(args: &Args, reports: &[(Strategy, Report)], output: &mut Output) -> Result<(), Failure> {
    if args.json {
        let results = reports.iter().map(|(strategy, report)| Figures::of(*strategy, report)).collect();
        return Ok(output.json(&Results { results })?);
    }
    let columns = [
        ("strategy", Align::Left),
        ("hit ratio", Align::Right),
        ("mean read", Align::Right),
        ("p99 read", Align::Right),
        ("mean write", Align::Right),
        ("db reads", Align::Right),
        ("db writes", Align::Right),
        ("stale reads", Align::Right),
        ("lost writes", Align::Right),
    ];
    let row = |(strategy, report): &(Strategy, Report)| {
        vec![
            strategy.to_string(),
            format!("{:.1} %", report.hit_ratio() * 100.0),
            format!("{:.2} ms", report.read_latency.mean),
            format!("{:.1} ms", report.read_latency.p99),
            format!("{:.1} ms", report.write_latency.mean),
            report.database_reads.to_string(),
            report.database_writes.to_string(),
            report.stale_reads.to_string(),
            report.lost_writes.to_string(),
        ]
    };
    Ok(output.table(&columns, &reports.iter().map(row).collect::<Vec<_>>())?)
}

fn print_stampedes(args: &Args, reports: &[StampedeReport], output: &mut Output) -> Result<(), Failure> {
    if args.json {
        let herd = |report: &StampedeReport| Herd {
            protection: report.protection.id(),
            requests: report.requests,
            loads: report.loads,
            most_at_once: report.most_at_once,
            latency_ms: report.latency.into(),
        };
        return Ok(output.json(&Results { results: reports.iter().map(herd).collect() })?);
    }
    let columns = [
        ("protection", Align::Left),
        ("requests", Align::Right),
        ("loads", Align::Right),
        ("most at once", Align::Right),
        ("mean", Align::Right),
        ("longest", Align::Right),
    ];
    let row = |report: &StampedeReport| {
        vec![
            report.protection.to_string(),
            report.requests.to_string(),
            report.loads.to_string(),
            report.most_at_once.to_string(),
            format!("{:.1} ms", report.latency.mean),
            format!("{:.0} ms", report.latency.longest),
        ]
    };
    Ok(output.table(&columns, &reports.iter().map(row).collect::<Vec<_>>())?)
}
