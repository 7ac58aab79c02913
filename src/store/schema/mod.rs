//! The schema and its migrations.
//!
//! The version is `PRAGMA user_version`, changed in the transaction of the migration that it names: a crash leaves the
//! old schema or the new one. The log is the truth and only grows (triggers refuse anything else); the state
//! of items is kept for speed, and a change of its shape needs no migration but a new [`FOLD`].

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::error::StoreError;

/// Marks the file as ours, in its header: "sdrl".
pub(super) const APPLICATION_ID: i32 = 0x7364_726c;

/// Which shape and meaning the kept states have; another number has them folded anew.
pub(super) const FOLD: i64 = 1;

/// What leads from one version to the next.
pub(super) type Migration = &'static str;

/// All migrations; version n is reached by the first n.
pub(super) const MIGRATIONS: &[Migration] = &["CREATE TABLE event (
        id      BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
        at      INTEGER NOT NULL, -- ms since 1970
        zone    INTEGER NOT NULL, -- s east of UTC
        item    TEXT NOT NULL,
        kind    TEXT NOT NULL,
        payload TEXT NOT NULL,    -- JSON
        sum     INTEGER NOT NULL  -- XXH3 of all other columns
    ) STRICT;
    CREATE INDEX event_in_order ON event (at, id);
    CREATE INDEX event_of_item ON event (item, at, id);
    CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
        BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
    CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
        BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
    CREATE TABLE item (
        item  TEXT NOT NULL PRIMARY KEY,
        state BLOB NOT NULL       -- the fold of its events, as postcard writes it
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE fold (
        one     INTEGER PRIMARY KEY CHECK (one = 1),
        version INTEGER NOT NULL  -- what the rows of item mean
    ) STRICT;
    CREATE TABLE profile (
        one  INTEGER PRIMARY KEY CHECK (one = 1),
        json TEXT NOT NULL
    ) STRICT;
    CREATE TABLE remembered (
        key  TEXT NOT NULL PRIMARY KEY,
        json TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;"];

/// The newest version.
pub(super) fn newest() -> u32 {
    MIGRATIONS.len() as u32
}

/// The version of a database; 0 where it is empty.
pub(super) fn version(db: &Connection) -> rusqlite::Result<u32> {
    db.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Brings a database from its version to that of `migrations`, each step a transaction of its own.
pub(super) fn migrate(db: &mut Connection, migrations: &[Migration], path: &Path) -> Result<(), StoreError> {
    let failed = || StoreError::sqlite("bring the schema up to date", path);
    let from = version(db).map_err(failed())?;
    for (index, migration) in migrations.iter().enumerate().skip(from as usize) {
        let step = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed())?;
        step.execute_batch(migration).map_err(failed())?;
        step.pragma_update(None, "application_id", APPLICATION_ID).map_err(failed())?;
        step.pragma_update(None, "user_version", index as u32 + 1).map_err(failed())?;
        step.commit().map_err(failed())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
