//! The report of a round, as Markdown.

use std::fmt::Write;
use std::time::Duration;

use super::aftermath::aftermath;
use super::evidence::Terms;
use super::machine::{Round, Stage};
use super::proof::{Finding, Heard, Proofs, Tier};
use super::rubric::{Rubric, Shown};
use super::scenario::Scenario;
use super::score::{Basis, CurveballResult, Override, Score, confirmed};
use crate::estimate::Numbers;

/// A round with everything that was found in it.
#[derive(Clone, Debug)]
pub struct Judged {
    /// What the notes prove.
    pub proofs: Proofs,
    /// How the curveballs were answered.
    pub curveballs: Vec<CurveballResult>,
    /// By what the lines prove alone: trends use this one.
    pub auto: Score,
    /// With what the candidate confirmed.
    pub confirmed: Score,
    /// From 4, without help, down to 1.
    pub independence: u8,
}

/// What only a person can judge, said before the report was seen.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct SelfScore {
    /// By dimension, 1 to 4.
    pub dimensions: Vec<(String, u8)>,
    /// The mean that the candidate expects.
    pub prediction: Option<f64>,
}

impl Judged {
    /// Judges a round. The same round always gives the same.
    pub fn of(round: &Round, rubric: &Rubric, overrides: &[Override], numbers: &Numbers) -> Self {
        let script = round.script();
        let (notes, sets) = (round.notes(), round.sets());
        let told: Vec<&str> = round.lines().iter().map(|line| line.text.as_str()).collect();
        let heard = Heard { told: &told, sets: &sets };
        let proofs = script.matcher.judge(&script.scenario, &notes, &heard, numbers);
        let curveballs = round.curveball_results();
        let basis = Basis { scenario: &script.scenario, rubric, kind: Some(&script.kind), level: round.setup().level };
        let auto = basis.score(&proofs.findings, &proofs, &curveballs);
        let confirmed = basis.score(&confirmed(&proofs, &notes, overrides), &proofs, &curveballs);
        let cost: u32 = round.phases().iter().map(|phase| (1..=u32::from(phase.hints)).sum::<u32>()).sum();
        let independence = match cost {
            0 => 4,
            1..=2 => 3,
            3..=6 => 2,
            _ => 1,
        };
        Self { proofs, curveballs, auto, confirmed, independence }
    }
}

/// The whole report.
pub fn report(round: &Round, judged: &Judged, rubric: &Rubric, own: &SelfScore) -> String {
    let mut text = String::new();
    head(&mut text, round, judged);
    dimensions(&mut text, judged, rubric, own);
    times(&mut text, round);
    let scenario = &round.script().scenario;
    evidence(&mut text, scenario, judged);
    statements(&mut text, scenario, &judged.proofs);
    numbers(&mut text, round, &judged.proofs);
    curveballs(&mut text, round, judged);
    next(&mut text, scenario, judged);
    answers(&mut text, round);
    text
}

/// Writing to a string cannot fail.
macro_rules! put {
    ($text:expr, $($argument:tt)*) => { let _ = writeln!($text, $($argument)*); };
}

fn head(text: &mut String, round: &Round, judged: &Judged) {
    let (script, setup) = (round.script(), round.setup());
    put!(text, "# {} · {}\n", script.scenario.title, setup.level.name());
    let unfinished = if round.stage() == Stage::GivenUp { ", broken off" } else { "" };
    put!(text, "{}, {} minutes, {:?}{unfinished}.\n", script.kind.title, setup.minutes, setup.mode);
    let mean = |score: &Score| score.mean.map_or_else(|| "–".to_owned(), |mean| format!("{mean:.1}"));
    put!(text, "**The notes are {}**, mean {}.", judged.auto.band.name(), mean(&judged.auto));
    if judged.confirmed != judged.auto {
        put!(text, "With what you confirmed: {}, mean {}.", judged.confirmed.band.name(), mean(&judged.confirmed));
    }
    if let super::score::Band::Below(dimensions) = &judged.auto.band {
        put!(text, "Below 3 and critical: {}.", dimensions.join(", "));
    }
    put!(text, "Independence {} of 4.", judged.independence);
    put!(text, "\nThis says what the notes show, not what you can do.");
}

