//! Curveballs: changes of the problem that the interviewer throws in where the design invites them.

use crate::content::{Fields, LessonId, Place, Problem, read_table};

use super::evidence::{Claim, Terms, terms};

/// A change of the problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Curveball {
    /// Unique among all.
    pub id: String,
    /// What it is about: scale, failure, consistency, product, cost or security.
    pub group: String,
    /// The phases in which it may be thrown.
    pub phases: Vec<String>,
    /// Something in the design that invites it; empty where it fits any design.
    pub when: Terms,
    /// What the interviewer says.
    pub text: String,
    /// Two signs of a good answer.
    pub strong: Vec<Signal>,
    /// The sign of a poor one.
    pub weak: Signal,
    /// The section that teaches it, `topic#anchor`.
    pub note: String,
    /// The lesson that shows it, where there is one.
    pub lesson: Option<LessonId>,
    /// Where it stands.
    pub place: Place,
}

/// Something that an answer may say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signal {
    /// As a sentence.
    pub says: String,
    /// What shows it.
    pub evidence: Vec<Claim>,
}

const GROUPS: [(&str, &str); 6] = [
    ("scale", "scale"),
    ("failure", "failure"),
    ("consistency", "consistency"),
    ("product", "product"),
    ("cost", "cost"),
    ("security", "security"),
];

/// Reads `curveballs.toml`, the curveballs in the order of the file.
pub fn parse_curveballs(file: &str, text: &str) -> (Vec<Curveball>, Vec<Problem>) {
    let (found, problems) = read_table(file, text, |fields| {
        let mut seen: Vec<String> = Vec::new();
        Some(fields.tables("curveball", |fields| {
            let curveball = curveball(fields);
            if seen.contains(&curveball.id) {
                fields.reject("id", format!("there is a curveball `{}` already: rename one", curveball.id));
            }
            seen.push(curveball.id.clone());
            Some(curveball)
        }))
    });
    (found.unwrap_or_default(), problems)
}

fn curveball(fields: &mut Fields<'_, '_>) -> Curveball {
    let curveball = Curveball {
        id: fields.id("id"),
        group: fields.word("group", &GROUPS).unwrap_or_default().to_owned(),
        phases: fields.texts("phases"),
        when: terms(fields, "when"),
        text: fields.filled("text"),
        strong: fields.tables("strong", |fields| Some(Signal::read(fields))),
        weak: fields.table("weak", |fields| Some(Signal::read(fields))).unwrap_or_default(),
        note: fields.filled("note"),
        lesson: fields.optional_text("lesson").map(LessonId::new),
        place: fields.place(""),
    };
    if curveball.strong.len() != 2 {
        fields.reject("strong", "a curveball has two signs of a good answer: write `[[curveball.strong]]` twice");
    }
    if curveball.weak.says.is_empty() {
        fields.reject("weak", "a curveball has one sign of a poor answer: write `[curveball.weak]`");
    }
    if curveball.phases.is_empty() {
        fields.reject("phases", "`phases` names the phases in which it may be thrown: name one at least");
    }
    curveball
}

impl Signal {
    pub(super) fn read(fields: &mut Fields<'_, '_>) -> Self {
        let signal = Self { says: fields.filled("says"), evidence: fields.tables("evidence", Claim::read) };
        if signal.evidence.is_empty() {
            fields.reject("evidence", "nothing shows this: add `evidence = [{ subject = \"…\", object = \"…\" }]`");
        }
        signal
    }
}
