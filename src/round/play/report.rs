//! What a round showed, as a page of Markdown.

use std::fmt::Write;
use std::time::Duration;

use crate::round::evidence::Terms;
use crate::round::level::Level;
use crate::round::proof::{Finding, Tier};
use crate::round::rubric::Rubric;
use crate::round::scenario::Checkpoint;
use crate::round::score::{Band, DimensionScore, confirmed};

use super::{Attempt, Judgement, Play, What};

/// What to do next is told in so many points.
const NEXT: usize = 3;

/// The report of a round.
pub fn report(play: &Play, rubric: &Rubric, judgement: &Judgement, attempt: &Attempt) -> String {
    let findings = confirmed(&judgement.proofs, &judgement.notes, &attempt.overrides);
    let report = Report { play, rubric, judgement, attempt, findings };
    let parts = [
        report.head(),
        report.next(),
        report.scores(),
        report.shown(),
        report.missed(),
        report.times(),
        report.numbers(),
        report.curveballs(),
        report.answers(),
    ];
    parts.concat()
}

struct Report<'a> {
    play: &'a Play,
    rubric: &'a Rubric,
    judgement: &'a Judgement,
    attempt: &'a Attempt,
    findings: Vec<Finding>,
}

impl Report<'_> {
    fn head(&self) -> String {
        let set_up = &self.attempt.draft.set_up;
        let mode = if set_up.strict { "strict" } else { "practice" };
        let score = &self.attempt.confirmed;
        let mean = score.mean.map_or_else(String::new, |mean| format!(", mean {mean:.2} of 4"));
        let mut text = format!(
            "# {}\n\n**{}**{mean} at {} level, {}, {} min, {mode}.\n\n{}\n",
            self.play.scenario.title,
            capitalised(score.band.name()),
            set_up.level.name(),
            self.play.kind.title,
            set_up.minutes,
            self.meaning(&score.band),
        );
        if let (Some(auto), Some(mean)) = (self.attempt.auto.mean, score.mean)
            && !self.attempt.overrides.is_empty()
        {
            let count = self.attempt.overrides.len();
            let _ = writeln!(
                text,
                "\nWithout your {count} corrections it would be {auto:.2}; trends go by that, not by {mean:.2}."
            );
        }
        if let (Some(prediction), Some(auto)) = (self.attempt.prediction, self.attempt.auto.mean) {
            let gap = prediction - auto;
            let word = match gap {
                gap if gap > 0.5 => "You expected more than the notes show",
                gap if gap < -0.5 => "You expected less than the notes show",
                _ => "Your guess was near",
            };
            let _ = writeln!(text, "\n{word}: {prediction:.1} guessed, {auto:.2} shown.");
        }
        text
    }

    fn meaning(&self, band: &Band) -> String {
        let title = |id: &String| self.rubric.dimension(id).map_or_else(|| id.clone(), |one| one.title.to_lowercase());
        match band {
            Band::AtTheBar => "Every critical dimension is at 3 or above.".to_owned(),
            Band::Near => "Every critical dimension is at 3, but the rest is too thin.".to_owned(),
            Band::Below(ids) => {
                let names = ids.iter().map(title).collect::<Vec<_>>().join(", ");
                format!("Below 3 where it is critical: {names}.")
            }
            Band::NotJudged => "Too little was written to be judged.".to_owned(),
        }
    }

    /// The three things to do next: the missed checkpoints of the lowest level in critical dimensions first.
    fn next(&self) -> String {
        let mut missed = self.missed_checkpoints();
        let is_critical = |one: &&Checkpoint| self.rubric.dimension(&one.dimension).is_some_and(|own| own.critical);
        missed.sort_by_key(|one| (one.level, !is_critical(one)));
        let mut text = "\n## What to do next\n\n".to_owned();
        if missed.is_empty() {
            text += "Nothing was missed at this level. Play it again as a variant, or a level higher.\n";
        }
        for (place, checkpoint) in missed.iter().take(NEXT).enumerate() {
            let _ = writeln!(text, "{}. {}{}", place + 1, checkpoint.says, links(checkpoint));
        }
        let cards = missed.iter().flat_map(|one| &one.links.cards).count();
        if cards > 0 {
            let _ = writeln!(text, "\nThe cards of everything that was missed are due today.");
        }
        text
    }

    fn scores(&self) -> String {
        let mut text = "\n## Score\n\n| dimension | score | range | shown |\n|---|---:|---:|---:|\n".to_owned();
        for one in &self.attempt.confirmed.dimensions {
            let title = self.rubric.dimension(&one.id).map_or(one.id.as_str(), |own| own.title.as_str());
            let critical =
                if self.rubric.dimension(&one.id).is_some_and(|own| own.critical) { " (critical)" } else { "" };
            let own = self.attempt.own.iter().find(|(id, _)| *id == one.id).map(|(_, score)| *score);
            let (score, range, shown) = row(one, own);
            let _ = writeln!(text, "| {title}{critical} | {score} | {range} | {shown} |");
        }
        text += "\nThe low end assumes that one credited line in eight was read too kindly, the high end that what is unclear was meant.\n";
        let hints = self.play.hints();
        let _ = writeln!(
            text,
            "\n{}",
            match hints {
                0 => "No hints: all of it is your own.".to_owned(),
                1 => "One hint: that much less is your own.".to_owned(),
                hints => format!("{hints} hints: that much less is your own."),
            }
        );
        text
    }

    fn shown(&self) -> String {
        let mut text = "\n## What you showed\n\n".to_owned();
        let credited = self.attempt.confirmed.checkpoints.iter().filter(|credit| credit.is_credited());
        let mut count = 0;
        for credit in credited {
            let Some(checkpoint) = self.play.scenario.checkpoint(&credit.id) else { continue };
            count += 1;
            let _ = writeln!(text, "- **{}** ({})", checkpoint.says, credit.tier.name());
            if let Some(said) = self.findings.iter().find(|one| one.id == credit.id).and_then(|one| one.said.as_ref()) {
                let _ = writeln!(text, "  your line {}: {}", said.line, quoted(&said.quote));
            }
        }
        if count == 0 {
            text += "Nothing was credited at this level.\n";
        }
        for (id, said) in &self.judgement.proofs.red_flags {
            if let Some(flag) = self.play.scenario.red_flags.iter().find(|flag| flag.id == *id) {
                let _ = writeln!(text, "\nWrong: line {}, {}. {}", said.line, quoted(&said.quote), flag.says);
            }
        }
        for (id, said) in &self.judgement.proofs.excesses {
            if let Some(excess) = self.play.scenario.excesses.iter().find(|one| one.id == *id) {
                let _ = writeln!(
                    text,
                    "\nMore than asked for: line {}, {}. {}",
                    said.line,
                    quoted(&said.quote),
                    excess.says
                );
            }
        }
        text
    }

    fn missed(&self) -> String {
        let missed = self.missed_checkpoints();
        if missed.is_empty() {
            return String::new();
        }
        let mut text = "\n## What was missed\n".to_owned();
        for level in Level::ALL {
            let of_level: Vec<&&Checkpoint> = missed.iter().filter(|one| one.level == level).collect();
            if of_level.is_empty() {
                continue;
            }
            let _ = writeln!(text, "\n### Expected of a {} engineer\n", level.name());
            for checkpoint in of_level {
                let tier = self.findings.iter().find(|one| one.id == checkpoint.id);
                let near = match tier {
                    Some(Finding { tier: Tier::Mentioned, said: Some(said), .. }) => {
                        format!(" Unclear: line {}, {}.", said.line, quoted(&said.quote))
                    }
                    Some(Finding { tier: Tier::Claimed, .. }) => " You said it without a reason.".to_owned(),
                    _ => String::new(),
                };
                let _ = writeln!(text, "- {}{near}{}", checkpoint.says, links(checkpoint));
            }
        }
        text
    }

    fn missed_checkpoints(&self) -> Vec<&Checkpoint> {
        self.attempt.missed.iter().filter_map(|id| self.play.scenario.checkpoint(id)).collect()
    }

    fn times(&self) -> String {
        let mut text = "\n## Time\n\n| phase | spent | budget | hints |\n|---|---:|---:|---:|\n".to_owned();
        let pages = self.play.kind.phases.iter().zip(&self.attempt.draft.pages).zip(&self.play.budgets);
        for ((phase, page), budget) in pages {
            let over = if page.spent > *budget { " over" } else { "" };
            let _ = writeln!(
                text,
                "| {} | {}{over} | {} | {} |",
                phase.title,
                clock(page.spent),
                clock(*budget),
                page.hints
            );
        }
        let spent: Duration = self.attempt.draft.pages.iter().map(|page| page.spent).sum();
        let _ = writeln!(text, "| all | {} | {} | {} |", clock(spent), clock(self.play.budget()), self.play.hints());
        text
    }

    fn numbers(&self) -> String {
        let numbers = self.play.scenario.checkpoints.iter().filter_map(|one| one.proof.number.as_ref());
        let terms: Vec<(String, Terms)> = numbers
            .flat_map(|number| number.estimates.iter().map(|estimate| (estimate.clone(), number.of.clone())))
            .collect();
        let rows = self.judgement.proofs.ledger.comparison(&terms, &self.play.matcher);
        if rows.is_empty() {
            return String::new();
        }
        let mut text = "\n## Numbers\n\n| estimate | yours | with your inputs |\n|---|---:|---:|\n".to_owned();
        for (title, own, golden) in rows {
            let _ = writeln!(text, "| {title} | {} | {golden} |", own.as_deref().unwrap_or("none"));
        }
        text
    }

    fn curveballs(&self) -> String {
        if self.judgement.curveballs.is_empty() {
            return String::new();
        }
        let mut text = "\n## Curveballs\n".to_owned();
        for result in &self.judgement.curveballs {
            let Some(curveball) = self.play.rulebook.curveball(&result.id) else { continue };
            let own = self.play.scenario.curveballs.iter().find(|own| own.id == result.id);
            let _ = writeln!(text, "\n> {}\n", curveball.text.trim().replace('\n', " "));
            let weak = if result.weak { ", and the sign of a poor one" } else { "" };
            let _ = writeln!(text, "Your answer shows {} of 2 good signs{weak}. The good signs:\n", result.strong);
            for signal in &curveball.strong {
                let _ = writeln!(text, "- {}", signal.says);
            }
            if let Some(own) = own {
                let _ = writeln!(text, "\nHere: {}", own.answer.trim());
            }
        }
        text
    }

    /// One's own answer and the reference, phase by phase and then as a whole.
    fn answers(&self) -> String {
        let mut text = "\n## Your answer\n".to_owned();
        for (phase, page) in self.play.kind.phases.iter().zip(&self.attempt.draft.pages) {
            if !page.text.trim().is_empty() {
                let _ = writeln!(text, "\n### {}\n\n```text\n{}\n```", phase.title, page.text.trim_end());
            }
        }
        let answers = self.attempt.draft.said.iter().filter(|said| matches!(said.what, What::Answer(_)));
        let asked = answers.map(|said| format!("- {}\n", said.text)).collect::<String>();
        if !asked.is_empty() {
            let _ = writeln!(text, "\n### What your questions were answered with\n\n{asked}");
        }
        let variant = self.play.scenario.variant.as_ref().filter(|_| self.attempt.draft.set_up.variant);
        let _ = writeln!(text, "\n## The reference answer\n\n{}", self.play.scenario.reference.trim());
        if !self.play.scenario.design.diagram.is_empty() {
            let _ = writeln!(text, "\n```text\n{}\n```", self.play.scenario.design.diagram.trim());
        }
        if let Some(variant) = variant {
            let _ = writeln!(text, "\nWith its constraint turned round: {}", variant.changes.trim());
        }
        text
    }
}

