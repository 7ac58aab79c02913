//! A TOML table read key by key, with every problem at once.
//!
//! Deriving `Deserialize` would stop at the first wrong key of a card; whoever writes content wants to hear of all of them,
//! each at its own place and with what to do. Start reading at [`Fields`].

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::file::File;
use super::markdown::disarm;
use super::model::Problem;
use super::text::clean;

/// A TOML document that may start anywhere in its file.
pub(super) struct Document<'t> {
    /// Its offset in the file.
    pub(super) at: usize,
    /// What it says.
    pub(super) root: Spanned<DeTable<'t>>,
}

/// Parses TOML that starts at `at` in the file. A syntax error is named where it stands.
pub(super) fn document<'t>(file: &File<'_>, at: usize, text: &'t str) -> Result<Document<'t>, Problem> {
    match DeTable::parse(text) {
        Ok(root) => Ok(Document { at, root }),
        Err(error) => {
            let place = error.span().map_or(at, |span| at + span.start);
            Err(file.problem(place, format!("this is not TOML: {}", clean(error.message()))))
        }
    }
}

/// The keys of one table, taken one after the other.
pub(super) struct Fields<'a, 't> {
    file: &'a File<'a>,
    /// Offset of the document in the file.
    base: usize,
    /// Offset of the table in the file.
    at: usize,
    table: &'a DeTable<'t>,
    known: Vec<&'static str>,
    problems: Vec<Problem>,
}

impl<'a, 't> Fields<'a, 't> {
    pub(super) fn new(file: &'a File<'a>, document: &'a Document<'t>) -> Self {
        Self::of(file, document.at, document.at, document.root.get_ref())
    }

    fn of(file: &'a File<'a>, base: usize, at: usize, table: &'a DeTable<'t>) -> Self {
        Self { file, base, at, table, known: Vec::new(), problems: Vec::new() }
    }

    /// Where the table begins in the file.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Takes down what is wrong with a key's value, there or, where it is missing, at the table.
    pub(super) fn reject(&mut self, key: &str, message: impl Into<String>) {
        let at = self.table.get(key).map_or(self.at, |value| self.base + value.span().start);
        self.problem(at, message);
    }

    /// Counts keys as known without reading them.
    pub(super) fn accept(&mut self, keys: &[&'static str]) {
        self.known.extend(keys);
    }

    fn problem(&mut self, at: usize, message: impl Into<String>) {
        self.problems.push(self.file.problem(at, message));
    }

    fn value(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'t>>> {
        self.known.push(key);
        self.table.get(key)
    }

    fn wrong(&mut self, key: &str, value: &Spanned<DeValue<'_>>, wanted: &str) {
        let found = value.get_ref().type_str();
        self.problem(self.base + value.span().start, format!("`{key}` must be {wanted}, not {}", article(found)));
    }

    /// A text that must be there and not be empty.
    pub(super) fn text(&mut self, key: &'static str) -> Option<String> {
        let Some(value) = self.value(key) else {
            self.reject(key, format!("`{key}` is missing: add `{key} = \"…\"`"));
            return None;
        };
        let text = self.string(key, value)?;
        if text.is_empty() {
            self.reject(key, format!("`{key}` is empty: fill it"));
            return None;
        }
        Some(text)
    }

    /// A text that may be missing.
    pub(super) fn optional_text(&mut self, key: &'static str) -> Option<String> {
        let value = self.value(key)?;
        self.string(key, value)
    }

    /// A list of texts; empty where the key is missing.
    pub(super) fn texts(&mut self, key: &'static str) -> Vec<String> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(key, value, "a list of texts");
            return Vec::new();
        };
        items.iter().filter_map(|item| self.string(key, item)).collect()
    }

