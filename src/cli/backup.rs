//! `sysdrill backup [FILE]`.

use std::path::PathBuf;
use std::process::ExitCode;

use super::context::Context;
use super::failure::Failure;
use super::output::Output;
use crate::store::Store;

/// Arguments of `backup`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Where to put the copy; it must not exist yet [default: among the rotated backups in the data directory]
    file: Option<PathBuf>,
}

/// The copy has been opened and read before this says that it is there.
pub(super) fn run(context: &Context, args: &Args, output: &mut Output) -> Result<ExitCode, Failure> {
    let store = Store::open(&context.paths.data, context.now())?;
    let path = match &args.file {
        Some(file) => {
            store.back_up_to(file)?;
            file.clone()
        }
        None => store.back_up(context.now())?.path,
    };
    output.line(format!("Backed up and read back: {}", path.display()))?;
    Ok(ExitCode::SUCCESS)
}
