//! Enough of an ear to carry a conversation: whether a component was named, whether a question was put. What counts as
//! evidence is not decided here.

use std::collections::BTreeSet;

use crate::round::evidence::{Claim, Terms, Wildcard};
use crate::round::glossary::Glossary;

/// Slots of a claim stand at most this many words apart.
const REACH: usize = 12;

/// With what a question may begin that lacks its mark.
const ASKING: [&str; 18] = [
    "how", "what", "which", "who", "when", "where", "why", "do", "does", "is", "are", "can", "may", "must", "should",
    "will", "need", "any",
];

/// Knows which words mean the same.
pub(super) struct Ear<'a> {
    glossary: &'a Glossary,
}

impl<'a> Ear<'a> {
    pub(super) fn new(glossary: &'a Glossary) -> Self {
        Self { glossary }
    }

    /// Whether one of the terms is named.
    pub(super) fn mentions(&self, terms: &Terms, text: &str) -> bool {
        let words = words(text);
        !self.places(terms, &words).is_empty()
    }

    /// The clauses of a text that ask something.
    pub(super) fn questions(&self, text: &str) -> Vec<String> {
        let mut questions = Vec::new();
        for line in text.lines().filter(|line| !line.trim_start().starts_with('>')) {
            let mut rest = line;
            while let Some(mark) = rest.find('?') {
                questions.push(rest[..mark].to_owned());
                rest = &rest[mark + 1..];
            }
            let first = rest.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
            if first.is_some_and(|first| ASKING.contains(&first.to_lowercase().as_str())) {
                questions.push(rest.to_owned());
            }
        }
        questions
    }

    /// Whether a clause fills every slot of a claim within reach.
    pub(super) fn claims(&self, claim: &Claim, clause: &str) -> bool {
        let words = words(clause);
        let slots: Vec<Vec<usize>> = claim.slots().map(|(_, terms)| self.places(terms, &words)).collect();
        let starts: BTreeSet<usize> = slots.iter().flatten().copied().collect();
        let within = |start: usize, slot: &Vec<usize>| slot.iter().any(|at| (start..start + REACH).contains(at));
        starts.into_iter().any(|start| slots.iter().all(|slot| within(start, slot)))
    }

    /// Where one of the terms, or a word that means the same, begins.
    fn places(&self, terms: &Terms, said: &[String]) -> Vec<usize> {
        let mut places = Vec::new();
        for term in terms.iter() {
            if Wildcard::of(term).is_some() {
                places.extend((0..said.len()).filter(|at| said[*at].starts_with(|c: char| c.is_ascii_digit())));
                continue;
            }
            let related = self.glossary.entries.iter().filter(|entry| entry.term == term.to_lowercase());
            let others = related.flat_map(|entry| entry.synonyms.iter().chain(&entry.such_as)).map(String::as_str);
            for wanted in std::iter::once(term).chain(others).map(words).filter(|wanted| !wanted.is_empty()) {
                places.extend(
                    said.windows(wanted.len()).enumerate().filter(|(_, window)| *window == wanted).map(|(at, _)| at),
                );
            }
        }
        places
    }
}

/// The words of a text in lower case, each by its stem.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| stem(&word.to_lowercase())).collect()
}

/// A word without the endings that change with its use: `writes`, `written` is left as it is.
fn stem(word: &str) -> String {
    for (ending, instead) in [("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", "")] {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.chars().count() >= 3) {
            return format!("{stem}{instead}");
        }
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(asks: (&str, &str), text: &str, expect: bool) {
        let glossary = Glossary::default();
        let ear = Ear::new(&glossary);
        let claim = Claim { subject: Terms::new(asks.0), object: Terms::new(asks.1), ..Claim::default() };
        let asked = ear.questions(text).iter().any(|clause| ear.claims(&claim, clause));
        assert_eq!(asked, expect, "{text}");
    }

    #[test]
    fn a_question_is_heard_in_other_words_of_the_same_stem() {
        let volume = ("how many | volume", "link | write");
        check(volume, "- How many links are created?", true);
        check(volume, "how many writes per second", true);
        check(volume, "- many links are created", false);
        check(volume, "- how many users? the links are short", false);
        check(volume, "> how_many_links = 3", false);
    }

    #[test]
    fn a_component_is_named_by_a_word_that_means_it() {
        let entry = "[[term]]\nterm = \"cache\"\nmeaning = \"m\"\nsuch_as = [\"redis\"]";
        let (glossary, problems) = Glossary::parse("glossary.toml", entry);
        assert_eq!(problems, []);
        let ear = Ear::new(&glossary);
        assert!(ear.mentions(&Terms::new("cache"), "api -> Redis -> db"));
        assert!(!ear.mentions(&Terms::new("cache"), "api -> db"));
    }
}
