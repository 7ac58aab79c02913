//! Numbers in prose: `1,160 reads per second`, `p99 < 50ms`, `2.7 TB with copies`.

use crate::estimate::{Axis, Dimension, Quantity, Unit, evaluate};

use super::super::evidence::Wildcard;
use super::super::text::{Kind, Token};

/// A number of the notes with what it measures.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stated {
    /// The token that it begins with.
    pub(super) at: usize,
    pub(super) value: Quantity,
}

/// So many tokens make a number with its unit: `1,160 reads per second` has four.
const LONGEST: usize = 6;

/// The numbers of a line.
pub(super) fn quantities(line: &str, tokens: &[Token]) -> Vec<Stated> {
    let mut found = Vec::new();
    let mut next = 0;
    while next < tokens.len() {
        let begins = tokens[next].lower.starts_with(|c: char| c.is_ascii_digit());
        match begins.then(|| quantity(line, &tokens[next..])).flatten() {
            Some((value, length)) => {
                found.push(Stated { at: next, value });
                next += length;
            }
            None => next += 1,
        }
    }
    found
}

/// The longest reading of the tokens as a number with a unit.
fn quantity(line: &str, tokens: &[Token]) -> Option<(Quantity, usize)> {
    let start = tokens.first()?.at.start;
    let start = if line[..start].ends_with('$') { start - 1 } else { start };
    let longest = tokens.len().min(LONGEST);
    for length in (1..=longest).rev() {
        let end = tokens[length - 1].at.end;
        let end = if line[end..].trim_start().starts_with('%') && length == 1 {
            line[end..].find('%')? + end + 1
        } else {
            end
        };
        let text = spelled(&line[start..end]);
        if let Ok(value) = evaluate(&text) {
            return Some((value, length));
        }
        // "12 lookups/s": a thing that has no unit is counted all the same.
        if let Some(value) = rate_of_anything(&text) {
            return Some((value, length));
        }
    }
    None
}

/// A number as people write it, in the words of the estimation language.
fn spelled(text: &str) -> String {
    let spellings = [
        (" a second", "/s"),
        (" each second", "/s"),
        (" per second", "/s"),
        (" per sec", "/s"),
        ("/second", "/s"),
        ("/sec", "/s"),
        (" per minute", "/min"),
        (" per hour", "/h"),
        (" a day", "/day"),
        (" per day", "/day"),
        (" a month", "/month"),
        (" mn", "M"),
        ("mln", "M"),
    ];
    spellings.iter().fold(text.to_owned(), |text, (spelling, meaning)| text.replace(spelling, meaning))
}

/// `12 lookups/s` as a rate of requests.
fn rate_of_anything(text: &str) -> Option<Quantity> {
    let (count, time) = text.rsplit_once('/')?;
    let mut words = count.split_whitespace();
    let (number, thing) = (words.next()?, words.next());
    let scale = thing.filter(|word| ["million", "billion", "thousand", "M", "k", "bn"].contains(word)).unwrap_or("");
    thing?;
    Unit::parse(time.trim()).ok()?;
    evaluate(&format!("{number} {scale} req/{}", time.trim())).ok()
}

/// The kinds of number that begin at each token.
pub(super) fn kinds(stated: &[Stated], tokens: &[Token]) -> Vec<Vec<Wildcard>> {
    let mut kinds = vec![Vec::new(); tokens.len()];
    for one in stated {
        kinds[one.at] = kinds_of(&one.value, tokens.get(one.at + 1));
    }
    for (at, token) in tokens.iter().enumerate() {
        if token.kind == Kind::Number && kinds[at].is_empty() {
            kinds[at].push(Wildcard::Number);
        }
    }
    kinds
}

fn kinds_of(value: &Quantity, next: Option<&Token>) -> Vec<Wildcard> {
    let dimension = measured(value.dimension());
    let time = dimension.power(&Axis::Time);
    let size = dimension.power(&Axis::Information);
    let mut kinds = vec![Wildcard::Number];
    if size == 1 && time == 0 {
        kinds.push(Wildcard::Size);
    } else if time == 1 && size == 0 {
        kinds.push(Wildcard::Duration);
    } else if time == -1 {
        kinds.push(Wildcard::Rate);
    } else if value.dimension().is_plain() && next.is_some_and(|token| token.is("%") || token.is("percent")) {
        kinds.push(Wildcard::Percent);
    }
    kinds
}

/// A dimension without counted things: `req/s` and `write/s` measure the same where a number is judged.
pub(super) fn measured(dimension: &Dimension) -> Dimension {
    dimension.over(&dimension.counted())
}

#[cfg(test)]
mod tests {
    use super::super::super::text::tokens;
    use super::quantities;

    fn check(line: &str, wanted: &[&str]) {
        let found: Vec<String> = quantities(line, &tokens(line)).iter().map(|one| one.value.to_string()).collect();
        assert_eq!(found, wanted, "{line}");
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        check("about 1,160 reads per second at the peak", &["1.16k read/s"]);
        check("p99 below 50ms", &["50 ms"]);
        check("2.7 TB with 3 copies", &["2.7 TB", "3 copy"]);
        check("12 lookups/s", &["12 req/s"]);
        check("116 QPS, 12 writes a second", &["116 req/s", "12 write/s"]);
        check("99.99% of redirects", &["99.99%"]);
        check("use 302", &["302"]);
    }
}
