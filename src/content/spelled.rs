//! Characters that a TOML file spells by their codes, which no look at the file's own text can find.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::text::clean;

/// What is said of a value that [`spelled_out`] found.
pub(crate) const SPELLED_OUT: &str = "this spells a control or invisible character by its code: remove it";

/// Where the first key or text stands that spells a character which must not reach a terminal, as a byte of `text`. `None` also where
/// `text` is not TOML: that is for its reader to say.
pub(crate) fn spelled_out(text: &str) -> Option<usize> {
    // Without an escape a text says what it shows, and files were cleaned when they were read.
    if !text.contains('\\') {
        return None;
    }
    in_table(DeTable::parse(text).ok()?.get_ref())
}

fn in_table(table: &DeTable<'_>) -> Option<usize> {
    let found = table
        .iter()
        .filter_map(|(key, value)| if is_harmless(key.get_ref()) { in_value(value) } else { Some(key.span().start) });
    found.min()
}

fn in_value(value: &Spanned<DeValue<'_>>) -> Option<usize> {
    match value.get_ref() {
        DeValue::String(text) => (!is_harmless(text)).then_some(value.span().start),
        DeValue::Array(items) => items.iter().filter_map(in_value).min(),
        DeValue::Table(table) => in_table(table),
        _ => None,
    }
}

fn is_harmless(text: &str) -> bool {
    *clean(text) == *text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: Option<usize>) {
        assert_eq!(spelled_out(text), expect, "{text}");
    }

    #[test]
    fn characters_spelled_by_their_codes_are_found_wherever_they_stand() {
        check("title = \"a \\u00e9 b\"", None);
        check("title = \"\\u001B[31m\"", Some(8));
        check("title = \"plain\"\n[[a]]\nb = [\"x\", \"\\u202E\"]", Some(32));
        check("[\"\\u0007\"]\na = 1", Some(1));
        check("title = 'C:\\users'", None);
        check("title = \"\\u001B", None);
    }
}
