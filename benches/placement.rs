//! Lookups and changes of the placement schemes against the crates that do the same, in one run.
//!
//! Machines differ and this one may be busy, so what counts is the ratio: both sides are timed in turns, in many
//! rounds short enough to run undisturbed, and each is judged by its best. Run with `cargo bench --bench placement`.

use std::cell::RefCell;
use std::hash::{BuildHasher, Hasher};
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use maglev::ConsistentHasher as _;
use rendezvous_hash::{DefaultNodeHasher, IdNode, Node as _, RendezvousNodes};
use sysdrill::sim::placement::{
    Cluster, Hash, Keys, Node, NodeId, Position, Scheme, Setting, Since, Start, Step, find, jump,
};
use xxhash_rust::xxh3::xxh3_64;

const NODES: u16 = 100;
const ROUNDS: usize = 300;
const LOOKUPS: usize = 20_000;
const SLICE: usize = 500;

fn main() {
    let keys: Vec<u64> = (0..LOOKUPS as u64).map(|key| key.wrapping_mul(0x9E37_79B9_7F4A_7C15)).collect();
    println!("{:36} {:>8} {:>8} {:>7}   to reach", "ns a lookup, 100 nodes", "ours", "theirs", "ratio");
    for vnodes in [100, 1000] {
        rings(&keys, vnodes);
    }
    rendezvous(&keys);
    maglevs(&keys);
    jumps(&keys);
    println!();
    joining();
    println!();
    moving();
}

/// Each crate as it comes, and with our hash, so that the hash does not decide.
fn rings(keys: &[u64], vnodes: u32) {
    let ours = RefCell::new(scheme("ring", vnodes));
    let points = || (0..NODES).flat_map(|node| (0..vnodes).map(move |point| (node, point))).collect();
    let mut as_it_comes = hashring::HashRing::new();
    as_it_comes.batch_add(points());
    let mut with_xxh3 = hashring::HashRing::with_hasher(Same);
    with_xxh3.batch_add(points());
    let name = |of: &str| format!("ring V={vnodes}, {of}");
    let ours = || lookups(&ours, keys);
    compare(&name("hashring"), LOOKUPS, 5.0, ours, || sum(keys, |key| as_it_comes.get(key).map_or(0, |node| node.0)));
    compare(&name("hashring, xxh3"), LOOKUPS, 5.0, ours, || {
        sum(keys, |key| with_xxh3.get(key).map_or(0, |node| node.0))
    });

    let nodes: Vec<u16> = (0..NODES).collect();
    let as_it_comes = consistent_hash_ring::RingBuilder::default().vnodes(vnodes as usize).nodes(&nodes).build();
    let with_xxh3 = consistent_hash_ring::RingBuilder::new(Same).vnodes(vnodes as usize).nodes(&nodes).build();
    compare(&name("consistent_hash_ring"), LOOKUPS, 5.0, ours, || sum(keys, |key| *as_it_comes.get(key)));
    compare(&name("consistent_hash_ring, xxh3"), LOOKUPS, 5.0, ours, || sum(keys, |key| *with_xxh3.get(key)));
}

fn rendezvous(keys: &[u64]) {
    let ours = RefCell::new(scheme("rendezvous", 1));
    let few = &keys[..LOOKUPS / 100];
    let mut theirs = RendezvousNodes::new(DefaultNodeHasher::new());
    for node in 0..NODES {
        theirs.insert(IdNode::new(node));
    }
    let best = |key: &u64| theirs.calc_candidates(key).next().map_or(0, |node| *node.node_id());
    compare("rendezvous, rendezvous_hash", few.len(), 10.0, || lookups(&ours, few), || sum(few, best));
}

fn maglevs(keys: &[u64]) {
    let ours = RefCell::new(scheme("maglev", 1));
    let as_it_comes = maglev::Maglev::with_capacity(0..NODES, 65_537);
    let with_xxh3 = maglev::Maglev::with_capacity_and_hasher(0..NODES, 65_537, Same);
    let ours = || lookups(&ours, keys);
    compare("maglev, maglev", LOOKUPS, 3.0, ours, || sum(keys, |key| as_it_comes.get(key).copied().unwrap_or(0)));
    compare("maglev, maglev, xxh3", LOOKUPS, 3.0, ours, || sum(keys, |key| with_xxh3.get(key).copied().unwrap_or(0)));
}

fn jumps(keys: &[u64]) {
    let ours = || sum(keys, |key| jump(*key, u32::from(NODES)) as u16);
    let theirs = || sum(keys, |key| jump_consistent_hash::hash(*key, usize::from(NODES)) as u16);
    compare("jump, jump-consistent-hash", LOOKUPS, 0.95, ours, theirs);
}

