//! What screens may look at: everything there is to study and everything known of the student.
//!
//! Screens read from it in `run`, `receive` and `layout`, never in `draw`; they change it only through
//! [`Effect::Save`](super::effect::Effect::Save).

use crate::library::Library;

/// Content and progress.
#[derive(Debug, Default)]
pub struct World {
    /// Topics, notes, cards.
    pub library: Library,
}
