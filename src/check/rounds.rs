//! What all rounds share can be read, and its links arrive.

use super::links::{absent, astray};
use super::{Findings, Rule, Subject};
use crate::content::Place;
use crate::round::{Curveball, Family, RoundKind, Rulebook};

pub(super) const RULE: Rule = Rule {
    name: "rounds",
    demands: "Kinds of round, rubrics, curveballs and the glossary can be read, their minutes add up and their links arrive.",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    // A variant may be based on a kind that lies in another folder.
    let (rulebook, problems) = Rulebook::read(subject.files);
    let known = |id: &str| subject.known.rulebook.kinds.get(id).is_some();
    let resolved = |message: &str| {
        message.starts_with("there is no kind of round") && message.split('`').nth(1).is_some_and(known)
    };
    findings.problems.extend(problems.into_iter().filter(|problem| !resolved(&problem.message)));
    rulebook.kinds.kinds.iter().for_each(|kind| check_kind(kind, findings));
    rulebook.curveballs.iter().for_each(|curveball| check_curveball(subject, curveball, findings));
}

fn check_kind(kind: &RoundKind, findings: &mut Findings) {
    let phases: Vec<&str> = kind.families.iter().flat_map(|family| family.phases()).copied().collect();
    let mut seen: Vec<&str> = Vec::new();
    for phase in &kind.phases {
        if seen.contains(&phase.id.as_str()) {
            findings.at(kind.place.clone(), format!("there are two phases `{}`: rename one", phase.id));
        }
        seen.push(&phase.id);
        if let Some(odd) = phase.covers.iter().find(|covered| !phases.contains(&covered.as_str())) {
            let message = format!("the phase `{}` covers `{odd}`: use of {}", phase.id, phases.join(", "));
            findings.at(kind.place.clone(), message);
        }
    }
}

fn check_curveball(subject: &Subject<'_>, curveball: &Curveball, findings: &mut Findings) {
    if let Some(message) = astray(subject.known, &format!("note:{}", curveball.note), None) {
        findings.at(curveball.place.clone(), format!("`note`: {message}"));
    }
    let lesson = curveball.lesson.as_ref().filter(|lesson| !subject.known.lessons.contains(lesson.as_str()));
    if let Some(lesson) = lesson {
        let message = absent("lesson", lesson.as_str(), &subject.known.lessons);
        findings.at(curveball.place.clone(), format!("`lesson`: {message}"));
    }
    let phases: Vec<&str> = Family::ALL.iter().flat_map(|family| family.phases()).copied().collect();
    if let Some(odd) = curveball.phases.iter().find(|phase| !phases.contains(&phase.as_str())) {
        findings.at(curveball.place.clone(), format!("there is no phase `{odd}`: use one of {}", phases.join(", ")));
    }
}

/// Where links of a checkpoint, a fault or a red flag do not arrive.
pub(super) fn links_astray(subject: &Subject<'_>, links: &crate::round::Links, place: &Place, findings: &mut Findings) {
    let notes = (!links.note.is_empty()).then(|| format!("note:{}", links.note));
    let cards = links.cards.iter().map(|card| format!("card:{card}"));
    let lessons = links.lesson.iter().map(|lesson| format!("lesson:{lesson}"));
    for message in notes.into_iter().chain(cards).chain(lessons).filter_map(|to| astray(subject.known, &to, None)) {
        findings.at(place.clone(), message);
    }
}
