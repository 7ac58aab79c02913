use std::fs;
use std::time::Duration;

use proptest::prelude::*;
use rstest::rstest;
use tempfile::TempDir;

use super::*;
use crate::content::{CardId, TopicId};
use crate::recall::{Answer, Cause, Rating, Retention, Rules, Scheduler};
use crate::time::StudyDay;

fn noon(day: i64) -> Now {
    let wall = Timestamp((20_000 + day) * 86_400_000 + 43_200_000);
    Now { wall, awake: Duration::ZERO, boot: Duration::ZERO, offset: ZoneOffset(3600) }
}

fn card(name: &str) -> Item {
    Item::Card(CardId::new(name))
}

/// A store with someone who uses it.
struct Desk {
    folder: TempDir,
    store: Store,
    mint: Mint,
}

impl Desk {
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        let store = Store::open(folder.path(), noon(0)).expect("a new store");
        Self { folder, store, mint: Mint::new(1, "test", None) }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join(FILE)
    }

    fn reopen(&mut self, day: i64) {
        self.store = Store::scratch().expect("memory");
        self.store = Store::open(self.folder.path(), noon(day)).expect("the store opens again");
    }

    /// Closes the store and tells why it cannot be opened again.
    fn refusal(&mut self, meanwhile: impl FnOnce(&Path)) -> StoreError {
        self.store = Store::scratch().expect("memory");
        meanwhile(&self.file());
        Store::open(self.folder.path(), noon(9)).expect_err("the store must be refused")
    }

    fn review(&mut self, day: i64, name: &str, rating: Rating) -> Event {
        let scheduler = Scheduler::new(self.store.parameters(), Rules::default());
        let state = self.store.state().expect("states").get(&card(name));
        let review = scheduler.review(&card(name), &state, noon(day), rating, Answer::default());
        self.mint.event(noon(day), card(name), What::Review(review))
    }

    fn answer(&mut self, day: i64, name: &str, rating: Rating) -> Event {
        let event = self.review(day, name, rating);
        self.store.append(&event).expect("saved");
        event
    }
}

#[test]
fn what_was_saved_is_there_after_a_restart() {
    let mut desk = Desk::new();
    let first = desk.answer(0, "a/1", Rating::Good);
    let second = desk.answer(1, "b/1", Rating::Easy);
    let before = desk.store.state().expect("states");
    desk.reopen(2);
    assert_eq!(desk.store.events().expect("events"), [first, second.clone()]);
    assert_eq!(desk.store.state().expect("states"), before);
    assert_eq!(desk.store.newest(), Some(second.at));
}

#[test]
fn undo_steps_back_across_a_restart_until_the_rows_are_as_they_were() {
    let mut desk = Desk::new();
    let mut states = vec![desk.store.state().expect("states")];
    for (day, name) in [(0, "a/1"), (1, "a/1"), (2, "b/1"), (3, "a/1")] {
        desk.answer(day, name, Rating::Easy);
        states.push(desk.store.state().expect("states"));
    }
    while states.len() > 1 {
        states.pop();
        desk.reopen(4);
        let of = desk.store.trail(9).expect("a trail").pop().expect("something to take back");
        let undo = desk.mint.event(noon(4), of.item.clone(), What::Undo { of: of.id });
        let state = desk.store.append(&undo).expect("saved");
        assert_eq!(Some(&desk.store.state().expect("states")), states.last());
        assert_eq!(state, states.last().expect("one is left").get(&of.item));
    }
    assert_eq!(desk.store.trail(9).expect("a trail"), []);
}

#[test]
fn the_same_event_twice_is_one_and_another_of_its_id_is_refused() {
    let mut desk = Desk::new();
    let event = desk.answer(0, "a/1", Rating::Good);
    desk.store.append(&event).expect("a retry after a lost answer");
    assert_eq!(desk.store.events().expect("events").len(), 1);
    assert_eq!(desk.store.state().expect("states"), fold(std::slice::from_ref(&event)));
    let other = Event { item: card("b/1"), ..event };
    assert!(matches!(desk.store.append(&other), Err(StoreError::Conflict { .. })));
    assert!(matches!(desk.store.merge(noon(0), &[other]), Err(StoreError::Conflict { .. })));
}

#[test]
fn the_log_only_grows() {
    let mut desk = Desk::new();
    desk.answer(0, "a/1", Rating::Good);
    for sql in ["DELETE FROM event", "UPDATE event SET at = 0"] {
        let error = desk.store.db.execute(sql, []).expect_err(sql);
        assert!(error.to_string().contains("the log only grows"), "{error}");
    }
}

