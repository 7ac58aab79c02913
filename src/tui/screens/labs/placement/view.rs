//! Where everything stands: one scheme with room, or up to four side by side, and below what the figures mean.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::sim::placement::{Cluster, Sees};
use crate::tui::theme::Theme;
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::{truncate, truncate_line};

use super::Lab;
use super::grid::Grid;
use super::loads::Loads;
use super::nodes::{count, percent};
use super::ring::Ring;
use super::scene::Facts;
use super::told;

/// The two parts of the screen.
struct Parts {
    pictures: Rect,
    told: Rect,
}

/// Divides the area: what the figures mean gets a third, at most what it needs.
fn parts(area: Rect, lines: usize, is_many: bool) -> Parts {
    let wanted = lines as u16 + 3;
    // Columns are narrow, and need the height for their pictures.
    let most = if is_many { area.height / 4 } else { area.height * 2 / 5 };
    let told = wanted.clamp(4, most.max(5)).min(area.height.saturating_sub(6));
    let pictures = Rect { height: area.height - told, ..area };
    Parts { pictures, told: Rect { y: pictures.bottom(), height: told, ..area } }
}

/// The rows in which nodes are listed, so that the selected one can be brought into view.
pub(super) fn load_rows(lab: &Lab, area: Rect) -> usize {
    let Parts { pictures, .. } = parts(area, lab.lines.len(), lab.scene.clusters.len() > 1);
    let inner = usize::from(pictures.height.saturating_sub(2));
    if lab.scene.clusters.len() == 1 {
        inner.saturating_sub(2)
    } else {
        inner - picture_rows(pictures.height) as usize - FIGURES
    }
}

/// Lines of figures below the bars of a narrow column.
const FIGURES: usize = 3;

fn picture_rows(height: u16) -> u16 {
    (height.saturating_sub(2 + FIGURES as u16)) * 2 / 3
}

pub(super) fn draw(lab: &Lab, theme: &Theme, area: Rect, buf: &mut Buffer) {
    let Parts { pictures, told } = parts(area, lab.lines.len(), lab.scene.clusters.len() > 1);
    match lab.scene.clusters.as_slice() {
        [_] => draw_one(lab, theme, pictures, buf),
        many => {
            let each = pictures.width / many.len() as u16;
            for place in 0..many.len() {
                let x = pictures.x + each * place as u16;
                let width = if place + 1 == many.len() { pictures.right() - x } else { each };
                draw_column(lab, theme, place, Rect { x, width, ..pictures }, buf);
            }
        }
    }
    draw_told(lab, theme, told, buf);
}

/// The picture at the left, the bars at the right.
fn draw_one(lab: &Lab, theme: &Theme, area: Rect, buf: &mut Buffer) {
    let cluster = &lab.scene.clusters[0];
    // Dots are square, so a ring needs twice as many columns as rows.
    let left = (area.height * 2 + 2).clamp(area.width / 4, area.width * 9 / 20);
    let picture = Rect { width: left, ..area };
    let loads = Rect { x: area.x + left, width: area.width - left, ..area };
    let note = Span::styled(lab.scene.options.params.setting.hash.id(), theme.muted);
    let inner = Panel::new(theme, cluster.about().title).note(note).draw(picture, buf);
    draw_picture(lab, theme, 0, inner, buf);
    let title = if lab.serves_requests(0) { "Requests" } else { "Load" };
    let inner = Panel::new(theme, title).note(head_note(lab, theme)).draw(loads, buf);
    let bars = Rect { height: inner.height.saturating_sub(2), ..inner };
    loads_of(lab, theme, 0).draw(bars, buf);
    let line = evenness(theme, cluster, lab.facts_of(0));
    buf.set_line(inner.x, inner.bottom() - 1, &line, inner.width);
}

