//! A stampede: a popular entry expires, everyone misses at once, and the database gets them all.
//!
//! Clients ask for their key again and again; the database works on a few loads at a time, the others queue. Side by
//! side: nothing, single flight (one loads, the others wait), jittered lifetimes, and early refresh (each reader may reload
//! before the expiry, the likelier the nearer it is; Vattani, Chierichetti and Lowenstein 2015).

use std::collections::VecDeque;
use std::fmt;

use serde::Deserialize;

use crate::rng::{Stream, stream};
use crate::sim::strategy::agenda::{Agenda, Micros};
use crate::sim::strategy::{Spread, micros};

/// How eagerly early refresh reloads; 1 is the authors' default.
const BETA: f64 = 1.0;

/// The largest part of its lifetime that jitter takes from an entry.
const JITTER: f64 = 0.2;

/// What is done against a stampede.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Protection {
    /// Whoever misses loads.
    None,
    /// The first who misses loads, the others wait for it.
    SingleFlight,
    /// Each entry lives up to a fifth shorter, so that keys filled together do not expire together.
    Jitter,
    /// Each reader may reload in the background before the entry expires.
    EarlyRefresh,
}

impl Protection {
    /// All of them, in the order in which they are compared.
    pub const ALL: [Self; 4] = [Self::None, Self::SingleFlight, Self::Jitter, Self::EarlyRefresh];

    /// As the command line writes it.
    pub fn id(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::SingleFlight => "single-flight",
            Self::Jitter => "jitter",
            Self::EarlyRefresh => "early-refresh",
        }
    }
}

impl fmt::Display for Protection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// Everything that decides a stampede. Times are in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Stampede {
    /// Each asks for one key, in turn, and again after a pause.
    pub clients: u32,
    /// Hot keys, all filled at the start. With one, jitter cannot help.
    pub keys: u32,
    /// A client's pause between an answer and its next request, on average.
    pub pause: f64,
    /// Lifetime of an entry.
    pub ttl: f64,
    /// Time that the database takes for one load.
    pub load: f64,
    /// Loads that it works on at a time.
    pub at_a_time: u32,
    /// When clients stop to ask.
    pub duration: f64,
    /// For pauses, jitter and early refresh.
    pub seed: u64,
}

impl Default for Stampede {
    fn default() -> Self {
        Self { clients: 500, keys: 1, pause: 50.0, ttl: 1000.0, load: 100.0, at_a_time: 10, duration: 5000.0, seed: 1 }
    }
}

/// What a stampede showed under one protection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StampedeReport {
    /// Which.
    pub protection: Protection,
    /// Requests answered.
    pub requests: u64,
    /// Loads of the database.
    pub loads: u64,
    /// The most loads that were under way or queued at one moment.
    pub most_at_once: u64,
    /// Time of requests; the cache itself takes none.
    pub latency: Spread,
}

/// Runs a stampede under one protection, until the last request is answered.
///
/// # Panics
/// If there are no keys.
pub fn stampede(setup: &Stampede, protection: Protection) -> StampedeReport {
    let mut herd = Herd::new(setup, protection);
    while let Some((now, event)) = herd.agenda.next() {
        match event {
            Event::Ask(client) => herd.ask(now, client),
            Event::Loaded(load) => herd.loaded(now, load),
        }
    }
    let requests = herd.times.len() as u64;
    let (loads, most_at_once) = (herd.loads, herd.most_at_once);
    StampedeReport { protection, requests, loads, most_at_once, latency: Spread::of(herd.times) }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Ask(u32),
    Loaded(Load),
}

/// A load of a key for a client that waits, or for nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Load {
    key: u32,
    client: Option<(u32, Micros)>,
}

