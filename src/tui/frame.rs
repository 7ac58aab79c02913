//! A screen as it would be drawn after some keys: for docs, bug reports and tests.

use std::str::FromStr;

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::app::{App, Looks, Setup};
use super::host::Scratch;
use super::key::{Key, KeyError};
use super::route::Route;
use super::screen::Refusal;
use super::screens;
use super::world::World;
use crate::config::Config;
use crate::time::Now;

/// What is to be drawn.
#[derive(Debug)]
pub struct Request {
    /// The screen, `help` or `palette`.
    pub screen: Route,
    /// Columns and rows.
    pub size: FrameSize,
    /// Keys to press first.
    pub keys: Vec<Stroke>,
    /// Content and progress.
    pub world: World,
    /// What the user chose.
    pub config: Config,
    /// What the terminal can show.
    pub looks: Looks,
    /// The moment, which stands still.
    pub now: Now,
}

/// Columns and rows, written `120x40`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameSize(pub Size);

/// Why a size cannot be read or drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a size: write columns and rows like 120x40, at most {LARGEST}x{LARGEST}")]
pub struct SizeError(String);

/// More than any screen has; larger ones would only fill the memory.
const LARGEST: u16 = 1_000;

impl FromStr for FrameSize {
    type Err = SizeError;

    fn from_str(text: &str) -> Result<Self, SizeError> {
        let side = |text: &str| text.parse().ok().filter(|side| (1..=LARGEST).contains(side));
        let sides = text.split_once('x').and_then(|(width, height)| Some((side(width)?, side(height)?)));
        let (width, height) = sides.ok_or_else(|| SizeError(text.to_owned()))?;
        Ok(Self(Size { width, height }))
    }
}

/// A key, or a text to type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stroke {
    /// One key.
    Key(Key),
    /// `type:some_text`: its characters one by one, `_` for a blank.
    Type(String),
}

/// Reads keys as `sysdrill frame --keys` takes them, separated by blanks: `space 3 ctrl-p type:some_text`.
///
/// # Errors
/// Names the first word that is no key.
pub fn strokes(text: &str) -> Result<Vec<Stroke>, KeyError> {
    let stroke = |word: &str| match word.strip_prefix("type:") {
        Some(typed) => Ok(Stroke::Type(typed.replace('_', " "))),
        None => word.parse().map(Stroke::Key),
    };
    text.split_whitespace().map(stroke).collect()
}

/// Draws a screen as it is after the keys; jobs that they start have run.
///
/// # Errors
/// Where the screen cannot be opened.
pub fn frame(request: Request) -> Result<Buffer, Refusal> {
    let Request { screen, size: FrameSize(size), keys, world, config, looks, now } = request;
    let overlay = match screen.screen.as_str() {
        "help" => Some(Key::f(1)),
        "palette" => Some(Key::ctrl('p')),
        _ => None,
    };
    let start = if overlay.is_some() { Route::to(screens::ALL[0].name) } else { screen };
    // Keys of the user's own would change what the two keys above do.
    let config = Config { keys: if overlay.is_some() { Vec::new() } else { config.keys.clone() }, ..config };
    let setup = Setup { screens: screens::ALL, host: Scratch::over(world), config, looks, size, start };
    let (mut app, _) = App::new(setup, now)?;
    let mut buffer = Buffer::empty(Rect::from((ratatui::layout::Position::ORIGIN, size)));
    // A screen pages and scrolls by the area of the last frame, so each key finds one.
    app.draw(&mut buffer);
    for key in overlay.into_iter().map(Stroke::Key).chain(keys) {
        press(&mut app, &key, now);
        buffer.reset();
        app.draw(&mut buffer);
    }
    Ok(buffer)
}

fn press(app: &mut App<Scratch>, stroke: &Stroke, now: Now) {
    match stroke {
        Stroke::Key(key) => app.key(*key, now),
        Stroke::Type(text) => text.chars().for_each(|c| app.key(Key::char(c), now)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_columns_and_rows() {
        assert_eq!("120x40".parse(), Ok(FrameSize(Size { width: 120, height: 40 })));
        for bad in ["", "120", "0x40", "120x", "x40", "1001x40", "-1x4", "99999x4"] {
            assert!(bad.parse::<FrameSize>().is_err(), "{bad}");
        }
    }

    #[test]
    fn keys_are_separated_by_blanks_and_text_is_typed() {
        let wanted = [Stroke::Key(Key::SPACE), Stroke::Key(Key::char('3')), Stroke::Type("a b".to_owned())];
        assert_eq!(strokes("space 3  type:a_b").expect("keys"), wanted);
        assert!(strokes("space blorp").expect_err("no key").to_string().contains("`blorp`"));
    }
}
