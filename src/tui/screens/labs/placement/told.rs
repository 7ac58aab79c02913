//! What the figures mean, in sentences with a label each.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::sim::placement::{Options, Outcome, Params, Path, Trail};
use crate::tui::theme::Theme;
use crate::tui::widgets::wrap::wrap;

use super::nodes::{count, letter, percent};
use super::scene::Facts;

/// Labels stand in a column of this width.
const LABELS: usize = 9;

/// The sentences of one scheme, wrapped to a width; the most important first.
pub(super) fn sentences(theme: &Theme, params: &Params, facts: &Facts, columns: usize) -> Vec<Line<'static>> {
    let outcome = &facts.outcome;
    let mut told = Told { theme, columns, lines: Vec::new() };
    if let Some(path) = &facts.path {
        told.tell("key", theme.accent, &way(theme, path));
    }
    if !outcome.why.is_empty() {
        let style = if outcome.misdirected > 0 { theme.warn } else { theme.good };
        told.tell("moved", style, &moved(outcome));
        told.tell("takes", theme.accent, &takes(params, outcome));
    }
    if let Some(sentence) = failed(outcome) {
        told.tell("failed", theme.bad, &sentence);
    }
    if let Some(sentence) = requests(params, outcome) {
        told.tell("requests", theme.warn, &sentence);
    }
    told.tell("queries", theme.muted, &queries(outcome));
    told.tell("lookup", theme.muted, &lookup(outcome));
    told.lines
}

/// The command line that gives the same figures.
pub(super) fn command(options: &Options) -> String {
    format!("sysdrill sim hash {options}")
}

struct Told<'a> {
    theme: &'a Theme,
    columns: usize,
    lines: Vec<Line<'static>>,
}

impl Told<'_> {
    fn tell(&mut self, label: &str, style: Style, text: &str) {
        for (row, part) in wrap(text, self.columns.saturating_sub(LABELS).max(10)).into_iter().enumerate() {
            let label = if row == 0 { label } else { "" };
            let label = Span::styled(format!("{label:<LABELS$}"), style);
            self.lines.push(Line::from(vec![label, Span::styled(part.to_owned(), self.theme.text)]));
        }
    }
}

/// `user:7 → next point clockwise at 0.41, of n3 → n3; copies on n3, n5`.
fn way(theme: &Theme, path: &Path) -> String {
    let arrow = if theme.glyphs.right.is_ascii() { " > " } else { " → " };
    let scores = path.trail.iter().filter(|step| matches!(step, Trail::Score { .. })).count();
    let steps = path.trail.iter().filter(|step| !matches!(step, Trail::Score { .. }));
    let mut parts = vec![path.key.clone()];
    parts.extend((scores > 0).then(|| "the highest score of all nodes".to_owned()));
    parts.extend(steps.map(ToString::to_string));
    let mut text = parts.join(arrow);
    let found = path.node;
    text.push_str(&format!(" ({})", letter(found)));
    if path.copies.len() > 1 {
        let copies = path.copies.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        text.push_str(&format!("; copies on {copies}"));
    }
    if path.id.is_none() {
        text.push_str("; not among the keys placed");
    }
    text
}

fn moved(outcome: &Outcome) -> String {
    let misdirected = match outcome.misdirected {
        0 => "none between nodes that stayed".to_owned(),
        some => format!("{} of them between nodes that stayed", count(some)),
    };
    let why = outcome.why.split_once("): ").map_or(outcome.why.as_str(), |(_, why)| why);
    format!("{} of {} keys, {misdirected}: {why}", count(outcome.moved), count(outcome.keys))
}

fn takes(params: &Params, outcome: &Outcome) -> String {
    let cost = &outcome.rebalancing;
    let hours = if cost.hours >= 1.0 { format!(" ({:.1} h)", cost.hours) } else { String::new() };
    format!(
        "{} to move in {}{hours} at {} of a node's {}, {} of its network ({} a key)",
        cost.data, cost.takes, params.haul.rate, params.haul.network, cost.extra_load, params.haul.per_key
    )
}

fn failed(outcome: &Outcome) -> Option<String> {
    let failure = outcome.failure.as_ref()?;
    let names = failure.failed.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let lost = match failure.lost {
        0 => "none is lost".to_owned(),
        lost => format!("{} are LOST", count(lost)),
    };
    let growth = (failure.worst_growth - 1.0) * 100.0;
    let heirs = match failure.takeover.len() {
        1 => "one node takes over".to_owned(),
        heirs => format!("{heirs} nodes take over"),
    };
    Some(format!(
        "{names}: with {} {} keys lose a copy, {lost}; {heirs}, the worst serves {growth:.0} % more",
        if failure.copies == 1 { "1 copy".to_owned() } else { format!("{} copies", failure.copies) },
        count(failure.lost_a_copy),
    ))
}

fn requests(params: &Params, outcome: &Outcome) -> Option<String> {
    let traffic = outcome.traffic.as_ref()?;
    let busiest = format!("the busiest node, {}, gets {:.2} times the mean", traffic.busiest, traffic.max_over_mean);
    let Some(salting) = &outcome.salting else {
        let (alpha, which) =
            if params.zipf > 0.0 { (params.zipf, "any keys") } else { (params.latest, "the newest keys") };
        return Some(format!("zipf {alpha} over {which}: {busiest}"));
    };
    let hot = format!("one key gets {}: {busiest}", percent(params.hot));
    if salting.suffixes < 2 {
        return Some(hot);
    }
    Some(format!(
        "{hot}; under {} names on {} nodes {:.2} times, a read asks {}: {}",
        salting.suffixes,
        salting.nodes.len(),
        salting.after.max_over_mean,
        salting.read_fan_out,
        salting.verdict
    ))
}

fn queries(outcome: &Outcome) -> String {
    let (scan, [local, global]) = (&outcome.scan, &outcome.index);
    format!(
        "a scan of {} neighbours asks {} of {} nodes; an index lookup {} (local) or {} (global), its write {} or {}",
        count(scan.keys),
        scan.asked,
        scan.nodes,
        local.lookup,
        global.lookup,
        local.write,
        global.write
    )
}

fn lookup(outcome: &Outcome) -> String {
    let memory = match outcome.memory_bytes as f64 {
        bytes if bytes < 1e3 => format!("{bytes:.0} B"),
        bytes if bytes < 1e6 => format!("{:.1} kB", bytes / 1e3),
        bytes => format!("{:.1} MB", bytes / 1e6),
    };
    let (hashes, reads) = (outcome.lookup.hashes, outcome.lookup.reads);
    let several = |count: f64, one: &str, many: &str| match count {
        ..0.5 => format!("no {one}"),
        ..1.5 => format!("1 {one}"),
        _ => format!("about {count:.0} {many}"),
    };
    let (hashes, reads) = (several(hashes, "hash", "hashes"), several(reads, "read", "reads"));
    format!("a client holds {memory}; a lookup takes {hashes} and {reads}")
}
