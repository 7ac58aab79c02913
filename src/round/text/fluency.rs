//! Whether words stand as a person would put them, or as a list meant to be found.

use super::token::{Kind, Token};
use super::words::{CONJUNCTIONS, COPULAS, DETERMINERS, MODALS, PREPOSITIONS, PRONOUNS, VERBS};

/// Whether the words of a clause stand in an order that English allows, judged by its function words. `goes_on` tells that
/// the clause continues another or asks, so that it may begin with a verb.
pub(crate) fn is_plausible(tokens: &[Token], goes_on: bool) -> bool {
    let mut parts = tokens.split(|token| token.is_mark()).filter(|part| !part.is_empty()).peekable();
    let begins = goes_on || parts.peek().is_none_or(|part| part.first().is_none_or(may_begin));
    begins
        && parts.all(|part| {
            let pairs = part.windows(2).all(|pair| may_follow(&pair[0], &pair[1]));
            pairs && part.last().is_none_or(may_end)
        })
}

/// A statement does not begin with these.
fn may_begin(token: &Token) -> bool {
    !token.is_any(&["of", "than", "is", "are", "was", "were", "be", "been", "has", "have", "would", "could", "will"])
}

fn may_follow(one: &Token, next: &Token) -> bool {
    let is = |words: &[&str]| next.is_any(words);
    if one.is_any(&["that", "this", "these", "those"]) {
        return !is(&["a", "an", "the", "of", "by"]);
    }
    if one.is_any(DETERMINERS) {
        let closed = is(DETERMINERS) || is(PREPOSITIONS) || is(CONJUNCTIONS) || is_auxiliary(next) || is(PRONOUNS);
        return !(closed || is(VERB_FORMS)) && article_fits(one, next);
    }
    if one.is("to") && is(&["be", "have", "do"]) {
        return true;
    }
    if one.is_any(&["over", "after", "before", "until", "through", "under", "in", "on", "by", "up"]) {
        // These also stand behind a verb: "take over when", "carry on if", "come in by".
        return !is_auxiliary(next);
    }
    if one.is_any(PREPOSITIONS) {
        let object = is(CONJUNCTIONS) && !is(&["when", "if", "while"]);
        return !(is_auxiliary(next) || object || is(&["of", "with", "for", "i", "we", "they"]));
    }
    if is_auxiliary(one) {
        let second = is_auxiliary(next) && one.is_any(COPULAS) && !is(&["being", "been"]);
        let modal = one.is_any(&["will", "would", "can", "must", "should", "cannot", "may"]);
        let aimless = modal && (is(PREPOSITIONS) || is(CONJUNCTIONS));
        return !(second || aimless || is(&["of", "than"]));
    }
    if one.is_any(PRONOUNS) && !one.is_any(&["it", "you"]) {
        return !(is(DETERMINERS) || is(PREPOSITIONS) || is(PRONOUNS));
    }
    if one.is_any(&["because", "unless", "although"]) {
        return !(is_auxiliary(next) || is(CONJUNCTIONS) || is(&["of"])) || is(&["of"]) && one.is("because");
    }
    if one.is_any(&["and", "or", "than"]) {
        return !is(&["and", "or", "but", "of", "than"]);
    }
    true
}

/// Whether a word carries a verb.
fn is_auxiliary(token: &Token) -> bool {
    token.is_any(COPULAS) || token.is_any(MODALS)
}

/// Forms that are verbs and nothing else, which no article precedes.
const VERB_FORMS: &[&str] = &[
    "holds", "keeps", "takes", "goes", "gets", "gives", "makes", "sends", "serves", "needs", "means", "lets",
    "becomes", "happens", "exceeds", "carries", "reaches", "decides", "allows", "avoids", "prevents", "ensures",
    "requires", "depends", "expires", "dies", "survives", "does",
];