/// A 101st node of 1,000 points joins, against the quickest way to write a crate's ring anew.
fn joining() {
    let before = scheme("ring", 1000);
    let node = Node::numbered(NodeId(NODES), 1);
    let mut best_ours = Duration::MAX;
    for _ in 0..30 {
        let mut ring = before.boxed();
        best_ours = best_ours.min(timed(|| {
            ring.join(&node);
            ring.memory() as u64
        }));
    }
    let points: Vec<_> = (0..=NODES).flat_map(|node| (0..1000_u32).map(move |point| (node, point))).collect();
    let best_theirs = (0..5).map(|_| {
        let (points, mut ring) = (points.clone(), hashring::HashRing::with_hasher(Same));
        timed(|| {
            ring.batch_add(points);
            ring.len() as u64
        })
    });
    let best_theirs = best_theirs.min().unwrap_or_default();
    let ratio = best_theirs.as_secs_f64() / best_ours.as_secs_f64();
    let verdict = if ratio >= 10.0 { "reached" } else { "MISSED" };
    println!("join 100×1000: {best_ours:.1?}, hashring anew {best_theirs:.1?}: {ratio:.1}, to reach 10 {verdict}");
}

/// A million keys on a hundred nodes: a node joins and one leaves, at once and in the slices of 30 frames.
fn moving() {
    println!("{:28} {:>10} {:>10} {:>12}", "1M keys, 100 nodes × 100", "join", "leave", "worst frame");
    let keys = Arc::new(Keys::drawn(1_000_000, 1).expect("a million keys"));
    for scheme in sysdrill::sim::placement::SCHEMES {
        let setting = Setting::default();
        let cluster = Cluster::numbered(scheme, setting, usize::from(NODES), Arc::clone(&keys)).expect("a cluster");
        let join = [Step::Join(cluster.next_node())];
        let leave = [Step::Leave(cluster.nodes().last().expect("a node").id)];
        let at_once = |steps: &[Step]| {
            let mut cluster = cluster.clone();
            timed(|| cluster.apply(steps).expect("a change").moves.len() as u64)
        };
        let mut framed = cluster.clone();
        let mut worst = timed(|| framed.begin(&join).map_or(0, |()| 1));
        while framed.is_moving() {
            worst = worst.max(timed(|| u64::from(framed.advance(1_000_000 / 30))));
        }
        let (join, leave) = (at_once(&join), at_once(&leave));
        println!("{:28} {:>10.1?} {:>10.1?} {:>12.1?}", scheme.about.id, join, leave, worst);
    }
}

fn scheme(name: &str, vnodes: u32) -> Box<dyn Scheme> {
    let nodes: Vec<Node> = (0..NODES).map(|node| Node::numbered(NodeId(node), 1)).collect();
    let setting = Setting { vnodes, ..Setting::default() };
    let start = Start { setting: &setting, nodes: &nodes, keys: 1 };
    find(name).expect("a scheme").build(&start).expect("a sound setting")
}

/// Ours as the engine looks up: keys are hashed, then their nodes found through the interface of all schemes.
fn lookups(scheme: &RefCell<Box<dyn Scheme>>, keys: &[u64]) -> u64 {
    let (mut positions, mut owners) = ([Position(0); SLICE], [NodeId(0); SLICE]);
    let mut sum = 0;
    for keys in keys.chunks(SLICE) {
        for (position, key) in positions.iter_mut().zip(keys) {
            *position = Hash::Xxh3.position(&key.to_le_bytes());
        }
        scheme.borrow_mut().settle(Since::Nothing, &positions[..keys.len()], &mut owners[..keys.len()]);
        sum += owners[..keys.len()].iter().map(|owner| u64::from(owner.0)).sum::<u64>();
    }
    sum
}

fn sum(keys: &[u64], node: impl Fn(&u64) -> u16) -> u64 {
    keys.iter().map(|key| u64::from(node(key))).sum()
}

/// Times both in turns and prints the best round of each, a lookup.
fn compare(name: &str, lookups: usize, to_reach: f64, ours: impl Fn() -> u64, theirs: impl Fn() -> u64) {
    let (mut best_ours, mut best_theirs) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        best_ours = best_ours.min(timed(&ours));
        best_theirs = best_theirs.min(timed(&theirs));
    }
    let each = |round: Duration| round.as_secs_f64() * 1e9 / lookups as f64;
    let (ours, theirs) = (each(best_ours), each(best_theirs));
    let verdict = if theirs / ours >= to_reach { "reached" } else { "MISSED" };
    println!("{name:36} {ours:>8.1} {theirs:>8.1} {:>7.2}   {to_reach} {verdict}", theirs / ours);
}

fn timed(work: impl FnOnce() -> u64) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

/// Our hash for the crates.
#[derive(Clone, Copy, Default)]
struct Same;

impl BuildHasher for Same {
    type Hasher = SameHasher;

    fn build_hasher(&self) -> SameHasher {
        SameHasher(0)
    }
}

struct SameHasher(u64);

impl Hasher for SameHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = self.0.rotate_left(32) ^ xxh3_64(bytes);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
