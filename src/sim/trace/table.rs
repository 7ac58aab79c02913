//! CSV: the key is in one column, found by name in a header or by number.

use std::io::{self, Read};

use csv::ByteRecord;

use crate::sim::trace::error::TraceError;
use crate::sim::trace::format::Column;
use crate::sim::trace::keys::Strings;
use crate::sim::trace::source::Source;

/// A longer row is not a request.
const LONGEST_ROW: u64 = 1 << 16;

/// The CSV reader fetches its input in blocks of this size.
const BLOCK: usize = 1 << 13;

/// Names under which a key is looked for.
const KEY_NAMES: [&str; 5] = ["key", "id", "obj_id", "object_id", "obj"];

#[derive(Debug)]
pub(super) struct Table<R: Read> {
    rows: csv::Reader<Rationed<R>>,
    row: ByteRecord,
    /// From 0.
    column: usize,
    keys: Strings,
}

/// Hands out only so many bytes until it is told that another row was complete: a quote that is never closed would
/// otherwise make one row of everything.
#[derive(Debug)]
struct Rationed<R: Read> {
    source: Source<R>,
    ration: u64,
}

impl<R: Read> Read for Rationed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.ration == 0 {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        let count = self.source.read(into)?;
        self.ration = self.ration.saturating_sub(count as u64);
        Ok(count)
    }
}

impl<R: Read> Table<R> {
    pub(super) fn new(source: Source<R>, column: &Column) -> Result<Self, TraceError> {
        let rationed = Rationed { source, ration: LONGEST_ROW };
        let rows =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).buffer_capacity(BLOCK).from_reader(rationed);
        let mut table = Self { rows, row: ByteRecord::new(), column: 0, keys: Strings::default() };
        if let Column::Number(number) = column {
            table.column = number - 1;
        } else if table.next_row()? {
            table.column = find(&table.row, column)?;
        }
        Ok(table)
    }

    pub(super) fn read(&mut self, ids: &mut Vec<u32>, most: usize) -> Result<bool, TraceError> {
        for _ in 0..most {
            if !self.next_row()? {
                return Ok(false);
            }
            let key = self.row.get(self.column).ok_or_else(|| TraceError::ShortRow {
                offset: self.row.position().map_or(0, csv::Position::byte),
                found: self.row.len(),
                column: self.column + 1,
            })?;
            ids.push(self.keys.id(key)?);
        }
        Ok(true)
    }

    pub(super) fn progress(&self) -> (u64, usize) {
        (self.rows.get_ref().source.consumed(), self.keys.len())
    }

    /// Reads the next row; false at the end.
    fn next_row(&mut self) -> Result<bool, TraceError> {
        let offset = self.rows.position().byte();
        let found = self.rows.read_byte_record(&mut self.row).map_err(|error| self.refuse(error, offset))?;
        if let Some(at) = self.row.as_slice().iter().position(|&byte| byte == 0) {
            // Quotes and commas are not counted, so that the place is that of the row at least.
            return Err(TraceError::NotText { offset: offset + at as u64 });
        }
        self.rows.get_mut().ration = LONGEST_ROW;
        Ok(found)
    }

    fn refuse(&self, error: csv::Error, offset: u64) -> TraceError {
        match error.into_kind() {
            csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                TraceError::LongLine { offset, most: LONGEST_ROW }
            }
            csv::ErrorKind::Io(error) => self.rows.get_ref().source.refuse(error),
            other => TraceError::Io { offset, error: io::Error::other(format!("{other:?}")) },
        }
    }
}

/// The index of the column that a header gives for the key.
fn find(header: &ByteRecord, column: &Column) -> Result<usize, TraceError> {
    let names: Vec<String> =
        header.iter().map(|name| String::from_utf8_lossy(name).trim_matches(['\u{feff}', ' ']).to_owned()).collect();
    let position = |wanted: &str| names.iter().position(|name| name.eq_ignore_ascii_case(wanted));
    let (found, asked) = match column {
        Column::Named(name) => (position(name), format!("`{name}`")),
        _ => (KEY_NAMES.iter().find_map(|name| position(name)), "key (nor id, obj_id, object_id, obj)".to_owned()),
    };
    found.ok_or_else(|| TraceError::NoColumn {
        column: asked,
        columns: names.iter().enumerate().map(|(at, name)| format!("{} `{}`", at + 1, name.escape_debug())).collect(),
    })
}
