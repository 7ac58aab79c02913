//! `sysdrill lab hash`.

use std::process::ExitCode;

use crate::cli::app;
use crate::cli::arguments::Global;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::placement::{Placement, read_keys};
use crate::tui::route::Route;

/// The options of `sim hash`.
pub(super) type Args = Placement;

pub(super) fn run(global: &Global, args: &Args) -> Result<ExitCode, Failure> {
    let options = args.options(Context::running(global)?.seed)?;
    // A file that cannot be read is named before the terminal is taken over.
    read_keys(&mut options.clone())?;
    app::run(global, Route::at("lab", format!("hash:{options}")))
}
