//! Where the boxes and arrows of a design go, in character cells.
//!
//! Components stand in layers (Sugiyama's method: break cycles, layers by longest path, order by barycentres), from left
//! to right where that fits into the room, else from the top down. Arrows are then led one by one through the cells that
//! are left, by the cheapest way: arrows of one source or one target may run together, all others only cross, so no
//! drawing says more than its text. Where an arrow finds no way, there is more air at the next attempt, and in the end no
//! drawing at all rather than a wrong one.

mod layers;
mod place;
mod route;
mod text;

#[cfg(test)]
mod tests;

use super::graph::{Graph, NodeId};
use layers::Layers;
use place::Spacing;

/// More components than these make no readable picture on a terminal.
pub const LARGEST: usize = 30;
/// More arrows than these, neither.
const MOST_EDGES: usize = 60;

/// The cells there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "there is no more to say")]
pub struct Room {
    pub columns: u16,
    pub rows: u16,
}

/// A cell, from the top left corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "there is no more to say")]
pub struct Point {
    pub x: u16,
    pub y: u16,
}

/// Where the arrows mostly point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "there is no more to say")]
pub enum Flow {
    Right,
    Down,
}

/// Boxes and arrows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// How much of the room it takes.
    pub room: Room,
    /// Where its arrows mostly point.
    pub flow: Flow,
    /// One box for each component, in the order of the graph.
    pub frames: Vec<Frame>,
    /// One for each arrow, in the order of the graph.
    pub routes: Vec<Route>,
}

/// A box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Whose.
    pub node: NodeId,
    /// The top left corner of the border.
    pub corner: Point,
    /// Size with the border.
    pub size: Room,
    /// What stands in it, each at most as wide as the inside without a column of air at either side.
    pub lines: Vec<String>,
    /// How many of the last lines are the remark.
    pub remarks: usize,
}

/// The cells of an arrow, from the one next to its source to the one with its head, each beside the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The place in [`Graph::edges`].
    pub edge: usize,
    /// At least one.
    pub cells: Vec<Point>,
    /// On which side of the source it begins: the direction in which it leaves.
    pub leaves: Direction,
    /// The direction of its head.
    pub enters: Direction,
    /// Where its label begins, and the label as far as there is room; `None` where it has none or none fits.
    pub label: Option<(Point, String)>,
}

/// One of four.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "there is no more to say")]
pub enum Direction {
    Up,
    Right,
    Down,
    Left,
}

impl Direction {
    /// All, clockwise.
    pub const ALL: [Self; 4] = [Self::Up, Self::Right, Self::Down, Self::Left];

    /// The other way.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::Up => Self::Down,
            Self::Right => Self::Left,
            Self::Down => Self::Up,
            Self::Left => Self::Right,
        }
    }

    fn step(self) -> (i32, i32) {
        match self {
            Self::Up => (0, -1),
            Self::Right => (1, 0),
            Self::Down => (0, 1),
            Self::Left => (-1, 0),
        }
    }

    fn is_horizontal(self) -> bool {
        matches!(self, Self::Left | Self::Right)
    }
}

/// Lays a design out, or says that it does not fit or is too large to be read.
pub fn layout(graph: &Graph, room: Room) -> Option<Drawing> {
    let (nodes, edges) = (graph.nodes.len(), graph.edges.len());
    if nodes == 0 || nodes > LARGEST || edges > MOST_EDGES {
        return None;
    }
    let layers = Layers::of(graph);
    let texts: Vec<text::Label> = graph.nodes.iter().map(text::label).collect();
    for flow in [Flow::Right, Flow::Down] {
        for spacing in Spacing::choices(flow) {
            let Some(plan) = place::place(graph, &layers, &texts, flow, spacing, room) else { continue };
            if let Some(routes) = route::route(graph, &plan) {
                return Some(drawing(plan, routes, &texts));
            }
        }
    }
    None
}

/// Cuts away the margins that no arrow needed.
fn drawing(plan: place::Plan, routes: Vec<Route>, texts: &[text::Label]) -> Drawing {
    let corners = plan.boxes.iter().map(|area| (area.left, area.top));
    let ends = plan.boxes.iter().map(|area| (area.right() - 1, area.bottom() - 1));
    let cells = routes.iter().flat_map(|route| &route.cells).map(|cell| (i32::from(cell.x), i32::from(cell.y)));
    let labels = routes.iter().filter_map(|route| route.label.as_ref()).flat_map(|(start, label)| {
        let (x, y) = (i32::from(start.x), i32::from(start.y));
        [(x, y), (x + text::columns(label) - 1, y)]
    });
    let all: Vec<(i32, i32)> = corners.chain(ends).chain(cells).chain(labels).collect();
    let least = |side: fn(&(i32, i32)) -> i32| all.iter().map(side).min().unwrap_or(0);
    let most = |side: fn(&(i32, i32)) -> i32| all.iter().map(side).max().unwrap_or(0);
    let (left, top) = (least(|cell| cell.0), least(|cell| cell.1));
    let room = Room { columns: size(most(|cell| cell.0) - left + 1), rows: size(most(|cell| cell.1) - top + 1) };
    let moved = |cell: Point| Point { x: cell.x - size(left), y: cell.y - size(top) };
    let frames = plan.boxes.iter().zip(texts).enumerate().map(|(at, (area, text))| Frame {
        node: NodeId(at),
        corner: Point { x: size(area.left - left), y: size(area.top - top) },
        size: Room { columns: size(area.width), rows: size(area.height) },
        lines: text.lines.clone(),
        remarks: text.remarks,
    });
    let routes = routes.into_iter().map(|route| Route {
        cells: route.cells.into_iter().map(moved).collect(),
        label: route.label.map(|(start, label)| (moved(start), label)),
        ..route
    });
    Drawing { room, flow: plan.flow, frames: frames.collect(), routes: routes.collect() }
}

/// A coordinate that is known to lie within the room.
fn size(n: i32) -> u16 {
    u16::try_from(n).unwrap_or(0)
}
