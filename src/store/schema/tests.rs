use std::fs;
use std::time::Duration;

use tempfile::TempDir;

use super::*;
use crate::store::open::{beside, bring_up_to_date};
use crate::store::{FILE, backup};
use crate::time::{Now, Timestamp, ZoneOffset};

/// What later versions might do: a table, then its content and a change of an old one.
const LATER: [Migration; 3] = [
    MIGRATIONS[0],
    "CREATE TABLE draft (round TEXT NOT NULL, text TEXT NOT NULL) STRICT; CREATE INDEX draft_of_round ON draft (round)",
    "INSERT INTO draft VALUES ('url-shortener', 'estimate first'); ALTER TABLE profile ADD COLUMN since INTEGER",
];

fn now() -> Now {
    Now { wall: Timestamp(0), awake: Duration::ZERO, boot: Duration::ZERO, offset: ZoneOffset(0) }
}

fn open(path: &Path) -> Connection {
    let db = Connection::open(path).expect("a database");
    db.pragma_update(None, "journal_mode", "wal").expect("a log");
    db
}

/// A database of the first version with a profile.
fn first(folder: &TempDir) -> Connection {
    let path = folder.path().join(FILE);
    let mut db = open(&path);
    migrate(&mut db, &MIGRATIONS[..1], &path).expect("a schema");
    db.execute("INSERT INTO profile VALUES (1, '{}')", []).expect("a row");
    db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).expect("a checkpoint");
    db
}

/// The version of a database, after asserting that its schema and rows are those of exactly that version.
fn consistent_version(path: &Path) -> u32 {
    let db = open(path);
    let exists = |sql: &str| db.query_row(sql, [], |row| row.get::<_, bool>(0)).expect(sql);
    assert!(exists("SELECT EXISTS (SELECT 1 FROM profile)"), "what was there is there");
    let has_draft = exists("SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'draft_of_round')");
    let has_text = has_draft && exists("SELECT EXISTS (SELECT 1 FROM draft)");
    let has_since = exists("SELECT EXISTS (SELECT 1 FROM pragma_table_info('profile') WHERE name = 'since')");
    let version = version(&db).expect("a version");
    assert_eq!((has_draft, has_text, has_since), (version >= 2, version >= 3, version >= 3), "version {version}");
    version
}

#[test]
fn a_crash_at_any_point_of_a_migration_leaves_one_version_or_the_next() {
    let folder = TempDir::new().expect("a folder");
    let mut db = first(&folder);
    let path = folder.path().join(FILE);
    migrate(&mut db, &LATER, &path).expect("migrated");
    let (database, log) = (fs::read(&path).expect("bytes"), fs::read(beside(&path, "-wal")).expect("its log"));
    let crashed = folder.path().join("crashed.db");
    let mut seen = Vec::new();
    for end in (0..log.len()).step_by(509).chain([log.len()]) {
        fs::write(&crashed, &database).expect("a copy");
        fs::write(beside(&crashed, "-wal"), &log[..end]).expect("a cut log");
        seen.push(consistent_version(&crashed));
    }
    assert!(seen.is_sorted(), "{seen:?}");
    seen.dedup();
    assert_eq!(seen, [1, 2, 3]);
}

#[test]
fn a_migration_begins_with_a_backup_and_one_that_fails_changes_nothing() {
    let folder = TempDir::new().expect("a folder");
    let mut db = first(&folder);
    let path = folder.path().join(FILE);
    let broken = [LATER[0], LATER[1], "DROP TABLE draft; INSERT INTO nowhere VALUES (1)"];
    bring_up_to_date(&mut db, &broken, &path, now()).expect_err("it cannot succeed");
    assert_eq!(version(&db).expect("a version"), 2, "the steps before it stand");
    drop(db);
    assert_eq!(consistent_version(&path), 2);
    let made = backup::list(&path).expect("backups");
    assert!(made[0].path.ends_with("sysdrill-19700101T000000Z-before-schema-3.db"), "{made:?}");
    assert_eq!(consistent_version(&made[0].path), 1);
}

#[test]
fn what_is_up_to_date_is_left_alone() {
    let folder = TempDir::new().expect("a folder");
    let mut db = first(&folder);
    let path = folder.path().join(FILE);
    let before = fs::read(&path).expect("bytes");
    bring_up_to_date(&mut db, &MIGRATIONS[..1], &path, now()).expect("nothing to do");
    assert!(fs::read(&path).expect("bytes") == before);
    assert_eq!(backup::list(&path).expect("backups"), []);
}
