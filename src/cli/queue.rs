//! `sysdrill queue`.

use std::process::ExitCode;

use serde::Serialize;

use super::context::Context;
use super::failure::Failure;
use super::output::{Align, Output};
use super::study::Study;

/// Arguments of `queue`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print one JSON document
    #[arg(long)]
    pub(super) json: bool,
}

/// One card that is to be asked, as scripts read it.
#[derive(Debug, Serialize)]
struct Entry {
    id: String,
    kind: &'static str,
    /// A day or a moment; none for a new card.
    due: Option<String>,
    state: &'static str,
}

pub(super) fn run(context: &Context, args: &Args, output: &mut Output) -> Result<ExitCode, Failure> {
    let study = Study::open(context)?;
    let queue = study.queue(context, &study.store.state()?, &[]);
    let entry = |queued: &crate::recall::Queued| {
        let card = study.library.card(&queued.card)?;
        let due = queued.state.due.map(|due| due.to_string());
        Some(Entry { id: card.id.to_string(), kind: card.kind.name(), due, state: queued.state.stage.name() })
    };
    let entries: Vec<Entry> = queue.cards.iter().filter_map(entry).collect();
    if args.json {
        output.json(&entries)?;
    } else if entries.is_empty() {
        output.line(
            "Nothing is due. New cards come tomorrow; `sysdrill review --cram` practises without rescheduling.",
        )?;
    } else {
        let columns = [("card", Align::Left), ("kind", Align::Left), ("state", Align::Left), ("due", Align::Left)];
        let row =
            |entry: Entry| vec![entry.id, entry.kind.to_owned(), entry.state.to_owned(), entry.due.unwrap_or_default()];
        output.table(&columns, &entries.into_iter().map(row).collect::<Vec<_>>())?;
    }
    Ok(ExitCode::SUCCESS)
}
