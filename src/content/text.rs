//! Foreign bytes made safe to show.
//!
//! Content comes from files that anybody may have written, and it ends up in a terminal, which obeys what it
//! is sent. Here every text is made harmless once, when it is read: control characters become visible
//! symbols, marks that reorder or hide text are taken out. Start reading at [`clean`].

use std::borrow::Cow;
use std::collections::BTreeMap;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

use super::file::number;
use super::model::{Place, Problem};

/// The largest file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = 1024 * 1024;

/// How many characters without a width of their own one grapheme may carry.
const MAX_MARKS: usize = 8;

/// Why a file's bytes were refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// More than [`MAX_FILE_BYTES`].
    #[error("the file is longer than the {MAX_FILE_BYTES} bytes that are read: split it")]
    TooLong,
    /// Not UTF-8.
    #[error("the file is not UTF-8 from here on: save it as UTF-8")]
    NotUtf8 {
        /// Of the first bad byte, from 1.
        line: u32,
        /// Of the first bad byte, from 1, in characters.
        column: u32,
    },
}

impl DecodeError {
    /// The error as a problem of `file`.
    pub fn problem(&self, file: &str) -> Problem {
        let (line, column) = match *self {
            Self::TooLong => (1, 1),
            Self::NotUtf8 { line, column } => (line, column),
        };
        Problem { place: Place { file: clean(file).into_owned(), line, column }, message: self.to_string() }
    }
}

/// A file's bytes as text: at most 1 MiB, UTF-8, without a byte order mark, each line ended by `\n`.
pub fn decode(bytes: &[u8]) -> Result<String, DecodeError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(DecodeError::TooLong);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        let (line, column) = line_and_column(&good, good.len());
        DecodeError::NotUtf8 { line, column }
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    Ok(if text.contains('\r') { text.replace("\r\n", "\n") } else { text.to_owned() })
}

/// A text that cannot do anything to a terminal.
///
/// Control characters other than tab and newline are shown as symbols (`␛`), marks that reorder text or have
/// no width by themselves are left out, and of a grapheme's zero-width marks the first eight stay.
/// Borrows where there was nothing to do.
pub fn clean(text: &str) -> Cow<'_, str> {
    if is_clean(text) { Cow::Borrowed(text) } else { Cow::Owned(scrub(text, |_, _| {})) }
}

/// A character that [`clean`] changed, with the first place where it stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Flaw {
    pub(super) line: u32,
    pub(super) column: u32,
    pub(super) code: char,
    pub(super) count: usize,
}

impl Flaw {
    /// The flaw as a problem of `file`.
    pub(super) fn problem(&self, file: &str) -> Problem {
        let more = match self.count {
            1 => String::new(),
            count => format!(" (and {} more)", count - 1),
        };
        Problem {
            place: Place { file: file.to_owned(), line: self.line, column: self.column },
            message: format!("the text contains the character U+{:04X}{more}: remove it", u32::from(self.code)),
        }
    }
}

/// Like [`clean`], and names each kind of character that was changed once.
pub(super) fn inspect(text: &str) -> (Cow<'_, str>, Vec<Flaw>) {
    if is_clean(text) {
        return (Cow::Borrowed(text), Vec::new());
    }
    let mut found: BTreeMap<char, (usize, usize)> = BTreeMap::new();
    let scrubbed = scrub(text, |at, code| found.entry(code).or_insert((at, 0)).1 += 1);
    let flaws = found
        .into_iter()
        .map(|(code, (at, count))| {
            let (line, column) = line_and_column(text, at);
            Flaw { line, column, code, count }
        })
        .collect();
    (Cow::Owned(scrubbed), flaws)
}

/// The line and the column, from 1 and in characters, of a byte offset.
pub(super) fn line_and_column(text: &str, at: usize) -> (u32, u32) {
    let before = &text[..text.floor_char_boundary(at)];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
    (number(line), number(before[line_start..].chars().count() + 1))
}

/// The common case, decided at the speed of a byte scan.
fn is_clean(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'\t' | b'\n' | b' '..=b'~'))
        || (text.chars().all(|c| fate(c) == Fate::Stays)
            && text.graphemes(true).all(|grapheme| grapheme.chars().filter(|&c| is_mark(c)).count() <= MAX_MARKS))
}

