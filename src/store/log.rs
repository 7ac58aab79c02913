//! The rows of the log: events in and out, each with a sum that shows a flipped bit.

use std::path::Path;

use rusqlite::{Connection, Row, params};
use uuid::Uuid;
use xxhash_rust::xxh3::xxh3_64;

use super::error::StoreError;
use crate::recall::{Event, EventId, Item, What};
use crate::time::{Timestamp, ZoneOffset};

/// Why rows could not be read or written, before it is known where.
#[derive(Debug)]
pub(super) enum RowError {
    /// SQLite refused.
    Sqlite(rusqlite::Error),
    /// Something is not what was written.
    Garbled(String),
    /// The id is taken by another event.
    Conflict(EventId),
}

impl RowError {
    /// The error with its place.
    pub(super) fn at(self, path: &Path, doing: &'static str) -> StoreError {
        match self {
            Self::Sqlite(error) => StoreError::sqlite(doing, path)(error),
            Self::Garbled(what) => StoreError::damaged(path, what),
            Self::Conflict(id) => StoreError::Conflict { id },
        }
    }
}

impl From<rusqlite::Error> for RowError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

const COLUMNS: &str = "id, at, zone, item, kind, payload, sum";

/// An event as its columns.
struct Columns {
    id: [u8; 16],
    at: i64,
    zone: i32,
    item: String,
    kind: String,
    payload: String,
}

impl Columns {
    fn of(event: &Event) -> Self {
        let mut what = serde_json::to_value(&event.what).expect("events have string keys and finite numbers");
        Self {
            id: *event.id.0.as_bytes(),
            at: event.at.0,
            zone: event.zone.0,
            item: event.item.to_string(),
            kind: event.what.kind().to_owned(),
            payload: what["payload"].take().to_string(),
        }
    }

    fn sum(&self) -> i64 {
        let Self { id, at, zone, item, kind, payload } = self;
        let text = format!("{} {at} {zone} {item} {kind} {payload}", Uuid::from_bytes(*id));
        xxh3_64(text.as_bytes()).cast_signed()
    }

    fn event(self) -> Result<Event, RowError> {
        let garbled = |why: &dyn std::fmt::Display| {
            RowError::Garbled(format!("event {} of the log cannot be read ({why})", Uuid::from_bytes(self.id)))
        };
        let item: Item = self.item.parse().map_err(|error| garbled(&error))?;
        let what = format!(r#"{{"kind":"{}","payload":{}}}"#, self.kind, self.payload);
        let what: What = serde_json::from_str(&what).map_err(|error| garbled(&error))?;
        let id = EventId(Uuid::from_bytes(self.id));
        Ok(Event { id, at: Timestamp(self.at), zone: ZoneOffset(self.zone), item, what })
    }
}

/// Puts an event into the log. Returns false where the log holds an event of that id already.
pub(super) fn insert(db: &Connection, event: &Event) -> rusqlite::Result<bool> {
    let columns = Columns::of(event);
    let sum = columns.sum();
    let Columns { id, at, zone, item, kind, payload } = columns;
    let sql = "INSERT INTO event (id, at, zone, item, kind, payload, sum) VALUES (?, ?, ?, ?, ?, ?, ?)
               ON CONFLICT (id) DO NOTHING";
    Ok(db.prepare_cached(sql)?.execute(params![id, at, zone, item, kind, payload, sum])? == 1)
}

/// The event of an id.
pub(super) fn find(db: &Connection, id: EventId) -> Result<Option<Event>, RowError> {
    Ok(select(db, "WHERE id = ?", [id.0.as_bytes()])?.pop())
}

/// All events in order.
pub(super) fn all(db: &Connection) -> Result<Vec<Event>, RowError> {
    select(db, "ORDER BY at, id", [])
}

/// The events of one item in order.
pub(super) fn of_item(db: &Connection, item: &Item) -> Result<Vec<Event>, RowError> {
    select(db, "WHERE item = ? ORDER BY at, id", [item.to_string()])
}

/// The events of all drills in order.
pub(super) fn of_drills(db: &Connection) -> Result<Vec<Event>, RowError> {
    // A range, so that the index serves: `;` is the character behind `:`.
    select(db, "WHERE item >= 'drill:' AND item < 'drill;' ORDER BY at, id", [])
}

/// The newest events, newest first, until `enough` of them are as wanted.
pub(super) fn newest_until(db: &Connection, mut enough: impl FnMut(&Event) -> bool) -> Result<(), RowError> {
    let mut statement = db.prepare_cached(&format!("SELECT {COLUMNS} FROM event ORDER BY at DESC, id DESC"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if enough(&read(row)?) {
            break;
        }
    }
    Ok(())
}

/// When the newest event stands in the log.
pub(super) fn newest(db: &Connection) -> rusqlite::Result<Option<Timestamp>> {
    Ok(db.query_row("SELECT max(at) FROM event", [], |row| row.get::<_, Option<i64>>(0))?.map(Timestamp))
}

fn select(db: &Connection, rest: &str, params: impl rusqlite::Params) -> Result<Vec<Event>, RowError> {
    let mut statement = db.prepare_cached(&format!("SELECT {COLUMNS} FROM event {rest}"))?;
    let mut rows = statement.query(params)?;
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        events.push(read(row)?);
    }
    Ok(events)
}

fn read(row: &Row<'_>) -> Result<Event, RowError> {
    let columns = Columns {
        id: row.get(0)?,
        at: row.get(1)?,
        zone: row.get(2)?,
        item: row.get(3)?,
        kind: row.get(4)?,
        payload: row.get(5)?,
    };
    if columns.sum() != row.get::<_, i64>(6)? {
        let id = Uuid::from_bytes(columns.id);
        return Err(RowError::Garbled(format!("event {id} of the log is not as it was written")));
    }
    columns.event()
}
