//! A TOML table read key by key, with every problem at once.
//!
//! Deriving `Deserialize` would stop at the first wrong key of a card; whoever writes content wants to hear of all of them,
//! each at its own place and with what to do. Rooms that keep a format of their own read it with [`read_table`]. Start
//! reading at [`Fields`].

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::cards::is_id;
use super::file::File;
use super::markdown::disarm;
use super::model::{Place, Problem};
use super::text::clean;

/// A TOML document that may start anywhere in its file.
pub(crate) struct Document<'t> {
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

/// Reads a whole file of TOML as one table.
pub(crate) fn read_table<T>(
    path: &str,
    text: &str,
    read: impl FnOnce(&mut Fields<'_, '_>) -> Option<T>,
) -> (Option<T>, Vec<Problem>) {
    let file = File::new(path, text);
    let document = match document(&file, 0, text) {
        Ok(document) => document,
        Err(problem) => return (None, vec![problem]),
    };
    let mut fields = Fields::new(&file, &document);
    let found = read(&mut fields);
    let problems = fields.finish();
    (found.filter(|_| problems.is_empty()), problems)
}

/// The keys of one table, taken one after the other.
pub(crate) struct Fields<'a, 't> {
    file: &'a File<'a>,
    /// Offset of the document in the file.
    base: usize,
    /// Offset of the table in the file.
    at: usize,
    table: &'a DeTable<'t>,
    known: Vec<&'static str>,
    /// Whether the file chooses its keys itself.
    any_key: bool,
    problems: Vec<Problem>,
}

impl<'a, 't> Fields<'a, 't> {
    pub(super) fn new(file: &'a File<'a>, document: &'a Document<'t>) -> Self {
        Self::of(file, document.at, document.at, document.root.get_ref())
    }

    fn of(file: &'a File<'a>, base: usize, at: usize, table: &'a DeTable<'t>) -> Self {
        Self { file, base, at, table, known: Vec::new(), any_key: false, problems: Vec::new() }
    }

    /// Where the table begins in the file.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// Takes down what is wrong with a key's value, there or, where it is missing, at the table.
    pub(crate) fn reject(&mut self, key: &str, message: impl Into<String>) {
        let at = self.table.get(key).map_or(self.at, |value| self.base + value.span().start);
        self.problem(at, message);
    }

