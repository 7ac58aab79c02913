//! The rounds that were held, newest first.

use serde::{Deserialize, Serialize};

use crate::estimate::Numbers;
use crate::round::{Basis, Finding, Judged, Level, Override, Round, Rubric, SelfScore, Tier};
use crate::store::Store;
use crate::time::Timestamp;
use crate::tui::effect::Record;
use crate::tui::world::World;

const INDEX: &str = "round/held";

/// A round in a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Held {
    pub(super) at: Timestamp,
    pub(super) scenario: String,
    pub(super) level: Level,
    pub(super) minutes: u32,
    /// By what the lines prove alone.
    pub(super) mean: Option<f64>,
    pub(super) band: String,
    /// What the candidate expected.
    pub(super) prediction: Option<f64>,
}

/// A round in full: what happened, and what the candidate said of it. Everything else follows from that.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Attempt {
    /// As [`Recording`](crate::round::Recording) writes it.
    pub(super) recording: String,
    pub(super) overrides: Vec<Override>,
    pub(super) own: SelfScore,
    /// What an interviewer ticked instead of what notes prove.
    #[serde(default)]
    pub(super) ticks: Option<Vec<(String, Tier)>>,
}

/// The rounds that were held, newest first.
pub(crate) fn held(world: &World) -> Vec<Held> {
    in_store(world.student.store())
}

/// The same, for those who have no screen.
pub(super) fn in_store(store: &Store) -> Vec<Held> {
    let text: Option<String> = store.recollect(INDEX).ok().flatten();
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// A round in full.
pub(super) fn attempt(world: &World, held: &Held) -> Option<Attempt> {
    serde_json::from_str(&world.recollect(&key(held.at))?).ok()
}

/// What a round shows: by its notes, or by what an interviewer ticked.
pub(super) fn judge(round: &Round, rubric: &Rubric, attempt: &Attempt, numbers: &Numbers) -> Judged {
    let mut judged = Judged::of(round, rubric, &attempt.overrides, numbers);
    if let Some(ticks) = &attempt.ticks {
        let finding =
            |(id, tier): &(String, Tier)| Finding { id: id.clone(), tier: *tier, said: None, contradicted: false };
        judged.proofs.findings = ticks.iter().map(finding).collect();
        let script = round.script();
        let basis = Basis { scenario: &script.scenario, rubric, kind: Some(&script.kind), level: round.setup().level };
        judged.auto = basis.score(&judged.proofs.findings, &judged.proofs, &judged.curveballs);
        judged.confirmed = judged.auto.clone();
    }
    judged
}

/// What keeps a round: itself first, so that the list never names one that there is not.
pub(super) fn records(world: &World, at: Timestamp, round: &Round, judged: &Judged, attempt: &Attempt) -> Vec<Record> {
    let setup = round.setup();
    let line = Held {
        at,
        scenario: setup.scenario.clone(),
        level: setup.level,
        minutes: setup.minutes,
        mean: judged.auto.mean,
        band: judged.auto.band.name().to_owned(),
        prediction: attempt.own.prediction,
    };
    let mut all = held(world);
    all.insert(0, line);
    let text = |value: serde_json::Result<String>| value.expect("a round is plain data");
    vec![
        Record::Memory { key: key(at), value: text(serde_json::to_string(attempt)) },
        Record::Memory { key: INDEX.to_owned(), value: text(serde_json::to_string(&all)) },
    ]
}

fn key(at: Timestamp) -> String {
    format!("round/held/{}", at.0)
}
