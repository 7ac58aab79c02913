//! What a lesson runs, and what it measures by name.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::sim::cache::Lifetime;
use crate::sim::placement::Trial;
use crate::sim::run::{Capacity, Job, Latency, Load, Outcome};
use crate::sim::strategy::{Protection, Report, Setup, Stampede, StampedeReport, Strategy, run, stampede};
use crate::sim::workload::Workload;

/// A run of one of the engines, checked as far as that is possible without running it.
#[derive(Clone, Debug, PartialEq)]
pub enum Experiment {
    /// Policies over a load.
    Cache(CacheRun),
    /// Caching strategies, each over the same set-up.
    Strategy(Vec<Strategy>, Setup),
    /// Protections against the same stampede.
    Stampede(Vec<Protection>, Stampede),
    /// Placement schemes on the same keys.
    Hash(Trial),
}

/// Policies at capacities over one load.
#[derive(Clone, Debug, PartialEq)]
pub struct CacheRun {
    /// What is run over it.
    pub job: Job,
    /// Where the requests come from.
    pub requests: CacheRequests,
}

/// Where the requests of a lesson come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CacheRequests {
    /// Keys as they are written.
    Keys(Vec<String>),
    /// Drawn, as a text that [`Workload`] parses.
    Drawn {
        /// The pattern.
        workload: String,
        /// Over so many objects.
        objects: u32,
        /// So many.
        requests: usize,
    },
}

/// What a run measured, by name: `lru.hit_ratio`, at another than the first capacity `lru@100.hit_ratio`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measures(BTreeMap<String, f64>);

impl Measures {
    /// A measure by name; an error tells which there are.
    pub fn get(&self, name: &str) -> Result<f64, String> {
        self.0.get(name).copied().ok_or_else(|| {
            let names: Vec<&str> = self.0.keys().map(String::as_str).collect();
            format!("nothing called `{name}` is measured: there are {}", names.join(", "))
        })
    }

