//! One writer at a time: an advisory lock that names its holder.
//!
//! The lock goes with the process, however it ends; only the name in the file may be stale, and it is read only while
//! the lock is held.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::error::{Holder, Obstacle};
use crate::time::Timestamp;

/// The right to write, until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    /// Locked as long as it is open.
    _file: File,
}

/// Takes the lock of a folder, or says what is in the way.
pub(super) fn take(folder: &Path, since: Timestamp) -> Result<Lock, Obstacle> {
    let path = folder.join("sysdrill.lock");
    let refuse = |error: &io::Error| Obstacle::Unwritable { path: folder.to_owned(), why: error.to_string() };
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .map_err(|error| refuse(&error))?;
    match file.try_lock() {
        Ok(()) => {
            sign(&mut file, since).map_err(|error| refuse(&error))?;
            Ok(Lock { _file: file })
        }
        Err(TryLockError::WouldBlock) => Err(Obstacle::Held(holder(&mut file))),
        Err(TryLockError::Error(error)) => Err(refuse(&error)),
    }
}

fn sign(file: &mut File, since: Timestamp) -> io::Result<()> {
    file.set_len(0)?;
    file.seek(SeekFrom::Start(0))?;
    writeln!(file, "{} {}", std::process::id(), since.0)
}

fn holder(file: &mut File) -> Holder {
    let mut text = String::new();
    if file.take(64).read_to_string(&mut text).is_err() {
        return Holder::default();
    }
    let mut words = text.split_whitespace();
    let pid = words.next().and_then(|word| word.parse().ok());
    let since = words.next().and_then(|word| word.parse().ok()).map(Timestamp);
    Holder { pid, since }
}