fn dimensions(text: &mut String, judged: &Judged, rubric: &Rubric, own: &SelfScore) {
    put!(text, "\n## Score\n\n| dimension | score | range | shown | own |\n|---|---:|---:|---:|---:|");
    let points = |points: Option<u8>| points.map_or_else(|| "not judged".to_owned(), |points| points.to_string());
    for one in &judged.auto.dimensions {
        let Some(dimension) = rubric.dimension(&one.id) else { continue };
        let star = if dimension.critical { " *" } else { "" };
        let range = match (one.low, one.high) {
            (Some(low), Some(high)) if low != high => format!("{low}–{high}"),
            _ => String::new(),
        };
        let shown = if one.of == 0 { String::new() } else { format!("{} of {}", one.credited, one.of) };
        let mine = own.dimensions.iter().find(|(id, _)| *id == one.id).map(|(_, score)| score.to_string());
        let score = if dimension.shown == Shown::Person { "by a person".to_owned() } else { points(one.score) };
        put!(text, "| {}{star} | {score} | {range} | {shown} | {} |", dimension.title, mine.unwrap_or_default());
    }
    put!(text, "\n\\* critical: at the bar only from 3 on.");
    if let (Some(predicted), Some(mean)) = (own.prediction, judged.auto.mean) {
        put!(text, "\nYou expected a mean of {predicted:.1}; it is {mean:.1}.");
    }
}

fn times(text: &mut String, round: &Round) {
    put!(text, "\n## Time\n\n| phase | spent | budget | over | visits | help |\n|---|---:|---:|---:|---:|---:|");
    for (phase, log) in round.script().kind.phases.iter().zip(round.phases()) {
        let over = log.spent.saturating_sub(log.budget);
        let over = if over.is_zero() { String::new() } else { clock(over) };
        let help = if log.hints == 0 { String::new() } else { log.hints.to_string() };
        let row = (clock(log.spent), clock(log.budget), over, log.visits, help);
        put!(text, "| {} | {} | {} | {} | {} | {} |", phase.title, row.0, row.1, row.2, row.3, row.4);
    }
    let asleep: Duration = round.phases().iter().map(|log| log.asleep).sum();
    if asleep.as_secs() > 0 {
        put!(text, "\nThe machine slept for {} of it.", clock(asleep));
    }
}

fn clock(span: Duration) -> String {
    format!("{}:{:02}", span.as_secs() / 60, span.as_secs() % 60)
}

fn evidence(text: &mut String, scenario: &Scenario, judged: &Judged) {
    let finding = |id: &str| judged.proofs.findings.iter().find(|finding| finding.id == id);
    put!(text, "\n## Shown\n");
    for credit in judged.auto.checkpoints.iter().filter(|credit| credit.is_credited()) {
        let (Some(checkpoint), Some(finding)) = (scenario.checkpoint(&credit.id), finding(&credit.id)) else {
            continue;
        };
        put!(text, "- {} ({})", checkpoint.says, finding.tier.name());
        quote(text, finding);
    }
    for level in super::level::Level::ALL {
        let missed = judged.auto.checkpoints.iter().filter(|credit| !credit.is_credited());
        let of_level = |id: &str| scenario.checkpoint(id).filter(|checkpoint| checkpoint.level == level);
        let missed: Vec<_> = missed.filter_map(|credit| Some((credit, of_level(&credit.id)?))).collect();
        if missed.is_empty() {
            continue;
        }
        put!(text, "\n## Missed at {} level\n", level.name());
        for (credit, checkpoint) in missed {
            let wanted = match credit.needed {
                Tier::Conditional => &checkpoint.staff,
                Tier::Justified if !checkpoint.senior.is_empty() => &checkpoint.senior,
                _ => &checkpoint.says,
            };
            let unclear =
                if credit.is_unclear() { format!(" Unclear: {}.", credit.tier.name()) } else { String::new() };
            put!(text, "- {wanted}{unclear}");
            if let Some(finding) = finding(&credit.id).filter(|_| credit.is_unclear()) {
                quote(text, finding);
            }
        }
    }
}

