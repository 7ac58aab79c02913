//! How often something falls where, in one row.

use crate::tui::theme::Theme;

/// One column a number, as high as it is beside the greatest. Only nothing is blank.
pub fn histogram(theme: &Theme, counts: &[u32]) -> String {
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let column = |count: &u32| match (u64::from(*count) * 8).div_ceil(u64::from(most)) {
        0 => " ",
        eighths => theme.glyphs.eighths[eighths as usize - 1],
    };
    counts.iter().map(column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_high_as_their_counts() {
        let check = |counts: &[u32], expect: &str| assert_eq!(histogram(&Theme::default(), counts), expect);
        check(&[0, 1, 4, 8, 4, 1], " ▁▄█▄▁");
        check(&[u32::MAX, 1], "█▁");
        check(&[0, 0], "  ");
        check(&[], "");
    }
}