    /// Counts keys as known without reading them.
    pub(super) fn accept(&mut self, keys: &[&'static str]) {
        self.known.extend(keys);
    }

    /// Where a key's value stands; the table where it is missing.
    pub(crate) fn place(&self, key: &str) -> Place {
        self.file.place(self.table.get(key).map_or(self.at, |value| self.base + value.span().start))
    }

    /// Whether there is a value for a key.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Takes down what another parser says of a key's text, `at` bytes into it.
    pub(crate) fn reject_within(&mut self, key: &str, at: usize, message: impl Into<String>) {
        let Some(value) = self.table.get(key) else { return self.reject(key, message) };
        let span = value.span();
        let source = self.file.text.get(self.base + span.start..self.base + span.end).unwrap_or_default();
        let quotes = if source.starts_with("\"\"\"") { 3 } else { 1 };
        self.problem(self.base + span.start + quotes + at, message);
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
    pub(crate) fn text(&mut self, key: &'static str) -> Option<String> {
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

    /// A text that must be there, blank where it is not: the problem is taken down, so the blank is never used.
    pub(crate) fn filled(&mut self, key: &'static str) -> String {
        self.text(key).unwrap_or_default()
    }

    /// A text that must be there and an id; blank where it is not.
    pub(crate) fn id(&mut self, key: &'static str) -> String {
        let id = self.filled(key);
        if !id.is_empty() && !is_id(&id) {
            self.reject(key, format!("`{id}` is no id: use lower-case letters, digits and hyphens"));
        }
        id
    }

    /// A text that may be missing.
    pub(crate) fn optional_text(&mut self, key: &'static str) -> Option<String> {
        let value = self.value(key)?;
        self.string(key, value)
    }

    /// A list of texts; empty where the key is missing.
    pub(crate) fn texts(&mut self, key: &'static str) -> Vec<String> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(key, value, "a list of texts");
            return Vec::new();
        };
        items.iter().filter_map(|item| self.string(key, item)).collect()
    }

    /// A whole number from 0 to `most` that may be missing.
    pub(crate) fn optional_number(&mut self, key: &'static str, most: u32) -> Option<u32> {
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
    pub(crate) fn number(&mut self, key: &'static str, most: u32) -> Option<u32> {
        if !self.table.contains_key(key) {
            self.reject(key, format!("`{key}` is missing: add `{key} = …`"));
        }
        self.optional_number(key, most)
    }

    /// A number, whole or not, that may be missing.
    pub(crate) fn optional_decimal(&mut self, key: &'static str) -> Option<f64> {
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
    pub(crate) fn tables<T>(
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

    /// A table that may be missing, read by `read`.
    pub(crate) fn table<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Fields<'a, 't>) -> Option<T>,
    ) -> Option<T> {
        let value = self.value(key)?;
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(key, value, "a table");
            return None;
        };
        let mut fields = Fields::of(self.file, self.base, self.base + value.span().start, table);
        let found = read(&mut fields);
        self.problems.extend(fields.finish());
        found
    }

    /// A list of whole numbers from 0 to `most`; empty where the key is missing.
    pub(crate) fn numbers(&mut self, key: &'static str, most: u32) -> Vec<u32> {
        let Some(value) = self.value(key) else { return Vec::new() };
        self.number_list(key, value, most)
    }

    /// The lists of numbers of a table whose keys are names that the file chooses.
    pub(crate) fn all_numbers(&mut self, most: u32) -> BTreeMap<String, Vec<u32>> {
        let mut lists = BTreeMap::new();
        for (name, value) in self.table.iter() {
            let list = self.number_list(name.get_ref(), value, most);
            lists.insert(clean(name.get_ref()).into_owned(), list);
        }
        self.any_key = true;
        lists
    }

    /// The texts of a table whose keys are names that the file chooses.
    pub(crate) fn all_texts(&mut self) -> Vec<(String, String)> {
        self.any_key = true;
        let mut texts = Vec::new();
        for (name, value) in self.table.iter() {
            let text = self.string(name.get_ref(), value);
            texts.extend(text.map(|text| (clean(name.get_ref()).into_owned(), text)));
        }
        texts
    }

    /// Goes once more over a list of tables that was read, to say what shows only when everything is there.
    pub(crate) fn revisit(&mut self, key: &str, mut look: impl FnMut(usize, &mut Fields<'a, 't>)) {
        let Some(items) = self.table.get(key).and_then(|value| value.get_ref().as_array()) else { return };
        for (at, item) in items.iter().enumerate() {
            let Some(table) = item.get_ref().as_table() else { continue };
            let mut fields = Fields::of(self.file, self.base, self.base + item.span().start, table);
            look(at, &mut fields);
            self.problems.append(&mut fields.problems);
        }
    }

    /// Takes down a problem of something that was read before.
    pub(crate) fn problem_at(&mut self, place: Place, message: impl Into<String>) {
        self.problems.push(Problem { place, message: message.into() });
    }

    fn number_list(&mut self, key: &str, value: &Spanned<DeValue<'_>>, most: u32) -> Vec<u32> {
        let number = |item: &Spanned<DeValue<'_>>| {
            let integer = item.get_ref().as_integer()?;
            u32::from_str_radix(integer.as_str(), integer.radix()).ok().filter(|&number| number <= most)
        };
        let list = value.get_ref().as_array().map(|items| items.iter().map(number).collect::<Option<Vec<u32>>>());
        list.flatten().unwrap_or_else(|| {
            self.wrong(key, value, &format!("a list of whole numbers from 0 to {most}"));
            Vec::new()
        })
    }

    /// `true` or `false`; false where the key is missing.
    pub(crate) fn flag(&mut self, key: &'static str) -> bool {
        let Some(value) = self.value(key) else { return false };
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong(key, value, "`true` or `false`");
            false
        })
    }

    /// One of a few words that must be there.
    pub(crate) fn word<T: Copy>(&mut self, key: &'static str, words: &[(&'static str, T)]) -> Option<T> {
        let text = self.text(key)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|&(_, meaning)| meaning);
        if found.is_none() {
            let names: Vec<&str> = words.iter().map(|&(word, _)| word).collect();
            self.reject(key, format!("`{key}`: {}", unknown("word", &text, &names)));
        }
        found
    }

    /// All problems found, with the keys that nobody asked for.
    pub(super) fn finish(mut self) -> Vec<Problem> {
        for key in self.table.keys() {
            if !self.any_key && !self.known.contains(&key.get_ref().as_ref()) {
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
