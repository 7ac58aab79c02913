//! `sysdrill stats`.

use std::process::ExitCode;

use serde::Serialize;

use super::context::Context;
use super::failure::Failure;
use super::output::{Align, Output};
use super::study::Study;
use crate::content::TopicId;
use crate::recall::{Basis, History, Stats};
use crate::tui::screens::rounds::rounds_held;

/// Arguments of `stats`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print one JSON document
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) fn run(context: &Context, args: &Args, output: &mut Output) -> Result<ExitCode, Failure> {
    let study = Study::open(context)?;
    let (state, events, scheduler) = (study.store.state()?, study.store.events()?, study.scheduler());
    let basis = Basis {
        cards: study.library.cards(),
        state: &state,
        scheduler: &scheduler,
        now: context.now(),
        interview: study.profile.interview,
        new_a_day: study.profile.new_a_day,
    };
    let stats = basis.stats(&History::of(&events), &study.queue(context, &state, &[]));
    let rounds = rounds_held(&study.store);
    if args.json {
        output.json(&Document::of(&stats, rounds))?
    } else {
        print(&stats, rounds, output)?
    }
    Ok(ExitCode::SUCCESS)
}

/// The statistics, as scripts read them.
#[derive(Debug, Serialize)]
struct Document<'a> {
    reviews: usize,
    cards: Cards,
    retention: Retention,
    streak_days: u32,
    /// How many rounds were held to their end.
    rounds: usize,
    topics: Vec<Topic<'a>>,
}

#[derive(Debug, Serialize)]
struct Cards {
    total: usize,
    new: usize,
    learning: usize,
    review: usize,
    suspended: usize,
    due_today: usize,
}

#[derive(Debug, Serialize)]
struct Retention {
    desired: f64,
    actual: Option<f64>,
}

#[derive(Debug, Serialize)]
struct Topic<'a> {
    topic: &'a TopicId,
    readiness: f64,
    on_the_day: Option<f64>,
}

impl<'a> Document<'a> {
    fn of(stats: &'a Stats, rounds: usize) -> Self {
        let cards = &stats.cards;
        let topic = |topic: &'a crate::recall::Readiness| Topic {
            topic: &topic.topic,
            readiness: topic.readiness,
            on_the_day: topic.on_the_day,
        };
        Self {
            reviews: stats.reviews,
            cards: Cards {
                total: cards.total,
                new: cards.new,
                learning: cards.learning,
                review: cards.review,
                suspended: cards.suspended,
                due_today: cards.due_today,
            },
            retention: Retention { desired: stats.retention.desired, actual: stats.retention.actual },
            streak_days: stats.streak,
            rounds,
            topics: stats.topics.iter().map(topic).collect(),
        }
    }
}

fn print(stats: &Stats, rounds: usize, output: &mut Output) -> std::io::Result<()> {
    let cards = &stats.cards;
    let actual = stats.retention.actual.map_or_else(|| "none yet".to_owned(), percent);
    output.line(format!("reviews    {} ({} days in a row)", stats.reviews, stats.streak))?;
    output.line(format!(
        "cards      {}: {} new, {} learning, {} learned, {} suspended; {} due today",
        cards.total, cards.new, cards.learning, cards.review, cards.suspended, cards.due_today
    ))?;
    output.line(format!("rounds     {rounds}"))?;
    output.line(format!("retention  {actual}, {} desired", percent(stats.retention.desired)))?;
    output.line("")?;
    let row = |topic: &crate::recall::Readiness| {
        let then = topic.on_the_day.map(percent).unwrap_or_default();
        vec![topic.topic.to_string(), percent(topic.readiness), then, format!("{} of {}", topic.begun, topic.active)]
    };
    let columns =
        [("topic", Align::Left), ("ready", Align::Right), ("on the day", Align::Right), ("begun", Align::Right)];
    output.table(&columns, &stats.topics.iter().map(row).collect::<Vec<_>>())
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
