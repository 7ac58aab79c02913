//! `sysdrill grade ID RATING`.

use std::process::ExitCode;

use serde::Serialize;

use super::context::Context;
use super::failure::Failure;
use super::output::Output;
use super::show;
use super::study::Study;
use crate::content::CardId;
use crate::recall::{Answer, Item, Mint, Rating, What};

/// Arguments of `grade`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A card's id, as `sysdrill queue` prints it
    id: String,
    /// 1 again, 2 hard, 3 good, 4 easy
    rating: Rating,
    /// Print one JSON document
    #[arg(long)]
    pub(super) json: bool,
}

/// What the grade granted, as scripts read it.
#[derive(Debug, Serialize)]
struct Granted {
    due: String,
    interval_days: f64,
    stability: f32,
    difficulty: f32,
}

/// When this returns, the review is on the disk.
pub(super) fn run(context: &Context, args: &Args, output: &mut Output) -> Result<ExitCode, Failure> {
    let mut study = Study::open(context)?;
    let id = CardId::new(&args.id);
    if study.library.card(&id).is_none() {
        return Err(Failure::No(show::unknown(&study.library, &args.id)));
    }
    let (scheduler, now, item) = (study.scheduler(), context.now(), Item::Card(id));
    let state = study.store.state()?.get(&item);
    let grant = *scheduler.grants(&item, &state, now).of(args.rating);
    let review = scheduler.review(&item, &state, now, args.rating, Answer::default());
    let mut mint = Mint::new(context.seed, "grade", study.store.newest());
    study.store.append(&mint.event(now, item, What::Review(review)))?;
    if args.json {
        output.json(&Granted {
            due: grant.due.to_string(),
            interval_days: grant.wait.days(),
            stability: grant.memory.stability,
            difficulty: grant.memory.difficulty,
        })?;
    } else {
        output.line(format!("{}: {}, due {} ({})", args.id, args.rating.name(), grant.due, grant.wait))?;
    }
    Ok(ExitCode::SUCCESS)
}
