//! Lessons: a question to predict, a run that answers it, and a contrast in which the answer would be wrong.
//!
//! A lesson is a TOML file; `docs/formats.md` describes it. [`Lesson::parse`] reads one and [`Lesson::prove`] runs both its
//! set-up, in which every claim must hold, and its contrast, in which one must fail: a claim that holds anyhow explains
//! nothing. Pure: what is measured is decided by the file alone.

mod claim;
mod experiment;

use serde::Deserialize;

use crate::content::{Place, Problem, SPELLED_OUT, spelled_out};

pub use claim::Claim;
pub use experiment::{CacheRequests, CacheRun, Experiment, Measures};

/// A guided run: predict, run, explain.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    /// As shown.
    pub title: String,
    /// Position in its lab.
    pub order: u32,
    /// The section that teaches it, `topic` or `topic#anchor`.
    pub note: Option<String>,
    /// Cards that a wrong prediction makes due, by full id.
    pub cards: Vec<String>,
    /// What is asked before the run.
    pub question: Question,
    /// The run.
    pub setup: Experiment,
    /// Its parameters as they stand in the file, the lab aside and the seed last.
    pub told: Vec<(String, String)>,
    /// What must be seen in it.
    pub claims: Vec<Claim>,
    /// Why it is so.
    pub explanation: String,
    /// The same with one parameter changed.
    pub contrast: Contrast,
    /// Where it stands.
    pub place: Place,
}

/// What is asked before a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The question.
    pub ask: String,
    /// How it is answered.
    pub answer: Answer,
}

/// How a question is answered.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// By one of several options.
    Choice {
        /// As shown.
        options: Vec<String>,
        /// The right one, from 1.
        right: usize,
    },
    /// By a number, which the run measures.
    Number {
        /// Which measure is asked for.
        measure: String,
        /// How far from it a prediction may be.
        within: f64,
    },
}

/// A prediction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Prediction {
    /// An option, from 1.
    Option(usize),
    /// A number.
    Number(f64),
}

/// The set-up with one parameter changed, in which a claim must fail.
#[derive(Clone, Debug, PartialEq)]
pub struct Contrast {
    /// The changed run.
    pub setup: Experiment,
    /// Which parameter is changed.
    pub parameter: String,
    /// What it is in the set-up; `None` where it is left at its default there.
    pub before: Option<String>,
    /// What it is here.
    pub after: String,
    /// What the change shows.
    pub explanation: String,
}

