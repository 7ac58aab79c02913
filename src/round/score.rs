//! From proofs to an evidence band: what was shown at a level, dimension by dimension.
//!
//! Never a verdict on a person: it says what the notes show. The cut-offs are this program's own; `docs/rounds.md` gives
//! them with their reasons. Start reading at [`Basis::score`].

use serde::{Deserialize, Serialize};

use super::evidence::Terms;
use super::kind::RoundKind;
use super::level::Level;
use super::proof::{Finding, Proofs, Tier};
use super::rubric::{Dimension, Rubric, Shown};
use super::scenario::{Checkpoint, Scenario};

/// The shares of a dimension's checkpoints from which a score of 2 and of 3 is given.
const TWO: f64 = 0.25;
const THREE: f64 = 0.6;

/// The share of the next level's checkpoints that lifts a 3 to a 4.
const FOUR: f64 = 0.4;

/// Where no level is above, a 4 takes nearly all of what is expected.
const NEARLY_ALL: f64 = 0.85;

/// The mean from which on one is at the bar, every critical dimension being at 3.
const BAR: f64 = 2.75;

/// One credited line in so many may rest on a misreading: the low end of an interval does without it.
const MISREAD_ONE_IN: usize = 8;

/// So many credited checkpoints make it worth saying that nothing wrong was said.
const ENOUGH_SAID: usize = 5;

/// What is judged, against what.
#[derive(Clone, Copy, Debug)]
pub struct Basis<'a> {
    /// What was designed.
    pub scenario: &'a Scenario,
    /// How it is judged.
    pub rubric: &'a Rubric,
    /// Whose phases were held; none where all count.
    pub kind: Option<&'a RoundKind>,
    /// The level that was aimed at.
    pub level: Level,
}

/// How a curveball was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CurveballResult {
    /// Its id.
    pub id: String,
    /// How many of the two good signs the answer shows.
    pub strong: usize,
    /// Whether it shows the poor one.
    pub weak: bool,
}

/// What the notes show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// The level that was aimed at.
    pub level: Level,
    /// The checkpoints that were expected at this level, in the scenario's order.
    pub checkpoints: Vec<Credit>,
    /// Those of the rubric, in its order.
    pub dimensions: Vec<DimensionScore>,
    /// Over the dimensions that were judged.
    pub mean: Option<f64>,
    /// Where that lies.
    pub band: Band,
}

/// A checkpoint that was expected.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Credit {
    /// Its id.
    pub id: String,
    /// How far it was shown.
    pub tier: Tier,
    /// How far it had to be at this level.
    pub needed: Tier,
}

/// The score of a dimension.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DimensionScore {
    /// Its id.
    pub id: String,
    /// From 1 to 4; none where there was no occasion to show it.
    pub score: Option<u8>,
    /// If a line was read too kindly.
    pub low: Option<u8>,
    /// If what is unclear were confirmed.
    pub high: Option<u8>,
    /// How many of its checkpoints were credited …
    pub credited: usize,
    /// … of how many.
    pub of: usize,
}

/// Where a score lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// Every critical dimension at 3, and the mean high enough.
    AtTheBar,
    /// Every critical dimension at 3, but the rest too thin.
    Near,
    /// These critical dimensions are below 3.
    Below(Vec<String>),
    /// Too little was said.
    NotJudged,
}

impl Band {
    /// As shown.
    pub fn name(&self) -> &'static str {
        match self {
            Self::AtTheBar => "at the bar",
            Self::Near => "near the bar",
            Self::Below(_) => "below the bar",
            Self::NotJudged => "not judged",
        }
    }
}

impl Credit {
    /// Whether it was shown as far as it had to be.
    pub fn is_credited(&self) -> bool {
        self.tier >= self.needed
    }

    /// Whether one step more would do: it is worth a second look.
    pub fn is_unclear(&self) -> bool {
        !self.is_credited() && self.tier >= Tier::Mentioned && self.tier as u8 + 1 >= self.needed as u8
    }
}

