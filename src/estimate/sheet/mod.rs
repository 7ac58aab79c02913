//! Lines of named estimates, in any order, evaluated together.
//!
//! A bad line spoils only what depends on it. Parsing and evaluating are cheap enough to be done
//! anew at every key press, as long as the [`Draws`] are kept. Knows nothing of editors and files; start
//! reading at [`Sheet::parse`].

use std::collections::{BTreeMap, BTreeSet};

use super::draws::Draws;
use super::error::{Error, ErrorKind, Fault};
use super::numbers::Numbers;
use super::parse::Parsed;
use super::quantity::Quantity;
use super::syntax::{Expr, Node};
use super::token::{Token, TokenKind};
use super::unit::{Unit, is_price_month};
use super::vocabulary::Vocabulary;
use super::{derive::Derivation, parse};

mod memo;
mod results;
mod statement;

pub(super) use memo::Memo;
pub use results::{LineResult, Results, Share};
use statement::{Statement, names_of, statement};

/// A sheet as it was typed, parsed.
#[derive(Clone, Debug)]
pub struct Sheet {
    lines: Vec<Line>,
    /// Which line defines a name.
    definitions: BTreeMap<String, usize>,
    /// The reference numbers that lines use.
    references: BTreeMap<String, Quantity>,
    /// Which calendar units occur anywhere.
    calendar: Calendar,
}

/// One line.
#[derive(Clone, Debug)]
struct Line {
    text: String,
    statement: Result<Statement, Error>,
    /// The name that it defines, even where the rest of it is wrong.
    name: Option<String>,
    readings: Vec<String>,
    /// The lines whose names it uses.
    needs: Vec<usize>,
    /// Which calendar units it speaks of.
    calendar: Calendar,
}

/// More lines are refused, each for itself.
const MAX_LINES: usize = 500;

impl Sheet {
    /// Parses a sheet. Never fails as a whole; [`Sheet::evaluate`] tells what is wrong with which line.
    pub fn parse(text: &str) -> Self {
        Self::with_numbers(text, &Numbers::default())
    }

    /// Parses the lines of a text that begin with `>`; all others stand as blank lines, so that line numbers are kept.
    pub fn parse_notes(text: &str, numbers: &Numbers) -> Self {
        let line = |line: &str| match line.trim_start().strip_prefix('>') {
            // A blank for the mark keeps the columns.
            Some(rest) => format!("{} {rest}", &line[..line.len() - rest.len() - 1]),
            None => String::new(),
        };
        Self::with_numbers(&text.lines().map(line).collect::<Vec<_>>().join("\n"), numbers)
    }

    /// Parses a sheet that may use reference numbers by name.
    pub fn with_numbers(text: &str, numbers: &Numbers) -> Self {
        let texts: Vec<&str> = text.lines().collect();
        let tokens: Vec<_> = texts.iter().enumerate().map(|(at, text)| bounded(at, text)).collect();
        let mut vocabulary = Vocabulary::default();
        vocabulary.references.extend(numbers.names().map(str::to_owned));
        let mut definitions = BTreeMap::new();
        for (at, line) in tokens.iter().enumerate() {
            let names = line.as_deref().map(names_of).unwrap_or_default();
            for unit in names.declared {
                vocabulary.declare(unit);
            }
            if let Some(name) = names.defined {
                vocabulary.names.insert(name.to_owned());
                definitions.entry(name.to_owned()).or_insert(at);
            }
        }
        let mut sheet =
            Self { lines: Vec::new(), definitions, references: BTreeMap::new(), calendar: Calendar::default() };
        for (at, (text, tokens)) in texts.iter().zip(tokens).enumerate() {
            let line = sheet.line(at, text, tokens, &vocabulary);
            sheet.lines.push(line);
        }
        sheet.look_through(numbers);
        sheet
    }

    /// The values of all lines. Equal seeds give equal samples.
    pub fn evaluate(&self, seed: u64) -> Vec<LineResult> {
        self.evaluate_with(&mut Draws::new(seed)).lines
    }

    /// The values of all lines, with draws that are kept from one evaluation to the next.
    pub fn evaluate_with(&self, draws: &mut Draws) -> Results {
        results::evaluate(self, draws)
    }

