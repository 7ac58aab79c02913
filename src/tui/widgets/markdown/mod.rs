//! Markdown as a page to read: parse once, lay out once a width, draw what is in view.
//!
//! [`Document::parse`] turns a text into blocks, [`Document::layout`] into a [`Page`] of a width, whose lines, links and headings
//! the reader scrolls through. Knows nothing of notes or of the language of live numbers: [`Document::live`] names the
//! expressions in their order, and whoever lays out hands in the [`Answer`]s.

mod block;
mod html;
mod layout;
mod page;
mod parse;
mod table;
mod wrap;

#[cfg(test)]
mod tests;

use block::Block;

pub use block::{Base, Look};
pub use page::{Emphasis, Entry, Found, Line, Link, Page, Span};

/// A parsed text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    blocks: Vec<Block>,
    targets: Vec<String>,
    live: Vec<Live>,
}

/// Something in a text that is computed: to be answered by whoever knows the language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Live {
    /// Shown as its value.
    Value(String),
    /// Shown as `expression = value`.
    Equation(String),
    /// A block of named lines, each shown with its value.
    Sheet(String),
}

/// What a [`Live`] item comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The value of an expression, or what is wrong with it.
    Value(Result<String, String>),
    /// For each line of a sheet its text and its value, or what is wrong with it; none for blank and comment lines.
    Sheet(Vec<(String, Option<Result<String, String>>)>),
}

impl Document {
    /// Parses a text that has been cleaned of control characters.
    pub fn parse(text: &str) -> Self {
        parse::parse(text)
    }

    /// What is to be computed, in the order of the text.
    pub fn live(&self) -> &[Live] {
        &self.live
    }
}
