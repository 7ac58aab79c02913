//! What a screen wants done, as data.
//!
//! Screens change nothing outside themselves; they return effects, which the app carries out by itself (the
//! stack, toasts) or through its [`Host`](super::host::Host) (store, jobs, clipboard, files, editor).

use std::path::PathBuf;

use crate::recall::Event;
use crate::store::Profile;

use super::job::Job;
use super::layer::Page;
use super::route::Route;
use super::screen::{Refusal, Screen};

/// One thing to be done.
#[derive(Debug)]
pub enum Effect {
    /// Put a screen on top of this one; see [`Effect::push`].
    Push(Page),
    /// Leave this screen: one step back.
    Pop,
    /// Go to a tab, or put the screen that a route names on top.
    Go(Route),
    /// Run a command of the screen below this one, by binding id; what is on top is left first.
    Run(&'static str),
    /// End the app.
    Quit,
    /// Write something down; answered by [`Reply::Saved`](super::screen::Reply::Saved).
    Save(Record),
    /// Start a job on a thread of its own; one of the same tag that still runs is cancelled.
    Start(Job),
    /// Ask a job to stop.
    Cancel(&'static str),
    /// Put a text on the clipboard.
    Copy(String),
    /// Write a file into the folder where the app was started; answered by `Reply::Exported`.
    Export {
        /// Name of the file, without a folder.
        name: String,
        /// What to write.
        contents: String,
    },
    /// Open `$EDITOR`; answered by `Reply::Edited`. Only in answer to a key, because the terminal is lent.
    Edit(Edit),
    /// Ring the terminal's bell, once.
    Ring,
    /// Show a sentence for a few seconds.
    Notify(Notice),
    /// Change how the app looks, now and in later sessions.
    Set(Setting),
}

impl Effect {
    /// Puts `screen` on top of this one.
    pub fn push(screen: impl Screen + 'static) -> Self {
        Self::Push(Page::of(screen))
    }

    /// Puts a screen on top of this one, or says why it cannot be opened.
    pub fn open(screen: Result<impl Screen + 'static, Refusal>) -> Self {
        match screen {
            Ok(screen) => Self::push(screen),
            Err(Refusal(why)) => Self::fail(why),
        }
    }

    /// Says that something went well.
    pub fn done(text: impl Into<String>) -> Self {
        Self::Notify(Notice { tone: Tone::Good, text: text.into() })
    }

    /// Says something that is neither good nor bad.
    pub fn say(text: impl Into<String>) -> Self {
        Self::Notify(Notice { tone: Tone::Plain, text: text.into() })
    }

    /// Says what went wrong and what to do; also written to the log.
    pub fn fail(text: impl Into<String>) -> Self {
        Self::Notify(Notice { tone: Tone::Bad, text: text.into() })
    }
}

/// What can be written down.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    /// Something that happened to a card, for the log.
    Event(Event),
    /// What the candidate told of themselves.
    Profile(Profile),
    /// A small thing that a screen remembers between sessions, such as a reading position.
    Memory {
        /// `screen/what`, such as `reader/sharding`.
        key: String,
        /// As the screen writes and reads it.
        value: String,
    },
}

/// What `$EDITOR` is opened on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// A text of the app, in a temporary file with this extension.
    Text {
        /// What to begin with.
        text: String,
        /// Such as `md`.
        extension: &'static str,
    },
    /// A file of the user's, at a line from 1.
    File {
        /// Which.
        path: PathBuf,
        /// Where to put the cursor.
        line: u32,
    },
}

/// A sentence for a few seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How it is meant.
    pub tone: Tone,
    /// One sentence or two.
    pub text: String,
}

/// How a notice is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "there is no more to say")]
pub enum Tone {
    Plain,
    Good,
    Warn,
    Bad,
}

/// A choice about looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Which theme.
    Theme(crate::config::ThemeChoice),
    /// Which signs.
    Glyphs(crate::config::GlyphChoice),
}
