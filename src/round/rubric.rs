//! Rubrics: the dimensions of a judgement, with what each score looks like at each level.

use crate::content::{Fields, Place, Problem, read_table};

use super::level::Level;
use super::scenario::{Family, families, stem};

/// How a kind of round is judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rubric {
    /// The file's name without its ending.
    pub id: String,
    /// As shown.
    pub title: String,
    /// The families of scenarios that it judges.
    pub families: Vec<Family>,
    /// In the order in which they are shown.
    pub dimensions: Vec<Dimension>,
    /// Where it stands.
    pub place: Place,
}

/// One thing that is judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dimension {
    /// Unique within the rubric.
    pub id: String,
    /// As shown.
    pub title: String,
    /// Whether nobody is at the bar who is below 3 here.
    pub critical: bool,
    /// Who can judge it.
    pub shown: Shown,
    /// What 1 to 4 look like to a mid, a senior and a staff engineer's judge.
    pub anchors: [[String; 4]; 3],
}

/// What a dimension is judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// By what the notes say.
    Notes,
    /// By what was answered to curveballs.
    Curveballs,
    /// By wrong statements.
    RedFlags,
    /// Only by a person: oneself or a partner.
    Person,
}

const SHOWN: [(&str, Shown); 4] = [
    ("notes", Shown::Notes),
    ("curveballs", Shown::Curveballs),
    ("red flags", Shown::RedFlags),
    ("person", Shown::Person),
];

impl Dimension {
    /// What 1 to 4 look like at a level.
    pub fn anchors_at(&self, level: Level) -> &[String; 4] {
        &self.anchors[level as usize]
    }
}

impl Rubric {
    /// Reads a rubric's file.
    pub fn parse(file: &str, text: &str) -> (Option<Self>, Vec<Problem>) {
        read_table(file, text, |fields| {
            let rubric = Self {
                id: stem(file).to_owned(),
                title: fields.filled("title"),
                families: families(fields),
                dimensions: fields.tables("dimension", dimension),
                place: fields.place(""),
            };
            if !rubric.dimensions.iter().any(|dimension| dimension.critical) {
                fields.reject("dimension", "no dimension is critical: mark those without which nobody is at the bar");
            }
            for (at, dimension) in rubric.dimensions.iter().enumerate() {
                if rubric.dimensions[..at].iter().any(|other| other.id == dimension.id) {
                    fields.reject("dimension", format!("there are two dimensions `{}`: rename one", dimension.id));
                }
            }
            Some(rubric)
        })
    }

    /// The dimension of an id.
    pub fn dimension(&self, id: &str) -> Option<&Dimension> {
        self.dimensions.iter().find(|dimension| dimension.id == id)
    }
}

fn dimension(fields: &mut Fields<'_, '_>) -> Option<Dimension> {
    Some(Dimension {
        id: fields.id("id"),
        title: fields.filled("title"),
        critical: fields.flag("critical"),
        shown: if fields.has("shown") { fields.word("shown", &SHOWN).unwrap_or(Shown::Notes) } else { Shown::Notes },
        anchors: ["mid", "senior", "staff"].map(|level| anchors(fields, level)),
    })
}

fn anchors(fields: &mut Fields<'_, '_>, level: &'static str) -> [String; 4] {
    let texts = fields.texts(level);
    let count = texts.len();
    <[String; 4]>::try_from(texts).unwrap_or_else(|_| {
        fields.reject(level, format!("`{level}` has four anchors, for 1, 2, 3 and 4; here are {count}"));
        Default::default()
    })
}