    /// All measures, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, f64)> {
        self.0.iter().map(|(name, value)| (name.as_str(), *value))
    }

    fn add<const N: usize>(&mut self, subject: &str, values: [(&str, f64); N]) {
        self.0.extend(values.map(|(name, value)| (format!("{subject}.{name}"), value)));
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CacheTable {
    policies: Vec<String>,
    capacities: Vec<String>,
    keys: Option<String>,
    workload: Option<String>,
    objects: Option<u32>,
    requests: Option<usize>,
    #[serde(default)]
    seed: u64,
    ttl: Option<u64>,
    #[serde(default)]
    ttl_jitter: u64,
}

impl Experiment {
    /// Of the table `[setup]`, whose `lab` says which engine runs.
    pub(super) fn new(table: &toml::Table) -> Result<Self, String> {
        let mut rest = table.clone();
        let lab = rest.remove("lab");
        match lab.as_ref().and_then(toml::Value::as_str) {
            Some("cache") => read(rest).and_then(CacheRun::new).map(Self::Cache),
            Some("strategy") => {
                let names: Vec<String> = take(&mut rest, "strategies")?;
                let strategies: Result<Vec<Strategy>, _> = names.iter().map(|name| name.parse()).collect();
                let setup: Setup = read(rest)?;
                if setup.keys == 0 {
                    return Err("`keys` is at least 1".to_owned());
                }
                Ok(Self::Strategy(strategies.map_err(|error| error.to_string())?, setup))
            }
            Some("stampede") => {
                let setup: Stampede = read(rest)?;
                if setup.keys == 0 {
                    return Err("`keys` is at least 1".to_owned());
                }
                Ok(Self::Stampede(Protection::ALL.to_vec(), setup))
            }
            Some("hash") => read(rest).map(Self::Hash),
            _ => Err("`lab` says what runs: \"cache\", \"strategy\", \"stampede\" or \"hash\"".to_owned()),
        }
    }

    /// Runs it. A problem is a sentence.
    pub fn run(&self) -> Result<Measures, String> {
        let mut measures = Measures::default();
        match self {
            Self::Cache(cache) => cache.run(&mut measures)?,
            Self::Strategy(strategies, setup) => {
                for &strategy in strategies {
                    add_strategy(&mut measures, strategy, &run(&Setup { strategy, ..setup.clone() }));
                }
            }
            Self::Stampede(protections, setup) => {
                for &protection in protections {
                    add_stampede(&mut measures, &stampede(setup, protection));
                }
            }
            Self::Hash(trial) => add_trial(&mut measures, trial)?,
        }
        Ok(measures)
    }
}

impl CacheRun {
    fn new(table: CacheTable) -> Result<Self, String> {
        let capacities: Result<Vec<Capacity>, _> = table.capacities.iter().map(|text| text.parse()).collect();
        let requests = match (table.keys, table.workload) {
            (Some(keys), None) => CacheRequests::Keys(keys.split_whitespace().map(str::to_owned).collect()),
            (None, Some(workload)) => {
                workload.parse::<Workload>().map_err(|error| error.to_string())?;
                let missing = |name: &str| format!("a workload needs `{name}`");
                CacheRequests::Drawn {
                    workload,
                    objects: table.objects.ok_or_else(|| missing("objects"))?,
                    requests: table.requests.ok_or_else(|| missing("requests"))?,
                }
            }
            _ => return Err("requests come either from `keys` or from a `workload`".to_owned()),
        };
        let job = Job {
            policies: table.policies,
            capacities: capacities.map_err(|error| error.to_string())?,
            seed: table.seed,
            expiry: table.ttl.map(|base| Lifetime { base, jitter: table.ttl_jitter }),
        };
        job.runs(1).map_err(|error| error.to_string())?;
        Ok(Self { job, requests })
    }

    /// The load that it runs over.
    pub fn load(&self) -> Result<Load, String> {
        let on = &mut |_| ControlFlow::Continue(());
        match &self.requests {
            CacheRequests::Keys(keys) => {
                let format = "text".parse().map_err(|error: crate::sim::trace::UnknownFormat| error.to_string())?;
                Load::read(keys.join("\n").as_bytes(), &format, on)
            }
            CacheRequests::Drawn { workload, objects, requests } => {
                let workload: Workload =
                    workload.parse().map_err(|error: crate::sim::workload::WorkloadError| error.to_string())?;
                Load::draw(workload, *objects, *requests, self.job.seed, on)
            }
        }
        .map_err(|error| error.to_string())
    }

    fn run(&self, measures: &mut Measures) -> Result<(), String> {
        let mut load = self.load()?;
        let runs = self.job.runs(load.distinct()).map_err(|error| error.to_string())?;
        for (index, &run) in runs.iter().enumerate() {
            let on = &mut |_| ControlFlow::Continue(());
            let outcome = load.simulate(run, &self.job, on).map_err(|error| error.to_string())?;
            if index % self.job.capacities.len() == 0 {
                add_outcome(measures, run.policy, &outcome);
            }
            add_outcome(measures, &format!("{}@{}", run.policy, run.capacity), &outcome);
        }
        Ok(())
    }
}

fn add_outcome(measures: &mut Measures, subject: &str, outcome: &Outcome) {
    measures.add(
        subject,
        [
            ("hits", outcome.hits as f64),
            ("misses", outcome.misses() as f64),
            ("hit_ratio", 1.0 - outcome.miss_ratio()),
            ("miss_ratio", outcome.miss_ratio()),
            ("mean_latency", outcome.mean_latency(Latency::default())),
        ],
    );
}

fn add_strategy(measures: &mut Measures, strategy: Strategy, report: &Report) {
    measures.add(
        strategy.id(),
        [
            ("hit_ratio", report.hit_ratio()),
            ("mean_read", report.read_latency.mean),
            ("p99_read", report.read_latency.p99),
            ("mean_write", report.write_latency.mean),
            ("database_reads", report.database_reads as f64),
            ("database_writes", report.database_writes as f64),
            ("write_amplification", report.write_amplification()),
            ("stale_reads", report.stale_reads as f64),
            ("lost_writes", report.lost_writes as f64),
        ],
    );
}

/// By scheme; with another than the first number of virtual nodes `ring@100`.
fn add_trial(measures: &mut Measures, trial: &Trial) -> Result<(), String> {
    for (scheme, vnodes, measured) in trial.run().map_err(|error| error.to_string())? {
        for &value in &measured {
            if Some(&vnodes) == trial.vnodes.first() {
                measures.add(scheme, [value]);
            }
            measures.add(&format!("{scheme}@{vnodes}"), [value]);
        }
    }
    Ok(())
}

fn add_stampede(measures: &mut Measures, report: &StampedeReport) {
    measures.add(
        report.protection.id(),
        [
            ("requests", report.requests as f64),
            ("loads", report.loads as f64),
            ("most_at_once", report.most_at_once as f64),
            ("mean_latency", report.latency.mean),
            ("longest", report.latency.longest),
        ],
    );
}

fn read<T: DeserializeOwned>(table: toml::Table) -> Result<T, String> {
    T::deserialize(toml::Value::Table(table)).map_err(|error| error.message().to_owned())
}

/// Takes a required entry out of a table.
fn take<T: DeserializeOwned>(table: &mut toml::Table, key: &str) -> Result<T, String> {
    let value = table.remove(key).ok_or_else(|| format!("`{key}` is missing"))?;
    T::deserialize(value).map_err(|error| format!("`{key}`: {}", error.message()))
}
