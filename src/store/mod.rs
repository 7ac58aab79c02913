//! SQLite: the event log and the state that is folded from it; nothing else knows its schema.
//!
//! The log is the truth and only grows; an event is on the disk before [`Store::append`] returns. The states of items
//! are a fold over it ([`crate::recall::fold`]) kept for speed. One process writes; a second reads, and names the
//! first. Beside the log lie the profile, small things the screens remember, and backups that were read back. The
//! store decides nothing about learning. Start reading at [`Store::open`] and [`Store::append`].

mod backup;
mod error;
mod items;
mod lock;
mod log;
mod open;
mod profile;
mod schema;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::recall::{Event, Item, ItemState, Mint, Model, Pace, Parameters, State, StepsBack, What, fold};
use crate::time::{Now, Timestamp, ZoneOffset};

pub use backup::{Backup, Restored};
pub use error::{Holder, Obstacle, Remedy, StoreError};
pub use profile::{InterviewKind, Profile};

use log::RowError;
use open::Look;

/// The database's name within its folder.
const FILE: &str = "sysdrill.db";

/// How many answers decide how long cards take.
const ANSWERS_FOR_PACE: usize = 300;

/// Everything that is remembered about the candidate.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    path: PathBuf,
    db: Connection,
    /// The right to write, or what is in its way. A scratch store needs none.
    access: Result<Option<lock::Lock>, Obstacle>,
    /// Whether the kept states are those that this version folds.
    kept: bool,
    newest: Option<Timestamp>,
    parameters: Parameters,
    model: Model,
}

impl Store {
    /// Opens the store of a folder, creating both where there are none.
    ///
    /// Where the folder cannot be written, or another process writes it, the store can only be read ([`Store::obstacle`]
    /// tells); saving tries again each time. A damaged database or one of a later version is an error and is not touched.
    pub fn open(folder: &Path, now: Now) -> Result<Self, StoreError> {
        open::assert_safe_sqlite()?;
        let path = folder.join(FILE);
        let access = open::take_lock(folder, now);
        let opened = open::look(&path).and_then(|found| open::connect(&path, found, access, now));
        let store = opened.and_then(|(db, access)| Self::over(db, folder, path.clone(), access.map(Some)));
        store.map_err(|error| with_remedy(error, &path))
    }

    /// A store in memory that forgets everything: for previews and tests.
    pub fn scratch() -> Result<Self, StoreError> {
        Self::over(open::in_memory()?, Path::new("."), PathBuf::from("memory"), Ok(None))
    }

