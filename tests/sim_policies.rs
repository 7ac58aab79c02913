//! The laws that hold for every policy, and each policy against its naive model.

#[path = "sim/naive.rs"]
mod naive;

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;

use naive::naive;
use sysdrill::sim::cache::{Cache, Future, Lifetime, POLICIES, Setting, build};
use sysdrill::sim::curve;
use sysdrill::sim::workload::Workload;

/// A cache that knows the future of these requests, for whichever policy wants it.
fn cache(policy: &str, capacity: usize, ids: &[u32], expiry: Option<Lifetime>) -> Box<dyn Cache> {
    let objects = ids.iter().max().map_or(0, |&id| id as usize + 1);
    let future = Some(Arc::new(Future::of(Arc::new(ids.to_vec()), objects)));
    build(policy, &Setting { future, expiry, seed: 5, ..Setting::new(capacity, objects) }).expect("a registered policy")
}

fn misses(policy: &str, capacity: usize, ids: &[u32]) -> u64 {
    ids.len() as u64 - cache(policy, capacity, ids, None).run(ids)
}

fn distinct(ids: &[u32]) -> usize {
    ids.iter().collect::<BTreeSet<_>>().len()
}

fn policies() -> impl Iterator<Item = &'static str> {
    POLICIES.iter().map(|policy| policy.about.id)
}

/// Requests with both popular and rare objects, so that caches of a few objects hit and miss.
fn requests() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(prop_oneof![0_u32..6, 0_u32..40], 1..500)
}

fn lifetimes() -> impl Strategy<Value = Option<Lifetime>> {
    prop::option::of((1_u64..60, 0_u64..30).prop_map(|(base, jitter)| Lifetime { base, jitter }))
}

/// Both serve the same requests; they must agree on each, and on what is resident after it.
fn check(policy: &str, capacity: usize, ids: &[u32], expiry: Option<Lifetime>) {
    let mut cache = cache(policy, capacity, ids, expiry);
    let at_once = cache.snapshot().run(ids);
    let mut model = naive(policy, capacity, ids, 5, expiry);
    let mut deadlines = vec![0; 64];
    let mut hits = 0;
    for (now, &id) in (0..).zip(ids) {
        if expiry.is_some() && deadlines[id as usize] <= now && model.residents().contains(&id) {
            model.forget(id, now);
        }
        let expected = model.request(id, now);
        if let (false, Some(lifetime)) = (expected, expiry) {
            deadlines[id as usize] = lifetime.deadline(5, id, now);
        }
        let step = cache.step(id);
        assert_eq!(step.hit, expected, "{policy}, capacity {capacity}, {expiry:?}, request {now}: {step}");
        hits += u64::from(step.hit);
        let view = cache.view();
        let residents: BTreeSet<u32> = view.residents().collect();
        assert!(cache.residents() <= capacity, "{policy} holds {} of {capacity}", cache.residents());
        assert_eq!(residents.len(), cache.residents(), "{policy} shows what it holds");
        // Objects that are never used again are all alike to the optimum, so that only their number is decided.
        if policy != "opt" {
            assert_eq!(residents, model.residents().into_iter().collect(), "{policy} after request {now}: {step}");
        }
        assert!(step.evicted().is_none_or(|victim| !residents.contains(&victim)), "{policy}: {step}");
    }
    assert_eq!(hits, at_once, "{policy}: stepping and running agree");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_policy_equals_its_naive_model(ids in requests(), capacity in 1_usize..24, expiry in lifetimes()) {
        policies().for_each(|policy| check(policy, capacity, &ids, expiry));
    }

    #[test]
    fn nobody_beats_the_optimum(ids in requests(), capacity in 1_usize..24) {
        let least = misses("opt", capacity, &ids);
        for policy in policies() {
            prop_assert!(misses(policy, capacity, &ids) >= least, "{policy}");
        }
    }

    #[test]
    fn a_larger_lru_never_misses_more(ids in requests(), capacity in 1_usize..40) {
        prop_assert!(misses("lru", capacity + 1, &ids) <= misses("lru", capacity, &ids));
    }

    #[test]
    fn room_for_everything_leaves_only_first_uses(ids in requests(), spare in 0_usize..5) {
        let distinct = distinct(&ids);
        for policy in policies() {
            prop_assert_eq!(misses(policy, distinct + spare, &ids), distinct as u64, "{}", policy);
        }
    }

    #[test]
    fn the_exact_curve_is_what_simulation_finds(ids in requests()) {
        let objects = ids.iter().max().map_or(0, |&id| id as usize + 1);
        let capacities: Vec<usize> = (1..objects + 3).collect();
        let exact = curve::lru(&ids, objects, &capacities);
        let setting = Setting::new(1, objects);
        let on = &mut |_| std::ops::ControlFlow::Continue(());
        let simulated = curve::simulated("lru", &setting, &ids, &capacities, on).expect("nobody cancels");
        prop_assert_eq!(exact, simulated);
    }

    #[test]
    fn a_cache_may_grow_while_it_runs(ids in requests(), capacity in 1_usize..24) {
        for policy in policies().filter(|&policy| policy != "opt") {
            let mut growing = build(policy, &Setting { seed: 5, ..Setting::new(capacity, 0) }).expect("a policy");
            let mut hits = 0;
            for chunk in ids.chunks(7) {
                growing.grow(40);
                hits += growing.run(chunk);
            }
            prop_assert_eq!(ids.len() as u64 - hits, misses(policy, capacity, &ids), "{}", policy);
        }
    }
}

