//! A round that is over, as it is kept: what was done, and what it showed.

use serde::{Deserialize, Serialize};

use crate::round::level::Level;
use crate::round::proof::{Finding, Proofs};
use crate::round::rubric::{Rubric, Shown};
use crate::round::score::{Basis, CurveballResult, Override, Score, confirmed};
use crate::round::text::Notes;
use crate::time::Timestamp;

use super::{Draft, Play};

/// A round that is over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attempt {
    /// When it was over.
    pub at: Timestamp,
    /// Everything that was done.
    pub draft: Draft,
    /// What the notes show by themselves; trends go by this.
    pub auto: Score,
    /// What they show with the candidate's corrections.
    pub confirmed: Score,
    /// The corrections.
    pub overrides: Vec<Override>,
    /// What text cannot show, by dimension, in the candidate's own judgement.
    pub own: Vec<(String, u8)>,
    /// The mean that the candidate expected, before seeing anything.
    pub prediction: Option<f64>,
    /// The checkpoints that were missed, in the scenario's order.
    pub missed: Vec<String>,
}

/// What the notes of a round prove.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// The notes, line by line over all phases.
    pub notes: Notes,
    /// What they prove.
    pub proofs: Proofs,
    /// How the curveballs were answered.
    pub curveballs: Vec<CurveballResult>,
}

impl Play {
    /// Reads the notes. What was filled in beforehand is nobody's merit.
    pub fn judge(&self, numbers: &crate::estimate::Numbers) -> Judgement {
        let pages = self.kind.phases.iter().zip(&self.draft.pages);
        let notes = Notes::of_phases(pages.map(|(phase, page)| (phase.id.as_str(), page.text.as_str())));
        let matcher = &self.matcher;
        let told: Vec<&str> = self
            .draft
            .set_up
            .given
            .iter()
            .chain(self.draft.said.iter().map(|said| &said.text))
            .map(String::as_str)
            .collect();
        let proofs = matcher.judge(&self.scenario, &notes, &told, numbers);
        let curveballs = self.draft.thrown.iter().filter_map(|thrown| {
            let curveball = self.rulebook.curveball(&thrown.id)?;
            let answer = self.written_since(&thrown.before);
            let shows = |signal| matcher.shows(signal, &answer, &[&curveball.text]);
            let strong = curveball.strong.iter().filter(|signal| shows(signal)).count();
            Some(CurveballResult { id: thrown.id.clone(), strong, weak: shows(&curveball.weak) })
        });
        Judgement { curveballs: curveballs.collect(), notes, proofs }
    }

    /// The rubric by which it is judged.
    pub fn rubric(&self) -> Option<&Rubric> {
        self.rulebook.rubric(&self.scenario.rubric)
    }

    /// The score of some findings.
    pub fn score(&self, rubric: &Rubric, judgement: &Judgement, findings: &[Finding]) -> Score {
        let level: Level = self.draft.set_up.level;
        let basis = Basis { scenario: &self.scenario, rubric, kind: Some(&self.kind), level };
        basis.score(findings, &judgement.proofs, &judgement.curveballs)
    }

    /// The round as it is kept.
    pub fn attempt(
        &self,
        at: Timestamp,
        rubric: &Rubric,
        judgement: &Judgement,
        overrides: Vec<Override>,
        own: Vec<(String, u8)>,
        prediction: Option<f64>,
    ) -> Attempt {
        let auto = self.score(rubric, judgement, &judgement.proofs.findings);
        let findings = confirmed(&judgement.proofs, &judgement.notes, &overrides);
        let confirmed = self.score(rubric, judgement, &findings);
        let missed = confirmed.checkpoints.iter().filter(|credit| !credit.is_credited());
        let missed = missed.map(|credit| credit.id.clone()).collect();
        Attempt { at, draft: self.draft.clone(), auto, confirmed, overrides, own, prediction, missed }
    }

    /// The lines that were not there at a moment.
    fn written_since(&self, before: &[String]) -> String {
        let pages = self.draft.pages.iter().enumerate();
        let new = pages.flat_map(|(at, page)| {
            let old: Vec<&str> = before.get(at).map(|text| text.lines().collect()).unwrap_or_default();
            page.text.lines().filter(move |line| !old.contains(line))
        });
        new.collect::<Vec<_>>().join("\n")
    }
}

/// The dimensions that text cannot show.
pub fn personal(rubric: &Rubric) -> impl Iterator<Item = &crate::round::rubric::Dimension> {
    rubric.dimensions.iter().filter(|dimension| dimension.shown == Shown::Person)
}
