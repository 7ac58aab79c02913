//! Leads each arrow through the free cells by the cheapest way (A*), and finds room for its label.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use super::super::graph::{Edge, Graph};
use super::place::{Area, LONGEST_LABEL, Plan};
use super::text::{columns, cut};
use super::{Direction, Flow, Point, Route, size};

/// What a way costs: short before straight before free of crossings before the usual sides of the boxes.
const STEP: u32 = 10;
const STEP_WITH_OWN: u32 = 5;
const BEND: u32 = 24;
const CROSSING: u32 = 30;
const JOIN: u32 = 22;
const OFF_CENTRE: u32 = 4;
const OTHER_SIDE: u32 = 90;

/// Leads all arrows, or none if one finds no way.
pub(super) fn route(graph: &Graph, plan: &Plan) -> Option<Vec<Route>> {
    let mut field = Field::new(graph, plan);
    let mut order: Vec<usize> = (0..graph.edges.len()).collect();
    // Short arrows have the least choice; loops turn up where room is left.
    order.sort_by_key(|at| {
        let edge = &graph.edges[*at];
        (edge.from == edge.to, distance(plan.boxes[edge.from.0], plan.boxes[edge.to.0]), *at)
    });
    let mut routes: Vec<Option<Route>> = vec![None; graph.edges.len()];
    for at in order {
        let way = field.way(at)?;
        field.keep(at, &way);
        let cells = way.cells.iter().map(|(x, y)| Point { x: size(*x), y: size(*y) }).collect();
        routes[at] = Some(Route { edge: at, cells, leaves: way.leaves(), enters: way.enters(), label: None });
    }
    let mut routes: Vec<Route> = routes.into_iter().collect::<Option<_>>()?;
    for route in &mut routes {
        if let Some(label) = &graph.edges[route.edge].label {
            route.label = field.label(route, &cut(label, LONGEST_LABEL));
        }
    }
    Some(routes)
}

fn distance(a: Area, b: Area) -> i32 {
    (a.left - b.left).abs() + (a.top - b.top).abs()
}

/// The cells of an arrow with the direction in which each is entered; the last is left in the direction it is entered.
struct Way {
    cells: Vec<(i32, i32)>,
    directions: Vec<Direction>,
}

impl Way {
    fn leaves(&self) -> Direction {
        self.directions.first().copied().unwrap_or(Direction::Right)
    }

    fn enters(&self) -> Direction {
        self.directions.last().copied().unwrap_or(Direction::Right)
    }
}

/// An arrow that passes a cell.
#[derive(Clone, Copy, Debug)]
struct Passing {
    edge: usize,
    enters: Direction,
    leaves: Direction,
    is_head: bool,
}

struct Field<'a> {
    graph: &'a Graph,
    plan: &'a Plan,
    /// Which cells belong to boxes.
    walls: Vec<bool>,
    passings: Vec<Vec<Passing>>,
    /// Cells under words.
    words: BTreeSet<(i32, i32)>,
}

/// Where a search stands: a cell and the direction in which it was entered.
type State = (i32, i32, Direction);

impl<'a> Field<'a> {
    fn new(graph: &'a Graph, plan: &'a Plan) -> Self {
        let cells = usize::try_from(plan.width * plan.height).unwrap_or(0);
        let mut walls = vec![false; cells];
        for area in &plan.boxes {
            for y in area.top..area.bottom() {
                for x in area.left..area.right() {
                    walls[usize::try_from(y * plan.width + x).unwrap_or(0)] = true;
                }
            }
        }
        Self { graph, plan, walls, passings: vec![Vec::new(); cells], words: BTreeSet::new() }
    }

    fn index(&self, x: i32, y: i32) -> Option<usize> {
        let inside = (0..self.plan.width).contains(&x) && (0..self.plan.height).contains(&y);
        inside.then(|| usize::try_from(y * self.plan.width + x).ok()).flatten()
    }

    fn is_free(&self, x: i32, y: i32) -> bool {
        self.index(x, y).is_some_and(|at| !self.walls[at])
    }

    /// The cells beside a box from which an arrow can leave in a direction, with what each costs.
    fn doors(&self, area: Area, leaves: Direction, usual: bool) -> Vec<(i32, i32, u32)> {
        let (from, to) = match leaves.is_horizontal() {
            true => (area.top + 1, area.bottom() - 1),
            false => (area.left + 1, area.right() - 1),
        };
        let middle = (from + to - 1) / 2;
        let doors = (from..to).map(|along| {
            let (x, y) = match leaves {
                Direction::Up => (along, area.top - 1),
                Direction::Right => (area.right(), along),
                Direction::Down => (along, area.bottom()),
                Direction::Left => (area.left - 1, along),
            };
            (x, y, along.abs_diff(middle) * OFF_CENTRE + if usual { 0 } else { OTHER_SIDE })
        });
        doors.filter(|(x, y, _)| self.is_free(*x, *y)).collect()
    }

