//! Which layer a component stands in, and in which order.

use super::super::graph::Graph;

/// Sweeps over the layers; more change nothing on graphs of this size.
const SWEEPS: usize = 8;

/// Something in a layer: a component, or a place where an arrow passes that spans several layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    Node(usize),
    Passage,
}

/// Items in layers, and the links between neighbouring layers.
#[derive(Clone, Debug)]
pub(super) struct Layers {
    pub(super) items: Vec<Item>,
    /// The items of each layer in order.
    pub(super) rows: Vec<Vec<usize>>,
    /// Pairs of items in neighbouring layers, the earlier one first.
    pub(super) links: Vec<(usize, usize)>,
    /// The layer of each component.
    pub(super) ranks: Vec<usize>,
}

impl Layers {
    pub(super) fn of(graph: &Graph) -> Self {
        let arrows = forwards(graph);
        let ranks = ranks(graph.nodes.len(), &arrows);
        let mut layers = Self {
            items: (0..graph.nodes.len()).map(Item::Node).collect(),
            rows: vec![Vec::new(); ranks.iter().max().map_or(0, |most| most + 1)],
            links: Vec::new(),
            ranks,
        };
        for node in 0..graph.nodes.len() {
            layers.rows[layers.ranks[node]].push(node);
        }
        for (from, to) in arrows {
            layers.link(from, to);
        }
        layers.order();
        layers
    }

    fn link(&mut self, from: usize, to: usize) {
        let mut last = from;
        for rank in self.ranks[from] + 1..self.ranks[to] {
            let passage = self.items.len();
            self.items.push(Item::Passage);
            self.rows[rank].push(passage);
            self.links.push((last, passage));
            last = passage;
        }
        self.links.push((last, to));
    }

    /// Each layer by the mean place of its neighbours, forwards and back; the order with the fewest crossings is kept.
    fn order(&mut self) {
        let mut best = (self.crossings(), self.rows.clone());
        for sweep in 0..SWEEPS {
            let forwards = sweep % 2 == 0;
            let count = self.rows.len();
            let visited: Vec<usize> =
                if forwards { (1..count).collect() } else { (0..count.saturating_sub(1)).rev().collect() };
            for layer in visited {
                let places = self.places();
                let mean = |item: usize| {
                    let ends = self.links.iter().filter_map(|(from, to)| match forwards {
                        true if *to == item => Some(places[*from]),
                        false if *from == item => Some(places[*to]),
                        _ => None,
                    });
                    let ends: Vec<usize> = ends.collect();
                    if ends.is_empty() {
                        places[item] as f64
                    } else {
                        ends.iter().sum::<usize>() as f64 / ends.len() as f64
                    }
                };
                let mut row: Vec<(f64, usize)> = self.rows[layer].iter().map(|item| (mean(*item), *item)).collect();
                row.sort_by(|a, b| a.0.total_cmp(&b.0));
                self.rows[layer] = row.into_iter().map(|(_, item)| item).collect();
            }
            let crossings = self.crossings();
            if crossings < best.0 {
                best = (crossings, self.rows.clone());
            }
        }
        self.rows = best.1;
    }

    /// The place of each item within its layer.
    fn places(&self) -> Vec<usize> {
        let mut places = vec![0; self.items.len()];
        for row in &self.rows {
            for (place, item) in row.iter().enumerate() {
                places[*item] = place;
            }
        }
        places
    }

    fn crossings(&self) -> usize {
        let places = self.places();
        let mut layer_of = vec![0; self.items.len()];
        for (layer, row) in self.rows.iter().enumerate() {
            row.iter().for_each(|item| layer_of[*item] = layer);
        }
        let cross = |a: &(usize, usize), b: &(usize, usize)| {
            layer_of[a.0] == layer_of[b.0]
                && (places[a.0].cmp(&places[b.0]) as i8) * (places[a.1].cmp(&places[b.1]) as i8) < 0
        };
        self.links.iter().enumerate().map(|(at, a)| self.links[at + 1..].iter().filter(|b| cross(a, b)).count()).sum()
    }
}

/// The arrows as pairs, those turned round that would close a circle; loops left out.
fn forwards(graph: &Graph) -> Vec<(usize, usize)> {
    let count = graph.nodes.len();
    let mut position = vec![usize::MAX; count];
    let mut next = count;
    let is_called = |node: usize| graph.edges.iter().any(|edge| edge.to.0 == node && edge.from.0 != node);
    for root in (0..count).filter(|node| !is_called(*node)).chain(0..count) {
        finish(graph, root, &mut position, &mut next, &mut vec![false; count]);
    }
    let pairs = graph.edges.iter().map(|edge| (edge.from.0, edge.to.0)).filter(|(from, to)| from != to);
    pairs.map(|(from, to)| if position[from] < position[to] { (from, to) } else { (to, from) }).collect()
}

/// Numbers the nodes from the last finished to the first, as a search in depth leaves them: backwards in that order
/// run exactly the arrows that close a circle. At most [`super::LARGEST`] calls deep.
fn finish(graph: &Graph, node: usize, position: &mut [usize], next: &mut usize, open: &mut [bool]) {
    if open[node] || position[node] != usize::MAX {
        return;
    }
    open[node] = true;
    for edge in graph.edges.iter().rev().filter(|edge| edge.from.0 == node) {
        finish(graph, edge.to.0, position, next, open);
    }
    *next -= 1;
    position[node] = *next;
}

/// The longest way from a start; a start stands just before the first that it leads to.
fn ranks(count: usize, arrows: &[(usize, usize)]) -> Vec<usize> {
    let mut ranks = vec![0; count];
    // Without circles the longest way has fewer steps than there are nodes.
    for _ in 0..count {
        for (from, to) in arrows {
            ranks[*to] = ranks[*to].max(ranks[*from] + 1);
        }
    }
    for start in (0..count).filter(|node| arrows.iter().all(|(_, to)| to != node)) {
        let nearest = arrows.iter().filter(|(from, _)| *from == start).map(|(_, to)| ranks[*to]).min();
        ranks[start] = nearest.map_or(0, |rank| rank - 1);
    }
    ranks
}
