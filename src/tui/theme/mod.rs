//! What things look like: styles by role, and the signs drawn besides text.
//!
//! A screen says `theme.accent` or `theme.bad`, never a colour, and puts a word or a sign beside every colour,
//! because with `NO_COLOR` only attributes are left. Knows nothing of the terminal: depth and background are
//! told. Start reading at [`Theme`].

mod glyphs;
mod palette;

use ratatui::style::{Color, Modifier, Style};

pub use glyphs::Glyphs;
use palette::Palette;

/// The themes there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Soft colours on a dark background.
    #[default]
    Dark,
    /// Soft colours on a light background.
    Light,
    /// Strong colours, on either background.
    HighContrast,
    /// Blue and orange in place of green and red, on either background.
    ColourBlind,
}

/// Whether the terminal's background is dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "there is no more to say")]
pub enum Background {
    #[default]
    Dark,
    Light,
}

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Depth {
    /// None, or `NO_COLOR` is set: bold, dim, underlined and reversed are left.
    Mono,
    /// The sixteen that the user chose.
    Ansi16,
    /// xterm's 256.
    Ansi256,
    /// 24 bits.
    #[default]
    True,
}

/// A style for every role, and the signs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Theme {
    /// Running text.
    pub text: Style,
    /// What may be overlooked: units, times, hints.
    pub muted: Style,
    /// The one colour that leads the eye: what is active, what to press.
    pub accent: Style,
    /// Right, done, above the bar. Never without a word or a sign.
    pub good: Style,
    /// Wrong, failed, below the bar. Never without a word or a sign.
    pub bad: Style,
    /// Late, nearly, careful. Never without a word or a sign.
    pub warn: Style,
    /// Borders and rules.
    pub border: Style,
    /// Titles of screens and panels, headings.
    pub title: Style,
    /// The selected row; patched over what is drawn there.
    pub selection: Style,
    /// Whatever lies below a popup; patched over what is drawn there.
    pub veil: Style,
    /// A key to press, in the footer and in hints.
    pub key: Style,
    /// Code and expressions.
    pub code: Style,
    /// What can be followed.
    pub link: Style,
    /// What a search found.
    pub mark: Style,
    /// Lines and columns of charts, told apart; use their order.
    pub series: [Style; 6],
    /// The signs.
    pub glyphs: Glyphs,
}

impl Default for Theme {
    fn default() -> Self {
        Self::new(Kind::Dark, Background::Dark, Depth::True, Glyphs::UNICODE)
    }
}

impl Theme {
    /// The theme of a kind for a terminal.
    pub fn new(kind: Kind, background: Background, depth: Depth, glyphs: Glyphs) -> Self {
        if depth == Depth::Mono {
            return Self::without_colours(glyphs);
        }
        let palette = Palette::of(kind, background);
        let style = |hue: palette::Hue| Style::new().fg(hue.at(depth));
        let accent = style(palette.accent);
        Self {
            text: style(palette.text),
            muted: style(palette.muted),
            accent,
            good: style(palette.good),
            bad: style(palette.bad),
            warn: style(palette.warn),
            border: style(palette.border),
            title: accent.add_modifier(Modifier::BOLD),
            selection: Self::selection(palette, depth),
            veil: veil(style(palette.muted)),
            key: accent.add_modifier(Modifier::BOLD),
            code: style(palette.code),
            link: accent.add_modifier(Modifier::UNDERLINED),
            mark: Style::new().fg(palette.warn.at(depth)).add_modifier(Modifier::REVERSED),
            series: palette.series.map(style),
            glyphs,
        }
    }

    /// With sixteen colours no background is sure to leave every foreground readable, so the row is reversed.
    fn selection(palette: &Palette, depth: Depth) -> Style {
        match depth {
            Depth::Ansi16 => Style::new().add_modifier(Modifier::REVERSED),
            _ => Style::new().bg(palette.selection.at(depth)).add_modifier(Modifier::BOLD),
        }
    }

    fn without_colours(glyphs: Glyphs) -> Self {
        let plain = Style::new().fg(Color::Reset).bg(Color::Reset);
        let bold = plain.add_modifier(Modifier::BOLD);
        let dim = plain.add_modifier(Modifier::DIM);
        Self {
            text: plain,
            muted: dim,
            accent: bold,
            good: plain,
            bad: bold,
            warn: bold,
            border: dim,
            title: bold,
            selection: Style::new().add_modifier(Modifier::REVERSED),
            veil: veil(dim),
            key: bold,
            code: plain,
            link: plain.add_modifier(Modifier::UNDERLINED),
            mark: plain.add_modifier(Modifier::REVERSED),
            series: [plain; 6],
            glyphs,
        }
    }
}

/// A style that takes all others away.
fn veil(style: Style) -> Style {
    let others = Modifier::all().difference(style.add_modifier);
    style.bg(Color::Reset).remove_modifier(others)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_colours_the_selection_is_still_seen() {
        let theme = Theme::new(Kind::Dark, Background::Dark, Depth::Mono, Glyphs::ASCII);
        assert!(theme.selection.add_modifier.contains(Modifier::REVERSED));
        let styles = [theme.text, theme.accent, theme.good, theme.bad, theme.warn, theme.muted, theme.link];
        for style in styles {
            assert!(matches!(style.fg, None | Some(Color::Reset)) && matches!(style.bg, None | Some(Color::Reset)));
        }
    }

    #[test]
    fn no_theme_shows_good_as_bad() {
        for kind in [Kind::Dark, Kind::Light, Kind::HighContrast, Kind::ColourBlind] {
            for background in [Background::Dark, Background::Light] {
                for depth in [Depth::Ansi16, Depth::Ansi256, Depth::True] {
                    let theme = Theme::new(kind, background, depth, Glyphs::UNICODE);
                    assert_ne!(theme.good, theme.bad, "{kind:?} {background:?} {depth:?}");
                    assert_ne!(theme.text, theme.muted, "{kind:?} {background:?} {depth:?}");
                }
            }
        }
    }
}
