//! What is to happen when: events in order of time, those of one moment in the order in which they were planned.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Microseconds since the start of a run.
pub(super) type Micros = u64;

/// Planned events.
#[derive(Debug)]
pub(super) struct Agenda<E> {
    queue: BinaryHeap<Reverse<(Micros, u64, E)>>,
    planned: u64,
}

impl<E: Ord> Agenda<E> {
    pub(super) fn new() -> Self {
        Self { queue: BinaryHeap::new(), planned: 0 }
    }

    pub(super) fn plan(&mut self, at: Micros, event: E) {
        self.queue.push(Reverse((at, self.planned, event)));
        self.planned += 1;
    }

    /// The next event and its time.
    pub(super) fn next(&mut self) -> Option<(Micros, E)> {
        self.queue.pop().map(|Reverse((at, _, event))| (at, event))
    }
}
