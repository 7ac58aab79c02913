//! `sysdrill check [PATH…]`.

use std::path::PathBuf;
use std::process::ExitCode;

use super::context::Context;
use super::failure::Failure;
use super::output::Output;
use crate::check::{Report, check};
use crate::library::Library;

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Folders or files to check alone; their links may lead into all content [default: what is built in]
    paths: Vec<PathBuf>,
    /// Print one JSON document
    #[arg(long)]
    pub(super) json: bool,
}

/// Exits with 1 where there are problems.
pub(super) fn run(context: &Context, args: &Args, output: &mut Output) -> Result<ExitCode, Failure> {
    if let Some(missing) = args.paths.iter().find(|path| !path.exists()) {
        return Err(Failure::Cannot(format!("{}: there is no such file or folder", missing.display())));
    }
    let all = context.library();
    let report = if args.paths.is_empty() {
        check(all.corpus(), all.corpus())
    } else {
        let with_paths: Vec<PathBuf> = context.paths.content.iter().chain(&args.paths).cloned().collect();
        check(Library::without_built_in(&args.paths).corpus(), Library::open(&with_paths).corpus())
    };
    if args.json {
        output.json(&report)?;
    } else {
        print(&report, output)?;
    }
    Ok(if report.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn print(report: &Report, output: &mut Output) -> std::io::Result<()> {
    for problem in &report.problems {
        output.line(problem)?;
    }
    let counts = [
        (report.topics, "topic"),
        (report.notes, "note"),
        (report.cards, "card"),
        (report.scenarios.hld + report.scenarios.lld + report.scenarios.mini, "scenario"),
        (report.calculators, "calculator"),
        (report.drills, "drill"),
        (report.lessons, "lesson"),
    ];
    let counted: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|&(count, what)| plural(count, what)).collect();
    let checked = if counted.is_empty() { "nothing to check".to_owned() } else { counted.join(", ") };
    let verdict = match report.problems.len() {
        0 => "no problems".to_owned(),
        count => plural(count, "problem"),
    };
    output.line(format!("{checked}: {verdict}"))
}

fn plural(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
