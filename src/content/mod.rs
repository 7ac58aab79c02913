//! Text in, topics and cards out.
//!
//! Pure: takes `(path, text)` pairs and returns everything that could be read together with every
//! [`Problem`] at once; a broken file never hides the rest. Knows nothing of folders, of the
//! expression language (an answer is kept as text; `check` evaluates it) or of the screen.
//! The formats are described in `docs/formats.md`. Start reading at [`parse()`], then at [`Topic`], [`Note`] and [`Card`].
//!
//! The build script parses what is built in with this same module, so it names only itself and libraries.

mod cards;
mod deck;
mod file;
pub mod markdown;
mod model;
mod note;
mod pack;
mod parse;
mod spelled;
mod table;
mod text;

pub use model::{
    Anchor, CalculatorId, Card, CardId, CardKind, Choice, Factor, Heading, LabId, LessonId, Note, NoteRef, Place,
    Problem, ScenarioId, Source, Tier, Topic, TopicId,
};
pub use pack::{Pack, Stored, pack, unpack};
pub use parse::{Content, is_for_another_room, parse, path_within};
pub(crate) use spelled::{SPELLED_OUT, spelled_out};
pub use table::nearest;
pub(crate) use table::{Fields, read_table};
pub use text::{DecodeError, MAX_FILE_BYTES, clean, decode};
