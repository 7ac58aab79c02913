//! Cuts a line into words, numbers and marks.

use std::ops::Range;

use super::stem::stem;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters, perhaps with digits: `cache`, `p99`.
    Word,
    /// Begins with a digit and has no letters: `302`, `1,160`, `99.99`.
    Number,
    /// One of `, : ; ( ) = -> ? …`.
    Mark,
}

/// A word, a number or a mark of a line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    /// In lower case.
    pub(crate) lower: String,
    /// What is compared.
    pub(crate) stem: String,
    /// Bytes of the line.
    pub(crate) at: Range<usize>,
    /// Whether it repeats what the candidate was told.
    pub(crate) echo: bool,
}

impl Token {
    pub(crate) fn is(&self, word: &str) -> bool {
        self.lower == word
    }

    pub(crate) fn is_any(&self, words: &[&str]) -> bool {
        words.contains(&self.lower.as_str())
    }

    pub(crate) fn is_mark(&self) -> bool {
        self.kind == Kind::Mark
    }
}

/// The tokens of a line. Hyphens, slashes, underscores and humps part words: `EvictionPolicy` is two.
pub(crate) fn tokens(line: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        let rest = &line[at..];
        let length = if c.is_alphanumeric() {
            word_length(rest)
        } else if let Some(mark) = ["->", "=>", "→", "..."].iter().find(|mark| rest.starts_with(**mark)) {
            mark.len()
        } else {
            c.len_utf8()
        };
        let text = &rest[..length];
        if c.is_alphanumeric() {
            found.push(word(text, at));
        } else if !c.is_whitespace() && !matches!(c, '-' | '/' | '_' | '*' | '`' | '"' | '\'' | '+' | '~') {
            let lower = if matches!(text, "=>" | "→") { "->".to_owned() } else { text.to_owned() };
            found.push(Token { kind: Kind::Mark, stem: lower.clone(), lower, at: at..at + length, echo: false });
        }
        at += length;
    }
    found
}

fn word(text: &str, at: usize) -> Token {
    let lower = text.to_lowercase();
    let number = text.starts_with(|c: char| c.is_ascii_digit()) && !text.contains(char::is_alphabetic);
    let kind = if number { Kind::Number } else { Kind::Word };
    let stem = if number { lower.replace(',', "") } else { stem(&lower) };
    Token { kind, stem, lower, at: at..at + text.len(), echo: false }
}

/// How many bytes of the text, which begins with a letter or digit, are one word.
fn word_length(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let mut last = None;
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        let joins = match c {
            '.' | ',' => last.is_some_and(|l: char| l.is_ascii_digit()) && next.is_some_and(|n| n.is_ascii_digit()),
            '\'' | '’' => next.is_some_and(char::is_alphabetic),
            '^' => last.is_some_and(|l: char| l.is_ascii_digit()) && next.is_some_and(|n| n.is_ascii_digit()),
            _ => false,
        };
        let hump = c.is_uppercase() && last.is_some_and(char::is_lowercase);
        if hump || !(c.is_alphanumeric() || joins) {
            return at;
        }
        last = Some(c);
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::tokens;

    fn check(line: &str, wanted: &str) {
        let found: Vec<String> = tokens(line).into_iter().map(|token| token.lower).collect();
        assert_eq!(found.join(" | "), wanted, "{line}");
    }

    #[test]
    fn lines_become_words_numbers_and_marks() {
        check("cache-aside, TTL 60s", "cache | aside | , | ttl | 60s");
        check("1,160 reads/s → p99", "1,160 | reads | s | -> | p99");
        check("EvictionPolicy.onGet()", "eviction | policy | . | on | get | ( | )");
        check("62^6 = 56.8bn; don't", "62^6 | = | 56.8bn | ; | don't");
        check("NoSQL isn't user_id", "no | sql | isn't | user | id");
    }
}
