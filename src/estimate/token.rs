//! Cuts a line into tokens. Knows no unit and no name: `10M` is the number 10 with the word `M` glued to it.

use std::ops::Range;

use super::error::{ErrorKind, Fault, Outcome};

/// A token and the bytes it covers.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token<'a> {
    pub(super) kind: TokenKind<'a>,
    pub(super) span: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum TokenKind<'a> {
    /// `grouped` where it was written with commas: `1,000`.
    Number {
        value: f64,
        grouped: bool,
    },
    Word(&'a str),
    /// One of `+ - * / ^ ( ) , % $ = ≈ ·` or `..`, in that one spelling.
    Symbol(&'static str),
    End,
}

/// The tokens of a line, the last of which is [`TokenKind::End`]. A comment (`# …`, `→ …`) ends the line.
pub(super) fn tokens(line: &str) -> Outcome<Vec<Token<'_>>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(next) = line[at..].chars().next() {
        if next.is_whitespace() {
            at += next.len_utf8();
            continue;
        }
        if next == '#' || next == '→' {
            break;
        }
        let (kind, length) = token(&line[at..]).map_err(|fault| {
            let fault = Fault { span: at + fault.span.start..at + fault.span.end, ..fault };
            if next == ':' { fault.suggest(ratio(&line[..at], &line[at + 1..])) } else { fault }
        })?;
        tokens.push(Token { kind, span: at..at + length });
        at += length;
    }
    let end = tokens.last().map_or(0, |last| last.span.end);
    tokens.push(Token { kind: TokenKind::End, span: end..end });
    Ok(tokens)
}

/// How to write the ratio around a colon.
fn ratio(before: &str, after: &str) -> String {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '_');
    let (before, after) = (before.trim_end(), after.trim_start());
    let left = &before[before.trim_end_matches(is_number).len()..];
    let right = &after[..after.len() - after.trim_start_matches(is_number).len()];
    if left.is_empty() || right.is_empty() {
        "write a ratio with `/`".to_owned()
    } else {
        format!("write `{left} / {right}`")
    }
}

/// The first token of a text that begins with one, and its length in bytes.
fn token(text: &str) -> Outcome<(TokenKind<'_>, usize)> {
    let first = text.chars().next().unwrap_or(' ');
    let fraction = first == '.' && text[1..].starts_with(|c: char| c.is_ascii_digit());
    if first.is_ascii_digit() || fraction {
        return number(text);
    }
    if is_word_start(first) {
        let length = text.find(|c: char| !is_word_part(c)).unwrap_or(text.len());
        return Ok((TokenKind::Word(&text[..length]), length));
    }
    symbol(text).map(|(symbol, length)| (TokenKind::Symbol(symbol), length)).ok_or_else(|| {
        let message = format!("`{}` means nothing here", first.escape_debug());
        Fault::new(ErrorKind::Syntax, 0..first.len_utf8(), message)
    })
}

fn is_word_start(c: char) -> bool {
    c.is_alphabetic() || c == '_' || c == 'µ'
}

fn is_word_part(c: char) -> bool {
    is_word_start(c) || c.is_ascii_digit()
}

/// Symbols as they may be typed, longest first, and as the parser sees them.
const SYMBOLS: &[(&str, &str)] = &[
    ("**", "^"),
    ("..", ".."),
    ("…", ".."),
    ("~=", "≈"),
    ("≈", "≈"),
    ("+", "+"),
    ("-", "-"),
    ("−", "-"),
    ("*", "*"),
    ("×", "*"),
    ("·", "·"),
    ("/", "/"),
    ("÷", "/"),
    ("^", "^"),
    ("(", "("),
    (")", ")"),
    (",", ","),
    ("%", "%"),
    ("$", "$"),
    ("=", "="),
];

fn symbol(text: &str) -> Option<(&'static str, usize)> {
    SYMBOLS.iter().find(|(typed, _)| text.starts_with(typed)).map(|(typed, symbol)| (*symbol, typed.len()))
}

