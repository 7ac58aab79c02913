//! Backups: made whole, read back before they count, rotated by days and weeks; and the way back.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::error::{Remedy, StoreError};
use super::log;
use super::open::{self, Found, Look, beside};
use crate::time::{Now, Timestamp};

/// How many days, and how many weeks before them, keep a backup.
const DAYS: usize = 7;
const WEEKS: usize = 4;

const DAY: i64 = 86_400_000;

/// A copy of the database, beside it in `backups/`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Backup {
    /// When it was made, to the second.
    pub at: Timestamp,
    /// Where it lies.
    pub path: PathBuf,
}

/// What a restore did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// The events that the log holds now.
    pub events: usize,
    /// Where the database that was replaced lies now, where there was one.
    pub set_aside: Option<PathBuf>,
}

/// The backups of a database, newest first.
pub(super) fn list(database: &Path) -> Result<Vec<Backup>, StoreError> {
    let folder = folder_of(database);
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(StoreError::io("list the backups in", &folder)(error)),
    };
    let mut backups: Vec<_> = entries
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let at = moment_of(path.file_name()?.to_str()?)?;
            Some(Backup { at, path })
        })
        .collect();
    backups.sort_unstable_by(|a, b| b.cmp(a));
    Ok(backups)
}

/// Makes a backup beside the database, reads it back, and lets old ones go. The `note` becomes part of its name.
pub(super) fn make(db: &Connection, database: &Path, now: Now, note: &str) -> Result<Backup, StoreError> {
    let folder = folder_of(database);
    fs::create_dir_all(&folder).map_err(StoreError::io("create", &folder))?;
    let at = Timestamp(now.wall.0.div_euclid(1000) * 1000);
    let note = if note.is_empty() { String::new() } else { format!("-{note}") };
    let path = folder.join(format!("sysdrill-{}{note}.db", compact(at)));
    copy(db, database, &path)?;
    for old in expendable(&list(database)?) {
        fs::remove_file(&old.path).map_err(StoreError::io("remove the old backup", &old.path))?;
    }
    Ok(Backup { at, path })
}

/// Copies a database to a path that appears only when the copy has been read back.
pub(super) fn copy(db: &Connection, database: &Path, to: &Path) -> Result<(), StoreError> {
    let partial = beside(to, ".partial");
    match fs::remove_file(&partial) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(StoreError::io("replace", &partial)(error));
        }
        _ => {}
    }
    let name = partial.to_string_lossy();
    db.execute("VACUUM INTO ?", [&*name]).map_err(StoreError::sqlite("copy the database", database))?;
    examine(&partial)?;
    File::open(&partial).and_then(|file| file.sync_all()).map_err(StoreError::io("write", &partial))?;
    fs::rename(&partial, to).map_err(StoreError::io("write", to))?;
    sync_folder(to)
}

/// Reads a whole database that nobody writes: its pages, its schema, the sum of every event. Returns how many there are.
pub(super) fn examine(path: &Path) -> Result<usize, StoreError> {
    if open::look(path)? == Found::Nothing {
        return Err(StoreError::damaged(path, "it is missing or empty"));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags).map_err(StoreError::sqlite("open the database", path))?;
    open::examine(&db, path, Look::Thorough)?;
    let events = log::all(&db).map_err(|error| error.at(path, "read the log"))?;
    Ok(events.len())
}

/// What can replace a damaged database: its newest backup that reads well.
pub(super) fn remedy(database: &Path) -> Remedy {
    let backups = list(database).unwrap_or_default();
    Remedy { backup: backups.into_iter().map(|backup| backup.path).find(|path| examine(path).is_ok()) }
}

/// Puts a copy of `from` in the place of the database, which must be locked and not open. What it replaces is set
/// aside, never deleted; until the last step, a rename, the old database stays in place.
pub(super) fn restore(database: &Path, from: &Path, now: Now) -> Result<Restored, StoreError> {
    examine(from)?;
    let incoming = beside(database, ".restoring");
    fs::copy(from, &incoming).map_err(StoreError::io("copy the backup to", &incoming))?;
    let events = examine(&incoming)?;
    File::open(&incoming).and_then(|file| file.sync_all()).map_err(StoreError::io("write", &incoming))?;
    let set_aside = set_aside(database, now)?;
    fs::rename(&incoming, database).map_err(StoreError::io("replace", database))?;
    sync_folder(database)?;
    Ok(Restored { events, set_aside })
}

/// Gives the present database a second name; its write-ahead log, which must not meet the restored one, moves there.
fn set_aside(database: &Path, now: Now) -> Result<Option<PathBuf>, StoreError> {
    if !database.exists() {
        return Ok(None);
    }
    flush(database);
    let aside = database.with_file_name(format!("sysdrill-replaced-{}.db", compact(now.wall)));
    match fs::remove_file(&aside) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(StoreError::io("replace", &aside)(error));
        }
        _ => {}
    }
    fs::hard_link(database, &aside)
        .or_else(|_| fs::copy(database, &aside).map(|_| ()))
        .map_err(StoreError::io("set aside", database))?;
    for ending in ["-wal", "-shm"] {
        let (from, to) = (beside(database, ending), beside(&aside, ending));
        if from.exists() {
            fs::rename(&from, &to).map_err(StoreError::io("set aside", &from))?;
        }
    }
    Ok(Some(aside))
}

/// Moves what waits in the write-ahead log into the database, where it can be read; a damaged one stays as it is.
fn flush(database: &Path) {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let flushed = Connection::open_with_flags(database, flags)
        .and_then(|db| db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())));
    if let Err(error) = flushed {
        tracing::warn!(%error, "the replaced database keeps its write-ahead log");
    }
}

/// The backups that may go: all but the newest of each of the last days and of each of the weeks before. Of the last
/// two days everything stays.
fn expendable(newest_first: &[Backup]) -> Vec<Backup> {
    let Some(newest) = newest_first.first() else { return Vec::new() };
    let (mut days, mut weeks) = (BTreeSet::new(), BTreeSet::new());
    let may_go = |backup: &&Backup| {
        let day = backup.at.0.div_euclid(DAY);
        if newest.at.0.div_euclid(DAY) - day < 2 {
            days.insert(day);
            return false;
        }
        let first_of_day = days.len() < DAYS && days.insert(day);
        // Weeks begin on Monday; 1970-01-01 was a Thursday.
        let week = (day + 3).div_euclid(7);
        let first_of_week = (weeks.len() < WEEKS || weeks.contains(&week)) && weeks.insert(week);
        !(first_of_day || first_of_week)
    };
    newest_first.iter().filter(may_go).cloned().collect()
}

fn folder_of(database: &Path) -> PathBuf {
    database.with_file_name("backups")
}

/// A moment as file names bear it: `20261122T080000Z`.
fn compact(at: Timestamp) -> String {
    at.to_string().replace(['-', ':'], "")
}

fn moment_of(name: &str) -> Option<Timestamp> {
    let text = name.strip_prefix("sysdrill-")?.strip_suffix(".db")?.split('-').next()?;
    let moment: jiff::Timestamp = text.parse().ok()?;
    Some(Timestamp(moment.as_millisecond()))
}

/// Makes a rename last through a loss of power.
fn sync_folder(of: &Path) -> Result<(), StoreError> {
    let folder = of.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(StoreError::io("write", folder))
}

#[cfg(test)]
mod tests;
