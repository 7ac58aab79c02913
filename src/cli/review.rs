//! `sysdrill review [TOPIC…]`.

use std::process::ExitCode;

use super::app;
use super::arguments::Global;
use super::failure::Failure;
use crate::content::TopicId;
use crate::tui::route::Route;
use crate::tui::world::Plan;

/// Arguments of `review`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Only cards of these topics
    topics: Vec<String>,
    /// At most this many cards
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// This many new cards today instead of what the profile says
    #[arg(long, value_name = "N")]
    new: Option<u32>,
    /// All cards, due or not, without rescheduling any
    #[arg(long)]
    cram: bool,
}

pub(super) fn run(global: &Global, args: &Args) -> Result<ExitCode, Failure> {
    let plan = Plan {
        topics: args.topics.iter().map(TopicId::new).collect(),
        limit: args.limit,
        new: args.new,
        is_cram: args.cram,
    };
    app::run(global, Route::at("review", plan))
}
