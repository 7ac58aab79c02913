use super::*;
use crate::content::{CardId, CardKind, Place, Tier, TopicId};
use crate::recall::{LastReview, Memory, Model, Parameters, Rules, State};
use crate::rng;
use crate::time::{Now, Timestamp, ZoneOffset};

const TODAY: StudyDay = StudyDay(20_000);

fn now() -> Now {
    let wall = Timestamp(i64::from(TODAY.0) * 86_400_000 + 43_200_000);
    Now { wall, awake: Duration::ZERO, boot: Duration::ZERO, offset: ZoneOffset(0) }
}

fn scheduler() -> Scheduler {
    Scheduler::new(&Parameters::default(), Rules { learning: Vec::new(), relearning: Vec::new(), ..Rules::default() })
}

fn card(n: usize) -> Card {
    let topic = format!("topic-{}", n % 30);
    Card {
        id: CardId::new(format!("{topic}/{n}")),
        topic: TopicId::new(topic),
        tier: [Tier::Core, Tier::Plus, Tier::Deep][n / 30 % 3],
        front: "What?".to_owned(),
        kind: CardKind::Recall { back: "That.".to_owned() },
        why: String::new(),
        note: None,
        lesson: None,
        tags: Vec::new(),
        siblings: None,
        contrast: None,
        place: Place::default(),
    }
}

fn learned(stability: f32, ago: i32) -> ItemState {
    let last = LastReview { at: Timestamp(now().wall.0 - i64::from(ago) * 86_400_000), day: TODAY.plus(-ago) };
    ItemState { memory: Some(Memory { stability, difficulty: 5.0 }), last: Some(last), ..ItemState::default() }
}

fn aim(scheduler: &Scheduler, ahead: i32) -> Aim<'_> {
    let budget = Duration::from_secs(900);
    Aim { interview: TODAY.plus(ahead), budget, pace: Pace::default(), scheduler }
}

#[test]
fn what_fades_is_worth_more_than_what_lasts() {
    let scheduler = scheduler();
    let aim = aim(&scheduler, 14);
    let worth = |state: &ItemState| aim.worth(&card(0), state, TODAY);
    assert!(worth(&learned(3.0, 5)) > 3.0 * worth(&learned(100.0, 5)));
    assert!(worth(&ItemState::default()) > worth(&learned(100.0, 5)), "a new card adds most");
    assert!(aim.would_fade(&card(0), &learned(3.0, 1)));
    assert!(!aim.would_fade(&card(0), &learned(200.0, 1)));
    let comes_in_time = ItemState { due: Some(Due::On(TODAY.plus(3))), ..learned(3.0, 1) };
    assert!(!aim.would_fade(&card(0), &comes_in_time));
}

/// A learner whose memory is not the one that the scheduler believes in: better or worse at first and later on.
fn learner(seed: u64) -> Learner {
    let mut chance = rng::stream(seed, "learner");
    let mut weights = Parameters::default().weights().to_vec();
    for (place, weight) in weights.iter_mut().enumerate().take(17) {
        // The first four are stabilities after the first answer, which differ most between people.
        let spread = if place < 4 { 0.8 } else { 0.1 };
        *weight *= (spread * (2.0 * chance.unit() - 1.0)).exp() as f32;
    }
    weights[..4].sort_by(f32::total_cmp);
    let model: Model = Parameters::new(&weights).expect("21 weights").model();
    Learner { model, chance }
}

/// The mean recall on the day under plain fixed retention and under the plan, which has no second more on any day.
fn compare(weeks: i32, minutes: u64) -> (f64, f64) {
    let (cards, state, scheduler) = ((0..900).map(card).collect::<Vec<_>>(), State::default(), scheduler());
    let budgets = vec![Duration::from_secs(60 * minutes); 7 * weeks as usize];
    let (mut plain, mut planned) = (0.0, 0.0);
    const LEARNERS: u64 = 2;
    for seed in 0..LEARNERS {
        let interview = TODAY.plus(7 * weeks);
        let pace = Pace::default();
        let trial = Trial {
            cards: &cards,
            state: &state,
            scheduler: &scheduler,
            now: now(),
            interview,
            budgets: &budgets,
            pace,
            aims: false,
        };
        let fixed = simulate(trial, &mut learner(seed));
        let spent: Vec<Duration> = fixed.days.iter().map(|day| day.time).collect();
        let aimed = simulate(Trial { budgets: &spent, aims: true, ..trial }, &mut learner(seed));
        let total = |days: &[Day]| days.iter().map(|day| day.time).sum::<Duration>();
        assert!(total(&aimed.days) <= total(&fixed.days), "the plan takes no more time");
        let (with, without) = (aimed.recall, fixed.recall);
        assert!(with > without - 0.005, "{weeks} weeks, {minutes} minutes, learner {seed}: {with} {without}");
        plain += fixed.recall / LEARNERS as f64;
        planned += aimed.recall / LEARNERS as f64;
    }
    (plain, planned)
}

/// `cargo test --lib recall::plan -- --nocapture` prints the table of `docs/recall.md`.
#[test]
fn keeping_what_was_promised_the_plan_is_not_behind_fixed_retention_in_any_setting() {
    for weeks in [3, 6, 8] {
        for minutes in [10, 15] {
            let (plain, planned) = compare(weeks, minutes);
            println!("| {weeks} | {minutes} | {:.1} % | {:.1} % |", 100.0 * plain, 100.0 * planned);
        }
    }
}
