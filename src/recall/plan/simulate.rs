//! Studying the days until an interview in advance, with a simulated learner.
//!
//! The learner's memory follows a model of its own, which the scheduler does not see: it only sees the answers. So a plan
//! can be judged by learners of whom it believes something wrong.

use std::collections::HashMap;
use std::time::Duration;

use crate::content::{Card, CardId, Tier};
use crate::recall::{
    Aim, Answer, Ask, Item, ItemState, Limits, Memory, Mint, Model, Pace, Queue, Queued, Rating, Scheduler, Stage,
    State, What,
};
use crate::rng::Stream;
use crate::time::{Now, StudyDay};

use super::FIRST_ANSWERS;

/// How a recalled answer is graded: hard, good or easy.
const PASSES: [(Rating, f64); 3] = [(Rating::Hard, 0.15), (Rating::Good, 0.75), (Rating::Easy, 0.1)];

/// Who studies.
#[derive(Debug)]
pub struct Learner {
    /// How their memory works in truth.
    pub model: Model,
    /// What decides each answer.
    pub chance: Stream,
}

/// What is studied, from when on and how.
#[derive(Clone, Copy, Debug)]
pub struct Trial<'a> {
    /// All cards in the library's order.
    pub cards: &'a [Card],
    /// What is known of them at the start.
    pub state: &'a State,
    /// Grants due dates; its rules should have no steps, since a day's answers to a card are simulated as one.
    pub scheduler: &'a Scheduler,
    /// The first day.
    pub now: Now,
    /// The day of the interview.
    pub interview: StudyDay,
    /// The time for each day from the first on.
    pub budgets: &'a [Duration],
    /// How long answers take.
    pub pace: Pace,
    /// Whether the days aim at the interview; otherwise what is due comes first and new cards fill what time is left.
    pub aims: bool,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// Each day from the first on.
    pub days: Vec<Day>,
    /// The mean chance of recall on the day of the interview over all cards that are not suspended; one never met
    /// counts 0.
    pub recall: f64,
    /// Cards that were never met.
    pub left_out: Vec<CardId>,
    /// Of each tier, how many cards were met and how many there are.
    pub tiers: Vec<(Tier, usize, usize)>,
}

/// One simulated day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// Cards met for the first time.
    pub new: u32,
    /// Learned cards that were asked.
    pub reviews: u32,
    /// The time it took.
    pub time: Duration,
}

/// Studies until the interview.
pub fn simulate(trial: Trial<'_>, learner: &mut Learner) -> Course {
    let mut run =
        Run { trial, state: trial.state.clone(), truth: HashMap::new(), mint: Mint::new(0, "simulation", None) };
    let first = trial.scheduler.today(trial.now);
    let left = usize::try_from(trial.interview.days_since(first)).unwrap_or(0);
    let days = trial.budgets.iter().take(left).enumerate();
    let days = days.map(|(ahead, &budget)| run.day(learner, ahead, budget)).collect();
    run.course(learner, days)
}

struct Run<'a> {
    trial: Trial<'a>,
    /// What the scheduler believes.
    state: State,
    /// How it is in truth, where it differs from what is believed at the start.
    truth: HashMap<CardId, (Memory, StudyDay)>,
    mint: Mint,
}

impl Run<'_> {
    fn day(&mut self, learner: &mut Learner, ahead: usize, budget: Duration) -> Day {
        let Trial { cards, scheduler, interview, pace, aims, now, .. } = self.trial;
        let now = Now { wall: now.wall.plus(Duration::from_secs(86_400) * ahead as u32), ..now };
        let today = scheduler.today(now);
        let aim = aims.then_some(Aim { interview, budget, pace, scheduler });
        let fitting = (budget.as_millis() / pace.new.as_millis().max(1)) as u32;
        let limits = Limits { new: fitting, reviews: u32::MAX, leech: u32::MAX };
        let queue = Queue::build(cards, &self.state, Ask { now: now.wall, today, limits, topics: &[], seed: 0, aim });
        let (new, learned): (Vec<Queued>, Vec<Queued>) =
            queue.cards.into_iter().partition(|queued| queued.state.stage == Stage::New);
        let mut day = Day::default();
        for queued in learned.iter().chain(&new) {
            let is_new = queued.state.memory.is_none();
            let cost = if is_new { pace.new } else { pace.review };
            if day.time + cost > budget {
                continue;
            }
            day.time += cost;
            day.new += u32::from(is_new);
            day.reviews += u32::from(!is_new);
            self.answer(learner, queued, now, today);
        }
        day
    }

    fn answer(&mut self, learner: &mut Learner, queued: &Queued, now: Now, today: StudyDay) {
        let known = self.truth.get(&queued.card).copied().or_else(|| believed(&queued.state));
        let (memory, days) = match known {
            Some((memory, last)) => (Some(memory), u32::try_from(today.days_since(last)).unwrap_or(0)),
            None => (None, 0),
        };
        let rating = match memory {
            None => pick(Rating::ALL.into_iter().zip(FIRST_ANSWERS), learner.chance.unit()),
            Some(memory) if learner.chance.unit() < learner.model.recall(memory, f64::from(days)) => {
                pick(PASSES, learner.chance.unit())
            }
            Some(_) => Rating::Again,
        };
        self.truth.insert(queued.card.clone(), (learner.model.after(memory, days, rating), today));
        let item = Item::Card(queued.card.clone());
        let review = self.trial.scheduler.review(&item, &queued.state, now, rating, Answer::default());
        let event = self.mint.event(now, item, What::Review(review));
        let mut state = queued.state;
        state.apply(&event, self.trial.scheduler.model());
        self.state.set(&event.item, state);
    }

    fn course(&self, learner: &Learner, days: Vec<Day>) -> Course {
        let (mut sum, mut count) = (0.0, 0_usize);
        let mut left_out = Vec::new();
        let mut tiers = Tier::ALL.map(|tier| (tier, 0, 0));
        for card in self.trial.cards {
            let state = self.state.card(&card.id);
            if state.suspended {
                continue;
            }
            count += 1;
            let known = self.truth.get(&card.id).copied().or_else(|| believed(state));
            let days_since = |last: StudyDay| f64::from(self.trial.interview.days_since(last));
            sum += known.map_or(0.0, |(memory, last)| learner.model.recall(memory, days_since(last)));
            if let Some(tier) = tiers.iter_mut().find(|(tier, ..)| *tier == card.tier) {
                tier.1 += usize::from(known.is_some());
                tier.2 += 1;
            }
            if known.is_none() {
                left_out.push(card.id.clone());
            }
        }
        Course { days, recall: sum / count.max(1) as f64, left_out, tiers: tiers.to_vec() }
    }
}

fn believed(state: &ItemState) -> Option<(Memory, StudyDay)> {
    Some((state.memory?, state.last?.day))
}

/// The rating in whose share of all a draw from 0 to 1 falls.
fn pick(shares: impl IntoIterator<Item = (Rating, f64)>, draw: f64) -> Rating {
    let mut sum = 0.0;
    let mut shares = shares.into_iter();
    shares
        .find(|(_, share)| {
            sum += share;
            draw < sum
        })
        .map_or(Rating::Easy, |(rating, _)| rating)
}