    /// The expression of a line (from 0) opened: what was put in, how units cancel, the mental short cut.
    /// `None` where the line has no value.
    pub fn derive(&self, line: usize, results: &Results) -> Option<Derivation> {
        let Ok(Statement::Value(expr)) = &self.lines.get(line)?.statement else { return None };
        let value_at = |at: usize| results.lines.get(at).and_then(|line| line.value.clone());
        let value_of = |name: &str| match self.definitions.get(name) {
            Some(at) => value_at(*at),
            None => self.references.get(name).cloned(),
        };
        value_at(line).map(|value| Derivation::new(expr, value, &value_of))
    }

    fn line(&self, at: usize, text: &str, tokens: Result<Vec<Token<'_>>, Fault>, vocabulary: &Vocabulary) -> Line {
        let name = tokens.as_deref().ok().and_then(|tokens| names_of(tokens).defined).map(str::to_owned);
        let mut readings = Vec::new();
        let parsed = tokens.and_then(|tokens| statement(text, &tokens, vocabulary, &mut readings));
        let twice = name.as_ref().and_then(|name| self.definitions.get(name)).filter(|first| **first != at);
        let parsed = match (parsed, twice) {
            (Ok(_), Some(first)) => Err(defined_twice(text, name.as_deref().unwrap_or(""), *first)),
            (parsed, _) => parsed,
        };
        let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
        let statement = parsed.map_err(|fault| fault.locate(text, number));
        Line { text: text.to_owned(), statement, name, readings, needs: Vec::new(), calendar: Calendar::default() }
    }

    /// Finds out what each line needs, and which calendar units the sheet mixes.
    fn look_through(&mut self, numbers: &Numbers) {
        for line in &mut self.lines {
            let (mut needs, mut uses) = (BTreeSet::new(), Calendar::default());
            for expr in line.statement.iter().flat_map(Statement::expressions) {
                expr.walk(&mut |part| match &part.node {
                    Node::Name(name) => match self.definitions.get(name) {
                        Some(at) => {
                            needs.insert(*at);
                        }
                        None => self.references.extend(numbers.value(name).map(|value| (name.clone(), value.clone()))),
                    },
                    Node::Literal(_, unit) | Node::Unit(unit) | Node::Convert(_, unit) => uses.note(unit),
                    _ => {}
                });
            }
            line.needs = needs.into_iter().collect();
            line.calendar = uses;
            self.calendar.merge(uses);
        }
    }

    /// What a line that speaks of months should be told, seen from the whole sheet.
    fn calendar_notes(&self, line: &Line) -> Vec<String> {
        let mut notes = Vec::new();
        if !line.calendar.month {
            return notes;
        }
        if self.calendar.year {
            notes.push("a month is 30 days, so 12 months are not a year: this sheet has both".to_owned());
        }
        if self.calendar.price_month {
            notes.push("a month of a price has 730 h, a month of time 30 days: this sheet has both".to_owned());
        }
        notes
    }
}

/// Which calendar units are spoken of.
#[derive(Clone, Copy, Debug, Default)]
struct Calendar {
    month: bool,
    year: bool,
    price_month: bool,
}

impl Calendar {
    fn note(&mut self, unit: &Unit) {
        for (atom, _) in unit.factors() {
            self.year |= atom.symbol == "year";
            self.price_month |= is_price_month(atom);
            self.month |= atom.symbol == "month" && !is_price_month(atom);
        }
    }

    fn merge(&mut self, other: Self) {
        self.month |= other.month;
        self.year |= other.year;
        self.price_month |= other.price_month;
    }
}

fn bounded(at: usize, text: &str) -> Result<Vec<Token<'_>>, Fault> {
    if at < MAX_LINES {
        parse::bounded_tokens(text)
    } else {
        Err(Fault::new(ErrorKind::Limit, 0..0, format!("a sheet has at most {MAX_LINES} lines")))
    }
}

fn defined_twice(text: &str, name: &str, first: usize) -> Fault {
    let start = text.find(name).unwrap_or(0);
    let message = format!("`{name}` is defined on line {} already", first + 1);
    Fault::new(ErrorKind::Name, start..start + name.len(), message).suggest("give it another name")
}
