//! `sysdrill doctor`.

use std::io::IsTerminal;
use std::process::ExitCode;

use super::context::{self, Context};
use super::failure::Failure;
use super::output::Output;
use crate::store::Store;

/// Arguments of `doctor`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {}

/// Prints what a bug report needs. Exits with 1 where something is wrong.
pub(super) fn run(context: &Context, _args: &Args, output: &mut Output) -> Result<ExitCode, Failure> {
    let paths = &context.paths;
    output.line(format!("sysdrill     {}", env!("CARGO_PKG_VERSION")))?;
    output.line(format!("sqlite       {}", Store::sqlite_version()))?;
    output.line(format!("data         {}", paths.data.display()))?;
    output.line(format!("settings     {}{}", paths.config.display(), absent(paths.config.exists())))?;
    let own = context::own_content(&paths.data);
    output.line(format!("own content  {}{}", own.display(), absent(own.exists())))?;
    let healthy = print_store(context, output)?;
    let library = context.library();
    output.line(format!("content      {} topics, {} cards", library.content().topics.len(), library.cards().len()))?;
    for problem in library.problems() {
        output.line(format!("             {problem}"))?;
    }
    print_terminal(output)?;
    Ok(if healthy && library.problems().is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn print_store(context: &Context, output: &mut Output) -> Result<bool, Failure> {
    let checked = Store::open(&context.paths.data, context.now()).and_then(|mut store| {
        let events = store.check()?;
        Ok((events, store.backups()?, store.obstacle().map(ToString::to_string)))
    });
    match checked {
        Ok((events, backups, obstacle)) => {
            output.line(format!("store        sound, {events} events"))?;
            let newest = backups.first().map(|backup| format!(", newest {}", backup.at)).unwrap_or_default();
            output.line(format!("backups      {}{newest}", backups.len()))?;
            if let Some(obstacle) = &obstacle {
                output.line(format!("             read-only: {obstacle}"))?;
            }
            Ok(obstacle.is_none())
        }
        Err(error) => {
            output.line(format!("store        {error}"))?;
            Ok(false)
        }
    }
}

fn print_terminal(output: &mut Output) -> Result<(), Failure> {
    let value = |name: &str| std::env::var_os(name).map_or_else(|| "unset".to_owned(), |value| format!("{value:?}"));
    let yes = |is: bool| if is { "a terminal" } else { "not a terminal" };
    output.line(format!("stdin        {}", yes(std::io::stdin().is_terminal())))?;
    output.line(format!("stdout       {}", yes(std::io::stdout().is_terminal())))?;
    for name in ["TERM", "COLORTERM", "NO_COLOR", "LANG", "LC_ALL", "EDITOR", "VISUAL"] {
        output.line(format!("{name:<12} {}", value(name)))?;
    }
    Ok(())
}

fn absent(exists: bool) -> &'static str {
    if exists { "" } else { " (none yet)" }
}
