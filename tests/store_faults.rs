//! What may happen to a store: kills, cuts, flips, two processes, folders that cannot be written.
//!
//! A test that needs a second process starts this program again with only itself to run and [`ROLE`] set.
//! `SYSDRILL_SOAK=1` runs the long version of each.
#![cfg(unix)]

use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use sysdrill::content::CardId;
use sysdrill::recall::{Answer, Event, Item, Mint, Rating, Rules, Scheduler, What, fold};
use sysdrill::rng;
use sysdrill::store::{Obstacle, Store, StoreError};
use sysdrill::time::{Now, Timestamp, ZoneOffset};
use tempfile::TempDir;

/// Names the folder in which a second process plays its part.
const ROLE: &str = "SYSDRILL_TEST_FOLDER";

/// The user id of `nobody`, for whom permissions count even where the tests run as root.
const NOBODY: u32 = 65_534;

fn soak() -> bool {
    env::var_os("SYSDRILL_SOAK").is_some_and(|value| value == "1")
}

fn now(minute: u64) -> Now {
    let wall = Timestamp(1_800_000_000_000).plus(Duration::from_secs(60 * minute));
    Now { wall, awake: Duration::ZERO, boot: Duration::ZERO, offset: ZoneOffset(0) }
}

fn open(folder: &Path) -> Result<Store, StoreError> {
    Store::open(folder, now(0))
}

fn file(folder: &Path) -> PathBuf {
    folder.join("sysdrill.db")
}

fn wal(folder: &Path) -> PathBuf {
    folder.join("sysdrill.db-wal")
}

/// A graded answer to one of a few cards, as a session would make it.
fn answer(store: &Store, mint: &mut Mint, minute: u64) -> Event {
    let item = Item::Card(CardId::new(format!("a/{}", minute % 7)));
    let scheduler = Scheduler::new(store.parameters(), Rules::default());
    let state = store.state().expect("states").get(&item);
    let rating = Rating::ALL[minute as usize % 4];
    let review = scheduler.review(&item, &state, now(minute), rating, Answer::default());
    mint.event(now(minute), item, What::Review(review))
}

/// Grades `count` answers.
fn study(store: &mut Store, count: u64) -> Vec<Event> {
    let mut mint = Mint::new(1, "test", store.newest());
    let answers = (0..count).map(|minute| {
        let event = answer(store, &mut mint, minute);
        store.append(&event).expect("saved");
        event
    });
    answers.collect()
}

/// This program again, with one test to run.
fn again(test: &str, folder: &Path) -> Command {
    let mut command = Command::new(env::current_exe().expect("this program"));
    command.args([test, "--exact", "--nocapture"]).env(ROLE, folder);
    command
}

/// A second process, killed when it is let go.
struct Other {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Other {
    fn start(test: &str, folder: &Path) -> Self {
        let mut child = again(test, folder).stdout(Stdio::piped()).spawn().expect("a second process");
        let lines = BufReader::new(child.stdout.take().expect("its output"));
        Self { child, lines }
    }

    /// The rest of the next line that begins with `word`; none when the process has ended.
    fn next(&mut self, word: &str) -> Option<String> {
        let mut line = String::new();
        while self.lines.read_line(&mut line).expect("text") > 0 {
            // A line without its end was cut by the kill and acknowledges nothing.
            if let Some(rest) = line.strip_prefix(word).and_then(|rest| rest.strip_suffix('\n')) {
                return Some(rest.trim().to_owned());
            }
            line.clear();
        }
        None
    }

