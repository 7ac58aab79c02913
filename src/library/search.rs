//! Fuzzy search over everything that has a title, as somebody types.
//!
//! Each word of a query must be found: its letters in order and close together in the title, or the word as it is in
//! the text. A query that only grew is looked for among what the last one left. Knows entries, not screens;
//! start reading at [`Search::find`].

use std::cmp::Reverse;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use memchr::memmem::Finder;

use super::Library;
use crate::content::{Card, CardKind};

/// How many hits one search gives at most; nobody reads on.
pub const MAX_HITS: usize = 200;

/// Two letters with a gap between them are in every title.
const SHORTEST_WITH_GAPS: usize = 3;

/// What an entry is. The order decides between equally good hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A screen or a command of the app.
    Command,
    /// A topic with its note; the id is the topic's.
    Topic,
    /// A scenario.
    Scenario,
    /// A calculator.
    Calculator,
    /// A reference number; the id is its name.
    Number,
    /// A lab.
    Lab,
    /// A lesson in a lab.
    Lesson,
    /// A heading of a note; the id is `topic#anchor`.
    Heading,
    /// A card.
    Card,
}

/// Something that can be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub kind: Kind,
    /// Its id within its kind.
    pub id: String,
    /// One line, as shown; matched letter by letter.
    pub title: String,
    /// What else it may be found by; matched word by word.
    pub text: String,
}

/// Topics, headings, cards, calculators and reference numbers of a library. Rooms with titles of their own add theirs.
pub fn entries(library: &Library) -> Vec<Entry> {
    let content = library.content();
    let entry = |kind, id: String, title: &str, text: String| Entry { kind, id, title: one_line(title), text };
    let topics = content.topics.iter().map(|topic| {
        let text = format!("{} {} {}", topic.id, topic.summary, topic.group);
        entry(Kind::Topic, topic.id.to_string(), &topic.title, text)
    });
    let headings = content.notes.iter().flat_map(|note| {
        note.headings.iter().filter(|heading| heading.level > 1).map(move |heading| {
            let id = format!("{}#{}", note.topic, heading.anchor);
            entry(Kind::Heading, id, &heading.text, note.topic.to_string())
        })
    });
    let cards = content.cards.iter().map(|card| entry(Kind::Card, card.id.to_string(), &card.front, words_of(card)));
    let calculators = library.calculators().iter().map(|calculator| {
        let text = format!("{} {} {}", calculator.id, calculator.summary, calculator.topics.join(" "));
        entry(Kind::Calculator, calculator.id.clone(), &calculator.title, text)
    });
    let numbers = library.numbers().iter().map(|number| {
        let title = format!("{}: {}", number.title, number.value);
        entry(Kind::Number, number.name.clone(), &title, format!("{} {}", number.name, number.group))
    });
    topics.chain(headings).chain(cards).chain(calculators).chain(numbers).collect()
}

fn words_of(card: &Card) -> String {
    let answer = match &card.kind {
        CardKind::Recall { back } | CardKind::Mistake { back } => back.clone(),
        CardKind::Choose { options } => options.iter().map(|option| option.text.as_str()).collect::<Vec<_>>().join(" "),
        CardKind::Order { steps } => steps.join(" "),
        CardKind::Cloze { .. } | CardKind::Compute { .. } => String::new(),
    };
    format!("{} {answer} {} {}", card.id, card.why, card.tags.join(" "))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An entry that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Position among the entries.
    pub entry: usize,
    /// The higher the better.
    pub score: i64,
    /// Positions of the matched characters in the title, ascending.
    pub matched: Vec<usize>,
}

/// As many words of a query are looked for: nobody needs more to find a thing, and each costs a walk over all entries.
const MOST_WORDS: usize = 8;

/// A search that remembers its last query.
pub struct Search {
    entries: Vec<Entry>,
    keys: Vec<Key>,
    matcher: SkimMatcherV2,
    last: Option<Last>,
}

struct Last {
    query: String,
    /// All entries that may match a query that begins like this one, in order.
    candidates: Vec<usize>,
}

/// What of an entry is compared, in lower case.
struct Key {
    title: String,
    text: String,
    title_letters: Letters,
    text_letters: Letters,
    /// Its place among hits of equal score: by kind, then the shorter title, then as they were given.
    order: usize,
}

impl Search {
    /// A search over entries, whose order decides between hits that are otherwise equal.
    pub fn new(entries: Vec<Entry>) -> Self {
        let mut keys: Vec<Key> = entries.iter().map(Key::of).collect();
        let mut order: Vec<usize> = (0..entries.len()).collect();
        order.sort_by_key(|&entry| (entries[entry].kind, entries[entry].title.len()));
        for (place, entry) in order.into_iter().enumerate() {
            keys[entry].order = place;
        }
        Self { entries, keys, matcher: SkimMatcherV2::default().use_cache(true), last: None }
    }

