//! Single files, read whole: regular ones, of a bounded size.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// Why a file was not read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// A folder, a device, a FIFO or a socket.
    #[error("this is not a regular file")]
    Kind,
    /// It goes on beyond what is read.
    #[error("it is longer than the {0} bytes that are read: split it")]
    Length(u64),
    /// The system said no, or there are bytes that are no text.
    #[error("{0}")]
    System(#[from] io::Error),
}

/// What stands in a regular file of at most `most` bytes.
///
/// # Errors
/// See [`FileError`].
pub fn bytes(path: &Path, most: u64) -> Result<Vec<u8>, FileError> {
    // Asked before it is opened: opening a FIFO would wait for a writer.
    if !fs::metadata(path)?.is_file() {
        return Err(FileError::Kind);
    }
    bounded(File::open(path)?, most)
}

/// The same as text.
///
/// # Errors
/// See [`FileError`].
pub fn text(path: &Path, most: u64) -> Result<String, FileError> {
    utf8(bytes(path, most)?)
}

/// What can be read from a stream of at most `most` bytes, as text.
///
/// # Errors
/// See [`FileError`].
pub fn stream(source: impl Read, most: u64) -> Result<String, FileError> {
    utf8(bounded(source, most)?)
}

fn bounded(source: impl Read, most: u64) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    source.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(FileError::Length(most)) } else { Ok(bytes) }
}

fn utf8(bytes: Vec<u8>) -> Result<String, FileError> {
    String::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.utf8_error()).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_never_ends_is_refused() {
        assert!(matches!(bytes(Path::new("/dev/zero"), 10), Err(FileError::Kind)));
        assert!(matches!(stream(io::repeat(b'a'), 10), Err(FileError::Length(10))));
        assert_eq!(stream(&b"abc"[..], 3).expect("it fits"), "abc");
    }

    #[test]
    fn a_fifo_is_refused_without_waiting_for_a_writer() {
        let folder = tempfile::tempdir().expect("a folder");
        let fifo = folder.path().join("fifo");
        let made = std::process::Command::new("mkfifo").arg(&fifo).status().expect("mkfifo runs");
        assert!(made.success());
        assert!(matches!(text(&fifo, 10), Err(FileError::Kind)));
    }
}
