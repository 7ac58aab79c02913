//! Why a command ended without doing its work, and with which exit code.

use std::io::Write;
use std::process::ExitCode;

use serde::Serialize;

use super::output::Output;
use crate::content::clean;

/// A command's end without success.
#[derive(Debug)]
pub(super) enum Failure {
    /// The answer is "no", or content has problems: exit 1.
    No(String),
    /// The arguments or the surroundings do not allow it: exit 2.
    Cannot(String),
    /// Whoever read the output went away; nothing is left to say: exit 141, as a shell reports SIGPIPE.
    ReaderGone,
}

#[derive(Serialize)]
struct Document<'a> {
    error: Message<'a>,
}

#[derive(Serialize)]
struct Message<'a> {
    message: &'a str,
}

impl Failure {
    /// The surroundings do not allow it: `what` failed because of `error`.
    pub(super) fn cannot(what: impl std::fmt::Display, error: impl std::fmt::Display) -> Self {
        Self::Cannot(format!("{what}: {error}"))
    }

    /// Says what happened: on stderr, or with `json` as the one document on stdout.
    pub(super) fn report(self, output: &mut Output, json: bool) -> ExitCode {
        let (message, code) = match self {
            Self::No(message) => (message, 1),
            Self::Cannot(message) => (message, 2),
            Self::ReaderGone => return ExitCode::from(141),
        };
        if json {
            // A reader that is gone does not want to hear of the failure either.
            let _ = output.json(&Document { error: Message { message: &message } });
        } else {
            // Where nobody listens on stderr either, the exit code says it.
            let _ = writeln!(std::io::stderr(), "sysdrill: {}", clean(&message));
        }
        ExitCode::from(code)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Self::ReaderGone,
            _ => Self::cannot("Writing the output failed", error),
        }
    }
}
