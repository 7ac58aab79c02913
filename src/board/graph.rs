//! What a design says: nodes, edges, and the questions that can be asked of them.
//!
//! Nodes are chosen by predicates and not by names, because only the one who asks knows that `redis` is a cache.

use std::collections::{BTreeSet, VecDeque};

use super::problem::Problem;

/// A design. Nodes and edges stand in the order in which the text first names them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graph {
    /// The components.
    pub nodes: Vec<Node>,
    /// What calls what. No two have the same ends in the same direction.
    pub edges: Vec<Edge>,
    /// What could not be read; everything else was.
    pub problems: Vec<Problem>,
}

/// The place of a node in [`Graph::nodes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub usize);

/// A component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// As it was first written, without count and remark.
    pub name: String,
    /// What stands in brackets behind the name: `cache (redis)`.
    pub remark: Option<String>,
    /// How many of it there are, where the design says so.
    pub count: Option<Count>,
    /// The line that first names it, from 0.
    pub line: usize,
}

/// How many of a component there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// `api*3`.
    Exactly(u32),
    /// `api*n`.
    Many,
}

/// An arrow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Where it begins.
    pub from: NodeId,
    /// Where its head is.
    pub to: NodeId,
    /// Whether it has a head at either end.
    pub is_mutual: bool,
    /// What is written on it.
    pub label: Option<String>,
    /// The line that first draws it, from 0.
    pub line: usize,
}

impl Count {
    /// Whether there is more than one.
    pub fn is_plural(self) -> bool {
        self != Self::Exactly(1) && self != Self::Exactly(0)
    }
}

impl Graph {
    /// A node by its place.
    ///
    /// # Panics
    /// If the place is of another graph with more nodes.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0]
    }

    /// The nodes that are as asked.
    pub fn find(&self, is_wanted: impl Fn(&Node) -> bool) -> Vec<NodeId> {
        (0..self.nodes.len()).map(NodeId).filter(|id| is_wanted(self.node(*id))).collect()
    }

    /// The nodes that an arrow leads to from here.
    pub fn successors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        self.edges.iter().filter_map(move |edge| match edge {
            _ if edge.from == id => Some(edge.to),
            _ if edge.is_mutual && edge.to == id => Some(edge.from),
            _ => None,
        })
    }

    /// The arrow that leads straight from a node of the first kind to one of the second.
    pub fn direct(&self, from: impl Fn(&Node) -> bool, to: impl Fn(&Node) -> bool) -> Option<&Edge> {
        self.edges.iter().find(|edge| {
            let (start, end) = (self.node(edge.from), self.node(edge.to));
            from(start) && to(end) || edge.is_mutual && from(end) && to(start)
        })
    }

    /// The shortest way that follows the arrows and passes a node of each kind in order, with any others between; each
    /// stop is a node of its own.
    pub fn path(&self, stops: &[&dyn Fn(&Node) -> bool]) -> Option<Vec<NodeId>> {
        let (first, rest) = stops.split_first()?;
        let starts = self.find(first).into_iter().map(|start| vec![start]).collect();
        rest.iter().try_fold(starts, |ways: Vec<Vec<NodeId>>, stop| self.extended(&ways, stop))?.into_iter().next()
    }

    /// Whether there is a way from a node of the first kind to one of the last, and each passes one of the middle kind.
    pub fn separates(
        &self,
        from: impl Fn(&Node) -> bool,
        middle: impl Fn(&Node) -> bool,
        to: impl Fn(&Node) -> bool,
    ) -> bool {
        let starts = self.find(&from);
        let reaches = |may_pass: &dyn Fn(&Node) -> bool| {
            starts
                .iter()
                .any(|start| self.ways_from(*start, may_pass).iter().any(|way| way.len() > 1 && ends(self, way, &to)))
        };
        reaches(&|_| true) && !reaches(&|node| !middle(node))
    }

    /// How many nodes or instances of a kind there are: `api*3` counts as three, `api*n` as more than any number.
    pub fn count(&self, is_wanted: impl Fn(&Node) -> bool) -> u32 {
        let instances = |id: NodeId| match self.node(id).count {
            None => 1,
            Some(Count::Exactly(n)) => n,
            Some(Count::Many) => u32::MAX,
        };
        self.find(is_wanted).into_iter().map(instances).fold(0, u32::saturating_add)
    }

    /// Each way made longer up to the nearest nodes of a kind; one way for each end.
    fn extended(&self, ways: &[Vec<NodeId>], stop: &dyn Fn(&Node) -> bool) -> Option<Vec<Vec<NodeId>>> {
        let mut longer = Vec::new();
        let mut ends_seen = BTreeSet::new();
        for way in ways {
            let from = *way.last()?;
            for onward in self.ways_from(from, &|_| true) {
                let end = *onward.last()?;
                if onward.len() > 1 && stop(self.node(end)) && !way.contains(&end) && ends_seen.insert(end) {
                    longer.push(way.iter().chain(&onward[1..]).copied().collect());
                }
            }
        }
        longer.sort_by_key(Vec::len);
        (!longer.is_empty()).then_some(longer)
    }

    /// The shortest way to each node that can be reached, over nodes that may be passed; nearest first, itself included.
    fn ways_from(&self, start: NodeId, may_pass: &dyn Fn(&Node) -> bool) -> Vec<Vec<NodeId>> {
        let mut seen = BTreeSet::from([start]);
        let mut waiting = VecDeque::from([vec![start]]);
        let mut ways = Vec::new();
        while let Some(way) = waiting.pop_front() {
            let Some(end) = way.last().copied() else { continue };
            for next in self.successors(end) {
                if may_pass(self.node(next)) && seen.insert(next) {
                    waiting.push_back(way.iter().copied().chain([next]).collect());
                }
            }
            ways.push(way);
        }
        ways
    }
}

