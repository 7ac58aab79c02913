//! Text in, topics and cards out.
//!
//! Pure: takes `(path, text)` pairs and returns everything that could be read together with every
//! [`Problem`] at once; a broken file never hides the rest. Knows nothing of folders, of the
//! expression language (an answer is kept as text; `check` evaluates it) or of the screen.
//! The formats are described in `docs/formats.md`. Start reading at [`model`].

mod model;

pub use model::*;
