//! Several caches over the same requests, forward and back: what the lab shows.
//!
//! Going back restores a snapshot and serves again from there, so that the past is exactly what it was. Work is given out
//! in portions ([`Replay::serve`]), because whoever asks for it has a screen to draw in between. Knows no clock.

use std::collections::VecDeque;

use crate::sim::cache::{About, Cache, Step, View};
use crate::sim::run::{Job, Load, Outcome, Run, RunError};

/// What snapshots may take together, in bytes; roughly, since only the largest part is estimated.
const SNAPSHOT_MEMORY: usize = 64 << 20;

/// The fewest and the most snapshots kept, and the requests between the first ones.
const FEWEST: usize = 3;
const MOST: usize = 24;
const FIRST_SPACING: usize = 1024;

/// How far before the goal of a way back another snapshot is taken, so that the next step back is short.
const NEAR: usize = 64;

/// Points of the history of hits before every other one is dropped.
const POINTS: usize = 1024;

/// Policies at one capacity over one load.
#[derive(Debug)]
pub struct Replay {
    load: Load,
    lanes: Vec<Lane>,
    at: usize,
    goal: usize,
    snapshots: VecDeque<Snapshot>,
    spacing: usize,
    most_snapshots: usize,
    /// Taken near the goal of the last way back.
    near: Option<Snapshot>,
    /// Where the next one of these is to be taken.
    near_at: Option<usize>,
    /// Requests between two points of the history.
    interval: usize,
}

/// One of the caches.
#[derive(Debug)]
pub struct Lane {
    /// The policy, in words.
    pub about: About,
    /// In objects.
    pub capacity: usize,
    state: State,
    /// Hits up to each multiple of the interval, as far as it was ever served.
    history: Vec<u64>,
}

#[derive(Debug)]
struct State {
    cache: Box<dyn Cache>,
    hits: u64,
    last: Option<Step>,
}

#[derive(Debug)]
struct Snapshot {
    at: usize,
    states: Vec<State>,
}

/// What can be looked for ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A request that is not served from the cache.
    Miss,
    /// A resident that has to go.
    Eviction,
}

impl State {
    fn copy(&self) -> Self {
        Self { cache: self.cache.snapshot(), hits: self.hits, last: self.last.clone() }
    }
}

impl Lane {
    /// What the cache holds now.
    pub fn view(&self) -> View {
        self.state.cache.view()
    }

    /// What the last request caused; none at the beginning.
    pub fn last(&self) -> Option<&Step> {
        self.state.last.as_ref()
    }

    /// Hits so far.
    pub fn hits(&self) -> u64 {
        self.state.hits
    }
}

impl Replay {
    /// Empty caches before the first request, each policy at the first capacity of the job.
    ///
    /// # Errors
    /// Where there is no such cache.
    pub fn new(mut load: Load, job: &Job) -> Result<Self, RunError> {
        let mut lanes = Vec::new();
        for run in job.runs(load.distinct())?.into_iter().step_by(job.capacities.len().max(1)) {
            let cache = load.cache(run, job)?;
            let state = State { hits: 0, last: None, cache };
            lanes.push(Lane { about: state.cache.about(), capacity: run.capacity, state, history: vec![0] });
        }
        let each = lanes.iter().map(|lane| load.bound() * 8 + lane.capacity * 16).sum::<usize>().max(1);
        let mut replay = Self {
            load,
            lanes,
            at: 0,
            goal: 0,
            snapshots: VecDeque::new(),
            spacing: FIRST_SPACING,
            most_snapshots: (SNAPSHOT_MEMORY / each).clamp(FEWEST, MOST),
            near: None,
            near_at: None,
            interval: 1,
        };
        replay.take_snapshot();
        Ok(replay)
    }

    /// Requests served.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Requests that are to be served, or were before a way back.
    pub fn goal(&self) -> usize {
        self.goal
    }

    /// Requests there are.
    pub fn len(&self) -> usize {
        self.load.ids().len()
    }

    /// Whether there are none, which no load allows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The load under it.
    pub fn load(&self) -> &Load {
        &self.load
    }

    /// The caches.
    pub fn lanes(&self) -> &[Lane] {
        &self.lanes
    }

    /// The result so far of one of the caches.
    pub fn outcome(&self, lane: &Lane) -> Outcome {
        let run = Run { policy: lane.about.id, capacity: lane.capacity };
        Outcome { run, requests: self.at as u64, hits: lane.hits() }
    }

    /// Wants so many requests more to be served.
    pub fn advance(&mut self, requests: usize) {
        self.goal = self.goal.saturating_add(requests).min(self.len());
    }

