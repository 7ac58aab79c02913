//! How a database is opened: looked at before it is touched, then by the right that there is.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::error::{Obstacle, StoreError};
use super::schema::{self, APPLICATION_ID, MIGRATIONS, Migration};
use super::{backup, lock};
use crate::time::Now;

/// The first version without the race in which a reset loses the write-ahead log (<https://sqlite.org/wal.html>).
const SAFE_SQLITE: i32 = 3_051_003;

/// How long to wait for another process that reads, such as a backup.
const PATIENCE: Duration = Duration::from_secs(2);

/// Refuses a SQLite that may lose what it acknowledged.
pub(super) fn assert_safe_sqlite() -> Result<(), StoreError> {
    if rusqlite::version_number() < SAFE_SQLITE {
        return Err(StoreError::UnsafeSqlite { found: rusqlite::version() });
    }
    Ok(())
}

/// What the first bytes of a database file say, read without opening it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// No file, or an empty one.
    Nothing,
    /// A database that may be opened; `clean` where it was closed by its last user.
    Database {
        /// Whether nothing waits in its write-ahead log.
        clean: bool,
    },
}

/// Looks at a database file without changing a byte of it or beside it.
pub(super) fn look(path: &Path) -> Result<Found, StoreError> {
    let damaged = |what: &str| Err(StoreError::damaged(path, what));
    let failed = || StoreError::io("read", path);
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(error) => return Err(failed()(error)),
    };
    let length = file.metadata().map_err(failed())?.len();
    let clean = fs::metadata(beside(path, "-wal")).map_or(true, |wal| wal.len() == 0);
    if length == 0 && clean {
        let lost = backup::list(path).is_ok_and(|backups| !backups.is_empty());
        return if lost { damaged("it is empty, and there are backups of it") } else { Ok(Found::Nothing) };
    }
    let mut header = [0; 100];
    if file.read_exact(&mut header).is_err() || !header.starts_with(b"SQLite format 3\0") {
        return damaged("its header is not that of a database");
    }
    let word = |at: usize| u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
    let (version, application) = (word(60), word(68).cast_signed());
    // Until the first checkpoint the header knows neither.
    if application != APPLICATION_ID && (application, version) != (0, 0) {
        return damaged("its header does not bear the mark of sysdrill");
    }
    if version > schema::newest() {
        return Err(StoreError::Newer { path: path.to_owned(), found: version, known: schema::newest() });
    }
    let page_size = match u16::from_be_bytes([header[16], header[17]]) {
        1 => 65_536,
        size => u64::from(size),
    };
    if clean && u64::from(word(28)) * page_size > length {
        return damaged("its end is missing");
    }
    Ok(Found::Database { clean })
}

/// The right to write, or what is in its way.
pub(super) type Access = Result<lock::Lock, Obstacle>;

/// Opens the database of a folder as far as there is a right to, and returns the right that was left.
pub(super) fn connect(path: &Path, found: Found, access: Access, now: Now) -> Result<(Connection, Access), StoreError> {
    let obstacle = match access {
        Ok(lock) => match writable(path, found, now) {
            Ok(db) => return Ok((db, Ok(lock))),
            Err(StoreError::ReadOnly(obstacle)) => obstacle,
            Err(error) => return Err(error),
        },
        Err(obstacle) => obstacle,
    };
    let db = match found {
        Found::Nothing => in_memory()?,
        Found::Database { clean } => readable(path, clean, &obstacle)?,
    };
    Ok((db, Err(obstacle)))
}

/// Opens a database for writing, creates it where there is none and brings its schema up to date.
fn writable(path: &Path, found: Found, now: Now) -> Result<Connection, StoreError> {
    let failed = |doing| StoreError::sqlite(doing, path);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut db = Connection::open_with_flags(path, flags).map_err(failed("open the database"))?;
    prepare(&db).map_err(failed("open the database"))?;
    if db.is_readonly("main").map_err(failed("open the database"))? {
        let why = "the database is read-only".to_owned();
        return Err(StoreError::ReadOnly(Obstacle::Unwritable { path: path.to_owned(), why }));
    }
    if found == (Found::Database { clean: false }) {
        examine(&db, path, Look::Quick)?;
    }
    known_version(&db, path)?;
    db.pragma_update(None, "journal_mode", "wal").map_err(failed("open the database"))?;
    db.pragma_update(None, "synchronous", "full").map_err(failed("open the database"))?;
    bring_up_to_date(&mut db, MIGRATIONS, path, now)?;
    Ok(db)
}

