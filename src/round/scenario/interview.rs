//! What the interviewer says: answers, probes, hints, ways back, curveballs, and an example of the whole.

use crate::content::{Fields, Place};

use super::super::evidence::{Claim, Terms, needed_terms};

/// A question that may be asked, with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clarification {
    /// The question as one would put it.
    pub question: String,
    /// What shows that it was asked.
    pub asks: Vec<Claim>,
    /// What the interviewer answers.
    pub answer: String,
    /// Inputs that the answer changes, with their new values.
    pub sets: Vec<(String, String)>,
    /// Where it stands.
    pub place: Place,
}

/// What it is, how it works, how it fails: three questions on a component that was named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrillDown {
    /// Which component.
    pub on: Terms,
    /// The three questions.
    pub asks: Vec<String>,
    /// What a good answer to each says.
    pub answers: Vec<String>,
}

/// A challenge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe {
    /// What is challenged.
    pub kind: ProbeKind,
    /// What must have been said; empty where it may be asked of anybody.
    pub on: Terms,
    /// What the interviewer asks.
    pub ask: String,
    /// What a good answer says.
    pub answer: String,
}

/// What a probe challenges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProbeKind {
    /// A choice, right or wrong.
    WhyNot,
    /// A number.
    Number,
    /// A gap.
    Missing,
}

const PROBES: [(&str, ProbeKind); 3] =
    [("why not", ProbeKind::WhyNot), ("number", ProbeKind::Number), ("missing", ProbeKind::Missing)];

/// Help in a phase: a nudge, a pointer, the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hints {
    /// In which phase of the scenario's family.
    pub phase: String,
    /// From the least help to the most.
    pub ladder: [String; 3],
    /// Where it stands.
    pub place: Place,
}

/// A way that leads astray.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongTurn {
    /// How one notices that one is on it.
    pub sign: String,
    /// How one gets back.
    pub recovery: String,
}

/// A curveball of the common list that suits the scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThrownCurveball {
    /// Its id.
    pub id: String,
    /// What a good answer says here.
    pub answer: String,
    /// Where it stands.
    pub place: Place,
}

/// The same scenario with one constraint turned round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// As shown.
    pub title: String,
    /// What is said at the beginning.
    pub prompt: String,
    /// Inputs with other values.
    pub sets: Vec<(String, String)>,
    /// What changes in a good answer.
    pub changes: String,
    /// Where it stands.
    pub place: Place,
}

/// A piece of an exemplary round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// In which phase of the scenario's family.
    pub phase: String,
    /// What the candidate wrote or said.
    pub text: String,
    /// What is good about it, or could be better.
    pub note: String,
    /// Where it stands.
    pub place: Place,
}

pub(super) fn clarification(fields: &mut Fields<'_, '_>) -> Option<Clarification> {
    let clarification = Clarification {
        question: fields.filled("question"),
        asks: fields.tables("asks", Claim::read),
        answer: fields.filled("answer"),
        sets: sets(fields),
        place: fields.place(""),
    };
    if clarification.asks.is_empty() {
        fields.reject("asks", "nothing shows that this was asked: add `asks = [{ subject = \"…\", object = \"…\" }]`");
    }
    Some(clarification)
}

pub(super) fn drill_down(fields: &mut Fields<'_, '_>) -> Option<DrillDown> {
    let drill_down =
        DrillDown { on: needed_terms(fields, "on"), asks: fields.texts("asks"), answers: fields.texts("answers") };
    if (drill_down.asks.len(), drill_down.answers.len()) != (3, 3) {
        let message =
            "a drill-down has three questions (what is it, how does it work, how does it fail) and three answers";
        fields.reject("asks", message);
    }
    Some(drill_down)
}

pub(super) fn probe(fields: &mut Fields<'_, '_>) -> Option<Probe> {
    Some(Probe {
        kind: fields.word("kind", &PROBES).unwrap_or(ProbeKind::WhyNot),
        on: super::super::evidence::terms(fields, "on"),
        ask: fields.filled("ask"),
        answer: fields.filled("answer"),
    })
}

pub(super) fn hints(fields: &mut Fields<'_, '_>) -> Option<Hints> {
    let ladder = ["nudge", "pointer", "answer"].map(|key| fields.filled(key));
    Some(Hints { phase: fields.filled("phase"), ladder, place: fields.place("") })
}

pub(super) fn wrong_turn(fields: &mut Fields<'_, '_>) -> Option<WrongTurn> {
    Some(WrongTurn { sign: fields.filled("sign"), recovery: fields.filled("recovery") })
}

pub(super) fn curveball(fields: &mut Fields<'_, '_>) -> Option<ThrownCurveball> {
    Some(ThrownCurveball { id: fields.id("id"), answer: fields.filled("answer"), place: fields.place("") })
}

pub(super) fn variant(fields: &mut Fields<'_, '_>) -> Option<Variant> {
    Some(Variant {
        title: fields.filled("title"),
        prompt: fields.filled("prompt"),
        sets: sets(fields),
        changes: fields.filled("changes"),
        place: fields.place(""),
    })
}

pub(super) fn remark(fields: &mut Fields<'_, '_>) -> Option<Remark> {
    Some(Remark {
        phase: fields.filled("phase"),
        text: fields.filled("text"),
        note: fields.filled("note"),
        place: fields.place(""),
    })
}

/// Inputs with new values.
fn sets(fields: &mut Fields<'_, '_>) -> Vec<(String, String)> {
    fields.table("sets", |fields| Some(fields.all_texts())).unwrap_or_default()
}
