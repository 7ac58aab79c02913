//! What screens may look at: everything there is to study and everything known of the student.
//!
//! Screens read from it in `run`, `receive` and `layout`, never in `draw`; they change it only through
//! [`Effect::Save`](super::effect::Effect::Save), which every host carries out with [`World::save`].

mod plan;
mod student;

use std::path::PathBuf;

use crate::content::TopicId;
use crate::library::Library;
use crate::recall::Readiness;
use crate::store::{Store, StoreError};
use crate::time::Now;

use super::effect::Record;

pub use plan::{Plan, PlanError};
pub use student::Student;

/// Content and progress.
#[derive(Debug)]
pub struct World {
    /// Everything there is to study.
    pub library: Library,
    /// What is known of the one who studies.
    pub student: Student,
    /// The folders laid over what is built in, the user's own content.
    pub folders: Vec<PathBuf>,
}

impl World {
    /// Content with progress; `seed` decides what is left to chance.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn new(library: Library, store: Store, folders: Vec<PathBuf>, seed: u64) -> Result<Self, StoreError> {
        Ok(Self { library, student: Student::of(store, seed)?, folders })
    }

    /// Content and a student of whom nothing is known; nothing is written to a disk.
    ///
    /// # Errors
    /// Where the database engine does not work.
    pub fn scratch(library: Library) -> Result<Self, StoreError> {
        Self::new(library, Store::scratch()?, Vec::new(), 0)
    }

    /// Writes a record down; it is on disk when this returns `Ok`, and nothing is changed when it does not.
    ///
    /// # Errors
    /// Says why it could not be written and what to do.
    pub fn save(&mut self, record: &Record, now: Now) -> Result<(), String> {
        self.student.write(record, now).map_err(|error| error.to_string())
    }

    /// What [`Record::Memory`] has kept under a key. What cannot be read is as good as forgotten.
    pub fn recollect(&self, key: &str) -> Option<String> {
        self.student.store().recollect(key).ok().flatten()
    }

    /// How ready each topic is, by its title, in the library's order.
    pub fn readiness(&self, now: Now) -> Vec<(String, Readiness)> {
        let title = |id: &TopicId| self.library.topic(id).map_or_else(|| id.to_string(), |topic| topic.title.clone());
        let readiness = self.student.basis(self.library.cards(), now).readiness();
        readiness.into_iter().map(|topic| (title(&topic.topic), topic)).collect()
    }

    /// Reads the folders anew; where a file has a problem now, what it said before stays.
    pub fn reload(&mut self) {
        self.library = self.library.reopen(&self.folders);
    }
}
