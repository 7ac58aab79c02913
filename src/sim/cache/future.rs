//! When each request's object is requested next: what Belady's rule has to know.

use std::sync::Arc;

/// All requests of a run and, for each, the index of the next request of the same object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Future {
    ids: Arc<Vec<u32>>,
    next: Vec<u32>,
}

impl Future {
    /// The object is never requested again.
    pub const NEVER: u32 = u32::MAX;

    /// Looks through all requests once, backwards. The ids are below `objects`.
    ///
    /// # Panics
    /// If an id is not below `objects`, or there are more than 2³² − 1 requests.
    pub fn of(ids: Arc<Vec<u32>>, objects: usize) -> Self {
        let requests = u32::try_from(ids.len()).expect("fewer than 2^32 requests are read into memory");
        let mut seen = vec![Self::NEVER; objects];
        let mut next = vec![Self::NEVER; ids.len()];
        for at in (0..requests).rev() {
            let last = &mut seen[ids[at as usize] as usize];
            next[at as usize] = std::mem::replace(last, at);
        }
        Self { ids, next }
    }

    /// How many requests it knows.
    pub fn len(&self) -> usize {
        self.next.len()
    }

    /// Whether it knows none.
    pub fn is_empty(&self) -> bool {
        self.next.is_empty()
    }

    /// The index of the next request of the object that request `at` asks for.
    #[inline]
    pub(super) fn next(&self, at: u64) -> u32 {
        self.next.get(at as usize).copied().unwrap_or(Self::NEVER)
    }

    /// The object that request `at` asks for.
    #[inline]
    pub(super) fn id(&self, at: u32) -> u32 {
        self.ids.get(at as usize).copied().unwrap_or(u32::MAX)
    }
}
