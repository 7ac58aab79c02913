//! Numbers of the candidate's against the golden ones, re-evaluated with the inputs that they stated.

use crate::estimate::{Draws, Numbers, Quantity, Results, Sheet};

use super::super::evidence::Terms;
use super::super::scenario::{NumberProof, Scenario};
use super::super::text::{Token, tokens};
use super::Page;
use super::lexicon::{Lexicon, Wanted};
use super::quantity::measured;

/// The factor within which a number that follows from stated inputs is right.
const COMPUTED: f64 = 1.05;

/// The factor within which a number from the head is right.
const GUESSED: f64 = 2.0;

/// How far, in words, a number may stand from what it measures.
const WINDOW: usize = 8;

/// The candidate's numbers and what they ought to be.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// One for each estimate of the scenario.
    pub entries: Vec<LedgerEntry>,
    /// Inputs that the candidate stated otherwise than planned, as expressions.
    pub stated: Vec<(String, String)>,
    lines: Vec<SheetLine>,
}

/// An estimate as it ought to be.
#[derive(Clone, Debug, PartialEq)]
pub struct LedgerEntry {
    /// Its name.
    pub name: String,
    /// As shown.
    pub title: String,
    /// With the candidate's own inputs.
    pub golden: Quantity,
    /// Whether `1 - x` counts.
    pub complement: bool,
}

/// A line of the candidate's sheet.
#[derive(Clone, Debug)]
struct SheetLine {
    line: usize,
    words: Vec<Token>,
    value: Quantity,
    /// Whether it follows from other lines rather than from the head.
    computed: bool,
    /// Whether it only says how much there is a day, as the task does.
    restates: bool,
}

/// A number that shows a checkpoint.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shown {
    /// The line, from 0.
    pub(super) line: usize,
    /// The clause, where it stands in prose.
    pub(super) clause: Option<usize>,
}

impl Ledger {
    /// Reads the candidate's sheet and re-evaluates the scenario's estimates with the inputs it states.
    pub(super) fn of(
        scenario: &Scenario,
        page: &Page<'_>,
        sets: &[(String, String)],
        lexicon: &Lexicon,
        numbers: &Numbers,
    ) -> Self {
        let sheet = Sheet::parse_notes(&page.notes.text(), numbers).evaluate_with(&mut Draws::new(0));
        let lines = sheet_lines(&sheet);
        let planned = scenario.evaluate(sets, numbers);
        let mut stated = sets.to_vec();
        for input in &scenario.inputs {
            let Some(default) = planned.value(&input.name) else { continue };
            let wanted = lexicon.wanted(&input.of);
            // A rate from the head is an answer; what states an input is put as the task puts it, by the day.
            let daily = input.value.contains("day");
            let found = lines.iter().find(|line| {
                let stated = !line.computed && line.restates == daily;
                stated && wanted.is_among(&line.words) && like(&line.value, default)
            });
            let value = found.map(|line| line.value.clone()).or_else(|| in_prose(page, &wanted, default, daily));
            if let Some(value) = value {
                // Counted things may have other names, so the default is scaled rather than replaced.
                let factor = value.base() / default.base();
                if factor.is_finite() && factor > 0.0 && (factor - 1.0).abs() > 1e-9 {
                    let before =
                        sets.iter().find(|(name, _)| *name == input.name).map_or(&input.value, |(_, value)| value);
                    let value = format!("({before}) * {factor}");
                    stated.retain(|(name, _)| *name != input.name);
                    stated.push((input.name.clone(), value));
                }
            }
        }
        let results = scenario.evaluate(&stated, numbers);
        let entry = |estimate: &super::super::scenario::Estimate| {
            Some(LedgerEntry {
                name: estimate.name.clone(),
                title: estimate.title.clone(),
                golden: results.value(&estimate.name)?.clone(),
                complement: estimate.complement,
            })
        };
        Self { entries: scenario.estimates.iter().filter_map(entry).collect(), stated, lines }
    }

