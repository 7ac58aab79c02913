use std::collections::HashSet;

use proptest::prelude::*;

use super::*;
use crate::content::{CardKind, Place};
use crate::recall::{Cause, LastReview, Memory, Parameters, Rules, Scheduler};

const TODAY: StudyDay = StudyDay(20_000);
const NOW: Timestamp = Timestamp(20_000 * 86_400_000 + 43_200_000);

fn card(id: &str, tier: Tier, siblings: Option<&str>) -> Card {
    Card {
        id: CardId::new(id),
        topic: TopicId::new(id.split('/').next().expect("a topic")),
        tier,
        front: "What?".to_owned(),
        kind: CardKind::Recall { back: "That.".to_owned() },
        why: String::new(),
        note: None,
        lesson: None,
        tags: Vec::new(),
        siblings: siblings.map(str::to_owned),
        contrast: None,
        place: Place::default(),
    }
}

/// Learned, last answered `interval` days before it is due, and due `late` days ago.
fn due(interval: i32, late: i32) -> ItemState {
    let day = TODAY.plus(-late - interval);
    ItemState {
        stage: Stage::Review,
        due: Some(Due::On(TODAY.plus(-late))),
        memory: Some(Memory { stability: 5.0, difficulty: 5.0 }),
        last: Some(LastReview { at: Timestamp(0), day }),
        introduced: Some(day),
        reviews: 2,
        ..ItemState::default()
    }
}

fn in_steps(minutes: i64) -> ItemState {
    let at = Timestamp(NOW.0 + minutes * 60_000);
    ItemState { stage: Stage::Learning { step: 0 }, due: Some(Due::At(at)), ..due(1, 0) }
}

fn ask() -> Ask<'static> {
    Ask { now: NOW, today: TODAY, limits: Limits::default(), topics: &[], seed: 1, aim: None }
}

/// A library of core cards with the states of some of them.
fn library(cards: &[(&str, ItemState)]) -> (Vec<Card>, State) {
    let mut state = State::default();
    for (id, known) in cards {
        state.set_card(id, *known);
    }
    (cards.iter().map(|(id, _)| card(id, Tier::Core, None)).collect(), state)
}

fn ids(queue: &Queue) -> String {
    queue.cards.iter().map(|queued| queued.card.as_str()).collect::<Vec<_>>().join(" ")
}

fn check(cards: &[(&str, ItemState)], ask: Ask<'_>, expected: &str) {
    let (cards, state) = library(cards);
    assert_eq!(ids(&Queue::build(&cards, &state, ask)), expected);
}

#[test]
fn what_waits_longest_beyond_its_interval_comes_first() {
    let cards =
        [("a/late-long", due(100, 10)), ("a/late-short", due(2, 4)), ("a/today", due(9, 0)), ("a/not", due(9, -1))];
    check(&cards, ask(), "a/late-short a/late-long a/today");
}

#[test]
fn topics_are_interleaved() {
    let cards = [("a/1", due(1, 9)), ("a/2", due(1, 8)), ("a/3", due(1, 7)), ("b/1", due(1, 6)), ("c/1", due(1, 5))];
    check(&cards, ask(), "a/1 b/1 a/2 c/1 a/3");
}

#[test]
fn learning_cards_come_by_their_minute_and_those_that_wait_come_last() {
    let cards =
        [("a/later", in_steps(5)), ("a/second", in_steps(-1)), ("a/review", due(1, 0)), ("a/first", in_steps(-9))];
    check(&cards, ask(), "a/first a/second a/review a/later");
}

#[test]
fn suspended_buried_and_leeches_are_left_out() {
    let suspended = ItemState { suspended: true, ..due(1, 1) };
    let buried = |day| ItemState { buried: Some(day), ..due(1, 1) };
    let leech = ItemState { lapses_in_a_row: 5, ..due(1, 1) };
    let cards = [("a/s", suspended), ("a/b", buried(TODAY)), ("a/y", buried(TODAY.plus(-1))), ("a/l", leech)];
    check(&cards, ask(), "a/y");
    let (cards, state) = library(&cards);
    assert_eq!(Queue::build(&cards, &state, ask()).leeches, [CardId::new("a/l")]);
}

