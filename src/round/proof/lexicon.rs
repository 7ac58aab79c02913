//! Terms of the files made comparable with the words of the notes: stems, with the glossary's relatives.

use std::collections::{BTreeMap, BTreeSet};

use super::super::evidence::{Terms, Wildcard};
use super::super::glossary::Glossary;
use super::super::text::{Kind, Token, tokens, words::DETERMINERS};

/// The glossary as stems.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Lexicon {
    /// Every spelling of an entry's term, to what may stand for it.
    relatives: BTreeMap<Vec<String>, BTreeSet<Vec<String>>>,
    /// Every spelling of everything in the glossary.
    jargon: BTreeSet<Vec<String>>,
}

/// What a slot accepts.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    /// Words that stand together, as stems, by the first of them.
    phrases: BTreeMap<String, Vec<Vec<String>>>,
    numbers: Vec<Wildcard>,
}

impl Lexicon {
    pub(super) fn of(glossary: &Glossary) -> Self {
        let mut lexicon = Self::default();
        for entry in &glossary.entries {
            let same: Vec<Vec<String>> =
                std::iter::once(&entry.term).chain(&entry.synonyms).map(|word| stems(word)).collect();
            let kinds: Vec<Vec<String>> = entry.such_as.iter().map(|word| stems(word)).collect();
            for spelling in &same {
                let relatives = lexicon.relatives.entry(spelling.clone()).or_default();
                relatives.extend(same.iter().chain(&kinds).cloned());
            }
            lexicon.jargon.extend(same.into_iter().chain(kinds));
        }
        lexicon
    }

    /// What a slot with these terms accepts.
    pub(super) fn wanted(&self, terms: &Terms) -> Wanted {
        let (mut phrases, mut numbers) = (BTreeSet::new(), Vec::new());
        for term in terms.iter() {
            if let Some(wildcard) = Wildcard::of(term) {
                numbers.push(wildcard);
                continue;
            }
            let phrase = stems(term);
            phrases.extend(self.relatives.get(&phrase).into_iter().flatten().cloned());
            phrases.insert(phrase);
        }
        let mut wanted = Wanted { phrases: BTreeMap::new(), numbers };
        for phrase in phrases {
            if let Some(first) = phrase.first() {
                wanted.phrases.entry(first.clone()).or_default().push(phrase);
            }
        }
        wanted
    }

    /// Whether all words of an item are words of the field.
    pub(super) fn is_jargon(&self, item: &[Token]) -> bool {
        let stems: Vec<String> = item.iter().map(|token| token.stem.clone()).collect();
        self.jargon.contains(&stems) || stems.iter().all(|stem| self.jargon.contains(std::slice::from_ref(stem)))
    }
}

impl Wanted {
    /// Where the tokens fill the slot, as the tokens that do. `numbers` tells the kinds of the number at a token.
    pub(super) fn places(&self, tokens: &[Token], numbers: &[Vec<Wildcard>]) -> Vec<Vec<usize>> {
        let mut places: Vec<Vec<usize>> = Vec::new();
        for at in 0..tokens.len() {
            let number = self.numbers.iter().any(|kind| numbers[at].contains(kind)).then(|| vec![at]);
            let phrases = self.phrases.get(&tokens[at].stem).into_iter().flatten();
            let found = phrases.filter_map(|phrase| phrase_at(tokens, at, phrase)).chain(number);
            // The longest reading of a place says most.
            places.extend(found.max_by_key(Vec::len));
        }
        places
    }

    /// Whether the words of a text are one of the alternatives, or contain one.
    pub(super) fn names(&self, text: &str) -> bool {
        self.is_among(&tokens(text))
    }

    /// The same for words that were read before.
    pub(super) fn is_among(&self, words: &[Token]) -> bool {
        !self.places(words, &vec![Vec::new(); words.len()]).is_empty()
    }
}

/// The tokens from `at` on that are a phrase, articles passed over.
fn phrase_at(tokens: &[Token], at: usize, phrase: &[String]) -> Option<Vec<usize>> {
    let mut found = Vec::with_capacity(phrase.len());
    let mut next = at;
    for stem in phrase {
        while !found.is_empty()
            && tokens.get(next).is_some_and(|token| token.is_any(DETERMINERS) && token.stem != *stem)
        {
            next += 1;
        }
        let token = tokens.get(next)?;
        if token.stem != *stem || token.echo {
            return None;
        }
        found.push(next);
        next += 1;
    }
    (!found.is_empty()).then_some(found)
}

/// A term's words as stems. A term may be written as it would be typed, with hyphens and slashes.
pub(super) fn stems(term: &str) -> Vec<String> {
    let words = tokens(term).into_iter();
    words
        .filter(|token| token.kind != Kind::Mark || matches!(token.lower.as_str(), "->" | "=" | "$"))
        .map(|token| token.stem)
        .collect()
}
