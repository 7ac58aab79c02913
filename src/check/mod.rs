//! What content must satisfy beyond being readable.
//!
//! One file a rule, one line a rule in [`RULES`]. A rule sees parsed content and names problems; it mends
//! nothing and reads no files. What makes a file unreadable was named when it was parsed and is reported
//! along. Start reading at [`check`].

mod anchors;
mod choices;
mod cue;
mod duplicates;
mod estimates;
mod full_scenarios;
mod headings;
mod known;
mod lessons;
mod limits;
mod links;
mod numbers;
mod orphans;
mod prose;
mod report;
mod rounds;
mod scenarios;
mod shared_runs;
mod tables;

use crate::content::{Card, Content, Heading, Note, Place, Problem, Stored};

use known::Known;

pub use report::{Report, Scenarios};

/// Something that content must satisfy.
pub struct Rule {
    /// Its name, which is also that of its fixture.
    pub name: &'static str,
    /// What it demands, as a sentence.
    pub demands: &'static str,
    check: fn(&Subject<'_>, &mut Findings),
}

/// Every rule.
pub const RULES: [Rule; 16] = [
    anchors::RULE,
    choices::RULE,
    cue::RULE,
    duplicates::RULE,
    estimates::RULE,
    full_scenarios::RULE,
    headings::RULE,
    lessons::RULE,
    limits::RULE,
    links::RULE,
    numbers::RULE,
    orphans::RULE,
    rounds::RULE,
    scenarios::RULE,
    shared_runs::RULE,
    tables::RULE,
];

/// Content together with the files that other rooms read.
#[derive(Clone, Copy, Debug)]
pub struct Corpus<'a> {
    /// Topics, notes and cards, with what was wrong with their files.
    pub content: &'a Content,
    /// The other files.
    pub files: &'a [Stored<'static>],
}

/// Judges `subject`, whose links may lead anywhere in `all`.
pub fn check(subject: Corpus<'_>, all: Corpus<'_>) -> Report {
    let mut findings = Findings { problems: subject.content.problems.clone() };
    let known = Known::of(all);
    for rule in &RULES {
        (rule.check)(&Subject { content: subject.content, files: subject.files, known: &known }, &mut findings);
    }
    Report::of(subject, findings.problems)
}

/// What a rule is shown.
struct Subject<'a> {
    content: &'a Content,
    files: &'a [Stored<'static>],
    known: &'a Known<'a>,
}

/// The problems found so far.
struct Findings {
    problems: Vec<Problem>,
}

impl Findings {
    /// A problem of a card as a whole.
    fn card(&mut self, card: &Card, message: impl Into<String>) {
        self.at(card.place.clone(), message);
    }

    /// A problem at a byte offset of a note's body.
    fn note(&mut self, note: &Note, at: usize, message: impl Into<String>) {
        self.at(note.place_of(at), message);
    }

    /// A problem of a heading of a note.
    fn heading(&mut self, note: &Note, heading: &Heading, message: impl Into<String>) {
        self.at(Place { file: note.place.file.clone(), line: note.first_line + heading.line, column: 1 }, message);
    }

    fn at(&mut self, place: Place, message: impl Into<String>) {
        self.problems.push(Problem { place, message: message.into() });
    }
}
