//! What a drawn design shows.

use crate::board::{Count, Graph, Node};

use super::super::evidence::{Structure, Terms};
use super::lexicon::{Lexicon, Wanted};

/// The line, from 0, of an arrow or node that shows a predicate; none where the drawing does not show it.
pub(super) fn shown(graph: &Graph, predicate: &Structure, lexicon: &Lexicon) -> Option<usize> {
    let kind = |terms: &Terms| {
        let wanted = lexicon.wanted(terms);
        move |node: &Node| is_named(node, &wanted)
    };
    let line_of = |terms: &Terms| graph.find(kind(terms)).first().map(|&id| graph.node(id).line);
    match predicate {
        Structure::Path(stops) => {
            let kinds: Vec<_> = stops.iter().map(kind).collect();
            let stops: Vec<&dyn Fn(&Node) -> bool> = kinds.iter().map(|one| one as &dyn Fn(&Node) -> bool).collect();
            graph.path(&stops)?.last().map(|&id| graph.node(id).line)
        }
        Structure::Edge(from, to) => graph.direct(kind(from), kind(to)).map(|edge| edge.line),
        Structure::NoEdge(from, to) => {
            let line = line_of(from)?;
            line_of(to)?;
            graph.direct(kind(from), kind(to)).is_none().then_some(line)
        }
        Structure::Node(node) => line_of(node),
        Structure::Many(node) => {
            let is_many = |node: &Node| node.count.is_some_and(Count::is_plural);
            let wanted = kind(node);
            graph.find(|node| is_many(node) && wanted(node)).first().map(|&id| graph.node(id).line)
        }
        Structure::Between(from, to, middle) => {
            graph.separates(kind(from), kind(middle), kind(to)).then(|| line_of(middle)).flatten()
        }
    }
}

fn is_named(node: &Node, wanted: &Wanted) -> bool {
    wanted.names(&node.name) || node.remark.as_ref().is_some_and(|remark| wanted.names(remark))
}