    /// A whole number from 0 to `most` that may be missing.
    pub(super) fn optional_number(&mut self, key: &'static str, most: u32) -> Option<u32> {
        let value = self.value(key)?;
        let integer = value.get_ref().as_integer();
        let Some(integer) =
            integer.and_then(|i| u32::from_str_radix(i.as_str(), i.radix()).ok()).filter(|&n| n <= most)
        else {
            self.wrong(key, value, &format!("a whole number from 0 to {most}"));
            return None;
        };
        Some(integer)
    }

    /// A whole number from 0 to `most` that must be there.
    pub(super) fn number(&mut self, key: &'static str, most: u32) -> Option<u32> {
        if !self.table.contains_key(key) {
            self.reject(key, format!("`{key}` is missing: add `{key} = …`"));
        }
        self.optional_number(key, most)
    }

    /// A number, whole or not, that may be missing.
    pub(super) fn optional_decimal(&mut self, key: &'static str) -> Option<f64> {
        let value = self.value(key)?;
        let text = match value.get_ref() {
            DeValue::Float(float) => Some(float.as_str()),
            DeValue::Integer(integer) => Some(integer.as_str()),
            _ => None,
        };
        let number = text.and_then(|text| text.parse().ok());
        if number.is_none() {
            self.wrong(key, value, "a number");
        }
        number
    }

    /// A list of tables, each read by `read`; empty where the key is missing.
    pub(super) fn tables<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(&mut Fields<'a, 't>) -> Option<T>,
    ) -> Vec<T> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(key, value, "a list of tables");
            return Vec::new();
        };
        let mut read_items = Vec::with_capacity(items.len());
        for item in items.iter() {
            let Some(table) = item.get_ref().as_table() else {
                self.wrong(key, item, "a list of tables");
                continue;
            };
            let mut fields = Fields::of(self.file, self.base, self.base + item.span().start, table);
            read_items.extend(read(&mut fields));
            self.problems.extend(fields.finish());
        }
        read_items
    }

    /// All problems found, with the keys that nobody asked for.
    pub(super) fn finish(mut self) -> Vec<Problem> {
        for key in self.table.keys() {
            if !self.known.contains(&key.get_ref().as_ref()) {
                let message = unknown("key", key.get_ref(), &self.known);
                self.problem(self.base + key.span().start, message);
            }
        }
        self.problems
    }

    fn string(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong(key, value, "a text in quotes");
            return None;
        };
        let cleaned = clean(text.trim());
        let disarmed = disarm(&cleaned).map(|(disarmed, _)| disarmed);
        if disarmed.is_some() || cleaned != text.trim() {
            let at = self.base + value.span().start;
            self.problem(at, format!("`{key}` spells a control or invisible character by its code: remove it"));
        }
        Some(disarmed.unwrap_or_else(|| cleaned.into_owned()))
    }
}

/// Names a word that is none of the known ones, with the nearest of them or all.
pub(super) fn unknown(what: &str, word: &str, known: &[&str]) -> String {
    let word: String = clean(word).chars().take(LONGEST_WORD).collect();
    match nearest(&word, known.iter().copied()) {
        Some(candidate) => format!("`{word}` is not a {what}: did you mean `{candidate}`?"),
        None => format!("`{word}` is not a {what} here: use one of {}", known.join(", ")),
    }
}

/// The candidate that a mistyped word most likely means; `None` where none is near.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // The distance costs the product of both lengths, and nobody mistypes so long a word.
    let short = |text: &str| text.len() <= 2 * LONGEST_WORD;
    candidates
        .into_iter()
        .filter(|candidate| short(word) && short(candidate))
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .min()
        .filter(|&(distance, candidate)| distance <= 1 + candidate.len() / 4)
        .map(|(_, candidate)| candidate)
}

/// How much of a foreign word a message quotes, in characters.
const LONGEST_WORD: usize = 40;

fn article(noun: &str) -> String {
    match noun.chars().next() {
        Some('a' | 'e' | 'i' | 'o' | 'u') => format!("an {noun}"),
        _ => format!("a {noun}"),
    }
}
