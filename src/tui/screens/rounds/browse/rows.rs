//! The rows of the list.

use std::collections::BTreeMap;
use std::rc::Rc;

use ratatui::text::{Line, Span};

use crate::content::TopicId;
use crate::round::{Family, Scenario};
use crate::tui::screens::rounds::catalogue::family_title;
use crate::tui::screens::rounds::history::Held;
use crate::tui::theme::Theme;
use crate::tui::widgets::text::{truncate, width};

/// A row.
#[derive(Debug)]
pub(super) enum Row {
    Gap,
    Heading(Family),
    Scenario { scenario: Rc<Scenario>, readiness: Option<f64>, best: Option<f64> },
}

/// Columns behind the title: difficulty, minutes, readiness of its topics, best mean.
const BEHIND: usize = 8 + 8 + 7 + 7;

impl Row {
    pub(super) fn scenario(&self) -> Option<&Scenario> {
        match self {
            Self::Scenario { scenario, .. } => Some(scenario),
            Self::Gap | Self::Heading(_) => None,
        }
    }

    pub(super) fn line(&self, theme: &Theme, columns: usize) -> Line<'static> {
        match self {
            Self::Gap => Line::default(),
            Self::Heading(family) => Line::styled(family_title(*family), theme.title),
            Self::Scenario { scenario, readiness, best } => {
                let room = columns.saturating_sub(BEHIND).max(8);
                let title = truncate(&scenario.title, room, theme.glyphs.ellipsis);
                let air = " ".repeat(room - width(&title));
                let known = readiness.map_or_else(|| "    ".to_owned(), |share| format!("{:>3.0} %", share * 100.0));
                Line::from(vec![
                    Span::styled(title, theme.text),
                    Span::raw(air),
                    Span::styled(format!("{:<8}", scenario.difficulty.name()), theme.muted),
                    Span::styled(format!("{:>3} min ", scenario.minutes), theme.muted),
                    Span::styled(format!(" {known}"), theme.muted),
                    Span::styled(best.map_or_else(|| "      -".to_owned(), |mean| format!("{mean:>7.2}")), theme.text),
                ])
            }
        }
    }
}

/// The mean of what is known of a scenario's topics, if there is anything to know.
pub(super) fn known(scenario: &Scenario, readiness: &BTreeMap<TopicId, f64>) -> Option<f64> {
    let known: Vec<f64> = scenario.topics.iter().filter_map(|topic| readiness.get(topic)).copied().collect();
    (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
}

/// Rows under the headings of their families, or without headings where the weakest come first.
pub(super) fn rows(
    scenarios: Vec<Rc<Scenario>>,
    by_weakness: bool,
    readiness: &BTreeMap<TopicId, f64>,
    held: &[Held],
) -> Vec<Row> {
    let best = |id: &str| held.iter().filter(|one| one.scenario == id).filter_map(|one| one.mean).reduce(f64::max);
    let row = |scenario: Rc<Scenario>| Row::Scenario {
        readiness: known(&scenario, readiness),
        best: best(&scenario.id),
        scenario,
    };
    if by_weakness {
        let mut scenarios = scenarios;
        let weakness = |scenario: &Scenario| known(scenario, readiness).unwrap_or(1.0);
        scenarios.sort_by(|a, b| weakness(a).total_cmp(&weakness(b)));
        return scenarios.into_iter().map(row).collect();
    }
    let mut rows = Vec::new();
    for family in Family::ALL {
        let mut of_family = scenarios.iter().filter(|scenario| scenario.family == family).peekable();
        if of_family.peek().is_none() {
            continue;
        }
        if !rows.is_empty() {
            rows.push(Row::Gap);
        }
        rows.push(Row::Heading(family));
        rows.extend(of_family.cloned().map(row));
    }
    rows
}
