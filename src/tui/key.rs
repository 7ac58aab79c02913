//! A key press as the app understands it.
//!
//! crossterm's own event also compares kind and state, so two presses of one key can be unequal; [`Key`] is only
//! what the user meant. It is written and read as in `ctrl-p`, `shift-tab`, `f2`, `space`, `?` (configuration,
//! `sysdrill frame --keys`), and shown as in `Ctrl-P`, `⏎`, `↑` by [`Key::label`].

use std::fmt;
use std::str::FromStr;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::theme::Glyphs;

/// One key with its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// What was held down with it.
    pub mods: Mods,
}

/// Which key of the keyboard. A character stands for itself, so `A` is `Char('A')`, not shift and `a`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are those on the keys")]
pub enum Code {
    Char(char),
    F(u8),
    Enter,
    Esc,
    Tab,
    Backspace,
    Delete,
    Insert,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
}

/// Modifiers. Shift is kept only where it is not already in the character.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are those on the keys")]
pub struct Mods {
    pub ctrl: bool,
    pub alt: bool,
    pub shift: bool,
}

/// The keys with a name: as written, and what they are.
const NAMES: &[(&str, Code)] = &[
    ("space", Code::Char(' ')),
    ("enter", Code::Enter),
    ("esc", Code::Esc),
    ("tab", Code::Tab),
    ("backspace", Code::Backspace),
    ("delete", Code::Delete),
    ("insert", Code::Insert),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("home", Code::Home),
    ("end", Code::End),
    ("pgup", Code::PageUp),
    ("pgdn", Code::PageDown),
];

impl Key {
    /// Enter.
    pub const ENTER: Self = Self::plain(Code::Enter);
    /// Escape.
    pub const ESC: Self = Self::plain(Code::Esc);
    /// Tab.
    pub const TAB: Self = Self::plain(Code::Tab);
    /// Shift and Tab.
    pub const BACK_TAB: Self = Self::with_shift(Code::Tab);
    /// The space bar.
    pub const SPACE: Self = Self::char(' ');
    /// Arrow up.
    pub const UP: Self = Self::plain(Code::Up);
    /// Arrow down.
    pub const DOWN: Self = Self::plain(Code::Down);
    /// Arrow left.
    pub const LEFT: Self = Self::plain(Code::Left);
    /// Arrow right.
    pub const RIGHT: Self = Self::plain(Code::Right);
    /// Home.
    pub const HOME: Self = Self::plain(Code::Home);
    /// End.
    pub const END: Self = Self::plain(Code::End);
    /// Page up.
    pub const PAGE_UP: Self = Self::plain(Code::PageUp);
    /// Page down.
    pub const PAGE_DOWN: Self = Self::plain(Code::PageDown);
    /// Backspace.
    pub const BACKSPACE: Self = Self::plain(Code::Backspace);
    /// Delete.
    pub const DELETE: Self = Self::plain(Code::Delete);

    /// A key without modifiers.
    pub const fn plain(code: Code) -> Self {
        Self { code, mods: Mods { ctrl: false, alt: false, shift: false } }
    }

    /// A character typed without Ctrl or Alt.
    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// A function key, from 1.
    pub const fn f(number: u8) -> Self {
        Self::plain(Code::F(number))
    }

    /// Ctrl and a character, which is lower case.
    pub const fn ctrl(c: char) -> Self {
        Self::with_ctrl(Code::Char(c))
    }

    /// Alt and a character.
    pub const fn alt(c: char) -> Self {
        Self::with_alt(Code::Char(c))
    }

    /// Ctrl and a key.
    pub const fn with_ctrl(code: Code) -> Self {
        Self { code, mods: Mods { ctrl: true, alt: false, shift: false } }
    }

    /// Alt and a key.
    pub const fn with_alt(code: Code) -> Self {
        Self { code, mods: Mods { ctrl: false, alt: true, shift: false } }
    }

    /// Shift and a key that types no character.
    pub const fn with_shift(code: Code) -> Self {
        Self { code, mods: Mods { ctrl: false, alt: false, shift: true } }
    }

    /// The character that this key types into a text, if it does.
    pub fn printable(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.mods.ctrl && !self.mods.alt => Some(c),
            _ => None,
        }
    }

    /// The key as a reader sees it in the footer and in the help.
    pub fn label(self, glyphs: &Glyphs) -> String {
        let key = match self.code {
            Code::Enter => glyphs.enter.to_owned(),
            Code::Up => glyphs.up.to_owned(),
            Code::Down => glyphs.down.to_owned(),
            Code::Left => glyphs.left.to_owned(),
            Code::Right => glyphs.right.to_owned(),
            Code::Char(' ') => "space".to_owned(),
            Code::Char(c) if self.mods.ctrl => c.to_uppercase().collect(),
            Code::Char(c) => c.to_string(),
            Code::F(n) => format!("F{n}"),
            Code::PageUp => "PgUp".to_owned(),
            Code::PageDown => "PgDn".to_owned(),
            code => capitalised(name_of(code)),
        };
        let prefix = |held, name| if held { name } else { "" };
        let Mods { ctrl, alt, shift } = self.mods;
        format!("{}{}{}{key}", prefix(ctrl, "Ctrl-"), prefix(alt, "Alt-"), prefix(shift, "Shift-"))
    }

    /// What a key event of the terminal means; `None` for releases and for keys that the app does not know.
    pub fn from_event(event: &KeyEvent) -> Option<Self> {
        if event.kind == KeyEventKind::Release {
            return None;
        }
        let held = |modifier| event.modifiers.contains(modifier);
        let mut mods =
            Mods { ctrl: held(KeyModifiers::CONTROL), alt: held(KeyModifiers::ALT), shift: held(KeyModifiers::SHIFT) };
        let code = match event.code {
            KeyCode::Char(c) => {
                mods.shift = false;
                let c = if mods.ctrl { c.to_ascii_lowercase() } else { c };
                Code::Char(c)
            }
            KeyCode::BackTab => {
                mods.shift = true;
                Code::Tab
            }
            KeyCode::F(n) => Code::F(n),
            KeyCode::Enter => Code::Enter,
            KeyCode::Esc => Code::Esc,
            KeyCode::Tab => Code::Tab,
            KeyCode::Backspace => Code::Backspace,
            KeyCode::Delete => Code::Delete,
            KeyCode::Insert => Code::Insert,
            KeyCode::Up => Code::Up,
            KeyCode::Down => Code::Down,
            KeyCode::Left => Code::Left,
            KeyCode::Right => Code::Right,
            KeyCode::Home => Code::Home,
            KeyCode::End => Code::End,
            KeyCode::PageUp => Code::PageUp,
            KeyCode::PageDown => Code::PageDown,
            _ => return None,
        };
        Some(Self { code, mods })
    }
}

