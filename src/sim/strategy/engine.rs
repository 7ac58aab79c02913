//! One strategy at work: requests, loads, flushes, a crash and a second writer as events in time.
//!
//! Values are versions: every write has a larger number than all before it. An access to the database takes effect
//! when it completes if it writes and when it begins if it reads, which is what lets a slow reader fill the cache
//! with a value that was overwritten meanwhile.

use std::collections::BTreeMap;

use crate::rng::{Stream, stream};
use crate::sim::strategy::agenda::{Agenda, Micros};
use crate::sim::strategy::{Report, Setup, Spread, Strategy, micros};
use crate::sim::workload::{Requests, Workload};

type Key = u32;

/// 0 is the value before all writes.
type Version = u64;

/// Share of its lifetime after which a read reloads an entry under refresh-ahead.
const REFRESH_AFTER: f64 = 0.8;

/// Runs a set-up to its end: until every request is answered and, unless the cache crashed, everything is flushed.
///
/// # Panics
/// If there are no keys.
pub fn run(setup: &Setup) -> Report {
    let mut engine = Engine::new(setup);
    while let Some((now, event)) = engine.agenda.next() {
        engine.happen(now, event);
    }
    let read_latency = Spread::of(std::mem::take(&mut engine.read_times));
    let write_latency = Spread::of(std::mem::take(&mut engine.write_times));
    Report { read_latency, write_latency, ..engine.report }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// The application's next request.
    Request,
    /// A read looks into the cache.
    Look(Read),
    /// The database answers a read of the application, which fills the cache itself.
    Answer(Read, Version),
    /// The database answers a load of the cache.
    Loaded(Key, Version),
    /// The application's value arrives in the cache.
    Fill(Key, Version),
    /// A write arrives at the cache, under the strategies where it goes there.
    CacheWrite(Write),
    /// A write of the application takes effect in the database.
    DatabaseWrite(Write),
    /// The entry of a written key is deleted, and the write acknowledged.
    Delete(Write),
    /// Write-behind writes what is dirty.
    Flush,
    /// A flushed value takes effect in the database.
    Flushed(Key, Version),
    /// Somebody else writes to the database.
    OtherWrite,
    Crash,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Read {
    key: Key,
    began: Micros,
    /// The newest value that was acknowledged before the read began.
    owed: Version,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Write {
    key: Key,
    began: Micros,
    version: Version,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    version: Version,
    filled: Micros,
}

struct Engine<'a> {
    setup: &'a Setup,
    agenda: Agenda<Event>,
    keys: Requests,
    other_keys: Requests,
    kinds: Stream,
    /// Requests so far, and the writes among them.
    issued: u32,
    written: u64,
    newest: Version,
    database: Vec<Version>,
    acknowledged: Vec<Version>,
    cache: Vec<Option<Entry>>,
    /// Reads that wait for the cache to load a key.
    waiting: BTreeMap<Key, Vec<Read>>,
    /// Write-behind: acknowledged writes of each key that are not flushed, and the last one's version.
    dirty: BTreeMap<Key, (u64, Version)>,
    /// For each key how many flushed values are on their way to the database.
    in_flight: Vec<u32>,
    report: Report,
    read_times: Vec<Micros>,
    write_times: Vec<Micros>,
}

impl<'a> Engine<'a> {
    fn new(setup: &'a Setup) -> Self {
        let keys = setup.keys as usize;
        let requests = |seed| Workload::Zipf { alpha: 1.0 }.requests(setup.keys, seed);
        let mut engine = Self {
            setup,
            agenda: Agenda::new(),
            keys: requests(setup.seed),
            other_keys: requests(setup.seed.wrapping_add(1)),
            kinds: stream(setup.seed, "which requests write"),
            issued: 0,
            written: 0,
            newest: 0,
            database: vec![0; keys],
            acknowledged: vec![0; keys],
            cache: vec![None; keys],
            waiting: BTreeMap::new(),
            dirty: BTreeMap::new(),
            in_flight: vec![0; keys],
            report: Report::default(),
            read_times: Vec::new(),
            write_times: Vec::new(),
        };
        // The crash is planned before all else, so that of what falls on its moment everything comes after it.
        if let Some(crash) = setup.crash {
            engine.agenda.plan(micros(crash), Event::Crash);
        }
        if setup.requests > 0 {
            engine.agenda.plan(0, Event::Request);
        }
        if let Some(pause) = setup.other_writer {
            engine.agenda.plan(micros(pause), Event::OtherWrite);
        }
        if setup.strategy == Strategy::WriteBehind {
            engine.agenda.plan(micros(setup.flush).max(1), Event::Flush);
        }
        engine
    }

    fn happen(&mut self, now: Micros, event: Event) {
        match event {
            Event::Request => self.request(now),
            Event::Look(read) => self.look(now, read),
            Event::Answer(read, version) => {
                self.answer(now, read, version);
                self.agenda.plan(now + micros(self.setup.cache), Event::Fill(read.key, version));
            }
            Event::Loaded(key, version) => self.loaded(now, key, version),
            Event::Fill(key, version) => self.fill(now, key, version),
            Event::CacheWrite(write) => self.cache_write(now, write),
            Event::DatabaseWrite(write) => self.database_write(now, write),
            Event::Delete(write) => {
                self.cache[write.key as usize] = None;
                self.acknowledge(now, write);
            }
            Event::Flush => self.flush(now),
            Event::Flushed(key, version) => {
                self.in_flight[key as usize] -= 1;
                self.store(key, version);
            }
            Event::OtherWrite => self.other_write(now),
            Event::Crash => self.crash(),
        }
    }

    fn request(&mut self, now: Micros) {
        let Some(key) = self.keys.next() else { return };
        self.issued += 1;
        if self.issued < self.setup.requests {
            self.agenda.plan(now + micros(self.setup.interval), Event::Request);
        }
        if self.kinds.unit() >= self.setup.writes {
            let read = Read { key, began: now, owed: self.acknowledged[key as usize] };
            self.agenda.plan(now + micros(self.setup.cache), Event::Look(read));
            return;
        }
        self.newest += 1;
        self.written += 1;
        let write = Write { key, began: now, version: self.newest };
        if matches!(self.setup.strategy, Strategy::WriteThrough | Strategy::WriteBehind) {
            self.agenda.plan(now + micros(self.setup.cache), Event::CacheWrite(write));
        } else {
            self.agenda.plan(now + micros(self.setup.write), Event::DatabaseWrite(write));
        }
    }

    fn look(&mut self, now: Micros, read: Read) {
        if let Some(entry) = self.living(now, read.key) {
            self.report.hits += 1;
            self.answer(now, read, entry.version);
            let reload_at = self.setup.ttl.map(|ttl| entry.filled + micros(ttl * REFRESH_AFTER));
            if self.setup.strategy == Strategy::RefreshAhead && reload_at.is_some_and(|at| at <= now) {
                self.load(now, read.key, None);
            }
            return;
        }
        if matches!(self.setup.strategy, Strategy::CacheAside | Strategy::WriteAround) {
            let version = self.read_database(read.key);
            self.agenda.plan(now + micros(self.setup.read), Event::Answer(read, version));
        } else {
            self.load(now, read.key, Some(read));
        }
    }

    /// The cache loads a key, unless it is about to: then the read waits for the load that is under way.
    fn load(&mut self, now: Micros, key: Key, read: Option<Read>) {
        let under_way = self.waiting.contains_key(&key);
        self.waiting.entry(key).or_default().extend(read);
        if !under_way {
            let version = self.read_database(key);
            self.agenda.plan(now + micros(self.setup.read), Event::Loaded(key, version));
        }
    }

    fn loaded(&mut self, now: Micros, key: Key, version: Version) {
        // A write that went through the cache while it loaded is newer than what it loaded.
        let newer = self.living(now, key).filter(|entry| entry.version > version);
        if newer.is_none() {
            self.fill(now, key, version);
        }
        let version = newer.map_or(version, |entry| entry.version);
        for read in self.waiting.remove(&key).unwrap_or_default() {
            self.answer(now, read, version);
        }
    }

    fn cache_write(&mut self, now: Micros, write: Write) {
        if self.setup.strategy == Strategy::WriteThrough {
            self.agenda.plan(now + micros(self.setup.write), Event::DatabaseWrite(write));
            return;
        }
        self.fill(now, write.key, write.version);
        let (writes, version) = self.dirty.entry(write.key).or_default();
        (*writes, *version) = (*writes + 1, write.version);
        self.acknowledge(now, write);
    }

    fn database_write(&mut self, now: Micros, write: Write) {
        self.store(write.key, write.version);
        match self.setup.strategy {
            Strategy::WriteThrough => {
                self.fill(now, write.key, write.version);
                self.acknowledge(now, write);
            }
            Strategy::WriteAround => self.acknowledge(now, write),
            _ => self.agenda.plan(now + micros(self.setup.cache), Event::Delete(write)),
        }
    }

    fn flush(&mut self, now: Micros) {
        for (key, (_, version)) in std::mem::take(&mut self.dirty) {
            self.in_flight[key as usize] += 1;
            self.agenda.plan(now + micros(self.setup.write), Event::Flushed(key, version));
        }
        if self.issued < self.setup.requests || self.report.writes < self.written {
            self.agenda.plan(now + micros(self.setup.flush).max(1), Event::Flush);
        }
    }

    fn other_write(&mut self, now: Micros) {
        let Some(key) = self.other_keys.next() else { return };
        self.newest += 1;
        self.database[key as usize] = self.newest;
        self.acknowledged[key as usize] = self.newest;
        if let Some(pause) = self.setup.other_writer
            && self.issued < self.setup.requests
        {
            self.agenda.plan(now + micros(pause).max(1), Event::OtherWrite);
        }
    }

    /// Everything in the cache is gone. What was acknowledged and not flushed is lost, and nobody is owed it any more.
    fn crash(&mut self) {
        self.cache.fill(None);
        for (key, (writes, _)) in std::mem::take(&mut self.dirty) {
            self.report.lost_writes += writes;
            self.acknowledged[key as usize] = self.database[key as usize];
        }
    }

    fn living(&self, now: Micros, key: Key) -> Option<Entry> {
        let entry = self.cache[key as usize]?;
        let dies = self.setup.ttl.map(|ttl| entry.filled + micros(ttl));
        // Write-behind must not forget what the database does not have yet.
        let ahead = self.dirty.contains_key(&key) || self.in_flight[key as usize] > 0;
        (ahead || dies.is_none_or(|dies| now < dies)).then_some(entry)
    }

    fn fill(&mut self, now: Micros, key: Key, version: Version) {
        self.cache[key as usize] = Some(Entry { version, filled: now });
    }

    fn read_database(&mut self, key: Key) -> Version {
        self.report.database_reads += 1;
        self.database[key as usize]
    }

    fn store(&mut self, key: Key, version: Version) {
        self.report.database_writes += 1;
        self.database[key as usize] = version;
    }

    fn answer(&mut self, now: Micros, read: Read, version: Version) {
        self.report.reads += 1;
        self.report.stale_reads += u64::from(version < read.owed);
        self.read_times.push(now - read.began);
    }

    fn acknowledge(&mut self, now: Micros, write: Write) {
        let acknowledged = &mut self.acknowledged[write.key as usize];
        *acknowledged = write.version.max(*acknowledged);
        self.report.writes += 1;
        self.write_times.push(now - write.began);
    }
}
