//! The selected scenario: what it asks, which topics it exercises, how many points are looked for.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::content::TopicId;
use crate::round::{Level, Scenario};
use crate::tui::screen::Cx;
use crate::tui::widgets::bar::{bar, percent};
use crate::tui::widgets::text::truncate_line;
use crate::tui::widgets::wrap::wrap;

/// Columns of a readiness bar.
const BAR: usize = 10;

/// Draws what there is to say of a scenario; beside the list there is room for its topics one by one.
pub(super) fn draw(
    cx: &Cx<'_>,
    scenario: &Scenario,
    level: Level,
    readiness: &BTreeMap<TopicId, f64>,
    is_beside: bool,
    area: Rect,
    buf: &mut Buffer,
) {
    let theme = cx.theme;
    let columns = usize::from(area.width);
    let mut lines = Vec::new();
    if is_beside {
        lines.push(Line::styled(scenario.title.clone(), theme.title));
    } else {
        lines.push(Line::styled(theme.glyphs.rule.repeat(columns), theme.border));
    }
    let summary = wrap(&scenario.summary, columns);
    lines.extend(
        summary.into_iter().take(if is_beside { 4 } else { 2 }).map(|line| Line::styled(line.to_owned(), theme.text)),
    );
    let looked_for = scenario.checkpoints.iter().filter(|checkpoint| checkpoint.level <= level).count();
    let points = format!("{looked_for} points are looked for at {} level", level.name());
    if is_beside {
        lines.push(Line::default());
        lines.extend(
            wrap(&scenario.prompt, columns).into_iter().take(8).map(|line| Line::styled(line.to_owned(), theme.muted)),
        );
        lines.push(Line::default());
        lines.push(Line::styled(points, theme.muted));
        lines.push(Line::default());
        lines.extend(scenario.topics.iter().map(|topic| of_topic(cx, topic, readiness, columns)));
    } else {
        let topics = scenario.topics.iter().map(|topic| title(cx, topic)).collect::<Vec<_>>().join(", ");
        lines.push(Line::styled(topics, theme.muted));
        lines.push(Line::styled(points, theme.muted));
    }
    for (line, y) in lines.iter().zip(area.y..area.bottom()) {
        buf.set_line(area.x, y, &truncate_line(line, columns, theme.glyphs.ellipsis), area.width);
    }
}

fn title(cx: &Cx<'_>, topic: &TopicId) -> String {
    cx.world.library.topic(topic).map_or_else(|| topic.to_string(), |topic| topic.title.clone())
}

fn of_topic(cx: &Cx<'_>, topic: &TopicId, readiness: &BTreeMap<TopicId, f64>, columns: usize) -> Line<'static> {
    let theme = cx.theme;
    let share = readiness.get(topic).copied();
    let room = columns.saturating_sub(BAR + 8).min(32);
    let name = truncate_line(&Line::from(title(cx, topic)), room, theme.glyphs.ellipsis).to_string();
    let mut line = Line::from(Span::styled(format!("{name:<room$} "), theme.text));
    if let Some(share) = share {
        line.extend(bar(theme, share, BAR, theme.accent));
        line.push_span(Span::styled(format!(" {}", percent(share)), theme.muted));
    }
    line
}
