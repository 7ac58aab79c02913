use proptest::prelude::{ProptestConfig, any, prop, proptest};

use super::super::outline;
use super::*;

/// A graph in one line: nodes, then arrows, then problems.
#[track_caller]
fn check(text: &str, expect: &str) {
    assert_eq!(show(&parse(text)), expect, "{text}");
}

fn show(graph: &Graph) -> String {
    let nodes = graph.nodes.iter().map(|node| {
        let count = match node.count {
            None => String::new(),
            Some(Count::Exactly(n)) => format!("*{n}"),
            Some(Count::Many) => "*n".to_owned(),
        };
        format!("{}{count}{}", node.name, node.remark.as_ref().map(|remark| format!("({remark})")).unwrap_or_default())
    });
    let edges = graph.edges.iter().map(|edge| {
        let arrow = if edge.is_mutual { "<->" } else { "->" };
        let label = edge.label.as_deref().unwrap_or_default();
        format!("{}{arrow}{}{label}", graph.node(edge.from).name, graph.node(edge.to).name)
    });
    let problems = graph.problems.iter().map(ToString::to_string);
    let part = |parts: Vec<String>| parts.join(" ");
    let shown = [part(nodes.collect()), part(edges.collect()), part(problems.collect())];
    shown.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" | ")
}

#[test]
fn a_chain_with_a_count_and_a_group() {
    check("client -> lb -> api*3 -> {cache, db}", "client lb api*3 cache db | client->lb lb->api api->cache api->db");
    check("a -> b, c -> d", "a b c d | a->b a->c b->d c->d");
    check("{a, b} -> {c, d}", "a b c d | a->c a->d b->c b->d");
    check("api -> {cache -> db, queue}", "api cache db queue | cache->db api->cache api->queue");
    check("api x3 -> worker × n -> shard*", "api*3 worker*n shard*n | api->worker worker->shard");
}

#[test]
fn lines_are_joined_by_names() {
    check("client -> LB\nsome prose\nlb -> api", "client LB api | client->LB LB->api");
    check(
        "load-balancer -> api\nload balancer -> web",
        "load-balancer api web | load-balancer->api load-balancer->web",
    );
    check("a -> b; b -> c*2\nc -> d", "a b c*2 d | a->b b->c c->d");
    check("a -> b\na -> b", "a b | a->b");
    check("a -(HTTP)-> b <- c <-> d", "a b c d | a->bHTTP c->b c<->d");
    check("a -> b\nb <-> a", "a b | a<->b");
    check("a -> b\nb -> a", "a b | a->b b->a");
}

#[test]
fn names_are_cleaned() {
    check(
        "- write path: `client` -> [cache] (Redis) -> primary db.",
        "client cache(Redis) primary db | client->cache cache->primary db",
    );
    check("2. client -> cdn", "client cdn | client->cdn");
    check("api (Go) *3 -> mysql-5", "api*3(Go) mysql-5 | api->mysql-5");
    check("box -> max", "box max | box->max");
}

#[test]
fn prose_and_sheet_lines_draw_nothing() {
    check("we go from the old design -> so that the new one scales better", "");
    check("> qps = 10M / day", "");
    check("> a -> b", "");
    check("no arrow - at all", "");
    assert!(draws("client -> "));
    assert!(!draws(""));
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_a_remedy() {
    check("client ->", "client | 1:8: this arrow leads nowhere; write what it leads to: client -> api");
    check("-> api", "api | 1:1: nothing stands before this arrow; write where it begins: client -> api");
    check("a -> {b, c", "a b c | a->b a->c | 1:6: this group is not closed; write } behind its last name");
    check(
        "a -> b} -> c",
        "a b c | a->b | 1:7: this } closes nothing; take it away, or open a group with { 1:9: nothing stands before this arrow; write where it begins: client -> api",
    );
    check("a -> {}", "a | 1:6: this group is empty; write names in it: {cache, db}");
    check("- é -> {b {c}}", "é b c | é->b é->c | 1:11: a comma is missing before this; write {cache, db}");
}

#[test]
fn a_flood_is_cut_with_a_word() {
    let names: Vec<String> = (0..300).map(|n| format!("n{n}")).collect();
    let graph = parse(&format!("{{{0}}} -> {{{0}}}", names.join(",")));
    assert_eq!((graph.nodes.len(), graph.edges.len()), (MOST_NODES, MOST_EDGES));
    assert!(graph.problems.iter().any(|problem| problem.message.contains("200 components")));
    let deep = format!("a -> {}b{}", "{".repeat(500), "}".repeat(500));
    assert!(parse(&deep).problems[0].message.contains("too deep"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_text_breaks_the_parser(text in any::<String>()) {
        parse(&text);
    }

    #[test]
    fn no_heap_of_signs_breaks_the_parser(parts in prop::collection::vec(prop::sample::select(vec![
        "a", "b c", "->", "<-", "<->", "-(x)->", "{", "}", ",", ";", "\n", " ", "*3", "(", ")", "- ", "é", "→", "x2", ": ",
    ]), 0..40)) {
        let graph = parse(&parts.concat());
        for edge in &graph.edges {
            assert!(edge.from.0 < graph.nodes.len() && edge.to.0 < graph.nodes.len());
        }
        outline(&graph);
    }

    #[test]
    fn a_chain_is_read_back_as_it_was_written(names in prop::collection::vec("[a-w][a-w]{0,8}", 2..9)) {
        let graph = parse(&names.join(" -> "));
        for pair in names.windows(2) {
            assert!(graph.direct(|node: &Node| node.name == pair[0], |node: &Node| node.name == pair[1]).is_some());
        }
        assert!(graph.problems.is_empty());
    }
}