    /// Wants to be so many requests earlier: restores the snapshot before, from where [`Replay::serve`] goes on.
    pub fn back(&mut self, requests: usize) {
        self.goal = self.goal.saturating_sub(requests);
        if self.goal >= self.at {
            return;
        }
        let before = self.snapshots.iter().chain(&self.near).filter(|snapshot| snapshot.at <= self.goal);
        let Some(nearest) = before.max_by_key(|snapshot| snapshot.at) else { return };
        self.at = nearest.at;
        for (lane, state) in self.lanes.iter_mut().zip(&nearest.states) {
            lane.state = state.copy();
        }
        self.near_at = (self.goal - self.at > 2 * NEAR).then(|| self.goal - NEAR);
    }

    /// Stays where it is.
    pub fn halt(&mut self) {
        self.goal = self.at;
    }

    /// Serves at most so many requests towards the goal.
    pub fn serve(&mut self, most: usize) {
        let end = self.goal.min(self.at.saturating_add(most));
        while self.at < end {
            let next_point = (self.at / self.interval + 1) * self.interval;
            let next_snapshot = self.next_snapshot();
            let marks = [next_point, next_snapshot, self.near_at.unwrap_or(usize::MAX)];
            let stop = marks.into_iter().filter(|&mark| mark > self.at).fold(end, usize::min);
            self.run_to(stop);
            if self.at == next_point {
                self.record();
            }
            if self.at == next_snapshot {
                self.take_snapshot();
            }
            if self.near_at == Some(self.at) {
                self.near = Some(self.snapshot());
                self.near_at = None;
            }
        }
    }

    /// Serves request by request, at most so many, until one of the caches (the `lane`-th) does what is wanted; says whether
    /// it did.
    pub fn seek(&mut self, lane: usize, wanted: Wanted, most: usize) -> bool {
        for _ in 0..most {
            if self.at == self.len() {
                return true;
            }
            self.goal = self.at + 1;
            self.serve(1);
            let last = self.lanes.get(lane).and_then(Lane::last);
            let found = last.is_none_or(|step| match wanted {
                Wanted::Miss => !step.hit,
                Wanted::Eviction => step.evicted().is_some(),
            });
            if found {
                return true;
            }
        }
        false
    }

    /// How the hit ratio of one of the caches went: at each of `points` moments up to now the share of hits among the
    /// requests shortly before, with the moment as a share of the time so far.
    pub fn hit_ratios(&self, lane: &Lane, points: usize) -> Vec<(f64, f64)> {
        let hits_at = |at: usize| {
            let known = (at / self.interval).min(lane.history.len() - 1);
            if at == self.at { (self.at, lane.hits()) } else { (known * self.interval, lane.history[known]) }
        };
        let look_back = (self.at / 40).max(50);
        let mut ratios = Vec::with_capacity(points);
        for point in 1..=points {
            let (end, hits) = hits_at(self.at * point / points);
            let (start, before) = hits_at(end.saturating_sub(look_back));
            if end > start && hits >= before {
                ratios.push((end as f64 / self.at as f64, (hits - before) as f64 / (end - start) as f64));
            }
        }
        ratios
    }

    fn run_to(&mut self, stop: usize) {
        let ids = self.load.ids();
        let (quick, last) = (&ids[self.at..stop - 1], ids[stop - 1]);
        for Lane { state, .. } in &mut self.lanes {
            state.hits += state.cache.run(quick);
            let step = state.cache.step(last);
            state.hits += u64::from(step.hit);
            state.last = Some(step);
        }
        self.at = stop;
    }

    fn record(&mut self) {
        let point = self.at / self.interval;
        for lane in &mut self.lanes {
            if lane.history.len() == point {
                lane.history.push(lane.state.hits);
            }
        }
        if point >= POINTS && self.lanes.iter().all(|lane| lane.history.len() > POINTS) {
            self.interval *= 2;
            for lane in &mut self.lanes {
                let mut place = 0;
                lane.history.retain(|_| {
                    place += 1;
                    place % 2 == 1
                });
            }
        }
    }

    fn next_snapshot(&self) -> usize {
        self.snapshots.back().map_or(0, |last| last.at + self.spacing)
    }

    fn take_snapshot(&mut self) {
        self.snapshots.push_back(self.snapshot());
        if self.snapshots.len() > self.most_snapshots {
            self.spacing *= 2;
            let spacing = self.spacing;
            self.snapshots.retain(|snapshot| snapshot.at.is_multiple_of(spacing));
        }
    }