    fn kill(&mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("ended");
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).expect("the supervisor listens");
}

#[test]
fn no_acknowledged_grade_is_lost_to_a_kill() {
    if let Some(folder) = env::var_os(ROLE) {
        grade_for_ever(Path::new(&folder));
    }
    let folder = TempDir::new().expect("a folder");
    let mut draws = rng::stream(9, "kills");
    let mut log: Vec<String> = Vec::new();
    for kill in 0..if soak() { 1_000 } else { 20 } {
        let mut other = Other::start("no_acknowledged_grade_is_lost_to_a_kill", folder.path());
        other.next("graded").expect("the session resumes");
        let mut acknowledged: Vec<String> =
            (0..draws.below(12)).map(|_| other.next("graded").expect("it goes on for ever")).collect();
        let instant = Instant::now() + Duration::from_micros(draws.below(3_000));
        while Instant::now() < instant {
            std::hint::spin_loop();
        }
        other.kill();
        acknowledged.extend(std::iter::from_fn(|| other.next("graded")));
        let mut store = open(folder.path()).expect("it opens after a kill");
        assert_eq!(store.obstacle(), None, "the dead hold no lock");
        store.check().expect("all is in order");
        let events = store.events().expect("a log");
        let ids: Vec<String> = events.iter().map(|event| event.id.to_string()).collect();
        assert!(ids.starts_with(&log), "kill {kill}: what was there is there");
        let since = &ids[log.len()..];
        let lost: Vec<_> = acknowledged.iter().filter(|id| !since.contains(id)).collect();
        assert!(lost.is_empty(), "kill {kill}: {lost:?} were acknowledged");
        assert!(since.len() <= acknowledged.len() + 2, "kill {kill}: what was not acknowledged is at most the last");
        assert_eq!(store.state().expect("states"), fold(&events), "kill {kill}");
        log = ids;
    }
    assert!(log.len() > 20, "{}", log.len());
}

/// The part of the one who is killed: grades and says so, after the store did.
fn grade_for_ever(folder: &Path) -> ! {
    let mut store = open(folder).expect("a store");
    let mut mint = Mint::new(u64::from(std::process::id()), "test", store.newest());
    let mut minute = store.events().expect("a log").len() as u64;
    loop {
        let event = answer(&store, &mut mint, minute);
        store.append(&event).expect("saved");
        say(&format!("graded {}", event.id));
        minute += 1;
    }
}

/// A small store as a loss of power leaves it: the database, its write-ahead log, and where in that each commit ends.
struct Remains {
    database: Vec<u8>,
    log: Vec<u8>,
    events: Vec<Event>,
    ends: Vec<usize>,
}

impl Remains {
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        drop(open(folder.path()).expect("a new store"));
        let mut store = open(folder.path()).expect("a store");
        let mut mint = Mint::new(1, "test", None);
        let (mut events, mut ends) = (Vec::new(), Vec::new());
        for minute in 0..3 {
            let event = answer(&store, &mut mint, minute);
            store.append(&event).expect("saved");
            events.push(event);
            ends.push(fs::metadata(wal(folder.path())).expect("a log").len() as usize);
        }
        let read = |path: PathBuf| fs::read(path).expect("bytes");
        Self { database: read(file(folder.path())), log: read(wal(folder.path())), events, ends }
    }

    /// Opens a store over the remains with another log, and compares its events with the first `survivors`.
    fn check(&self, log: &[u8], survivors: usize, why: &str) {
        let folder = TempDir::new().expect("a folder");
        fs::write(file(folder.path()), &self.database).expect("a database");
        fs::write(wal(folder.path()), log).expect("a log");
        let mut store = open(folder.path()).unwrap_or_else(|error| panic!("{why}: {error}"));
        assert_eq!(store.check().expect(why), survivors, "{why}");
        assert_eq!(store.events().expect(why), self.events[..survivors], "{why}");
        assert_eq!(study(&mut store, 1).len(), 1, "{why}: it goes on");
    }

    /// How many commits end at or before an offset.
    fn committed_by(&self, offset: usize) -> usize {
        self.ends.iter().filter(|end| **end <= offset).count()
    }

    /// Offsets to try: all of them in a long run, else some, and in any case those around the ends of commits.
    fn offsets(&self) -> Vec<usize> {
        let stride = if soak() { 1 } else { 509 };
        let around = self.ends.iter().flat_map(|end| end - 1..=end + 1);
        (0..self.log.len()).step_by(stride).chain(around).filter(|offset| *offset < self.log.len()).collect()
    }
}

#[test]
fn a_committed_prefix_survives_a_log_that_is_cut_anywhere() {
    let remains = Remains::new();
    assert_eq!(remains.ends.last(), Some(&remains.log.len()));
    for offset in remains.offsets() {
        remains.check(&remains.log[..offset], remains.committed_by(offset), &format!("cut at {offset}"));
    }
}

#[test]
fn a_committed_prefix_survives_a_log_that_is_garbled_anywhere() {
    let remains = Remains::new();
    for offset in remains.offsets() {
        let survivors = remains.committed_by(offset);
        let mut log = remains.log.clone();
        log[offset] ^= 0x10;
        remains.check(&log, survivors, &format!("garbled at {offset}"));
    }
}

/// Damages a copy of a database in which something was studied, and returns its bytes and whether it was refused.
fn damaged(database: &[u8], events: &[Event], damage: impl FnOnce(&mut Vec<u8>), why: &str) -> bool {
    let folder = TempDir::new().expect("a folder");
    let mut bytes = database.to_vec();
    damage(&mut bytes);
    fs::write(file(folder.path()), &bytes).expect("a database");
    let read =
        open(folder.path()).and_then(|mut store| store.check().and_then(|_| Ok((store.events()?, store.state()?))));
    match read {
        Ok((found, state)) => {
            assert_eq!(found, events, "{why}: what is read is what was written");
            assert_eq!(state, fold(events), "{why}");
            false
        }
        Err(error) => {
            let known =
                matches!(error, StoreError::Damaged { .. } | StoreError::Newer { .. } | StoreError::Sqlite { .. });
            assert!(known, "{why}: {error}");
            assert!(fs::read(file(folder.path())).expect("bytes") == bytes, "{why}: it is not touched");
            true
        }
    }
}

