//! Kinds of round: which phases it has, how long each may last, and what is said in it.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::content::{Fields, Place, Problem, read_table};

use super::scenario::{Family, families, stem};

/// A kind of round, such as HLD in seven steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundKind {
    /// The file's name without its ending.
    pub id: String,
    /// As shown.
    pub title: String,
    /// What it trains, in a line.
    pub summary: String,
    /// The families of scenarios that it can be held over.
    pub families: Vec<Family>,
    /// The lengths for which minutes are given, shortest first.
    pub lengths: Vec<u32>,
    /// The length that is set at first, in minutes.
    pub default: u32,
    /// In order.
    pub phases: Vec<Phase>,
    /// Where it stands.
    pub place: Place,
}

/// A part of a round.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phase {
    /// Unique within the kind.
    pub id: String,
    /// As shown.
    pub title: String,
    /// One for each of the kind's lengths.
    pub minutes: Vec<u32>,
    /// The phases of scenarios' checkpoints that are looked for here.
    pub covers: Vec<String>,
    /// What it is for.
    pub goal: String,
    /// How one knows that it is done.
    pub exit: String,
    /// Two things that the interviewer may say.
    pub prompts: Vec<String>,
    /// For someone who is stuck.
    pub nudge: String,
    /// When the time is up.
    pub time: String,
}

/// The phases' budgets for a chosen length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scaled {
    /// One for each phase; they add up to the whole.
    pub budgets: Vec<Duration>,
}

/// What a variant changes of the kind that it is based on.
struct Change {
    base: String,
    kind: RoundKind,
    /// By phase; 0 leaves it out.
    minutes: BTreeMap<String, Vec<u32>>,
    /// New phases, and after which each stands.
    inserted: Vec<(String, Phase)>,
}

enum Read {
    Whole(RoundKind),
    Variant(Change),
}

/// All kinds of round.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kinds {
    /// By id.
    pub kinds: Vec<RoundKind>,
}

impl Kinds {
    /// Reads the files under `scenarios/rounds/`, `(path, text)` each. What can be read is kept beside what is wrong.
    pub fn parse<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Self, Vec<Problem>) {
        let (mut kinds, mut changes, mut problems) = (Vec::new(), Vec::new(), Vec::new());
        for (file, text) in files {
            let (read, wrong) = read_table(file, text, |fields| read(file, fields));
            problems.extend(wrong);
            match read {
                Some(Read::Whole(kind)) => kinds.push(kind),
                Some(Read::Variant(change)) => changes.push(change),
                None => {}
            }
        }
        for change in changes {
            let place = change.kind.place.clone();
            match kinds.iter().find(|kind: &&RoundKind| kind.id == change.base) {
                Some(base) => match change.apply(base) {
                    Ok(kind) => kinds.push(kind),
                    Err(message) => problems.push(Problem { place, message }),
                },
                None => {
                    let message = format!("there is no kind of round `{}`: correct `based_on`", change.base);
                    problems.push(Problem { place, message });
                }
            }
        }
        kinds.sort_by(|a, b| a.id.cmp(&b.id));
        (Self { kinds }, problems)
    }

    /// The kind of an id.
    pub fn get(&self, id: &str) -> Option<&RoundKind> {
        self.kinds.iter().find(|kind| kind.id == id)
    }

    /// The kinds that can be held over a family of scenarios.
    pub fn of(&self, family: Family) -> impl Iterator<Item = &RoundKind> {
        self.kinds.iter().filter(move |kind| kind.families.contains(&family))
    }
}

impl RoundKind {
    /// Shares a length out among the phases, in whole seconds that add up to it, as the nearest given length does.
    pub fn scale(&self, minutes: u32) -> Scaled {
        let nearest = (0..self.lengths.len()).min_by_key(|&at| self.lengths[at].abs_diff(minutes)).unwrap_or(0);
        let whole = u64::from(self.lengths.get(nearest).copied().unwrap_or(1).max(1));
        let total = u64::from(minutes) * 60;
        // Where each phase ends is rounded, so that what is lost in one is found in the next.
        let ends = self.phases.iter().scan(0, |end, phase| {
            *end += u64::from(phase.minutes.get(nearest).copied().unwrap_or(0));
            Some(*end * total / whole)
        });
        let mut last = 0;
        let budgets = ends.map(|end| Duration::from_secs(end - std::mem::replace(&mut last, end))).collect();
        Scaled { budgets }
    }

