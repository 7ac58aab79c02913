//! Parses the content once, when the program is built, and packs it for a quick start.
//!
//! Content with a problem does not build: every problem is printed as `file:line:column`.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

#[path = "src/content/mod.rs"]
#[expect(
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "a room of the program, of which this script needs only a part"
)]
mod content;

use content::Stored;

/// The folders that are built in.
const FOLDERS: [&str; 2] = ["content", "scenarios"];

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let mut files = Vec::new();
    let mut problems = Vec::new();
    for folder in FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
        for path in paths(&root.join(folder))? {
            let name = path.strip_prefix(&root)?.to_string_lossy().replace('\\', "/");
            match content::decode(&fs::read(&path)?) {
                Ok(text) => files.push((name, text)),
                Err(error) => problems.push(error.problem(&name)),
            }
        }
    }
    println!("cargo::rerun-if-changed=src/content");

    let parsed = content::parse(files.iter().map(|(name, text)| (name, text)));
    problems.extend(parsed.problems.iter().cloned());
    if !problems.is_empty() {
        for problem in &problems {
            eprintln!("{problem}");
        }
        return Ok(ExitCode::FAILURE);
    }

    let others: Vec<Stored<'_>> = files
        .iter()
        .filter(|(name, _)| content::is_for_another_room(name))
        .map(|(name, text)| Stored { path: content::path_within(name).into(), file: name.into(), text: text.into() })
        .collect();
    let pack = content::pack(parsed, others)?;
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("index.postcard"), pack.index)?;
    fs::write(out.join("texts.md"), pack.texts)?;
    Ok(ExitCode::SUCCESS)
}

/// All text files of a folder, in the order of their names; none where there is no folder.
fn paths(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let entries = match fs::read_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries?,
        };
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md" || extension == "toml") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}
