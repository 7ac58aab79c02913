//! Questions about placement and their answers: runs, failures, hot keys, queries, the way of one key.

use std::sync::Arc;

use serde_json::Value;
use sysdrill::estimate::Sheet;
use sysdrill::sim::placement::{
    Chosen, Cluster, Haul, Index, KeyId, KeySource, Keys, NodeId, Params, PlacementError, Setting, Step, Traffic,
    Verdict, find, rebalancing_sheet, run,
};

fn params(schemes: &[&str]) -> Params {
    let schemes = schemes.iter().map(|scheme| (*scheme).to_owned()).collect();
    Params { schemes, keys: KeySource::Drawn(20_000), add: 1, ..Params::default() }
}

fn cluster(scheme: &str, nodes: usize, vnodes: u32, names: &[String]) -> Cluster {
    let keys = Arc::new(Keys::given(names).expect("some keys"));
    let setting = Setting { vnodes, ..Setting::default() };
    Cluster::numbered(find(scheme).expect("a scheme"), setting, nodes, keys).expect("a cluster")
}

fn names(prefix: &str, count: usize) -> Vec<String> {
    (0..count).map(|number| format!("{prefix}{number:05}")).collect()
}

#[test]
fn a_run_prints_the_agreed_fields() {
    let report = run(&params(&["ring", "modulo"])).expect("a run");
    let json: Value = serde_json::to_value(&report).expect("JSON");
    let ring = &json["results"][0];
    assert_eq!(ring["scheme"], "ring");
    for (field, expected) in [("nodes", 10), ("nodes_after", 11), ("vnodes", 100), ("keys", 20_000), ("misdirected", 0)]
    {
        assert_eq!(ring[field], expected, "{field}");
    }
    assert_eq!(ring["ideal_ratio"], 1.0 / 11.0);
    assert_eq!(ring["moved_ratio"].as_f64(), ring["moved"].as_f64().map(|moved| moved / 20_000.0));
    for (load, nodes) in [("load_before", 10), ("load", 11)] {
        let per_node = ring[load]["per_node"].as_array().expect("a list");
        assert_eq!(per_node.len(), nodes);
        assert_eq!(per_node.iter().filter_map(Value::as_u64).sum::<u64>(), 20_000);
        assert!(ring[load]["max_over_mean"].as_f64() > Some(1.0) && ring[load]["sd_over_mean"].as_f64() > Some(0.0));
    }
    assert!(json["results"][1]["moved_ratio"].as_f64() > Some(0.89));
}

#[test]
fn equal_parameters_give_equal_reports_and_the_seed_picks_who_leaves() {
    let report = |seed| {
        let params = Params { seed, remove: Chosen::Some(3), keys: KeySource::Drawn(500), ..params(&["ring", "jump"]) };
        run(&params).expect("a run").results
    };
    assert_eq!(report(1), report(1));
    assert_ne!(report(1)[0].removed, report(2)[0].removed);
    // Eleven joins and leaves again with the two before it.
    assert_eq!(report(1)[1].removed, ["n9", "n10"]);
}

#[test]
fn drawn_keys_are_placed_by_their_names() {
    let drawn = Keys::drawn(300, 4).expect("keys");
    let given = (0..300).map(|key| drawn.name(KeyId(key))).collect();
    for scheme in ["ring", "slots", "range", "geo", "directory"] {
        let moved = |keys| run(&Params { keys, seed: 4, ..params(&[scheme]) }).expect("a run").results[0].load.clone();
        assert_eq!(moved(KeySource::Drawn(300)), moved(KeySource::Given(Vec::clone(&given))), "{scheme}");
    }
}

/// The question is refused, and the message says what to do.
fn check_refused(params: Params, says: &str) {
    let error = run(&params).expect_err("it makes no sense").to_string();
    assert!(error.contains(says), "{error}");
}

