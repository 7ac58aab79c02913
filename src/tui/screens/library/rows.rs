//! The rows of the library: headings of groups and topics.

use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use crate::content::TopicId;
use crate::library::Library;
use crate::tui::theme::Theme;
use crate::tui::widgets::bar::{bar, percent};
use crate::tui::widgets::text::{truncate, width};

/// Columns of the bar of a topic's readiness.
const BAR: usize = 8;
/// Columns of bar and number, ` 86 %`.
const READINESS: usize = BAR + 6;
/// Columns between minutes and bar.
const GAP: usize = 3;
/// Columns of the minutes, `120 min`.
const MINUTES: usize = 7;
/// Below so many columns a summary says nothing any more.
const SHORTEST_SUMMARY: usize = 20;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// Air above a group.
    Gap,
    Group(String),
    Topic {
        id: TopicId,
        title: String,
        summary: String,
        minutes: u32,
    },
}

/// The columns that all rows share.
#[derive(Clone, Copy, Debug)]
pub(super) struct Widths {
    /// Of the widest title.
    title: usize,
    has_readiness: bool,
}

/// All rows, in reading order.
pub(super) fn rows(library: &Library) -> Vec<Row> {
    let mut rows = Vec::new();
    for shelf in library.shelves() {
        if !rows.is_empty() {
            rows.push(Row::Gap);
        }
        let group = if shelf.group.is_empty() { "Decks" } else { shelf.group };
        rows.push(Row::Group(group.to_owned()));
        rows.extend(shelf.topics.into_iter().map(|topic| Row::Topic {
            id: topic.id.clone(),
            title: topic.title.clone(),
            summary: topic.summary.clone(),
            minutes: topic.minutes,
        }));
    }
    rows
}

/// Minutes as `4 h 10 min`.
pub(super) fn duration(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

impl Widths {
    pub(super) fn of(rows: &[Row], has_readiness: bool) -> Self {
        let title = |row: &Row| match row {
            Row::Topic { title, .. } => width(title),
            Row::Group(_) | Row::Gap => 0,
        };
        Self { title: rows.iter().map(title).max().unwrap_or(0), has_readiness }
    }
}

impl Row {
    pub(super) fn topic(&self) -> Option<&TopicId> {
        match self {
            Self::Topic { id, .. } => Some(id),
            Self::Group(_) | Self::Gap => None,
        }
    }

    pub(super) fn minutes(&self) -> u32 {
        match self {
            Self::Topic { minutes, .. } => *minutes,
            Self::Group(_) | Self::Gap => 0,
        }
    }

    /// Whether every word of a search, in lower case, stands in what the row says.
    pub(super) fn matches(&self, wanted: &str) -> bool {
        match self {
            Self::Group(_) | Self::Gap => false,
            Self::Topic { id, title, summary, .. } => {
                let text = format!("{id} {title} {summary}").to_lowercase();
                wanted.split_whitespace().all(|word| text.contains(word))
            }
        }
    }

    /// The row in `columns`: title, summary where there is room, minutes, readiness where it is known.
    pub(super) fn line(&self, theme: &Theme, widths: Widths, columns: usize, readiness: Option<f64>) -> Line<'static> {
        let (title, summary, minutes) = match self {
            Self::Gap => return Line::default(),
            Self::Group(name) => {
                return Line::styled(name.clone(), theme.muted.add_modifier(Modifier::BOLD));
            }
            Self::Topic { title, summary, minutes, .. } => (title, summary, *minutes),
        };
        let right = MINUTES + if widths.has_readiness { READINESS + GAP } else { 0 };
        let room = columns.saturating_sub(right + 2);
        let title_columns = widths.title.min(room);
        let ellipsis = theme.glyphs.ellipsis;
        let title = truncate(title, title_columns, ellipsis);
        let mut spans = vec![Span::styled(padded(title, title_columns), theme.text)];
        let summary_columns = room.saturating_sub(title_columns + 2);
        let summary = if summary_columns < SHORTEST_SUMMARY { "" } else { summary };
        let summary = truncate(summary, summary_columns, ellipsis);
        let gap = " ".repeat(room.min(title_columns + 2) - title_columns);
        spans.extend([Span::raw(gap), Span::styled(padded(summary, summary_columns), theme.muted), Span::raw("  ")]);
        let minutes = if minutes == 0 { String::new() } else { format!("{minutes} min") };
        spans.push(Span::styled(format!("{minutes:>MINUTES$}"), theme.muted));
        if let Some(share) = readiness {
            spans.push(Span::raw(" ".repeat(GAP)));
            spans.extend(bar(theme, share, BAR, theme.accent));
            spans.push(Span::styled(format!(" {}", percent(share)), theme.text));
        }
        Line::from(spans)
    }
}

fn padded(text: String, columns: usize) -> String {
    let air = columns.saturating_sub(width(&text));
    text + &" ".repeat(air)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_said_as_one_says_it() {
        assert_eq!(duration(9), "9 min");
        assert_eq!(duration(60), "1 h");
        assert_eq!(duration(250), "4 h 10 min");
    }

    #[test]
    fn a_row_is_as_wide_as_its_columns() {
        let row = Row::Topic {
            id: TopicId::new("sharding"),
            title: "Partitioning and sharding".to_owned(),
            summary: "Split data so that no machine holds or serves it all.".to_owned(),
            minutes: 12,
        };
        let theme = Theme::default();
        for columns in [30, 44, 70, 100, 180] {
            for readiness in [None, Some(0.52)] {
                let widths = Widths { title: 30, has_readiness: readiness.is_some() };
                let line = row.line(&theme, widths, columns, readiness);
                assert_eq!(line.width(), columns, "{columns} {readiness:?} `{line}`");
            }
        }
    }
}