impl Checkpoint {
    /// How far this must be shown at a level: claimed, with its reason, with what reverses it, as far as there is one.
    pub fn needed(&self, level: Level) -> Tier {
        let has = |terms: &Terms| !terms.is_empty();
        let most = match () {
            () if has(&self.reverses) => Tier::Conditional,
            () if has(&self.because) || self.proof.trade_off.is_some() => Tier::Justified,
            () => Tier::Claimed,
        };
        // A point that is expected of every mid engineer need not be argued by a senior; what is new at a level is known by it.
        let wanted = match level.min(self.level) {
            Level::Mid => Tier::Claimed,
            Level::Senior => Tier::Justified,
            Level::Staff => Tier::Conditional,
        };
        most.min(wanted)
    }
}

impl Basis<'_> {
    /// Scores findings, curveballs and wrong statements.
    pub fn score(&self, findings: &[Finding], proofs: &Proofs, curveballs: &[CurveballResult]) -> Score {
        let expected = |level: Level| self.credits(findings, level);
        let now = expected(self.level);
        let next = self.level.next().map(expected);
        let all: usize = now.iter().filter(|credit| credit.is_credited()).count();
        let dimension = |dimension: &Dimension| match dimension.shown {
            Shown::Notes => self.by_notes(dimension, &now, next.as_deref(), proofs),
            Shown::Curveballs => by_curveballs(dimension, curveballs),
            Shown::RedFlags => by_red_flags(dimension, proofs, all),
            Shown::Person => DimensionScore::none(dimension),
        };
        let dimensions: Vec<DimensionScore> = self.rubric.dimensions.iter().map(dimension).collect();
        let judged: Vec<f64> = dimensions.iter().filter_map(|one| one.score).map(f64::from).collect();
        let mean = (!judged.is_empty()).then(|| judged.iter().sum::<f64>() / judged.len() as f64);
        let band = self.band(&dimensions, mean);
        Score { level: self.level, checkpoints: now, dimensions, mean, band }
    }

    /// The checkpoints that are expected at a level in the phases that were held.
    fn credits(&self, findings: &[Finding], level: Level) -> Vec<Credit> {
        let held = |one: &&Checkpoint| self.kind.is_none_or(|kind| kind.covers(&one.phase));
        let expected = self.scenario.checkpoints.iter().filter(held).filter(|one| one.level <= level);
        let credit = |one: &Checkpoint| {
            let tier = findings.iter().find(|finding| finding.id == one.id).map_or(Tier::Nothing, |f| f.tier);
            Credit { id: one.id.clone(), tier, needed: one.needed(level) }
        };
        expected.map(credit).collect()
    }

    fn by_notes(
        &self,
        dimension: &Dimension,
        now: &[Credit],
        next: Option<&[Credit]>,
        proofs: &Proofs,
    ) -> DimensionScore {
        let own = |credit: &&Credit| self.dimension_of(&credit.id) == Some(&dimension.id);
        let now: Vec<&Credit> = now.iter().filter(own).collect();
        if now.is_empty() {
            return DimensionScore::none(dimension);
        }
        let lowered = self.lowered(dimension, proofs);
        let credited = now.iter().filter(|credit| credit.is_credited()).count();
        let unclear = now.iter().filter(|credit| credit.is_unclear()).count();
        let share = |count: usize| count.saturating_sub(lowered) as f64 / now.len() as f64;
        // What the next level asks for beyond this one.
        let beyond: Option<Vec<&Credit>> = next.map(|next| {
            let new = |credit: &&Credit| now.iter().all(|one| one.id != credit.id || one.needed < credit.needed);
            next.iter().filter(own).filter(new).collect()
        });
        let ahead = beyond
            .filter(|beyond| !beyond.is_empty())
            .map(|beyond| beyond.iter().filter(|credit| credit.is_credited()).count() as f64 / beyond.len() as f64);
        let points = |count: usize| match share(count) {
            share if share < TWO => 1,
            share if share < THREE => 2,
            share if ahead.map_or(share >= NEARLY_ALL, |ahead| ahead >= FOUR) => 4,
            _ => 3,
        };
        DimensionScore {
            id: dimension.id.clone(),
            score: Some(points(credited)),
            low: Some(points(credited - credited.div_ceil(MISREAD_ONE_IN).min(credited))),
            high: Some(points(credited + unclear)),
            credited,
            of: now.len(),
        }
    }

    /// How many credits wrong statements and gold plating take from a dimension.
    fn lowered(&self, dimension: &Dimension, proofs: &Proofs) -> usize {
        let flags = &self.scenario.red_flags;
        let said = |id: &str| proofs.red_flags.iter().any(|(said, _)| said == id);
        let too_much = |id: &str| proofs.excesses.iter().any(|(said, _)| said == id);
        flags.iter().filter(|flag| flag.dimension == dimension.id && said(&flag.id)).count()
            + self.scenario.excesses.iter().filter(|one| one.dimension == dimension.id && too_much(&one.id)).count()
    }

    fn dimension_of(&self, checkpoint: &str) -> Option<&String> {
        self.scenario.checkpoint(checkpoint).map(|one| &one.dimension)
    }

    fn band(&self, dimensions: &[DimensionScore], mean: Option<f64>) -> Band {
        let critical = |one: &&DimensionScore| self.rubric.dimension(&one.id).is_some_and(|own| own.critical);
        let critical: Vec<&DimensionScore> = dimensions.iter().filter(critical).collect();
        let Some(mean) = mean.filter(|_| critical.iter().any(|one| one.score.is_some())) else {
            return Band::NotJudged;
        };
        let below: Vec<String> =
            critical.iter().filter(|one| one.score.is_some_and(|score| score < 3)).map(|one| one.id.clone()).collect();
        match below.is_empty() {
            false => Band::Below(below),
            true if mean >= BAR => Band::AtTheBar,
            true => Band::Near,
        }
    }
}

