//! A design as an indented list, for where boxes do not fit.

use super::graph::{Edge, Graph, NodeId};

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Which component.
    pub node: NodeId,
    /// How far it stands in: what calls it stands above it, one step further out.
    pub depth: usize,
    /// The place in [`Graph::edges`] of the arrow from the one it stands under; none at the outermost.
    pub edge: Option<usize>,
    /// Whether what it calls is listed elsewhere.
    pub is_repeated: bool,
}

/// Every component, each under one that calls it, and every arrow once.
pub fn outline(graph: &Graph) -> Vec<Entry> {
    let mut listing = Listing { graph, seen: vec![false; graph.nodes.len()], entries: Vec::new() };
    let is_called = |id: usize| graph.edges.iter().any(|edge| edge.to.0 == id && edge.from.0 != id);
    for id in (0..graph.nodes.len()).filter(|id| !is_called(*id)).chain(0..graph.nodes.len()) {
        listing.list(id);
    }
    listing.entries
}

struct Listing<'a> {
    graph: &'a Graph,
    seen: Vec<bool>,
    entries: Vec<Entry>,
}

impl Listing<'_> {
    /// Lists a node with all that it leads to, unless it is listed already. A stack of its own, for a chain may be long.
    fn list(&mut self, root: usize) {
        if self.seen[root] {
            return;
        }
        let mut waiting = vec![Entry { node: NodeId(root), depth: 0, edge: None, is_repeated: false }];
        while let Some(mut entry) = waiting.pop() {
            let node = entry.node;
            let known = std::mem::replace(&mut self.seen[node.0], true);
            let calls = |(_, edge): &(usize, &Edge)| edge.from == node;
            let below: Vec<_> = self.graph.edges.iter().enumerate().filter(calls).collect();
            entry.is_repeated = known && !below.is_empty();
            let depth = entry.depth + 1;
            self.entries.push(entry);
            if !known {
                waiting.extend(below.into_iter().rev().map(|(at, edge)| Entry {
                    node: edge.to,
                    depth,
                    edge: Some(at),
                    is_repeated: false,
                }));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    #[track_caller]
    fn check(design: &str, expect: &[&str]) {
        let graph = parse(design);
        let lines = outline(&graph).into_iter().map(|entry| {
            let repeated = if entry.is_repeated { " ^" } else { "" };
            format!("{}{}{repeated}", "  ".repeat(entry.depth), graph.node(entry.node).name)
        });
        assert_eq!(lines.collect::<Vec<_>>(), expect);
    }

    #[test]
    fn callers_stand_above_what_they_call() {
        check(
            "client -> lb -> {api -> db, web -> db -> disk}",
            &["client", "  lb", "    api", "      db", "        disk", "    web", "      db ^"],
        );
        check("a -> b -> a", &["a", "  b", "    a ^"]);
        check("a -> a; b -> c", &["a", "  a ^", "b", "  c"]);
    }
}
