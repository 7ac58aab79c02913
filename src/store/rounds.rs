//! Rounds: the draft of one that runs, and those that are over with their report.
//!
//! A row holds the recording, from which everything else follows; the outcome and the report are kept beside it so that
//! trends and pages need no replay, and so that they stay what they were when a later version scores otherwise.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::error::StoreError;
use super::log::RowError;
use super::{Store, with_remedy};
use crate::round::{Aftermath, Override, Recording, Score, SelfScore};
use crate::time::{Now, Timestamp};

/// A round's name in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RoundId(pub i64);

/// A round as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptRound {
    /// Its name.
    pub id: RoundId,
    /// When it began.
    pub begun: Timestamp,
    /// When it was last written.
    pub saved: Timestamp,
    /// What happened.
    pub recording: Recording,
    /// What came of it; none while it is a draft.
    pub outcome: Option<Outcome>,
    /// The report, Markdown; empty while it is a draft.
    pub report: String,
}

/// What came of a round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// By what the lines prove; trends use this one.
    pub auto: Score,
    /// With what the candidate confirmed.
    pub confirmed: Score,
    /// From 4, without help, down to 1.
    pub independence: u8,
    /// What the candidate said of themselves before they saw it.
    pub own: SelfScore,
    /// The candidate's corrections.
    pub overrides: Vec<Override>,
    /// What to learn.
    pub aftermath: Aftermath,
    /// Whether it was broken off.
    pub given_up: bool,
}

impl Store {
    /// Writes a new draft and names it.
    pub fn begin_round(&mut self, now: Now, recording: &Recording) -> Result<RoundId, StoreError> {
        self.become_writable(now.wall, now.offset)?;
        self.write("begin the round", |db, _| {
            let text = recording.to_lines();
            let sql = "INSERT INTO round (begun, saved, scenario, recording, outcome, report, sum)
                       VALUES (?1, ?1, ?2, ?3, NULL, '', ?4)";
            db.execute(sql, params![now.wall.0, recording.setup.scenario, text, sum(&text, None, "")])?;
            Ok(RoundId(db.last_insert_rowid()))
        })
    }

    /// Replaces the draft of a round by a newer one. When this returns, it is on the disk.
    pub fn save_draft(&mut self, now: Now, id: RoundId, recording: &Recording) -> Result<(), StoreError> {
        self.keep_round(now, id, recording, None, "")
    }

    /// Ends a round: with its outcome and report it is a draft no more.
    pub fn finish_round(
        &mut self,
        now: Now,
        id: RoundId,
        recording: &Recording,
        outcome: &Outcome,
        report: &str,
    ) -> Result<(), StoreError> {
        self.keep_round(now, id, recording, Some(outcome), report)
    }

    /// Forgets a draft. A round that is over stays.
    pub fn discard_draft(&mut self, now: Now, id: RoundId) -> Result<(), StoreError> {
        self.become_writable(now.wall, now.offset)?;
        self.write("discard the draft", |db, _| {
            db.execute("DELETE FROM round WHERE id = ? AND outcome IS NULL", [id.0])?;
            Ok(())
        })
    }

    /// The newest draft, to be resumed.
    pub fn draft(&self) -> Result<Option<KeptRound>, StoreError> {
        let sql = format!("{SELECT} WHERE outcome IS NULL ORDER BY saved DESC, id DESC LIMIT 1");
        Ok(self.kept_rounds(&sql)?.pop())
    }

    /// A round by its name.
    pub fn round(&self, id: RoundId) -> Result<Option<KeptRound>, StoreError> {
        Ok(self.kept_rounds(&format!("{SELECT} WHERE id = {}", id.0))?.pop())
    }

    /// All rounds that are over, oldest first.
    pub fn rounds(&self) -> Result<Vec<KeptRound>, StoreError> {
        self.kept_rounds(&format!("{SELECT} WHERE outcome IS NOT NULL ORDER BY begun, id"))
    }

    fn keep_round(
        &mut self,
        now: Now,
        id: RoundId,
        recording: &Recording,
        outcome: Option<&Outcome>,
        report: &str,
    ) -> Result<(), StoreError> {
        self.become_writable(now.wall, now.offset)?;
        let text = recording.to_lines();
        let outcome = outcome.map(|outcome| serde_json::to_string(outcome).expect("an outcome has string keys"));
        self.write("save the round", |db, _| {
            let sum = sum(&text, outcome.as_deref(), report);
            let sql = "UPDATE round SET saved = ?, recording = ?, outcome = ?, report = ?, sum = ? WHERE id = ?";
            match db.execute(sql, params![now.wall.0, text, outcome, report, sum, id.0])? {
                1 => Ok(()),
                _ => Err(RowError::Garbled(format!("the round {} is not there any more", id.0))),
            }
        })
    }

