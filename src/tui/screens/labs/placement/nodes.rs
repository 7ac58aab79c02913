//! How a node is told from the others: by a letter and a colour.

use ratatui::style::Style;

use crate::sim::placement::NodeId;
use crate::tui::theme::Theme;
use crate::tui::widgets::text::grouped;

/// The letters in turn; what lies beyond begins anew.
const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The letter of a node.
pub(super) fn letter(node: NodeId) -> char {
    char::from(LETTERS[node.index() % LETTERS.len()])
}

/// The colour of a node; its letter stands beside it.
pub(super) fn style(theme: &Theme, node: NodeId) -> Style {
    theme.series[node.index() % theme.series.len()]
}

/// A count with its thousands apart.
pub(super) fn count(number: usize) -> String {
    grouped(number as u64)
}

/// A share with one digit behind the point.
pub(super) fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}
