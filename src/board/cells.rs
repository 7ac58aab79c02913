//! A drawing as signs in cells: which strokes meet where, heads, and lines that pass over others.

use std::collections::BTreeMap;

use super::graph::Graph;
use super::layout::{Direction, Drawing, Point};

/// What stands in a cell between the boxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Strokes to some of the four sides, in the order of [`Direction::ALL`], that belong together.
    Strokes([bool; 4]),
    /// Two lines that have nothing to do with each other: one level, one upright.
    Crossing,
    /// A head that points there.
    Head(Direction),
}

impl Drawing {
    /// The cells that arrows take.
    pub fn ink(&self, graph: &Graph) -> BTreeMap<Point, Ink> {
        let mut cells: BTreeMap<Point, Vec<(usize, [bool; 4])>> = BTreeMap::new();
        let mut heads = Vec::new();
        for route in &self.routes {
            let way = route.cells.iter().zip(route.directions());
            for (step, (cell, enters)) in way.enumerate() {
                let leaves = route.directions().nth(step + 1).unwrap_or(enters);
                let mut strokes = [false; 4];
                strokes[enters.opposite() as usize] = true;
                strokes[leaves as usize] = true;
                cells.entry(*cell).or_default().push((route.edge, strokes));
            }
            heads.extend(route.cells.last().map(|cell| (*cell, route.enters)));
            if graph.edges[route.edge].is_mutual {
                heads.extend(route.cells.first().map(|cell| (*cell, route.leaves.opposite())));
            }
        }
        let mut ink: BTreeMap<Point, Ink> =
            cells.into_iter().map(|(cell, passings)| (cell, met(graph, &passings))).collect();
        ink.extend(heads.into_iter().map(|(cell, direction)| (cell, Ink::Head(direction))));
        ink
    }
}

impl super::layout::Route {
    /// The direction in which each cell is entered.
    pub fn directions(&self) -> impl Iterator<Item = Direction> + '_ {
        let steps = self.cells.windows(2).map(|pair| match (pair[0], pair[1]) {
            (a, b) if b.x > a.x => Direction::Right,
            (a, b) if b.x < a.x => Direction::Left,
            (a, b) if b.y < a.y => Direction::Up,
            _ => Direction::Down,
        });
        std::iter::once(self.leaves).chain(steps)
    }
}

/// What the arrows of one cell are together.
fn met(graph: &Graph, passings: &[(usize, [bool; 4])]) -> Ink {
    let ends = |at: usize| (graph.edges[at].from, graph.edges[at].to);
    let are_strangers = |a: usize, b: usize| ends(a).0 != ends(b).0 && ends(a).1 != ends(b).1;
    if passings.iter().any(|(a, _)| passings.iter().any(|(b, _)| are_strangers(*a, *b))) {
        return Ink::Crossing;
    }
    let mut strokes = [false; 4];
    for (_, more) in passings {
        strokes.iter_mut().zip(more).for_each(|(stroke, more)| *stroke |= more);
    }
    Ink::Strokes(strokes)
}
