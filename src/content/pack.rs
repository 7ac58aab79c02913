//! Content as it lies in the program: packed by the build script, unpacked at every start.
//!
//! Long texts (notes and the files of other rooms) stay where they are and are only pointed at, so a start costs
//! what the ids, titles and cards cost, however much there is to read.

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::model::{Card, Note, Topic};
use super::parse::Content;

/// Content packed for the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// Topics, notes without their bodies, cards, and where the texts stand; in postcard's format.
    pub index: Vec<u8>,
    /// All long texts, one behind the other.
    pub texts: String,
}

/// A file that another room reads, such as `calculators/traffic.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored<'a> {
    /// Path within the content, with `/`: what the file is known by.
    pub path: Cow<'a, str>,
    /// Path as messages name it.
    pub file: Cow<'a, str>,
    /// Its text, cleaned.
    pub text: Cow<'a, str>,
}

#[derive(Serialize, Deserialize)]
struct Index {
    topics: Vec<Topic>,
    notes: Vec<Note>,
    bodies: Vec<Range<usize>>,
    cards: Vec<Card>,
    files: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    path: String,
    file: String,
    text: Range<usize>,
}

/// Packs content, whose problems are left behind, and files, which come out sorted by path.
pub fn pack(content: Content, mut files: Vec<Stored<'_>>) -> Result<Pack, postcard::Error> {
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let mut texts = String::new();
    let mut store = |text: &str| {
        let start = texts.len();
        texts.push_str(text);
        start..texts.len()
    };
    let bodies = content.notes.iter().map(|note| store(&note.body)).collect();
    let entry = |stored: &Stored<'_>| Entry {
        path: stored.path.clone().into_owned(),
        file: stored.file.clone().into_owned(),
        text: store(&stored.text),
    };
    let files = files.iter().map(entry).collect();
    let notes = content.notes.into_iter().map(|note| Note { body: Cow::Borrowed(""), ..note }).collect();
    let index = Index { topics: content.topics, notes, bodies, cards: content.cards, files };
    Ok(Pack { index: postcard::to_stdvec(&index)?, texts })
}

/// Takes packed content apart again. Fails where the two parts do not belong together.
pub fn unpack(index: &[u8], texts: &'static str) -> Result<(Content, Vec<Stored<'static>>), postcard::Error> {
    let Index { topics, mut notes, bodies, cards, files } = postcard::from_bytes(index)?;
    let text = |range: Range<usize>| texts.get(range).ok_or(postcard::Error::DeserializeUnexpectedEnd);
    for (note, body) in notes.iter_mut().zip(bodies) {
        note.body = Cow::Borrowed(text(body)?);
    }
    let files = files
        .into_iter()
        .map(|Entry { path, file, text: range }| {
            Ok(Stored { path: path.into(), file: file.into(), text: text(range)?.into() })
        })
        .collect::<Result<_, postcard::Error>>()?;
    Ok((Content { topics, notes, cards, problems: Vec::new() }, files))
}
