//! All content at hand: what is built in, and the folders laid over it.
//!
//! Here, and only here, content meets the file system. A folder is walked without following links out of
//! it; a file that cannot be read or parsed is a problem with a place and never hides the rest. Knows nothing of
//! the formats (that is [`crate::content`]) nor of what content must satisfy (that is
//! [`check`](crate::check)). Start reading at [`Library`].

mod estimates;
pub mod file;
mod folder;
mod overlay;
pub mod search;
mod watch;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::check::Corpus;
use crate::content::{self, Card, CardId, Content, Note, Problem, Stored, Topic, TopicId};

use overlay::Layer;

pub use watch::{Watch, WatchError, watch};

static INDEX: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/index.postcard"));
static TEXTS: &str = include_str!(concat!(env!("OUT_DIR"), "/texts.md"));

/// Everything there is to study.
#[derive(Debug, Default)]
pub struct Library {
    layer: Layer,
    /// Positions of the cards, by their ids; made when the first card is asked for.
    by_id: OnceLock<Box<[usize]>>,
    estimates: estimates::Estimates,
}

/// The topics of one group, as the library shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelf<'a> {
    /// The group's name; empty for topics that name none.
    pub group: &'a str,
    /// In reading order.
    pub topics: Vec<&'a Topic>,
}

impl Library {
    /// What is built in.
    pub fn built_in() -> Self {
        Self::unpacked(INDEX, TEXTS).expect("the build script packed both parts together")
    }

    /// What [`content::pack`] made. Fails where the two parts do not belong together.
    pub fn unpacked(index: &[u8], texts: &'static str) -> Result<Self, postcard::Error> {
        let (content, files) = content::unpack(index, texts)?;
        Ok(Self::of(Layer { content, files }))
    }

    /// What is built in with folders laid over it, the last uppermost: an entry replaces the one of the same id below.
    pub fn open(folders: &[PathBuf]) -> Self {
        Self::built_in().with(folders, None)
    }

    /// What stands in one folder or file, and nothing else.
    pub fn only(folder: &Path) -> Self {
        Self::without_built_in(&[folder.to_owned()])
    }

    /// What stands in some folders or files, laid over one another, and nothing else.
    pub fn without_built_in(folders: &[PathBuf]) -> Self {
        Self::default().with(folders, None)
    }

    /// Like [`Library::open`], but an entry whose file has a problem now stays as it was before.
    pub fn reopen(&self, folders: &[PathBuf]) -> Self {
        Self::built_in().with(folders, Some(&self.layer))
    }

    fn of(layer: Layer) -> Self {
        Self { layer, ..Self::default() }
    }

    fn with(self, folders: &[PathBuf], before: Option<&Layer>) -> Self {
        let lay = |below: Layer, folder: &PathBuf| {
            let mut layer = folder::read(folder);
            if let Some(before) = before {
                layer.keep_last_good(before);
            }
            below.under(layer)
        };
        Self::of(folders.iter().fold(self.layer, lay))
    }

    /// Everything that can be checked.
    pub fn corpus(&self) -> Corpus<'_> {
        Corpus { content: self.content(), files: self.files("") }
    }

    /// Topics, notes and cards as they were parsed.
    pub fn content(&self) -> &Content {
        &self.layer.content
    }

    /// What is wrong in the folders, by place within each.
    pub fn problems(&self) -> &[Problem] {
        &self.content().problems
    }

    /// The topics by group: groups and topics in reading order, topics without a group last.
    pub fn shelves(&self) -> Vec<Shelf<'_>> {
        let mut topics: Vec<&Topic> = self.content().topics.iter().collect();
        topics.sort_by_key(|topic| (topic.order, &topic.id));
        let mut shelves: Vec<Shelf<'_>> = Vec::new();
        for topic in topics {
            match shelves.iter_mut().find(|shelf| shelf.group == topic.group) {
                Some(shelf) => shelf.topics.push(topic),
                None => shelves.push(Shelf { group: &topic.group, topics: vec![topic] }),
            }
        }
        shelves.sort_by_key(|shelf| shelf.group.is_empty());
        shelves
    }

    /// A topic.
    pub fn topic(&self, id: &TopicId) -> Option<&Topic> {
        let topics = &self.content().topics;
        topics.binary_search_by(|topic| topic.id.cmp(id)).ok().map(|at| &topics[at])
    }

    /// A topic's note.
    pub fn note(&self, topic: &TopicId) -> Option<&Note> {
        let notes = &self.content().notes;
        notes.binary_search_by(|note| note.topic.cmp(topic)).ok().map(|at| &notes[at])
    }

    /// Every card, by topic in reading order and within one in the order of the files.
    pub fn cards(&self) -> &[Card] {
        &self.content().cards
    }

    /// The cards of a topic, in the order of the files.
    pub fn cards_of(&self, topic: &TopicId) -> &[Card] {
        let cards = self.cards();
        let (content, own) = (self.content(), self.content().reading_place(topic));
        let start = cards.partition_point(|card| content.reading_place(&card.topic) < own);
        let len = cards[start..].partition_point(|card| card.topic == *topic);
        &cards[start..start + len]
    }

    /// A card.
    pub fn card(&self, id: &CardId) -> Option<&Card> {
        let cards = self.cards();
        let by_id = self.by_id.get_or_init(|| {
            let mut positions: Box<[usize]> = (0..cards.len()).collect();
            positions.sort_unstable_by_key(|&at| &cards[at].id);
            positions
        });
        by_id.binary_search_by_key(&id, |&at| &cards[at].id).ok().map(|found| &cards[by_id[found]])
    }

    /// The files that other rooms read and whose path begins with `prefix`, such as `calculators/`, by path.
    pub fn files(&self, prefix: &str) -> &[Stored<'static>] {
        let files = &self.layer.files;
        let start = files.partition_point(|file| *file.path < *prefix);
        let len = files[start..].partition_point(|file| file.path.starts_with(prefix));
        &files[start..start + len]
    }

    /// The file of a path, such as `scenarios/hld/url-shortener.toml`.
    pub fn file(&self, path: &str) -> Option<&Stored<'static>> {
        let files = &self.layer.files;
        files.binary_search_by(|file| file.path.as_ref().cmp(path)).ok().map(|at| &files[at])
    }
}
