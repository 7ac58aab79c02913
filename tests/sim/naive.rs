//! The policies once more, as plainly as they can be written: vectors that are searched from end to end.
//!
//! Newest or most recently used first in every list. Nothing here shares code with what it checks, but for the seeded
//! draws and lifetimes, which are inputs.

use std::collections::HashMap;

use sysdrill::rng::{Stream, stream};
use sysdrill::sim::cache::Lifetime;

/// A policy by the letter of its definition.
pub(crate) trait Naive {
    fn request(&mut self, id: u32, now: u64) -> bool;
    fn forget(&mut self, id: u32, now: u64);
    fn residents(&self) -> Vec<u32>;
}

pub(crate) fn naive(policy: &str, capacity: usize, ids: &[u32], seed: u64, expiry: Option<Lifetime>) -> Box<dyn Naive> {
    let c = capacity;
    match policy {
        "fifo" => Box::new(List { c, list: vec![], refresh: false, evict_newest: false }),
        "lifo" => Box::new(List { c, list: vec![], refresh: false, evict_newest: true }),
        "lru" => Box::new(List { c, list: vec![], refresh: true, evict_newest: false }),
        "mru" => Box::new(List { c, list: vec![], refresh: true, evict_newest: true }),
        "lfu" => Box::new(Lfu { c, entries: vec![] }),
        "random" => Box::new(Random { c, residents: vec![], draws: stream(seed, "cache eviction") }),
        "ttl" => Box::new(Ttl { c, seed, lifetime: expiry, entries: vec![] }),
        "clock" => Box::new(Clock { c, queue: vec![] }),
        "2q" => Box::new(TwoQ { c, a1in: vec![], a1out: vec![], am: vec![] }),
        "arc" => Box::new(Arc { c, p: 0.0, t1: vec![], t2: vec![], b1: vec![], b2: vec![] }),
        "sieve" => Box::new(Sieve { c, queue: vec![], hand: None }),
        "s3-fifo" => Box::new(S3Fifo { c, small: vec![], main: vec![], ghost: vec![] }),
        "w-tinylfu" => Box::new(WTinyLfu::new(c)),
        "opt" => Box::new(Opt { c, ids: ids.to_vec(), residents: vec![] }),
        other => panic!("no naive model of {other}"),
    }
}

fn remove(list: &mut Vec<u32>, id: u32) -> bool {
    let at = list.iter().position(|&other| other == id);
    at.map(|at| list.remove(at)).is_some()
}

struct List {
    c: usize,
    list: Vec<u32>,
    refresh: bool,
    evict_newest: bool,
}

impl Naive for List {
    fn request(&mut self, id: u32, _now: u64) -> bool {
        if self.list.contains(&id) {
            if self.refresh {
                remove(&mut self.list, id);
                self.list.insert(0, id);
            }
            return true;
        }
        if self.list.len() == self.c {
            let victim = if self.evict_newest { 0 } else { self.c - 1 };
            self.list.remove(victim);
        }
        self.list.insert(0, id);
        false
    }
    fn forget(&mut self, id: u32, _now: u64) {
        remove(&mut self.list, id);
    }
    fn residents(&self) -> Vec<u32> {
        self.list.clone()
    }
}

/// (object, count, last use)
struct Lfu {
    c: usize,
    entries: Vec<(u32, u32, u64)>,
}

impl Naive for Lfu {
    fn request(&mut self, id: u32, now: u64) -> bool {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.0 == id) {
            *entry = (id, entry.1 + 1, now);
            return true;
        }
        if self.entries.len() == self.c {
            let victim = *self.entries.iter().min_by_key(|entry| (entry.1, entry.2)).expect("the cache is full");
            self.entries.retain(|entry| *entry != victim);
        }
        self.entries.push((id, 1, now));
        false
    }
    fn forget(&mut self, id: u32, _now: u64) {
        self.entries.retain(|entry| entry.0 != id);
    }
    fn residents(&self) -> Vec<u32> {
        self.entries.iter().map(|entry| entry.0).collect()
    }
}

struct Random {
    c: usize,
    residents: Vec<u32>,
    draws: Stream,
}