fn draw_column(lab: &Lab, theme: &Theme, place: usize, area: Rect, buf: &mut Buffer) {
    let cluster = &lab.scene.clusters[place];
    let inner = Panel::new(theme, cluster.about().id).focused(place == lab.focus).draw(area, buf);
    let rows = picture_rows(area.height);
    draw_picture(lab, theme, place, Rect { height: rows, ..inner }, buf);
    let bars = inner.height.saturating_sub(rows + FIGURES as u16);
    loads_of(lab, theme, place).draw(Rect { y: inner.y + rows, height: bars, ..inner }, buf);
    let figures = figures(theme, cluster);
    for (line, y) in figures.iter().zip(inner.bottom() - FIGURES as u16..inner.bottom()) {
        // What is left out is left out whole: half a number would be another one.
        let fits = line.spans.len() - usize::from(line.width() > usize::from(inner.width)).min(line.spans.len() - 1);
        buf.set_line(inner.x, y, &Line::from(line.spans[..fits].to_vec()), inner.width);
    }
}

fn draw_picture(lab: &Lab, theme: &Theme, place: usize, area: Rect, buf: &mut Buffer) {
    let cluster = &lab.scene.clusters[place];
    let path = lab.facts_of(place).and_then(|facts| facts.path.as_ref());
    let has_ring = cluster.about().sees == Sees::Hash && cluster.spans().is_some();
    if has_ring && area.height >= 5 {
        Ring { theme, cluster, path, middle: middle(lab, theme, place) }.draw(area, buf);
    } else {
        Grid { theme, cluster, path }.draw(area, buf);
    }
}

/// What stands in the middle of the ring: the followed key, the share that moved, or the number of nodes.
fn middle(lab: &Lab, theme: &Theme, place: usize) -> Vec<(String, Style)> {
    let cluster = &lab.scene.clusters[place];
    if let Some(path) = lab.facts_of(place).and_then(|facts| facts.path.as_ref()) {
        let name = truncate(&path.key, 10, theme.glyphs.ellipsis);
        let to = format!("{} {}", theme.glyphs.selected, super::nodes::letter(path.node));
        return vec![(name, theme.title), (to, super::nodes::style(theme, path.node))];
    }
    match cluster.change().filter(|change| !(change.joined.is_empty() && change.left.is_empty())) {
        Some(change) => {
            let style = if change.misdirected > 0 { theme.warn } else { theme.title };
            vec![(percent(change.moved_ratio()), style), (moved_label(cluster).to_owned(), theme.muted)]
        }
        None => vec![(cluster.nodes().len().to_string(), theme.title), ("nodes".to_owned(), theme.muted)],
    }
}

fn loads_of<'a>(lab: &'a Lab, theme: &'a Theme, place: usize) -> Loads<'a> {
    Loads {
        theme,
        cluster: &lab.scene.clusters[place],
        facts: lab.facts_of(place),
        failing: &lab.failing,
        selection: lab.selection,
        is_focused: lab.over.is_none() && place == lab.focus,
    }
}

/// `5 → 6 nodes × 100 vnodes · 10,000 keys`, or what is being computed.
pub(super) fn head(lab: &Lab, theme: &Theme) -> String {
    let (params, dot) = (&lab.scene.options.params, theme.glyphs.dot);
    let cluster = &lab.scene.clusters[lab.focus];
    let now = cluster.nodes().len();
    let before = cluster.change().map_or(now, |change| change.load_before.per_node.len());
    let arrow = if theme.glyphs.right.is_ascii() { "->" } else { "→" };
    let nodes = if before == now { format!("{now} nodes") } else { format!("{before} {arrow} {now} nodes") };
    let has_points = lab.scene.clusters.iter().any(|cluster| cluster.about().virtual_nodes);
    let times = if theme.glyphs.right.is_ascii() { "x" } else { "×" };
    let points = if has_points { format!(" {times} {} vnodes", params.setting.vnodes) } else { String::new() };
    format!("{nodes}{points} {dot} {} keys", count(lab.scene.key_count()))
}

fn head_note(lab: &Lab, theme: &Theme) -> Line<'static> {
    let copies = lab.scene.options.params.replicas;
    let text = if copies > 1 { format!("by the first of {copies} copies") } else { String::new() };
    Line::from(Span::styled(text, theme.muted))
}

