//! Scenarios: what there is to design, what is said about it, and what a good answer contains.
//!
//! One TOML file each, described in `docs/formats.md`. [`Scenario::parse`] reads it with every problem at once and
//! evaluates its estimates; whether its links arrive is for `check` to say, which sees all files. The parts: the
//! model solution ([`Design`]), the interviewer's lines (`interview`), what is looked for (`checkpoint`).

mod checkpoint;
mod design;
mod estimates;
mod interview;

use crate::content::{Fields, Place, Problem, TopicId, read_table};
use crate::estimate::Numbers;

pub use checkpoint::{Checkpoint, Excess, Links, NumberProof, Proof, RedFlag};
pub use design::{Api, Component, Decision, DeepDive, Design, Entity, LowLevel, Measured, Named, Opt, Pattern, Walk};
pub use estimates::{Estimate, Input};
pub use interview::{Clarification, DrillDown, Hints, Probe, ProbeKind, Remark, ThrownCurveball, Variant, WrongTurn};

/// Which kind of design a scenario asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// A system.
    Hld,
    /// Classes and interfaces.
    Lld,
    /// A situation to be mastered in a quarter of an hour.
    Mini,
    /// A flawed design to be taken apart.
    Critique,
}

impl Family {
    /// Every family.
    pub const ALL: [Self; 4] = [Self::Hld, Self::Lld, Self::Mini, Self::Critique];

    const WORDS: [(&'static str, Self); 4] =
        [("hld", Self::Hld), ("lld", Self::Lld), ("mini", Self::Mini), ("critique", Self::Critique)];

    /// As files and the command line write it.
    pub fn name(self) -> &'static str {
        Self::WORDS[self as usize].0
    }

    /// The folder that holds its scenarios, with a slash behind it.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Hld => "scenarios/hld/",
            Self::Lld => "scenarios/lld/",
            Self::Mini => "scenarios/mini/",
            Self::Critique => "scenarios/critiques/",
        }
    }

    /// The family of a file by its path within the content.
    pub fn of_path(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|family| path.starts_with(family.folder()))
    }

    /// The phases that its checkpoints belong to; kinds of round cover them.
    pub fn phases(self) -> &'static [&'static str] {
        match self {
            Self::Hld => &["open", "clarify", "estimate", "api", "data", "design", "dives", "operations", "wrap"],
            Self::Lld => &[
                "clarify",
                "components",
                "classes",
                "patterns",
                "interfaces",
                "logic",
                "database",
                "concurrency",
                "scalability",
                "testing",
            ],
            Self::Mini => &["situation", "questions", "answer", "numbers", "challenge", "wrap"],
            Self::Critique => &["read", "faults", "rank"],
        }
    }
}

/// How hard a scenario is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difficulty {
    /// One idea carries it.
    Easy,
    /// Several parts that must fit.
    Medium,
    /// No answer without a real trade-off.
    Hard,
}

impl Difficulty {
    const WORDS: [(&'static str, Self); 3] = [("easy", Self::Easy), ("medium", Self::Medium), ("hard", Self::Hard)];

    /// As files write it.
    pub fn name(self) -> &'static str {
        Self::WORDS[self as usize].0
    }
}

/// A problem to design.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// The file's name without its ending.
    pub id: String,
    /// Which kind of design it asks for.
    pub family: Family,
    /// As shown.
    pub title: String,
    /// One line.
    pub summary: String,
    /// How hard it is.
    pub difficulty: Difficulty,
    /// The length that suits it.
    pub minutes: u32,
    /// The topics that it exercises.
    pub topics: Vec<TopicId>,
    /// The rubric's id.
    pub rubric: String,
    /// Whether less than the full standard is demanded of it.
    pub short: bool,
    /// The task as the interviewer puts it; Markdown.
    pub prompt: String,
    /// What a question is answered with.
    pub clarifications: Vec<Clarification>,
    /// The planning defaults.
    pub inputs: Vec<Input>,
    /// What follows from them.
    pub estimates: Vec<Estimate>,
    /// A solution.
    pub design: Design,
    /// What a good answer contains.
    pub checkpoints: Vec<Checkpoint>,
    /// Wrong statements.
    pub red_flags: Vec<RedFlag>,
    /// What is more than the problem asks for.
    pub excesses: Vec<Excess>,
    /// Three questions each on a component that was named.
    pub drill_downs: Vec<DrillDown>,
    /// Challenges.
    pub probes: Vec<Probe>,
    /// Help, by phase.
    pub hints: Vec<Hints>,
    /// Ways that lead astray, and back.
    pub wrong_turns: Vec<WrongTurn>,
    /// The curveballs that suit it, first choice first.
    pub curveballs: Vec<ThrownCurveball>,
    /// The same with one constraint turned round.
    pub variant: Option<Variant>,
    /// An exemplary round with remarks.
    pub transcript: Vec<Remark>,
    /// The reference answer; Markdown.
    pub reference: String,
    /// Where it stands.
    pub place: Place,
}

impl Scenario {
    /// Reads a scenario's file. `numbers` are the reference numbers that its estimates may name.
    pub fn parse(family: Family, file: &str, text: &str, numbers: &Numbers) -> (Option<Self>, Vec<Problem>) {
        read_table(file, text, |fields| {
            let scenario = read(family, file, fields);
            estimates::try_out(&scenario, fields, numbers);
            Some(scenario)
        })
    }

