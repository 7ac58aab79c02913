//! What content is made of, after parsing.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::text::line_and_column;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes a text as an id, as it is.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id! {
    /// A topic's id: the name of its folder, such as `sharding`. A topic owns one note of the same id.
    TopicId
}
id! {
    /// A card's full id: `topic/card`.
    CardId
}
id! {
    /// A heading's anchor within a note.
    Anchor
}
id! {
    /// A scenario's id: the name of its file, such as `url-shortener`.
    ScenarioId
}
id! {
    /// A lesson's id: `lab/lesson`.
    LessonId
}
id! {
    /// A lab's id, such as `cache`.
    LabId
}
id! {
    /// A calculator's id: the name of its file, such as `traffic`.
    CalculatorId
}

/// Where something stands in the files, for messages.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Path as it was given, with `/`.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// Something in a file that must be mended, with the remedy in the message.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Problem {
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// What is wrong and what to do, as one sentence or two.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

/// A subject to study, such as `sharding`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// The folder's name.
    pub id: TopicId,
    /// As shown.
    pub title: String,
    /// One line.
    pub summary: String,
    /// Heading in the library under which it stands; empty for decks that have none.
    pub group: String,
    /// Position in the library.
    pub order: u32,
    /// Reading time of the note in minutes; 0 without a note.
    pub minutes: u32,
    /// Topics to read next.
    pub related: Vec<TopicId>,
    /// What the note's facts rest on.
    pub sources: Vec<Source>,
    /// Where its note or deck begins.
    pub place: Place,
}

impl Topic {
    /// A topic of which no more is known than that there are cards of it.
    pub(super) fn named_by_its_id(id: TopicId, place: Place) -> Self {
        let mut title = id.as_str().replace('-', " ");
        if let Some(first) = title.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        Self {
            id,
            title,
            summary: String::new(),
            group: String::new(),
            order: u32::MAX,
            minutes: 0,
            related: Vec::new(),
            sources: Vec::new(),
            place,
        }
    }
}

/// A primary source of a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Title of the paper, manual or page.
    pub title: String,
    /// Authors or publisher.
    #[serde(default)]
    pub by: String,
    /// Year of publication, or in which the page was read.
    pub year: u16,
    /// Address, where there is one.
    #[serde(default)]
    pub url: Option<String>,
}

/// A Markdown page to read. Its text is parsed when it is opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The topic that owns it.
    pub topic: TopicId,
    /// The Markdown below the front matter; borrowed where it is built in.
    pub body: Cow<'static, str>,
    /// The line of the file on which `body` begins, from 1.
    pub first_line: u32,
    /// Its headings, in order.
    pub headings: Vec<Heading>,
    /// Where it stands.
    pub place: Place,
}

impl Note {
    /// The place in the file of a byte offset within the body.
    pub fn place_of(&self, at: usize) -> Place {
        let (line, column) = line_and_column(&self.body, at);
        Place { file: self.place.file.clone(), line: self.first_line + line - 1, column }
    }

    /// Whether a link to `anchor` arrives.
    pub fn has_anchor(&self, anchor: &Anchor) -> bool {
        self.headings.iter().any(|heading| heading.anchor == *anchor)
    }
}

/// A heading of a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// As shown.
    pub text: String,
    /// For links.
    pub anchor: Anchor,
    /// Line within the body, from 0.
    pub line: u32,
}

/// How early a card is worth learning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// What every candidate must have.
    Core,
    /// What makes an answer senior.
    Plus,
    /// What a specialist asks.
    Deep,
}

impl Tier {
    /// Every tier, in the order in which they are worth learning.
    pub const ALL: [Self; 3] = [Self::Core, Self::Plus, Self::Deep];

    /// The tier's name, as the files write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Plus => "plus",
            Self::Deep => "deep",
        }
    }
}

/// A section of a note: the note's topic and, where given, a heading.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NoteRef {
    /// Which note.
    pub topic: TopicId,
    /// Which section; none is the top.
    pub anchor: Option<Anchor>,
}

/// One fact to recall.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// `topic/card`.
    pub id: CardId,
    /// The topic it belongs to.
    pub topic: TopicId,
    /// How early it is worth learning.
    pub tier: Tier,
    /// The question, Markdown of one paragraph; for a cloze the text without its marks (see [`CardKind::Cloze`]).
    pub front: String,
    /// What is asked and how it is answered.
    pub kind: CardKind,
    /// Why the answer is so; may be empty in decks of one's own.
    pub why: String,
    /// The section that teaches it.
    pub note: Option<NoteRef>,
    /// The lesson that shows it, `lab/lesson`.
    pub lesson: Option<LessonId>,
    /// Free words for search.
    pub tags: Vec<String>,
    /// Cards of one group in one topic are not asked on the same day.
    pub siblings: Option<String>,
    /// The card it is easily confused with.
    pub contrast: Option<CardId>,
    /// Where it stands.
    pub place: Place,
}

/// The kinds of card, each with what only it has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CardKind {
    /// Say the answer, turn the card, grade yourself.
    Recall {
        /// The answer.
        back: String,
    },
    /// Fill the gaps of the front.
    Cloze {
        /// Byte ranges of the front that are hidden, ascending, not overlapping.
        gaps: Vec<(u32, u32)>,
    },
    /// Pick the right options. Right ones first as parsed; shuffled when shown.
    Choose {
        /// At least one right and one wrong.
        options: Vec<Choice>,
    },
    /// Type a number with a unit.
    Compute {
        /// An expression of the estimation language.
        answer: String,
        /// The unit in which to show it; empty for a plain number.
        unit: String,
        /// The factor within which an answer counts as right, at least 1.
        within: Factor,
    },
    /// Bring the steps into order.
    Order {
        /// In the right order; shuffled when shown.
        steps: Vec<String>,
    },
    /// The front states something wrong: find what.
    Mistake {
        /// What is wrong and what is right.
        back: String,
    },
}

impl CardKind {
    /// The names of the kinds.
    pub const NAMES: [&'static str; 6] = ["recall", "cloze", "choose", "compute", "order", "mistake"];

    /// The kind's name, as the files and the command line write it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Recall { .. } => "recall",
            Self::Cloze { .. } => "cloze",
            Self::Choose { .. } => "choose",
            Self::Compute { .. } => "compute",
            Self::Order { .. } => "order",
            Self::Mistake { .. } => "mistake",
        }
    }
}

/// An option of a choose card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// As shown.
    pub text: String,
    /// Whether it is to be picked.
    pub right: bool,
    /// The misconception that a wrong one rests on; empty where right.
    pub because: String,
}

/// A factor of at least 1, in thousandths so that it can be compared exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Factor(u32);

impl Factor {
    /// A factor to the nearest thousandth; `None` below 1, above 1,000 or not a number.
    pub fn new(value: f64) -> Option<Self> {
        (1.0..=1000.0).contains(&value).then(|| Self((value * 1000.0).round() as u32))
    }

    /// The factor as a number.
    pub fn get(self) -> f64 {
        f64::from(self.0) / 1000.0
    }
}
