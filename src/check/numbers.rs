//! Every expression has a value, every unit exists and every asserted result holds.

use super::{Findings, Rule, Subject};
use crate::content::markdown::sums;
use crate::content::{CardKind, Note};
use crate::estimate::{Error, Numbers, Sheet, Unit, evaluate};

pub(super) const RULE: Rule =
    Rule { name: "numbers", demands: "Every expression has a value, and what is asserted of one holds.", check };

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for note in &subject.content.notes {
        live(note, &subject.known.numbers, findings);
    }
    for card in &subject.content.cards {
        if let CardKind::Compute { answer, unit, .. } = &card.kind
            && let Err(message) = computed(answer, unit)
        {
            findings.card(card, message);
        }
    }
}

/// The live numbers and the sheets of a note, evaluated as the one sheet that they are.
fn live(note: &Note, numbers: &Numbers, findings: &mut Findings) {
    let sums = sums(&note.body);
    let sheet: String = sums.iter().flat_map(|sum| [sum.text.as_str(), "\n"]).collect();
    for (sum, result) in sums.iter().zip(Sheet::with_numbers(&sheet, numbers).evaluate(0)) {
        if let Some(error) = &result.error {
            findings.note(note, sum.at + error.span.start, format!("`{}`: {}", sum.text, told(error)));
        } else if result.holds == Some(false) {
            findings.note(note, sum.at, format!("`{}` does not hold: correct one of its sides", sum.text));
        }
    }
}

/// Whether an answer has a value that can be shown in its unit; if not, why.
fn computed(answer: &str, unit: &str) -> Result<(), String> {
    let value = evaluate(answer).map_err(|error| format!("`answer`: {}", told(&error)))?;
    if unit.is_empty() {
        let plain = value.dimension().is_plain();
        return if plain { Ok(()) } else { Err(format!("`answer` is {value}: say in which `unit` to show it")) };
    }
    let unit = Unit::parse(unit).map_err(|error| format!("`unit`: {}", told(&error)))?;
    value.in_unit(&unit).map(|_| ()).map_err(|error| format!("`answer` cannot be shown in `unit`: {error}"))
}

/// An error with its remedy, where it has one.
fn told(error: &Error) -> String {
    match &error.suggestion {
        Some(suggestion) => format!("{error}: {suggestion}"),
        None => error.to_string(),
    }
}
