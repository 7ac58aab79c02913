//! What the terminal can show, from the environment.

use std::ffi::OsString;

use crate::tui::app::Looks;
use crate::tui::theme::{Background, Depth};

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colour {
    /// As the terminal can, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Even with `NO_COLOR`.
    Always,
    /// Attributes only.
    Never,
}

/// What is known before the terminal was asked. `variable` reads the environment.
pub fn looks(colour: Colour, variable: impl Fn(&str) -> Option<OsString>) -> Looks {
    let read = |name| variable(name).map(|value| value.to_string_lossy().to_lowercase()).filter(|v| !v.is_empty());
    let depth = match (colour, read("NO_COLOR")) {
        (Colour::Never, _) | (Colour::Auto, Some(_)) => Depth::Mono,
        _ => depth(&read("TERM").unwrap_or_default(), &read("COLORTERM").unwrap_or_default()),
    };
    // The first of these that is set decides, as POSIX has it. Where none is, nearly every terminal takes UTF-8.
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(read);
    let unicode = locale.is_none_or(|locale| locale.contains("utf-8") || locale.contains("utf8"));
    Looks { depth, background: Background::default(), unicode }
}

fn depth(term: &str, colorterm: &str) -> Depth {
    const WITH_24_BITS: [&str; 8] =
        ["truecolor", "direct", "kitty", "alacritty", "foot", "wezterm", "ghostty", "contour"];
    if ["truecolor", "24bit"].contains(&colorterm) || WITH_24_BITS.iter().any(|name| term.contains(name)) {
        Depth::True
    } else if term.contains("256color") {
        Depth::Ansi256
    } else {
        Depth::Ansi16
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(colour: Colour, environment: &[(&str, &str)], depth: Depth, unicode: bool) {
        let variable = |name: &str| {
            let found = environment.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| OsString::from(value))
        };
        let looks = looks(colour, variable);
        assert_eq!((looks.depth, looks.unicode), (depth, unicode), "{environment:?}");
    }

    #[test]
    fn colours_are_those_of_the_terminal_unless_none_are_wanted() {
        check(Colour::Auto, &[("TERM", "xterm-256color")], Depth::Ansi256, true);
        check(Colour::Auto, &[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")], Depth::True, true);
        check(Colour::Auto, &[("TERM", "xterm-kitty")], Depth::True, true);
        check(Colour::Auto, &[("TERM", "linux")], Depth::Ansi16, true);
        check(Colour::Auto, &[("TERM", "xterm"), ("NO_COLOR", "1")], Depth::Mono, true);
        check(Colour::Auto, &[("TERM", "xterm"), ("NO_COLOR", "")], Depth::Ansi16, true);
        check(Colour::Always, &[("TERM", "xterm"), ("NO_COLOR", "1")], Depth::Ansi16, true);
        check(Colour::Never, &[("COLORTERM", "truecolor")], Depth::Mono, true);
    }

    #[test]
    fn the_first_locale_that_is_set_decides_about_signs() {
        check(Colour::Auto, &[("LANG", "de_DE.UTF-8")], Depth::Ansi16, true);
        check(Colour::Auto, &[("LANG", "C")], Depth::Ansi16, false);
        check(Colour::Auto, &[("LC_ALL", "C"), ("LANG", "de_DE.UTF-8")], Depth::Ansi16, false);
        check(Colour::Auto, &[("LC_ALL", ""), ("LANG", "C.utf8")], Depth::Ansi16, true);
    }
}
