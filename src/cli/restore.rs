//! `sysdrill restore FILE`.

use std::path::PathBuf;
use std::process::ExitCode;

use super::context::Context;
use super::failure::Failure;
use super::output::Output;
use crate::store::Store;

/// Arguments of `restore`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A backup; it is checked before anything is replaced, and what it replaces is set aside
    file: PathBuf,
}

pub(super) fn run(context: &Context, args: &Args, output: &mut Output) -> Result<ExitCode, Failure> {
    let restored = Store::restore(&context.paths.data, &args.file, context.now())?;
    output.line(format!("Restored {} events from {}", restored.events, args.file.display()))?;
    if let Some(aside) = &restored.set_aside {
        output.line(format!("What was there before is kept as {}", aside.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}
