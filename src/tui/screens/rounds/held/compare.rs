//! Two attempts at a scenario side by side, as a page.

use std::fmt::Write;
use std::time::Duration;

use crate::round::play::Attempt;
use crate::round::{Credit, Rubric, Scenario, Score, Tier};

/// The page: scores, time, and each checkpoint that changed.
pub(super) fn page(title: &str, rubric: &Rubric, scenario: &Scenario, earlier: &Attempt, later: &Attempt) -> String {
    let mut text = format!("# {title}: two attempts\n\n| | before | after |\n|---|---:|---:|\n");
    let mean = |attempt: &Attempt| attempt.auto.mean.map_or_else(|| "-".to_owned(), |mean| format!("{mean:.2}"));
    let spent = |attempt: &Attempt| {
        let spent: Duration = attempt.draft.pages.iter().map(|page| page.spent).sum();
        format!("{}:{:02}", spent.as_secs() / 60, spent.as_secs() % 60)
    };
    let hints = |attempt: &Attempt| attempt.draft.pages.iter().map(|page| page.hints).sum::<u32>().to_string();
    let level = |attempt: &Attempt| attempt.draft.set_up.level.name().to_owned();
    let mut row = |name: &str, of: &dyn Fn(&Attempt) -> String| {
        let _ = writeln!(text, "| {name} | {} | {} |", of(earlier), of(later));
    };
    row("level", &level);
    row("mean", &mean);
    row("time", &spent);
    row("hints", &hints);
    for dimension in &rubric.dimensions {
        row(&dimension.title, &|attempt| score(&attempt.auto, &dimension.id));
    }
    for (heading, is_wanted) in [("Shown now, not before", true), ("Shown before, not now", false)] {
        let changed = later.auto.checkpoints.iter().filter(|credit| {
            let before = credit_of(&earlier.auto, &credit.id).is_some_and(Credit::is_credited);
            credit.is_credited() == is_wanted && before != is_wanted
        });
        let says = changed.filter_map(|credit| scenario.checkpoint(&credit.id)).map(|one| format!("- {}\n", one.says));
        let says: String = says.collect();
        if !says.is_empty() {
            let _ = write!(text, "\n## {heading}\n\n{says}");
        }
    }
    let missed = later.auto.checkpoints.iter().filter(|credit| {
        let before = credit_of(&earlier.auto, &credit.id).map_or(Tier::Nothing, |credit| credit.tier);
        !credit.is_credited() && before < credit.needed
    });
    let says: String =
        missed.filter_map(|credit| scenario.checkpoint(&credit.id)).map(|one| format!("- {}\n", one.says)).collect();
    if !says.is_empty() {
        let _ = write!(text, "\n## Missed both times\n\n{says}");
    }
    text
}

fn score(score: &Score, dimension: &str) -> String {
    let found = score.dimensions.iter().find(|one| one.id == dimension).and_then(|one| one.score);
    found.map_or_else(|| "-".to_owned(), |points| points.to_string())
}

fn credit_of<'a>(score: &'a Score, id: &str) -> Option<&'a Credit> {
    score.checkpoints.iter().find(|credit| credit.id == id)
}
