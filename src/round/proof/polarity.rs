//! Whether a clause asserts what its words name: scopes of denial, hypotheses, questions.

use std::ops::Range;

use super::super::evidence::Slot;
use super::super::text::{Clause, Token, words};

/// How something was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Polarity {
    /// It is not so, or was turned down.
    Rejected,
    /// It was asked for.
    Question,
    /// It could be so.
    Hypothetical,
    /// It is so.
    Asserted,
}

/// What in a clause is denied or left open.
#[derive(Clone, Debug, Default)]
pub(super) struct Scopes {
    denied: Vec<Denial>,
    /// The word that leaves the clause open.
    open: Option<usize>,
    question: bool,
}

#[derive(Clone, Debug)]
struct Denial {
    /// The word that denies.
    by: usize,
    what: Range<usize>,
    /// Whether it sets one thing against another, which asserts the other.
    contrast: bool,
}

/// How many words a denied verb or noun reaches.
const VERB_REACH: usize = 7;
const NOUN_REACH: usize = 4;

impl Scopes {
    pub(super) fn of(clause: &Clause) -> Self {
        let tokens = &clause.tokens;
        let mut scopes = Self { question: clause.question, ..Self::default() };
        for at in 0..tokens.len() {
            scopes.denied.extend(denial(tokens, at));
        }
        let counterfactual = tokens.iter().any(|token| token.is("if"))
            && tokens.iter().any(|token| token.is_any(&["would", "we'd", "i'd"]));
        scopes.open = tokens
            .iter()
            .position(|token| token.is_any(words::HYPOTHETICAL))
            .or_else(|| counterfactual.then(|| tokens.iter().position(|token| token.is("if"))).flatten());
        scopes
    }

    /// How a claim is said whose slots are filled by these tokens. A word that fills a slot denies nothing: "no collision" is a term.
    pub(super) fn polarity(&self, slots: &[(Slot, Vec<usize>)]) -> Polarity {
        let used = |at: usize| slots.iter().any(|(_, tokens)| tokens.contains(&at));
        let denies = |denial: &Denial| {
            !used(denial.by)
                && slots.iter().any(|(slot, tokens)| {
                    let reached = tokens.iter().any(|at| denial.what.contains(at));
                    reached && (*slot == Slot::Subject || !denial.contrast)
                })
        };
        if self.denied.iter().any(denies) {
            Polarity::Rejected
        } else if self.question {
            Polarity::Question
        } else if self.open.is_some_and(|at| !used(at)) {
            Polarity::Hypothetical
        } else {
            Polarity::Asserted
        }
    }
}

/// What the word at a place denies, if anything.
fn denial(tokens: &[Token], at: usize) -> Option<Denial> {
    let token = &tokens[at];
    let next = tokens.get(at + 1);
    if next.is_some_and(|next| next.is_any(words::NOT_DENIED)) {
        return None;
    }
    if token.is_any(words::VERB_NEGATORS) {
        let spare = next.is_some_and(|next| {
            ["need", "necessary", "worth", "requir", "warrant", "justifi"].contains(&next.stem.as_str())
        });
        let linking = token.is_any(&["isn't", "aren't"])
            || (token.is("not") && at > 0 && tokens[at - 1].is_any(&["is", "are", "was", "be"]));
        let back = spare && linking;
        let from = if back { part_start(tokens, at) } else { at + 1 };
        return Some(Denial { by: at, what: from..reach(tokens, at + 1, VERB_REACH), contrast: false });
    }
    if token.is_any(&["instead", "rather"]) {
        let marker = next.is_some_and(|next| next.is_any(&["of", "than"]));
        return marker.then(|| Denial { by: at, what: at + 2..reach(tokens, at + 2, NOUN_REACH), contrast: true });
    }
    if token.is_any(words::NOUN_NEGATORS) {
        let need = next.is_some_and(|next| next.is_any(&["need", "reason", "point"]));
        let far = if need { VERB_REACH } else { NOUN_REACH };
        return Some(Denial { by: at, what: at + 1..reach(tokens, at + 1, far), contrast: false });
    }
    if token.is("over") && is_preference(tokens, at) {
        return Some(Denial { by: at, what: at + 1..reach(tokens, at + 1, NOUN_REACH), contrast: true });
    }
    let two_words = (token.is("ruled") && next.is_some_and(|next| next.is("out")))
        || (token.is("turned") && next.is_some_and(|next| next.is("down")));
    (two_words || token.is_any(words::DENIALS)).then(|| Denial {
        by: at,
        what: part_start(tokens, at)..at,
        contrast: false,
    })
}

/// Where a denial that begins at `from` ends.
fn reach(tokens: &[Token], from: usize, most: usize) -> usize {
    let stops = |token: &Token| {
        token.is_any(&[",", ":", "(", ")", "->"])
            || token.is_any(&["because", "so", "if", "when", "and", "but", "since", "unless", "as", "while", "until"])
    };
    let end = tokens.len().min(from + most);
    (from..end).find(|&at| stops(&tokens[at])).unwrap_or(end)
}

/// Where the part of a clause begins that ends at `at`.
fn part_start(tokens: &[Token], at: usize) -> usize {
    let parts = |token: &Token| token.is_mark() || token.is_any(&["because", "so", "since"]);
    (0..at).rev().find(|&before| parts(&tokens[before])).map_or(0, |before| before + 1)
}

/// "302 over 301", but not "spread over shards".
fn is_preference(tokens: &[Token], at: usize) -> bool {
    let prefers = tokens[..at].iter().any(|token| {
        ["prefer", "choos", "chos", "chose", "pick", "favour", "favor", "us", "take", "tak"]
            .contains(&token.stem.as_str())
    });
    let verb_before = at > 0
        && ["take", "tak", "fail", "spread", "carr", "rang", "iterat", "averag"]
            .contains(&tokens[at - 1].stem.as_str());
    !verb_before && (prefers || (1..=3).contains(&at))
}

#[cfg(test)]
mod tests {
    use super::super::super::text::{Notes, clauses};
    use super::*;

    fn check(line: &str, word: &str, wanted: Polarity) {
        let found = clauses(&Notes::parse(line));
        let (clause, at) = found
            .iter()
            .find_map(|clause| Some((clause, clause.tokens.iter().position(|token| token.is(word))?)))
            .expect("the word stands in the line");
        assert_eq!(Scopes::of(clause).polarity(&[(Slot::Subject, vec![at])]), wanted, "{line}");
    }

    #[test]
    fn what_is_denied_and_what_is_not() {
        use Polarity::{Asserted, Hypothetical, Question, Rejected};
        check("we use a cache for hot links", "cache", Asserted);
        check("we do not use a cache for hot links", "cache", Rejected);
        check("no cache in front of the database", "cache", Rejected);
        check("a cache is not needed at this scale", "cache", Rejected);
        check("302 instead of 301", "301", Rejected);
        check("302 instead of 301", "302", Asserted);
        check("we prefer 302 over 301", "301", Rejected);
        check("302, not 301", "301", Rejected);
        check("kafka is overkill here", "kafka", Rejected);
        check("sharding was ruled out", "sharding", Rejected);
        check("failover without downtime", "downtime", Asserted);
        check("no single point of failure", "failure", Asserted);
        check("NoSQL store for links", "store", Asserted);
        check("we could use a cache", "cache", Hypothetical);
        check("do we need a cache?", "cache", Question);
        check("spread over shards by hash", "shards", Asserted);
        check("if we used 301 we would lose clicks", "301", Hypothetical);
    }
}