/// Score, range and share of a dimension, as the table shows them.
fn row(one: &DimensionScore, own: Option<u8>) -> (String, String, String) {
    if let Some(own) = own {
        return (own.to_string(), String::new(), "your own view".to_owned());
    }
    let points = |points: Option<u8>| points.map_or_else(|| "-".to_owned(), |points| points.to_string());
    let Some(score) = one.score else { return ("not judged".to_owned(), String::new(), String::new()) };
    let range =
        if one.low == one.high { String::new() } else { format!("{} to {}", points(one.low), points(one.high)) };
    let shown = if one.of == 0 { String::new() } else { format!("{} of {}", one.credited, one.of) };
    (score.to_string(), range, shown)
}

/// What to learn, as links.
fn links(checkpoint: &Checkpoint) -> String {
    let links = &checkpoint.links;
    let mut parts = Vec::new();
    if !links.note.is_empty() {
        parts.push(format!("[read](note:{})", links.note));
    }
    parts.extend(links.lesson.iter().map(|lesson| format!("[play](lesson:{lesson})")));
    if parts.is_empty() { String::new() } else { format!(" {}", parts.join(", ")) }
}

fn quoted(text: &str) -> String {
    format!("“{}”", text.trim().replace(['*', '`', '_', '[', ']', '<', '>', '|'], " "))
}

fn clock(time: Duration) -> String {
    format!("{}:{:02}", time.as_secs() / 60, time.as_secs() % 60)
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
