//! The user's configuration: a TOML file, read as text and handed in.
//!
//! Knows the words and their defaults, not what they do: themes and keys are understood by `tui`. Every problem is
//! reported at once with its place and remedy, and whatever can be read still counts. Start reading at [`parse`].
//!
//! ```
//! let (config, problems) = sysdrill::config::parse("theme = \"light\"\n[keys]\n\"app.help\" = [\"f1\", \"h\"]\n");
//! assert_eq!(config.theme, sysdrill::config::ThemeChoice::Light);
//! assert_eq!(config.keys[0].keys, ["f1", "h"]);
//! assert!(problems.is_empty());
//! ```

use std::fmt;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What the user chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// `theme`: which theme.
    pub theme: ThemeChoice,
    /// `glyphs`: which signs.
    pub glyphs: GlyphChoice,
    /// `motion`: whether things may move without being asked.
    pub motion: bool,
    /// `mouse`: whether the wheel scrolls; then selecting text needs Shift in most terminals.
    pub mouse: bool,
    /// `[keys]`: keys by binding id.
    pub keys: Vec<Remap>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::default(),
            glyphs: GlyphChoice::default(),
            motion: true,
            mouse: false,
            keys: Vec::new(),
        }
    }
}

/// Which theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    /// Dark or light, as the terminal's background is.
    #[default]
    Auto,
    /// Soft colours on dark.
    Dark,
    /// Soft colours on light.
    Light,
    /// Strong colours.
    HighContrast,
    /// Blue and orange in place of green and red.
    ColourBlind,
}

impl ThemeChoice {
    /// Every choice with its word.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("auto", Self::Auto),
        ("dark", Self::Dark),
        ("light", Self::Light),
        ("high-contrast", Self::HighContrast),
        ("colour-blind", Self::ColourBlind),
    ];
}

/// Which signs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GlyphChoice {
    /// Unicode where the locale says UTF-8.
    #[default]
    Auto,
    /// Box drawing, blocks and arrows.
    Unicode,
    /// Plain ASCII.
    Ascii,
}

impl GlyphChoice {
    /// Every choice with its word.
    pub const ALL: &'static [(&'static str, Self)] =
        &[("auto", Self::Auto), ("unicode", Self::Unicode), ("ascii", Self::Ascii)];
}

/// New keys for a binding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remap {
    /// Such as `library.open`.
    pub binding: String,
    /// As written, such as `ctrl-o`; none unbinds.
    pub keys: Vec<String>,
    /// Where it stands, for what the keymap has to say about it.
    pub at: Spot,
}

/// A place in the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

/// Something in the configuration that must be mended.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{at}: {message}")]
pub struct ConfigProblem {
    /// Where.
    pub at: Spot,
    /// What is wrong and what to write instead.
    pub message: String,
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Reads a configuration. What is wrong is left at its default and listed, in the order of the file.
pub fn parse(text: &str) -> (Config, Vec<ConfigProblem>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { text, config: Config::default(), problems: Vec::new() };
    for error in errors {
        reader.refuse(error.span().unwrap_or(0..1), format!("{}. Mend the TOML here.", error.message()));
    }
    reader.root(table.get_ref());
    reader.config.keys.sort_by_key(|remap| remap.at);
    reader.problems.sort();
    // Of several problems of syntax on one line, all but the first are its consequences.
    reader.problems.dedup_by_key(|problem| problem.at.line);
    (reader.config, reader.problems)
}

struct Reader<'a> {
    text: &'a str,
    config: Config,
    problems: Vec<ConfigProblem>,
}