fn studied() -> (Vec<u8>, Vec<Event>) {
    let folder = TempDir::new().expect("a folder");
    let mut store = open(folder.path()).expect("a new store");
    let events = study(&mut store, 12);
    drop(store);
    (fs::read(file(folder.path())).expect("bytes"), events)
}

#[test]
fn a_flipped_byte_is_noticed_or_does_no_harm() {
    let (database, events) = studied();
    let stride = if soak() { 1 } else { 199 };
    let offsets = (0..100).chain((100..database.len()).step_by(stride));
    let flip = |offset: usize| damaged(&database, &events, |bytes| bytes[offset] ^= 0x41, &format!("byte {offset}"));
    let noticed = offsets.filter(|offset| flip(*offset)).count();
    assert!(noticed > 50, "{noticed}");
}

#[test]
fn a_truncated_database_is_refused() {
    let (database, events) = studied();
    for length in (1..database.len()).step_by(if soak() { 13 } else { 1009 }) {
        assert!(damaged(&database, &events, |bytes| bytes.truncate(length), &format!("{length} bytes")), "{length}");
    }
}

#[test]
fn a_second_process_reads_names_the_first_and_takes_over_when_that_dies() {
    const NAME: &str = "a_second_process_reads_names_the_first_and_takes_over_when_that_dies";
    if let Some(folder) = env::var_os(ROLE) {
        let mut store = open(Path::new(&folder)).expect("a store");
        study(&mut store, 2);
        say("studied");
        // Until it is killed, or the supervisor is.
        std::io::stdin().read_to_end(&mut Vec::new()).expect("nothing is said");
        return;
    }
    let folder = TempDir::new().expect("a folder");
    let mut child =
        again(NAME, folder.path()).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a second process");
    let lines = BufReader::new(child.stdout.take().expect("its output"));
    let mut first = Other { child, lines };
    first.next("studied").expect("it studied");
    let mut store = open(folder.path()).expect("it can be read");
    let Some(Obstacle::Held(holder)) = store.obstacle() else { panic!("{:?}", store.obstacle()) };
    assert_eq!((holder.pid, holder.since), (Some(first.child.id()), Some(now(0).wall)));
    assert_eq!(store.events().expect("a log").len(), 2);
    let mut mint = Mint::new(2, "test", store.newest());
    let event = answer(&store, &mut mint, 9);
    let error = store.append(&event).expect_err("one writes").to_string();
    assert!(error.contains(&format!("process {}", first.child.id())), "{error}");
    first.kill();
    store.append(&event).expect("the grade waited and is saved");
    assert_eq!(store.events().expect("a log").len(), 3);
}

#[test]
fn in_a_folder_that_cannot_be_written_a_grade_waits() {
    const NAME: &str = "in_a_folder_that_cannot_be_written_a_grade_waits";
    if let Some(folder) = env::var_os(ROLE) {
        return grade_in_a_locked_folder(Path::new(&folder));
    }
    let folder = TempDir::new().expect("a folder");
    let data = folder.path().join("data");
    drop(study(&mut open(&data).expect("a store"), 3));
    set_mode(&data, 0o555);
    let is_root = fs::write(data.join("probe"), "").is_ok();
    if !is_root {
        return grade_in_a_locked_folder(&data);
    }
    fs::remove_file(data.join("probe")).expect("removed");
    set_mode(folder.path(), 0o755);
    let program = folder.path().join("program");
    fs::copy(env::current_exe().expect("this program"), &program).expect("a copy for everyone");
    let entries = fs::read_dir(&data).expect("a folder").map(|entry| entry.expect("an entry").path());
    for path in entries.chain([data.clone()]) {
        chown(path, Some(NOBODY), Some(NOBODY)).expect("given away");
    }
    let mut command = Command::new(&program);
    command.args([NAME, "--exact", "--nocapture"]).env(ROLE, &data).current_dir(&data).uid(NOBODY).gid(NOBODY);
    assert!(command.status().expect("a second process").success());
}

fn grade_in_a_locked_folder(folder: &Path) {
    let before = fs::read(file(folder)).expect("bytes");
    let mut store = open(folder).expect("it can be read");
    assert!(
        matches!(store.obstacle(), Some(Obstacle::Unwritable { path, .. }) if path == folder),
        "{:?}",
        store.obstacle()
    );
    assert_eq!(store.events().expect("a log").len(), 3);
    assert_eq!(store.state().expect("states"), fold(&store.events().expect("a log")));
    let event = answer(&store, &mut Mint::new(2, "test", store.newest()), 9);
    let error = store.append(&event).expect_err("it cannot be saved");
    assert!(error.may_be_retried() && error.to_string().contains("make it writable and try again"), "{error}");
    assert!(fs::read(file(folder)).expect("bytes") == before, "it is not touched");
    set_mode(folder, 0o755);
    store.append(&event).expect("the grade waited");
    assert_eq!(store.obstacle(), None);
    assert_eq!(store.events().expect("a log").last(), Some(&event));
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("permissions");
}
