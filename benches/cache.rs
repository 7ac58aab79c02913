//! How many requests a second the policies and the miss-ratio curves serve.
//!
//! ```text
//! cargo bench --bench cache
//! SYSDRILL_BENCH_REQUESTS=20000000 CACHESIM=path/to/cachesim cargo bench --bench cache
//! ```
//!
//! Zipf 1.0 over a million objects. `CACHESIM` names libCacheSim's binary, which is then run on the same trace in turn
//! with ours, so that a noisy machine slows both; its miss ratios must be ours. `SYSDRILL_BENCH_POLICIES` picks some.

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sysdrill::sim::cache::{Future, POLICIES, Setting, build};
use sysdrill::sim::curve;
use sysdrill::sim::trace::{Format, Trace, read_all};
use sysdrill::sim::workload::Workload;

/// How often each measurement is taken.
const ROUNDS: usize = 3;

const OBJECTS: u32 = 1_000_000;
const REQUESTS: usize = 2_000_000;
const CAPACITIES: [usize; 2] = [10_000, 100_000];

/// Our names of the policies that libCacheSim defines alike, and its own.
const SHARED: [(&str, &str); 9] = [
    ("fifo", "fifo"),
    ("lru", "lru"),
    ("lfu", "lfu"),
    ("clock", "clock"),
    ("2q", "twoq"),
    ("arc", "arc"),
    ("sieve", "sieve"),
    ("s3-fifo", "s3fifo"),
    ("opt", "belady"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let requests = match std::env::var("SYSDRILL_BENCH_REQUESTS") {
        Ok(text) => text.parse()?,
        Err(_) => REQUESTS,
    };
    let cachesim = std::env::var_os("CACHESIM").map(PathBuf::from);
    let chosen = std::env::var("SYSDRILL_BENCH_POLICIES").ok();
    let folder = std::env::temp_dir().join(format!("sysdrill-bench-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let outcome = compare(&folder, requests, cachesim.as_deref(), chosen.as_deref());
    fs::remove_dir_all(&folder)?;
    outcome
}

fn compare(folder: &Path, requests: usize, rival: Option<&Path>, chosen: Option<&str>) -> Result<(), Box<dyn Error>> {
    let path = folder.join("zipf.oracleGeneral.bin");
    write_trace(&path, requests)?;
    let (trace, reading) = timed(|| read(&path));
    let trace = trace?;
    println!("{requests} requests, {} objects; read and remapped at {}", trace.objects, rate(requests, reading));
    curves(&trace);

    let ids = Arc::new(trace.ids);
    let (future, looking_ahead) = timed(|| Arc::new(Future::of(Arc::clone(&ids), trace.objects)));
    println!(
        "\n{:<10} {:>8} {:>10} {:>10} {:>12} {:>7}",
        "policy", "capacity", "miss ratio", "M req/s", "libCacheSim", "times"
    );
    let wanted = |id: &str| chosen.is_none_or(|list| list.split(',').any(|name| name == id));
    for about in POLICIES.iter().map(|policy| policy.about).filter(|about| wanted(about.id)) {
        for capacity in CAPACITIES {
            let setting = Setting { future: Some(Arc::clone(&future)), ..Setting::new(capacity, trace.objects) };
            let empty = build(about.id, &setting)?;
            let (hits, mut elapsed) = best(|| empty.snapshot().run(&ids));
            if about.needs_future {
                elapsed += looking_ahead;
            }
            let miss_ratio = (requests as u64 - hits) as f64 / requests as f64;
            let ours = requests as f64 / elapsed.as_secs_f64() / 1e6;
            print!("{:<10} {capacity:>8} {miss_ratio:>10.4} {ours:>10.1}", about.id);
            let theirs = SHARED.iter().find(|(id, _)| *id == about.id).zip(rival);
            if let Some(((_, name), binary)) = theirs {
                let mut theirs = run_cachesim(binary, &path, name, capacity)?;
                for _ in 1..ROUNDS {
                    theirs.rate = theirs.rate.max(run_cachesim(binary, &path, name, capacity)?.rate);
                }
                print!(" {:>12.2} {:>6.1}×", theirs.rate, ours / theirs.rate);
                if (theirs.miss_ratio - miss_ratio).abs() > 0.000_051 {
                    print!("  DIFFERENT: {:.4}", theirs.miss_ratio);
                }
            }
            println!();
        }
    }
    println!("\npeak memory of this process: {}", peak_memory());
    Ok(())
}

/// The exact curve by blocks and by a Fenwick tree, and SHARDS.
fn curves(trace: &Trace) {
    let requests = trace.ids.len();
    let (exact, blocks) = best(|| curve::reuse_histogram::<curve::Blocks>(&trace.ids, trace.objects));
    let (same, tree) = best(|| curve::reuse_histogram::<Fenwick>(&trace.ids, trace.objects));
    assert_eq!(exact, same, "both count the same distances");
    println!(
        "exact LRU curve: blocks {}, Fenwick tree {}, {:.1}×",
        rate(requests, blocks),
        rate(requests, tree),
        tree.as_secs_f64() / blocks.as_secs_f64()
    );
    let (_, shards) = best(|| curve::shards(&trace.ids, trace.objects, 0.1, 1));
    println!("SHARDS at 0.1: {}", rate(requests, shards));
}

/// Writes the workload in the format that libCacheSim reads.
fn write_trace(path: &Path, requests: usize) -> Result<(), Box<dyn Error>> {
    let mut file = BufWriter::new(File::create(path)?);
    let workload = Workload::Zipf { alpha: 1.0 };
    for (at, id) in workload.requests(OBJECTS, 1).take(requests).enumerate() {
        let seconds = 1 + (at / 10_000) as u32;
        file.write_all(&seconds.to_le_bytes())?;
        file.write_all(&(u64::from(id) + 1).to_le_bytes())?;
        file.write_all(&1_u32.to_le_bytes())?;
        file.write_all(&(-1_i64).to_le_bytes())?;
    }
    add_next_uses(file.into_inner()?, path)
}

/// libCacheSim's optimum reads the next use from the trace, which is known only once all of it is.
fn add_next_uses(file: File, path: &Path) -> Result<(), Box<dyn Error>> {
    drop(file);
    let mut bytes = fs::read(path)?;
    let mut seen = vec![-1_i64; OBJECTS as usize + 1];
    for (at, record) in bytes.as_chunks_mut::<24>().0.iter_mut().enumerate().rev() {
        let id = u64::from_le_bytes(record[4..12].try_into()?) as usize;
        let next = std::mem::replace(&mut seen[id], at as i64 + 1);
        record[16..].copy_from_slice(&next.to_le_bytes());
    }
    Ok(fs::write(path, bytes)?)
}

fn read(path: &Path) -> Result<Trace, Box<dyn Error>> {
    let format = Format::of_file_name(&path.to_string_lossy());
    Ok(read_all(File::open(path)?, &format, &mut |_| std::ops::ControlFlow::Continue(()))?)
}

/// What libCacheSim reports of a run.
struct Theirs {
    miss_ratio: f64,
    /// Millions of requests a second.
    rate: f64,
}

fn run_cachesim(binary: &Path, trace: &Path, policy: &str, capacity: usize) -> Result<Theirs, Box<dyn Error>> {
    let mut command = Command::new(binary);
    command.arg(trace).args(["oracleGeneral", policy, &capacity.to_string(), "--ignore-obj-size", "1"]);
    let output = command.current_dir(trace.parent().unwrap_or(Path::new("."))).output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let after = |word: &str| -> Result<f64, Box<dyn Error>> {
        let rest = text.split(word).nth(1).ok_or_else(|| format!("no `{word}` in `{text}`"))?;
        Ok(rest.trim_start().split([',', ' ']).next().unwrap_or_default().parse()?)
    };
    Ok(Theirs { miss_ratio: after("miss ratio")?, rate: after("throughput")? })
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

/// The quickest of three, since whatever else the machine does can only slow it.
fn best<T>(mut work: impl FnMut() -> T) -> (T, Duration) {
    let mut quickest = timed(&mut work);
    for _ in 1..ROUNDS {
        let next = timed(&mut work);
        if next.1 < quickest.1 {
            quickest = next;
        }
    }
    quickest
}

fn rate(requests: usize, elapsed: Duration) -> String {
    format!("{:.1} M req/s", requests as f64 / elapsed.as_secs_f64() / 1e6)
}

fn peak_memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "unknown here".to_owned(), |value| value.trim().to_owned())
}

/// What the blocks are measured against: a binary indexed tree (Fenwick 1994).
struct Fenwick {
    nodes: Vec<u32>,
    end: usize,
}

impl Fenwick {
    fn change(&mut self, at: usize, change: i32) {
        let mut node = at + 1;
        while node < self.nodes.len() {
            self.nodes[node] = self.nodes[node].wrapping_add_signed(change);
            node += node & node.wrapping_neg();
        }
    }
}

impl curve::Marks for Fenwick {
    fn new(length: usize) -> Self {
        Self { nodes: vec![0; length + 1], end: 0 }
    }

    fn push(&mut self) {
        self.change(self.end, 1);
        self.end += 1;
    }

    fn clear(&mut self, at: usize) {
        self.change(at, -1);
    }

    fn before(&self, at: usize) -> usize {
        let mut node = at;
        let mut marks = 0;
        while node > 0 {
            marks += self.nodes[node] as usize;
            node &= node - 1;
        }
        marks
    }
}
