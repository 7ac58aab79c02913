//! Breaking text into lines, by the widths that are drawn.
//!
//! Break opportunities are those of Unicode (UAX 14, through `textwrap`); a word wider than a line is cut between
//! graphemes.

use std::ops::Range;

use textwrap::word_splitters::split_words;
use textwrap::{WordSeparator, WordSplitter};

use super::text::{prefix, width};

/// The byte ranges of the lines into which a text breaks when a line has `columns`; blanks at the ends of lines
/// belong to none. An empty text is one empty line. At least one grapheme stands on every line.
pub fn lines(text: &str, columns: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for paragraph in text.split('\n') {
        wrap_paragraph(paragraph, start, columns, &mut lines);
        start += paragraph.len() + 1;
    }
    lines
}

/// The lines themselves.
pub fn wrap(text: &str, columns: usize) -> Vec<&str> {
    lines(text, columns).into_iter().map(|range| &text[range]).collect()
}

fn wrap_paragraph(text: &str, offset: usize, columns: usize, lines: &mut Vec<Range<usize>>) {
    if text.is_ascii() && text.len() <= columns {
        lines.push(offset..offset + text.trim_end_matches(' ').len());
        return;
    }
    // The line being filled: where it begins, where its last word ends, and the columns up to the next word.
    let (mut begin, mut end, mut used) = (0, 0, 0);
    let mut at = 0;
    let words = WordSeparator::UnicodeBreakProperties.find_words(text);
    for word in split_words(words, &WordSplitter::HyphenSplitter) {
        let mut rest = word.word;
        if used + width(rest) > columns && end > begin {
            lines.push(offset + begin..offset + end);
            (begin, used) = (at, 0);
        }
        while width(rest) > columns {
            let head = prefix_of_one_or_more(rest, columns);
            if head.len() == rest.len() {
                break;
            }
            lines.push(offset + at..offset + at + head.len());
            at += head.len();
            begin = at;
            rest = &rest[head.len()..];
        }
        at += rest.len();
        end = at;
        at += word.whitespace.len();
        used += width(rest) + word.whitespace.len();
    }
    lines.push(offset + begin..offset + end.max(begin));
}

/// As many graphemes as fit, but at least the first, or a line of no columns would never end.
fn prefix_of_one_or_more(text: &str, columns: usize) -> &str {
    match prefix(text, columns) {
        "" => unicode_segmentation::UnicodeSegmentation::graphemes(text, true).next().unwrap_or(text),
        head => head,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, columns: usize, expect: &[&str]) {
        assert_eq!(wrap(text, columns), expect);
    }

    #[test]
    fn words_stay_whole_where_they_fit() {
        check("", 10, &[""]);
        check("a ring of nodes", 8, &["a ring", "of nodes"]);
        check("a ring of nodes", 40, &["a ring of nodes"]);
        check("two\n\nthree", 10, &["two", "", "three"]);
        check("ends in blanks   ", 8, &["ends in", "blanks"]);
    }

    #[test]
    fn long_words_are_cut_between_graphemes() {
        check("abcdefgh ij", 3, &["abc", "def", "gh", "ij"]);
        check("分片策略", 4, &["分片", "策略"]);
        check("👩‍👩‍👧👩‍👩‍👧", 1, &["👩‍👩‍👧", "👩‍👩‍👧"]);
        check("abc", 0, &["a", "b", "c"]);
    }

    #[test]
    fn a_break_is_allowed_behind_a_hyphen_and_between_wide_characters() {
        check("write-ahead", 8, &["write-", "ahead"]);
        check("ring 分片策略", 9, &["ring 分片", "策略"]);
    }
}
