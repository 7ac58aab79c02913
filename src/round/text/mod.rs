//! Notes as clauses of words: what the matcher reads.
//!
//! Knows English function words and Markdown bullets, nothing of scenarios. Start reading at [`Notes`] and [`clauses`].

mod clause;
mod fluency;
mod stem;
mod token;
pub(super) mod words;

pub(super) use clause::{Clause, clauses};
pub use clause::{NoteLine, Notes};
pub(super) use fluency::{is_list_of, is_plausible, says_something};
pub(super) use token::{Kind, Token, tokens};
