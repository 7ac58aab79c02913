//! Fuzzy search over everything that has a title, as somebody types.
//!
//! Each word of a query must be found: its letters in order in the title, or the word as it is in the text.
//! A query that only grew is looked for among the matches of the last one. Knows entries, not screens;
//! start reading at [`Search::find`].

use std::cmp::Reverse;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::Library;
use crate::content::{Card, CardKind};

/// How many hits one search gives at most; nobody reads on.
pub const MAX_HITS: usize = 200;

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

/// Topics, headings and cards of a library. Rooms with titles of their own add theirs.
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
    topics.chain(headings).chain(cards).collect()
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

/// A search that remembers its last query.
pub struct Search {
    entries: Vec<Entry>,
    keys: Vec<Key>,
    matcher: SkimMatcherV2,
    last: Option<Last>,
}

struct Last {
    query: String,
    /// All entries that matched at all, in order.
    matches: Vec<usize>,
}

/// What of an entry is compared.
struct Key {
    /// In lower case.
    text: String,
    title_letters: Letters,
    text_letters: Letters,
}

impl Search {
    /// A search over entries, whose order decides between hits that are otherwise equal.
    pub fn new(entries: Vec<Entry>) -> Self {
        let keys = entries
            .iter()
            .map(|entry| {
                let text = entry.text.to_lowercase();
                Key { title_letters: Letters::of(&entry.title), text_letters: Letters::of(&text), text }
            })
            .collect();
        Self { entries, keys, matcher: SkimMatcherV2::default().ignore_case().use_cache(true), last: None }
    }

    /// What is searched.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The best hits for a query, best first; for an empty one the first entries.
    pub fn find(&mut self, query: &str) -> Vec<Hit> {
        let query = query.to_lowercase();
        let words: Vec<Word<'_>> = query.split_whitespace().map(Word::of).collect();
        if words.is_empty() {
            self.last = None;
            return (0..self.entries.len().min(MAX_HITS))
                .map(|entry| Hit { entry, score: 0, matched: Vec::new() })
                .collect();
        }
        let scored: Vec<(usize, i64)> = match self.last.take() {
            Some(last) if query.starts_with(&last.query) => self.scores(last.matches.into_iter(), &words),
            _ => self.scores(0..self.entries.len(), &words),
        };
        self.last = Some(Last { query: query.clone(), matches: scored.iter().map(|&(entry, _)| entry).collect() });
        self.best(scored, &words)
    }

    fn scores(&self, candidates: impl Iterator<Item = usize>, words: &[Word<'_>]) -> Vec<(usize, i64)> {
        candidates.filter_map(|entry| Some((entry, self.score(entry, words)?))).collect()
    }

    /// How well an entry matches, or `None` if one of the words is not found at all.
    fn score(&self, entry: usize, words: &[Word<'_>]) -> Option<i64> {
        words.iter().map(|word| self.word_score(entry, word)).sum()
    }

    fn word_score(&self, entry: usize, word: &Word<'_>) -> Option<i64> {
        let key = &self.keys[entry];
        let in_title = word.letters.all_in(key.title_letters);
        let title = in_title.then(|| self.matcher.fuzzy_match(&self.entries[entry].title, word.text)).flatten();
        if title.is_some_and(|score| score >= word.dense()) {
            return title;
        }
        let in_text = word.letters.all_in(key.text_letters) && key.text.contains(word.text);
        // Letters scattered over a long title say less than the word itself in the text.
        if in_text { Some(word.dense() / 2) } else { title.map(|_| 0) }
    }

    fn best(&self, mut scored: Vec<(usize, i64)>, words: &[Word<'_>]) -> Vec<Hit> {
        scored.retain(|&(_, score)| score > 0);
        let rank = |&(entry, score): &(usize, i64)| {
            let found = &self.entries[entry];
            (Reverse(score), found.kind, found.title.len(), entry)
        };
        if scored.len() > MAX_HITS {
            scored.select_nth_unstable_by_key(MAX_HITS, rank);
            scored.truncate(MAX_HITS);
        }
        scored.sort_unstable_by_key(rank);
        scored.into_iter().map(|(entry, score)| Hit { entry, score, matched: self.matched(entry, words) }).collect()
    }

    fn matched(&self, entry: usize, words: &[Word<'_>]) -> Vec<usize> {
        let title = &self.entries[entry].title;
        let mut matched: Vec<usize> = words
            .iter()
            .filter_map(|word| self.matcher.fuzzy_indices(title, word.text).filter(|found| found.0 >= word.dense()))
            .flat_map(|(_, indices)| indices)
            .collect();
        matched.sort_unstable();
        matched.dedup();
        matched
    }
}

/// A word of a query.
struct Word<'a> {
    text: &'a str,
    letters: Letters,
}

impl<'a> Word<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, letters: Letters::of(text) }
    }

    /// The least score of a match whose letters stand close enough together to be meant. The matcher gives a
    /// letter 16 and takes 3 for a gap and 1 for each letter in it.
    fn dense(&self) -> i64 {
        12 * i64::try_from(self.text.chars().count()).unwrap_or(i64::MAX / 12)
    }
}

/// Which characters a text has, roughly: a quick way to see that a word cannot be in it.
#[derive(Clone, Copy)]
struct Letters(u64);

impl Letters {
    fn of(text: &str) -> Self {
        let bit = |c: char| match c.to_ascii_lowercase() {
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