#[test]
fn limits_count_what_was_answered_today() {
    let answered = ItemState { reviewed: Some(TODAY), ..due(5, -3) };
    let introduced = ItemState { introduced: Some(TODAY), ..due(5, -3) };
    let new = ItemState::default();
    let cards = [
        ("a/done", answered),
        ("a/begun", introduced),
        ("a/1", due(1, 2)),
        ("a/2", due(1, 1)),
        ("b/1", new),
        ("b/2", new),
    ];
    check(&cards, Ask { limits: Limits { reviews: 2, new: 2, leech: 5 }, ..ask() }, "a/1 b/1");
    check(&cards, Ask { limits: Limits { reviews: 1, new: 1, leech: 5 }, ..ask() }, "");
}

#[test]
fn a_topic_on_its_own_leaves_the_others_out() {
    let cards = [("a/1", due(1, 2)), ("b/1", due(1, 1)), ("b/2", ItemState::default())];
    check(&cards, Ask { topics: &[TopicId::new("b")], ..ask() }, "b/1 b/2");
}

#[test]
fn new_cards_come_core_first_and_the_topics_in_turn() {
    let cards = [
        card("a/1", Tier::Plus, None),
        card("a/2", Tier::Core, None),
        card("a/3", Tier::Core, None),
        card("b/1", Tier::Deep, None),
        card("b/2", Tier::Core, None),
        card("c/1", Tier::Plus, None),
    ];
    let queue = Queue::build(&cards, &State::default(), ask());
    assert_eq!(ids(&queue), "a/2 b/2 a/3 a/1 c/1 b/1");
}

#[test]
fn a_wish_comes_first_and_beyond_the_limit() {
    let wanted = ItemState { due: Some(Due::On(TODAY)), wanted: Some(Cause::Checkpoint), ..ItemState::default() };
    let cards = [("a/1", ItemState::default()), ("a/2", wanted)];
    check(&cards, Ask { limits: Limits { new: 0, ..Limits::default() }, ..ask() }, "a/2");
    check(&[("a/1", due(1, 9)), ("b/2", ItemState { wanted: Some(Cause::Drill), ..due(1, 0) })], ask(), "b/2 a/1");
}

#[test]
fn of_siblings_one_a_day_is_asked() {
    let cards = ["a/1", "a/2", "b/3"].map(|id| card(id, Tier::Core, Some("group")));
    let queue = Queue::build(&cards, &State::default(), ask());
    assert_eq!(ids(&queue), "a/1 b/3", "a group is one within its topic");
    let mut state = State::default();
    state.set_card("a/2", due(3, 1));
    assert_eq!(ids(&Queue::build(&cards, &state, ask())), "a/2 b/3", "a review goes before a new card");
    let answered = ItemState { last: Some(LastReview { at: NOW, day: TODAY }), ..due(3, -3) };
    state.set_card("a/2", answered);
    assert_eq!(ids(&Queue::build(&cards, &state, ask())), "b/3", "one of the group was met today");
}

/// A library in which `a/1` and `a/2` are easily confused.
fn confusable(first: ItemState, second: ItemState, third: ItemState) -> (Vec<Card>, State) {
    let (mut cards, state) = library(&[("a/1", first), ("b/1", third), ("a/2", second)]);
    cards[0].contrast = Some(CardId::new("a/2"));
    (cards, state)
}

#[test]
fn confusable_cards_are_learned_apart_and_then_asked_together() {
    let check = |first, second, third, expected: &str| {
        let (cards, state) = confusable(first, second, third);
        assert_eq!(ids(&Queue::build(&cards, &state, ask())), expected);
    };
    let (new, begun) = (ItemState::default(), ItemState { introduced: Some(TODAY), ..due(4, -4) });
    check(new, new, new, "a/1 b/1");
    check(in_steps(-1), new, new, "a/1 b/1");
    check(begun, new, new, "b/1");
    check(due(9, -5), new, new, "b/1 a/2");
    check(due(9, 9), due(9, 0), due(9, 5), "a/1 a/2 b/1");
    check(due(9, 0), due(9, 9), due(9, 5), "a/2 a/1 b/1");
}