fn scrub(text: &str, mut changed: impl FnMut(usize, char)) -> String {
    let mut out = String::with_capacity(text.len());
    for (start, grapheme) in text.grapheme_indices(true) {
        let mut marks = 0;
        for (offset, c) in grapheme.char_indices() {
            marks += usize::from(is_mark(c));
            let fate = match fate(c) {
                Fate::Stays if is_mark(c) && marks > MAX_MARKS => Fate::Goes,
                fate => fate,
            };
            match fate {
                Fate::Stays => out.push(c),
                Fate::Goes => changed(start + offset, c),
                Fate::Becomes(symbol) => {
                    changed(start + offset, c);
                    out.push(symbol);
                }
            }
        }
    }
    out
}

/// What becomes of a character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Stays,
    Goes,
    Becomes(char),
}

fn fate(c: char) -> Fate {
    match c {
        '\t' | '\n' => Fate::Stays,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).map_or(Fate::Goes, Fate::Becomes),
        '\u{7f}' => Fate::Becomes('␡'),
        '\u{80}'..='\u{9f}' => Fate::Becomes('\u{fffd}'),
        '\u{2028}' | '\u{2029}' => Fate::Becomes(' '),
        // Bidirectional marks, embeddings, overrides and isolates.
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' => Fate::Goes,
        // Without a width and without a meaning of their own; the joiners U+200C and U+200D have one.
        '\u{ad}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' => Fate::Goes,
        // Tags, which can carry a hidden text.
        '\u{e0000}'..='\u{e007f}' => Fate::Goes,
        _ => Fate::Stays,
    }
}

fn is_mark(c: char) -> bool {
    c.width() == Some(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, shown: &str) {
        assert_eq!(clean(text), shown, "{text:?}");
        assert_eq!(clean(shown), shown, "cleaning twice changes nothing");
    }

    #[test]
    fn what_is_harmless_stays_and_is_borrowed() {
        for text in ["", "a\tb\nc", "Größe ≈ 3 µs → ∞", "👩‍👩‍👧‍👦 é e\u{301}", "می\u{200c}خواهم"]
        {
            check(text, text);
            assert!(matches!(clean(text), Cow::Borrowed(_)), "{text:?}");
        }
    }

    #[test]
    fn control_characters_become_visible() {
        check("\x1b[2J", "␛[2J");
        check("a\0b\x07\x7f\r", "a␀b␇␡␍");
        check("\u{9b}31m", "\u{fffd}31m");
    }

    #[test]
    fn marks_that_hide_or_reorder_are_left_out() {
        check("user\u{202e}txt.exe", "usertxt.exe");
        check("a\u{200b}\u{feff}\u{2066}b", "ab");
        check("hidden\u{e0041}\u{e0042}", "hidden");
    }

    #[test]
    fn a_grapheme_carries_at_most_eight_marks() {
        let flood = format!("a{}b", "\u{301}".repeat(500));
        check(&flood, &format!("a{}b", "\u{301}".repeat(8)));
    }

    #[test]
    fn a_flaw_names_its_first_place_and_how_many_there_are() {
        let (_, flaws) = inspect("fine\nbad \x1b and\n\x1b\u{202e}");
        let shown: Vec<_> = flaws.iter().map(|flaw| flaw.problem("a.md").to_string()).collect();
        assert_eq!(
            shown,
            [
                "a.md:2:5: the text contains the character U+001B (and 1 more): remove it",
                "a.md:3:2: the text contains the character U+202E: remove it",
            ]
        );
    }

    #[test]
    fn bytes_are_refused_with_the_reason() {
        assert_eq!(decode("\u{feff}a\r\nb".as_bytes()), Ok("a\nb".to_owned()));
        assert_eq!(decode(b"ab\n\xc3\xa9\xff"), Err(DecodeError::NotUtf8 { line: 2, column: 2 }));
        let long = vec![b'a'; MAX_FILE_BYTES + 1];
        assert_eq!(decode(&long), Err(DecodeError::TooLong));
    }
}
