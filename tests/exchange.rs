//! Progress between two machines.

use std::time::Duration;

use proptest::prelude::*;
use sysdrill::content::CardId;
use sysdrill::exchange::log::{read, write};
use sysdrill::recall::{Answer, Event, Item, ItemState, Mint, Parameters, Rating, Rules, Scheduler, What, fold};
use sysdrill::store::Store;
use sysdrill::time::{Now, Timestamp, ZoneOffset};

fn now(minute: u32) -> Now {
    let wall = Timestamp(1_800_000_000_000 + i64::from(minute) * 60_000);
    Now { wall, awake: Duration::ZERO, boot: Duration::ZERO, offset: ZoneOffset(3600) }
}

/// One machine's answers: which card, and how it was graded; 0 takes back the newest answer.
fn studied(seed: u64, answers: &[(u8, u8)], start: u32) -> Vec<Event> {
    let scheduler = Scheduler::new(&Parameters::default(), Rules::default());
    let mut mint = Mint::new(seed, "test", None);
    let mut events: Vec<Event> = Vec::new();
    for (minute, (card, grade)) in answers.iter().enumerate() {
        let now = now(start + minute as u32);
        let item = Item::Card(CardId::new(format!("a/{card}")));
        let event = match (Rating::try_from(*grade), events.last()) {
            (Ok(rating), _) => {
                let review = scheduler.review(&item, &ItemState::default(), now, rating, Answer::default());
                mint.event(now, item, What::Review(review))
            }
            (Err(_), Some(last)) => mint.event(now, last.item.clone(), What::Undo { of: last.id }),
            (Err(_), None) => continue,
        };
        events.push(event);
    }
    events
}

fn lines(events: &[Event]) -> Vec<u8> {
    let mut written = Vec::new();
    write(events, &mut written).expect("memory takes everything");
    written
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn two_machines_that_exchange_their_logs_end_in_the_same_state(
        here in prop::collection::vec((0_u8..4, 0_u8..=4), 0..12),
        there in prop::collection::vec((0_u8..4, 0_u8..=4), 0..12),
        gap in 0_u32..12,
        cut in 0_usize..12,
    ) {
        let (here, there) = (studied(1, &here, 0), studied(2, &there, gap));
        let (mut a, mut b) = (Store::scratch().expect("a store"), Store::scratch().expect("a store"));
        a.merge(now(50), &here).expect("own events");
        b.merge(now(50), &there).expect("own events");
        // A first exchange of a part, then all of it, in both directions, once more than is needed.
        let part = &there[..cut.min(there.len())];
        for log in [lines(part), lines(&there), lines(&there)] {
            a.merge(now(60), &read(&log[..]).expect("a log")).expect("merged");
        }
        b.merge(now(60), &read(&lines(&a.events().expect("events"))[..]).expect("a log")).expect("merged");
        prop_assert_eq!(a.events().expect("events"), b.events().expect("events"));
        prop_assert_eq!(a.state().expect("states"), b.state().expect("states"));
        let union: Vec<Event> = there.iter().chain(&here).cloned().collect();
        prop_assert_eq!(a.state().expect("states"), fold(&union));
    }
}
