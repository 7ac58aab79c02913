//! `sysdrill plan`.

use std::process::ExitCode;
use std::time::Duration;

use serde::Serialize;

use super::context::Context;
use super::failure::Failure;
use super::output::{Align, Output};
use super::study::Study;
use crate::recall::{
    Aim, Counts, Course, Day, Learner, Queue, Rules, Scheduler, Stage, State, Trial, is_due, simulate,
};
use crate::rng;
use crate::time::StudyDay;

/// What lies beyond is not worth a forecast.
const MOST_DAYS: i32 = 365;

/// Arguments of `plan`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Aim at this day instead of the one in your profile [example: 2027-01-20]
    #[arg(long, value_name = "DATE")]
    pub(super) interview: Option<jiff::civil::Date>,
    /// So many minutes a day instead of those in your profile
    #[arg(long, value_name = "N")]
    pub(super) minutes: Option<u32>,
    /// Print one JSON document
    #[arg(long)]
    pub(super) json: bool,
}

/// The plan, as scripts read it.
#[derive(Debug, Serialize)]
struct Document {
    interview: String,
    days_left: i32,
    minutes_a_day: u32,
    today: Today,
    forecast: Forecast,
    tiers: Vec<Tier>,
    /// Cards that are not met before the day.
    left_out: Vec<String>,
    days: Vec<PlannedDay>,
}

#[derive(Debug, Serialize)]
struct Today {
    reviews: usize,
    /// How many of the reviews are not due yet.
    brought_forward: usize,
    learning: usize,
    new: usize,
    minutes: f64,
}

/// The mean chance of recall on the day, over all cards.
#[derive(Debug, Serialize)]
struct Forecast {
    recall: f64,
    fixed_retention: f64,
}

#[derive(Debug, Serialize)]
struct Tier {
    tier: &'static str,
    met: usize,
    cards: usize,
}

#[derive(Debug, Serialize)]
struct PlannedDay {
    day: String,
    new: u32,
    reviews: u32,
    minutes: f64,
}

pub(super) fn run(context: &Context, args: &Args, output: &mut Output) -> Result<ExitCode, Failure> {
    let mut study = Study::open(context)?;
    let today = context.now().study_day(study.profile.rollover_hour);
    if let Some(date) = args.interview {
        study.profile.interview = Some(StudyDay::from_date(date));
    }
    study.profile.minutes_a_day = args.minutes.unwrap_or(study.profile.minutes_a_day);
    let state = study.store.state()?;
    let scheduler = study.scheduler();
    let Some(aim) = study.profile.aim(today, study.store.pace(), &scheduler) else {
        return Err(Failure::Cannot(match study.profile.interview {
            Some(day) => format!("The interview was on {day}. Name the next one with --interview DATE"),
            None => {
                "There is no date to plan for. Set it in the app (today, profile) or with --interview DATE".to_owned()
            }
        }));
    };
    if aim.interview.days_since(today) > MOST_DAYS {
        return Err(Failure::Cannot(format!("A plan reaches at most {MOST_DAYS} days ahead")));
    }
    let queue = study.queue(context, &state, &[]);
    let [fixed, aimed] = [false, true].map(|aims| course(context, &study, &state, &aim, aims));
    let document = document(context, today, &aim, study.profile.minutes_a_day, &queue, &fixed, aimed);
    if args.json {
        output.json(&document)?
    } else {
        print(&document, output)?
    }
    Ok(ExitCode::SUCCESS)
}

/// The days until the interview, studied by a learner who is just as the memory model believes.
fn course(context: &Context, study: &Study, state: &State, aim: &Aim<'_>, aims: bool) -> Course {
    let rules = Rules { learning: Vec::new(), relearning: Vec::new(), ..study.profile.rules() };
    let scheduler = Scheduler::new(study.store.parameters(), rules);
    let mut learner =
        Learner { model: scheduler.model().clone(), chance: rng::stream(context.seed, "forecast of the plan") };
    let budgets = vec![aim.budget; MOST_DAYS as usize];
    let trial = Trial {
        cards: study.library.cards(),
        state,
        scheduler: &scheduler,
        now: context.now(),
        interview: aim.interview,
        budgets: &budgets,
        pace: aim.pace,
        aims,
    };
    simulate(trial, &mut learner)
}

fn document(
    context: &Context,
    today: StudyDay,
    aim: &Aim<'_>,
    minutes_a_day: u32,
    queue: &Queue,
    fixed: &Course,
    aimed: Course,
) -> Document {
    let Counts { new, learning, review } = queue.counts();
    let early =
        |state: &crate::recall::ItemState| state.stage == Stage::Review && !is_due(state, context.now().wall, today);
    let minutes = |time: Duration| (time.as_secs_f64() / 6.0).round() / 10.0;
    let day = |(ahead, day): (usize, &Day)| PlannedDay {
        day: today.plus(ahead as i32).to_string(),
        new: day.new,
        reviews: day.reviews,
        minutes: minutes(day.time),
    };
    Document {
        interview: aim.interview.to_string(),
        days_left: aim.interview.days_since(today),
        minutes_a_day,
        today: Today {
            reviews: review,
            brought_forward: queue.cards.iter().filter(|queued| early(&queued.state)).count(),
            learning,
            new,
            minutes: minutes(aim.pace.time_for(queue.counts())),
        },
        forecast: Forecast { recall: aimed.recall, fixed_retention: fixed.recall },
        tiers: aimed.tiers.iter().map(|&(tier, met, cards)| Tier { tier: tier.name(), met, cards }).collect(),
        days: aimed.days.iter().enumerate().map(day).collect(),
        left_out: aimed.left_out.iter().map(ToString::to_string).collect(),
    }
}

fn print(plan: &Document, output: &mut Output) -> std::io::Result<()> {
    let percent = |share: f64| format!("{:.0} %", 100.0 * share);
    let Today { reviews, brought_forward, learning, new, minutes } = &plan.today;
    let days = if plan.days_left == 1 { "1 day".to_owned() } else { format!("{} days", plan.days_left) };
    output.line(format!("interview   {}, in {days}, {} min a day", plan.interview, plan.minutes_a_day))?;
    output.line(format!(
        "today       {reviews} reviews ({brought_forward} brought forward), {learning} in steps, {new} new, about {minutes:.0} min"
    ))?;
    let [expected, alone] = [plan.forecast.recall, plan.forecast.fixed_retention].map(percent);
    output.line(if expected == alone {
        format!("on the day  {expected} expected over all cards, as by spaced repetition alone in the same minutes")
    } else {
        format!(
            "on the day  {expected} expected over all cards; {alone} by spaced repetition alone in the same minutes"
        )
    })?;
    let tiers = plan.tiers.iter().map(|tier| format!("{} {} of {}", tier.tier, tier.met, tier.cards));
    output.line(format!("met by then {}", tiers.collect::<Vec<_>>().join(", ")))?;
    output.line("")?;
    let columns = [("day", Align::Left), ("new", Align::Right), ("reviews", Align::Right), ("minutes", Align::Right)];
    let row = |day: &PlannedDay| {
        vec![day.day.clone(), day.new.to_string(), day.reviews.to_string(), format!("{:.1}", day.minutes)]
    };
    output.table(&columns, &plan.days.iter().map(row).collect::<Vec<_>>())
}
