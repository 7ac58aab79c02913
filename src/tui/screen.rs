//! What a screen is.
//!
//! A screen declares its keys in a table, turns commands into [`Effect`]s and draws itself; it cannot answer a key
//! that it did not declare, so the footer, the help, the palette and the remapping, which are made from the same
//! table, cannot lie. It does not know who else is on the stack, nor how an effect comes about. Start reading at
//! [`Screen`]; a small one to copy from is in `screens/help`.

use std::path::PathBuf;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use crate::config::Config;
use crate::time::Now;

use super::effect::Effect;
use super::job::News;
use super::key::Key;
use super::keymap::Keymap;
use super::theme::Theme;
use super::world::World;

/// A command of a screen with its default keys; the effective keys live in [`Keymap`] by binding id, so that
/// remapping is one table.
#[derive(Debug)]
pub struct Binding<C: 'static> {
    /// `screen.command`, as the user's configuration names it. Unique in the program.
    pub id: &'static str,
    /// The keys that run it unless remapped. Two bindings of one screen never share a key.
    pub keys: &'static [Key],
    /// What it does, in a word or three: "start", "next heading". The footer shows the first five available
    /// bindings of a screen, so declare what matters first.
    pub help: &'static str,
    /// What the screen is told to run.
    pub command: C,
}

/// What a screen may look at: the moment, the looks and everything there is to study.
#[derive(Clone, Copy, Debug)]
pub struct Cx<'a> {
    /// Read once for each event or frame.
    pub now: Now,
    /// Styles by role, and the signs.
    pub theme: &'a Theme,
    /// What the user configured.
    pub config: &'a Config,
    /// The keys in effect, for hints in running text.
    pub keymap: &'a Keymap,
    /// What there is to study and what is known of the student.
    pub world: &'a World,
}

/// What is typed or pasted while [`Screen::takes_text`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextInput {
    /// A printable key, or an editing key such as an arrow or backspace that no binding claims.
    Key(Key),
    /// A paste, as one edit, without control characters besides tab and newline.
    Paste(String),
}

/// What comes back to the screen that asked, and what the app lets every screen know.
#[derive(Debug)]
pub enum Reply {
    /// A record is on disk, or it is not and the message says why and what to do. In the order of the saves.
    Saved(Result<(), String>),
    /// A job that this screen started, by its tag.
    Job(&'static str, News),
    /// `$EDITOR` was closed: the text as it is now, or why there is none.
    Edited(Result<String, String>),
    /// An export was written there, or it was not.
    Exported(Result<PathBuf, String>),
    /// The wait that [`Screen::next_wake`] asked for is over.
    Woke,
    /// This screen was put on top: the first moment to start a job.
    Opened,
    /// Nothing lies above this screen any more, or its tab is shown again: what it shows may be stale.
    Shown,
    /// Content was read anew from its files.
    Reloaded,
    /// This screen is about to be left, or the app to end: the last moment to save. Other effects are not carried
    /// out any more.
    Closing,
}

/// A place in the app with keys of its own.
///
/// The app calls, for an event, `run`, `text` or `receive`, and for a frame `layout` and then `draw`. Drawing
/// cannot change anything.
pub trait Screen {
    /// The commands, usually an enum of this screen's own.
    type Command: Copy + 'static;

    /// The key table.
    const KEYS: &'static [Binding<Self::Command>];

    /// Whether it is drawn over the screen below instead of in its place.
    const POPUP: bool = false;

    /// The path of words in the header, such as `Cards · sharding`. The root of a tab shows the tabs instead.
    fn title(&self, _cx: &Cx<'_>) -> String {
        String::new()
    }

    /// What stands at the right of the header: what is left, the time.
    fn status(&self, _cx: &Cx<'_>) -> Line<'static> {
        Line::default()
    }

    /// What stands in the footer in place of the keys, for screens whose keys carry more than a word; the help key
    /// is added behind it.
    fn footer(&self, _cx: &Cx<'_>) -> Option<Line<'static>> {
        None
    }

    /// Whether a command means something now; those that do not are neither run nor shown.
    fn available(&self, _command: Self::Command) -> bool {
        true
    }

    /// What a command does at this moment, where its row in the table can only say it in general.
    fn wording(&self, _command: Self::Command) -> Option<&'static str> {
        None
    }

    /// Whether every printable key is text now.
    fn takes_text(&self) -> bool {
        false
    }

    /// Whether an answer is awaited (a grade, an option): then digits never switch tabs.
    fn takes_answer(&self) -> bool {
        false
    }

    /// Runs a command whose key was pressed or that was chosen in the help or the palette.
    fn run(&mut self, cx: &Cx<'_>, command: Self::Command) -> Vec<Effect>;

    /// Takes text; only called while [`Screen::takes_text`].
    fn text(&mut self, _cx: &Cx<'_>, _input: TextInput) -> Vec<Effect> {
        Vec::new()
    }

    /// Takes an answer to an effect, or news.
    fn receive(&mut self, _cx: &Cx<'_>, _reply: Reply) -> Vec<Effect> {
        Vec::new()
    }

    /// How long from `now` until it wants [`Reply::Woke`] and a new frame; `None` while nothing moves.
    fn next_wake(&self, _now: Now) -> Option<Duration> {
        None
    }

    /// Wraps and pages for the area of the coming frame. Called before every frame, so keep what was computed
    /// while neither area nor text has changed.
    fn layout(&mut self, _cx: &Cx<'_>, _area: Rect) {}

    /// Draws into `area`, which is at least 40×10 for a page, and returns where the cursor belongs, for input
    /// methods and screen readers.
    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position>;
}

/// A screen that a [`Route`](super::route::Route) can name: its tab, the palette, a link, `sysdrill frame`.
pub trait Destination: Screen + Sized + 'static {
    /// The first part of its routes, such as `note` or `lab:cache`.
    const NAME: &'static str;

    /// As shown in tabs and in the palette.
    const TITLE: &'static str;

    /// Opens the screen at `argument`, which is what a route has after the colon.
    ///
    /// # Errors
    /// Where there is no such thing, with what there is instead.
    fn open(cx: &Cx<'_>, argument: Option<&str>) -> Result<Self, Refusal>;
}

/// Why a screen cannot be opened, as a sentence with a remedy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refusal(pub String);
