//! Why a trace could not be read.

use std::io;

/// What was wrong, at which byte, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum TraceError {
    /// The stream itself failed.
    #[error("reading failed after {offset} bytes: {error}")]
    Io {
        /// Bytes read before.
        offset: u64,
        /// The system's words.
        error: io::Error,
    },
    /// The compressed stream is damaged or ends too early.
    #[error("the zstd stream is damaged near byte {offset}: {reason}; fetch or compress the file again")]
    Compression {
        /// Bytes of the compressed stream read before.
        offset: u64,
        /// The decoder's words.
        reason: String,
    },
    /// The file is said to be compressed and is not.
    #[error("byte 0 does not begin a zstd stream: give the format without .zst")]
    NotCompressed,
    /// The last record is incomplete.
    #[error("the record at byte {offset} has {found} of its 24 bytes: the file is cut off or not oracleGeneral")]
    Torn {
        /// Where it begins, after decompression.
        offset: u64,
        /// How many bytes there are.
        found: usize,
    },
    /// A record cannot be one of this format.
    #[error("the record at byte {offset} is not oracleGeneral: it says that its next use is request {next}")]
    NotARecord {
        /// Where it begins, after decompression.
        offset: u64,
        /// What it says about the next use.
        next: i64,
    },
    /// A line does not end.
    #[error("the line at byte {offset} is longer than {most} bytes: this is not a trace of one key a line")]
    LongLine {
        /// Where it begins, after decompression.
        offset: u64,
        /// The limit.
        most: u64,
    },
    /// A text has a byte that text does not have.
    #[error("byte {offset} is NUL: this is no text; give its format, such as oracleGeneral")]
    NotText {
        /// Where it is, after decompression.
        offset: u64,
    },
    /// A table has not the column that is asked for.
    #[error("there is no column {column}: the table has {}", .columns.join(", "))]
    NoColumn {
        /// As it was asked for.
        column: String,
        /// Those of the first line, numbered.
        columns: Vec<String>,
    },
    /// A row of a table is too short.
    #[error("the row at byte {offset} has only {found} columns, and the key is in column {column}")]
    ShortRow {
        /// Where it begins, after decompression.
        offset: u64,
        /// How many it has.
        found: usize,
        /// The number of the key's column, from 1.
        column: usize,
    },
    /// There is no request at all.
    #[error("the trace is empty")]
    Empty,
    /// More distinct keys than ids.
    #[error("the trace has more than 2^32 - 1 distinct keys")]
    TooManyObjects,
    /// More than fits.
    #[error(
        "the trace has more than {most} requests: simulate it as a stream, without opt and with capacities in objects"
    )]
    TooLong {
        /// The limit.
        most: usize,
    },
    /// Whoever watched the progress stopped it.
    #[error("reading was cancelled")]
    Cancelled,
}