#[test]
fn questions_that_make_no_sense_are_refused() {
    check_refused(Params { nodes: 0, ..params(&["ring"]) }, "at least 1 node");
    check_refused(Params { remove: Chosen::Some(11), ..params(&["ring"]) }, "11 of 11 nodes cannot be removed");
    check_refused(Params { keys: KeySource::Drawn(0), ..params(&["ring"]) }, "at least 1");
    check_refused(Params { keys: KeySource::Drawn(usize::MAX), ..params(&["ring"]) }, "take a sample");
    check_refused(Params { add: usize::MAX, ..params(&["ring"]) }, "nodes are more than");
    check_refused(params(&["rnig"]), "did you mean `ring`");
    let many = Setting { vnodes: u32::MAX, ..Setting::default() };
    check_refused(Params { setting: many, ..params(&["ring"]) }, "fewer virtual nodes");
    let none = Setting { vnodes: 0, ..Setting::default() };
    check_refused(Params { setting: none, ..params(&["bounded"]) }, "at least 1 virtual node");
    assert!(matches!("sha".parse::<sysdrill::sim::placement::Hash>(), Err(PlacementError::UnknownHash { .. })));
}

#[test]
fn one_point_has_one_heir_and_many_points_have_many() {
    let all = names("user:", 3_000);
    let heirs = |vnodes| cluster("ring", 10, vnodes, &all).fail(&[NodeId(3)], 1).expect("a failure");
    assert_eq!(heirs(1).takeover.len(), 1);
    assert_eq!(heirs(100).takeover.len(), 9);
    let ring = cluster("ring", 10, 100, &all);
    let failure = ring.fail(&[NodeId(3)], 1).expect("a failure");
    assert_eq!(failure.lost, ring.held(NodeId(3)) as usize, "without a second copy every key of the node is lost");
    let taken: u32 = failure.takeover.iter().map(|(_, keys)| keys).sum();
    assert_eq!(taken, ring.held(NodeId(3)));
}

#[test]
fn what_a_failure_leaves_is_what_a_removal_leaves() {
    for scheme in ["ring", "rendezvous"] {
        let mut cluster = cluster(scheme, 8, 50, &names("user:", 2_000));
        let failure = cluster.fail(&[NodeId(2)], 1).expect("a failure");
        let before: Vec<u32> = failure.takeover.iter().map(|(node, _)| cluster.held(*node)).collect();
        cluster.apply(&[Step::Leave(NodeId(2))]).expect("a node may leave");
        for ((node, more), before) in failure.takeover.iter().zip(before) {
            assert_eq!(cluster.held(*node), before + more, "{scheme} {node}");
        }
    }
}

#[test]
fn three_copies_survive_two_failures_and_not_always_three() {
    let ring = cluster("ring", 6, 50, &names("user:", 2_000));
    assert_eq!(ring.fail(&[NodeId(0), NodeId(4)], 3).expect("a failure").lost, 0);
    assert!(ring.fail(&[NodeId(0), NodeId(2), NodeId(4)], 3).expect("a failure").lost > 0);
    assert!(matches!(ring.fail(&[NodeId(0)], 7), Err(PlacementError::TooManyReplicas { replicas: 7, nodes: 6 })));
}

#[test]
fn salting_helps_where_a_suffix_is_hashed_and_nowhere_else() {
    let verdict = |scheme, key: &str, suffixes| {
        let mut all = names("user:", 2_000);
        all.push(key.to_owned());
        cluster(scheme, 10, 100, &all).salt(key, 0.4, suffixes).expect("salting")
    };
    let spread = verdict("ring", "hot", 8);
    assert_eq!(spread.verdict, Verdict::Spread);
    assert!(spread.before.max_over_mean > 4.0 && spread.after.max_over_mean < 3.0);
    assert_eq!((spread.read_fan_out, verdict("directory", "hot", 8).nodes.len()), (8, 8));
    assert_eq!(verdict("range", "hot", 8).verdict, Verdict::Neighbours);
    assert_eq!(verdict("slots", "{hot}", 8).verdict, Verdict::SameTag);
    assert_eq!(verdict("slots", "hot", 8).verdict, Verdict::Spread);
    assert_eq!(verdict("ring", "hot", 1).verdict, Verdict::SameNode);
    assert_eq!(
        cluster("geo", 3, 1, &names("eu:", 10)).salt("eu:00003", 0.4, 8).expect("salting").verdict,
        Verdict::SameRegion
    );
}

