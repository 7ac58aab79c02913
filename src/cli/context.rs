//! What the commands work on: the clock, the folders, the library and the store.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::arguments::Global;
use super::failure::Failure;
use crate::library::Library;
use crate::time::{Clock, Now};

/// The surroundings of one run.
#[derive(Debug)]
pub(super) struct Context {
    /// Stands still in commands without a screen, so that one run has one moment.
    pub(super) clock: Clock,
    /// Given, or taken from the moment.
    pub(super) seed: u64,
    pub(super) paths: Paths,
}

/// Where things are kept.
#[derive(Debug)]
pub(super) struct Paths {
    /// Progress, backups and logs.
    pub(super) data: PathBuf,
    /// The settings file.
    pub(super) config: PathBuf,
    /// Whether the settings file was named, and so must exist.
    pub(super) config_named: bool,
    /// Content laid over what is built in, in order: one's own folder, then those named.
    pub(super) content: Vec<PathBuf>,
}

impl Context {
    /// The surroundings for a command without a screen: time stands still.
    pub(super) fn still(global: &Global) -> Result<Self, Failure> {
        let clock = match global.now {
            Some(moment) => Clock::still(moment),
            None => Clock::system().stopped(),
        };
        Self::with(global, clock)
    }

    /// The surroundings for the app: time goes on.
    pub(super) fn running(global: &Global) -> Result<Self, Failure> {
        let clock = global.now.map_or_else(Clock::system, Clock::starting_at);
        Self::with(global, clock)
    }

    fn with(global: &Global, clock: Clock) -> Result<Self, Failure> {
        let seed = global.seed.unwrap_or_else(|| clock.now().wall.0.unsigned_abs());
        Ok(Self { seed, paths: Paths::of(global)?, clock })
    }

    pub(super) fn now(&self) -> Now {
        self.clock.now()
    }

    /// Everything there is to study.
    pub(super) fn library(&self) -> Library {
        Library::open(&self.paths.content)
    }
}

impl Paths {
    fn of(global: &Global) -> Result<Self, Failure> {
        let strategy = etcetera::choose_base_strategy();
        let platform = |pick: fn(&etcetera::base_strategy::Xdg) -> PathBuf, what: &str, option: &str| {
            let home = || format!("There is no home directory, so name {what} with {option}");
            strategy.as_ref().map(|found| pick(found).join("sysdrill")).map_err(|_| Failure::Cannot(home()))
        };
        let data = match &global.data_dir {
            Some(folder) => folder.clone(),
            None => platform(|found| found.data_dir(), "the data directory", "--data-dir DIR")?,
        };
        let config = match &global.config {
            Some(file) => file.clone(),
            None => platform(|found| found.config_dir(), "the settings", "--config FILE")?.join("config.toml"),
        };
        for folder in &global.content {
            if !folder.exists() {
                return Err(Failure::Cannot(format!("--content {}: there is no such folder", folder.display())));
            }
        }
        let own = own_content(&data);
        let content = own.is_dir().then_some(own).into_iter().chain(global.content.iter().cloned()).collect();
        Ok(Self { data, config, config_named: global.config.is_some(), content })
    }
}

/// The user's own content folder.
pub(super) fn own_content(data: &Path) -> PathBuf {
    data.join("content")
}
