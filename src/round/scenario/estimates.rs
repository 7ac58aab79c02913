//! The numbers of a scenario: planning defaults and what follows from them, as expressions.

use crate::content::Fields;
use crate::estimate::{Draws, Error, Numbers, Quantity, Results, Sheet, evaluate, evaluate_with};

use super::super::evidence::{Terms, needed_terms};
use super::Scenario;

/// A planning default.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// Its name in the sheet.
    pub name: String,
    /// As shown.
    pub title: String,
    /// An expression.
    pub value: String,
    /// What a candidate's line speaks of that states it.
    pub of: Terms,
}

/// What follows from the inputs.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// Its name in the sheet.
    pub name: String,
    /// As shown.
    pub title: String,
    /// An expression over inputs and other estimates.
    pub expression: String,
    /// What it decides.
    pub why: String,
    /// Whether it is the number that decides the design.
    pub special: bool,
    /// Whether `1 - x` is what counts, as for availability.
    pub complement: bool,
    /// What it is with the defaults, to three significant figures: a check.
    pub golden: String,
}

pub(super) fn input(fields: &mut Fields<'_, '_>) -> Option<Input> {
    Some(Input {
        name: name(fields),
        title: fields.filled("title"),
        value: fields.filled("value"),
        of: needed_terms(fields, "of"),
    })
}

pub(super) fn estimate(fields: &mut Fields<'_, '_>) -> Option<Estimate> {
    let estimate = Estimate {
        name: name(fields),
        title: fields.filled("title"),
        expression: fields.filled("expression"),
        why: fields.filled("why"),
        special: fields.flag("special"),
        complement: fields.flag("complement"),
        golden: fields.filled("golden"),
    };
    if let Some(Err(error)) = (!estimate.golden.is_empty()).then(|| evaluate(&estimate.golden)) {
        fields.reject_within("golden", error.span.start, told(&error));
    }
    Some(estimate)
}

fn name(fields: &mut Fields<'_, '_>) -> String {
    let name = fields.filled("name");
    let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let begins = name.is_empty() || name.starts_with(|c: char| c.is_ascii_lowercase());
    if !(begins && name.chars().all(word)) {
        fields.reject("name", "a name has lower-case letters, digits and `_`, and begins with a letter");
    }
    name
}

impl Scenario {
    /// Inputs and estimates as a sheet, some inputs with other values.
    pub fn sheet(&self, stated: &[(String, String)]) -> String {
        let input = |input: &Input| {
            let stated = stated.iter().find(|(name, _)| *name == input.name).map(|(_, value)| value);
            format!("{} = {}\n", input.name, stated.unwrap_or(&input.value))
        };
        let inputs = self.inputs.iter().map(input);
        let estimates = self.estimates.iter().map(|one| format!("{} = {}\n", one.name, one.expression));
        inputs.chain(estimates).collect()
    }

    /// The values of inputs and estimates, some inputs with other values.
    pub fn evaluate(&self, stated: &[(String, String)], numbers: &Numbers) -> Results {
        Sheet::with_numbers(&self.sheet(stated), numbers).evaluate_with(&mut Draws::new(0))
    }

    /// The value of each estimate with the planning defaults.
    pub fn golden(&self, numbers: &Numbers) -> Vec<(&Estimate, Option<Quantity>)> {
        let results = self.evaluate(&[], numbers);
        self.estimates.iter().map(|one| (one, results.value(&one.name).cloned())).collect()
    }
}

/// Evaluates everything once, so that a scenario that is accepted also computes, and compares the golden numbers.
pub(super) fn try_out(scenario: &Scenario, fields: &mut Fields<'_, '_>, numbers: &Numbers) {
    let results = scenario.evaluate(&[], numbers);
    let lines = &results.lines;
    let count = scenario.inputs.len();
    fields.revisit("input", |at, fields| {
        if let Some(error) = lines.get(at).and_then(|line| line.error.as_ref()) {
            let shift = scenario.inputs.get(at).map_or(0, |input| input.name.len() + 3);
            fields.reject_within("value", error.span.start.saturating_sub(shift), told(error));
        }
    });
    fields.revisit("estimate", |at, fields| {
        let (Some(estimate), Some(line)) = (scenario.estimates.get(at), lines.get(count + at)) else { return };
        if let Some(error) = &line.error {
            let shift = estimate.name.len() + 3;
            return fields.reject_within("expression", error.span.start.saturating_sub(shift), told(error));
        }
        let (Some(value), Ok(golden)) = (&line.value, evaluate_with(&estimate.golden, numbers)) else { return };
        match value.agrees(&golden) {
            Ok(true) => {}
            Ok(false) => fields.reject("golden", format!("this comes out as {value}, not {golden}")),
            Err(mismatch) => fields.reject("golden", format!("this comes out as {value}: {mismatch}")),
        }
    });
    let known = |name: &str| scenario.estimates.iter().any(|estimate| estimate.name == name);
    for checkpoint in &scenario.checkpoints {
        let named = checkpoint.proof.number.iter().flat_map(|number| &number.estimates);
        for name in named.filter(|name| !known(name)) {
            let message = format!("there is no estimate `{name}`: correct `number` or add the estimate");
            fields.problem_at(checkpoint.place.clone(), message);
        }
    }
    changed_inputs(scenario, fields, numbers);
}

/// What an answer or the variant sets is an input, and everything still has a value with it.
fn changed_inputs(scenario: &Scenario, fields: &mut Fields<'_, '_>, numbers: &Numbers) {
    let answers = scenario.clarifications.iter().map(|one| (&one.sets, &one.place));
    let variants = scenario.variant.iter().map(|one| (&one.sets, &one.place));
    for (sets, place) in answers.chain(variants).filter(|(sets, _)| !sets.is_empty()) {
        if let Some((name, _)) = sets.iter().find(|(name, _)| !scenario.inputs.iter().any(|one| one.name == *name)) {
            fields.problem_at(place.clone(), format!("there is no input `{name}`: correct `sets`"));
        } else if let Some(line) = scenario.evaluate(sets, numbers).lines.iter().find(|line| line.error.is_some()) {
            let error = line.error.as_ref().map(told).unwrap_or_default();
            fields.problem_at(place.clone(), format!("with what this sets, `{}` has no value: {error}", line.text));
        }
    }
}

fn told(error: &Error) -> String {
    match &error.suggestion {
        Some(suggestion) => format!("{}; {suggestion}", error.message),
        None => error.message.clone(),
    }
}
