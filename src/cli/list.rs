//! `sysdrill list KIND`.

use std::process::ExitCode;

use clap::ValueEnum;
use serde::Serialize;

use super::context::Context;
use super::failure::Failure;
use super::output::{Align, Output};
use super::scenario;
use crate::content::{Card, Stored, Topic};
use crate::estimate::calculator::Calculator;
use crate::library::Library;
use crate::round::Scenario;
use crate::sim::cache::POLICIES;
use crate::sim::lesson::Lesson;
use crate::sim::placement::SCHEMES;

/// Arguments of `list`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// What to list
    #[arg(value_enum)]
    kind: Kind,
    /// Print one JSON document
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    Topics,
    Notes,
    Cards,
    Policies,
    Schemes,
    Calculators,
    Lessons,
    Scenarios,
}

/// One entry, as scripts read it.
#[derive(Debug, Serialize)]
struct Entry {
    id: String,
    title: String,
    kind: &'static str,
    topic: Option<String>,
    file: String,
}

pub(super) fn run(context: &Context, args: &Args, output: &mut Output) -> Result<ExitCode, Failure> {
    let entries = args.kind.entries(&context.library());
    if args.json {
        output.json(&entries)?;
    } else {
        let rows: Vec<Vec<String>> =
            entries.into_iter().map(|entry| vec![entry.id, entry.kind.to_owned(), entry.title]).collect();
        output.table(&[("id", Align::Left), ("kind", Align::Left), ("title", Align::Left)], &rows)?;
    }
    Ok(ExitCode::SUCCESS)
}

impl Kind {
    fn entries(self, library: &Library) -> Vec<Entry> {
        match self {
            Self::Topics => topics(library).map(|topic| Entry::topic(topic, "topic")).collect(),
            Self::Notes => topics(library)
                .filter(|topic| library.note(&topic.id).is_some())
                .map(|topic| Entry::topic(topic, "note"))
                .collect(),
            Self::Cards => library.cards().iter().map(Entry::card).collect(),
            Self::Policies => {
                POLICIES.iter().map(|one| Entry::built_in(one.about.id, one.about.title, "policy")).collect()
            }
            Self::Schemes => {
                SCHEMES.iter().map(|one| Entry::built_in(one.about.id, one.about.title, "scheme")).collect()
            }
            Self::Calculators => library.calculators().iter().map(Entry::calculator).collect(),
            Self::Lessons => library.files("lessons/").iter().filter_map(Entry::lesson).collect(),
            Self::Scenarios => {
                let numbers = scenario::numbers(library);
                Scenario::all(library.files("scenarios/"), &numbers).into_iter().map(Entry::scenario).collect()
            }
        }
    }
}

/// The topics in reading order.
fn topics(library: &Library) -> impl Iterator<Item = &Topic> {
    library.shelves().into_iter().flat_map(|shelf| shelf.topics)
}

impl Entry {
    fn topic(topic: &Topic, kind: &'static str) -> Self {
        Self {
            id: topic.id.to_string(),
            title: topic.title.clone(),
            kind,
            topic: Some(topic.id.to_string()),
            file: topic.place.file.clone(),
        }
    }

    /// What is part of the program and stands in no file.
    fn built_in(id: &str, title: &str, kind: &'static str) -> Self {
        Self { id: id.to_owned(), title: title.to_owned(), kind, topic: None, file: String::new() }
    }

    fn calculator(calculator: &Calculator) -> Self {
        Self {
            id: calculator.id.clone(),
            title: calculator.title.clone(),
            kind: "calculator",
            topic: calculator.topics.first().cloned(),
            file: calculator.place.file.clone(),
        }
    }

    fn lesson(file: &Stored<'_>) -> Option<Self> {
        let lesson = Lesson::parse(&file.file, &file.text).ok()?;
        let id = file.path.strip_prefix("lessons/")?.strip_suffix(".toml")?.to_owned();
        let topic = lesson.note.map(|note| note.split('#').next().unwrap_or_default().to_owned());
        Some(Self { id, title: lesson.title, kind: "lesson", topic, file: lesson.place.file })
    }

    fn scenario(scenario: Scenario) -> Self {
        Self {
            topic: scenario.topics.first().map(ToString::to_string),
            id: scenario.id,
            title: scenario.title,
            kind: scenario.family.name(),
            file: scenario.place.file,
        }
    }

    fn card(card: &Card) -> Self {
        Self {
            id: card.id.to_string(),
            title: card.front.clone(),
            kind: card.kind.name(),
            topic: Some(card.topic.to_string()),
            file: card.place.file.clone(),
        }
    }
}
