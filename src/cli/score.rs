//! `sysdrill score SCENARIO NOTES`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::Serialize;

use super::context::Context;
use super::failure::Failure;
use super::input;
use super::output::{Align, Output};
use super::scenario;
use crate::content;
use crate::round::{Basis, DimensionScore, Heard, Level, Matcher, Notes, Proofs, Rulebook, Scenario, Score};

/// Arguments of `score`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A scenario's id, as `sysdrill list scenarios` prints it
    scenario: String,
    /// The written answer; a heading `## Clarify` begins the phase clarify
    notes: PathBuf,
    /// The level to score at
    #[arg(long, value_name = "LEVEL", default_value = "senior")]
    level: Level,
    /// The kind of round whose phases count [default: all phases]
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// Print one JSON document
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Serialize)]
struct Document<'a> {
    scenario: &'a str,
    level: Level,
    checkpoints: Vec<Checkpoint<'a>>,
    dimensions: Vec<Dimension<'a>>,
    red_flags: Vec<Statement<'a>>,
    excesses: Vec<Statement<'a>>,
    mean: Option<f64>,
    result: &'static str,
}

#[derive(Debug, Serialize)]
struct Checkpoint<'a> {
    id: &'a str,
    tier: u8,
    condition: bool,
    line: Option<u32>,
    quote: Option<&'a str>,
    /// None where the level does not expect it.
    credited: Option<bool>,
}

#[derive(Debug, Serialize)]
struct Dimension<'a> {
    id: &'a str,
    score: Option<u8>,
    low: Option<u8>,
    high: Option<u8>,
}

#[derive(Debug, Serialize)]
struct Statement<'a> {
    id: &'a str,
    line: u32,
    quote: &'a str,
}

/// The same notes always give the same score.
pub(super) fn run(context: &Context, args: &Args, output: &mut Output) -> Result<ExitCode, Failure> {
    let text = read(&args.notes)?;
    let library = context.library();
    let numbers = scenario::numbers(&library);
    let scenario = scenario::find(&library, &args.scenario, &numbers)?;
    let (rulebook, _) = Rulebook::read(library.files(""));
    let rubric = scenario::rubric(&rulebook, &scenario)?;
    let kind = args.kind.as_deref().map(|id| scenario::kind(&rulebook, &scenario, id)).transpose()?;
    let notes = Notes::parse(&text);
    let proofs = Matcher::new(&rulebook.glossary).judge(&scenario, &notes, &Heard::default(), &numbers);
    let score = Basis { scenario: &scenario, rubric, kind, level: args.level }.score(&proofs.findings, &proofs, &[]);
    if args.json {
        output.json(&Document::of(&scenario, &proofs, &score))?;
    } else {
        print(&scenario, &proofs, &score, output)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A file of notes, made safe to show.
fn read(path: &Path) -> Result<String, Failure> {
    let text = input::read(path, input::NOTES).map_err(|error| Failure::cannot(path.display(), error))?;
    let text = content::decode(text.as_bytes()).map_err(|error| Failure::cannot(path.display(), error))?;
    Ok(content::clean(&text).into_owned())
}

impl<'a> Document<'a> {
    fn of(scenario: &'a Scenario, proofs: &'a Proofs, score: &'a Score) -> Self {
        let credited = |id: &str| score.checkpoints.iter().find(|one| one.id == id).map(|one| one.is_credited());
        let checkpoint = |finding: &'a crate::round::Finding| Checkpoint {
            id: &finding.id,
            tier: finding.tier.number(),
            condition: finding.tier == crate::round::Tier::Conditional,
            line: finding.said.as_ref().map(|said| said.line),
            quote: finding.said.as_ref().map(|said| said.quote.as_str()),
            credited: credited(&finding.id),
        };
        let statement =
            |(id, said): &'a (String, crate::round::Said)| Statement { id, line: said.line, quote: &said.quote };
        let dimension =
            |one: &'a DimensionScore| Dimension { id: &one.id, score: one.score, low: one.low, high: one.high };
        Self {
            scenario: &scenario.id,
            level: score.level,
            checkpoints: proofs.findings.iter().map(checkpoint).collect(),
            dimensions: score.dimensions.iter().map(dimension).collect(),
            red_flags: proofs.red_flags.iter().map(statement).collect(),
            excesses: proofs.excesses.iter().map(statement).collect(),
            mean: score.mean,
            result: score.band.name(),
        }
    }
}

fn print(scenario: &Scenario, proofs: &Proofs, score: &Score, output: &mut Output) -> std::io::Result<()> {
    output.line(format!("{} · {} · {}", scenario.title, score.level.name(), score.band.name()))?;
    output.line("")?;
    let row = |one: &crate::round::Credit| {
        let said =
            proofs.findings.iter().find(|finding| finding.id == one.id).and_then(|finding| finding.said.as_ref());
        let sign = if one.is_credited() {
            "✓"
        } else if one.is_unclear() {
            "?"
        } else {
            "·"
        };
        let line = said.map(|said| said.line.to_string()).unwrap_or_default();
        vec![
            sign.to_owned(),
            one.id.clone(),
            one.tier.name().to_owned(),
            line,
            said.map(|said| said.quote.clone()).unwrap_or_default(),
        ]
    };
    let columns = [
        ("", Align::Left),
        ("checkpoint", Align::Left),
        ("shown", Align::Left),
        ("line", Align::Right),
        ("quote", Align::Left),
    ];
    output.table(&columns, &score.checkpoints.iter().map(row).collect::<Vec<_>>())?;
    output.line("")?;
    let points = |points: Option<u8>| points.map_or_else(|| "-".to_owned(), |points| points.to_string());
    let row = |one: &DimensionScore| {
        let range =
            if one.low == one.high { String::new() } else { format!("{}–{}", points(one.low), points(one.high)) };
        let shown = if one.of == 0 { String::new() } else { format!("{} of {}", one.credited, one.of) };
        vec![one.id.clone(), points(one.score), range, shown]
    };
    let columns =
        [("dimension", Align::Left), ("score", Align::Right), ("range", Align::Right), ("checkpoints", Align::Right)];
    output.table(&columns, &score.dimensions.iter().map(row).collect::<Vec<_>>())?;
    for (kind, statements) in [("wrong", &proofs.red_flags), ("too much", &proofs.excesses)] {
        for (id, said) in statements {
            output.line(format!("{kind}: line {}: {} ({id})", said.line, said.quote))?;
        }
    }
    Ok(())
}
