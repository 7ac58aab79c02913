//! The curve of any policy: one run for each capacity, on two threads.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use crate::sim::cache::{CacheError, Setting, build, find};
use crate::sim::curve::{Curve, Point};

/// Threads that simulate at the same time.
const THREADS: usize = 2;

/// Requests that a run serves before it looks whether it was cancelled.
const CHUNK: usize = 1 << 20;

/// Why there is no curve.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CurveError {
    /// One of its caches cannot be simulated.
    #[error(transparent)]
    Cache(#[from] CacheError),
    /// Whoever watched the progress stopped it.
    #[error("the curve was cancelled")]
    Cancelled,
}

/// Simulates a policy at each capacity. `setting` gives everything but the capacity; `report` hears how many of the runs are
/// done, and a break stops the rest.
pub fn simulated(
    policy: &str,
    setting: &Setting,
    ids: &[u32],
    capacities: &[usize],
    report: &mut dyn FnMut(usize) -> ControlFlow<()>,
) -> Result<Curve, CurveError> {
    let about = find(policy)?.about;
    let next = AtomicUsize::new(0);
    let cancelled = AtomicBool::new(false);
    let (results, received) = mpsc::channel();
    let mut points = Vec::with_capacity(capacities.len());
    thread::scope(|scope| {
        for _ in 0..THREADS {
            let results = results.clone();
            let (next, cancelled) = (&next, &cancelled);
            scope.spawn(move || {
                // The largest first, so that the threads end together.
                while let Some(&capacity) = capacities.iter().rev().nth(next.fetch_add(1, Ordering::Relaxed)) {
                    let point = run(about.id, &Setting { capacity, ..setting.clone() }, ids, cancelled);
                    if results.send(point).is_err() {
                        return;
                    }
                }
            });
        }
        drop(results);
        for point in received {
            match point {
                Ok(point) => points.push(point),
                Err(error) => {
                    cancelled.store(true, Ordering::Relaxed);
                    return Err(error);
                }
            }
            if report(points.len()).is_break() {
                cancelled.store(true, Ordering::Relaxed);
                return Err(CurveError::Cancelled);
            }
        }
        Ok(())
    })?;
    points.sort_by_key(|point| point.capacity);
    Ok(Curve { policy: about.id, points })
}

fn run(policy: &str, setting: &Setting, ids: &[u32], cancelled: &AtomicBool) -> Result<Point, CurveError> {
    let mut cache = build(policy, setting)?;
    let mut hits = 0;
    for chunk in ids.chunks(CHUNK) {
        if cancelled.load(Ordering::Relaxed) {
            return Err(CurveError::Cancelled);
        }
        hits += cache.run(chunk);
    }
    let misses = ids.len() as u64 - hits;
    Ok(Point { capacity: setting.capacity, miss_ratio: misses as f64 / ids.len().max(1) as f64 })
}