fn ends(graph: &Graph, way: &[NodeId], is_wanted: impl Fn(&Node) -> bool) -> bool {
    way.last().is_some_and(|end| is_wanted(graph.node(*end)))
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    fn named(name: &'static str) -> impl Fn(&Node) -> bool {
        move |node: &Node| node.name == name
    }

    #[track_caller]
    fn check_path(design: &str, stops: &[&'static str], expect: Option<&str>) {
        let graph = parse(design);
        let predicates: Vec<_> = stops.iter().map(|stop| named(stop)).collect();
        let stops: Vec<&dyn Fn(&Node) -> bool> = predicates.iter().map(|p| p as &dyn Fn(&Node) -> bool).collect();
        let path = graph.path(&stops).map(|way| way.iter().map(|id| graph.node(*id).name.as_str()).collect::<Vec<_>>());
        assert_eq!(path.map(|names| names.join(" ")).as_deref(), expect, "{design}");
    }

    #[test]
    fn a_path_passes_its_stops_in_order() {
        check_path("client -> lb -> api -> db", &["client", "api", "db"], Some("client lb api db"));
        check_path("client -> lb -> api -> db", &["client", "db", "api"], None);
        check_path("client -> lb\nlb -> api", &["client", "api"], Some("client lb api"));
        check_path("a -> b -> a", &["a", "a"], None);
        check_path("a <-> b", &["b", "a"], Some("b a"));
        check_path("a -> {b -> c, d} -> e", &["a", "e"], Some("a d e"));
        check_path("a -> b", &[], None);
    }

    #[track_caller]
    fn check_between(design: &str, expect: bool) {
        let graph = parse(design);
        assert_eq!(graph.separates(named("api"), named("queue"), named("worker")), expect, "{design}");
    }

    #[test]
    fn a_node_stands_between_when_no_way_goes_round_it() {
        check_between("api -> queue -> worker", true);
        check_between("api -> lb -> queue -> gateway -> worker", true);
        check_between("api -> queue -> worker\napi -> worker", false);
        check_between("api -> worker -> queue", false);
        check_between("queue -> worker", false);
        check_between("api <-> queue <-> worker", true);
    }

    #[test]
    fn a_direct_arrow_is_found_in_its_direction() {
        let graph = parse("client -> api -> db\nclient <-> push");
        assert!(graph.direct(named("client"), named("db")).is_none());
        assert!(graph.direct(named("api"), named("client")).is_none());
        assert_eq!(graph.direct(named("push"), named("client")).map(|edge| edge.line), Some(1));
    }

    #[test]
    fn instances_are_counted() {
        let count = |design, name| parse(design).count(named(name));
        assert_eq!(count("lb -> api*3 -> db", "api"), 3);
        assert_eq!(count("lb -> api -> db", "api"), 1);
        assert_eq!(count("lb -> api*n", "api"), u32::MAX);
        assert_eq!(count("lb -> api", "cache"), 0);
    }
}
