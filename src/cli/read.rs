//! `sysdrill read PAGE`.

use std::process::ExitCode;

use super::app;
use super::arguments::Global;
use super::failure::Failure;
use crate::tui::route::Route;

/// Arguments of `read`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A topic, a section of one (topic#section), or any Markdown file
    page: String,
}

pub(super) fn run(global: &Global, args: &Args) -> Result<ExitCode, Failure> {
    app::run(global, Route::at("note", &args.page))
}
