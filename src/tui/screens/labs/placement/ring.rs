//! The ring: arcs in the colours of their nodes, keys inside, the moved ones on their way to the middle.

use std::f64::consts::TAU;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::sim::placement::{Change, Cluster, KeyId, NodeId, Path, Span, Trail};
use crate::tui::theme::Theme;
use crate::tui::widgets::dots::Dots;
use crate::tui::widgets::text::width;

use super::nodes;

/// Where keys lie, in radii of the ring: at rest, and after they have moved.
const AT_REST: f64 = 0.84;
const MOVED: f64 = 0.58;
/// A moved key is under way until so large a share of all keys has been settled after it.
const UNDER_WAY: f64 = 0.12;
/// With more points than this they are not marked one by one.
const MOST_MARKS: usize = 160;

/// A ring to be drawn.
pub(super) struct Ring<'a> {
    pub(super) theme: &'a Theme,
    pub(super) cluster: &'a Cluster,
    pub(super) path: Option<&'a Path>,
    /// What stands in the middle.
    pub(super) middle: Vec<(String, Style)>,
}

/// Where the circle lies, in dots.
#[derive(Clone, Copy)]
struct Circle {
    x: f64,
    y: f64,
    radius: f64,
}

impl Circle {
    fn within(area: Rect) -> Self {
        let (x, y) = (f64::from(area.width), f64::from(area.height) * 2.0);
        Self { x, y, radius: (x - 5.0).min(y - 5.0).max(2.0) }
    }

    /// The place of a turn at a share of the radius; 0 is the top, and turns go clockwise.
    fn at(self, turn: f64, share: f64) -> (f64, f64) {
        let angle = turn * TAU;
        (self.x + self.radius * share * angle.sin(), self.y - self.radius * share * angle.cos())
    }
}

impl Ring<'_> {
    pub(super) fn draw(&self, area: Rect, buf: &mut Buffer) {
        let Some(spans) = self.cluster.spans().filter(|spans| !spans.is_empty()) else { return };
        if area.width < 8 || area.height < 4 {
            return;
        }
        let circle = Circle::within(area);
        let mut dots = Dots::new(area.width, area.height);
        self.arcs(circle, &spans, &mut dots);
        self.keys(circle, &mut dots);
        self.way(circle, &mut dots);
        dots.draw(self.theme, area, buf);
        self.letters(circle, &spans, area, buf);
        self.in_the_middle(circle, area, buf);
    }

    /// The circle, each piece in the colour of the node that its keys go to, and the points where few enough.
    fn arcs(&self, circle: Circle, spans: &[Span], dots: &mut Dots) {
        let steps = (circle.radius * TAU * 1.5) as usize;
        for step in 0..steps {
            let turn = step as f64 / steps as f64;
            let style = nodes::style(self.theme, owner(spans, turn));
            for thickness in 0..2 {
                let (x, y) = circle.at(turn, 1.0 - f64::from(thickness) / circle.radius);
                dots.set(x, y, style, 1);
            }
        }
        if spans.len() <= MOST_MARKS {
            for span in spans {
                let style = nodes::style(self.theme, span.node).add_modifier(Modifier::BOLD);
                let outer = circle.at(span.to, 1.0 + 2.5 / circle.radius);
                dots.line(circle.at(span.to, 1.0), outer, style, 3);
            }
        }
    }

    fn keys(&self, circle: Circle, dots: &mut Dots) {
        let most = (circle.radius * 4.0) as usize;
        let change = self.cluster.change();
        for dot in self.cluster.dots(most) {
            let moved = change.and_then(|change| distance(change, dot.key));
            let share = moved.map_or(AT_REST, |far| AT_REST - (AT_REST - MOVED) * far);
            let (x, y) = circle.at(dot.turn, share);
            let style = nodes::style(self.theme, dot.node);
            dots.set(x, y, style, 2);
            if moved.is_some() {
                dots.set(x + 1.0, y, style, 2);
            }
        }
    }

    /// The way of the followed key: from the middle to its place, then clockwise outside to the point that takes it.
    fn way(&self, circle: Circle, dots: &mut Dots) {
        let Some(path) = self.path else { return };
        let style = self.theme.text.add_modifier(Modifier::BOLD);
        dots.line(circle.at(path.turn, 0.34), circle.at(path.turn, 0.92), style, 5);
        let point = path.trail.iter().find_map(|step| match step {
            Trail::Point { turn, .. } => Some(*turn),
            _ => None,
        });
        let Some(to) = point else { return };
        let way = (to - path.turn).rem_euclid(1.0);
        let steps = (way * circle.radius * TAU * 1.5).ceil().max(1.0) as usize;
        for step in 0..=steps {
            let (x, y) = circle.at(path.turn + way * step as f64 / steps as f64, 1.0 + 3.5 / circle.radius);
            dots.set(x, y, style, 4);
        }
    }

    /// Each node's letter outside, at its longest arcs.
    fn letters(&self, circle: Circle, spans: &[Span], area: Rect, buf: &mut Buffer) {
        let mut taken: Vec<(u16, u16)> = Vec::new();
        for node in self.cluster.nodes() {
            let mut own: Vec<&Span> = spans.iter().filter(|span| span.node == node.id).collect();
            own.sort_by(|a, b| (b.to - b.from).total_cmp(&(a.to - a.from)));
            let places = own.iter().take(12).map(|span| {
                let (x, y) = circle.at(f64::midpoint(span.from, span.to), 1.0 + 4.0 / circle.radius);
                (area.x + (x / 2.0).max(0.0) as u16, area.y + (y / 4.0).max(0.0) as u16)
            });
            let is_free = |at: &(u16, u16)| {
                let near = |other: &(u16, u16)| other.1 == at.1 && other.0.abs_diff(at.0) < 2;
                at.0 < area.right() && at.1 < area.bottom() && !taken.iter().any(near)
            };
            if let Some(at) = places.into_iter().find(is_free) {
                taken.push(at);
                let style = nodes::style(self.theme, node.id).add_modifier(Modifier::BOLD);
                buf[at].set_char(nodes::letter(node.id)).set_style(style);
            }
        }
    }

    /// As many lines as the circle has room for.
    fn in_the_middle(&self, circle: Circle, area: Rect, buf: &mut Buffer) {
        let lines = self.middle.len().min((circle.radius / 9.0) as usize);
        let top = area.y + (area.height.saturating_sub(lines as u16)) / 2;
        for ((text, style), y) in self.middle.iter().take(lines).zip(top..area.bottom()) {
            let columns = width(text) as u16;
            if columns <= area.width {
                buf.set_string(area.x + (area.width - columns) / 2, y, text, *style);
            }
        }
    }
}

/// Whose arc a turn lies in. The arcs ascend, but the first, which passes the top, begins behind the last point.
fn owner(spans: &[Span], turn: f64) -> NodeId {
    let first = &spans[0];
    if turn <= first.to - 1.0 {
        return first.node;
    }
    let others = &spans[1..];
    others.get(others.partition_point(|span| span.to < turn)).unwrap_or(first).node
}

/// How far a moved key has come, from 0 to 1; none if it has not moved.
fn distance(change: &Change, key: KeyId) -> Option<f64> {
    change.moves.binary_search_by_key(&key, |moved| moved.key).ok()?;
    if change.settled == change.keys {
        return Some(1.0);
    }
    let since = change.settled.saturating_sub(key.index()) as f64 / change.keys as f64;
    Some((since / UNDER_WAY).min(1.0))
}
