//! What a policy holds at one moment, for whoever draws it.

/// The inside of a cache at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Its segments, residents before ghosts.
    pub segments: Vec<Segment>,
    /// Parameters that adapt themselves and other figures, by name.
    pub figures: Vec<(&'static str, f64)>,
}

impl View {
    /// A cache of one segment.
    pub fn of(segment: Segment) -> Self {
        Self { segments: vec![segment], figures: Vec::new() }
    }

    /// The ids of all residents, segment by segment.
    pub fn residents(&self) -> impl Iterator<Item = u32> {
        self.segments.iter().filter(|segment| !segment.ghost).flat_map(|segment| &segment.entries).map(|entry| entry.id)
    }
}

/// A part of a cache that has an order of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// As the paper calls it; empty where there is only one.
    pub name: &'static str,
    /// Whether it only remembers ids.
    pub ghost: bool,
    /// What the newest end and the oldest end mean.
    pub ends: (&'static str, &'static str),
    /// How many objects it may or should hold.
    pub share: f64,
    /// Newest end first.
    pub entries: Vec<Entry>,
    /// The index in `entries` to which the hand points.
    pub hand: Option<usize>,
}

/// An object in a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Which object.
    pub id: u32,
    /// Its reference bit, counter or remaining requests, where the policy keeps one.
    pub mark: Option<i64>,
}

impl Segment {
    /// A segment of residents without marks, given newest first.
    pub fn new(name: &'static str, share: f64, newest_first: impl Iterator<Item = u32>) -> Self {
        let entries = newest_first.map(|id| Entry { id, mark: None }).collect();
        Self { name, ghost: false, ends: ("newest", "oldest"), share, entries, hand: None }
    }

    /// The same as a list of ghosts.
    #[must_use]
    pub fn ghosts(self) -> Self {
        Self { ghost: true, ..self }
    }

    /// The same with other words for its ends.
    #[must_use]
    pub fn between(self, newest: &'static str, oldest: &'static str) -> Self {
        Self { ends: (newest, oldest), ..self }
    }

    /// The same with a mark on each entry.
    #[must_use]
    pub fn marked(mut self, mark: impl Fn(u32) -> i64) -> Self {
        for entry in &mut self.entries {
            entry.mark = Some(mark(entry.id));
        }
        self
    }

    /// The same with the hand at an object.
    #[must_use]
    pub fn with_hand(mut self, at: Option<u32>) -> Self {
        self.hand = at.and_then(|id| self.entries.iter().position(|entry| entry.id == id));
        self
    }
}