/// Reads `12`, `1_000`, `1,000,000`, `.5`, `1.5`, `1e9` and `2.5e-3`.
fn number(text: &str) -> Outcome<(TokenKind<'static>, usize)> {
    let bytes = text.as_bytes();
    let digits = |from: usize| from + bytes[from..].iter().take_while(|b| b.is_ascii_digit() || **b == b'_').count();
    let mut end = digits(0);
    let mut grouped = false;
    while group_follows(&bytes[end..]) && (grouped || (1..=3).contains(&end)) {
        grouped = true;
        end += 4;
    }
    if bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        end = digits(end + 1);
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        if bytes.get(end + 1 + sign).is_some_and(u8::is_ascii_digit) {
            end = digits(end + 1 + sign);
        }
    }
    let plain: String = text[..end].chars().filter(|c| *c != '_' && *c != ',').collect();
    let value: f64 = plain
        .parse()
        .map_err(|_| Fault::new(ErrorKind::Syntax, 0..end, format!("`{}` is not a number", &text[..end])))?;
    if value.is_finite() {
        Ok((TokenKind::Number { value, grouped }, end))
    } else {
        Err(Fault::new(ErrorKind::Arithmetic, 0..end, "this number is too large"))
    }
}

/// Whether a comma with exactly three digits comes next.
fn group_follows(bytes: &[u8]) -> bool {
    matches!(bytes, [b',', a, b, c, rest @ ..]
        if [a, b, c].iter().all(|digit| digit.is_ascii_digit()) && !rest.first().is_some_and(u8::is_ascii_digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expect: &[TokenKind<'_>]) {
        let found = tokens(line).expect("tokens");
        let kinds: Vec<_> = found[..found.len() - 1].iter().map(|token| token.kind).collect();
        assert_eq!(kinds, expect, "{line}");
    }

    fn plain(value: f64) -> TokenKind<'static> {
        TokenKind::Number { value, grouped: false }
    }

    fn grouped(value: f64) -> TokenKind<'static> {
        TokenKind::Number { value, grouped: true }
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        check("10", &[plain(10.0)]);
        check(".5", &[plain(0.5)]);
        check("1.5e3", &[plain(1500.0)]);
        check("1_000_000", &[plain(1e6)]);
        check("1,000,000", &[grouped(1e6)]);
        check("1,000.5", &[grouped(1000.5)]);
        check("2e9B", &[plain(2e9), TokenKind::Word("B")]);
        check("1event", &[plain(1.0), TokenKind::Word("event")]);
    }

    #[test]
    fn what_only_looks_like_a_group_is_two_numbers() {
        check("1,00", &[plain(1.0), TokenKind::Symbol(","), plain(0.0)]);
        check("1, 000", &[plain(1.0), TokenKind::Symbol(","), plain(0.0)]);
        check("1234,567", &[plain(1234.0), TokenKind::Symbol(","), plain(567.0)]);
    }

    #[test]
    fn ranges_do_not_eat_decimals() {
        check("1..3", &[plain(1.0), TokenKind::Symbol(".."), plain(3.0)]);
        check("1.5...5", &[plain(1.5), TokenKind::Symbol(".."), plain(0.5)]);
    }

    #[test]
    fn comments_end_the_line() {
        check("10 # ten", &[plain(10.0)]);
        check("10 → 10", &[plain(10.0)]);
        check("# nothing", &[]);
    }

    #[test]
    fn a_ratio_with_a_colon_is_told_its_division() {
        let remedy = |line: &str| tokens(line).expect_err("no colons").suggestion.unwrap_or_default();
        assert_eq!(remedy("reads = 100:1"), "write `100 / 1`");
        assert_eq!(remedy("1,000 : 1.5 GB"), "write `1,000 / 1.5`");
        assert_eq!(remedy("reads : writes"), "write a ratio with `/`");
    }

    #[test]
    fn a_stray_character_is_named_with_its_place() {
        let fault = tokens("1 + ¿").expect_err("no such symbol");
        assert_eq!(fault.suggestion, None);
        assert_eq!((fault.span, fault.message.as_str()), (4..6, "`¿` means nothing here"));
    }
}
