//! `sysdrill sim`: the simulators without a screen, one file each.

pub(super) mod cache;
pub(super) mod hash;
mod strategy;

use std::process::ExitCode;

use clap::Subcommand;

use super::context::Context;
use super::failure::Failure;
use super::output::Output;

/// Arguments of `sim`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    simulator: Simulator,
}

#[derive(Debug, Subcommand)]
enum Simulator {
    /// Run eviction policies over a trace or a workload
    Cache(cache::Args),
    /// Place keys on nodes, change the nodes, and count what moved
    Hash(Box<hash::Args>),
    /// Run caching strategies, a crash or a stampede
    Strategy(Box<strategy::Args>),
}

impl Args {
    pub(super) fn wants_json(&self) -> bool {
        match &self.simulator {
            Simulator::Cache(args) => args.json,
            Simulator::Hash(args) => args.json,
            Simulator::Strategy(args) => args.json,
        }
    }
}

pub(super) fn run(context: &Context, args: &Args, output: &mut Output) -> Result<ExitCode, Failure> {
    match &args.simulator {
        Simulator::Cache(args) => cache::run(context, args, output),
        Simulator::Hash(args) => hash::run(context, args, output),
        Simulator::Strategy(args) => strategy::run(context, args, output),
    }
}