struct Herd<'a> {
    setup: &'a Stampede,
    protection: Protection,
    agenda: Agenda<Event>,
    draws: Stream,
    /// For each key when its entry expires.
    expires: Vec<Micros>,
    /// For each key whether the one load that single flight allows is under way, and who waits for it.
    flights: Vec<Option<Vec<(u32, Micros)>>>,
    /// Loads for which the database has no place yet.
    queue: VecDeque<Load>,
    working: u32,
    loads: u64,
    most_at_once: u64,
    times: Vec<Micros>,
}

impl<'a> Herd<'a> {
    fn new(setup: &'a Stampede, protection: Protection) -> Self {
        assert!(setup.keys > 0, "clients ask for something");
        let mut herd = Self {
            setup,
            protection,
            agenda: Agenda::new(),
            draws: stream(setup.seed, "stampede"),
            expires: vec![0; setup.keys as usize],
            flights: vec![None; setup.keys as usize],
            queue: VecDeque::new(),
            working: 0,
            loads: 0,
            most_at_once: 0,
            times: Vec::new(),
        };
        for key in 0..setup.keys {
            herd.fill(0, key);
        }
        for client in 0..setup.clients {
            let first = herd.pause();
            herd.agenda.plan(first, Event::Ask(client));
        }
        herd
    }

    fn ask(&mut self, now: Micros, client: u32) {
        if now >= micros(self.setup.duration) {
            return;
        }
        let key = client % self.setup.keys;
        if now >= self.expires[key as usize] {
            self.miss(key, (client, now));
            return;
        }
        if self.protection == Protection::EarlyRefresh && self.draws_early_refresh(now, key) {
            self.begin(now, Load { key, client: None });
        }
        self.answer(now, client, now);
    }

    fn miss(&mut self, key: u32, waiting: (u32, Micros)) {
        let load = Load { key, client: Some(waiting) };
        if self.protection != Protection::SingleFlight {
            self.begin(waiting.1, load);
            return;
        }
        match &mut self.flights[key as usize] {
            Some(others) => others.push(waiting),
            none => {
                *none = Some(Vec::new());
                self.begin(waiting.1, load);
            }
        }
    }

    /// Gives a load to the database, which works on it at once if it has a place.
    fn begin(&mut self, now: Micros, load: Load) {
        self.loads += 1;
        self.queue.push_back(load);
        self.most_at_once = self.most_at_once.max(u64::from(self.working) + self.queue.len() as u64);
        self.work(now);
    }

    fn work(&mut self, now: Micros) {
        while self.working < self.setup.at_a_time.max(1)
            && let Some(load) = self.queue.pop_front()
        {
            self.working += 1;
            self.agenda.plan(now + micros(self.setup.load), Event::Loaded(load));
        }
    }

    fn loaded(&mut self, now: Micros, load: Load) {
        self.working -= 1;
        self.fill(now, load.key);
        let others = self.flights[load.key as usize].take().unwrap_or_default();
        for (client, began) in load.client.into_iter().chain(others) {
            self.answer(now, client, began);
        }
        self.work(now);
    }

    fn fill(&mut self, now: Micros, key: u32) {
        let jittered = self.protection == Protection::Jitter;
        let shorter = if jittered { self.draws.unit() * JITTER } else { 0.0 };
        self.expires[key as usize] = now + micros(self.setup.ttl * (1.0 - shorter));
    }

    fn answer(&mut self, now: Micros, client: u32, began: Micros) {
        self.times.push(now - began);
        let pause = self.pause();
        self.agenda.plan(now + pause, Event::Ask(client));
    }

    /// Reloads once now − load · β · ln(u) has reached the expiry, u uniform in (0, 1].
    fn draws_early_refresh(&mut self, now: Micros, key: u32) -> bool {
        let gap = -(1.0 - self.draws.unit()).ln() * BETA * micros(self.setup.load) as f64;
        now as f64 + gap >= self.expires[key as usize] as f64
    }

    /// Between half and three halves of the mean, and never nothing.
    fn pause(&mut self) -> Micros {
        micros(self.setup.pause * (0.5 + self.draws.unit())).max(1)
    }
}
