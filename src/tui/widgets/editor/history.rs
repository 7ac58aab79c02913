//! What can be undone: the text as it was, a word at a time.

/// How far undo reaches back, in snapshots and in bytes.
const MOST: usize = 1_000;
const MOST_BYTES: usize = 8 << 20;

/// The text and its cursor at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Snapshot {
    pub(super) lines: Vec<String>,
    pub(super) cursor: (usize, usize),
}

/// What was before, and what was undone.
#[derive(Debug, Default)]
pub(super) struct History {
    past: Vec<Snapshot>,
    future: Vec<Snapshot>,
    bytes: usize,
    /// Whether the next change may be undone together with the last.
    is_open: bool,
}

impl Snapshot {
    fn bytes(&self) -> usize {
        self.lines.iter().map(|line| line.len() + size_of::<String>()).sum()
    }
}

impl History {
    /// Remembers how it was before a change, unless that change goes on with the last one.
    pub(super) fn push(&mut self, before: Snapshot, joins: bool) {
        self.future.clear();
        if !(joins && self.is_open) {
            self.bytes += before.bytes();
            self.past.push(before);
            while self.past.len() > MOST || (self.bytes > MOST_BYTES && self.past.len() > 1) {
                self.bytes -= self.past.remove(0).bytes();
            }
        }
        self.is_open = joins;
    }

    /// The next change stands for itself: the cursor has moved.
    pub(super) fn pause(&mut self) {
        self.is_open = false;
    }

    pub(super) fn undo(&mut self, now: Snapshot) -> Option<Snapshot> {
        let then = self.past.pop()?;
        self.bytes -= then.bytes();
        self.future.push(now);
        Some(then)
    }

    pub(super) fn redo(&mut self, now: Snapshot) -> Option<Snapshot> {
        let then = self.future.pop()?;
        self.bytes += now.bytes();
        self.past.push(now);
        Some(then)
    }

    pub(super) fn has_past(&self) -> bool {
        !self.past.is_empty()
    }

    pub(super) fn has_future(&self) -> bool {
        !self.future.is_empty()
    }
}
