//! Reference numbers: latencies, throughputs, prices and sizes, each with a source and a year, by name.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::evaluate::evaluate;
use super::quantity::Quantity;
use super::source::Source;
use super::unit;
use crate::content::{self, Problem};

/// Reference numbers that sheets may name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Numbers {
    by_name: BTreeMap<String, ReferenceNumber>,
}

/// A reference number.
#[derive(Clone, Debug, PartialEq)]
pub struct ReferenceNumber {
    /// As a sheet names it.
    pub name: String,
    /// What it is, in a few words.
    pub title: String,
    /// The heading under which it stands.
    pub group: String,
    /// How much it is.
    pub value: Quantity,
    /// Who says so, and when.
    pub source: content::Source,
    /// What to beware of; may be empty.
    pub note: String,
    /// Where it stands.
    pub place: content::Place,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    number: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: Spanned<String>,
    title: String,
    group: String,
    value: Spanned<String>,
    source: content::Source,
    #[serde(default)]
    note: String,
}

impl Numbers {
    /// Reads `numbers.toml`; what is wrong with one number does not spoil the others.
    pub fn parse(file: &str, text: &str) -> (Self, Vec<Problem>) {
        let source = Source { file, text };
        let mut problems = Vec::new();
        let mut numbers = Self::default();
        match source.read::<File>() {
            Ok(file) => {
                for entry in file.number {
                    match numbers.number(source, entry) {
                        Ok(number) => {
                            numbers.by_name.insert(number.name.clone(), number);
                        }
                        Err(problem) => problems.push(problem),
                    }
                }
            }
            Err(problem) => problems.push(problem),
        }
        (numbers, problems)
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = &ReferenceNumber> {
        self.by_name.values()
    }

    /// The one of a name.
    pub fn get(&self, name: &str) -> Option<&ReferenceNumber> {
        self.by_name.get(name)
    }

    /// Lays others over these: one of the same name replaces it.
    pub fn overlay(&mut self, over: Self) {
        self.by_name.extend(over.by_name);
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    pub(super) fn value(&self, name: &str) -> Option<&Quantity> {
        self.by_name.get(name).map(|number| &number.value)
    }

    fn number(&self, source: Source<'_>, entry: Entry) -> Result<ReferenceNumber, Problem> {
        let name_at = entry.name.span().start;
        let name = entry.name.into_inner();
        let refuse = |message: String| Err(source.problem(name_at, message));
        if !is_name(&name) {
            return refuse(format!(
                "`{name}` is no name: use lower-case letters, digits and `_`, beginning with a letter"
            ));
        }
        if unit::find(&name).is_some() {
            return refuse(format!("`{name}` is a unit: give the number another name"));
        }
        if self.by_name.contains_key(&name) {
            return refuse(format!("there are two numbers `{name}`: remove or rename one"));
        }
        let value =
            evaluate(entry.value.get_ref()).map_err(|error| source.expression_problem(&entry.value.span(), &error))?;
        let place = source.place(name_at);
        Ok(ReferenceNumber {
            name,
            title: entry.title,
            group: entry.group,
            value,
            source: entry.source,
            note: entry.note,
            place,
        })
    }
}

/// Whether a text can be the name of a number, an input or an output.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
