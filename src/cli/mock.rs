//! `sysdrill mock [SCENARIO]`.

use std::process::ExitCode;

use super::app;
use super::arguments::Global;
use super::failure::Failure;
use crate::round::Level;
use crate::tui::route::Route;
use crate::tui::screens::rounds::Wanted;

/// Arguments of `mock`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A scenario's id, as `sysdrill list scenarios` prints it [default: choose in the app]
    scenario: Option<String>,
    /// The length of the round; the phases scale with it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=240))]
    minutes: Option<u32>,
    /// The level to be judged at
    #[arg(long, value_name = "LEVEL")]
    level: Option<Level>,
    /// The kind of round [default: the scenario's usual one]
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// No pause: the clock runs on whatever happens
    #[arg(long)]
    strict: bool,
    /// The scenario with its constraint turned round
    #[arg(long)]
    variant: bool,
    /// Go on with the round that was left
    #[arg(long, conflicts_with_all = ["minutes", "level", "kind", "strict", "variant", "interviewer"])]
    resume: bool,
    /// For two people: show prompts, hints, answers and the rubric to the one who interviews
    #[arg(long)]
    interviewer: bool,
}

pub(super) fn run(global: &Global, args: &Args) -> Result<ExitCode, Failure> {
    let wanted = Wanted {
        scenario: args.scenario.clone().unwrap_or_default(),
        kind: args.kind.clone(),
        minutes: args.minutes,
        level: args.level,
        is_strict: args.strict,
        is_variant: args.variant,
        resumes: args.resume,
        is_interviewer: args.interviewer,
    };
    // Without a scenario there is something to choose first.
    let start = if args.scenario.is_none() && !args.resume { Route::to("rounds") } else { Route::at("round", wanted) };
    app::run(global, start)
}
