//! Scenarios can be read, and what they name is there.

use super::links::missing;
use super::rounds::links_astray;
use super::{Findings, Rule, Subject};
use crate::content::Place;
use crate::round::{Family, Rubric, Scenario};

pub(super) const RULE: Rule = Rule {
    name: "scenarios",
    demands: "Scenarios can be read, their estimates come out as stated, and what they name is there.",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for (family, file) in subject.files.iter().filter_map(|file| Some((Family::of_path(&file.path)?, file))) {
        let (scenario, problems) = Scenario::parse(family, &file.file, &file.text, &subject.known.numbers);
        findings.problems.extend(problems);
        if let Some(scenario) = scenario {
            check_names(subject, &scenario, findings);
        }
    }
}

fn check_names(subject: &Subject<'_>, scenario: &Scenario, findings: &mut Findings) {
    let known = subject.known;
    for topic in scenario.topics.iter().filter(|topic| !known.notes.contains_key(topic.as_str())) {
        let message = missing("note", topic.as_str(), known.notes.keys().copied());
        findings.at(scenario.place.clone(), format!("`topics`: {message}"));
    }
    for checkpoint in &scenario.checkpoints {
        links_astray(subject, &checkpoint.links, &checkpoint.place, findings);
    }
    for flag in &scenario.red_flags {
        links_astray(subject, &flag.links, &flag.place, findings);
    }
    for thrown in scenario.curveballs.iter().filter(|thrown| known.rulebook.curveball(&thrown.id).is_none()) {
        let ids = known.rulebook.curveballs.iter().map(|curveball| curveball.id.as_str());
        findings.at(thrown.place.clone(), missing("curveball", &thrown.id, ids));
    }
    let Some(rubric) = known.rulebook.rubric(&scenario.rubric) else {
        let ids = known.rulebook.rubrics.iter().map(|rubric| rubric.id.as_str());
        return findings.at(scenario.place.clone(), missing("rubric", &scenario.rubric, ids));
    };
    if !rubric.families.contains(&scenario.family) {
        let message = format!("the rubric `{}` does not judge scenarios of this kind: name another", rubric.id);
        findings.at(scenario.place.clone(), message);
    }
    check_dimensions(scenario, rubric, findings);
}

fn check_dimensions(scenario: &Scenario, rubric: &Rubric, findings: &mut Findings) {
    let checkpoints = scenario.checkpoints.iter().map(|one| (&one.dimension, &one.place));
    let flags = scenario.red_flags.iter().map(|one| (&one.dimension, &one.place));
    let excesses = scenario.excesses.iter().map(|one| (&one.dimension, &one.place));
    let all: Vec<(&String, &Place)> = checkpoints.chain(flags).chain(excesses).collect();
    for (dimension, place) in all.into_iter().filter(|(dimension, _)| rubric.dimension(dimension).is_none()) {
        let ids = rubric.dimensions.iter().map(|one| one.id.as_str());
        findings.at(place.clone(), missing("dimension", dimension, ids));
    }
}
