//! What the interviewer can say in one round, and what is chosen by what the notes contain.

use super::super::curveball::Curveball;
use super::super::kind::{Phase, RoundKind};
use super::super::proof::Matcher;
use super::super::rulebook::Rulebook;
use super::super::scenario::Scenario;
use super::event::{Line, LineKind};

/// Everything authored that a round draws on.
#[derive(Clone, Debug, PartialEq)]
pub struct Script {
    /// What is designed.
    pub scenario: Scenario,
    /// In which phases.
    pub kind: RoundKind,
    /// What may be thrown in.
    pub curveballs: Vec<Curveball>,
    /// Reads the notes.
    pub matcher: Matcher,
}

impl Script {
    /// The script of a scenario held as a kind of round.
    pub fn new(scenario: Scenario, kind: RoundKind, rulebook: &Rulebook) -> Self {
        Self { scenario, kind, curveballs: rulebook.curveballs.clone(), matcher: Matcher::new(&rulebook.glossary) }
    }

    /// What the round opens with.
    pub(super) fn opening(&self, variant: bool) -> Line {
        let mut text = self.scenario.prompt.trim().to_owned();
        if let Some(other) = self.scenario.variant.as_ref().filter(|_| variant) {
            text = format!("{text}\n\n{}", other.prompt.trim());
        }
        Line { kind: LineKind::Opening, text }
    }

    /// The answer to a question, with the place of the clarification; none where the script does not know it.
    pub(super) fn answer(&self, question: &str) -> Option<(usize, Line)> {
        let knows = |one: &super::super::scenario::Clarification| self.matcher.speaks_of(&one.asks, question);
        let at = self.scenario.clarifications.iter().position(knows)?;
        Some((at, Line { kind: LineKind::Answer, text: self.scenario.clarifications[at].answer.clone() }))
    }

    /// A rung of the help in a phase, from 1.
    pub(super) fn hint(&self, phase: &Phase, rung: u8) -> Option<Line> {
        let ladder = self.scenario.hints.iter().find(|hints| phase.covers.contains(&hints.phase));
        let text = match (ladder, rung) {
            (Some(hints), rung) => hints.ladder.get(usize::from(rung) - 1)?.clone(),
            // Without a ladder of its own the phase has its nudge.
            (None, 1) => phase.nudge.clone(),
            (None, _) => return None,
        };
        Some(Line { kind: LineKind::Hint(rung), text })
    }

    /// All questions that the notes invite: drill-downs on components that were named, then challenges.
    pub(super) fn probes(&self, notes: &str) -> Vec<String> {
        let scenario = &self.scenario;
        let drills = scenario.drill_downs.iter().filter(|one| self.matcher.names(&one.on, notes));
        let probes = scenario.probes.iter().filter(|one| one.on.is_empty() || self.matcher.names(&one.on, notes));
        drills.flat_map(|one| one.asks.iter().cloned()).chain(probes.map(|one| one.ask.clone())).collect()
    }

    /// The curveball for a phase: the scenario's first that the notes invite, else its first that fits any design, else one
    /// of the common list.
    pub(super) fn curveball(&self, phase: &Phase, notes: &str, thrown: &[String]) -> Option<&Curveball> {
        let fits =
            |one: &&Curveball| !thrown.contains(&one.id) && one.phases.iter().any(|other| phase.covers.contains(other));
        let own: Vec<&Curveball> = self
            .scenario
            .curveballs
            .iter()
            .filter_map(|thrown| self.curveballs.iter().find(|one| one.id == thrown.id))
            .filter(fits)
            .collect();
        let invited = own.iter().find(|one| !one.when.is_empty() && self.matcher.names(&one.when, notes));
        let anyhow = own.iter().find(|one| one.when.is_empty());
        let common = || self.curveballs.iter().filter(fits).find(|one| one.when.is_empty());
        invited.or(anyhow).copied().or_else(common)
    }
}