#[test]
fn a_full_disk_keeps_the_log_as_it_is_and_the_event_can_be_tried_again() {
    let mut desk = Desk::new();
    desk.answer(0, "a/1", Rating::Good);
    let pages: u32 = desk.store.db.pragma_query_value(None, "page_count", |row| row.get(0)).expect("a count");
    let limit = |store: &Store, pages: u32| {
        store.db.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(())).expect("a limit");
    };
    limit(&desk.store, pages);
    let refused = (0..).find_map(|n| {
        let event = desk.review(1, &format!("a/{n}"), Rating::Easy);
        desk.store.append(&event).err().map(|error| (event, error))
    });
    let (event, error) = refused.expect("the disk is full at some time");
    assert!(matches!(error, StoreError::Full { .. }) && error.may_be_retried(), "{error}");
    let events = desk.store.events().expect("events");
    assert!(!events.contains(&event));
    assert_eq!(desk.store.state().expect("states"), fold(&events));
    limit(&desk.store, 1_000_000);
    desk.store.append(&event).expect("there is space again");
    assert_eq!(desk.store.events().expect("events").last(), Some(&event));
}

#[test]
fn a_second_process_reads_and_names_the_first_and_writes_once_the_first_is_gone() {
    let mut desk = Desk::new();
    let event = desk.answer(0, "a/1", Rating::Good);
    let mut second = Store::open(desk.folder.path(), noon(1)).expect("it can read");
    let holder = Holder { pid: Some(std::process::id()), since: Some(noon(0).wall) };
    assert_eq!(second.obstacle(), Some(&Obstacle::Held(holder)));
    assert_eq!(second.events().expect("events"), [event]);
    let later = desk.review(2, "a/2", Rating::Good);
    let error = second.append(&later).expect_err("two must not write");
    assert!(error.to_string().contains(&format!("process {}", std::process::id())), "{error}");
    desk.store = Store::scratch().expect("memory");
    second.append(&later).expect("the first is gone");
    assert_eq!(second.obstacle(), None);
}

#[test]
fn states_of_another_version_are_folded_anew() {
    let mut desk = Desk::new();
    desk.answer(0, "a/1", Rating::Good);
    let truth = desk.store.state().expect("states");
    desk.store.db.execute_batch("UPDATE fold SET version = 0; UPDATE item SET state = x'00'").expect("a change");
    desk.reopen(1);
    assert_eq!(desk.store.state().expect("states"), truth);
    desk.store.db.execute_batch("UPDATE item SET state = x'ffff'").expect("a change");
    assert_eq!(desk.store.state().expect("states"), truth, "garbled states do no harm");
    assert_eq!(desk.store.check().expect("mended"), 1);
    assert_eq!(items::all(&desk.store.db, Parameters::default()).expect("rows"), truth);
}

#[test]
fn new_parameters_change_every_state() {
    let mut desk = Desk::new();
    desk.answer(0, "a/1", Rating::Good);
    let mut weights = Parameters::default().weights().to_vec();
    weights[2] = 9.0;
    let own = Parameters::new(&weights).expect("21 weights");
    let event = desk.mint.event(noon(1), Item::All, What::Parameters(own.clone()));
    desk.store.append(&event).expect("saved");
    assert_eq!(desk.store.parameters(), &own);
    desk.reopen(2);
    assert_eq!(desk.store.parameters(), &own);
    assert_eq!(desk.store.state().expect("states"), fold(&desk.store.events().expect("events")));
}

#[test]
fn the_profile_is_kept_and_a_changed_retention_is_an_event() {
    let mut desk = Desk::new();
    assert!(!desk.store.has_profile().expect("an answer"));
    assert_eq!(desk.store.profile().expect("a profile"), Profile::default());
    let strict = Retention::new(0.95).expect("a share");
    let mut profile = Profile { retention: strict, new_a_day: 3, ..Profile::default() };
    profile.retention_by_topic.insert(TopicId::new("caching"), strict);
    desk.store.save_profile(noon(0), &mut desk.mint, &profile).expect("saved");
    desk.store.save_profile(noon(0), &mut desk.mint, &profile).expect("saved");
    desk.reopen(1);
    assert_eq!(desk.store.profile().expect("a profile"), profile);
    let logged: Vec<_> = desk.store.events().expect("events").into_iter().map(|event| event.item).collect();
    assert_eq!(logged, [Item::All, Item::Topic(TopicId::new("caching"))], "once, when it changed");
}