    /// What is searched.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The best hits for a query, best first; for an empty one the first entries.
    pub fn find(&mut self, query: &str) -> Vec<Hit> {
        let query = lower(query);
        let words: Vec<Word<'_>> = query.split_whitespace().take(MOST_WORDS).map(Word::of).collect();
        if words.is_empty() {
            self.last = None;
            let first = 0..self.entries.len().min(MAX_HITS);
            return first.map(|entry| Hit { entry, score: 0, matched: Vec::new() }).collect();
        }
        let found: Vec<(usize, i64)> = match self.last.take() {
            Some(last) if query.starts_with(&last.query) => self.scores(last.candidates.into_iter(), &words),
            _ => self.scores(0..self.entries.len(), &words),
        };
        let candidates = found.iter().map(|&(entry, _)| entry).collect();
        let hits = self.best(found, &words);
        self.last = Some(Last { query, candidates });
        hits
    }

    fn scores(&self, candidates: impl Iterator<Item = usize>, words: &[Word<'_>]) -> Vec<(usize, i64)> {
        candidates.filter_map(|entry| Some((entry, self.score(&self.keys[entry], words)?))).collect()
    }

    /// How well an entry matches; 0 if it does not, but may once a word has grown; `None` if it never will.
    fn score(&self, key: &Key, words: &[Word<'_>]) -> Option<i64> {
        let mut sum = 0;
        let mut every = true;
        for word in words {
            let score = self.word_score(key, word)?;
            every &= score > 0;
            sum += score;
        }
        Some(if every { sum } else { 0 })
    }

    fn word_score(&self, key: &Key, word: &Word<'_>) -> Option<i64> {
        let in_title = word.letters.all_in(key.title_letters);
        if in_title {
            if let Some(at) = word.place_in(&key.title) {
                return Some(word.whole_score(&key.title, at));
            }
            if word.is_dense_in(&key.title) {
                return self.matcher.fuzzy_match(&key.title, word.text).map(|score| score.clamp(1, word.fuzzy_most()));
            }
        }
        if word.letters.all_in(key.text_letters) && word.finder.find(key.text.as_bytes()).is_some() {
            return Some(word.fuzzy_most() / 2);
        }
        in_title.then_some(0)
    }

    fn best(&self, mut scored: Vec<(usize, i64)>, words: &[Word<'_>]) -> Vec<Hit> {
        scored.retain(|&(_, score)| score > 0);
        let rank = |&(entry, score): &(usize, i64)| (Reverse(score), self.keys[entry].order);
        if scored.len() > MAX_HITS {
            scored.select_nth_unstable_by_key(MAX_HITS, rank);
            scored.truncate(MAX_HITS);
        }
        scored.sort_unstable_by_key(rank);
        let hit = |(entry, score)| Hit { entry, score, matched: self.matched(&self.keys[entry].title, words) };
        scored.into_iter().map(hit).collect()
    }

    fn matched(&self, title: &str, words: &[Word<'_>]) -> Vec<usize> {
        let of_word = |word: &Word<'_>| -> Vec<usize> {
            if let Some(at) = word.place_in(title) {
                let first = title[..at].chars().count();
                (first..first + word.length).collect()
            } else if word.is_dense_in(title) {
                self.matcher.fuzzy_indices(title, word.text).map(|(_, indices)| indices).unwrap_or_default()
            } else {
                Vec::new()
            }
        };
        let mut matched: Vec<usize> = words.iter().flat_map(of_word).collect();
        matched.sort_unstable();
        matched.dedup();
        matched
    }
}

impl Key {
    fn of(entry: &Entry) -> Self {
        let (title, text) = (lower(&entry.title), lower(&entry.text));
        Self { title_letters: Letters::of(&title), text_letters: Letters::of(&text), title, text, order: 0 }
    }
}

/// A text in lower case, character by character, so that positions stay what they were.
fn lower(text: &str) -> String {
    let one = |c: char| Some(c.to_lowercase()).filter(|lower| lower.len() == 1).and_then(|mut lower| lower.next());
    text.chars().map(|c| one(c).unwrap_or(c)).collect()
}

/// A word of a query, in lower case.
struct Word<'a> {
    text: &'a str,
    finder: Finder<'a>,
    /// In characters.
    length: usize,
    letters: Letters,
}

impl<'a> Word<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, finder: Finder::new(text), length: text.chars().count(), letters: Letters::of(text) }
    }