#[test]
fn traffic_adds_up_and_follows_the_popular_keys() {
    let ranges = cluster("range", 10, 1, &names("order:", 5_000));
    for traffic in [Traffic::Even, Traffic::Zipf { alpha: 1.0 }, Traffic::Latest { alpha: 1.0 }] {
        let busy = ranges.busy(&traffic, 1).expect("traffic");
        assert!((busy.per_node.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{traffic:?}");
    }
    assert_eq!(ranges.busy(&Traffic::Latest { alpha: 1.0 }, 1).expect("traffic").busiest, NodeId(9));
    let hot = Traffic::Hot { key: "order:00000".to_owned(), share: 0.5 };
    assert_eq!(ranges.busy(&hot, 1).expect("traffic").busiest, NodeId(0));
    let unknown = Traffic::Hot { key: "nobody".to_owned(), share: 0.5 };
    assert!(matches!(ranges.busy(&unknown, 1), Err(PlacementError::UnknownKey { .. })));
}

#[test]
fn only_ranges_serve_a_scan() {
    let all = names("user:", 1_000);
    let ranges = cluster("range", 10, 1, &all).scan(KeyId(150), 100);
    assert_eq!((ranges.served, ranges.asked, ranges.holding), (true, 2, 2));
    let ring = cluster("ring", 10, 100, &all).scan(KeyId(150), 100);
    assert_eq!((ring.served, ring.asked, ring.holding), (false, 10, 10));
}

#[test]
fn a_local_index_asks_everybody_and_a_global_one_writes_twice() {
    let ring = cluster("ring", 10, 100, &names("user:", 1_000));
    let (local, global) = (ring.index(Index::Local, 500), ring.index(Index::Global, 500));
    assert_eq!((local.lookup, local.write, global.lookup, global.write), (10, 1, 1, 2));
    assert_eq!((local.matches, local.rows), (2, global.rows));
}

#[test]
fn a_key_is_followed_to_its_copies_whether_or_not_it_is_placed() {
    let ring = cluster("ring", 5, 20, &names("user:", 100));
    let placed = ring.follow("user:00042", 3).expect("a path");
    assert_eq!(placed.id.map(|key| ring.owner(key)), Some(placed.node));
    assert_eq!((placed.copies.len(), placed.copies[0]), (3, placed.node));
    assert!((0.0..1.0).contains(&placed.turn));
    let sentence = placed.trail[0].to_string();
    assert!(sentence.starts_with("next point clockwise at 0."), "{sentence}");
    let stranger = ring.follow("nobody", 2).expect("a path");
    assert_eq!((stranger.id, stranger.copies[0]), (None, stranger.node));
    assert_eq!(ring.dots(10).len(), 10);
}

#[test]
fn arcs_tile_the_circle() {
    for scheme in ["ring", "bounded", "multiprobe", "slots", "range"] {
        let spans = cluster(scheme, 7, 13, &names("user:", 100)).spans().expect("pieces");
        let sum: f64 = spans.iter().map(|span| span.to - span.from).sum();
        assert!((sum - 1.0).abs() < 1e-9, "{scheme}: {sum}");
        // The first arc of a ring passes the top, so ends may differ by a whole turn.
        let mut gaps = spans.windows(2).map(|pair| pair[0].to - pair[1].from);
        assert!(gaps.all(|gap| (gap - gap.round()).abs() < 1e-9), "{scheme}");
    }
}

#[test]
fn a_change_says_in_a_sentence_what_moved_and_why() {
    let mut modulo = cluster("modulo", 10, 1, &names("user:", 1_000));
    let change = modulo.apply(&[Step::Join(modulo.next_node())]).expect("a change");
    let sentence = change.to_string();
    assert!(sentence.contains("(expected least 9.1 %): the hash is now divided by 11"), "{sentence}");
}

#[test]
fn a_rebalancing_is_a_sheet_that_the_engine_evaluates() {
    let mut ring = cluster("ring", 9, 100, &names("user:", 9_000));
    let change = ring.apply(&[Step::Join(ring.next_node())]).expect("a change");
    let haul = Haul { per_key: "1 GB".to_owned(), rate: "100 MB/s".to_owned(), network: "10 Gbit/s".to_owned() };
    let sheet = rebalancing_sheet(change, &haul);
    let lines = Sheet::parse(&sheet).evaluate(1);
    assert_eq!(lines.len(), sheet.lines().count());
    for line in &lines {
        assert!(line.quantity().is_ok(), "{sheet}{:?}", line.quantity());
    }
    // One receiver takes everything: a gigabyte each at 100 MB/s is ten seconds a key.
    let seconds = lines[8].quantity().expect("hours").base();
    let expected = change.moves.len() as f64 * 10.0;
    assert!((seconds / expected - 1.0).abs() < 1e-9, "{seconds} s for {expected} s");
    assert!(lines[8].display.ends_with('h'), "{}", lines[8].display);
}