#[test]
fn small_things_are_remembered() {
    let mut desk = Desk::new();
    assert_eq!(desk.store.recollect::<u32>("note:caching").expect("an answer"), None);
    desk.store.remember(noon(0), "note:caching", &17_u32).expect("saved");
    desk.reopen(1);
    assert_eq!(desk.store.recollect("note:caching").expect("an answer"), Some(17_u32));
    assert_eq!(desk.store.recollect::<Vec<String>>("note:caching").expect("an answer"), None, "another shape");
}

#[test]
fn a_newer_schema_is_refused_and_not_touched() {
    let mut desk = Desk::new();
    desk.store.db.pragma_update(None, "user_version", 99).expect("a change");
    let mut bytes = Vec::new();
    let error = desk.refusal(|file| bytes = fs::read(file).expect("the file"));
    assert!(matches!(error, StoreError::Newer { found: 99, .. }), "{error}");
    assert!(fs::read(desk.file()).expect("the file") == bytes);
}

#[rstest]
#[case::header(|bytes: &mut Vec<u8>| bytes[3] ^= 1)]
#[case::mark(|bytes: &mut Vec<u8>| bytes[69] ^= 1)]
#[case::end(|bytes: &mut Vec<u8>| bytes.truncate(bytes.len() / 2))]
#[case::all(|bytes: &mut Vec<u8>| bytes.clear())]
fn damage_is_refused_and_the_newest_good_backup_is_named(#[case] damage: fn(&mut Vec<u8>)) {
    let mut desk = Desk::new();
    desk.answer(0, "a/1", Rating::Good);
    let good = desk.store.back_up(noon(1)).expect("a backup");
    let bad = desk.store.back_up(noon(2)).expect("a later one");
    fs::write(&bad.path, "not a database").expect("a spoiled backup");
    let mut bytes = Vec::new();
    let error = desk.refusal(|file| {
        bytes = fs::read(file).expect("the file");
        damage(&mut bytes);
        fs::write(file, &bytes).expect("damage");
    });
    let StoreError::Damaged { remedy, .. } = &error else { panic!("{error}") };
    assert_eq!(remedy.backup.as_ref(), Some(&good.path));
    assert!(error.to_string().contains("sysdrill restore"), "{error}");
    assert!(fs::read(desk.file()).expect("the file") == bytes, "it is never changed");
}

#[test]
fn a_garbled_event_is_damage() {
    let mut desk = Desk::new();
    let event = desk.answer(0, "a/1", Rating::Good);
    let sql = "DROP TRIGGER event_is_never_changed; UPDATE event SET payload = replace(payload, '3', '4')";
    desk.store.db.execute_batch(sql).expect("a change");
    let error = desk.store.check().expect_err("the sum differs");
    assert!(
        matches!(error, StoreError::Damaged { .. }) && error.to_string().contains(&event.id.to_string()),
        "{error}"
    );
}

fn any_step() -> impl Strategy<Value = (u8, u8, i64)> {
    (0_u8..9, 0_u8..4, -400_i64..400)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_kept_states_equal_the_fold(steps in prop::collection::vec(any_step(), 1..24), split in 0_usize..24) {
        let mut desk = Desk { store: Store::scratch().expect("memory"), ..Desk::new() };
        let mut log: Vec<Event> = Vec::new();
        for (kind, name, day) in steps {
            let item = card(&format!("a/{name}"));
            let of = log.get(usize::from(name)).map(|event| (event.id, event.item.clone()));
            let event = match (kind, of) {
                (0..4, _) => desk.review(day, &format!("a/{name}"), Rating::ALL[usize::from(kind)]),
                (4, _) => desk.mint.event(noon(day), item, What::Bury { on: StudyDay(20_000) }),
                (5, _) => desk.mint.event(noon(day), item, What::Suspend {}),
                (6, _) => desk.mint.event(noon(day), item, What::MakeDue { on: StudyDay(20_001), because: Cause::Drill }),
                (_, Some((of, item))) => desk.mint.event(noon(day), item, What::Undo { of }),
                (_, None) => continue,
            };
            let state = desk.store.append(&event).expect("saved");
            log.push(event.clone());
            prop_assert_eq!(state, fold(&log).get(&event.item));
        }
        prop_assert_eq!(desk.store.state().expect("states"), fold(&log));
        // Another machine has a part of the log and hears of the rest later, in whatever order.
        let mut other = Store::scratch().expect("memory");
        let (early, late) = log.split_at(split.min(log.len()));
        other.merge(noon(0), late).expect("merged");
        let news = other.merge(noon(0), &log).expect("merged");
        prop_assert_eq!(news, early.len());
        prop_assert_eq!(other.state().expect("states"), desk.store.state().expect("states"));
    }
}
