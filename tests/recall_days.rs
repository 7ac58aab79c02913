//! Study days through a year of clocks: summer time, journeys, a clock that is set back.

use std::time::Duration;

use jiff::tz::TimeZone;
use rstest::rstest;
use sysdrill::content::CardId;
use sysdrill::recall::{
    Answer, Due, Event, Item, ItemState, Mint, Parameters, Rating, Rules, Scheduler, What, fold, is_due,
};
use sysdrill::time::{Now, StudyDay, Timestamp, ZoneOffset};

const HOUR: i64 = 3_600_000;

/// 2026-01-01T00:00:00Z.
const NEW_YEAR: Timestamp = Timestamp(1_767_225_600_000);

fn item() -> Item {
    Item::Card(CardId::new("a/1"))
}

fn now(at: Timestamp, offset: ZoneOffset) -> Now {
    Now { wall: at, awake: Duration::ZERO, boot: Duration::ZERO, offset }
}

/// What the clocks of a zone show, `hours` into 2026.
fn in_zone(zone: &TimeZone, hours: i64) -> Now {
    let at = Timestamp(NEW_YEAR.0 + hours * HOUR);
    let moment = jiff::Timestamp::from_millisecond(at.0).expect("a moment");
    now(at, ZoneOffset(zone.to_offset(moment).seconds()))
}

/// Someone who answers one card, with their log.
struct Learner {
    scheduler: Scheduler,
    mint: Mint,
    log: Vec<Event>,
}

impl Learner {
    fn new() -> Self {
        let scheduler = Scheduler::new(&Parameters::default(), Rules::default());
        Self { scheduler, mint: Mint::new(1, "test", None), log: Vec::new() }
    }

    fn state(&self) -> ItemState {
        fold(&self.log).get(&item())
    }

    fn answer(&mut self, now: Now, rating: Rating) -> StudyDay {
        let review = self.scheduler.review(&item(), &self.state(), now, rating, Answer::default());
        let day = review.day;
        self.log.push(self.mint.event(now, item(), What::Review(review)));
        day
    }

    /// The study days of all reviews, as the log has them.
    fn days(&self) -> Vec<StudyDay> {
        let day = |event: &Event| match &event.what {
            What::Review(review) => Some(review.day),
            _ => None,
        };
        self.log.iter().filter_map(day).collect()
    }
}

#[rstest]
#[case::berlin("CET-1CEST,M3.5.0,M10.5.0/3")]
#[case::new_york("EST5EDT,M3.2.0,M11.1.0")]
#[case::lord_howe_by_half_an_hour("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0")]
#[case::kathmandu_without("<+0545>-5:45")]
fn every_hour_of_a_year_belongs_to_one_study_day(#[case] zone: &str) {
    let zone = TimeZone::posix(zone).expect("a zone");
    let days: Vec<_> = (0..365 * 24).map(|hour| in_zone(&zone, hour).study_day(4)).collect();
    assert!(days.is_sorted(), "a day does not come back");
    let lengths: Vec<_> = days.chunk_by(|a, b| a == b).map(<[_]>::len).collect();
    let full = &lengths[1..lengths.len() - 1];
    assert!(full.iter().all(|hours| (23..=25).contains(hours)), "{full:?}");
    assert_eq!(days.last().map(|day| day.days_since(days[0])), Some(lengths.len() as i32 - 1), "no day is left out");
}

#[test]
fn a_review_an_evening_through_summer_time_is_one_study_day_each() {
    let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").expect("a zone");
    let mut learner = Learner::new();
    for day in 0..365 {
        // Half past midnight: still the evening before.
        let before = learner.state();
        let today = learner.answer(in_zone(&zone, day * 24 + 23), Rating::Good);
        if day > 0 {
            assert_eq!(before.days_since_review(today), 1, "day {day}");
        }
    }
    let days = learner.days();
    assert!(days.windows(2).all(|pair| pair[1].days_since(pair[0]) == 1), "{days:?}");
}

#[test]
fn a_journey_moves_no_past_day_and_counts_none_twice() {
    let (tokyo, los_angeles) = (ZoneOffset(9 * 3600), ZoneOffset(-8 * 3600));
    let mut learner = Learner::new();
    let morning_in_tokyo = Timestamp(NEW_YEAR.0 + 24 * HOUR);
    let first = learner.answer(now(morning_in_tokyo, tokyo), Rating::Easy);
    let log = learner.log.clone();
    let landed = now(Timestamp(morning_in_tokyo.0 + 10 * HOUR), los_angeles);
    assert_eq!(landed.study_day(4), first.plus(-1), "the calendar says yesterday");
    assert_eq!(learner.state().days_since_review(landed.study_day(4)), 0);
    assert!(!is_due(&learner.state(), landed.wall, landed.study_day(4)), "a journey makes nothing due");
    learner.answer(landed, Rating::Good);
    assert_eq!(learner.log[0], log[0]);
    assert_eq!(learner.days(), [first, first.plus(-1)]);
    let Some(Due::On(due)) = learner.state().due else { panic!("{:?}", learner.state()) };
    assert!(due > landed.study_day(4));
}

#[test]
fn a_clock_set_back_ten_years_keeps_order_ids_and_intervals_in_shape() {
    let utc = ZoneOffset(0);
    let mut learner = Learner::new();
    let today = now(NEW_YEAR, utc);
    learner.answer(today, Rating::Easy);
    let ten_years_ago = now(Timestamp(NEW_YEAR.0 - 3652 * 24 * HOUR), utc);
    assert!(learner.mint.behind(ten_years_ago).is_some(), "it can be said");
    assert!(is_due(&learner.state(), ten_years_ago.wall, ten_years_ago.study_day(4)), "nothing is out of reach");
    for rating in [Rating::Good, Rating::Again, Rating::Good] {
        let before = learner.state();
        let then = learner.answer(ten_years_ago, rating);
        assert_eq!(then, ten_years_ago.study_day(4));
        assert_eq!(learner.state().reviews, before.reviews + 1, "it counts, and as the newest");
        let due = learner.state().due.expect("a date");
        assert!(matches!(due, Due::On(day) if day > then) || matches!(due, Due::At(at) if at > ten_years_ago.wall));
    }
    assert!(learner.log.is_sorted_by(|a, b| a.position() < b.position()));
    learner.answer(today, Rating::Good);
    assert!(learner.log.is_sorted_by(|a, b| a.position() < b.position() && a.id != b.id));
}
