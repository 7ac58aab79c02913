//! The states of items, kept for speed. Whatever is here can be folded anew from the log.

use rusqlite::{Connection, params};

use super::log::{self, RowError};
use super::schema::FOLD;
use crate::recall::{Item, ItemState, Model, Parameters, State, fold_items, newest_parameters};

/// The kept state of an item; blank where nothing happened to it.
pub(super) fn read(db: &Connection, item: &Item) -> Result<ItemState, RowError> {
    let mut statement = db.prepare_cached("SELECT state FROM item WHERE item = ?")?;
    let mut rows = statement.query([item.to_string()])?;
    rows.next()?
        .map_or(Ok(ItemState::default()), |row| decode(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?))
}

/// Keeps the state of an item.
pub(super) fn write(db: &Connection, item: &Item, state: &ItemState) -> rusqlite::Result<()> {
    if *state == ItemState::default() {
        db.prepare_cached("DELETE FROM item WHERE item = ?")?.execute([item.to_string()])?;
    } else {
        let blob = postcard::to_stdvec(state).expect("a state is plain data");
        db.prepare_cached("INSERT OR REPLACE INTO item (item, state) VALUES (?, ?)")?
            .execute(params![item.to_string(), blob])?;
    }
    Ok(())
}

/// The kept states of everything.
pub(super) fn all(db: &Connection, parameters: Parameters) -> Result<State, RowError> {
    let count: i64 = db.query_row("SELECT count(*) FROM item", [], |row| row.get(0))?;
    let mut state = State::with_room_for(usize::try_from(count).unwrap_or(0), parameters);
    let mut statement = db.prepare_cached("SELECT item, state FROM item")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let name = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        let known = decode(row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?)?;
        match name.strip_prefix("card:") {
            Some(id) => state.set_card(id, known),
            None => {
                let item: Item = name.parse().map_err(|error| RowError::Garbled(format!("{error}")))?;
                state.set(&item, known);
            }
        }
    }
    Ok(state)
}

/// Folds everything anew from the log and keeps it.
pub(super) fn rebuild(db: &Connection) -> Result<(), RowError> {
    let events = log::all(db)?;
    db.execute("DELETE FROM item", [])?;
    for (item, known) in fold_items(&events).1 {
        write(db, item, &known)?;
    }
    db.execute("INSERT OR REPLACE INTO fold (one, version) VALUES (1, ?)", [FOLD])?;
    Ok(())
}

/// Folds one item anew from the log and keeps it.
pub(super) fn refold(db: &Connection, item: &Item, model: &Model) -> Result<ItemState, RowError> {
    let events = log::of_item(db, item)?;
    let state = ItemState::of(&events.iter().collect::<Vec<_>>(), model);
    write(db, item, &state)?;
    Ok(state)
}

/// Whether the kept states mean what this version means by them.
pub(super) fn are_current(db: &Connection) -> rusqlite::Result<bool> {
    db.query_row("SELECT EXISTS (SELECT 1 FROM fold WHERE version = ?)", [FOLD], |row| row.get(0))
}

/// The parameters in force.
pub(super) fn parameters(db: &Connection) -> Result<Parameters, RowError> {
    let events = log::of_item(db, &Item::All)?;
    Ok(newest_parameters(&events.iter().collect::<Vec<_>>()))
}

fn decode(blob: &[u8]) -> Result<ItemState, RowError> {
    postcard::from_bytes(blob).map_err(|error| RowError::Garbled(format!("a kept state cannot be read ({error})")))
}
