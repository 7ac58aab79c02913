//! `sysdrill replay EVENTS`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use serde::Serialize;

use super::context::Context;
use super::failure::Failure;
use super::input;
use super::output::Output;
use super::scenario;
use crate::content;
use crate::round::{Judged, Recording, Round, Rulebook, Score, Script, SelfScore, report};

/// Arguments of `replay`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A recorded round: the set-up on the first line, an event on each further one, as JSON
    events: PathBuf,
    /// Print one JSON document
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Serialize)]
struct Document<'a> {
    auto: &'a Score,
    independence: u8,
    report: &'a str,
}

/// The same events always give the same report.
pub(super) fn run(context: &Context, args: &Args, output: &mut Output) -> Result<ExitCode, Failure> {
    let text = input::read(&args.events, input::TEXT).map_err(|error| Failure::cannot(args.events.display(), error))?;
    let text = content::decode(text.as_bytes()).map_err(|error| Failure::cannot(args.events.display(), error))?;
    let recording = Recording::parse(&text).map_err(|error| Failure::cannot(args.events.display(), error))?;
    let library = context.library();
    let numbers = scenario::numbers(&library);
    let scenario = scenario::find(&library, &recording.setup.scenario, &numbers)?;
    let (rulebook, _) = Rulebook::read(library.files(""));
    let rubric = scenario::rubric(&rulebook, &scenario)?.clone();
    let kind = scenario::kind(&rulebook, &scenario, &recording.setup.kind)?.clone();
    let round = Round::replay(Arc::new(Script::new(scenario, kind, &rulebook)), &recording);
    let judged = Judged::of(&round, &rubric, &[], &numbers);
    let report = report(&round, &judged, &rubric, &SelfScore::default());
    if args.json {
        output.json(&Document { auto: &judged.auto, independence: judged.independence, report: &report })?;
    } else {
        output.text(content::clean(&report))?;
    }
    Ok(ExitCode::SUCCESS)
}