/// Migrates where there is something to migrate, after a backup where there is something to lose.
pub(super) fn bring_up_to_date(
    db: &mut Connection,
    migrations: &[Migration],
    path: &Path,
    now: Now,
) -> Result<(), StoreError> {
    let failed = || StoreError::sqlite("bring the schema up to date", path);
    let (from, to) = (schema::version(db).map_err(failed())?, migrations.len() as u32);
    if from == to {
        return Ok(());
    }
    if from > 0 {
        backup::make(db, path, now, &format!("before-schema-{to}"))?;
    }
    schema::migrate(db, migrations, path)?;
    // Writes the new version into the header, where the next start looks for it.
    db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).map_err(failed())
}

/// Opens a database for reading only.
fn readable(path: &Path, clean: bool, obstacle: &Obstacle) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let open = |name: &str| {
        let db = Connection::open_with_flags(name, flags)?;
        prepare(&db)?;
        schema::version(&db).map(|_| db)
    };
    let name = uri(path);
    let opened = match open(&name) {
        // Beside it no index of the write-ahead log can be made; where that log is empty none is needed.
        Err(_) if clean && matches!(obstacle, Obstacle::Unwritable { .. }) => open(&format!("{name}?immutable=1")),
        opened => opened,
    };
    let db = opened.map_err(StoreError::sqlite("open the database", path))?;
    if known_version(&db, path)? < schema::newest() {
        return Err(StoreError::Older { path: path.to_owned(), obstacle: obstacle.clone() });
    }
    Ok(db)
}

/// A database in memory, with the newest schema.
pub(super) fn in_memory() -> Result<Connection, StoreError> {
    let path = Path::new("memory");
    let mut db = Connection::open_in_memory().map_err(StoreError::sqlite("open a database", path))?;
    schema::migrate(&mut db, MIGRATIONS, path)?;
    Ok(db)
}

/// Takes the right to write into a folder, creating it where it is missing.
pub(super) fn take_lock(folder: &Path, now: Now) -> Result<lock::Lock, Obstacle> {
    fs::create_dir_all(folder)
        .map_err(|error| Obstacle::Unwritable { path: folder.to_owned(), why: error.to_string() })?;
    lock::take(folder, now.wall)
}

/// How thoroughly SQLite looks at its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// At their structure: for a start after a crash.
    Quick,
    /// At their structure and at whether the indices agree with the tables.
    Thorough,
}

/// Whether SQLite finds everything in order.
pub(super) fn examine(db: &Connection, path: &Path, look: Look) -> Result<(), StoreError> {
    let pragma = match look {
        Look::Quick => "PRAGMA quick_check(1)",
        Look::Thorough => "PRAGMA integrity_check(1)",
    };
    let verdict: String =
        db.query_row(pragma, [], |row| row.get(0)).map_err(StoreError::sqlite("examine the database", path))?;
    if verdict == "ok" { Ok(()) } else { Err(StoreError::damaged(path, verdict.replace('\n', ", "))) }
}

fn prepare(db: &Connection) -> rusqlite::Result<()> {
    db.busy_timeout(PATIENCE)?;
    db.pragma_update(None, "trusted_schema", false)
}

/// The version of a database, refused where it is newer than this program.
fn known_version(db: &Connection, path: &Path) -> Result<u32, StoreError> {
    let version = schema::version(db).map_err(StoreError::sqlite("read the schema's version", path))?;
    if version > schema::newest() {
        return Err(StoreError::Newer { path: path.to_owned(), found: version, known: schema::newest() });
    }
    Ok(version)
}

/// The path with something at its end, as SQLite names what lies beside a database.
pub(super) fn beside(path: &Path, ending: &str) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// A path as SQLite's URIs write it (<https://sqlite.org/uri.html>).
fn uri(path: &Path) -> String {
    let escaped = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("file:{escaped}")
}
