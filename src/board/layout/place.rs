//! From layers to places: along the flow layer by layer, across it each item near its neighbours.

use super::super::graph::{Edge, Graph};
use super::layers::{Item, Layers};
use super::text::{Label, columns};
use super::{Flow, Room};

/// Passes over the layers.
const PASSES: usize = 60;
/// Longer labels of arrows are cut.
pub(super) const LONGEST_LABEL: i32 = 14;

/// How much air there is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spacing {
    /// Between layers, besides what arrows and labels need.
    between: i32,
    /// Between neighbours of a layer.
    beside: i32,
    /// Around everything, for arrows that lead back.
    around: i32,
}

impl Spacing {
    /// What is tried, the best-looking first.
    pub(super) fn choices(flow: Flow) -> [Self; 3] {
        let choice = |between, beside, around| Self { between, beside, around };
        match flow {
            Flow::Right => [choice(4, 1, 2), choice(3, 1, 2), choice(2, 0, 2)],
            Flow::Down => [choice(2, 3, 3), choice(3, 3, 4), choice(2, 1, 2)],
        }
    }
}

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) left: i32,
    pub(super) top: i32,
    pub(super) width: i32,
    pub(super) height: i32,
}

impl Area {
    pub(super) fn right(self) -> i32 {
        self.left + self.width
    }

    pub(super) fn bottom(self) -> i32 {
        self.top + self.height
    }
}

/// Where the boxes stand, and the cells that arrows may use.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) flow: Flow,
    pub(super) boxes: Vec<Area>,
    pub(super) width: i32,
    pub(super) height: i32,
}

/// Places the boxes, if they fit.
pub(super) fn place(
    graph: &Graph,
    layers: &Layers,
    texts: &[Label],
    flow: Flow,
    spacing: Spacing,
    room: Room,
) -> Option<Plan> {
    // A size along the flow and one across it.
    let sizes: Vec<(i32, i32)> = texts
        .iter()
        .map(|text| {
            let (width, height) = (text.width() + 4, i32::try_from(text.lines.len()).unwrap_or(0) + 2);
            if flow == Flow::Right { (width, height) } else { (height, width) }
        })
        .collect();
    let starts = along(graph, layers, &sizes, flow, spacing);
    let across = across(layers, &sizes, spacing.beside);
    let (most_columns, most_rows) = (i32::from(room.columns), i32::from(room.rows));
    let boxes: Vec<Area> = (0..graph.nodes.len())
        .map(|node| {
            let (length, breadth) = sizes[node];
            let (start, side) = (starts[layers.ranks[node]], across[node]);
            match flow {
                Flow::Right => Area { left: start, top: side, width: length, height: breadth },
                Flow::Down => Area { left: side, top: start, width: breadth, height: length },
            }
        })
        .collect();
    let width = boxes.iter().map(|area| area.right()).max().unwrap_or(0);
    let height = boxes.iter().map(|area| area.bottom()).max().unwrap_or(0);
    if width > most_columns || height > most_rows {
        return None;
    }
    // The margins take what the boxes leave.
    let (sides, ends) = (spacing.around.min((most_columns - width) / 2), spacing.around.min((most_rows - height) / 2));
    let boxes = boxes.iter().map(|area| Area { left: area.left + sides, top: area.top + ends, ..*area }).collect();
    Some(Plan { flow, boxes, width: width + 2 * sides, height: height + 2 * ends })
}

