//! What screens may look at: everything there is to study and everything known of the student.
//!
//! Screens read from it in `run`, `receive` and `layout`, never in `draw`; they change it only through
//! [`Effect::Save`](super::effect::Effect::Save).

mod student;

use crate::library::Library;

pub use student::{Plan, Student};

/// Content and progress.
#[derive(Debug, Default)]
pub struct World {
    /// Everything there is to study.
    pub library: Library,
    /// What is known of the one who studies.
    pub student: Student,
}
