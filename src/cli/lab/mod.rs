//! `sysdrill lab`: the app, opened at a lab, one file each.

mod cache;
mod hash;

use std::process::ExitCode;

use clap::Subcommand;

use super::arguments::Global;
use super::failure::Failure;

/// Arguments of `lab`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    lab: Lab,
}

#[derive(Debug, Subcommand)]
enum Lab {
    /// Eviction policies side by side, on the requests of `sim cache`
    Cache(cache::Args),
    /// Key placement: rings, slots and ranges; what moves when nodes come and go
    Hash(Box<hash::Args>),
}

pub(super) fn run(global: &Global, args: &Args) -> Result<ExitCode, Failure> {
    match &args.lab {
        Lab::Cache(args) => cache::run(global, args),
        Lab::Hash(args) => hash::run(global, args),
    }
}