impl Naive for Random {
    fn request(&mut self, id: u32, _now: u64) -> bool {
        if self.residents.contains(&id) {
            return true;
        }
        if self.residents.len() == self.c {
            let drawn = self.draws.index(self.c);
            self.residents.swap_remove(drawn);
        }
        self.residents.push(id);
        false
    }
    fn forget(&mut self, id: u32, _now: u64) {
        let at = self.residents.iter().position(|&other| other == id).expect("it is resident");
        self.residents.swap_remove(at);
    }
    fn residents(&self) -> Vec<u32> {
        self.residents.clone()
    }
}

/// (deadline, inserted, object)
struct Ttl {
    c: usize,
    seed: u64,
    lifetime: Option<Lifetime>,
    entries: Vec<(u64, u64, u32)>,
}

impl Naive for Ttl {
    fn request(&mut self, id: u32, now: u64) -> bool {
        if self.entries.iter().any(|entry| entry.2 == id) {
            return true;
        }
        if self.entries.len() == self.c {
            let victim = *self.entries.iter().min().expect("the cache is full");
            self.entries.retain(|entry| *entry != victim);
        }
        let lifetime = self.lifetime.unwrap_or(Lifetime { base: self.c as u64, jitter: self.c as u64 });
        self.entries.push((lifetime.deadline(self.seed, id, now), now, id));
        false
    }
    fn forget(&mut self, id: u32, _now: u64) {
        self.entries.retain(|entry| entry.2 != id);
    }
    fn residents(&self) -> Vec<u32> {
        self.entries.iter().map(|entry| entry.2).collect()
    }
}

struct Clock {
    c: usize,
    queue: Vec<(u32, bool)>,
}

impl Naive for Clock {
    fn request(&mut self, id: u32, _now: u64) -> bool {
        if let Some(entry) = self.queue.iter_mut().find(|entry| entry.0 == id) {
            entry.1 = true;
            return true;
        }
        if self.queue.len() == self.c {
            while let Some((passed, true)) = self.queue.pop() {
                self.queue.insert(0, (passed, false));
            }
        }
        self.queue.insert(0, (id, false));
        false
    }
    fn forget(&mut self, id: u32, _now: u64) {
        self.queue.retain(|entry| entry.0 != id);
    }
    fn residents(&self) -> Vec<u32> {
        self.queue.iter().map(|entry| entry.0).collect()
    }
}

struct TwoQ {
    c: usize,
    a1in: Vec<u32>,
    a1out: Vec<u32>,
    am: Vec<u32>,
}

impl Naive for TwoQ {
    fn request(&mut self, id: u32, _now: u64) -> bool {
        if remove(&mut self.am, id) {
            self.am.insert(0, id);
            return true;
        }
        if self.a1in.contains(&id) {
            return true;
        }
        let ghost = remove(&mut self.a1out, id);
        if self.a1in.len() + self.am.len() == self.c {
            if self.a1in.len() > self.c / 4 {
                self.a1out.insert(0, self.a1in.pop().expect("it is over its quota"));
                self.a1out.truncate(self.c / 2);
            } else {
                self.am.pop();
            }
        }
        if ghost {
            self.am.insert(0, id)
        } else {
            self.a1in.insert(0, id)
        }
        false
    }
    fn forget(&mut self, id: u32, _now: u64) {
        remove(&mut self.a1in, id);
        remove(&mut self.am, id);
    }
    fn residents(&self) -> Vec<u32> {
        [self.a1in.clone(), self.am.clone()].concat()
    }
}

struct Arc {
    c: usize,
    p: f64,
    t1: Vec<u32>,
    t2: Vec<u32>,
    b1: Vec<u32>,
    b2: Vec<u32>,
}

impl Arc {
    /// Figure 4's REPLACE, once the cache is full.
    fn replace(&mut self, in_b2: bool) {
        if self.t1.len() + self.t2.len() < self.c {
            return;
        }
        let size = self.t1.len() as f64;
        if self.t2.is_empty() || (size >= 1.0 && ((in_b2 && size == self.p) || size > self.p)) {
            self.b1.insert(0, self.t1.pop().expect("one of both has an entry"));
        } else {
            self.b2.insert(0, self.t2.pop().expect("it is not empty"));
        }
    }
}