/// "a link", "an index", "every link": not "a index", "an link", "every links".
fn article_fits(article: &Token, next: &Token) -> bool {
    let vowel = next.lower.starts_with(['a', 'e', 'i', 'o']);
    let consonant = next.lower.starts_with(['b', 'c', 'd', 'g', 'j', 'k', 'p', 'q', 't', 'v', 'w', 'z']);
    let spelled_out = next.lower.len() <= 4 || next.lower.starts_with("eu") || next.lower.starts_with("on");
    let plural = next.kind == Kind::Word
        && next.lower.ends_with('s')
        && next.lower.len() > 4
        && !["ss", "us", "is", "'s", "ous"].iter().any(|end| next.lower.ends_with(end));
    match article.lower.as_str() {
        "a" => !(vowel && !spelled_out || plural),
        "an" => !(consonant && !spelled_out || plural),
        "each" | "every" => !plural,
        _ => true,
    }
}

/// A clause does not end in a word that waits for another.
fn may_end(token: &Token) -> bool {
    const WAITS: &[&str] = &[
        "a", "an", "the", "its", "our", "their", "every", "of", "from", "into", "per", "via", "between", "at", "with",
        "to", "for", "and", "or", "because", "than", "unless", "i", "we", "if", "when", "while", "are", "can", "will",
        "would", "should", "must", "not", "so", "as", "which",
    ];
    !token.is_any(WAITS)
}

/// Whether a clause says something rather than names things: words or marks relate what it names, or a short one has a verb.
pub(crate) fn says_something(tokens: &[Token]) -> bool {
    let relates = |token: &&Token| {
        token.is_any(PREPOSITIONS)
            || is_auxiliary(token)
            || token.is_any(PRONOUNS)
            || token.is_any(DETERMINERS)
            || token
                .is_any(&["->", ":", "=", "(", "<", ">", "not", "no", "if", "when", "because", "so", "than", "only"])
    };
    let words = tokens.iter().filter(|token| !token.is_mark()).count();
    let related = tokens.iter().filter(relates).count();
    let verb = |token: &Token| token.kind == Kind::Word && VERBS.contains(&token.stem.as_str());
    let short = words <= SHORT && tokens.iter().any(verb);
    // Long strings of names with one small word among them are still strings of names.
    short || (related > 0 && related * WORDS_FOR_ONE >= words)
}

/// A clause of so many words may do with a verb alone.
const SHORT: usize = 5;

/// So many words at most come to one that relates them.
const WORDS_FOR_ONE: usize = 9;

/// Whether a clause is a list of four items or more that are nearly all of a kind; `of_kind` tells of an item.
pub(crate) fn is_list_of(tokens: &[Token], of_kind: impl Fn(&[Token]) -> bool) -> bool {
    let items: Vec<&[Token]> =
        tokens.split(|token| token.is_any(&[",", ":", "|", "and", "(", ")"])).filter(|item| !item.is_empty()).collect();
    let kind = items.iter().filter(|item| of_kind(item)).count();
    kind >= 4 && kind * 10 >= items.len() * 6
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::{is_plausible, says_something};

    #[test]
    fn sentences_and_notes_are_plausible_and_shuffled_ones_mostly_not() {
        for line in [
            "the cache holds hot links in front of the database",
            "302 over 301, because clicks must be counted",
            "a standby takes over when the primary dies",
            "cache-aside with TTL 60 s",
            "what we will do is shard by user",
        ] {
            assert!(is_plausible(&tokens(line), false), "{line}");
        }
        for line in [
            "holds the in front cache database of hot the links",
            "because be counted must 302 clicks the over of",
            "over a when the standby primary dies takes the",
        ] {
            assert!(!is_plausible(&tokens(line), false), "{line}");
        }
    }

    #[test]
    fn names_alone_say_nothing() {
        assert!(!says_something(&tokens("cache, sharding, kafka, CDN")));
        assert!(says_something(&tokens("cache: hot links")));
        assert!(says_something(&tokens("kafka decouples counting")));
    }
}
