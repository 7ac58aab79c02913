//! What a Markdown text is made of once parsed: a tree of blocks at most [`DEPTH`] deep.

/// How deep lists and quotes may nest; what is deeper is shown at this depth.
pub(super) const DEPTH: usize = 32;

/// How a piece of text looks, by role; the theme gives it colours when it is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// The role.
    pub base: Base,
    /// Strong.
    pub bold: bool,
    /// Emphasised.
    pub italic: bool,
    /// Struck out.
    pub struck: bool,
}

/// The roles of text on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Base {
    /// Running text.
    #[default]
    Text,
    /// What may be overlooked.
    Muted,
    /// Code.
    Code,
    /// What can be followed.
    Link,
    /// A heading of a level from 1.
    Heading(u8),
    /// A computed value.
    Value,
    /// A live number that does not compute.
    Fault,
    /// Rules, bars and bullets.
    Border,
}

/// A run of text with one look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Inline {
    Text {
        text: String,
        look: Look,
        link: Option<usize>,
    },
    /// A live expression, by its place in the document's list.
    Live {
        at: usize,
    },
    /// A line break that the author asked for.
    Break,
}

/// A block of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    Heading {
        level: u8,
        anchor: Option<String>,
        text: Vec<Inline>,
    },
    Paragraph(Vec<Inline>),
    Code {
        text: String,
    },
    /// A sheet of named lines, by its place in the document's list of live items.
    Sheet {
        at: usize,
    },
    Quote(Vec<Block>),
    List {
        first: Option<u64>,
        items: Vec<Item>,
    },
    Table(Table),
    Rule,
    Footnote {
        label: String,
        blocks: Vec<Block>,
    },
}

/// An item of a list; `done` where it is a task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) done: Option<bool>,
    pub(super) blocks: Vec<Block>,
}

/// A table; every row has as many cells as the head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) align: Vec<Align>,
    pub(super) head: Vec<Vec<Inline>>,
    pub(super) rows: Vec<Vec<Vec<Inline>>>,
}

/// How a column stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Align {
    #[default]
    Left,
    Centre,
    Right,
}
