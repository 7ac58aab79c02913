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
        let busy = self.requests(nodes.len());
        let shares = busy.map_or_else(|| self.shares_of_keys(&nodes), <[f64]>::to_vec);
        let most = shares.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
        let names = nodes.iter().map(|node| width(&self.cluster.node(*node).name)).max().unwrap_or(2).min(12);
        let digits = nodes.iter().map(|node| count(self.cluster.held(*node) as usize).len()).max().unwrap_or(1);
        // A count of keys beside a share of requests would be read as its other side.
        let digits = if busy.is_some() { None } else { Some(digits) };
        let list =
            List { theme: self.theme, selection: self.selection, rows: nodes.len(), is_focused: self.is_focused };
        list.draw(area, buf, |index, columns| {
            self.row(nodes[index], shares[index], shares[index] / most, (names, digits), columns)
        });
    }

    /// The share of the requests of each node, where they are not as even as the keys.
    fn requests(&self, nodes: usize) -> Option<&[f64]> {
        let outcome = self.facts.map(|facts| &facts.outcome);
        let salted = outcome.and_then(|outcome| outcome.salting.as_ref()).filter(|salting| salting.suffixes > 1);
        let busy = salted.map(|salting| &salting.after).or(outcome.and_then(|outcome| outcome.traffic.as_ref()));
        busy.map(|busy| busy.per_node.as_slice()).filter(|shares| shares.len() == nodes)
    }

    fn shares_of_keys(&self, nodes: &[NodeId]) -> Vec<f64> {
        let keys = self.cluster.keys().len() as f64;
        nodes.iter().map(|node| f64::from(self.cluster.held(*node)) / keys).collect()
    }

    fn row(
        &self,
        node: NodeId,
        share: f64,
        part: f64,
        (names, digits): (usize, Option<usize>),
        columns: usize,
    ) -> Line<'static> {
        let theme = self.theme;
        let style = nodes::style(theme, node);
        let about = self.cluster.node(node);
        let name = truncate(&about.name, names, theme.glyphs.ellipsis);
        let is_down = self.failing.contains(&node);
        let numbers = self.numbers(node, share, digits.filter(|digits| columns >= names + digits + 26), columns);
        let notes = if self.failing.is_empty() { CHANGES } else { TAKEOVERS };
        let room = columns.saturating_sub(names + 3 + width(&numbers));
        let has_notes = room >= notes + LEAST_BAR;
        let bars = if has_notes { room - notes } else { room };
        let mut line = Line::from(vec![
            Span::styled(format!("{} ", nodes::letter(node)), style),
            Span::styled(format!("{name:<names$} "), theme.text),
        ]);
        line.extend(bar(theme, if is_down { 0.0 } else { part }, bars, style));
        line.push_span(Span::styled(numbers, if is_down { theme.bad } else { theme.text }));
        if has_notes && !is_down {
            let note = self.note(node, about.weight);
            line.push_span(Span::styled(format!(" {note:<width$}", width = notes - 1), theme.muted));
        }
        line
    }

    /// The count of keys, where there is room for its digits, and the share; what is down has neither.
    fn numbers(&self, node: NodeId, share: f64, digits: Option<usize>, columns: usize) -> String {
        // In a narrow column a share without its tenths leaves room for a bar.
        let (share, room) = if columns < NARROW { (format!("{:.0} %", share * 100.0), 4) } else { (percent(share), 6) };
        let numbers = match digits {
            Some(digits) => format!(" {:>digits$}  {share:>room$}", count(self.cluster.held(node) as usize)),
            None => format!(" {share:>room$}"),
        };
        if !self.failing.contains(&node) {
            return numbers;
        }
        let down = if room > 4 { format!("{} down", self.theme.glyphs.no) } else { "down".to_owned() };
        format!(" {down:>room$}", room = width(&numbers) - 1)
    }

    /// What is special about a node: how much it takes over, what the change brought it, its weight.
    fn note(&self, node: NodeId, weight: f64) -> String {
        let failure = self.facts.and_then(|facts| facts.outcome.failure.as_ref());
        let heir = failure.and_then(|failure| failure.takeover.iter().find(|(heir, _)| *heir == node));
        if let Some((_, more)) = heir {
            return format!("+{} taken over", count(*more as usize));
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
const CHANGES: usize = 11;
/// The same where nodes are down and others take over.
const TAKEOVERS: usize = 18;
/// A bar that is shorter has no room for a note beside it.
const LEAST_BAR: usize = 6;
/// Rows with fewer columns show shares without their tenths.
const NARROW: usize = 16;
