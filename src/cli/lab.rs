//! `sysdrill lab LAB`.

use std::process::ExitCode;

use clap::Subcommand;

use super::app;
use super::arguments::Global;
use super::context::Context;
use super::failure::Failure;
use super::placement::{Placement, read_keys};
use crate::tui::route::Route;

/// Arguments of `lab`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    lab: Lab,
}

#[derive(Debug, Subcommand)]
enum Lab {
    /// Key placement: rings, slots and ranges; what moves when nodes come and go
    Hash(Box<Placement>),
}

pub(super) fn run(global: &Global, args: &Args) -> Result<ExitCode, Failure> {
    let Lab::Hash(placement) = &args.lab;
    let options = placement.options(Context::running(global)?.seed)?;
    // A file that cannot be read is named before the terminal is taken over.
    read_keys(&mut options.clone())?;
    app::run(global, Route::at("lab", format!("hash:{options}")))
}
