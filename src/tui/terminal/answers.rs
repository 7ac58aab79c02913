//! Keeps the terminal's answers to our questions from becoming keys.
//!
//! crossterm 0.29 knows no OSC answer: asked for its background, a terminal seems to press `Alt-]`, `1`, `1`, `;`, the
//! colour letter by letter, and a terminator. One of these could grade a card. A slow line can split the answer
//! anywhere, also between the escape byte and the rest, which then is the Escape key. So while a question is open
//! Escape is held back for a moment, and from the beginning of an answer to its end everything is swallowed. Pure:
//! the moments of the keys are told.

use std::time::Duration;

use crate::tui::key::{Code, Key};
use crate::tui::theme::Background;

/// How long an incomplete beginning is held before it counts as keys.
const PATIENCE: Duration = Duration::from_millis(50);
/// How long an answer may pause before the rest is given up.
const TORN: Duration = Duration::from_secs(1);
/// How long a terminal may take to answer.
const OPEN: Duration = Duration::from_secs(10);
/// Longer than any colour.
const LONGEST: usize = 64;

/// What is left of the keys, and what the answers were.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sifted {
    Key(Key),
    Background(Background),
}

/// The sieve between the terminal and the app.
#[derive(Clone, Debug, Default)]
pub(super) struct Answers {
    /// Until when Escape may be the beginning of an answer.
    open_until: Duration,
    state: State,
    last: Duration,
}

#[derive(Clone, Debug, Default)]
enum State {
    #[default]
    Idle,
    /// Keys that may begin an answer.
    Held(Vec<Key>),
    /// Within the answer to OSC 11.
    Colour(String),
    /// Within another answer, such as a cursor position, which ends with a letter.
    Report(usize),
}

impl Answers {
    /// The terminal was asked at this moment.
    pub(super) fn expect(&mut self, at: Duration) {
        self.open_until = at + OPEN;
    }

    /// How long to wait for the next key before [`Answers::give_up`]; `None` while nothing is held.
    pub(super) fn patience(&self) -> Option<Duration> {
        match self.state {
            State::Idle => None,
            State::Held(_) => Some(PATIENCE),
            State::Colour(_) | State::Report(_) => Some(TORN),
        }
    }

    /// No key came in time: what was held were keys after all.
    pub(super) fn give_up(&mut self) -> Vec<Sifted> {
        match std::mem::take(&mut self.state) {
            State::Held(keys) => keys.into_iter().map(Sifted::Key).collect(),
            State::Idle | State::Colour(_) | State::Report(_) => Vec::new(),
        }
    }

    /// Takes a key and returns what can be told by now.
    pub(super) fn feed(&mut self, key: Key, at: Duration) -> Vec<Sifted> {
        let is_late = self.patience().is_some_and(|patience| at.saturating_sub(self.last) > patience);
        let mut sifted = if is_late { self.give_up() } else { Vec::new() };
        self.last = at;
        match std::mem::take(&mut self.state) {
            State::Idle => self.begin(key, at, &mut sifted),
            State::Held(mut keys) => {
                keys.push(key);
                self.go_on(keys, at, &mut sifted);
            }
            State::Colour(text) => self.colour(text, key, &mut sifted),
            State::Report(length) => {
                let is_inside = matches!(key.printable(), Some('0'..='9' | ';' | '?'));
                if is_inside && length < LONGEST {
                    self.state = State::Report(length + 1);
                }
            }
        }
        sifted
    }

    fn begin(&mut self, key: Key, at: Duration, sifted: &mut Vec<Sifted>) {
        let may_begin = key == Key::alt(']') || (key == Key::ESC && at < self.open_until);
        if may_begin {
            self.state = State::Held(vec![key]);
        } else {
            sifted.push(Sifted::Key(key));
        }
    }

    /// Compares what is held with how answers begin.
    fn go_on(&mut self, keys: Vec<Key>, at: Duration, sifted: &mut Vec<Sifted>) {
        let written: String = keys.iter().map(|key| spelled(*key)).collect();
        if written == "\u{1b}[" {
            self.state = State::Report(0);
        } else if written == "\u{1b}]11;" {
            self.state = State::Colour(String::new());
        } else if "\u{1b}]11;".starts_with(&written) {
            self.state = State::Held(keys);
        } else {
            let (last, before) = keys.split_last().expect("the key just fed is among them");
            sifted.extend(before.iter().copied().map(Sifted::Key));
            self.begin(*last, at, sifted);
        }
    }

    fn colour(&mut self, mut text: String, key: Key, sifted: &mut Vec<Sifted>) {
        text.push_str(&spelled(key));
        let end = ["\u{7}", "\u{1b}\\"].iter().find_map(|end| text.strip_suffix(end));
        match end {
            Some(colour) => {
                self.open_until = Duration::ZERO;
                sifted.extend(background(colour).map(Sifted::Background));
            }
            None if text.len() < LONGEST => self.state = State::Colour(text),
            None => {}
        }
    }
}