    /// The cheapest way of an arrow.
    fn way(&self, at: usize) -> Option<Way> {
        let edge = &self.graph.edges[at];
        let (source, target) = (self.plan.boxes[edge.from.0], self.plan.boxes[edge.to.0]);
        let forwards = if self.plan.flow == Flow::Right { Direction::Right } else { Direction::Down };
        let mut queue = BinaryHeap::new();
        let states = self.walls.len() * 4;
        let mut costs = vec![u32::MAX; states];
        let mut before: Vec<Option<State>> = vec![None; states];
        for leaves in Direction::ALL.into_iter().filter(|leaves| edge.from != edge.to || *leaves == forwards) {
            for (x, y, cost) in self.doors(source, leaves, leaves == forwards) {
                let key = self.state(x, y, leaves)?;
                if cost < costs[key] {
                    costs[key] = cost;
                    queue.push(Reverse((cost + hint(x, y, target), cost, x, y, leaves)));
                }
            }
        }
        let ends = self.ends(edge, forwards);
        let mut best: Option<(u32, State)> = None;
        while let Some(Reverse((estimate, cost, x, y, enters))) = queue.pop() {
            if best.is_some_and(|(least, _)| least <= estimate) {
                break;
            }
            let key = self.state(x, y, enters)?;
            if cost > costs[key] {
                continue;
            }
            let is_start = before[key].is_none();
            for (.., extra) in ends.iter().filter(|end| (end.0, end.1, end.2) == (x, y, enters)) {
                if self.may_end(at, x, y, enters, is_start) && best.is_none_or(|(least, _)| cost + extra < least) {
                    best = Some((cost + extra, (x, y, enters)));
                }
            }
            for leaves in Direction::ALL.into_iter().filter(|leaves| *leaves != enters.opposite()) {
                let (dx, dy) = leaves.step();
                let next = (x + dx, y + dy);
                if !self.is_free(next.0, next.1) || is_start && edge.is_mutual && leaves != enters {
                    continue;
                }
                let Some(toll) = self.toll(at, (x, y), enters, leaves, is_start) else { continue };
                let cost = cost + toll;
                let key = self.state(next.0, next.1, leaves)?;
                if cost < costs[key] {
                    costs[key] = cost;
                    before[key] = Some((x, y, enters));
                    queue.push(Reverse((cost + hint(next.0, next.1, target), cost, next.0, next.1, leaves)));
                }
            }
        }
        let mut state = best?.1;
        let mut states = vec![state];
        while let Some(earlier) = before[self.state(state.0, state.1, state.2)?] {
            states.push(earlier);
            state = earlier;
        }
        states.reverse();
        let (cells, directions) = states.into_iter().map(|(x, y, enters)| ((x, y), enters)).unzip();
        Some(Way { cells, directions })
    }

    fn state(&self, x: i32, y: i32, enters: Direction) -> Option<usize> {
        Some(self.index(x, y)? * 4 + enters as usize)
    }

    /// Cells beside the target with the direction of the head there.
    fn ends(&self, edge: &Edge, forwards: Direction) -> Vec<(i32, i32, Direction, u32)> {
        let sides = Direction::ALL.into_iter().filter(|side| edge.from != edge.to || !same_axis(*side, forwards));
        let doors = sides.flat_map(|side| {
            let doors = self.doors(self.plan.boxes[edge.to.0], side, side == forwards.opposite());
            doors.into_iter().map(move |(x, y, cost)| (x, y, side.opposite(), cost))
        });
        doors.collect()
    }

    /// What it costs to pass a cell, if that is allowed there.
    fn toll(
        &self,
        edge: usize,
        (x, y): (i32, i32),
        enters: Direction,
        leaves: Direction,
        is_start: bool,
    ) -> Option<u32> {
        let passings = &self.passings[self.index(x, y)?];
        let is_straight = enters == leaves;
        let bend = if is_straight { 0 } else { BEND };
        if passings.is_empty() {
            return Some(STEP + bend);
        }
        let is_own_head = is_start && self.graph.edges[edge].is_mutual;
        if is_own_head || passings.iter().any(|passing| passing.is_head) {
            return None;
        }
        let is_mixed = passings.iter().any(|a| passings.iter().any(|b| !self.are_related(a.edge, b.edge)));
        let mut crossings = 0;
        for passing in passings {
            let crosses =
                is_straight && passing.enters == passing.leaves && !same_axis(enters, passing.enters) && !is_start;
            if self.are_related(edge, passing.edge) && !is_mixed {
                continue;
            }
            if !crosses {
                return None;
            }
            crossings += 1;
        }
        if crossings > 0 {
            return Some(STEP + CROSSING);
        }
        let is_own = passings.iter().all(|passing| self.graph.edges[passing.edge].from == self.graph.edges[edge].from);
        Some(bend + if is_own { STEP_WITH_OWN } else { JOIN })
    }

