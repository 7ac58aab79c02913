//! Shares as bars.

use ratatui::style::Style;
use ratatui::text::Span;

use crate::tui::theme::Theme;

/// A share from 0 to 1 as a bar of `columns`, such as `███████░`. Only nothing is empty, and only all is full, so
/// that a bar never says more than the number beside it.
pub fn bar(theme: &Theme, share: f64, columns: usize, style: Style) -> [Span<'static>; 2] {
    let full = filled(share, columns);
    [
        Span::styled(theme.glyphs.bar_full.repeat(full), style),
        Span::styled(theme.glyphs.bar_rest.repeat(columns - full), theme.border),
    ]
}

fn filled(share: f64, of: usize) -> usize {
    let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    let nearest = (share * of as f64).round() as usize;
    let least = usize::from(share > 0.0 && of > 1);
    let most = if share < 1.0 { of.saturating_sub(1).max(least) } else { of };
    nearest.clamp(least.min(most), most)
}

/// A share in per cent, right-aligned to five columns: ` 86 %`.
pub fn percent(share: f64) -> String {
    format!("{:>3.0} %", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(share: f64, expect: &str) {
        let drawn: String = bar(&Theme::default(), share, 8, Style::new()).iter().map(|s| s.content.as_ref()).collect();
        assert_eq!(drawn, expect, "{share}");
    }

    #[test]
    fn a_bar_never_says_more_than_its_number() {
        check(0.0, "░░░░░░░░");
        check(0.001, "█░░░░░░░");
        check(0.5, "████░░░░");
        check(0.86, "███████░");
        check(0.999, "███████░");
        check(1.0, "████████");
        check(7.0, "████████");
        check(-1.0, "░░░░░░░░");
        check(f64::NAN, "░░░░░░░░");
    }

    #[test]
    fn per_cents_align() {
        assert_eq!([0.0, 0.07, 0.52, 1.0].map(percent), ["  0 %", "  7 %", " 52 %", "100 %"]);
    }
}
