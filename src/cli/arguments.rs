//! The arguments that every command shares, and the registry of commands.

use std::path::PathBuf;

use clap::{ColorChoice, Parser, Subcommand};

use super::{
    backup, calc, check, completions, doctor, export, frame, grade, import, lab, list, man, mock, plan, queue, read,
    replay, restore, review, score, show, sim, stats,
};
use crate::time::Moment;

/// Train for system design interviews: notes, cards that come back when due, estimates with units,
/// simulators and timed rounds. Without a command it opens the app.
#[derive(Debug, Parser)]
#[command(name = "sysdrill", version, propagate_version = true, disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// Options of every command.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Options of every command")]
pub(super) struct Global {
    /// Where progress is kept [default: the platform's data directory]
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) data_dir: Option<PathBuf>,
    /// Content added to what is built in; an entry with the same id replaces the earlier one
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) content: Vec<PathBuf>,
    /// Start the clock here; the offset becomes the local zone [example: 2026-11-22T09:00:00+01:00]
    #[arg(long, global = true, value_name = "MOMENT")]
    pub(super) now: Option<Moment>,
    /// Replay all chance from this seed
    #[arg(long, global = true, value_name = "N")]
    pub(super) seed: Option<u64>,
    /// Colour: auto, always or never; NO_COLOR is respected
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: ColorChoice,
    /// Settings [default: config.toml in the platform's configuration directory]
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
}

/// The commands; each is a file of this room.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Print what there is
    List(list::Args),
    /// Print a note, a card or a scenario as text
    Show(show::Args),
    /// Open the review session
    Review(review::Args),
    /// Open a round: a timed mock interview
    Mock(mock::Args),
    /// Open a note or any Markdown file in the reader
    Read(read::Args),
    /// Evaluate estimates with units
    Calc(calc::Args),
    /// Open a lab
    Lab(lab::Args),
    /// Run a simulator without a screen
    Sim(sim::Args),
    /// Print what is due, in order
    Queue(queue::Args),
    /// Print what to study until the interview, and what comes of it
    Plan(plan::Args),
    /// Record one review of a card
    Grade(grade::Args),
    /// Print reviews, retention and readiness
    Stats(stats::Args),
    /// Score a written answer to a scenario
    Score(score::Args),
    /// Replay a recorded round and print its report
    Replay(replay::Args),
    /// Print a screen as it would be drawn after some keys
    Frame(frame::Args),
    /// Merge the progress of another machine into yours
    Import(import::Args),
    /// Write your progress for another machine or program
    Export(export::Args),
    /// Copy the store to a file and read the copy back
    Backup(backup::Args),
    /// Put a backup in the place of the store
    Restore(restore::Args),
    /// Print versions, paths, the store's health and the terminal's abilities
    Doctor(doctor::Args),
    /// Validate content; problems come as file:line:column
    Check(check::Args),
    /// Print completions for a shell
    Completions(completions::Args),
    /// Print the manual page
    Man(man::Args),
}

impl Arguments {
    /// Whether the command is to print one JSON document, also when it fails.
    pub(super) fn wants_json(&self) -> bool {
        match &self.command {
            Some(Command::Queue(args)) => args.json,
            Some(Command::Plan(args)) => args.json,
            Some(Command::Grade(args)) => args.json,
            Some(Command::Import(args)) => args.json,
            Some(Command::Calc(args)) => args.json,
            Some(Command::Check(args)) => args.json,
            Some(Command::Sim(args)) => args.wants_json(),
            Some(Command::Stats(args)) => args.json,
            Some(Command::List(args)) => args.json,
            Some(Command::Score(args)) => args.json,
            Some(Command::Replay(args)) => args.json,
            _ => false,
        }
    }
}
