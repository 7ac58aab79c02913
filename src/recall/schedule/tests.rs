use proptest::prelude::*;
use rstest::rstest;
use serde::Deserialize;

use super::*;
use crate::content::CardId;
use crate::recall::{Mint, fold};
use crate::time::{Timestamp, ZoneOffset};

const MINUTE: i64 = 60_000;
const DAY: i64 = 86_400_000;

fn card() -> Item {
    Item::Card(CardId::new("caching/ttl"))
}

fn moment(wall: i64) -> Now {
    Now { wall: Timestamp(wall), awake: Duration::ZERO, boot: Duration::ZERO, offset: ZoneOffset(0) }
}

fn noon(day: i64) -> Now {
    moment(day * DAY + DAY / 2)
}

fn scheduler(rules: Rules) -> Scheduler {
    Scheduler::new(&Parameters::default(), rules)
}

fn without_steps() -> Rules {
    Rules { learning: vec![], relearning: vec![], longest: LONGEST_INTERVAL, fuzz: false, ..Rules::default() }
}

/// A card's life under a scheduler: reviews go through the log and the fold, as they do in a session.
struct Life {
    scheduler: Scheduler,
    mint: Mint,
    events: Vec<crate::recall::Event>,
    state: ItemState,
}

impl Life {
    fn new(rules: Rules) -> Self {
        let scheduler = scheduler(rules);
        Self { scheduler, mint: Mint::new(1, "test", None), events: Vec::new(), state: ItemState::default() }
    }

    fn answer(&mut self, now: Now, rating: Rating) -> Grant {
        let shown = *self.scheduler.grants(&card(), &self.state, now).of(rating);
        let review = self.scheduler.review(&card(), &self.state, now, rating, Answer::default());
        assert_eq!((review.due, review.after), (shown.due, shown.stage), "what is shown is what is granted");
        self.events.push(self.mint.event(now, card(), What::Review(review)));
        self.state = fold(&self.events).get(&card());
        assert_eq!(self.state.memory, Some(shown.memory), "the fold believes what the grant said");
        shown
    }

    fn answer_when_due(&mut self, rating: Rating) -> Grant {
        let now = match self.state.due {
            None => noon(20_000),
            Some(Due::At(at)) => moment(at.0),
            Some(Due::On(day)) => noon(i64::from(day.0)),
        };
        self.answer(now, rating)
    }
}

fn ratings(text: &str) -> Vec<Rating> {
    text.split(',').map(|rating| rating.parse().expect("a rating")).collect()
}

#[rstest]
#[case("3,3,3,1,3,4,2,3", "2 d, 11 d, 46 d, 3 d, 8 d, 28 d, 52 d, 100 d", without_steps())]
#[case("3,3,3,3", "<10 min, 2 d, 11 d, 46 d", Rules { fuzz: false, ..Rules::default() })]
#[case("2,1,3,3", "<6 min, <1 min, <10 min, 1 d", Rules { fuzz: false, ..Rules::default() })]
#[case("4,1,2,3", "8 d, <10 min, <15 min, 1 d", Rules { fuzz: false, ..Rules::default() })]
#[case("4,4,4", "8 d, 30 d, 30 d", Rules { fuzz: false, longest: 30, ..Rules::default() })]
fn answers_on_time_are_asked_again(#[case] answers: &str, #[case] waits: &str, #[case] rules: Rules) {
    let mut life = Life::new(rules);
    let shown: Vec<_> =
        ratings(answers).into_iter().map(|rating| life.answer_when_due(rating).wait.to_string()).collect();
    assert_eq!(shown.join(", "), waits);
}

#[derive(Deserialize)]
struct Vectors {
    retention: Retention,
    longest: u32,
    steps: bool,
    histories: Vec<Vec<Row>>,
}

/// Minute, rating, stage since, minutes until due, stability, difficulty.
type Row = (i64, Rating, String, f64, f32, f32);

/// The histories come from py-fsrs 6.3; `tests/recall/vectors.py` writes them.
#[test]
fn due_dates_and_memories_equal_those_of_py_fsrs() {
    let sets: Vec<Vectors> =
        serde_json::from_str(include_str!("../../../tests/recall/vectors.json")).expect("the vectors are JSON");
    let mut compared = 0;
    for Vectors { retention, longest, steps, histories } in sets {
        let mut rules = Rules { retention, longest, fuzz: false, ..Rules::default() };
        if !steps {
            rules = Rules { learning: vec![], relearning: vec![], ..rules };
        }
        for history in histories {
            let mut life = Life::new(rules.clone());
            for (minute, rating, stage, wait, stability, difficulty) in history {
                let grant = life.answer(moment(20_000 * DAY + DAY / 2 + minute * MINUTE), rating);
                assert_eq!(grant.stage.name(), stage.to_lowercase());
                assert!((grant.wait.days() - wait / 1440.0).abs() < 1e-9, "{:?}, not {wait} min", grant.wait);
                let near = |ours: f32, theirs: f32| (ours - theirs).abs() <= 1e-4 * theirs.abs().max(1.0);
                assert!(near(grant.memory.stability, stability), "{:?}, not {stability}", grant.memory);
                assert!(near(grant.memory.difficulty, difficulty), "{:?}, not {difficulty}", grant.memory);
                compared += 1;
            }
        }
    }
    assert!(compared > 400, "{compared}");
}

