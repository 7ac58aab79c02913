//! Why the store could not do something: what, where, and what to do.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::time::Timestamp;

/// What went wrong in the store. Every message ends with a remedy, and where it says that nothing was changed,
/// nothing was.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The linked SQLite can lose a write-ahead log (fixed in 3.51.3).
    #[error("SQLite {found} may lose reviews when it resets its log; build with SQLite 3.51.3 or later.")]
    UnsafeSqlite {
        /// Its version.
        found: &'static str,
    },
    /// A later sysdrill wrote the database.
    #[error(
        "{} was written by a later sysdrill (schema {found}, this one knows {known}). It was not touched; \
         use the later version, or another --data-dir.", path.display()
    )]
    Newer {
        /// The database.
        path: PathBuf,
        /// Its schema.
        found: u32,
        /// The newest schema known here.
        known: u32,
    },
    /// The file belongs to another program.
    #[error("{} is not a sysdrill database. It was not touched; move it away, or use another --data-dir.", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The database cannot be read as it was written.
    #[error("{} is damaged: {what}. It was not changed. {remedy}", path.display())]
    Damaged {
        /// The database.
        path: PathBuf,
        /// How it shows.
        what: String,
        /// The backup that can replace it.
        remedy: Remedy,
    },
    /// Nothing can be written at the moment; what was to be saved can be tried again.
    #[error("Not saved: {0}")]
    ReadOnly(Obstacle),
    /// The disk is full; what was to be saved can be tried again.
    #[error("Not saved: no space is left for {}. Free some space and try again.", path.display())]
    Full {
        /// What could not grow.
        path: PathBuf,
    },
    /// A schema too old to read, which only a writable store can bring up to date.
    #[error("{} has an older schema and cannot be brought up to date: {obstacle}", path.display())]
    Older {
        /// The database.
        path: PathBuf,
        /// What keeps it from being written.
        obstacle: Obstacle,
    },
    /// An event bears the id of another event.
    #[error(
        "Event {id} is already in the log with other content; nothing was changed. Export and import it under a new id."
    )]
    Conflict {
        /// The id.
        id: crate::recall::EventId,
    },
    /// The file system refused something.
    #[error("Could not {doing} {}: {source}. Check the folder's permissions and try again.", path.display())]
    Io {
        /// What was attempted.
        doing: &'static str,
        /// On what.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// SQLite refused something.
    #[error("Could not {doing} in {}: {source}. Try again; `sysdrill doctor` examines the database.", path.display())]
    Sqlite {
        /// What was attempted.
        doing: &'static str,
        /// In which database.
        path: PathBuf,
        /// Why not.
        source: rusqlite::Error,
    },
}

/// What keeps a store from being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Another sysdrill has it open.
    Held(Holder),
    /// The folder, or the database in it, cannot be written.
    Unwritable {
        /// Which.
        path: PathBuf,
        /// What the system said.
        why: String,
    },
}

/// The sysdrill that has the store open, as far as it left its name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holder {
    /// Its process.
    pub pid: Option<u32>,
    /// Since when.
    pub since: Option<Timestamp>,
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Held(Holder { pid, since }) => {
                f.write_str("another sysdrill")?;
                pid.map_or(Ok(()), |pid| write!(f, " (process {pid})"))?;
                since.map_or(Ok(()), |since| write!(f, " has written here since {since}"))?;
                f.write_str(if since.is_none() {
                    " writes here; quit it and try again."
                } else {
                    "; quit it and try again."
                })
            }
            Self::Unwritable { path, why } => {
                write!(f, "{} cannot be written ({why}); make it writable and try again.", path.display())
            }
        }
    }
}

/// What can replace a damaged database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedy {
    /// The newest backup that was opened and found good.
    pub backup: Option<PathBuf>,
}

impl fmt::Display for Remedy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.backup {
            Some(backup) => write!(f, "The newest good backup is {0}: run `sysdrill restore {0}`.", backup.display()),
            None => f.write_str("There is no good backup; move it away to begin anew, or restore one of your own."),
        }
    }
}

impl StoreError {
    /// Whether the same may succeed later, once the obstacle is gone.
    pub fn may_be_retried(&self) -> bool {
        matches!(self, Self::ReadOnly(_) | Self::Full { .. } | Self::Io { .. } | Self::Sqlite { .. })
    }

    pub(super) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full { path: path.to_owned() },
            _ => Self::Io { doing, path: path.to_owned(), source },
        }
    }

    pub(super) fn sqlite(doing: &'static str, path: &Path) -> impl FnOnce(rusqlite::Error) -> Self {
        move |source| match source.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full { path: path.to_owned() },
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::damaged(path, format!("SQLite says: {source}"))
            }
            Some(ErrorCode::ReadOnly) => Self::ReadOnly(Obstacle::Unwritable {
                path: path.parent().unwrap_or(path).to_owned(),
                why: source.to_string(),
            }),
            _ => Self::Sqlite { doing, path: path.to_owned(), source },
        }
    }

    /// Damage, before it is known which backup can help.
    pub(super) fn damaged(path: &Path, what: impl Into<String>) -> Self {
        Self::Damaged { path: path.to_owned(), what: what.into(), remedy: Remedy { backup: None } }
    }
}
