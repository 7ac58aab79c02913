//! What a keystroke costs in the search, by the number of entries.
//!
//! `cargo bench --bench search` types queries letter by letter and prints the median, the 95th percentile and the
//! largest time of a keystroke against the bounds that must hold: 5 ms over 4,000 entries, 12 ms over 10,000.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use sysdrill::library::search::{Entry, Kind, Search};
use sysdrill::rng;

const BOUNDS: [(usize, Duration); 2] = [(4_000, Duration::from_millis(5)), (10_000, Duration::from_millis(12))];

const QUERIES: [&str; 12] = [
    "consistent hashing",
    "cache stampede",
    "wal",
    "quorum reads",
    "why lru",
    "rate limit token",
    "eviction",
    "p99 latency",
    "sharding key",
    "zzz",
    "replication lag",
    "e",
];

const WORDS: [&str; 40] = [
    "consistent",
    "hashing",
    "ring",
    "node",
    "cache",
    "eviction",
    "stampede",
    "replica",
    "leader",
    "lag",
    "quorum",
    "read",
    "write",
    "latency",
    "p99",
    "token",
    "bucket",
    "limit",
    "shard",
    "key",
    "range",
    "hot",
    "queue",
    "message",
    "order",
    "offset",
    "index",
    "page",
    "log",
    "ahead",
    "commit",
    "lock",
    "lease",
    "fence",
    "timeout",
    "retry",
    "jitter",
    "breaker",
    "budget",
    "sample",
];

fn main() {
    let mut failed = false;
    for (entries, bound) in BOUNDS {
        let mut times = keystrokes(entries);
        times.sort_unstable();
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
        let p95 = at(0.95);
        println!(
            "{entries:>6} entries, {} keystrokes: median {:.2?}, p95 {p95:.2?} (bound {bound:?}), largest {:.2?}",
            times.len(),
            at(0.5),
            at(1.0)
        );
        failed |= p95 > bound;
    }
    if failed {
        eprintln!("a keystroke takes longer than it may");
        std::process::exit(1);
    }
}

/// How long each keystroke took when every query was typed ten times over.
fn keystrokes(entries: usize) -> Vec<Duration> {
    let mut search = Search::new(corpus(entries));
    let mut times = Vec::new();
    for _ in 0..10 {
        for query in QUERIES {
            search.find("");
            for end in 1..=query.len() {
                let start = cpu_time();
                std::hint::black_box(search.find(&query[..end]));
                times.push(cpu_time() - start);
            }
        }
    }
    times
}

/// The time that this thread has computed, so that a busy machine does not count.
fn cpu_time() -> Duration {
    let spec = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(u64::try_from(spec.tv_sec).unwrap_or(0), u32::try_from(spec.tv_nsec).unwrap_or(0))
}

/// Entries as cards are: a question of about twelve words, a text of about forty.
fn corpus(entries: usize) -> Vec<Entry> {
    let mut stream = rng::stream(1, "search bench");
    let mut text = |words: usize| (0..words).map(|_| WORDS[stream.index(WORDS.len())]).collect::<Vec<_>>().join(" ");
    (0..entries)
        .map(|n| Entry {
            kind: Kind::Card,
            id: format!("topic/card-{n}"),
            title: format!("Why does {}?", text(10)),
            text: text(40),
        })
        .collect()
}