    fn snapshot(&self) -> Snapshot {
        Snapshot { at: self.at, states: self.lanes.iter().map(|lane| lane.state.copy()).collect() }
    }
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use super::*;
    use crate::sim::cache::{Lifetime, POLICIES};
    use crate::sim::run::Capacity;
    use crate::sim::workload::Workload;

    fn replay(policies: &[&str], expiry: Option<Lifetime>) -> Replay {
        let on = &mut |_| ControlFlow::Continue(());
        let load = Load::draw(Workload::Scan { period: 400 }, 300, 6000, 3, on).expect("a load");
        let policies = policies.iter().map(|&policy| policy.to_owned()).collect();
        let job = Job { policies, capacities: vec![Capacity::Objects(20)], seed: 3, expiry };
        Replay::new(load, &job).expect("caches")
    }

    /// All that a screen could show of it.
    fn seen(replay: &Replay) -> Vec<(View, Option<Step>, u64)> {
        replay.lanes().iter().map(|lane| (lane.view(), lane.last().cloned(), lane.hits())).collect()
    }

    fn go(replay: &mut Replay, requests: usize) {
        replay.advance(requests);
        while replay.at() < replay.goal() {
            replay.serve(777);
        }
    }

    fn go_back(replay: &mut Replay, requests: usize) {
        replay.back(requests);
        go(replay, 0);
    }

    #[test]
    fn a_step_back_shows_what_was_seen_before_for_every_policy() {
        for policy in POLICIES {
            for expiry in [None, Some(Lifetime { base: 90, jitter: 20 })] {
                let mut replay = replay(&[policy.about.id], expiry);
                let mut before = Vec::new();
                for _ in 0..150 {
                    before.push(seen(&replay));
                    go(&mut replay, 1);
                }
                while let Some(earlier) = before.pop() {
                    go_back(&mut replay, 1);
                    assert_eq!(seen(&replay), earlier, "{} before request {}", policy.about.id, before.len());
                }
            }
        }
    }

    #[test]
    fn a_long_way_back_and_forth_ends_where_it_began() {
        let mut replay = replay(&["arc", "sieve", "opt", "w-tinylfu"], None);
        go(&mut replay, 5900);
        let late = seen(&replay);
        go_back(&mut replay, 4321);
        let early = seen(&replay);
        go_back(&mut replay, 5);
        go(&mut replay, 5);
        assert_eq!(seen(&replay), early);
        go(&mut replay, 4321);
        assert_eq!(seen(&replay), late);
        go(&mut replay, usize::MAX);
        assert_eq!(replay.at(), 6000);
    }

    #[test]
    fn portions_do_not_change_the_result() {
        let mut in_portions = replay(&["s3-fifo"], None);
        go(&mut in_portions, 6000);
        let mut load = in_portions.load().clone();
        let job = Job {
            policies: vec!["s3-fifo".to_owned()],
            capacities: vec![Capacity::Objects(20)],
            seed: 3,
            ..Job::default()
        };
        let run = Run { policy: "s3-fifo", capacity: 20 };
        let at_once = load.simulate(run, &job, &mut |_| ControlFlow::Continue(())).expect("it runs");
        assert_eq!(in_portions.outcome(&in_portions.lanes()[0]), at_once);
    }

    #[test]
    fn the_next_miss_and_the_next_eviction_are_found() {
        let mut replay = replay(&["lru"], None);
        go(&mut replay, 500);
        assert!(replay.seek(0, Wanted::Eviction, 1000));
        assert!(replay.lanes()[0].last().is_some_and(|step| step.evicted().is_some() && !step.hit));
        let at = replay.at();
        assert!(!replay.seek(0, Wanted::Miss, 0) && replay.at() == at, "nothing is served beyond the portion");
    }

    #[test]
    fn the_history_tells_hits_of_the_time_just_before() {
        let mut replay = replay(&["lru", "opt"], None);
        go(&mut replay, 6000);
        let lanes = replay.lanes();
        let (lru, opt) = (replay.hit_ratios(&lanes[0], 60), replay.hit_ratios(&lanes[1], 60));
        assert_eq!(lru.len(), 60);
        assert!(lru.iter().all(|(_, ratio)| (0.0..=1.0).contains(ratio)));
        assert_eq!(lru.last().map(|(moment, _)| *moment), Some(1.0));
        let mean = |ratios: &[(f64, f64)]| ratios.iter().map(|(_, ratio)| ratio).sum::<f64>() / 60.0;
        assert!(mean(&opt) > mean(&lru));
        let lowest = lru.iter().skip(5).map(|(_, ratio)| *ratio).fold(1.0, f64::min);
        assert!(lowest < 0.7 * mean(&lru), "a scan is seen as a valley, not averaged away: {lowest}");
    }
}
