//! What a good answer contains, what a wrong one says, and what is too much.

use crate::content::{CardId, Fields, LessonId, Place};

use super::super::evidence::{Claim, Structure, Terms, TradeOff, needed_terms, structure, terms};
use super::super::level::Level;
use super::Family;

/// Something that a good answer contains.
#[derive(Clone, Debug, PartialEq)]
pub struct Checkpoint {
    /// Unique within the scenario.
    pub id: String,
    /// In which phase it is expected.
    pub phase: String,
    /// The rubric's dimension to which it counts.
    pub dimension: String,
    /// From which level on it is expected.
    pub level: Level,
    /// The point as a mid engineer makes it: what is claimed.
    pub says: String,
    /// As a senior engineer makes it: with its reason. Empty where there is none to give.
    pub senior: String,
    /// As a staff engineer makes it: with what would reverse it. Empty where nothing would.
    pub staff: String,
    /// What shows it.
    pub proof: Proof,
    /// Consequences, of which a reason names one.
    pub because: Terms,
    /// Circumstances under which one would decide otherwise.
    pub reverses: Terms,
    /// Whether asking for it is enough.
    pub asked: bool,
    /// How bad a planted fault is, 1 the worst; 0 for all else.
    pub rank: u32,
    /// What to learn where it was missed.
    pub links: Links,
    /// Where it stands.
    pub place: Place,
}

/// What shows a checkpoint; any part of it suffices.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Proof {
    /// A statement.
    pub claims: Vec<Claim>,
    /// A number.
    pub number: Option<NumberProof>,
    /// A drawing that shows all of these.
    pub structure: Vec<Structure>,
    /// A weighing.
    pub trade_off: Option<TradeOff>,
}

/// A number of the candidate's against the golden one.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberProof {
    /// Which estimates it may be; more than one where several readings are right (raw, with copies).
    pub estimates: Vec<String>,
    /// What the candidate's line or clause must speak of.
    pub of: Terms,
}

/// What to learn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// Full ids of cards.
    pub cards: Vec<CardId>,
    /// A section, `topic` or `topic#anchor`; empty where there is none.
    pub note: String,
    /// A lesson.
    pub lesson: Option<LessonId>,
}

/// A wrong statement.
#[derive(Clone, Debug, PartialEq)]
pub struct RedFlag {
    /// Unique within the scenario.
    pub id: String,
    /// The dimension that it lowers.
    pub dimension: String,
    /// What is wrong about it, as a sentence.
    pub says: String,
    /// What shows that it was said.
    pub evidence: Vec<Claim>,
    /// The checkpoints that it contradicts.
    pub against: Vec<String>,
    /// What to learn.
    pub links: Links,
    /// Where it stands.
    pub place: Place,
}

/// More than the problem asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Excess {
    /// Unique within the scenario.
    pub id: String,
    /// The dimension that it lowers.
    pub dimension: String,
    /// What is too much, and by which number.
    pub says: String,
    /// What is too much.
    pub of: Terms,
    /// What excuses it when it is said in the same breath.
    pub unless: Terms,
    /// Where it stands.
    pub place: Place,
}

/// A checkpoint, or a planted fault of a critique, whose phase goes without saying.
pub(super) fn checkpoint(family: Family, fields: &mut Fields<'_, '_>) -> Option<Checkpoint> {
    let fault = family == Family::Critique;
    let checkpoint = Checkpoint {
        id: fields.id("id"),
        phase: if fault { "faults".to_owned() } else { fields.filled("phase") },
        dimension: fields.filled("dimension"),
        level: fields.word("level", &Level::WORDS).unwrap_or_default(),
        says: fields.filled("says"),
        senior: fields.optional_text("senior").unwrap_or_default(),
        staff: fields.optional_text("staff").unwrap_or_default(),
        proof: Proof {
            claims: fields.tables("evidence", Claim::read),
            number: fields.table("number", number),
            structure: structure(fields, "structure"),
            trade_off: fields.table("trade_off", TradeOff::read),
        },
        because: terms(fields, "because"),
        reverses: terms(fields, "reverses"),
        asked: fields.flag("asked"),
        rank: if fault { fields.number("rank", 10).unwrap_or_default() } else { 0 },
        links: links(fields),
        place: fields.place(""),
    };
    if checkpoint.proof == Proof::default() {
        fields.reject("evidence", "nothing shows this: add `evidence`, `number`, `structure` or `trade_off`");
    }
    for (sentence, key, terms, terms_key) in [
        (&checkpoint.senior, "senior", &checkpoint.because, "because"),
        (&checkpoint.staff, "staff", &checkpoint.reverses, "reverses"),
    ] {
        if sentence.is_empty() != terms.is_empty() && checkpoint.proof.trade_off.is_none() {
            let message =
                format!("`{key}` is the sentence and `{terms_key}` the terms that show it: write both or none");
            fields.reject(if sentence.is_empty() { terms_key } else { key }, message);
        }
    }
    if !checkpoint.reverses.is_empty() && checkpoint.because.is_empty() {
        fields.reject("reverses", "what reverses a decision comes after its reason: add `because` and `senior`");
    }
    Some(checkpoint)
}

fn number(fields: &mut Fields<'_, '_>) -> Option<NumberProof> {
    let number = NumberProof { estimates: fields.texts("estimates"), of: needed_terms(fields, "of") };
    if number.estimates.is_empty() {
        fields.reject("estimates", "`estimates` names the estimates that it may be: name one at least");
    }
    Some(number)
}

fn links(fields: &mut Fields<'_, '_>) -> Links {
    Links {
        cards: fields.texts("cards").into_iter().map(CardId::new).collect(),
        note: fields.optional_text("note").unwrap_or_default(),
        lesson: fields.optional_text("lesson").map(LessonId::new),
    }
}

pub(super) fn red_flag(fields: &mut Fields<'_, '_>) -> Option<RedFlag> {
    let flag = RedFlag {
        id: fields.id("id"),
        dimension: fields.filled("dimension"),
        says: fields.filled("says"),
        evidence: fields.tables("evidence", Claim::read),
        against: fields.texts("against"),
        links: links(fields),
        place: fields.place(""),
    };
    if flag.evidence.is_empty() {
        fields.reject("evidence", "nothing shows this: add `evidence = [{ subject = \"…\", object = \"…\" }]`");
    }
    Some(flag)
}

pub(super) fn excess(fields: &mut Fields<'_, '_>) -> Option<Excess> {
    Some(Excess {
        id: fields.id("id"),
        dimension: fields.filled("dimension"),
        says: fields.filled("says"),
        of: needed_terms(fields, "of"),
        unless: terms(fields, "unless"),
        place: fields.place(""),
    })
}
