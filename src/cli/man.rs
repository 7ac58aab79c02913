//! `sysdrill man`.

use std::process::ExitCode;

use super::failure::Failure;
use super::output::Output;

/// Arguments of `man`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {}

/// Prints the manual of the program, then of each command, as roff.
pub(super) fn run(_args: &Args, output: &mut Output) -> Result<ExitCode, Failure> {
    let mut program = super::command();
    program.build();
    let mut page = Vec::new();
    clap_mangen::Man::new(program.clone()).render(&mut page)?;
    for command in program.get_subcommands().filter(|command| !command.is_hide_set()) {
        let name = format!("sysdrill-{}", command.get_name());
        clap_mangen::Man::new(command.clone().display_name(name)).render(&mut page)?;
    }
    output.bytes(&page)?;
    Ok(ExitCode::SUCCESS)
}
