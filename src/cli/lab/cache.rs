//! `sysdrill lab cache`.

use std::process::ExitCode;

use crate::cli::app;
use crate::cli::arguments::Global;
use crate::cli::failure::Failure;
use crate::cli::sim::cache::{Costs, Requests};
use crate::sim::run::Capacity;
use crate::tui::route::Route;
use crate::tui::screens::labs::cache::{Setup, Source};

/// The options of `sim cache` that mean something on a screen.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Policies, between commas, at most four
    #[arg(long, value_name = "NAMES", value_delimiter = ',', default_value = "lru,arc")]
    policy: Vec<String>,
    /// Capacity in objects or in per cent of the distinct objects
    #[arg(long, value_name = "SIZE", default_value = "64")]
    capacity: Capacity,
    #[command(flatten)]
    requests: Requests,
    #[command(flatten)]
    costs: Costs,
}

pub(super) fn run(global: &Global, args: &Args) -> Result<ExitCode, Failure> {
    let setup = args.setup(global.seed);
    // Read back, so that what is wrong is said here and not in a toast.
    let text = setup.to_string();
    text.parse::<Setup>().map_err(|error| Failure::Cannot(format!("{error}.")))?;
    app::run(global, Route::at("lab", format!("cache:{text}")))
}

impl Args {
    fn setup(&self, seed: Option<u64>) -> Setup {
        let usual = Setup::default();
        let Requests { trace, format, column, workload, objects, requests, until } = &self.requests;
        let source = match (trace, usual.source) {
            (Some(path), _) => Source::Trace { path: path.clone(), format: format.clone(), column: column.clone() },
            (None, Source::Drawn { workload: load, objects: many, requests: count }) => Source::Drawn {
                workload: workload.unwrap_or(load),
                objects: objects.unwrap_or(many),
                requests: requests.unwrap_or(count),
            },
            (None, source) => source,
        };
        Setup {
            policies: self.policy.clone(),
            capacity: self.capacity,
            source,
            seed: seed.unwrap_or(usual.seed),
            expiry: self.costs.expiry(),
            latency: self.costs.latency(),
            until: until.unwrap_or(0),
        }
    }
}
