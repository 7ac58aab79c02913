//! Reads a folder of content from a file system that is not to be trusted.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::file::{self, FileError};
use super::overlay::Layer;
use crate::content::{self, DecodeError, MAX_FILE_BYTES, Place, Problem, Stored};

/// How deep folders may stand within each other.
const MAX_DEPTH: usize = 32;

/// How many files and folders of one tree are looked at.
const MAX_ENTRIES: usize = 10_000;

/// Everything that can be read in a folder (or of one file), with the problems of all the rest.
pub(super) fn read(root: &Path) -> Layer {
    let mut walk = Walk::default();
    match Root::of(root) {
        Ok(root) => walk.root(&root),
        Err(error) => walk.problem(root, format!("this cannot be read: {error}")),
    }
    let Walk { files, problems, .. } = walk;
    let mut content = content::parse(files.iter().map(|file| (&file.shown, &file.text)));
    content.problems.extend(problems);
    content.problems.sort();
    let others = files.into_iter().filter(|file| content::is_for_another_room(&file.shown));
    let mut files: Vec<_> = others.map(TextFile::stored).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Layer { content, files }
}

/// Where a walk begins.
struct Root {
    /// As it was named, unless that tells nothing (`.`).
    shown: PathBuf,
    /// Without links, to tell what leads out of it.
    real: PathBuf,
}

impl Root {
    fn of(path: &Path) -> io::Result<Self> {
        let real = path.canonicalize()?;
        // A note's topic is read from its folder, so where a file is named, its folder must be too.
        let named = if real.is_dir() { Some(path) } else { path.parent() };
        let telling = named.is_some_and(|folder| folder.file_name().is_some());
        Ok(Self { shown: if telling { path.to_owned() } else { real.clone() }, real })
    }
}

/// A file that was read.
struct TextFile {
    /// Its path as messages name it.
    shown: String,
    /// Its path from the root.
    within: String,
    text: String,
}

impl TextFile {
    fn stored(self) -> Stored<'static> {
        let text = match content::clean(&self.text) {
            cleaned if *cleaned == *self.text => self.text,
            cleaned => cleaned.into_owned(),
        };
        Stored {
            path: content::clean(&self.within).into_owned().into(),
            file: content::clean(&self.shown).into_owned().into(),
            text: text.into(),
        }
    }
}

#[derive(Default)]
struct Walk {
    files: Vec<TextFile>,
    problems: Vec<Problem>,
    entries: usize,
}

impl Walk {
    fn root(&mut self, root: &Root) {
        if root.real.is_dir() {
            return self.folder(root, &root.shown, 0);
        }
        let names: Vec<_> = root.real.iter().collect();
        // `lessons/cache/loop.toml` and `scenarios/hld/chat.toml` are known by three names, all others by two.
        let [.., above, folder, name] = names[..] else { return self.file(&root.shown, &root.real) };
        let by_three = above == "lessons" || above == "scenarios";
        let within = Path::new(folder).join(name);
        self.file(&root.shown, &if by_three { Path::new(above).join(within) } else { within });
    }

    fn folder(&mut self, root: &Root, folder: &Path, depth: usize) {
        if depth > MAX_DEPTH {
            return self.problem(folder, format!("folders stand more than {MAX_DEPTH} deep here: flatten them"));
        }
        let mut paths: Vec<PathBuf> = match fs::read_dir(folder) {
            // One entry more than allowed is enough to know that there are too many.
            Ok(entries) => entries.take(MAX_ENTRIES + 1).flatten().map(|entry| entry.path()).collect(),
            Err(error) => return self.problem(folder, format!("this folder cannot be read: {error}")),
        };
        paths.sort();
        for path in paths {
            if path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b".")) {
                continue;
            }
            self.entries += 1;
            if self.entries > MAX_ENTRIES {
                // Said once, however many folders there still are.
                if self.entries == MAX_ENTRIES + 1 {
                    self.problem(folder, format!("there are more than {MAX_ENTRIES} files: some were passed over"));
                }
                return;
            }
            self.entry(root, &path, depth);
        }
    }

    fn entry(&mut self, root: &Root, path: &Path, depth: usize) {
        let kind = match fs::symlink_metadata(path) {
            Ok(metadata) => metadata.file_type(),
            Err(error) => return self.problem(path, format!("this cannot be read: {error}")),
        };
        if kind.is_dir() {
            return self.folder(root, path, depth + 1);
        }
        if kind.is_symlink() {
            match path.canonicalize() {
                Ok(target) if !target.starts_with(&root.real) => {
                    return self.problem(path, "this link leads out of the folder: copy the file here");
                }
                Ok(target) if target.is_dir() => {
                    return self.problem(path, "a link to a folder is not followed: copy the folder here");
                }
                Ok(_) => {}
                Err(error) => return self.problem(path, format!("this link leads nowhere: {error}")),
            }
        }
        if path.extension().is_some_and(|extension| extension == "md" || extension == "toml") {
            let within = path.strip_prefix(&root.shown).unwrap_or(path);
            self.file(path, within);
        }
    }

    fn file(&mut self, path: &Path, within: &Path) {
        let shown = with_slashes(path);
        match text(path) {
            Ok(text) => {
                let within = content::path_within(&with_slashes(within)).to_owned();
                self.files.push(TextFile { shown, within, text });
            }
            Err(Unreadable::Text(error)) => self.problems.push(error.problem(&shown)),
            Err(Unreadable::Kind) => self.problem(path, "this is not a regular file: remove it"),
            Err(Unreadable::System(error)) => self.problem(path, format!("this file cannot be read: {error}")),
        }
    }

    fn problem(&mut self, path: &Path, message: impl Into<String>) {
        let file = content::clean(&with_slashes(path)).into_owned();
        self.problems.push(Problem { place: Place { file, line: 1, column: 1 }, message: message.into() });
    }
}

/// Why a file is passed over.
enum Unreadable {
    /// It holds no text as it should be.
    Text(DecodeError),
    /// A device, a FIFO or a socket.
    Kind,
    System(io::Error),
}

impl From<FileError> for Unreadable {
    fn from(error: FileError) -> Self {
        match error {
            FileError::Kind => Self::Kind,
            FileError::Length(_) => Self::Text(DecodeError::TooLong),
            FileError::System(error) => Self::System(error),
        }
    }
}

fn text(path: &Path) -> Result<String, Unreadable> {
    content::decode(&file::bytes(path, MAX_FILE_BYTES as u64)?).map_err(Unreadable::Text)
}

/// A path as messages and ids write it on every platform.
fn with_slashes(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/").replace("//", "/")
}