fn name_of(code: Code) -> &'static str {
    NAMES.iter().find(|(_, named)| *named == code).map_or("", |(name, _)| name)
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, prefix) in [(self.mods.ctrl, "ctrl-"), (self.mods.alt, "alt-"), (self.mods.shift, "shift-")] {
            if held {
                f.write_str(prefix)?;
            }
        }
        match self.code {
            Code::F(n) => write!(f, "f{n}"),
            Code::Char(c) if c != ' ' => write!(f, "{c}"),
            code => f.write_str(name_of(code)),
        }
    }
}

/// Why a key could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is not a key: write a character, a name such as `enter`, `pgdn` or `f2`, or `ctrl-`, `alt-` or `shift-` before one"
)]
pub struct KeyError {
    text: String,
}

impl FromStr for Key {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let refuse = || KeyError { text: text.to_owned() };
        let mut mods = Mods::default();
        let mut rest = text;
        loop {
            let (held, tail) = match rest {
                _ if rest.starts_with("ctrl-") => (&mut mods.ctrl, &rest[5..]),
                _ if rest.starts_with("alt-") => (&mut mods.alt, &rest[4..]),
                _ if rest.starts_with("shift-") => (&mut mods.shift, &rest[6..]),
                _ => break,
            };
            if std::mem::replace(held, true) {
                return Err(refuse());
            }
            rest = tail;
        }
        let code = read_code(rest).ok_or_else(refuse)?;
        if mods.shift && matches!(code, Code::Char(_)) {
            return Err(refuse());
        }
        Ok(Self { code, mods })
    }
}

fn read_code(text: &str) -> Option<Code> {
    if let Some((_, code)) = NAMES.iter().find(|(name, _)| *name == text) {
        return Some(*code);
    }
    let mut chars = text.chars();
    match (chars.next(), chars.as_str()) {
        (Some(c), "") if !c.is_control() && c != ' ' => Some(Code::Char(c)),
        (Some('f'), number) => number.parse().ok().filter(|n| (1..=24).contains(n)).map(Code::F),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, key: Key, label: &str) {
        assert_eq!(text.parse::<Key>().expect("a key"), key);
        assert_eq!(key.to_string(), text, "what is written is what is read");
        assert_eq!(key.label(&Glyphs::UNICODE), label);
    }

    #[test]
    fn a_key_is_read_written_and_shown() {
        check("a", Key::char('a'), "a");
        check("?", Key::char('?'), "?");
        check("-", Key::char('-'), "-");
        check("space", Key::SPACE, "space");
        check("ctrl-p", Key::ctrl('p'), "Ctrl-P");
        check("f12", Key::f(12), "F12");
        check("shift-tab", Key::BACK_TAB, "Shift-Tab");
        check("enter", Key::ENTER, "⏎");
        check("alt-up", Key { mods: Mods { alt: true, ..Mods::default() }, ..Key::UP }, "Alt-↑");
        check("pgdn", Key::PAGE_DOWN, "PgDn");
    }

    #[test]
    fn what_is_not_a_key_is_refused_with_a_remedy() {
        for text in ["", "ctrl-", "ctrl-ctrl-p", "shift-a", "f0", "f99", "hello", " ", "\u{1b}"] {
            let problem = text.parse::<Key>().expect_err(text);
            assert!(problem.to_string().contains("write a character"), "{problem}");
        }
    }

    #[test]
    fn an_event_is_what_the_user_meant() {
        let event = |code, mods| Key::from_event(&KeyEvent::new(code, mods));
        assert_eq!(event(KeyCode::Char('A'), KeyModifiers::SHIFT), Some(Key::char('A')));
        assert_eq!(event(KeyCode::BackTab, KeyModifiers::SHIFT), Some(Key::BACK_TAB));
        assert_eq!(event(KeyCode::Char('P'), KeyModifiers::CONTROL), Some(Key::ctrl('p')));
        assert_eq!(event(KeyCode::CapsLock, KeyModifiers::NONE), None);
        let release = KeyEvent::new_with_kind(KeyCode::Enter, KeyModifiers::NONE, KeyEventKind::Release);
        assert_eq!(Key::from_event(&release), None);
    }
}