impl Naive for Arc {
    fn request(&mut self, id: u32, _now: u64) -> bool {
        let c = self.c as f64;
        let (b1, b2) = (self.b1.len() as f64, self.b2.len() as f64);
        if remove(&mut self.t1, id) || remove(&mut self.t2, id) {
            self.t2.insert(0, id);
            return true;
        }
        if remove(&mut self.b1, id) {
            self.p = (self.p + f64::max(b2 / b1, 1.0)).min(c);
            self.replace(false);
            self.t2.insert(0, id);
        } else if remove(&mut self.b2, id) {
            self.p = (self.p - f64::max(b1 / b2, 1.0)).max(0.0);
            self.replace(true);
            self.t2.insert(0, id);
        } else {
            let l1 = self.t1.len() + self.b1.len();
            if l1 == self.c {
                if self.t1.len() < self.c {
                    self.b1.pop();
                    self.replace(false);
                } else {
                    self.t1.pop();
                }
            } else {
                if l1 + self.t2.len() + self.b2.len() >= 2 * self.c {
                    self.b2.pop();
                }
                self.replace(false);
            }
            self.t1.insert(0, id);
        }
        false
    }
    fn forget(&mut self, id: u32, _now: u64) {
        remove(&mut self.t1, id);
        remove(&mut self.t2, id);
    }
    fn residents(&self) -> Vec<u32> {
        [self.t1.clone(), self.t2.clone()].concat()
    }
}

struct Sieve {
    c: usize,
    queue: Vec<(u32, bool)>,
    /// The object at the hand; none is the oldest.
    hand: Option<u32>,
}

impl Sieve {
    fn take(&mut self, at: usize) {
        self.hand = at.checked_sub(1).map(|newer| self.queue[newer].0);
        self.queue.remove(at);
    }
}

impl Naive for Sieve {
    fn request(&mut self, id: u32, _now: u64) -> bool {
        if let Some(entry) = self.queue.iter_mut().find(|entry| entry.0 == id) {
            entry.1 = true;
            return true;
        }
        if self.queue.len() == self.c {
            let hand = self.hand.and_then(|hand| self.queue.iter().position(|entry| entry.0 == hand));
            let mut at = hand.unwrap_or(self.c - 1);
            while self.queue[at].1 {
                self.queue[at].1 = false;
                at = at.checked_sub(1).unwrap_or(self.c - 1);
            }
            self.take(at);
        }
        self.queue.insert(0, (id, false));
        false
    }
    fn forget(&mut self, id: u32, _now: u64) {
        let at = self.queue.iter().position(|entry| entry.0 == id).expect("it is resident");
        if self.hand == Some(id) {
            self.take(at);
        } else {
            self.queue.remove(at);
        }
    }
    fn residents(&self) -> Vec<u32> {
        self.queue.iter().map(|entry| entry.0).collect()
    }
}

struct S3Fifo {
    c: usize,
    small: Vec<(u32, u32)>,
    main: Vec<(u32, u32)>,
    ghost: Vec<u32>,
}

impl S3Fifo {
    fn evict(&mut self) {
        let main = self.c - (self.c / 10).max(1);
        if self.main.len() <= main {
            while let Some((id, uses)) = self.small.pop() {
                if uses < 2 {
                    self.ghost.insert(0, id);
                    self.ghost.truncate(9 * self.c / 10);
                    return;
                }
                self.main.insert(0, (id, 0));
            }
        }
        while let Some((id, uses)) = self.main.pop() {
            if uses == 0 {
                return;
            }
            self.main.insert(0, (id, uses.min(3) - 1));
        }
    }
}

impl Naive for S3Fifo {
    fn request(&mut self, id: u32, _now: u64) -> bool {
        if let Some(entry) = self.small.iter_mut().chain(&mut self.main).find(|entry| entry.0 == id) {
            entry.1 += 1;
            return true;
        }
        let ghost = remove(&mut self.ghost, id);
        if self.small.len() + self.main.len() == self.c {
            self.evict();
        }
        if ghost {
            self.main.insert(0, (id, 0))
        } else {
            self.small.insert(0, (id, 0))
        }
        false
    }
    fn forget(&mut self, id: u32, _now: u64) {
        self.small.retain(|entry| entry.0 != id);
        self.main.retain(|entry| entry.0 != id);
    }
    fn residents(&self) -> Vec<u32> {
        self.small.iter().chain(&self.main).map(|entry| entry.0).collect()
    }
}

