//! Transcripts with labels, and what the matcher makes of them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use sysdrill::estimate::Numbers;
use sysdrill::library::Library;
use sysdrill::round::{Band, Basis, Heard, Level, Matcher, Notes, Proofs, Rulebook, Scenario, Score};

/// Where transcripts lie, a folder a scenario.
const FOLDER: &str = "tests/data/transcripts";

/// The front matter of a transcript.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Labels {
    /// Who wrote and labelled it.
    pub(crate) author: String,
    /// `tuned` or `held-out`.
    pub(crate) set: String,
    /// Strong, weak, terse, rambling, stuffed, prompt echo, fluent but wrong, off-topic.
    pub(crate) style: String,
    /// At which level it is scored.
    pub(crate) level: String,
    /// Red flags that it raises.
    #[serde(default)]
    pub(crate) red_flags: Vec<String>,
    /// By checkpoint; those that are not listed are 0.
    pub(crate) tiers: BTreeMap<String, u8>,
}

pub(crate) struct Transcript {
    pub(crate) scenario: String,
    pub(crate) name: String,
    pub(crate) labels: Labels,
    pub(crate) text: String,
}

/// All transcripts, by scenario and name.
pub(crate) fn transcripts() -> Vec<Transcript> {
    let mut found = Vec::new();
    for folder in entries(Path::new(FOLDER)) {
        for path in entries(&folder) {
            let text = fs::read_to_string(&path).expect("a transcript can be read");
            let name = path.display().to_string();
            let rest = text.strip_prefix("+++\n").unwrap_or_else(|| panic!("{name}: begin with a line +++"));
            let (front, body) =
                rest.split_once("\n+++\n").unwrap_or_else(|| panic!("{name}: end the front matter with +++"));
            let labels: Labels = toml::from_str(front).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(["tuned", "held-out"].contains(&labels.set.as_str()), "{name}: `set` is tuned or held-out");
            assert!(!labels.author.is_empty(), "{name}: say who wrote and labelled it");
            assert!(labels.level.parse::<Level>().is_ok(), "{name}: `level` is mid, senior or staff");
            let scenario = folder.file_name().expect("a folder has a name").to_string_lossy().into_owned();
            found.push(Transcript { scenario, name, labels, text: body.to_owned() });
        }
    }
    found
}

fn entries(folder: &Path) -> Vec<std::path::PathBuf> {
    let listed = fs::read_dir(folder).expect("a folder can be read");
    let mut paths: Vec<_> = listed.map(|entry| entry.expect("an entry can be read").path()).collect();
    paths.sort();
    paths
}

/// What is needed to judge.
pub(crate) struct Court {
    pub(crate) library: Library,
    pub(crate) rulebook: Rulebook,
    pub(crate) matcher: Matcher,
    pub(crate) numbers: Numbers,
}

impl Court {
    pub(crate) fn open() -> Self {
        let library = Library::built_in();
        let numbers =
            library.file("numbers.toml").map(|file| Numbers::parse(&file.file, &file.text).0).unwrap_or_default();
        let (rulebook, problems) = Rulebook::read(library.files(""));
        assert!(problems.is_empty(), "{problems:?}");
        let matcher = Matcher::new(&rulebook.glossary);
        Self { library, rulebook, matcher, numbers }
    }

    pub(crate) fn scenario(&self, id: &str) -> Scenario {
        let found = Scenario::find(self.library.files("scenarios/"), id, &self.numbers);
        found.and_then(|(scenario, _)| scenario).unwrap_or_else(|| panic!("there is a scenario {id}"))
    }

    pub(crate) fn judge(&self, scenario: &Scenario, text: &str) -> Proofs {
        self.matcher.judge(scenario, &Notes::parse(text), &Heard::default(), &self.numbers)
    }

    pub(crate) fn score(&self, scenario: &Scenario, text: &str, level: Level) -> Score {
        let rubric = self.rulebook.rubric(&scenario.rubric).expect("its rubric is there");
        let proofs = self.judge(scenario, text);
        Basis { scenario, rubric, kind: None, level }.score(&proofs.findings, &proofs, &[])
    }

    pub(crate) fn is_at_the_bar(&self, scenario: &Scenario, text: &str, level: Level) -> bool {
        self.score(scenario, text, level).band == Band::AtTheBar
    }
}