/// `max/mean 1.08  σ/mean 4.6 %  theory 4.9 %`, of the keys; of the requests where the bars show those.
fn evenness(theme: &Theme, cluster: &Cluster, facts: Option<&Facts>) -> Line<'static> {
    let load = cluster.load();
    let sigma = if theme.glyphs.right.is_ascii() { "sd/mean" } else { "σ/mean" };
    let salted = facts.and_then(|facts| facts.outcome.salting.as_ref()).filter(|salting| salting.suffixes > 1);
    let busy = salted.map(|salting| &salting.after).or(facts.and_then(|facts| facts.outcome.traffic.as_ref()));
    let (max, sd) =
        busy.map_or((load.max_over_mean, load.sd_over_mean), |busy| (busy.max_over_mean, busy.sd_over_mean));
    let mut spans = vec![
        Span::styled("max/mean ", theme.muted),
        Span::styled(format!("{max:.2}"), if busy.is_some() { theme.warn } else { theme.text }),
        Span::styled(format!("  {sigma} "), theme.muted),
        Span::styled(percent(sd), theme.text),
    ];
    match (busy, cluster.expected_spread()) {
        (Some(_), _) => spans.push(Span::styled("  of the requests", theme.muted)),
        (None, Some(spread)) => {
            spans.push(Span::styled("  theory ", theme.muted));
            spans.push(Span::styled(percent(spread), theme.text));
        }
        (None, None) => spans.push(Span::styled("  no simple theory", theme.muted)),
    }
    Line::from(spans)
}

/// The share that an even placement moves at least. It is an expectation, so that a run may stay below it.
pub(super) fn least(theme: &Theme, ratio: f64) -> String {
    let about = if theme.glyphs.right.is_ascii() { "~" } else { "≈" };
    format!("least {about}{}", percent(ratio))
}

/// A share that still grows is not yet the one that a change costs.
fn moved_label(cluster: &Cluster) -> &'static str {
    if cluster.is_moving() { "so far" } else { "moved" }
}

/// The figures of a narrow column.
fn figures(theme: &Theme, cluster: &Cluster) -> Vec<Line<'static>> {
    let load = cluster.load();
    let pair = |label: &str, value: String, style: Style| {
        Line::from(vec![Span::styled(format!("{label:<9}"), theme.muted), Span::styled(format!("{value:>7}"), style)])
    };
    let moved = cluster.change().map_or(0.0, |change| change.moved_ratio());
    let least = cluster.change().map_or(0.0, |change| change.least_ratio);
    let style = if moved > least * 1.5 + 0.01 { theme.warn } else { theme.good };
    let mut first = pair(moved_label(cluster), percent(moved), style);
    first.push_span(Span::styled(format!(" {}", self::least(theme, least)), theme.muted));
    let mut second = pair("max/mean", format!("{:.2}", load.max_over_mean), theme.text);
    let sigma = if theme.glyphs.right.is_ascii() { "sd/mean" } else { "σ/mean" };
    let mut third = pair(sigma, percent(load.sd_over_mean), theme.text);
    if let Some(spread) = cluster.expected_spread() {
        third.push_span(Span::styled(format!(" theory {}", percent(spread)), theme.muted));
    }
    let misdirected = cluster.change().map_or(0, |change| change.misdirected);
    if misdirected > 0 {
        second.push_span(Span::styled(format!(" astray {}", count(misdirected)), theme.warn));
    }
    vec![first, second, third]
}

fn draw_told(lab: &Lab, theme: &Theme, area: Rect, buf: &mut Buffer) {
    let title =
        if lab.scene.clusters.len() > 1 { lab.scene.clusters[lab.focus].about().title } else { "What it means" };
    let inner = Panel::new(theme, title).draw(area, buf);
    let rows = usize::from(inner.height.saturating_sub(1));
    for (row, (line, y)) in lab.lines.iter().take(rows).zip(inner.y..inner.bottom()).enumerate() {
        let mut line = line.clone();
        if row + 1 == rows && lab.lines.len() > rows {
            line.push_span(Span::styled(format!(" {}", theme.glyphs.ellipsis), theme.muted));
        }
        buf.set_line(inner.x, y, &truncate_line(&line, usize::from(inner.width), theme.glyphs.ellipsis), inner.width);
    }
    let command = truncate(&told::command(&lab.scene.options), usize::from(inner.width) - 2, theme.glyphs.ellipsis);
    let line = Line::from(vec![Span::styled("$ ", theme.muted), Span::styled(command, theme.code)]);
    buf.set_line(inner.x, inner.bottom() - 1, &line, inner.width);
}