/// The bytes that crossterm has taken for this key.
fn spelled(key: Key) -> String {
    match (key.code, key.mods.ctrl, key.mods.alt) {
        (Code::Esc, ..) => "\u{1b}".to_owned(),
        (Code::Char('g'), true, false) => "\u{7}".to_owned(),
        (Code::Char(c), false, true) => format!("\u{1b}{c}"),
        (Code::Char(c), false, false) => c.to_string(),
        _ => "\u{0}".to_owned(),
    }
}

/// Whether a colour such as `rgb:1e1e/1e1e/2e2e` is dark, by its luma (ITU-R BT.709).
fn background(colour: &str) -> Option<Background> {
    let (_, channels) = colour.split_once(':')?;
    let mut shares = channels.split('/').map(|channel| {
        let digits = u32::try_from(channel.len()).ok().filter(|digits| (1..=4).contains(digits))?;
        let value = u32::from_str_radix(channel, 16).ok()?;
        Some(f64::from(value) / f64::from(16_u32.pow(digits) - 1))
    });
    let mut next = || shares.next().flatten();
    let luma = 0.2126 * next()? + 0.7152 * next()? + 0.0722 * next()?;
    Some(if luma > 0.5 { Background::Light } else { Background::Dark })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIGHT: &str = "alt-] 1 1 ; r g b : f f f f / f f f f / e e e e alt-\\";
    const SPLIT: &str = "esc ] 1 1 ; r g b : 1 e 1 e / 1 e 1 e / 2 e 2 e esc \\";

    /// Feeds keys, `gap` apart, and writes down what comes out; a background as `<dark>`.
    fn check(keys: &str, gap: Duration, expect: &str) {
        let mut answers = Answers::default();
        answers.expect(Duration::ZERO);
        let mut at = Duration::from_secs(2);
        let mut sifted = Vec::new();
        for key in keys.split_whitespace() {
            sifted.extend(answers.feed(key.parse().expect("a key"), at));
            at += gap;
        }
        sifted.extend(answers.give_up());
        let word = |sifted: &Sifted| match sifted {
            Sifted::Key(key) => key.to_string(),
            Sifted::Background(background) => format!("<{background:?}>").to_lowercase(),
        };
        assert_eq!(sifted.iter().map(word).collect::<Vec<_>>().join(" "), expect, "{keys}");
    }

    #[test]
    fn an_answer_is_swallowed_however_it_is_split() {
        let soon = Duration::from_millis(20);
        check(LIGHT, soon, "<light>");
        check(SPLIT, soon, "<dark>");
        check("alt-] 1 1 ; r g b : f f / f f / f f ctrl-g", soon, "<light>");
        check(&format!("3 {SPLIT} 4"), soon, "3 <dark> 4");
        check("alt-] 1 1 ; n o n s e n s e ctrl-g 4", soon, "4");
    }

    #[test]
    fn a_cursor_position_is_swallowed() {
        check("esc [ 1 2 ; 4 0 R 3", Duration::from_millis(20), "3");
    }

    #[test]
    fn keys_that_only_look_like_an_answer_are_keys() {
        let soon = Duration::from_millis(20);
        check("esc", soon, "esc");
        check("esc esc 3", soon, "esc esc 3");
        check("alt-] 1 2 3", soon, "alt-] 1 2 3");
        check("alt-] alt-] 1 1 ; r g b : 0 / 0 / 0 ctrl-g q", soon, "alt-] <dark> q");
        check("esc ]", Duration::from_millis(80), "esc ]");
    }

    #[test]
    fn a_torn_answer_is_given_up() {
        let mut answers = Answers::default();
        for key in "alt-] 1 1 ; r g b".split(' ') {
            assert_eq!(answers.feed(key.parse().expect("a key"), Duration::ZERO), []);
        }
        assert_eq!(answers.feed(Key::char('x'), Duration::from_secs(3)), [Sifted::Key(Key::char('x'))]);
    }

    #[test]
    fn escape_is_instant_once_the_terminal_has_answered() {
        let mut answers = Answers::default();
        answers.expect(Duration::ZERO);
        assert_eq!(answers.feed(Key::ESC, Duration::from_secs(1)), []);
        assert_eq!(answers.give_up(), [Sifted::Key(Key::ESC)]);
        for key in LIGHT.split(' ') {
            answers.feed(key.parse().expect("a key"), Duration::from_secs(2));
        }
        assert_eq!(answers.feed(Key::ESC, Duration::from_secs(3)), [Sifted::Key(Key::ESC)]);
    }
}