    fn kept_rounds(&self, sql: &str) -> Result<Vec<KeptRound>, StoreError> {
        select(&self.db, sql).map_err(|error| with_remedy(error.at(&self.path, "read the rounds"), &self.path))
    }
}

const SELECT: &str = "SELECT id, begun, saved, recording, outcome, report, sum FROM round";

fn select(db: &Connection, sql: &str) -> Result<Vec<KeptRound>, RowError> {
    let exists = "SELECT 1 FROM sqlite_schema WHERE name = 'round'";
    // A store of an earlier version that can only be read has no rounds.
    if db.query_row(exists, [], |_| Ok(())).optional()?.is_none() {
        return Ok(Vec::new());
    }
    let mut statement = db.prepare(sql)?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

fn read(row: &Row<'_>) -> Result<KeptRound, RowError> {
    let id = RoundId(row.get(0)?);
    let (text, json, report): (String, Option<String>, String) = (row.get(3)?, row.get(4)?, row.get(5)?);
    let garbled = |why: &dyn std::fmt::Display| RowError::Garbled(format!("the round {} cannot be read ({why})", id.0));
    if sum(&text, json.as_deref(), &report) != row.get::<_, i64>(6)? {
        return Err(RowError::Garbled(format!("the round {} is not as it was written", id.0)));
    }
    Ok(KeptRound {
        id,
        begun: Timestamp(row.get(1)?),
        saved: Timestamp(row.get(2)?),
        recording: Recording::parse(&text).map_err(|error| garbled(&error))?,
        outcome: json.map(|json| serde_json::from_str(&json)).transpose().map_err(|error| garbled(&error))?,
        report,
    })
}

fn sum(recording: &str, outcome: Option<&str>, report: &str) -> i64 {
    xxh3_64(format!("{recording}\n{}\n{report}", outcome.unwrap_or_default()).as_bytes()).cast_signed()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::round::{Band, Event, Level, Mode, Recorded, Setup};
    use crate::time::ZoneOffset;

    fn now(seconds: i64) -> Now {
        let since = Duration::from_secs(seconds.unsigned_abs());
        Now { wall: Timestamp(seconds * 1000), awake: since, boot: since, offset: ZoneOffset(0) }
    }

    fn recording(text: &str) -> Recording {
        let setup = Setup {
            scenario: "url-shortener".to_owned(),
            kind: "hld-seven".to_owned(),
            minutes: 5,
            level: Level::Mid,
            mode: Mode::Strict,
            variant: false,
            given: Vec::new(),
        };
        let typed = Recorded { now: now(2), event: Event::Edited { text: text.to_owned() } };
        Recording { setup, events: vec![Recorded { now: now(1), event: Event::Begin }, typed] }
    }

    fn outcome() -> Outcome {
        let score =
            Score { level: Level::Mid, checkpoints: vec![], dimensions: vec![], mean: Some(2.5), band: Band::Near };
        Outcome {
            auto: score.clone(),
            confirmed: score,
            independence: 4,
            own: SelfScore::default(),
            overrides: Vec::new(),
            aftermath: Aftermath::default(),
            given_up: false,
        }
    }

    #[test]
    fn a_draft_survives_the_process_and_becomes_a_round() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = Store::open(folder.path(), now(0)).expect("a store");
        let id = store.begin_round(now(1), &recording("")).expect("begun");
        store.save_draft(now(3), id, &recording("hot links\nin a cache")).expect("saved");
        drop(store);
        let mut store = Store::open(folder.path(), now(9)).expect("the store again");
        let draft = store.draft().expect("read").expect("there is one");
        assert_eq!((draft.id, draft.saved, draft.outcome.is_none()), (id, Timestamp(3000), true));
        assert_eq!(draft.recording, recording("hot links\nin a cache"));
        store.finish_round(now(10), id, &draft.recording, &outcome(), "# Report").expect("finished");
        assert_eq!(store.draft().expect("read"), None);
        let rounds = store.rounds().expect("read");
        assert_eq!((rounds.len(), rounds[0].report.as_str()), (1, "# Report"));
        assert_eq!(rounds[0].outcome, Some(outcome()));
        store.discard_draft(now(11), id).expect("nothing to discard");
        assert!(store.round(id).expect("read").is_some(), "a round that is over stays");
    }

    #[test]
    fn a_changed_row_is_noticed() {
        let mut store = Store::scratch().expect("a store");
        let id = store.begin_round(now(1), &recording("")).expect("begun");
        store.db.execute("UPDATE round SET recording = replace(recording, 'mid', 'staff')", []).expect("changed");
        assert!(matches!(store.round(id), Err(StoreError::Damaged { .. })));
    }
}
