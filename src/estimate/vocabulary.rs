//! The words that an expression may use, and the nearest one to a word that it may not.

use std::collections::{BTreeMap, BTreeSet};

use super::function;
use super::unit::{self, Unit};

/// The names of a sheet, its own units and the reference numbers, beside what is built in.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Vocabulary {
    pub(super) names: BTreeSet<String>,
    pub(super) declared: BTreeMap<String, Unit>,
    /// Names that stand behind units: a unit of the same word wins.
    pub(super) references: BTreeSet<String>,
}

/// Words of the grammar, which can be neither names nor units.
pub(super) const RESERVED: &[&str] = &["to", "per", "of", "unit"];

/// Words that scale the number before them. `B` is not among them, since it may be a byte.
pub(super) const MULTIPLIERS: &[(&str, f64)] = &[
    ("k", 1e3),
    ("K", 1e3),
    ("M", 1e6),
    ("bn", 1e9),
    ("T", 1e12),
    ("tn", 1e12),
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("trillion", 1e12),
];

impl Vocabulary {
    /// Takes in a counted thing, in its singular and with an `s`; what is a unit already stays what it is.
    pub(super) fn declare(&mut self, thing: &str) {
        if unit::find(thing).is_some() {
            return;
        }
        let unit = Unit::counting(thing);
        self.declared.entry(format!("{thing}s")).or_insert_with(|| unit.clone());
        self.declared.insert(thing.to_owned(), unit);
    }

    /// The unit of a word, unless a name of the sheet shadows it.
    pub(super) fn unit(&self, word: &str) -> Option<Unit> {
        if self.names.contains(word) { None } else { self.any_unit(word) }
    }

    /// The unit of a word, shadowed or not.
    pub(super) fn any_unit(&self, word: &str) -> Option<Unit> {
        self.declared.get(word).cloned().or_else(|| unit::find(word))
    }

    /// Whether a word has a value: a name of the sheet, or a reference number that no unit hides.
    pub(super) fn is_name(&self, word: &str) -> bool {
        self.names.contains(word) || (self.references.contains(word) && self.any_unit(word).is_none())
    }

    /// Whether a word belongs to the grammar here. `in` stands for `to`, unless something of the sheet is called so.
    pub(super) fn is_reserved(&self, word: &str) -> bool {
        RESERVED.contains(&word) || self.is_in_for_to(word)
    }

    /// Whether a word is the `in` of `90 min in s`.
    pub(super) fn is_in_for_to(&self, word: &str) -> bool {
        word == "in" && !self.is_name(word) && self.any_unit(word).is_none()
    }

    /// What an unknown word was probably meant to be, as a remedy.
    pub(super) fn remedy(&self, word: &str) -> String {
        let alike: BTreeSet<&str> = self.words().filter(|known| known.eq_ignore_ascii_case(word)).collect();
        match alike.into_iter().collect::<Vec<_>>().as_slice() {
            [] => {}
            [bytes, bits] if bytes.ends_with('B') && bits.ends_with('b') => {
                return format!("write `{bytes}` for bytes or `{bits}` for bits");
            }
            [one, ..] => return format!("did you mean `{one}`?"),
        }
        match word {
            "m" => return "write `min` for minutes or `M` for millions".to_owned(),
            "x" | "X" => return "write `*` for times".to_owned(),
            _ => {}
        }
        match nearest(word, self.words()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("define it on a line `{word} = …`, or declare it with `unit {word}`"),
        }
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        let own = self.names.iter().chain(self.declared.keys()).chain(&self.references).map(String::as_str);
        own.chain(functions()).chain(unit::words().map(|word| -> &str { word }))
    }
}

/// What an unknown function was probably meant to be, as a remedy.
pub(super) fn remedy_for_call(word: &str) -> String {
    match nearest(word, functions()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "the functions are listed in the help".to_owned(),
    }
}

fn functions<'a>() -> impl Iterator<Item = &'a str> {
    function::FUNCTIONS.iter().map(|function| function.name)
}

/// The word that differs least: by one slip in a short word, by two in a longer one.
fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // A word of two letters is near to everything.
    let allowed = match word.chars().count() {
        0..=2 => return None,
        3..=5 => 1,
        _ => 2,
    };
    // Most words are out by their length alone, which is cheaper to tell.
    let similar = known.filter(|known| known.len().abs_diff(word.len()) <= allowed);
    let near = similar.map(|known| (strsim::damerau_levenshtein(word, known), known));
    near.filter(|(distance, _)| *distance <= allowed).min().map(|(_, known)| known)
}