fn quote(text: &mut String, finding: &Finding) {
    if let Some(said) = &finding.said {
        put!(text, "  > {}: {}", said.line, said.quote);
    }
    if finding.contradicted {
        put!(text, "  A later line says otherwise; the later one counts.");
    }
}

fn statements(text: &mut String, scenario: &Scenario, proofs: &Proofs) {
    if proofs.red_flags.is_empty() && proofs.retracted.is_empty() && proofs.excesses.is_empty() {
        return;
    }
    put!(text, "\n## Wrong or too much\n");
    let flag = |id: &str| scenario.red_flags.iter().find(|flag| flag.id == id).map(|flag| flag.says.as_str());
    let excess = |id: &str| scenario.excesses.iter().find(|one| one.id == id).map(|one| one.says.as_str());
    for (id, said) in &proofs.red_flags {
        put!(text, "- {}\n  > {}: {}", flag(id).unwrap_or_default(), said.line, said.quote);
    }
    for (id, said) in &proofs.retracted {
        put!(
            text,
            "- Taken back later, and so not counted: {}\n  > {}: {}",
            flag(id).unwrap_or_default(),
            said.line,
            said.quote
        );
    }
    for (id, said) in &proofs.excesses {
        put!(text, "- {}\n  > {}: {}", excess(id).unwrap_or_default(), said.line, said.quote);
    }
}

fn numbers(text: &mut String, round: &Round, proofs: &Proofs) {
    let script = round.script();
    if script.scenario.estimates.is_empty() {
        return;
    }
    let proved = script.scenario.checkpoints.iter().filter_map(|one| one.proof.number.as_ref());
    let terms: Vec<(String, Terms)> =
        proved.flat_map(|proof| proof.estimates.iter().map(|name| (name.clone(), proof.of.clone()))).collect();
    put!(text, "\n## Numbers\n\n| estimate | yours | with your inputs |\n|---|---:|---:|");
    for (title, theirs, golden) in proofs.ledger.comparison(&terms, &script.matcher) {
        put!(text, "| {title} | {} | {golden} |", theirs.unwrap_or_default());
    }
}

fn curveballs(text: &mut String, round: &Round, judged: &Judged) {
    if round.thrown().is_empty() {
        return;
    }
    put!(text, "\n## Curveballs\n");
    let script = round.script();
    for thrown in round.thrown() {
        let Some(curveball) = script.curveballs.iter().find(|one| one.id == thrown.id) else { continue };
        let result = judged.curveballs.iter().find(|one| one.id == thrown.id);
        let strong = result.map_or(0, |result| result.strong);
        put!(
            text,
            "- {}\n  {strong} of 2 good signs: {} {}",
            curveball.text,
            curveball.strong[0].says,
            curveball.strong[1].says
        );
        if let Some(own) = script.scenario.curveballs.iter().find(|one| one.id == thrown.id) {
            put!(text, "  A good answer here: {}", own.answer);
        }
    }
}

fn next(text: &mut String, scenario: &Scenario, judged: &Judged) {
    let after = aftermath(scenario, &judged.proofs, &judged.auto);
    let notes = after.notes.iter().map(|note| format!("read [{note}](note:{note})"));
    let cards = (!after.cards.is_empty()).then(|| format!("answer the {} cards that are due now", after.cards.len()));
    let lessons = after.lessons.iter().map(|lesson| format!("play the lesson [{lesson}](lesson:{lesson})"));
    let again = format!("hold {} again in a week, as its variant", scenario.title);
    let all = notes.take(1).chain(cards).chain(lessons.take(1)).chain([again]);
    put!(text, "\n## Next\n");
    for (at, what) in all.take(3).enumerate() {
        put!(text, "{}. {what}", at + 1);
    }
}

fn answers(text: &mut String, round: &Round) {
    put!(text, "\n## Your notes\n");
    for (phase, log) in round.script().kind.phases.iter().zip(round.phases()) {
        if !log.notes.trim().is_empty() {
            put!(text, "### {}\n\n{}\n", phase.title, log.notes.trim_end());
        }
    }
    put!(text, "## Reference answer\n\n{}", round.script().scenario.reference.trim());
}
