//! What stands in a box.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::super::graph::{Count, Node};

/// Names wider than this go on in the next line of their box.
const WIDEST: i32 = 16;

/// The lines of a box.
#[derive(Clone, Debug)]
pub(super) struct Label {
    pub(super) lines: Vec<String>,
    pub(super) remarks: usize,
}

impl Label {
    pub(super) fn width(&self) -> i32 {
        self.lines.iter().map(|line| columns(line)).max().unwrap_or(0)
    }
}

pub(super) fn label(node: &Node) -> Label {
    let count = match node.count {
        None => String::new(),
        Some(Count::Exactly(n)) => format!(" *{n}"),
        Some(Count::Many) => " *n".to_owned(),
    };
    let mut lines = wrapped(&format!("{}{count}", node.name), 3);
    let remark = node.remark.as_deref().map(|remark| wrapped(remark, 1)).unwrap_or_default();
    let remarks = remark.len();
    lines.extend(remark);
    Label { lines, remarks }
}

pub(super) fn columns(text: &str) -> i32 {
    i32::try_from(text.width()).unwrap_or(i32::MAX)
}

/// As much of a text as fits.
pub(super) fn cut(text: &str, most: i32) -> String {
    let mut kept = String::new();
    for grapheme in text.graphemes(true) {
        if columns(&kept) + columns(grapheme) > most {
            break;
        }
        kept.push_str(grapheme);
    }
    kept
}

/// A text in at most so many lines; what does not fit is cut.
fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let word = cut(word, WIDEST);
        let is_full = lines.len() == most;
        match lines.last_mut() {
            Some(line) if columns(line) + 1 + columns(&word) <= WIDEST => {
                line.push(' ');
                line.push_str(&word);
            }
            _ if is_full => break,
            _ => lines.push(word),
        }
    }
    lines
}