    /// Where the word stands in a title as it is: at the beginning of one of its words, if it can.
    fn place_in(&self, title: &str) -> Option<usize> {
        let mut places = self.finder.find_iter(title.as_bytes());
        let first = places.next()?;
        Some(std::iter::once(first).chain(places).find(|&at| begins_word(title, at)).unwrap_or(first))
    }

    /// What a word is worth that stands in a title as it is; more than any that has gaps.
    fn whole_score(&self, title: &str, at: usize) -> i64 {
        let ends_word = !title[at + self.text.len()..].starts_with(char::is_alphanumeric);
        self.fuzzy_most() + 1 + 16 * i64::from(begins_word(title, at)) + 8 * i64::from(ends_word)
    }

    /// The most that a word with gaps is worth; the matcher gives a letter 16 and a bonus where a word begins.
    fn fuzzy_most(&self) -> i64 {
        28 * i64::try_from(self.length).unwrap_or(i64::MAX / 28)
    }

    /// Whether the letters stand in order, and close enough together to be meant. Quick to tell, unlike
    /// how well they match.
    fn is_dense_in(&self, title: &str) -> bool {
        if self.length < SHORTEST_WITH_GAPS {
            return false;
        }
        let (word, title) = (self.text.as_bytes(), title.as_bytes());
        let Some((initial, rest)) = word.split_first() else { return false };
        let starts = title.iter().enumerate().filter(|(_, byte)| *byte == initial);
        starts.into_iter().any(|(start, _)| {
            let mut wanted = rest.iter();
            let mut next = wanted.next();
            for byte in &title[start + 1..title.len().min(start + 2 * word.len() + 2)] {
                if next == Some(byte) {
                    next = wanted.next();
                }
            }
            next.is_none()
        })
    }
}

fn begins_word(title: &str, at: usize) -> bool {
    !title[..at].ends_with(char::is_alphanumeric)
}

/// Which characters a text in lower case has, roughly: a quick way to see that a word cannot be in it.
#[derive(Clone, Copy)]
struct Letters(u64);

impl Letters {
    fn of(text: &str) -> Self {
        let bit = |c: char| match c {
            letter @ 'a'..='z' => u32::from(letter) - u32::from('a'),
            digit @ '0'..='9' => 26 + u32::from(digit) - u32::from('0'),
            other => 36 + u32::from(other) % 28,
        };
        Self(text.chars().fold(0, |letters, c| letters | 1 << bit(c)))
    }

    fn all_in(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search(titles: &[(&str, &str)]) -> Search {
        let entry = |(title, text): &(&str, &str)| Entry {
            kind: Kind::Topic,
            id: (*title).to_owned(),
            title: (*title).to_owned(),
            text: (*text).to_owned(),
        };
        Search::new(titles.iter().map(entry).collect())
    }

    fn found(search: &mut Search, query: &str) -> Vec<String> {
        let hits = search.find(query);
        hits.iter().map(|hit| search.entries()[hit.entry].title.clone()).collect()
    }

    const TITLES: [(&str, &str); 5] = [
        ("Consistent hashing", "Place keys on a ring."),
        ("Caching patterns", "Aside, through, behind."),
        ("Rate limiting", "Token bucket."),
        ("Replication", "Leaders, followers and lag."),
        ("Cache eviction and failure", "LRU, ARC; stampede."),
    ];

    #[test]
    fn letters_in_order_find_a_title_and_words_find_a_text() {
        let mut search = search(&TITLES);
        let mut check = |query: &str, wanted: &[&str]| assert_eq!(found(&mut search, query), wanted, "{query}");
        check("conhash", &["Consistent hashing"]);
        check("REPL", &["Replication"]);
        check("evic cache", &["Cache eviction and failure"]);
        check("stampede", &["Cache eviction and failure"]);
        check("bucket rate", &["Rate limiting"]);
        check("zebra", &[]);
        check("cach", &["Caching patterns", "Cache eviction and failure"]);
        check("", &TITLES.map(|(title, _)| title));
    }

    #[test]
    fn a_hit_tells_which_characters_matched() {
        let mut search = search(&[("Größe of a Ring", "")]);
        assert_eq!(search.find("ring")[0].matched, [11, 12, 13, 14]);
    }

    #[test]
    fn typing_on_finds_what_typing_at_once_finds() {
        let mut typed = search(&TITLES);
        for query in ["cache evic", "ring", "token", "re li", "a e i"] {
            for end in 1..=query.len() {
                let prefix = &query[..end];
                assert_eq!(typed.find(prefix), search(&TITLES).find(prefix), "{prefix}");
            }
        }
    }
}
