//! The real host: the store, threads for jobs, the terminal's clipboard, files, `$EDITOR`.

use std::env;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::Ordering;

use ratatui::crossterm::clipboard::CopyToClipboard;
use ratatui::crossterm::execute;

use super::modes::Modes;
use super::signals::Lent;
use crate::time::Now;
use crate::tui::effect::{Edit, Record};
use crate::tui::host::{Host, Ticket};
use crate::tui::job::{Job, News, Stop};
use crate::tui::world::World;

/// What most terminals take through OSC 52, in bytes before encoding.
const MOST_COPIED: usize = 74_000;

/// How many names are tried for an export before the user is asked to tidy up.
const MOST_NAMES: usize = 100;

/// Hands the news of one job to the loop.
pub(super) type Teller = Box<dyn Fn(News) + Send>;

/// Carries out effects for the app in the terminal.
pub(super) struct Desk {
    pub(super) world: World,
    /// Where the texts lie that are being edited.
    pub(super) data: PathBuf,
    pub(super) modes: Modes,
    pub(super) lent: Lent,
    /// The way of news from the threads of jobs to the loop.
    pub(super) tell: Box<dyn Fn(Ticket) -> Teller>,
    /// Set when somebody else has drawn on the terminal.
    pub(super) must_redraw: bool,
}

impl Host for Desk {
    fn world(&self) -> &World {
        &self.world
    }

    fn save(&mut self, record: Record, now: Now) -> Result<(), String> {
        self.world.save(&record, now)
    }

    fn start(&mut self, ticket: Ticket, job: Job) -> Stop {
        let stop = Stop::default();
        let tell = (self.tell)(ticket);
        let stop_of_job = stop.clone();
        std::thread::spawn(move || job.perform(&stop_of_job, tell));
        stop
    }

    fn copy(&mut self, text: &str) -> Result<(), String> {
        if text.len() > MOST_COPIED {
            return Err(format!("A terminal's clipboard takes {} KB: export it instead.", MOST_COPIED / 1000));
        }
        execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text))
            .map_err(|error| format!("Not copied: {error}."))
    }

    fn export(&mut self, name: &str, contents: &str) -> Result<PathBuf, String> {
        let folder =
            env::current_dir().map_err(|error| format!("Not exported: there is no current folder ({error})."))?;
        write_new(&folder, name, contents)
    }

    fn ring(&mut self) {
        // A terminal that takes no bell takes no frame either, and says so then.
        let _ = io::stdout().write_all(b"\x07").and_then(|()| io::stdout().flush());
    }

    fn edit(&mut self, edit: &Edit) -> Result<String, String> {
        match edit {
            Edit::File { path, line } => {
                self.lend_to_editor(path, *line)?;
                fs::read_to_string(path).map_err(|error| format!("{} cannot be read: {error}.", path.display()))
            }
            Edit::Text { text, extension } => {
                let path = self.data.join(format!("edit-{}.{extension}", std::process::id()));
                fs::write(&path, text).map_err(|error| format!("{} cannot be written: {error}.", path.display()))?;
                let edited = self.lend_to_editor(&path, 1).and_then(|()| {
                    fs::read_to_string(&path).map_err(|error| format!("The edited text cannot be read: {error}."))
                });
                // A file left behind does no harm, and the text is what counts.
                let _ = fs::remove_file(&path);
                edited
            }
        }
    }
}

impl Desk {
    fn lend_to_editor(&mut self, path: &Path, line: u32) -> Result<(), String> {
        let chosen = ["VISUAL", "EDITOR"].into_iter().find_map(|name| env::var(name).ok().filter(|v| !v.is_empty()));
        let chosen = chosen.unwrap_or_else(|| "vi".to_owned());
        let mut words = chosen.split_whitespace();
        let program = words.next().unwrap_or("vi");
        self.lent.store(true, Ordering::SeqCst);
        self.modes.suspend();
        let status = Command::new(program).args(words).args(line_argument(program, line)).arg(path).status();
        let resumed = self.modes.resume();
        self.lent.store(false, Ordering::SeqCst);
        self.must_redraw = true;
        resumed.map_err(|error| format!("The terminal did not come back from {program}: {error}."))?;
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("{program} ended with {status}; nothing was taken over.")),
            Err(error) => Err(format!("{program} cannot be started ({error}): set EDITOR to the editor you use.")),
        }
    }
}

/// `+12`, for the editors that understand it.
fn line_argument(program: &str, line: u32) -> Option<String> {
    const KNOWN: [&str; 9] = ["vi", "vim", "nvim", "nano", "emacs", "emacsclient", "micro", "kak", "ed"];
    let name = Path::new(program).file_name()?.to_str()?;
    (line > 1 && KNOWN.contains(&name)).then(|| format!("+{line}"))
}

/// Writes a file of a new name: `mrc.csv`, else `mrc-2.csv` and so on.
fn write_new(folder: &Path, name: &str, contents: &str) -> Result<PathBuf, String> {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "txt"));
    for number in 1..=MOST_NAMES {
        let name = if number == 1 { format!("{stem}.{extension}") } else { format!("{stem}-{number}.{extension}") };
        let path = folder.join(name);
        match File::create_new(&path) {
            Ok(mut file) => {
                let written = file.write_all(contents.as_bytes()).and_then(|()| file.sync_all());
                return written.map(|()| path.clone()).map_err(|error| {
                    // Half an export is worse than none.
                    let _ = fs::remove_file(&path);
                    format!("{} cannot be written: {error}.", path.display())
                });
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(format!("{} cannot be written: {error}.", path.display())),
        }
    }
    Err(format!("{} holds {MOST_NAMES} exports of that name: remove some.", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_export_never_takes_the_place_of_a_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let export = |contents: &str| {
            let path = write_new(folder.path(), "mrc.csv", contents).expect("written");
            (path.file_name().expect("a name").to_string_lossy().into_owned(), fs::read_to_string(path).expect("read"))
        };
        assert_eq!(export("one"), ("mrc.csv".to_owned(), "one".to_owned()));
        assert_eq!(export("two"), ("mrc-2.csv".to_owned(), "two".to_owned()));
    }

    #[test]
    fn editors_that_know_lines_are_told() {
        assert_eq!(line_argument("/usr/bin/nvim", 12).as_deref(), Some("+12"));
        assert_eq!(line_argument("code", 12), None);
        assert_eq!(line_argument("vi", 1), None);
    }
}
