//! Calculators, drills and reference numbers can be used as they stand.

use std::collections::BTreeMap;

use super::known::NUMBERS;
use super::{Findings, Rule, Subject};
use crate::content::{Place, Stored};
use crate::estimate::Numbers;
use crate::estimate::calculator::Calculator;
use crate::estimate::drill::Drill;

pub(super) const RULE: Rule = Rule {
    name: "estimates",
    demands: "Calculators, drills and reference numbers can be read, and their golden results hold.",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let mut drills = BTreeMap::new();
    for file in subject.files {
        if file.path == NUMBERS {
            findings.problems.extend(Numbers::parse(&file.file, &file.text).1);
        } else if file.path.starts_with("calculators/") {
            findings.problems.extend(Calculator::parse(&file.file, &file.text, &subject.known.numbers).1);
        } else if file.path.starts_with("drills/") {
            check_drills(file, &mut drills, findings);
        }
    }
}

/// A drill's id is its own among all files; `drills` keeps where each stands.
fn check_drills(file: &Stored<'_>, drills: &mut BTreeMap<String, Place>, findings: &mut Findings) {
    let (found, problems) = Drill::parse(&file.file, &file.text);
    findings.problems.extend(problems);
    for drill in found {
        if let Some(first) = drills.get(&drill.id) {
            findings.at(drill.place, format!("there is a drill `{}` already, {first}: rename one", drill.id));
        } else {
            drills.insert(drill.id, drill.place);
        }
    }
}
