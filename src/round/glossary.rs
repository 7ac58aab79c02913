//! The words of the field: which mean the same, and which name a special case of another.

use std::collections::BTreeMap;

use crate::content::{Place, Problem, read_table};

/// A word with its relatives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The word that files use.
    pub term: String,
    /// What it means, in a sentence.
    pub meaning: String,
    /// Words that mean the same.
    pub synonyms: Vec<String>,
    /// Words that name a kind of it: who says `redis` speaks of a cache, not the other way round.
    pub such_as: Vec<String>,
    /// Where it stands.
    pub place: Place,
}

/// All words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glossary {
    /// By term.
    pub entries: Vec<Entry>,
}

impl Glossary {
    /// Reads `glossary.toml`. What can be read is kept beside what is wrong.
    pub fn parse(file: &str, text: &str) -> (Self, Vec<Problem>) {
        let (entries, problems) = read_table(file, text, |fields| {
            let mut seen: BTreeMap<String, Place> = BTreeMap::new();
            let mut entries = fields.tables("term", |fields| {
                let entry = Entry {
                    term: fields.filled("term").to_lowercase(),
                    meaning: fields.filled("meaning"),
                    synonyms: lower(fields.texts("synonyms")),
                    such_as: lower(fields.texts("such_as")),
                    place: fields.place(""),
                };
                for word in std::iter::once(&entry.term).chain(&entry.synonyms) {
                    if let Some(first) = seen.get(word) {
                        fields.reject("term", format!("`{word}` is explained already, {}: join the two", first));
                    } else {
                        seen.insert(word.clone(), entry.place.clone());
                    }
                }
                Some(entry)
            });
            entries.sort_by(|a, b| a.term.cmp(&b.term));
            Some(entries)
        });
        (Self { entries: entries.unwrap_or_default() }, problems)
    }
}

fn lower(words: Vec<String>) -> Vec<String> {
    words.into_iter().map(|word| word.to_lowercase()).collect()
}
