//! What the notes prove of a scenario's checkpoints.
//!
//! Words present are not enough: a claim's slots must be filled within a clause that asserts them, numbers are bound to
//! what they measure, drawings are asked for their structure. `docs/rounds.md` says why. Knows no rubric and gives no score.
//! Start reading at [`Matcher::judge`].

mod claim;
mod echo;
mod lexicon;
mod number;
mod polarity;
mod quantity;
mod reason;
mod structure;
mod verdict;

use crate::board::{Graph, parse};
use crate::estimate::Numbers;

use super::curveball::Signal;
use super::evidence::{Claim, Terms, Wildcard};
use super::glossary::Glossary;
use super::scenario::Scenario;
use super::text::{Clause, Notes, clauses, is_list_of, is_plausible, says_something};

pub use number::{Ledger, LedgerEntry};
pub use polarity::Polarity;
pub use verdict::{Finding, Proofs, Said, Tier};

use claim::Sought;
use lexicon::Lexicon;
use polarity::Scopes;
use quantity::Stated;

/// Reads notes with the glossary in mind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matcher {
    lexicon: Lexicon,
}

/// What the candidate heard in the round, beside what the scenario says.
#[derive(Clone, Copy, Debug, Default)]
pub struct Heard<'a> {
    /// Texts that earn nothing when they are repeated.
    pub told: &'a [&'a str],
    /// Inputs as the interviewer's answers set them.
    pub sets: &'a [(String, String)],
}

/// The notes as they are searched.
struct Page<'a> {
    notes: &'a Notes,
    clauses: Vec<Clause>,
    readings: Vec<Reading>,
    graph: Graph,
}

/// What is known of a clause before anything is looked for.
struct Reading {
    /// The kinds of number that begin at each token.
    kinds: Vec<Vec<Wildcard>>,
    stated: Vec<Stated>,
    scopes: Scopes,
    /// Whether it says something, in words that stand as a person would put them.
    said: bool,
}

impl Matcher {
    /// A matcher that knows the glossary's words.
    pub fn new(glossary: &Glossary) -> Self {
        Self { lexicon: Lexicon::of(glossary) }
    }

    /// What the notes prove of each checkpoint, and what they say that is wrong or too much.
    pub fn judge(&self, scenario: &Scenario, notes: &Notes, heard: &Heard<'_>, numbers: &Numbers) -> Proofs {
        let told: Vec<&str> = scenario.told().chain(heard.told.iter().copied()).collect();
        let page = self.page(notes, &told);
        let ledger = Ledger::of(scenario, &page, heard.sets, &self.lexicon, numbers);
        verdict::judge(&page, scenario, &self.lexicon, ledger)
    }

    /// Whether a text shows a signal: asserted, in a clause that says something.
    pub fn shows(&self, signal: &Signal, text: &str, told: &[&str]) -> bool {
        let notes = Notes::of_phases([("", text)]);
        let page = self.page(&notes, told);
        let asserted = |sought: Sought| {
            sought.matches(&page).iter().any(|found| found.said && found.polarity == Polarity::Asserted)
        };
        signal.evidence.iter().any(|claim| asserted(Sought::of(claim, &self.lexicon)))
    }

    /// Whether a text asks or says what one of the claims looks for, however it is put.
    pub fn speaks_of(&self, claims: &[Claim], text: &str) -> bool {
        let notes = Notes::of_phases([("", text)]);
        let page = self.page(&notes, &[]);
        claims.iter().any(|claim| !Sought::of(claim, &self.lexicon).matches(&page).is_empty())
    }

    /// Whether a text names one of the terms.
    pub fn names(&self, terms: &Terms, text: &str) -> bool {
        self.lexicon.wanted(terms).names(text)
    }

    fn page<'a>(&self, notes: &'a Notes, told: &[&str]) -> Page<'a> {
        let mut clauses = clauses(notes);
        echo::mark(&mut clauses, told);
        let reading = |clause: &Clause| {
            let line = &notes.lines[clause.line].text;
            let stated = quantity::quantities(line, &clause.tokens);
            let list = is_list_of(&clause.tokens, |item| self.lexicon.is_jargon(item));
            Reading {
                kinds: quantity::kinds(&stated, &clause.tokens),
                stated,
                scopes: Scopes::of(clause),
                said: !list
                    && says_something(&clause.tokens)
                    && is_plausible(&clause.tokens, clause.context.is_some() || clause.question),
            }
        };
        let readings = clauses.iter().map(reading).collect();
        Page { notes, clauses, readings, graph: parse(&notes.text()) }
    }
}