/// What a lesson's two runs showed.
#[derive(Clone, Debug, PartialEq)]
pub struct Proof {
    /// Of the set-up.
    pub measures: Measures,
    /// Of the contrast.
    pub contrast: Measures,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: String,
    #[serde(default)]
    order: u32,
    note: Option<String>,
    #[serde(default)]
    cards: Vec<String>,
    question: QuestionFile,
    setup: toml::Table,
    claims: Vec<String>,
    explanation: String,
    contrast: ContrastFile,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionFile {
    ask: String,
    options: Option<Vec<String>>,
    right: Option<usize>,
    measure: Option<String>,
    within: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ContrastFile {
    set: toml::Table,
    explanation: String,
}

impl Lesson {
    /// Reads a lesson's file.
    pub fn parse(path: &str, text: &str) -> Result<Self, Problem> {
        let at = |line: u32, column: u32| Place { file: path.to_owned(), line, column };
        if let Some((line, column)) = spelled_out(text).map(|at| position(text, at)) {
            return Err(Problem { place: at(line, column), message: SPELLED_OUT.to_owned() });
        }
        let file: File = toml::from_str(text).map_err(|error| {
            let (line, column) = position(text, error.span().map_or(0, |span| span.start));
            Problem { place: at(line, column), message: error.message().to_owned() }
        })?;
        let refuse = |key: &str, message: String| Problem { place: at(line_of(text, key), 1), message };
        let setup = Experiment::new(&file.setup).map_err(|message| refuse("[setup]", message))?;
        if file.contrast.set.len() != 1 {
            return Err(refuse(
                "[contrast]",
                "a contrast changes exactly one parameter: `set = { name = value }`".into(),
            ));
        }
        let told = told(&file.setup);
        let (parameter, after) = told_changes(&file.contrast.set);
        let before = told.iter().find(|(name, _)| *name == parameter).map(|(_, value)| value.clone());
        let mut changed = file.setup;
        changed.extend(file.contrast.set);
        let changed = Experiment::new(&changed).map_err(|message| refuse("[contrast]", message))?;
        let claims: Result<Vec<Claim>, String> = file.claims.iter().map(|claim| claim.parse()).collect();
        let claims = claims.map_err(|message| refuse("claims", message))?;
        if claims.is_empty() {
            return Err(refuse("claims", "a lesson claims something, as in `claims = [\"lru.hits = 0\"]`".into()));
        }
        let question = file.question.check().map_err(|message| refuse("[question]", message))?;
        Ok(Self {
            title: file.title,
            order: file.order,
            note: file.note,
            cards: file.cards,
            question,
            setup,
            told,
            claims,
            explanation: file.explanation,
            contrast: Contrast { setup: changed, parameter, before, after, explanation: file.contrast.explanation },
            place: at(1, 1),
        })
    }

    /// Runs the set-up, in which every claim must hold, and the contrast, in which one must fail.
    pub fn prove(&self) -> Result<Proof, Problem> {
        let refuse = |message: String| Problem { place: self.place.clone(), message };
        let measures = self.setup.run().map_err(refuse)?;
        for claim in &self.claims {
            if !claim.holds(&measures).map_err(refuse)? {
                return Err(refuse(format!("the claim `{claim}` does not hold: {}", claim.found(&measures))));
            }
        }
        if let Answer::Number { measure, .. } = &self.question.answer {
            measures.get(measure).map_err(refuse)?;
        }
        let contrast = self.contrast.setup.run().map_err(refuse)?;
        for claim in &self.claims {
            if !claim.holds(&contrast).map_err(refuse)? {
                return Ok(Proof { measures, contrast });
            }
        }
        let found: Vec<String> = self.claims.iter().map(|claim| claim.found(&contrast)).collect();
        Err(refuse(format!("every claim holds in the contrast too, so that it shows nothing: {}", found.join(", "))))
    }

    /// Whether a prediction was right, given what the set-up measured.
    pub fn is_right(&self, prediction: Prediction, measures: &Measures) -> bool {
        match (&self.question.answer, prediction) {
            (Answer::Choice { right, .. }, Prediction::Option(option)) => option == *right,
            (Answer::Number { measure, within }, Prediction::Number(number)) => {
                measures.get(measure).is_ok_and(|measured| (measured - number).abs() <= *within)
            }
            _ => false,
        }
    }
}

impl QuestionFile {
    fn check(self) -> Result<Question, String> {
        let answer = match (self.options, self.right, self.measure, self.within) {
            (Some(options), Some(right), None, None) if (1..=options.len()).contains(&right) => {
                Answer::Choice { options, right }
            }
            (Some(options), Some(_), None, None) => {
                return Err(format!("`right` is the number of an option, from 1 to {}", options.len()));
            }
            (None, None, Some(measure), Some(within)) => Answer::Number { measure, within },
            _ => return Err("a question has either `options` and `right` or `measure` and `within`".to_owned()),
        };
        Ok(Question { ask: self.ask, answer })
    }
}

/// The parameters of a table in words, the lab aside and the seed last.
fn told(table: &toml::Table) -> Vec<(String, String)> {
    let mut told: Vec<_> =
        table.iter().filter(|(name, _)| *name != "lab").map(|(name, value)| one(name, value)).collect();
    told.sort_by_key(|(name, _)| name == "seed");
    told
}

/// The one parameter that a contrast changes.
fn told_changes(table: &toml::Table) -> (String, String) {
    table.iter().map(|(name, value)| one(name, value)).next().unwrap_or_default()
}

fn one(name: &str, value: &toml::Value) -> (String, String) {
    (name.replace('_', " "), in_words(value))
}

fn in_words(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Array(all) => all.iter().map(in_words).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

/// Line and column, from 1, of a byte.
fn position(text: &str, byte: usize) -> (u32, u32) {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.matches('\n').count() as u32 + 1;
    let column = before.rsplit('\n').next().map_or(0, |rest| rest.chars().count()) as u32 + 1;
    (line, column)
}

/// The first line that begins with a key; the first of all if none does.
fn line_of(text: &str, key: &str) -> u32 {
    text.lines().position(|line| line.starts_with(key)).map_or(1, |line| line as u32 + 1)
}
