//! Every lesson shows what it says.

use super::links::astray;
use super::{Findings, Rule, Subject};
use crate::sim::lesson::Lesson;

pub(super) const RULE: Rule = Rule {
    name: "lessons",
    demands: "A lesson's claims hold when it is run, one of them fails in its contrast, and its links arrive.",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for file in subject.files.iter().filter(|file| file.path.starts_with("lessons/")) {
        match Lesson::parse(&file.file, &file.text) {
            Ok(lesson) => check_lesson(subject, &lesson, findings),
            Err(problem) => findings.problems.push(problem),
        }
    }
}

fn check_lesson(subject: &Subject<'_>, lesson: &Lesson, findings: &mut Findings) {
    findings.problems.extend(lesson.prove().err());
    let notes = lesson.note.iter().map(|note| format!("note:{note}"));
    let cards = lesson.cards.iter().map(|card| format!("card:{card}"));
    for message in notes.chain(cards).filter_map(|destination| astray(subject.known, &destination, None)) {
        findings.at(lesson.place.clone(), message);
    }
}
