//! How the app looks, from what the terminal can show and what the user chose.

use crate::config::{Config, GlyphChoice, ThemeChoice};
use crate::tui::theme::{Background, Depth, Glyphs, Kind, Theme};
use crate::tui::world::World;

/// What the terminal can show, as far as is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looks {
    /// How many colours.
    pub depth: Depth,
    /// Dark or light; dark until the terminal has answered.
    pub background: Background,
    /// Whether the locale lets box drawing through.
    pub unicode: bool,
}

/// Where the choice of a theme is remembered.
pub(super) const THEME: &str = "app/theme";
/// Where the choice of signs is remembered.
pub(super) const GLYPHS: &str = "app/glyphs";

/// The configuration, with what was chosen in the app where the file says nothing.
pub(super) fn remembered(mut config: Config, world: &World) -> Config {
    if config.theme == ThemeChoice::Auto {
        config.theme = choice(world, THEME, ThemeChoice::ALL);
    }
    if config.glyphs == GlyphChoice::Auto {
        config.glyphs = choice(world, GLYPHS, GlyphChoice::ALL);
    }
    config
}

fn choice<T: Copy + Default>(world: &World, key: &str, words: &[(&str, T)]) -> T {
    let word = world.recollect(key);
    words.iter().find(|(known, _)| Some(*known) == word.as_deref()).map(|(_, choice)| *choice).unwrap_or_default()
}

/// The word of a choice, as [`remembered`] reads it.
pub(super) fn word_of<T: PartialEq>(choice: T, words: &[(&'static str, T)]) -> &'static str {
    words.iter().find(|(_, known)| *known == choice).map_or("auto", |(word, _)| word)
}

/// The theme that the user chose, or the one that suits the terminal.
pub(super) fn theme_for(config: &Config, looks: Looks) -> Theme {
    let kind = match (config.theme, looks.background) {
        (ThemeChoice::Auto, Background::Dark) | (ThemeChoice::Dark, _) => Kind::Dark,
        (ThemeChoice::Auto, Background::Light) | (ThemeChoice::Light, _) => Kind::Light,
        (ThemeChoice::HighContrast, _) => Kind::HighContrast,
        (ThemeChoice::ColourBlind, _) => Kind::ColourBlind,
    };
    let glyphs = match config.glyphs {
        GlyphChoice::Auto if looks.unicode => Glyphs::UNICODE,
        GlyphChoice::Unicode => Glyphs::UNICODE,
        GlyphChoice::Auto | GlyphChoice::Ascii => Glyphs::ASCII,
    };
    Theme::new(kind, looks.background, looks.depth, glyphs)
}
