//! `sysdrill export`.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::PathBuf;
use std::process::ExitCode;

use super::context::Context;
use super::failure::Failure;
use super::output::Output;
use super::study::Study;
use crate::exchange::log;

/// Arguments of `export`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Write the log of all answers as JSON lines, for `import --log` on another machine
    #[arg(long, required = true)]
    log: bool,
    /// The file to write; without one, standard output
    file: Option<PathBuf>,
}

pub(super) fn run(context: &Context, args: &Args, output: &mut Output) -> Result<ExitCode, Failure> {
    let events = Study::open(context)?.store.events()?;
    let Some(path) = &args.file else {
        let mut lines = Vec::new();
        log::write(&events, &mut lines)?;
        output.bytes(&lines)?;
        return Ok(ExitCode::SUCCESS);
    };
    replace(path, &events).map_err(|error| Failure::cannot(format!("{} cannot be written", path.display()), error))?;
    output.line(format!("{} events in {}", events.len(), path.display()))?;
    Ok(ExitCode::SUCCESS)
}

/// Writes beside the file and puts the whole in its place, so that a crash leaves the old one or the new one.
fn replace(path: &std::path::Path, events: &[crate::recall::Event]) -> io::Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    let part = PathBuf::from(name);
    let file = File::create(&part)?;
    log::write(events, BufWriter::new(&file))?;
    file.sync_all()?;
    std::fs::rename(&part, path)
}
