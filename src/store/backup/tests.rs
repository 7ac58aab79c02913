use std::time::Duration;

use tempfile::TempDir;

use super::*;
use crate::content::CardId;
use crate::recall::{Item, Mint, What};
use crate::store::Store;
use crate::time::ZoneOffset;

fn at(day: i64) -> Now {
    let wall = Timestamp((20_000 + day) * DAY);
    Now { wall, awake: Duration::ZERO, boot: Duration::ZERO, offset: ZoneOffset(0) }
}

/// A store that grows by one event a day.
struct Desk {
    folder: TempDir,
    mint: Mint,
}

impl Desk {
    fn new() -> Self {
        Self { folder: TempDir::new().expect("a folder"), mint: Mint::new(1, "test", None) }
    }

    fn open(&self, day: i64) -> Store {
        Store::open(self.folder.path(), at(day)).expect("a store")
    }

    fn flag(&mut self, store: &mut Store, day: i64) {
        let event = self.mint.event(at(day), Item::Card(CardId::new("a/1")), What::Flag { on: day % 2 == 0 });
        store.append(&event).expect("saved");
    }

    fn restore(&self, from: &Path, day: i64) -> Result<Restored, StoreError> {
        Store::restore(self.folder.path(), from, at(day))
    }
}

#[test]
fn days_and_weeks_keep_a_backup_each() {
    let mut desk = Desk::new();
    let mut store = desk.open(0);
    for day in 0..60 {
        desk.flag(&mut store, day);
        store.back_up_if_due(at(day)).expect("a backup").expect("it is due");
        assert_eq!(store.back_up_if_due(at(day)).expect("an answer"), None, "one a day");
    }
    let days: Vec<_> =
        store.backups().expect("backups").iter().map(|backup| backup.at.0.div_euclid(DAY) - 20_000).collect();
    assert_eq!(days, [59, 58, 57, 56, 55, 54, 53, 51, 44, 37]);
    assert_eq!(store.back_up_if_due(at(80)).expect("an answer"), None, "nothing has happened since");
}

#[test]
fn a_restore_brings_back_what_was_backed_up_and_sets_the_rest_aside() {
    let mut desk = Desk::new();
    let mut store = desk.open(0);
    desk.flag(&mut store, 0);
    let (backup, then) = (store.back_up(at(1)).expect("a backup"), store.events().expect("events"));
    desk.flag(&mut store, 2);
    let since = store.events().expect("events");
    assert!(matches!(desk.restore(&backup.path, 3), Err(StoreError::ReadOnly(_))), "not under a running one");
    drop(store);
    let restored = desk.restore(&backup.path, 3).expect("restored");
    assert_eq!(restored.events, 1);
    assert_eq!(desk.open(3).events().expect("events"), then);
    let aside = restored.set_aside.expect("there was one");
    assert_eq!(examine(&aside).expect("it is whole"), 2);
    assert_eq!(desk.restore(&aside, 4).expect("restored").events, 2);
    assert_eq!(desk.open(4).events().expect("events"), since);
}

#[test]
fn a_damaged_database_is_replaced_and_kept() {
    let mut desk = Desk::new();
    let mut store = desk.open(0);
    desk.flag(&mut store, 0);
    let backup = store.back_up(at(1)).expect("a backup");
    drop(store);
    let database = desk.folder.path().join("sysdrill.db");
    fs::write(&database, "no database").expect("damage");
    let restored = desk.restore(&backup.path, 2).expect("restored");
    assert_eq!(fs::read(restored.set_aside.expect("kept")).expect("it is there"), b"no database");
    assert_eq!(desk.open(2).events().expect("events").len(), 1);
}

#[test]
fn a_bad_backup_replaces_nothing() {
    let mut desk = Desk::new();
    let mut store = desk.open(0);
    desk.flag(&mut store, 0);
    let mut bytes = fs::read(store.back_up(at(1)).expect("a backup").path).expect("its bytes");
    drop(store);
    let spoiled = desk.folder.path().join("spoiled.db");
    let database = desk.folder.path().join("sysdrill.db");
    let before = fs::read(&database).expect("the database");
    let text =
        bytes.windows(5).position(|window| window == b"false" || window == b"true}").expect("the event's payload");
    bytes[text] ^= 1;
    fs::write(&spoiled, &bytes).expect("a spoiled backup");
    for bad in [&spoiled, &desk.folder.path().join("missing.db")] {
        assert!(matches!(desk.restore(bad, 2), Err(StoreError::Damaged { .. })));
        assert!(fs::read(&database).expect("the database") == before);
    }
}