#[test]
fn a_topic_may_have_a_retention_of_its_own() {
    let strict = Retention::new(0.97).expect("a share");
    let by_topic = BTreeMap::from([(TopicId::new("caching"), strict)]);
    let rules = Rules { retention_by_topic: by_topic, ..without_steps() };
    let grants = scheduler(rules).grants(&card(), &ItemState::default(), noon(20_000));
    assert_eq!(grants.of(Rating::Easy).wait, Wait::Days(2));
    let elsewhere = Item::Card(CardId::new("queues/acks"));
    let grants = scheduler(without_steps()).grants(&elsewhere, &ItemState::default(), noon(20_000));
    assert_eq!(grants.of(Rating::Easy).wait, Wait::Days(8));
}

#[test]
fn a_new_retention_moves_granted_dates_only_when_asked() {
    let mut life = Life::new(without_steps());
    life.answer_when_due(Rating::Easy);
    assert_eq!(life.scheduler.reschedule(&card(), &life.state), None, "nothing changed");
    let relaxed = scheduler(Rules { retention: Retention::new(0.8).expect("a share"), ..without_steps() });
    let what = relaxed.reschedule(&card(), &life.state).expect("a later date");
    let event = life.mint.event(noon(20_001), card(), what);
    life.state.apply(&event, relaxed.model());
    assert_eq!(life.state.due, Some(Due::On(StudyDay(20_028))));
    assert_eq!(relaxed.reschedule(&card(), &life.state), None);
}

/// A history: the hours that pass before each answer, and its rating.
fn any_history() -> impl Strategy<Value = Vec<(i64, Rating)>> {
    let rating = (1_u8..=4).prop_map(|n| Rating::try_from(n).expect("1 to 4"));
    let gap = prop_oneof![0_i64..3, 0_i64..60 * 24, -30_i64..0, 0_i64..40_000 * 24];
    prop::collection::vec((gap, rating), 1..14)
}

fn any_rules() -> impl Strategy<Value = Rules> {
    let minutes = |count: u64| Duration::from_secs(60 * count);
    let steps = prop_oneof![Just(vec![]), Just(vec![minutes(10)]), Just(vec![minutes(1), minutes(10)])];
    (0.5_f64..=0.99, 0_u32..50_000, any::<bool>(), steps.clone(), steps).prop_map(
        |(retention, longest, fuzz, learning, relearning)| Rules {
            retention: Retention::new(retention).expect("within bounds"),
            longest,
            fuzz,
            learning,
            relearning,
            ..Rules::default()
        },
    )
}

/// A wait, in days.
fn waits(grants: &Grants) -> [f64; 4] {
    Rating::ALL.map(|rating| grants.of(rating).wait.days())
}

proptest! {
    #[test]
    fn hard_good_and_easy_come_in_order_and_never_beyond_the_longest(
        history in any_history(), rules in any_rules(),
    ) {
        let longest = f64::from(rules.longest());
        let mut life = Life::new(rules);
        let mut wall = noon(20_000).wall.0;
        for (hours, rating) in history {
            wall += hours * 3_600_000;
            let [_, hard, good, easy] = waits(&life.scheduler.grants(&card(), &life.state, moment(wall)));
            prop_assert!(hard <= good && good <= easy && easy <= longest, "{hard} {good} {easy} ≤ {longest}");
            let grant = life.answer(moment(wall), rating);
            prop_assert!(grant.wait.days() > 0.0);
            prop_assert!(grant.memory.stability.is_finite() && (1.0..=10.0).contains(&grant.memory.difficulty));
        }
    }

    #[test]
    fn a_pass_never_shortens_an_interval(history in any_history(), rules in any_rules()) {
        let mut life = Life::new(Rules { fuzz: false, ..rules });
        let mut wall = noon(20_000).wall.0;
        let mut granted = None;
        for (hours, rating) in history {
            wall += hours * 3_600_000;
            let was_learned = life.state.stage == Stage::Review;
            let grant = life.answer(moment(wall), rating);
            if let (true, true, Some(before)) = (rating.is_pass(), was_learned, granted) {
                prop_assert!(grant.wait.days() >= before, "{before} d, then {}", grant.wait);
            }
            granted = Some(grant.wait.days());
        }
    }

    #[test]
    fn the_moment_within_a_day_does_not_move_an_interval(reviews in 0_u32..50, hour in 4_i64..23) {
        let state = ItemState {
            stage: Stage::Review,
            memory: Some(Memory { stability: 40.0, difficulty: 5.0 }),
            last: Some(crate::recall::LastReview { at: noon(20_000).wall, day: StudyDay(20_000) }),
            reviews,
            ..ItemState::default()
        };
        let scheduler = scheduler(Rules::default());
        let at = |hour| waits(&scheduler.grants(&card(), &state, moment(20_040 * DAY + hour * 3_600_000)));
        prop_assert_eq!(at(hour)[1..].to_vec(), at(12)[1..].to_vec());
    }
}
