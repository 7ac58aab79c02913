use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::recall::{Mint, ParametersId, Rating};
use crate::time::{Now, ZoneOffset};

const DAY: i64 = 86_400_000;

fn card(name: &str) -> Item {
    Item::Card(CardId::new(name))
}

fn noon(day: i32) -> Now {
    let wall = Timestamp(i64::from(day) * DAY + DAY / 2);
    Now { wall, awake: Duration::ZERO, boot: Duration::ZERO, offset: ZoneOffset(0) }
}

fn review(day: i32, rating: Rating, before: Stage) -> What {
    What::Review(Review {
        rating,
        proposed: None,
        elapsed: Duration::from_secs(6),
        day: StudyDay(day),
        before,
        after: Stage::Review,
        due: Due::On(StudyDay(day + 3)),
        parameters: ParametersId::default(),
    })
}

/// Folds `(day, what)` on one card, each event made at noon.
fn after(history: &[(i32, What)]) -> ItemState {
    let mut mint = Mint::new(1, "test", None);
    let events: Vec<_> = history.iter().map(|(day, what)| mint.event(noon(*day), card("a/b"), what.clone())).collect();
    fold(&events).get(&card("a/b"))
}

#[test]
fn a_review_sets_what_is_known() {
    let state = after(&[(10, review(10, Rating::Good, Stage::New)), (13, review(13, Rating::Again, Stage::Review))]);
    assert_eq!((state.reviews, state.lapses), (2, 1));
    assert_eq!((state.introduced, state.reviewed), (Some(StudyDay(10)), Some(StudyDay(13))));
    assert_eq!(state.due, Some(Due::On(StudyDay(16))));
    assert_eq!(state.days_since_review(StudyDay(15)), 2);
    assert_eq!(state.days_since_review(StudyDay(2)), 0, "never negative");
}

#[test]
fn what_was_asked_for_is_due_until_it_is_answered() {
    let wish = |on| What::MakeDue { on: StudyDay(on), because: Cause::Checkpoint };
    let state = after(&[(10, review(10, Rating::Good, Stage::New)), (11, wish(11))]);
    assert_eq!((state.due, state.wanted), (Some(Due::On(StudyDay(11))), Some(Cause::Checkpoint)));
    let overdue = after(&[(10, review(10, Rating::Good, Stage::New)), (20, wish(20))]);
    assert_eq!(overdue.due, Some(Due::On(StudyDay(13))), "a wish does not make it less overdue");
    let answered = after(&[(11, wish(11)), (11, review(11, Rating::Good, Stage::New))]);
    assert_eq!(answered.wanted, None);
    assert_eq!(after(&[(11, wish(11))]).stage, Stage::New, "only reviews grade");
}

#[test]
fn returning_from_suspension_gives_a_leech_a_fresh_start() {
    let lapse = |day| (day, review(day, Rating::Again, Stage::Review));
    let state = after(&[lapse(1), lapse(2), (2, What::Suspend {}), (3, What::Unsuspend {}), lapse(4)]);
    assert_eq!((state.lapses, state.lapses_in_a_row, state.suspended), (3, 1, false));
}

#[test]
fn new_parameters_change_the_belief_and_keep_the_dates() {
    let mut mint = Mint::new(1, "test", None);
    let mut weights = Parameters::default().weights().to_vec();
    weights[2] = 9.0;
    let own = Parameters::new(&weights).expect("21 weights");
    let mut events = vec![mint.event(noon(10), card("a/b"), review(10, Rating::Good, Stage::New))];
    let before = fold(&events).get(&card("a/b"));
    events.push(mint.event(noon(11), Item::All, What::Parameters(own.clone())));
    let state = fold(&events);
    let after = state.get(&card("a/b"));
    assert_eq!(state.parameters, own);
    assert_eq!(after.due, before.due);
    assert_eq!(after.memory.map(|memory| memory.stability), Some(9.0));
    events.push(mint.event(noon(12), Item::All, What::Undo { of: events[1].id }));
    assert_eq!(fold(&events).get(&card("a/b")), before);
}

fn any_what() -> impl Strategy<Value = What> {
    let stage = prop_oneof![Just(Stage::New), Just(Stage::Review), Just(Stage::Learning { step: 0 })];
    let rating = (1_u8..=4).prop_map(|n| Rating::try_from(n).expect("1 to 4"));
    prop_oneof![
        4 => (0..90, rating, stage).prop_map(|(day, rating, before)| review(day, rating, before)),
        1 => (0..90).prop_map(|on| What::Bury { on: StudyDay(on) }),
        1 => Just(What::Unbury {}),
        1 => Just(What::Suspend {}),
        1 => Just(What::Unsuspend {}),
        1 => any::<bool>().prop_map(|on| What::Flag { on }),
        1 => (0..90).prop_map(|on| What::MakeDue { on: StudyDay(on), because: Cause::Drill }),
    ]
}

proptest! {
    #[test]
    fn the_order_of_arrival_does_not_matter(
        (ordered, shuffled) in prop::collection::vec(((0..3), any_what()), 0..24).prop_flat_map(|history| {
            let mut mint = Mint::new(3, "test", None);
            let events: Vec<_> = history
                .into_iter()
                .map(|(name, what)| mint.event(noon(1), card(&format!("a/{name}")), what))
                .collect();
            (Just(events.clone()), Just(events).prop_shuffle())
        })
    ) {
        let twice: Vec<_> = shuffled.iter().chain(&ordered).cloned().collect();
        prop_assert_eq!(fold(&ordered), fold(&shuffled));
        prop_assert_eq!(fold(&ordered), fold(&twice), "a union holds each event once");
    }

    #[test]
    fn stepping_back_and_forward_again_leads_through_the_same_states(
        history in prop::collection::vec(any_what(), 1..12),
        steps in 1_usize..12,
    ) {
        let mut mint = Mint::new(4, "test", None);
        let mut events: Vec<Event> = Vec::new();
        let mut states = vec![fold(&events)];
        for what in history {
            events.push(mint.event(noon(1), card("a/b"), what));
            states.push(fold(&events));
        }
        let mut undos = Vec::new();
        for step in 0..steps.min(states.len() - 1) {
            let of = events[states.len() - 2 - step].id;
            let undo = mint.event(noon(1), card("a/b"), What::Undo { of });
            undos.push(undo.id);
            events.push(undo);
            prop_assert_eq!(&fold(&events), &states[states.len() - 2 - step]);
        }
        for (step, of) in undos.into_iter().enumerate().rev() {
            events.push(mint.event(noon(1), card("a/b"), What::Undo { of }));
            prop_assert_eq!(&fold(&events), &states[states.len() - 1 - step]);
        }
    }
}
