//! A screen as the app stacks it.
//!
//! An associated constant is not object-safe, so `Layer` is implemented once for every [`Screen`] and turns its
//! key table into [`Hint`]s and commands into places in that table.

use std::fmt;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use crate::time::Now;

use super::effect::Effect;
use super::key::Key;
use super::screen::{Cx, Reply, Screen, TextInput};

/// A screen on its way onto the stack.
pub struct Page(Box<dyn Layer>);

/// A row of a key table without its command: what the footer, the help and the palette show.
#[derive(Clone, Copy, Debug)]
pub struct Hint {
    /// The binding's id.
    pub id: &'static str,
    /// The default keys.
    pub keys: &'static [Key],
    /// What it does.
    pub help: &'static str,
    /// Whether it means something now.
    pub available: bool,
}

impl Page {
    /// Any screen.
    pub fn of(screen: impl Screen + 'static) -> Self {
        Self(Box::new(screen))
    }

    pub(super) fn into_layer(self) -> Box<dyn Layer> {
        self.0
    }
}

impl fmt::Debug for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Page")
    }
}

/// The key table of a screen that is not open.
pub(super) fn hints_of<S: Screen>() -> Vec<Hint> {
    S::KEYS.iter().map(|b| Hint { id: b.id, keys: b.keys, help: b.help, available: true }).collect()
}

/// The object-safe face of a [`Screen`].
pub(super) trait Layer {
    fn is_popup(&self) -> bool;
    fn hints(&self) -> Vec<Hint>;
    fn title(&self, cx: &Cx<'_>) -> String;
    fn status(&self, cx: &Cx<'_>) -> Line<'static>;
    fn footer(&self, cx: &Cx<'_>) -> Option<Line<'static>>;
    fn takes_text(&self) -> bool;
    fn takes_answer(&self) -> bool;
    /// Runs the command at a place in the key table.
    fn run(&mut self, cx: &Cx<'_>, place: usize) -> Vec<Effect>;
    fn text(&mut self, cx: &Cx<'_>, input: TextInput) -> Vec<Effect>;
    fn receive(&mut self, cx: &Cx<'_>, reply: Reply) -> Vec<Effect>;
    fn next_wake(&self, now: Now) -> Option<Duration>;
    fn layout(&mut self, cx: &Cx<'_>, area: Rect);
    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position>;
}

impl<S: Screen> Layer for S {
    fn is_popup(&self) -> bool {
        S::POPUP
    }

    fn hints(&self) -> Vec<Hint> {
        let hint = |b: &super::screen::Binding<S::Command>| Hint {
            id: b.id,
            keys: b.keys,
            help: self.wording(b.command).unwrap_or(b.help),
            available: self.available(b.command),
        };
        S::KEYS.iter().map(hint).collect()
    }

    fn title(&self, cx: &Cx<'_>) -> String {
        Screen::title(self, cx)
    }

    fn status(&self, cx: &Cx<'_>) -> Line<'static> {
        Screen::status(self, cx)
    }

    fn footer(&self, cx: &Cx<'_>) -> Option<Line<'static>> {
        Screen::footer(self, cx)
    }

    fn takes_text(&self) -> bool {
        Screen::takes_text(self)
    }

    fn takes_answer(&self) -> bool {
        Screen::takes_answer(self)
    }

    fn run(&mut self, cx: &Cx<'_>, place: usize) -> Vec<Effect> {
        Screen::run(self, cx, S::KEYS[place].command)
    }

    fn text(&mut self, cx: &Cx<'_>, input: TextInput) -> Vec<Effect> {
        Screen::text(self, cx, input)
    }

    fn receive(&mut self, cx: &Cx<'_>, reply: Reply) -> Vec<Effect> {
        Screen::receive(self, cx, reply)
    }

    fn next_wake(&self, now: Now) -> Option<Duration> {
        Screen::next_wake(self, now)
    }

    fn layout(&mut self, cx: &Cx<'_>, area: Rect) {
        Screen::layout(self, cx, area);
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        Screen::draw(self, cx, area, buf)
    }
}
