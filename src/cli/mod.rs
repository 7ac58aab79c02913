//! The command line: one file a subcommand.
//!
//! Everything that the app can compute is here too, so that it works in a script and in a test. With `--json` a
//! command prints exactly one JSON document on stdout, also when it fails. This room parses arguments, calls the
//! rooms above and prints; it computes nothing itself. Start reading at [`main`].

mod app;
mod arguments;
mod backup;
mod calc;
mod check;
mod completions;
mod context;
mod doctor;
mod export;
mod failure;
mod frame;
mod grade;
mod import;
mod input;
mod lab;
mod list;
mod man;
mod mock;
mod output;
mod placement;
mod plan;
mod queue;
mod read;
mod replay;
mod restore;
mod review;
mod scenario;
mod score;
mod show;
mod sim;
mod stats;
mod study;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use arguments::{Arguments, Command};
use context::Context;
use failure::Failure;
use output::Output;

use crate::tui::route::Route;

/// Runs the program with `arguments`, the first of which is its own name.
///
/// Exit codes: 0 done, 1 the answer is "no" or content has problems, 2 usage or environment, 128+n on a signal.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let json = arguments.iter().any(|argument| argument == "--json");
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return refuse_usage(&error, json),
    };
    let mut output = Output::stdout();
    output.colour(arguments.global.color, std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()));
    let done = run(&arguments, &mut output).and_then(|code| {
        output.flush()?;
        Ok(code)
    });
    done.unwrap_or_else(|failure| failure.report(&mut output, arguments.wants_json()))
}

/// Prints help or version, or says what is wrong with the arguments: as JSON where that was asked for.
fn refuse_usage(error: &clap::Error, json: bool) -> ExitCode {
    if json && error.use_stderr() {
        let message = error.to_string();
        let first = message.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
        return Failure::Cannot(first).report(&mut Output::stdout(), true);
    }
    // Nothing is left to be done for a reader that has gone.
    let _ = error.print();
    ExitCode::from(if error.use_stderr() { 2 } else { 0 })
}

/// The command line as `clap` knows it, for completions and the manual.
pub fn command() -> clap::Command {
    Arguments::command()
}

fn run(arguments: &Arguments, output: &mut Output) -> Result<ExitCode, Failure> {
    let still = || Context::still(&arguments.global);
    match &arguments.command {
        None => app::run(&arguments.global, Route::to("today")),
        Some(Command::Review(args)) => review::run(&arguments.global, args),
        Some(Command::Lab(args)) => lab::run(&arguments.global, args),
        Some(Command::Mock(args)) => mock::run(&arguments.global, args),
        Some(Command::Read(args)) => read::run(&arguments.global, args),
        Some(Command::Stats(args)) => stats::run(&still()?, args, output),
        Some(Command::Frame(args)) => frame::run(&arguments.global, args, output),
        Some(Command::Queue(args)) => queue::run(&still()?, args, output),
        Some(Command::Plan(args)) => plan::run(&still()?, args, output),
        Some(Command::Grade(args)) => grade::run(&still()?, args, output),
        Some(Command::Import(args)) => import::run(&still()?, args, output),
        Some(Command::Export(args)) => export::run(&still()?, args, output),
        Some(Command::Replay(args)) => replay::run(&still()?, args, output),
        Some(Command::Score(args)) => score::run(&still()?, args, output),
        Some(Command::Backup(args)) => backup::run(&still()?, args, output),
        Some(Command::Restore(args)) => restore::run(&still()?, args, output),
        Some(Command::Doctor(args)) => doctor::run(&still()?, args, output),
        Some(Command::Check(args)) => check::run(&still()?, args, output),
        Some(Command::Calc(args)) => calc::run(&still()?, args, output),
        Some(Command::Sim(args)) => sim::run(&still()?, args, output),
        Some(Command::List(args)) => list::run(&still()?, args, output),
        Some(Command::Show(args)) => show::run(&still()?, args, output),
        Some(Command::Completions(args)) => completions::run(args, output),
        Some(Command::Man(args)) => man::run(args, output),
    }
}