    /// Where the candidate has a number that a checkpoint wants.
    pub(super) fn shows(&self, proof: &NumberProof, page: &Page<'_>, lexicon: &Lexicon) -> Option<Shown> {
        let wanted = lexicon.wanted(&proof.of);
        let golden: Vec<&LedgerEntry> =
            self.entries.iter().filter(|entry| proof.estimates.contains(&entry.name)).collect();
        let right = |value: &Quantity, factor: f64| golden.iter().any(|entry| agrees(value, entry, factor));
        let in_sheet = self.lines.iter().find(|line| {
            wanted.is_among(&line.words)
                && !line.restates
                && right(&line.value, if line.computed { COMPUTED } else { GUESSED })
        });
        if let Some(line) = in_sheet {
            return Some(Shown { line: line.line, clause: None });
        }
        let near = |at: usize| {
            let (clause, reading) = (&page.clauses[at], &page.readings[at]);
            let places = wanted.places(&clause.tokens, &reading.kinds);
            !clause.question
                && reading.stated.iter().any(|one| {
                    places.iter().flatten().any(|&word| word.abs_diff(one.at) <= WINDOW) && right(&one.value, GUESSED)
                })
        };
        let at = (0..page.clauses.len()).find(|&at| near(at))?;
        Some(Shown { line: page.clauses[at].line, clause: Some(at) })
    }

    /// The candidate's number nearest to each estimate, for the report: `(title, theirs, golden)`.
    pub fn comparison(
        &self,
        terms: &[(String, Terms)],
        lexicon: &super::Matcher,
    ) -> Vec<(String, Option<String>, String)> {
        let theirs = |entry: &LedgerEntry| {
            let (_, of) = terms.iter().find(|(name, _)| *name == entry.name)?;
            let wanted = lexicon.lexicon.wanted(of);
            let lines =
                self.lines.iter().filter(|line| wanted.is_among(&line.words) && like(&line.value, &entry.golden));
            let distance = |line: &&SheetLine| (line.value.base() / entry.golden.base()).abs().ln().abs();
            lines.min_by(|a, b| distance(a).total_cmp(&distance(b))).map(|line| line.value.to_string())
        };
        self.entries.iter().map(|entry| (entry.title.clone(), theirs(entry), entry.golden.to_string())).collect()
    }
}

fn sheet_lines(results: &Results) -> Vec<SheetLine> {
    let names: Vec<&str> = results.lines.iter().filter_map(|line| line.name.as_deref()).collect();
    let line = |(at, result): (usize, &crate::estimate::LineResult)| {
        let value = result.value.clone()?;
        let (formula, remark) = result.text.split_once('#').unwrap_or((&result.text, ""));
        let right = formula.split_once('=').map_or(formula, |(_, right)| right);
        let uses_name = right.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|word| names.contains(&word));
        let computed = uses_name || right.contains('*') || right.contains(" / ");
        let words = tokens(&format!("{} {remark}", result.name.as_deref().unwrap_or("")));
        let restates = !computed && right.contains("day");
        Some(SheetLine { line: at, words, value, computed, restates })
    };
    results.lines.iter().enumerate().filter_map(line).collect()
}

/// A number that a sentence states of an input.
fn in_prose(page: &Page<'_>, wanted: &Wanted, default: &Quantity, daily: bool) -> Option<Quantity> {
    page.clauses.iter().zip(&page.readings).find_map(|(clause, reading)| {
        let places = wanted.places(&clause.tokens, &reading.kinds);
        let near = |at: usize| places.iter().flatten().any(|&word| word.abs_diff(at) <= WINDOW / 2);
        let stated = reading.stated.iter().find(|one| near(one.at) && like(&one.value, default));
        let by_day = clause.tokens.iter().any(|token| token.is_any(&["day", "daily"]));
        stated.filter(|_| !clause.question && by_day == daily).map(|one| one.value.clone())
    })
}

/// Whether two values measure the same but for what they count.
fn like(one: &Quantity, other: &Quantity) -> bool {
    measured(one.dimension()) == measured(other.dimension())
}

fn agrees(value: &Quantity, entry: &LedgerEntry, factor: f64) -> bool {
    let of = |base: f64| if entry.complement { 1.0 - base } else { base };
    let ratio = of(value.base()) / of(entry.golden.base());
    like(value, &entry.golden) && (1.0 / factor..=factor).contains(&ratio)
}