impl DimensionScore {
    fn none(dimension: &Dimension) -> Self {
        Self { id: dimension.id.clone(), score: None, low: None, high: None, credited: 0, of: 0 }
    }

    fn certain(dimension: &Dimension, score: u8, credited: usize, of: usize) -> Self {
        Self { id: dimension.id.clone(), score: Some(score), low: Some(score), high: Some(score), credited, of }
    }
}

fn by_curveballs(dimension: &Dimension, results: &[CurveballResult]) -> DimensionScore {
    if results.is_empty() {
        return DimensionScore::none(dimension);
    }
    let (shown, of) = (results.iter().map(|one| one.strong).sum::<usize>(), results.len() * 2);
    let score = match shown as f64 / of as f64 {
        share if share < TWO => 1,
        share if share < 0.5 => 2,
        share if share < NEARLY_ALL => 3,
        _ => 4,
    };
    DimensionScore::certain(dimension, score, shown, of)
}

fn by_red_flags(dimension: &Dimension, proofs: &Proofs, credited: usize) -> DimensionScore {
    match (proofs.red_flags.len(), proofs.retracted.len()) {
        (0, 0) if credited < ENOUGH_SAID => DimensionScore::none(dimension),
        (0, 0) => DimensionScore::certain(dimension, 3, 0, 0),
        (0, _) => DimensionScore::certain(dimension, 4, 0, 0),
        (1, _) => DimensionScore::certain(dimension, 2, 0, 0),
        _ => DimensionScore::certain(dimension, 1, 0, 0),
    }
}

/// A candidate's correction of a finding; it must quote a line that is not empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    /// The checkpoint's id.
    pub checkpoint: String,
    /// How far it was shown, in the candidate's own view.
    pub tier: Tier,
    /// The line that shows it, from 1.
    pub line: u32,
}

/// The findings as the candidate confirmed them. Overrides that quote no line count for nothing.
pub fn confirmed(proofs: &Proofs, notes: &super::text::Notes, overrides: &[Override]) -> Vec<Finding> {
    let mut findings = proofs.findings.clone();
    for one in overrides {
        let quote = notes.lines.iter().find(|line| line.number == one.line).map(|line| line.text.trim());
        let Some(quote) = quote.filter(|quote| !quote.is_empty()) else { continue };
        if let Some(finding) = findings.iter_mut().find(|finding| finding.id == one.checkpoint) {
            finding.tier = one.tier;
            finding.said = Some(super::proof::Said { line: one.line, quote: quote.to_owned() });
        }
    }
    findings
}
