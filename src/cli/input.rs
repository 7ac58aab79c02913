//! What a command reads whole: a file or standard input, and how much of it.

use std::io;
use std::path::Path;

use crate::library::file::{self, FileError};

/// The most bytes of a sheet or of a recording.
pub(super) const TEXT: u64 = 1 << 20;

/// The most bytes of a written answer, which is several times what a person types in an hour.
pub(super) const NOTES: u64 = 256 << 10;

/// What stands in a file, or with `-` on standard input.
pub(super) fn read(path: &Path, most: u64) -> Result<String, FileError> {
    if path == Path::new("-") { file::stream(io::stdin().lock(), most) } else { file::text(path, most) }
}
