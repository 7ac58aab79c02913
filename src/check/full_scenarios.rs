//! A scenario is complete enough to hold a round over it and to learn from it.

use std::collections::BTreeSet;

use super::prose::count;
use super::{Findings, Rule, Subject};
use crate::round::{Family, Level, Rubric, Scenario, Shown};

pub(super) const RULE: Rule = Rule {
    name: "full_scenarios",
    demands: "A scenario that is not marked `short = true` has everything that a round and its review need.",
    check,
};

/// So many checkpoints show what an answer contains.
const CHECKPOINTS: usize = 25;

/// So many faults are planted in a critique.
const FAULTS: usize = 10;

/// So many words are an answer.
const REFERENCE: usize = 150;

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (family, file) in subject.files.iter().filter_map(|file| Some((Family::of_path(&file.path)?, file))) {
        let parsed = Scenario::parse(family, &file.file, &file.text, &subject.known.numbers).0;
        let Some(scenario) = parsed.filter(|scenario| !scenario.short) else { continue };
        let rubric = subject.known.rulebook.rubric(&scenario.rubric);
        for (what, there, needed) in demands(&scenario).into_iter().chain(judged(&scenario, rubric)) {
            if there < needed {
                let message = format!("{what}: {there} of {needed}, write more or mark the scenario `short = true`");
                findings.at(scenario.place.clone(), message);
            }
        }
    }
}

/// What is demanded, how much of it there is, and how much there must be.
type Demand = (String, usize, usize);

fn demands(scenario: &Scenario) -> Vec<Demand> {
    let mut demands = match scenario.family {
        Family::Hld => hld(scenario),
        Family::Lld => lld(scenario),
        Family::Mini => mini(scenario),
        Family::Critique => return critique(scenario),
    };
    let shared = [
        ("clarifying questions", scenario.clarifications.len(), 4),
        ("checkpoints", scenario.checkpoints.len(), CHECKPOINTS),
        ("red flags", scenario.red_flags.len(), 3),
        ("drill-downs", scenario.drill_downs.len(), 2),
        ("probes", scenario.probes.len(), 2),
        ("hint ladders", scenario.hints.len(), 3),
        ("wrong turns", scenario.wrong_turns.len(), 2),
        ("curveballs", scenario.curveballs.len(), 3),
        ("decisions", scenario.design.decisions.len(), 1),
        ("variants", usize::from(scenario.variant.is_some()), 1),
        ("remarks of the transcript", scenario.transcript.len(), 5),
        ("words of the reference answer", count(&scenario.reference), REFERENCE),
    ];
    demands.extend(shared);
    demands.into_iter().map(|(what, there, needed)| (what.to_owned(), there, needed)).collect()
}

fn hld(scenario: &Scenario) -> Vec<(&'static str, usize, usize)> {
    let design = &scenario.design;
    let failing = design.dives.iter().filter(|dive| !dive.failures.is_empty()).count();
    vec![
        ("functional requirements", design.functional.len(), 3),
        ("quantified non-functional requirements", design.nonfunctional.len(), 3),
        ("inputs", scenario.inputs.len(), 3),
        ("estimates", scenario.estimates.len(), 4),
        ("special numbers (`special = true`)", specials(scenario), 1),
        ("calls of the API", design.apis.len(), 2),
        ("entities", design.entities.len(), 1),
        ("components", design.components.len(), 4),
        ("walk-throughs", design.walks.len(), 2),
        ("deep dives with failure modes", failing, 2),
    ]
}

fn lld(scenario: &Scenario) -> Vec<(&'static str, usize, usize)> {
    let (design, low) = (&scenario.design, &scenario.design.low_level);
    vec![
        ("functional requirements", design.functional.len(), 3),
        ("entities", design.entities.len(), 3),
        ("relations", low.relations.len(), 3),
        ("patterns", low.patterns.len(), 2),
        ("rejected patterns", low.patterns.iter().filter(|pattern| pattern.rejected).count(), 1),
        ("tests", low.tests.len(), 3),
    ]
}

fn mini(scenario: &Scenario) -> Vec<(&'static str, usize, usize)> {
    vec![
        ("inputs", scenario.inputs.len(), 2),
        ("special numbers (`special = true`)", specials(scenario), 1),
        ("steps", scenario.design.steps.len(), 3),
        ("traps", scenario.design.traps.len(), 2),
    ]
}

fn critique(scenario: &Scenario) -> Vec<Demand> {
    let ranked = scenario.checkpoints.iter().filter(|fault| fault.rank > 0).count();
    let says = |what: &str| what.to_owned();
    vec![
        (says("planted faults with a rank"), ranked, FAULTS),
        (says("red flags (sound parts that are easily called faults)"), scenario.red_flags.len(), 2),
        (says("words of the reference answer"), count(&scenario.reference), REFERENCE),
    ]
}

fn specials(scenario: &Scenario) -> usize {
    scenario.estimates.iter().filter(|estimate| estimate.special).count()
}

/// Whether checkpoints are spread over phases, levels and critical dimensions.
fn judged(scenario: &Scenario, rubric: Option<&Rubric>) -> Vec<Demand> {
    if scenario.family == Family::Critique {
        return Vec::new();
    }
    let phases: BTreeSet<&str> = scenario.checkpoints.iter().map(|one| one.phase.as_str()).collect();
    let mut demands = vec![("phases with checkpoints".to_owned(), phases.len(), 4)];
    for level in Level::ALL {
        let there = scenario.checkpoints.iter().filter(|one| one.level == level).count();
        demands.push((format!("checkpoints of level {}", level.name()), there, 3));
    }
    let critical = rubric.into_iter().flat_map(|rubric| &rubric.dimensions);
    for dimension in critical.filter(|dimension| dimension.critical && dimension.shown == Shown::Notes) {
        let there = scenario.checkpoints.iter().filter(|one| one.dimension == dimension.id).count();
        demands.push((format!("checkpoints of the critical dimension `{}`", dimension.id), there, 3));
    }
    demands
}
