//! A share as a bar: `███████░`.

use ratatui::text::{Line, Span};

use crate::tui::theme::Theme;

/// A bar of `columns` for a share from 0 to 1. Only nothing is shown as nothing, and only everything as full.
pub fn bar(theme: &Theme, share: f64, columns: usize) -> Line<'static> {
    let share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
    let exact = share * columns as f64;
    let full = if share < 0.5 { exact.ceil() } else { exact.floor() } as usize;
    Line::from(vec![
        Span::styled(theme.glyphs.bar_full.repeat(full), theme.accent),
        Span::styled(theme.glyphs.bar_rest.repeat(columns - full), theme.border),
    ])
}

/// A share in per cent, right-aligned to five columns: ` 86 %`.
pub fn percent(share: f64) -> String {
    format!("{:>3.0} %", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(share: f64, expected: &str) {
        assert_eq!(bar(&Theme::default(), share, 8).to_string(), expected);
    }

    #[test]
    fn only_the_ends_look_like_ends() {
        check(0.0, "░░░░░░░░");
        check(0.001, "█░░░░░░░");
        check(0.5, "████░░░░");
        check(0.999, "███████░");
        check(1.0, "████████");
    }

    #[test]
    fn what_is_no_share_is_none() {
        check(f64::NAN, "░░░░░░░░");
        check(-1.0, "░░░░░░░░");
        check(7.0, "████████");
    }

    #[test]
    fn per_cents_align() {
        assert_eq!([0.0, 0.07, 0.52, 1.0].map(percent), ["  0 %", "  7 %", " 52 %", "100 %"]);
    }
}