struct WTinyLfu {
    window_share: usize,
    main_share: usize,
    window: Vec<u32>,
    probation: Vec<u32>,
    protected: Vec<u32>,
    counters: HashMap<(usize, u64), u32>,
    width: u64,
    counted: usize,
    period: usize,
}

impl WTinyLfu {
    fn new(c: usize) -> Self {
        let window_share = (c / 100).max(1);
        Self {
            window_share,
            main_share: c - window_share,
            window: vec![],
            probation: vec![],
            protected: vec![],
            counters: HashMap::new(),
            width: c.next_power_of_two().max(16) as u64,
            counted: 0,
            period: 10 * c,
        }
    }

    fn counters_of(&self, id: u32) -> [(usize, u64); 4] {
        let roots = [0x6A09_E667_F3BC_C909_u64, 0xBB67_AE85_84CA_A73B, 0x3C6E_F372_FE94_F82B, 0xA54F_F53A_5F1D_36F1];
        std::array::from_fn(|row| {
            let product = roots[row].wrapping_mul(u64::from(id) + 1);
            (row, product / (u64::MAX / self.width + 1))
        })
    }

    fn count(&mut self, id: u32) {
        for counter in self.counters_of(id) {
            let value = self.counters.entry(counter).or_default();
            *value = (*value + 1).min(15);
        }
        self.counted += 1;
        if self.counted == self.period {
            self.counted = 0;
            self.counters.values_mut().for_each(|value| *value /= 2);
        }
    }

    fn estimate(&self, id: u32) -> u32 {
        let values = self.counters_of(id).map(|counter| self.counters.get(&counter).copied().unwrap_or(0));
        values.into_iter().min().expect("there are four")
    }
}

impl Naive for WTinyLfu {
    fn request(&mut self, id: u32, _now: u64) -> bool {
        self.count(id);
        if remove(&mut self.window, id) {
            self.window.insert(0, id);
            return true;
        }
        if remove(&mut self.protected, id) || remove(&mut self.probation, id) {
            self.protected.insert(0, id);
            if self.protected.len() > self.main_share * 4 / 5 {
                self.probation.insert(0, self.protected.pop().expect("one has just come"));
            }
            return true;
        }
        if self.window.len() == self.window_share {
            let candidate = self.window.pop().expect("the window is full");
            if self.probation.len() + self.protected.len() < self.main_share {
                self.probation.insert(0, candidate);
            } else if self.main_share > 0 {
                let victim = *self.probation.last().or(self.protected.last()).expect("main is full");
                if self.estimate(candidate) > self.estimate(victim) {
                    self.forget(victim, 0);
                    self.probation.insert(0, candidate);
                }
            }
        }
        self.window.insert(0, id);
        false
    }
    fn forget(&mut self, id: u32, _now: u64) {
        remove(&mut self.window, id);
        remove(&mut self.probation, id);
        remove(&mut self.protected, id);
    }
    fn residents(&self) -> Vec<u32> {
        [self.window.clone(), self.probation.clone(), self.protected.clone()].concat()
    }
}

struct Opt {
    c: usize,
    ids: Vec<u32>,
    residents: Vec<u32>,
}

impl Naive for Opt {
    fn request(&mut self, id: u32, now: u64) -> bool {
        if self.residents.contains(&id) {
            return true;
        }
        if self.residents.len() == self.c {
            let later = &self.ids[now as usize + 1..];
            let next = |id: u32| later.iter().position(|&other| other == id).unwrap_or(usize::MAX);
            let farthest = (0..self.c).max_by_key(|&at| next(self.residents[at])).expect("the cache is full");
            self.residents.swap_remove(farthest);
        }
        self.residents.push(id);
        false
    }
    fn forget(&mut self, id: u32, _now: u64) {
        remove(&mut self.residents, id);
    }
    fn residents(&self) -> Vec<u32> {
        self.residents.clone()
    }
}