#[test]
fn a_clock_that_was_ahead_hides_nothing() {
    let in_ten_years = ItemState { last: Some(LastReview { at: NOW, day: TODAY.plus(3650) }), ..due(5, -3655) };
    let step_in_ten_years = in_steps(10 * 365 * 24 * 60);
    let flew_west = ItemState { last: Some(LastReview { at: NOW, day: TODAY.plus(1) }), ..due(5, -6) };
    check(&[("a/1", in_ten_years), ("a/2", step_in_ten_years), ("a/3", flew_west)], ask(), "a/2 a/1");
}

#[test]
fn where_a_day_is_aimed_at_what_is_due_comes_first_and_only_the_rest_of_the_time_is_for_new_cards() {
    let scheduler = Scheduler::new(&Parameters::default(), Rules::default());
    let check = |seconds, expected: &str| {
        let lasting = ItemState { memory: Some(Memory { stability: 4000.0, difficulty: 5.0 }), ..due(100, 0) };
        let fades = ItemState { due: Some(Due::On(TODAY.plus(90))), ..due(10, 0) };
        let (cards, state) = library(&[
            ("a/new", ItemState::default()),
            ("b/new", ItemState::default()),
            ("c/early", fades),
            ("d/lasts", lasting),
            ("e/late", due(2, 4)),
        ]);
        let budget = Duration::from_secs(seconds);
        let aim = Aim { interview: TODAY.plus(20), budget, pace: Pace::default(), scheduler: &scheduler };
        assert_eq!(ids(&Queue::build(&cards, &state, Ask { aim: Some(aim), ..ask() })), expected, "{seconds} s");
    };
    check(0, "e/late d/lasts");
    check(30, "e/late d/lasts");
    check(30 + 15, "e/late d/lasts c/early");
    check(30 + 15 + 40, "e/late d/lasts c/early a/new");
    check(30 + 15 + 80, "e/late d/lasts c/early a/new b/new");
}

#[test]
fn cram_takes_everything_that_is_not_suspended() {
    let suspended = ItemState { suspended: true, ..due(1, 1) };
    let (cards, state) = library(&[("a/1", due(9, -9)), ("a/2", suspended), ("b/1", ItemState::default())]);
    assert_eq!(Queue::cram(&cards, &state, &[], 1).counts(), Counts { new: 1, learning: 0, review: 1 });
    assert_eq!(ids(&Queue::cram(&cards, &state, &[TopicId::new("b")], 1)), "b/1");
}

fn any_state() -> impl Strategy<Value = ItemState> {
    prop_oneof![
        Just(ItemState::default()),
        (1..60, -30..90).prop_map(|(interval, late)| due(interval, late)),
        (-30_i64..30).prop_map(in_steps),
        Just(ItemState { suspended: true, ..due(1, 1) }),
        Just(ItemState { reviewed: Some(TODAY), ..due(4, -4) }),
    ]
}

proptest! {
    #[test]
    fn a_queue_holds_each_card_once_within_its_limits(
        states in prop::collection::vec((0_usize..4, any_state()), 0..60), seed: u64,
    ) {
        let named: Vec<_> =
            states.iter().enumerate().map(|(n, (topic, state))| (format!("t{topic}/{n}"), *state)).collect();
        let named: Vec<_> = named.iter().map(|(id, state)| (id.as_str(), *state)).collect();
        let (cards, state) = library(&named);
        let limits = Limits { new: 4, reviews: 12, leech: 5 };
        let ask = Ask { seed, limits, ..ask() };
        let queue = Queue::build(&cards, &state, ask);
        prop_assert_eq!(&queue, &Queue::build(&cards, &state, ask), "decided by what is passed in");
        let distinct: HashSet<_> = queue.cards.iter().map(|queued| &queued.card).collect();
        prop_assert_eq!(distinct.len(), queue.cards.len());
        let counts = queue.counts();
        prop_assert!(counts.new <= 4 && counts.review <= 12);
        prop_assert!(queue.cards.iter().all(|queued| !queued.state.suspended));
    }
}
