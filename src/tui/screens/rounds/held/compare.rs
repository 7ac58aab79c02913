//! Two attempts at a scenario side by side, as a page.

use std::fmt::Write;
use std::time::Duration;

use crate::round::{Judged, Round, Rubric, compare};

/// The page: scores, time, and each checkpoint that changed.
pub(super) fn page(title: &str, rubric: &Rubric, before: (&Round, &Judged), now: (&Round, &Judged)) -> String {
    let comparison = compare(&before.1.auto, &now.1.auto);
    let mut text = format!("# {title}: two attempts\n\n| | before | now |\n|---|---:|---:|\n");
    let mut row = |name: &str, before: String, now: String| {
        let _ = writeln!(text, "| {name} | {before} | {now} |");
    };
    let mean = |mean: Option<f64>| mean.map_or_else(|| "-".to_owned(), |mean| format!("{mean:.2}"));
    row("level", before.0.setup().level.name().to_owned(), now.0.setup().level.name().to_owned());
    row("mean", mean(comparison.means.0), mean(comparison.means.1));
    row("time", spent(before.0), spent(now.0));
    row("independence", before.1.independence.to_string(), now.1.independence.to_string());
    let points = |points: Option<u8>| points.map_or_else(|| "-".to_owned(), |points| points.to_string());
    for (id, before, now) in &comparison.dimensions {
        let title = rubric.dimension(id).map_or(id.as_str(), |dimension| &dimension.title);
        row(title, points(*before), points(*now));
    }
    let says = |id: &String| now.0.script().scenario.checkpoint(id).map(|one| format!("- {}\n", one.says));
    for (heading, ids) in [("Shown now, not before", &comparison.gained), ("Shown before, not now", &comparison.lost)] {
        let list: String = ids.iter().filter_map(says).collect();
        if !list.is_empty() {
            let _ = write!(text, "\n## {heading}\n\n{list}");
        }
    }
    let was_missed = |id: &str| before.1.auto.checkpoints.iter().any(|one| one.id == id && !one.is_credited());
    let missed = now.1.auto.checkpoints.iter().filter(|one| !one.is_credited() && was_missed(&one.id));
    let list: String = missed.filter_map(|one| says(&one.id)).collect();
    if !list.is_empty() {
        let _ = write!(text, "\n## Missed both times\n\n{list}");
    }
    text
}

fn spent(round: &Round) -> String {
    let spent: Duration = round.phases().iter().map(|phase| phase.spent).sum();
    format!("{}:{:02}", spent.as_secs() / 60, spent.as_secs() % 60)
}