    /// The checkpoint of an id.
    pub fn checkpoint(&self, id: &str) -> Option<&Checkpoint> {
        self.checkpoints.iter().find(|checkpoint| checkpoint.id == id)
    }

    /// Everything that the candidate is told from the start or may be told later, for telling an echo from an answer.
    pub fn told(&self) -> impl Iterator<Item = &str> {
        let hints = self.hints.iter().flat_map(|hints| &hints.ladder).map(String::as_str);
        let answers = self.clarifications.iter().map(|one| one.answer.as_str());
        let drills = self.drill_downs.iter().flat_map(|one| &one.asks).map(String::as_str);
        let probes = self.probes.iter().map(|one| one.ask.as_str());
        std::iter::once(self.prompt.as_str()).chain(hints).chain(answers).chain(drills).chain(probes)
    }
}

fn read(family: Family, file: &str, fields: &mut Fields<'_, '_>) -> Scenario {
    let mut scenario = Scenario {
        id: stem(file).to_owned(),
        family,
        title: fields.filled("title"),
        summary: fields.filled("summary"),
        difficulty: fields.word("difficulty", &Difficulty::WORDS).unwrap_or(Difficulty::Medium),
        minutes: fields.number("minutes", 240).unwrap_or_default(),
        topics: fields.texts("topics").into_iter().map(TopicId::new).collect(),
        rubric: fields.filled("rubric"),
        short: fields.flag("short"),
        prompt: fields.filled("prompt"),
        clarifications: fields.tables("clarification", interview::clarification),
        inputs: fields.tables("input", estimates::input),
        estimates: fields.tables("estimate", estimates::estimate),
        design: design::read(family, fields),
        checkpoints: Vec::new(),
        red_flags: fields.tables("red_flag", checkpoint::red_flag),
        excesses: fields.tables("excess", checkpoint::excess),
        drill_downs: fields.tables("drill_down", interview::drill_down),
        probes: fields.tables("probe", interview::probe),
        hints: fields.tables("hint", interview::hints),
        wrong_turns: fields.tables("wrong_turn", interview::wrong_turn),
        curveballs: fields.tables("curveball", interview::curveball),
        variant: fields.table("variant", interview::variant),
        transcript: fields.tables("transcript", interview::remark),
        reference: fields.filled("reference"),
        place: fields.place(""),
    };
    let key = if family == Family::Critique { "fault" } else { "checkpoint" };
    scenario.checkpoints = fields.tables(key, |fields| checkpoint::checkpoint(family, fields));
    own_ids(&scenario, fields);
    phases(&scenario, fields);
    scenario
}

/// Ids are unique within the scenario, whatever they name.
fn own_ids(scenario: &Scenario, fields: &mut Fields<'_, '_>) {
    let checkpoints = scenario.checkpoints.iter().map(|one| (&one.id, &one.place));
    let flags = scenario.red_flags.iter().map(|one| (&one.id, &one.place));
    let excesses = scenario.excesses.iter().map(|one| (&one.id, &one.place));
    let mut seen: Vec<(&String, &Place)> = Vec::new();
    for (id, place) in checkpoints.chain(flags).chain(excesses) {
        match seen.iter().find(|(other, _)| *other == id) {
            Some((_, first)) => {
                let message = format!("there is a `{id}` already, {first}: give this one another id");
                fields.problem_at(place.clone(), message);
            }
            None => seen.push((id, place)),
        }
    }
    for flag in &scenario.red_flags {
        if let Some(id) = flag.against.iter().find(|id| scenario.checkpoint(id).is_none()) {
            let message = format!("`against` names the checkpoint `{id}`, which there is none of: correct it");
            fields.problem_at(flag.place.clone(), message);
        }
    }
}

/// Phases are those of the family.
fn phases(scenario: &Scenario, fields: &mut Fields<'_, '_>) {
    let known = scenario.family.phases();
    let checkpoints = scenario.checkpoints.iter().map(|one| (&one.phase, &one.place));
    let hints = scenario.hints.iter().map(|one| (&one.phase, &one.place));
    let remarks = scenario.transcript.iter().map(|one| (&one.phase, &one.place));
    for (phase, place) in checkpoints.chain(hints).chain(remarks) {
        if !known.contains(&phase.as_str()) {
            let message = format!("there is no phase `{phase}`: use one of {}", known.join(", "));
            fields.problem_at(place.clone(), message);
        }
    }
}

/// A path's last part without its ending.
pub(super) fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.strip_suffix(".toml").unwrap_or(name)
}

/// The families that a key `for` names.
pub(super) fn families(fields: &mut Fields<'_, '_>) -> Vec<Family> {
    let mut families = Vec::new();
    for word in fields.texts("for") {
        match Family::WORDS.iter().find(|(name, _)| *name == word) {
            Some(&(_, family)) => families.push(family),
            None => fields.reject("for", format!("`{word}` is no family of scenarios: use hld, lld, mini, critique")),
        }
    }
    if families.is_empty() && !fields.has("for") {
        fields.reject("for", "`for` is missing: name the families of scenarios, as in `for = [\"hld\"]`");
    }
    families
}
