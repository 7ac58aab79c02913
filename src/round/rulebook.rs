//! What all scenarios share: kinds of round, rubrics, curveballs and the words of the field.

use crate::content::{Problem, Stored};
use crate::estimate::Numbers;

use super::curveball::{Curveball, parse_curveballs};
use super::glossary::Glossary;
use super::kind::Kinds;
use super::rubric::Rubric;
use super::scenario::{Family, Scenario};

const KINDS: &str = "scenarios/rounds/";
const RUBRICS: &str = "scenarios/rubrics/";
const CURVEBALLS: &str = "scenarios/curveballs.toml";
const GLOSSARY: &str = "glossary.toml";

/// What all scenarios share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rulebook {
    /// The kinds of round.
    pub kinds: Kinds,
    /// By id.
    pub rubrics: Vec<Rubric>,
    /// In the order of their file.
    pub curveballs: Vec<Curveball>,
    /// The words of the field.
    pub glossary: Glossary,
}

impl Rulebook {
    /// Reads what there is of it among the files of the content, with everything that is wrong.
    pub fn read(files: &[Stored<'_>]) -> (Self, Vec<Problem>) {
        let (mut rulebook, mut problems) = (Self::default(), Vec::new());
        let kinds = files.iter().filter(|file| file.path.starts_with(KINDS));
        let (kinds, wrong) = Kinds::parse(kinds.map(|file| (&*file.file, &*file.text)));
        rulebook.kinds = kinds;
        problems.extend(wrong);
        for file in files {
            if file.path.starts_with(RUBRICS) {
                let (rubric, wrong) = Rubric::parse(&file.file, &file.text);
                rulebook.rubrics.extend(rubric);
                problems.extend(wrong);
            } else if file.path == CURVEBALLS {
                let (curveballs, wrong) = parse_curveballs(&file.file, &file.text);
                rulebook.curveballs = curveballs;
                problems.extend(wrong);
            } else if file.path == GLOSSARY {
                let (glossary, wrong) = Glossary::parse(&file.file, &file.text);
                rulebook.glossary = glossary;
                problems.extend(wrong);
            }
        }
        rulebook.rubrics.sort_by(|a, b| a.id.cmp(&b.id));
        (rulebook, problems)
    }

    /// The rubric of an id.
    pub fn rubric(&self, id: &str) -> Option<&Rubric> {
        self.rubrics.iter().find(|rubric| rubric.id == id)
    }

    /// The curveball of an id.
    pub fn curveball(&self, id: &str) -> Option<&Curveball> {
        self.curveballs.iter().find(|curveball| curveball.id == id)
    }
}

impl Scenario {
    /// Reads the scenario of an id among the files of the content; none where there is no such file.
    pub fn find(files: &[Stored<'_>], id: &str, numbers: &Numbers) -> Option<(Option<Self>, Vec<Problem>)> {
        Family::ALL.into_iter().find_map(|family| {
            let path = format!("{}{id}.toml", family.folder());
            let file = files.iter().find(|file| file.path == path)?;
            Some(Self::parse(family, &file.file, &file.text, numbers))
        })
    }

    /// Every scenario that can be read, by family and id.
    pub fn all(files: &[Stored<'_>], numbers: &Numbers) -> Vec<Self> {
        let of = |family: Family| {
            let files = files.iter().filter(move |file| file.path.starts_with(family.folder()));
            files.filter_map(move |file| Self::parse(family, &file.file, &file.text, numbers).0)
        };
        Family::ALL.into_iter().flat_map(of).collect()
    }
}