    /// The version of SQLite that is built in.
    pub fn sqlite_version() -> &'static str {
        rusqlite::version()
    }

    /// What keeps the store from being written, where something does.
    pub fn obstacle(&self) -> Option<&Obstacle> {
        self.access.as_ref().err()
    }

    /// The database's path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// When the newest event stands in the log: a [`Mint`] goes on from there.
    pub fn newest(&self) -> Option<Timestamp> {
        self.newest
    }

    /// The parameters of the memory model in force.
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// Commits an event and returns the state of its item since. When this returns, the event is on the disk; where it
    /// fails, nothing was changed, and the same event may be tried again.
    pub fn append(&mut self, event: &Event) -> Result<ItemState, StoreError> {
        self.become_writable(event.at, event.zone)?;
        let in_order = self.newest.is_none_or(|newest| event.at > newest);
        let steps_back = matches!(event.what, What::Undo { .. });
        self.write("save the event", |db, model| {
            if !log::insert(db, event)? && log::find(db, event.id)?.as_ref() != Some(event) {
                return Err(RowError::Conflict(event.id));
            }
            if event.item == Item::All {
                items::rebuild(db)?;
            }
            match items::read(db, &event.item) {
                Ok(mut state) if in_order && !steps_back => {
                    state.apply(event, model);
                    items::write(db, &event.item, &state)?;
                    Ok(state)
                }
                _ => items::refold(db, &event.item, model),
            }
        })
    }

    /// Commits events from elsewhere, all or none; those that the log holds already are passed over. Returns how many
    /// were new.
    pub fn merge(&mut self, now: Now, events: &[Event]) -> Result<usize, StoreError> {
        self.become_writable(now.wall, now.offset)?;
        self.write("save the events", |db, _| {
            let mut new = 0;
            for event in events {
                if log::insert(db, event)? {
                    new += 1;
                } else if log::find(db, event.id)?.as_ref() != Some(event) {
                    return Err(RowError::Conflict(event.id));
                }
            }
            items::rebuild(db)?;
            Ok(new)
        })
    }

    /// The state of everything.
    pub fn state(&self) -> Result<State, StoreError> {
        if !self.kept {
            return Ok(fold(&self.events()?));
        }
        match items::all(&self.db, self.parameters.clone()) {
            // What is kept for speed is no loss: the log has it all.
            Err(RowError::Garbled(_)) => Ok(fold(&self.events()?)),
            read => read.map_err(|error| self.explain("read the states", error)),
        }
    }

    /// All events, in order.
    pub fn events(&self) -> Result<Vec<Event>, StoreError> {
        log::all(&self.db).map_err(|error| self.explain("read the log", error))
    }

    /// The events of all drills, in order.
    pub fn drills(&self) -> Result<Vec<Event>, StoreError> {
        log::of_drills(&self.db).map_err(|error| self.explain("read the log", error))
    }

    /// The newest events that undo steps back over, at most `most`, newest last.
    pub fn trail(&self, most: usize) -> Result<Vec<Event>, StoreError> {
        let (mut steps, mut trail) = (StepsBack::default(), Vec::new());
        let read = log::newest_until(&self.db, |event| {
            if steps.holds(event) && event.what.steps_back() {
                trail.push(event.clone());
            }
            trail.len() >= most
        });
        read.map_err(|error| self.explain("read the log", error))?;
        trail.reverse();
        Ok(trail)
    }

    /// How long cards take the candidate, going by the newest answers; the first guess where those cannot be read.
    pub fn pace(&self) -> Pace {
        let newest = self.trail(ANSWERS_FOR_PACE).unwrap_or_default();
        Pace::of(newest.iter().filter_map(|event| match &event.what {
            What::Review(review) => Some(review),
            _ => None,
        }))
    }

    /// The candidate's profile; the defaults before there is one.
    pub fn profile(&self) -> Result<Profile, StoreError> {
        let json = self.db.query_row("SELECT json FROM profile", [], |row| row.get::<_, String>(0)).optional();
        match json.map_err(|error| self.explain("read the profile", error.into()))? {
            None => Ok(Profile::default()),
            Some(json) => serde_json::from_str(&json)
                .map_err(|error| self.explain("read the profile", RowError::Garbled(format!("the profile: {error}")))),
        }
    }

    /// Whether a profile was ever saved: before, the first run is shown.
    pub fn has_profile(&self) -> Result<bool, StoreError> {
        let found = self.db.query_row("SELECT EXISTS (SELECT 1 FROM profile)", [], |row| row.get(0));
        found.map_err(|error| self.explain("read the profile", error.into()))
    }

    /// Saves the profile. A changed retention also becomes an event, so that the log explains its dates.
    pub fn save_profile(&mut self, now: Now, mint: &mut Mint, profile: &Profile) -> Result<(), StoreError> {
        self.become_writable(now.wall, now.offset)?;
        let changes = profile.retentions_since(&self.profile()?);
        let events: Vec<_> =
            changes.into_iter().map(|(item, retention)| mint.event(now, item, What::Retention { retention })).collect();
        let json = serde_json::to_string(profile).expect("a profile has string keys and finite numbers");
        self.write("save the profile", |db, _| {
            db.execute("INSERT OR REPLACE INTO profile (one, json) VALUES (1, ?)", [&json])?;
            for event in &events {
                log::insert(db, event)?;
            }
            Ok(())
        })
    }

    /// What was remembered under a key; none where it is unknown or of another shape.
    pub fn recollect<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, StoreError> {
        let found = self
            .db
            .prepare_cached("SELECT json FROM remembered WHERE key = ?")
            .and_then(|mut statement| statement.query_row([key], |row| row.get::<_, String>(0)).optional());
        let json = found.map_err(|error| self.explain("read what was remembered", error.into()))?;
        Ok(json.and_then(|json| serde_json::from_str(&json).ok()))
    }

    /// Remembers something small under a key, such as `note:caching` or `theme`.
    pub fn remember<T: Serialize>(&mut self, now: Now, key: &str, value: &T) -> Result<(), StoreError> {
        self.become_writable(now.wall, now.offset)?;
        let json = serde_json::to_string(value)
            .map_err(|error| self.explain("remember a value", RowError::Garbled(format!("{key}: {error}"))))?;
        self.write("remember a value", |db, _| {
            db.execute("INSERT OR REPLACE INTO remembered (key, json) VALUES (?, ?)", params![key, json])?;
            Ok(())
        })
    }

    /// Reads everything: pages, sums, and whether the kept states equal the fold. States that do not are folded anew;
    /// anything else that is wrong is an error. Returns how many events there are.
    pub fn check(&mut self) -> Result<usize, StoreError> {
        open::examine(&self.db, &self.path, Look::Thorough).map_err(|error| with_remedy(error, &self.path))?;
        let events = self.events()?;
        let sound = self.kept && items::all(&self.db, self.parameters.clone()).is_ok_and(|kept| kept == fold(&events));
        if !sound && self.access.is_ok() {
            self.write("fold the states anew", |db, _| items::rebuild(db))?;
        }
        Ok(events.len())
    }

    /// The backups, newest first.
    pub fn backups(&self) -> Result<Vec<Backup>, StoreError> {
        backup::list(&self.path)
    }

    /// Makes a backup, reads it back and lets old ones go: of each of seven days and four weeks one stays.
    pub fn back_up(&self, now: Now) -> Result<Backup, StoreError> {
        backup::make(&self.db, &self.path, now, "").map_err(|error| with_remedy(error, &self.path))
    }

    /// Makes the day's backup where there is none and something has happened since the last. Cheap otherwise. A scratch store
    /// and one that can only be read make none.
    pub fn back_up_if_due(&self, now: Now) -> Result<Option<Backup>, StoreError> {
        let Ok(Some(_)) = &self.access else { return Ok(None) };
        let last = self.backups()?.first().map(|backup| backup.at);
        let a_day_ago = Timestamp(now.wall.0 - 86_400_000);
        let due = self.newest.is_some_and(|newest| last.is_none_or(|last| last < newest && last <= a_day_ago));
        if due { self.back_up(now).map(Some) } else { Ok(None) }
    }

    /// Copies the database to a path of the candidate's choice, and reads the copy back.
    pub fn back_up_to(&self, path: &Path) -> Result<(), StoreError> {
        backup::copy(&self.db, &self.path, path)
    }

    /// Puts a backup in the place of a folder's database, also of a damaged one. The backup is read first; what it
    /// replaces is set aside, never deleted.
    pub fn restore(folder: &Path, from: &Path, now: Now) -> Result<Restored, StoreError> {
        let _lock = open::take_lock(folder, now).map_err(StoreError::ReadOnly)?;
        backup::restore(&folder.join(FILE), from, now)
    }

    fn over(
        db: Connection,
        folder: &Path,
        path: PathBuf,
        access: Result<Option<lock::Lock>, Obstacle>,
    ) -> Result<Self, StoreError> {
        let read =
            || -> Result<_, RowError> { Ok((log::newest(&db)?, items::parameters(&db)?, items::are_current(&db)?)) };
        let (newest, parameters, kept) = read().map_err(|error| error.at(&path, "read the log"))?;
        let model = parameters.model();
        let mut store = Self { folder: folder.to_owned(), path, db, access, kept, newest, parameters, model };
        if !store.kept && store.access.is_ok() {
            // Nothing is written into pages that may be damaged.
            open::examine(&store.db, &store.path, Look::Quick)?;
            store.write("fold the states anew", |db, _| items::rebuild(db))?;
        }
        Ok(store)
    }

    /// Takes the right to write where it was not to be had before.
    fn become_writable(&mut self, wall: Timestamp, offset: ZoneOffset) -> Result<(), StoreError> {
        if let Err(obstacle) = &self.access {
            let now = Now { wall, awake: Default::default(), boot: Default::default(), offset };
            let again = Self::open(&self.folder, now)?;
            if again.access.is_err() {
                return Err(StoreError::ReadOnly(obstacle.clone()));
            }
            *self = again;
        }
        Ok(())
    }

    /// Runs a transaction: all of it or nothing.
    fn write<T>(
        &mut self,
        doing: &'static str,
        change: impl FnOnce(&Connection, &Model) -> Result<T, RowError>,
    ) -> Result<T, StoreError> {
        let model = &self.model;
        let run = |db: &mut Connection| -> Result<_, RowError> {
            let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = change(&transaction, model)?;
            let since = (log::newest(&transaction)?, items::parameters(&transaction)?);
            transaction.commit()?;
            Ok((done, since))
        };
        match run(&mut self.db) {
            Ok((done, (newest, parameters))) => {
                if parameters != self.parameters {
                    self.model = parameters.model();
                }
                (self.newest, self.parameters, self.kept) = (newest, parameters, true);
                Ok(done)
            }
            Err(error) => Err(self.explain(doing, error)),
        }
    }

    fn explain(&self, doing: &'static str, error: RowError) -> StoreError {
        with_remedy(error.at(&self.path, doing), &self.path)
    }
}

/// Adds the newest good backup to a report of damage.
fn with_remedy(error: StoreError, database: &Path) -> StoreError {
    match error {
        StoreError::Damaged { path, what, .. } if path == database => {
            StoreError::Damaged { remedy: backup::remedy(database), path, what }
        }
        other => other,
    }
}

#[cfg(test)]
mod tests;
