//! Widths and cuts of text in terminal columns.
//!
//! Widths are those of graphemes as `unicode-width` gives them, the same as ratatui's buffer uses, so what is
//! measured here is what is drawn.

use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The columns that a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// A number with a comma between thousands: `1,204`.
pub fn grouped(number: u64) -> String {
    grouped_digits(&number.to_string())
}

/// Digits with a comma between thousands.
pub fn grouped_digits(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The text if it fits into `columns`, else as much as fits before `ellipsis`. Never splits a grapheme.
pub fn truncate(text: &str, columns: usize, ellipsis: &str) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let sign = prefix(ellipsis, columns);
    format!("{}{sign}", prefix(text, columns - width(sign)))
}

/// The longest beginning of a text that fits into `columns`, cut between graphemes.
pub fn prefix(text: &str, columns: usize) -> &str {
    let mut used = 0;
    for (start, grapheme) in text.grapheme_indices(true) {
        used += width(grapheme);
        if used > columns {
            return &text[..start];
        }
    }
    text
}

/// A line cut to `columns` like [`truncate`]; each span keeps its style.
pub fn truncate_line(line: &Line<'_>, columns: usize, ellipsis: &str) -> Line<'static> {
    let owned = |span: &Span<'_>| Span::styled(span.content.clone().into_owned(), span.style);
    if line.width() <= columns {
        return Line::from_iter(line.spans.iter().map(owned)).style(line.style);
    }
    let sign = prefix(ellipsis, columns);
    let mut left = columns - width(sign);
    let mut spans = Vec::new();
    for span in &line.spans {
        let kept = prefix(&span.content, left);
        spans.push(Span::styled(kept.to_owned(), span.style));
        left -= width(kept);
        if kept.len() < span.content.len() {
            break;
        }
    }
    let style = spans.last().map(|span| span.style).unwrap_or_default();
    spans.push(Span::styled(sign.to_owned(), style));
    Line::from(spans).style(line.style)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, columns: usize, expect: &str) {
        let cut = truncate(text, columns, "…");
        assert_eq!(cut, expect);
        assert!(width(&cut) <= columns);
        assert_eq!(truncate_line(&Line::from(text), columns, "…").to_string(), expect);
    }

    #[test]
    fn a_text_is_cut_between_graphemes_to_the_columns_there_are() {
        check("sharding", 8, "sharding");
        check("sharding", 7, "shardi…");
        check("sharding", 1, "…");
        check("sharding", 0, "");
        check("分片策略", 5, "分片…");
        check("分片策略", 4, "分…");
        check("a👩‍👩‍👧b", 3, "a…");
        check("e\u{301}te\u{301}", 2, "e\u{301}…");
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!([0, 999, 1204, 1_000_000].map(grouped), ["0", "999", "1,204", "1,000,000"]);
    }

    #[test]
    fn an_ellipsis_too_wide_is_cut_itself() {
        assert_eq!(truncate("sharding", 2, "..."), "..");
    }

    #[test]
    fn spans_keep_their_styles() {
        let line = Line::from(vec![Span::raw("read "), Span::styled("hashing", ratatui::style::Modifier::BOLD)]);
        let cut = truncate_line(&line, 8, "…");
        assert_eq!(cut.to_string(), "read ha…");
        assert_eq!(cut.spans[2].style, line.spans[1].style);
    }
}