/// Where each layer begins: behind the largest of the layer before and what its arrows need to turn and to be labelled.
fn along(graph: &Graph, layers: &Layers, sizes: &[(i32, i32)], flow: Flow, spacing: Spacing) -> Vec<i32> {
    let mut starts = Vec::new();
    let mut start = 0;
    for (layer, row) in layers.rows.iter().enumerate() {
        starts.push(start);
        let is_from = |item: &usize| row.contains(item);
        let leaving = layers.links.iter().filter(|(from, _)| is_from(from)).count();
        // The first arrow of a straight chain needs no lane of its own.
        let lanes = i32::try_from(leaving.saturating_sub(row.len()).min(4)).unwrap_or(0);
        let label = |edge: &Edge| {
            let near = layers.ranks[edge.from.0].min(layers.ranks[edge.to.0]) == layer;
            edge.label.as_deref().filter(|_| near).map_or(0, |label| columns(label).min(LONGEST_LABEL) + 2)
        };
        let labels = graph.edges.iter().map(label).max().unwrap_or(0);
        let words = if flow == Flow::Right { labels } else { labels.min(1) };
        let is_mutual = |edge: &Edge| edge.is_mutual && row.contains(&edge.from.0.min(edge.to.0));
        let words = words.max(i32::from(graph.edges.iter().any(is_mutual)));
        let deepest = row.iter().filter_map(|item| sizes.get(*item)).map(|size| size.0).max().unwrap_or(0);
        start += deepest + spacing.between + lanes / 2 + words;
    }
    starts
}

/// Where each item begins across the flow.
fn across(layers: &Layers, sizes: &[(i32, i32)], gap: i32) -> Vec<i32> {
    let breadth = |item: usize| match layers.items[item] {
        Item::Node(node) => sizes[node].1,
        Item::Passage => 1,
    };
    let mut middles = vec![0.0; layers.items.len()];
    for row in &layers.rows {
        let mut at = 0;
        for item in row {
            middles[*item] = f64::from(at) + f64::from(breadth(*item)) / 2.0;
            at += breadth(*item) + gap;
        }
    }
    for pass in 0..PASSES {
        let forwards = pass % 2 == 0;
        let count = layers.rows.len();
        let visited: Vec<usize> = if forwards { (0..count).collect() } else { (0..count).rev().collect() };
        for layer in visited {
            let wanted = |item: usize| {
                let ends = layers.links.iter().filter_map(|(from, to)| match (*from == item, *to == item) {
                    (true, _) => Some(middles[*to]),
                    (_, true) => Some(middles[*from]),
                    _ => None,
                });
                let ends: Vec<f64> = ends.collect();
                if ends.is_empty() { middles[item] } else { ends.iter().sum::<f64>() / ends.len() as f64 }
            };
            let row = &layers.rows[layer];
            let places = apart(row, &wanted, &breadth, gap);
            for (item, place) in row.iter().zip(places) {
                middles[*item] = place;
            }
        }
    }
    let starts: Vec<f64> = (0..layers.items.len()).map(|item| middles[item] - f64::from(breadth(item)) / 2.0).collect();
    let least = starts.iter().take(sizes.len()).copied().fold(f64::INFINITY, f64::min);
    starts.iter().map(|start| rounded(start - least)).collect()
}

/// The places nearest to the wanted ones that keep the order and the gaps, by the method of pooled neighbours.
fn apart(row: &[usize], wanted: &dyn Fn(usize) -> f64, breadth: &dyn Fn(usize) -> i32, gap: i32) -> Vec<f64> {
    let mut offsets = Vec::new();
    let mut at = 0.0;
    for item in row {
        let half = f64::from(breadth(*item)) / 2.0;
        offsets.push(at + half);
        at += 2.0 * half + f64::from(gap);
    }
    // Pools of neighbours with one common shift each: its sum and its number.
    let mut pools: Vec<(f64, f64)> = Vec::new();
    for (item, offset) in row.iter().zip(&offsets) {
        pools.push((wanted(*item) - offset, 1.0));
        while let [.., before, last] = pools.as_slice() {
            if before.0 / before.1 <= last.0 / last.1 {
                break;
            }
            let joined = (before.0 + last.0, before.1 + last.1);
            pools.truncate(pools.len() - 2);
            pools.push(joined);
        }
    }
    let shifts = pools.iter().flat_map(|(sum, number)| std::iter::repeat_n(sum / number, *number as usize));
    shifts.zip(offsets).map(|(shift, offset)| shift + offset).collect()
}

fn rounded(place: f64) -> i32 {
    // What is meant to stand level differs by the last digits only.
    (place + 0.01).floor() as i32
}