    /// Whether checkpoints of a phase are looked for in this kind.
    pub fn covers(&self, phase: &str) -> bool {
        self.phases.iter().any(|own| own.covers.iter().any(|covered| covered == phase))
    }
}

impl Change {
    fn apply(self, base: &RoundKind) -> Result<RoundKind, String> {
        let mut kind = self.kind;
        kind.families.clone_from(&base.families);
        kind.phases.clone_from(&base.phases);
        for (after, phase) in self.inserted {
            match kind.phases.iter().position(|other| other.id == after) {
                Some(at) => kind.phases.insert(at + 1, phase),
                None => return Err(format!("there is no phase `{after}` in `{}`: correct `after`", base.id)),
            }
        }
        for (id, minutes) in self.minutes {
            match kind.phases.iter_mut().find(|phase| phase.id == id) {
                Some(phase) => phase.minutes = minutes,
                None => return Err(format!("there is no phase `{id}` in `{}`: correct `minutes`", base.id)),
            }
        }
        kind.phases.retain(|phase| phase.minutes.iter().any(|&minutes| minutes > 0));
        match kind.uneven() {
            Some(message) => Err(message),
            None => Ok(kind),
        }
    }
}

impl RoundKind {
    /// What is wrong with the minutes, if they do not add up.
    fn uneven(&self) -> Option<String> {
        if let Some(phase) = self.phases.iter().find(|phase| phase.minutes.len() != self.lengths.len()) {
            let wanted = self.lengths.len();
            return Some(format!("the phase `{}` has {} minutes for {wanted} lengths", phase.id, phase.minutes.len()));
        }
        self.lengths.iter().enumerate().find_map(|(at, &length)| {
            let sum: u32 = self.phases.iter().map(|phase| phase.minutes[at]).sum();
            (sum != length).then(|| format!("the phases of {length} minutes add up to {sum}: mend their `minutes`"))
        })
    }
}

fn read(file: &str, fields: &mut Fields<'_, '_>) -> Option<Read> {
    let base = fields.optional_text("based_on");
    let mut kind = RoundKind {
        id: stem(file).to_owned(),
        title: fields.filled("title"),
        summary: fields.filled("summary"),
        families: Vec::new(),
        lengths: fields.numbers("lengths", 240),
        default: fields.number("default", 240).unwrap_or_default(),
        phases: Vec::new(),
        place: fields.place(""),
    };
    if kind.lengths.is_empty() || !kind.lengths.is_sorted() {
        fields.reject("lengths", "`lengths` are the minutes of a whole round, shortest first, such as [45, 60]");
    }
    let Some(base) = base else {
        kind.families = families(fields);
        kind.phases = fields.tables("phase", |fields| Some(phase(fields)));
        if let Some(message) = kind.uneven() {
            fields.reject("phase", message);
        }
        return Some(Read::Whole(kind));
    };
    let minutes = fields.table("minutes", |fields| Some(fields.all_numbers(240))).unwrap_or_default();
    let inserted = fields.tables("phase", |fields| Some((fields.filled("after"), phase(fields))));
    Some(Read::Variant(Change { base, kind, minutes, inserted }))
}

fn phase(fields: &mut Fields<'_, '_>) -> Phase {
    let phase = Phase {
        id: fields.id("id"),
        title: fields.filled("title"),
        minutes: fields.numbers("minutes", 240),
        covers: fields.texts("covers"),
        goal: fields.filled("goal"),
        exit: fields.filled("exit"),
        prompts: fields.texts("prompts"),
        nudge: fields.filled("nudge"),
        time: fields.filled("time"),
    };
    if phase.prompts.len() < 2 {
        fields.reject("prompts", "a phase has two prompts at least: what the interviewer may say in it");
    }
    phase
}