#[test]
fn a_snapshot_goes_its_own_way() {
    let ids: Vec<u32> = Workload::Zipf { alpha: 1.0 }.requests(60, 3).take(2000).collect();
    for policy in policies() {
        let mut cache = cache(policy, 16, &ids, None);
        cache.run(&ids[..1000]);
        let before = cache.view();
        let mut copy = cache.snapshot();
        let there = cache.run(&ids[1000..]);
        assert_eq!(copy.view(), before, "{policy}");
        assert_eq!(copy.run(&ids[1000..]), there, "{policy}");
    }
}

#[test]
fn a_loop_that_does_not_fit_defeats_lru_but_not_mru() {
    let (objects, capacity) = (100_usize, 40);
    let ids: Vec<u32> = Workload::Loop { objects: objects as u32 }.requests(1, 0).take(100 * 200).collect();
    assert_eq!(misses("lru", capacity, &ids), ids.len() as u64);
    assert_eq!(misses("fifo", capacity, &ids), ids.len() as u64);
    let hit_ratio = 1.0 - misses("mru", capacity, &ids) as f64 / ids.len() as f64;
    let expected = (capacity - 1) as f64 / (objects - 1) as f64;
    assert!((hit_ratio - expected).abs() < 0.005, "{hit_ratio} against {expected}");
}

#[test]
fn lifo_freezes_what_came_first() {
    let ids: Vec<u32> = (0..100).collect();
    let mut cache = cache("lifo", 10, &ids, None);
    cache.run(&ids);
    let residents: BTreeSet<u32> = cache.view().residents().collect();
    assert_eq!(residents, (0..9).chain([99]).collect());
}

#[test]
fn with_one_lifetime_for_all_the_nearest_expiry_is_the_oldest() {
    let ids: Vec<u32> = Workload::Zipf { alpha: 0.8 }.requests(200, 9).take(5000).collect();
    let constant = Some(Lifetime { base: 1_000_000, jitter: 0 });
    assert_eq!(cache("ttl", 50, &ids, constant).run(&ids), cache("fifo", 50, &ids, constant).run(&ids));
    assert_ne!(cache("ttl", 50, &ids, None).run(&ids), cache("fifo", 50, &ids, None).run(&ids));
}

#[test]
fn a_step_names_the_rule() {
    let sentences = |policy: &str, ids: &[u32]| {
        let mut cache = cache(policy, 2, ids, None);
        ids.iter().map(|&id| cache.step(id).to_string()).collect::<Vec<_>>()
    };
    assert_eq!(sentences("lru", &[1, 2, 1, 3])[2..], ["HIT k1", "MISS k3 → evict k2, last used 2 distinct keys ago"]);
    assert_eq!(
        sentences("clock", &[1, 2, 1, 3])[3],
        "MISS k3 → k1 goes round in the clock, used 1× since; evict k2, not used since"
    );
    assert_eq!(
        sentences("arc", &[1, 1, 2, 3, 2])[4],
        "MISS k2, ghost in B1; p = 1; evict k1 from T2, the other within its share of 1; B2 remembers k1"
    );
    assert_eq!(sentences("opt", &[1, 2, 3, 1])[2], "MISS k3 → evict k2, never used again");
    assert_eq!(sentences("lfu", &[1, 1, 2, 3])[3], "MISS k3 → evict k2, lowest count (1)");
}

#[test]
fn a_cache_that_cannot_be_is_refused_with_a_remedy() {
    let check = |policy: &str, capacity: usize, words: &str| {
        let error = build(policy, &Setting::new(capacity, 10)).expect_err(policy).to_string();
        assert!(error.contains(words), "{error}");
    };
    check("lur", 10, "did you mean `lru`?");
    check("LRU", 10, "did you mean `lru`?");
    check("belady", 10, "there are fifo, lifo, lru");
    check("lru", 0, "take 1 to 16777216");
    check("opt", 10, "read it into memory first");
}

#[test]
fn every_policy_is_registered_once_with_its_words() {
    let ids: BTreeSet<&str> = policies().collect();
    assert_eq!(ids.len(), POLICIES.len());
    for policy in POLICIES {
        let about = policy.about;
        assert!([about.id, about.title, about.rule, about.source].iter().all(|text| !text.is_empty()), "{about:?}");
    }
}