impl Reader<'_> {
    fn root(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "theme" => self.config.theme = self.word(value, ThemeChoice::ALL),
                "glyphs" => self.config.glyphs = self.word(value, GlyphChoice::ALL),
                "motion" => self.config.motion = self.switch(value, true),
                "mouse" => self.config.mouse = self.switch(value, false),
                "keys" => self.keys(value),
                unknown => {
                    let known = "theme, glyphs, motion, mouse or [keys]";
                    self.refuse(key.span(), format!("`{unknown}` is not a setting: write {known}."));
                }
            }
        }
    }

    fn word<T: Copy + Default>(&mut self, value: &Spanned<DeValue<'_>>, words: &[(&str, T)]) -> T {
        let written = value.get_ref().as_str();
        if let Some((_, choice)) = words.iter().find(|(word, _)| Some(*word) == written) {
            return *choice;
        }
        let choices = words.iter().map(|(word, _)| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
        self.refuse(value.span(), format!("This is one of {choices}."));
        T::default()
    }

    fn switch(&mut self, value: &Spanned<DeValue<'_>>, default: bool) -> bool {
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.refuse(value.span(), "This is true or false.".to_owned());
            default
        })
    }

    /// TOML reads `library.open = "o"` as a table in a table, so the parts of an id are joined again here.
    fn keys(&mut self, value: &Spanned<DeValue<'_>>) {
        let Some(table) = value.get_ref().as_table() else {
            self.refuse(value.span(), "This is a table: `[keys]`, then lines such as `app.help = \"f1\"`.".to_owned());
            return;
        };
        let mut open = vec![(String::new(), table)];
        while let Some((prefix, table)) = open.pop() {
            for (key, value) in table {
                let binding = format!("{prefix}{}", key.get_ref());
                match value.get_ref() {
                    DeValue::Table(inner) => open.push((format!("{binding}."), inner)),
                    DeValue::String(one) => self.remap(key.span(), binding, vec![one.to_string()]),
                    DeValue::Array(several) => {
                        let keys: Option<Vec<_>> =
                            several.iter().map(|key| key.get_ref().as_str().map(str::to_owned)).collect();
                        match keys {
                            Some(keys) => self.remap(key.span(), binding, keys),
                            None => self.refuse_keys(value.span()),
                        }
                    }
                    _ => self.refuse_keys(value.span()),
                }
            }
        }
    }

    fn remap(&mut self, span: Range<usize>, binding: String, keys: Vec<String>) {
        let at = self.spot(span);
        self.config.keys.push(Remap { binding, keys, at });
    }

    fn refuse_keys(&mut self, span: Range<usize>) {
        self.refuse(span, "Keys are a text such as \"ctrl-o\" or a list of such texts.".to_owned());
    }

    /// A value that the parser made up to go on after broken TOML has no span, and its problem is already named.
    fn refuse(&mut self, span: Range<usize>, message: String) {
        if span.is_empty() {
            return;
        }
        let at = self.spot(span);
        self.problems.push(ConfigProblem { at, message });
    }

    fn spot(&self, span: Range<usize>) -> Spot {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Spot { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, problems: &[&str]) -> Config {
        let (config, found) = parse(text);
        assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), problems);
        config
    }

    #[test]
    fn an_empty_file_is_the_defaults() {
        assert_eq!(check("", &[]), Config::default());
    }

    #[test]
    fn every_setting_is_read() {
        let text = "theme = 'colour-blind'\nglyphs = 'ascii'\nmotion = false\nmouse = true\n";
        let config = check(text, &[]);
        assert_eq!((config.theme, config.glyphs), (ThemeChoice::ColourBlind, GlyphChoice::Ascii));
        assert_eq!((config.motion, config.mouse), (false, true));
    }

    #[test]
    fn keys_are_one_or_several_or_none_quoted_or_not() {
        let config = check("[keys]\nlibrary.open = 'o'\n'app.help' = ['f1', 'h']\nreader.back = []\n", &[]);
        let keys = |n: usize| (config.keys[n].binding.as_str(), config.keys[n].keys.join(" "), config.keys[n].at.line);
        assert_eq!(keys(0), ("library.open", "o".to_owned(), 2));
        assert_eq!(keys(1), ("app.help", "f1 h".to_owned(), 3));
        assert_eq!(keys(2), ("reader.back", String::new(), 4));
    }

    #[test]
    fn every_problem_is_named_with_its_place_and_the_rest_counts() {
        let text = "theme = 'pink'\ncolour = 1\nmotion = 'no'\nmouse = true\nkeys.a = 3\n";
        let config = check(
            text,
            &[
                "1:9: This is one of \"auto\", \"dark\", \"light\", \"high-contrast\", \"colour-blind\".",
                "2:1: `colour` is not a setting: write theme, glyphs, motion, mouse or [keys].",
                "3:10: This is true or false.",
                "5:10: Keys are a text such as \"ctrl-o\" or a list of such texts.",
            ],
        );
        assert!(config.mouse);
    }

    #[test]
    fn broken_toml_is_named_and_what_can_be_read_still_counts() {
        let (config, problems) = parse("theme = 'light'\nmouse = = true\n");
        assert_eq!(config.theme, ThemeChoice::Light);
        let places: Vec<_> = problems.iter().map(|problem| problem.at.to_string()).collect();
        assert_eq!(places, ["2:9"], "{problems:?}");
    }
}
