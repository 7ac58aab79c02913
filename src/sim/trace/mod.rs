//! Traces: recorded requests, read from any stream.
//!
//! Text (one key a line), CSV (one column of it) and `oracleGeneral`, the packed binary records in which the
//! research community shares its traces; each also compressed with zstd. Keys of any kind become dense ids as they
//! are read, in the order of their first appearance, so that nothing behind this room hashes again.
//!
//! Knows no files and no clock, and trusts no input: whatever is torn, endless or of another format is refused with the
//! byte at which that was seen. Start reading at [`Reader`]; [`read_all`] is the short way.

mod error;
mod format;
mod keys;
mod oracle;
mod source;
mod table;
mod text;

use std::io::Read;
use std::ops::ControlFlow;

pub use error::TraceError;
pub use format::{Column, Format, Layout, UnknownFormat};

use crate::sim::trace::oracle::Oracle;
use crate::sim::trace::source::Source;
use crate::sim::trace::table::Table;
use crate::sim::trace::text::Text;

/// The most requests that are read into memory: four bytes each, so 4 GiB.
pub const MOST_IN_MEMORY: usize = 1 << 30;

/// Requests between two reports of progress.
const CHUNK: usize = 1 << 16;

/// A trace in memory, as dense ids below `objects`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// One id a request.
    pub ids: Vec<u32>,
    /// How many distinct ids there are.
    pub objects: usize,
}

/// How far reading has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Bytes taken from the stream, compressed as they are.
    pub bytes: u64,
    /// Requests read.
    pub requests: u64,
    /// Distinct objects among them.
    pub objects: usize,
}

/// Reads a trace bit by bit, so that one larger than memory can be simulated as it comes.
#[derive(Debug)]
pub struct Reader<R: Read> {
    records: Records<R>,
    requests: u64,
}

#[derive(Debug)]
enum Records<R: Read> {
    Text(Text<R>),
    Table(Box<Table<R>>),
    Oracle(Box<Oracle<R>>),
}

impl<R: Read> Reader<R> {
    /// Begins to read. Compression is recognised by its first bytes, whatever the format says about it.
    pub fn new(input: R, format: &Format) -> Result<Self, TraceError> {
        let source = Source::new(input, format.zstd)?;
        let records = match &format.layout {
            Layout::Text => Records::Text(Text::new(source)),
            Layout::Csv { column } => Records::Table(Box::new(Table::new(source, column)?)),
            Layout::OracleGeneral => Records::Oracle(Box::new(Oracle::new(source))),
        };
        Ok(Self { records, requests: 0 })
    }

    /// Looks at up to `most` records and appends their requests to `ids`; false once there are no more.
    pub fn read(&mut self, ids: &mut Vec<u32>, most: usize) -> Result<bool, TraceError> {
        let before = ids.len();
        let more = match &mut self.records {
            Records::Text(text) => text.read(ids, most)?,
            Records::Table(table) => table.read(ids, most)?,
            Records::Oracle(oracle) => oracle.read(ids, most)?,
        };
        self.requests += (ids.len() - before) as u64;
        Ok(more)
    }

    /// How far it has come.
    pub fn progress(&self) -> Progress {
        let (bytes, objects) = match &self.records {
            Records::Text(text) => text.progress(),
            Records::Table(table) => table.progress(),
            Records::Oracle(oracle) => oracle.progress(),
        };
        Progress { bytes, requests: self.requests, objects }
    }
}

/// Reads a whole trace into memory, reporting progress from time to time; a break stops it.
pub fn read_all<R: Read>(
    input: R,
    format: &Format,
    report: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Trace, TraceError> {
    let mut ids = Vec::new();
    let progress = read_chunks(input, format, report, &mut |chunk, _| {
        ids.extend_from_slice(chunk);
        if ids.len() > MOST_IN_MEMORY { Err(TraceError::TooLong { most: MOST_IN_MEMORY }) } else { Ok(()) }
    })?;
    ids.shrink_to_fit();
    Ok(Trace { ids, objects: progress.objects })
}

/// Takes a chunk of ids and the number of distinct objects so far.
pub type Sink<'a, E> = &'a mut dyn FnMut(&[u32], usize) -> Result<(), E>;

/// Reads a trace chunk by chunk: `each` gets the ids and the number of distinct objects so far. An empty trace is refused.
pub fn read_chunks<R: Read, E: From<TraceError>>(
    input: R,
    format: &Format,
    report: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    each: Sink<'_, E>,
) -> Result<Progress, E> {
    let mut reader = Reader::new(input, format)?;
    let mut chunk = Vec::with_capacity(CHUNK);
    loop {
        chunk.clear();
        let more = reader.read(&mut chunk, CHUNK)?;
        let progress = reader.progress();
        each(&chunk, progress.objects)?;
        if report(progress).is_break() {
            return Err(TraceError::Cancelled.into());
        }
        if !more {
            return if progress.requests == 0 { Err(TraceError::Empty.into()) } else { Ok(progress) };
        }
    }
}
