//! Where a page comes from: a topic's note, any Markdown file, or a text that another screen made.

use std::fmt;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::content::{MAX_FILE_BYTES, TopicId, clean, decode};
use crate::library::file::{self, FileError};
use crate::tui::screen::Refusal;
use crate::tui::world::World;

/// What is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Note(TopicId),
    File(PathBuf),
    Given(Rc<Given>),
}

/// A text that another screen made, and how it is called as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// As shown in the header.
    pub title: String,
    /// Markdown.
    pub body: String,
    /// Such as `report.md`.
    pub file_name: String,
}

/// A text with its title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) title: String,
    pub(super) body: String,
}

impl Source {
    /// A topic where there is one of that name, else a path.
    pub(super) fn of(argument: &str, world: &World) -> Self {
        let topic = TopicId::new(argument);
        let is_path = argument.contains('/') || Path::new(argument).extension().is_some_and(|end| end == "md");
        if is_path && world.library.note(&topic).is_none() { Self::File(argument.into()) } else { Self::Note(topic) }
    }

    /// Reads the text.
    pub(super) fn read(&self, world: &World) -> Result<Text, Refusal> {
        match self {
            Self::Note(topic) => {
                let known = world.library.topic(topic).zip(world.library.note(topic));
                let (topic, note) = known.ok_or_else(|| {
                    Refusal(format!("There is no note `{topic}`: the library (2) shows what there is."))
                })?;
                Ok(Text { title: topic.title.clone(), body: note.body.clone().into_owned() })
            }
            Self::File(path) => {
                let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
                Ok(Text { title: clean(&name).into_owned(), body: read_file(path)? })
            }
            Self::Given(given) => Ok(Text { title: given.title.clone(), body: given.body.clone() }),
        }
    }

    /// The file behind a relative link of this page, if it is one to Markdown.
    pub(super) fn relative(&self, destination: &str) -> Option<(Self, Option<String>)> {
        let (path, anchor) = match destination.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor.to_owned())),
            None => (destination, None),
        };
        let Self::File(here) = self else { return None };
        let there = here.parent().unwrap_or(Path::new("")).join(path);
        (path.ends_with(".md") && there.is_file()).then_some((Self::File(there), anchor))
    }
}

impl fmt::Display for Source {
    /// As a route writes it, and as positions are remembered by.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Note(topic) => write!(f, "{topic}"),
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Given(given) => f.write_str(&given.file_name),
        }
    }
}

fn read_file(path: &Path) -> Result<String, Refusal> {
    let refuse =
        |why: &dyn fmt::Display| Refusal(clean(&format!("{} cannot be read: {why}.", path.display())).into_owned());
    let bytes = file::bytes(path, MAX_FILE_BYTES as u64).map_err(|error| match error {
        FileError::Kind => refuse(&"it is not a file"),
        FileError::Length(_) => refuse(&format!("it is larger than {} KiB", MAX_FILE_BYTES / 1024)),
        FileError::System(error) => refuse(&error),
    })?;
    let text = decode(&bytes).map_err(|error| refuse(&error))?;
    Ok(clean(&text).into_owned())
}
