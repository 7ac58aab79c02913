//! `sysdrill import`.

use std::fs::File;
use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;

use super::context::Context;
use super::failure::Failure;
use super::output::Output;
use super::study::Study;
use crate::exchange::log;
use crate::recall::Event;

/// Arguments of `import`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The file is a log that `export --log` wrote; its answers are merged with those that are here
    #[arg(long, required = true)]
    log: bool,
    /// The file to read
    file: PathBuf,
    /// Say what would happen and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Print one JSON document
    #[arg(long)]
    pub(super) json: bool,
}

/// What came of it, as scripts read it.
#[derive(Debug, Serialize)]
struct Document {
    imported: usize,
    updated: usize,
    skipped: usize,
    problems: [String; 0],
}

pub(super) fn run(context: &Context, args: &Args, output: &mut Output) -> Result<ExitCode, Failure> {
    let named = |error: String| Failure::Cannot(format!("{}: {error}", args.file.display()));
    let file = File::open(&args.file).map_err(|error| named(error.to_string()))?;
    let events = log::read(file).map_err(|error| named(error.to_string()))?;
    let mut store = Study::open(context)?.store;
    let imported =
        if args.dry_run { missing(&events, &store.events()?) } else { store.merge(context.now(), &events)? };
    let skipped = events.len() - imported;
    if args.json {
        output.json(&Document { imported, updated: 0, skipped, problems: [] })?;
    } else {
        let would = if args.dry_run { "would be new" } else { "new" };
        output.line(format!("{imported} events {would}, {skipped} here already"))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// How many events are not here yet, each counted once.
fn missing(events: &[Event], here: &[Event]) -> usize {
    let mut known: std::collections::HashSet<_> = here.iter().map(|event| event.id).collect();
    events.iter().filter(|event| known.insert(event.id)).count()
}
