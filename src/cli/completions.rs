//! `sysdrill completions SHELL`.

use std::process::ExitCode;

use clap_complete::Shell;

use super::failure::Failure;
use super::output::Output;

/// Arguments of `completions`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// bash, elvish, fish, powershell or zsh
    shell: Shell,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "sysdrill", &mut script);
    output.bytes(&script)?;
    Ok(ExitCode::SUCCESS)
}
