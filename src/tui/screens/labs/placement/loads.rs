//! What each node holds or serves, as bars.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::sim::placement::{Cluster, NodeId};
use crate::tui::theme::Theme;
use crate::tui::widgets::bar::bar;
use crate::tui::widgets::list::{List, Selection};
use crate::tui::widgets::text::{truncate, width};

use super::nodes::{self, count, percent};
use super::scene::Facts;

/// Bars to be drawn.
pub(super) struct Loads<'a> {
    pub(super) theme: &'a Theme,
    pub(super) cluster: &'a Cluster,
    pub(super) facts: Option<&'a Facts>,
    pub(super) failing: &'a [NodeId],
    pub(super) selection: Selection,
    pub(super) is_focused: bool,
}

impl Loads<'_> {
    pub(super) fn draw(&self, area: Rect, buf: &mut Buffer) {
        let nodes: Vec<NodeId> = self.cluster.nodes().map(|node| node.id).collect();
        let shares = self.shares(&nodes);
        let most = shares.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
        let names = nodes.iter().map(|node| width(&self.cluster.node(*node).name)).max().unwrap_or(2).min(12);
        let digits = nodes.iter().map(|node| count(self.cluster.held(*node) as usize).len()).max().unwrap_or(1);
        let list =
            List { theme: self.theme, selection: self.selection, rows: nodes.len(), is_focused: self.is_focused };
        list.draw(area, buf, |index, columns| {
            self.row(nodes[index], shares[index], shares[index] / most, (names, digits), columns)
        });
    }

    /// The share of each node: of the requests where they are not even, else of the keys.
    fn shares(&self, nodes: &[NodeId]) -> Vec<f64> {
        let outcome = self.facts.map(|facts| &facts.outcome);
        let salted = outcome.and_then(|outcome| outcome.salting.as_ref()).filter(|salting| salting.suffixes > 1);
        let busy = salted.map(|salting| &salting.after).or(outcome.and_then(|outcome| outcome.traffic.as_ref()));
        match busy {
            Some(busy) if busy.per_node.len() == nodes.len() => busy.per_node.clone(),
            _ => {
                let keys = self.cluster.keys().len() as f64;
                nodes.iter().map(|node| f64::from(self.cluster.held(*node)) / keys).collect()
            }
        }
    }

    fn row(
        &self,
        node: NodeId,
        share: f64,
        part: f64,
        (names, digits): (usize, usize),
        columns: usize,
    ) -> Line<'static> {
        let theme = self.theme;
        let style = nodes::style(theme, node);
        let about = self.cluster.node(node);
        let name = truncate(&about.name, names, theme.glyphs.ellipsis);
        let keys = count(self.cluster.held(node) as usize);
        let mut numbers = format!(" {keys:>digits$}  {:>6}", percent(share));
        if columns < names + digits + 26 {
            numbers = format!(" {:>6}", percent(share));
        }
        let note = self.note(node, about.weight);
        let room = columns.saturating_sub(names + 3 + width(&numbers) + NOTE);
        let has_notes = room >= 8;
        let bars = if has_notes { room } else { (room + NOTE).max(3) };
        let mut line = Line::from(vec![
            Span::styled(format!("{} ", nodes::letter(node)), style),
            Span::styled(format!("{name:<names$} "), theme.text),
        ]);
        line.extend(bar(theme, part, bars, style));
        line.push_span(Span::styled(numbers, theme.text));
        if has_notes {
            let style = if self.failing.contains(&node) { theme.bad } else { theme.muted };
            line.push_span(Span::styled(format!(" {note:<width$}", width = NOTE - 1), style));
        }
        line
    }

    /// What is special about a node: dead, how much it takes over, its weight, what the change brought it.
    fn note(&self, node: NodeId, weight: f64) -> String {
        if self.failing.contains(&node) {
            return format!("{} dead", self.theme.glyphs.no);
        }
        let failure = self.facts.and_then(|facts| facts.outcome.failure.as_ref());
        let heir = failure.and_then(|failure| failure.takeover.iter().find(|(heir, _)| *heir == node));
        if let Some((_, more)) = heir {
            return format!("+{} t/o", count(*more as usize));
        }
        if let Some(gained) = self.gained(node).filter(|gained| *gained != 0) {
            let sign = if gained > 0 { "+" } else { "-" };
            return format!("{sign}{}", count(gained.unsigned_abs() as usize));
        }
        if weight == 1.0 { String::new() } else { format!("weight {weight}") }
    }

    /// How many keys more it holds than before the change.
    fn gained(&self, node: NodeId) -> Option<i64> {
        let change = self.cluster.change()?;
        if change.joined.is_empty() && change.left.is_empty() {
            return None;
        }
        let name = &self.cluster.node(node).name;
        let before = change.load_before.names.iter().position(|other| other == name);
        let before = before.map_or(0, |place| change.load_before.per_node[place] as i64);
        Some(i64::from(self.cluster.held(node)) - before)
    }
}

/// Columns of what is special about a node.
const NOTE: usize = 11;