    /// The head of an arrow has its cell for itself, or shares it with heads on the same box.
    fn may_end(&self, edge: usize, x: i32, y: i32, enters: Direction, is_start: bool) -> bool {
        let mine = &self.graph.edges[edge];
        let Some(at) = self.index(x, y) else { return false };
        let may_share = |passing: &Passing| {
            let other = &self.graph.edges[passing.edge];
            passing.is_head && passing.enters == enters && other.to == mine.to && !mine.is_mutual && !other.is_mutual
        };
        // Two heads need two cells.
        !(is_start && mine.is_mutual) && self.passings[at].iter().all(may_share)
    }

    fn are_related(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.graph.edges[a], &self.graph.edges[b]);
        !a.is_mutual && !b.is_mutual && (a.from == b.from || a.to == b.to)
    }

    fn keep(&mut self, edge: usize, way: &Way) {
        let last = way.cells.len().saturating_sub(1);
        let is_mutual = self.graph.edges[edge].is_mutual;
        for (step, ((x, y), enters)) in way.cells.iter().zip(&way.directions).enumerate() {
            let leaves = way.directions.get(step + 1).copied().unwrap_or(*enters);
            let is_head = step == last || step == 0 && is_mutual;
            if let Some(at) = self.index(*x, *y) {
                self.passings[at].push(Passing { edge, enters: *enters, leaves, is_head });
            }
        }
    }

    /// A place for a label: in the line itself where it runs level and alone for long enough, else beside it.
    fn label(&mut self, route: &Route, label: &str) -> Option<(Point, String)> {
        let length = columns(label);
        let alone = |field: &Self, cell: (i32, i32)| {
            field.index(cell.0, cell.1).is_some_and(|at| {
                matches!(field.passings[at].as_slice(), [only] if only.enters == only.leaves && only.enters.is_horizontal() && !only.is_head)
            })
        };
        let cells: Vec<(i32, i32)> = route.cells.iter().map(|cell| (i32::from(cell.x), i32::from(cell.y))).collect();
        let in_line = cells.iter().copied().filter(|(x, y)| {
            (-1..=length).all(|offset| {
                cells.contains(&(x + offset, *y)) && (offset < 0 || offset == length || alone(self, (x + offset, *y)))
            })
        });
        let in_line: Vec<(i32, i32)> = in_line.collect();
        let is_alone = |(x, y): &&(i32, i32)| self.index(*x, *y).is_some_and(|at| self.passings[at].len() == 1);
        let beside = cells
            .iter()
            .filter(is_alone)
            .flat_map(|(x, y)| [(x + 2, *y), (x - length - 1, *y), (x - length / 2, y - 1), (x - length / 2, y + 1)]);
        let beside: Vec<(i32, i32)> = beside
            .filter(|(x, y)| {
                (-1..=length).all(|offset| {
                    let cell = (x + offset, *y);
                    let is_edge = offset < 0 || offset == length;
                    let is_empty =
                        self.index(cell.0, cell.1).is_some_and(|at| !self.walls[at] && self.passings[at].is_empty());
                    is_edge || is_empty && !self.words.contains(&cell)
                }) && (0..=self.plan.width).contains(&(x + length))
            })
            .collect();
        let (x, y) = in_line.get(in_line.len() / 2).or_else(|| beside.get(beside.len() / 2)).copied()?;
        self.words.extend((-1..=length).map(|offset| (x + offset, y)));
        Some((Point { x: size(x), y: size(y) }, label.to_owned()))
    }
}

fn same_axis(a: Direction, b: Direction) -> bool {
    a.is_horizontal() == b.is_horizontal()
}

/// Never more than the way really costs: each step costs at least what a step along one's own line does.
fn hint(x: i32, y: i32, target: Area) -> u32 {
    let outside = |at: i32, from: i32, to: i32| (from - at).max(at - to + 1).max(0).unsigned_abs();
    (outside(x, target.left, target.right()) + outside(y, target.top, target.bottom())).saturating_sub(1)
        * STEP_WITH_OWN
}
