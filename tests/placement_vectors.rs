//! Published vectors: what other implementations of the same schemes and hashes give.

use std::fmt::Write as _;
use std::sync::Arc;

use md5::{Digest, Md5};
use sysdrill::sim::placement::{Cluster, Hash, Keys, Node, NodeId, Setting, Trail, crc16, find, hash_tag, jump, slot};

/// Generated from the reference C++ code, as dgryski/go-jump publishes them: buckets for 1, 2, 3 … nodes.
#[test]
fn jump_lands_where_the_reference_does() {
    let published: [(u64, &[u32]); 4] = [
        (0, &[0; 20]),
        (1, &[0, 0, 0, 0, 0, 0, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 17, 17]),
        (0xDEAD_BEEF, &[0, 1, 2, 3, 3, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 16, 16, 16]),
        (0x0DDC_0FFE_EBAD_F00D, &[0, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 15, 15, 15, 15]),
    ];
    for (key, buckets) in published {
        let found: Vec<u32> = (1..=buckets.len() as u32).map(|nodes| jump(key, nodes)).collect();
        assert_eq!(found, buckets, "key {key:#x}");
    }
}

/// Redis Cluster specification, appendix A, and the documentation of CLUSTER KEYSLOT.
#[test]
fn slots_are_those_of_redis() {
    assert_eq!(crc16(b"123456789"), 0x31C3);
    for (key, expected) in [
        ("somekey", 11_058),
        ("foo{hash_tag}", 2_515),
        ("bar{hash_tag}", 2_515),
        ("8xjx7vWrfPq54mKfFD3Y1CcjjofpnAcQ", 5_458),
    ] {
        assert_eq!(slot(key.as_bytes()), expected, "{key}");
    }
}

/// The examples of the specification's section on hash tags.
#[test]
fn only_the_first_full_tag_is_hashed() {
    for (key, tag) in [
        ("{user1000}.following", "user1000"),
        ("foo{}{bar}", "foo{}{bar}"),
        ("foo{{bar}}zap", "{bar"),
        ("foo{bar}{zap}", "bar"),
        ("foo{bar", "foo{bar"),
    ] {
        assert_eq!(hash_tag(key.as_bytes()), tag.as_bytes(), "{key}");
    }
}

/// As `redis-cli --cluster create` deals the slots to three masters.
#[test]
fn three_masters_get_the_runs_that_redis_cli_gives() {
    let keys = Arc::new(Keys::drawn(1, 1).expect("one key"));
    let cluster = Cluster::numbered(find("slots").expect("a scheme"), Setting::default(), 3, keys).expect("a cluster");
    let ends: Vec<u32> = cluster.spans().expect("runs").iter().map(|run| (run.to * 16_384.0) as u32 - 1).collect();
    assert_eq!(ends, [5_460, 10_922, 16_383]);
}

/// The reference vectors of draft-eastlake-fnv, RFC 1321 and the specification of XXH3.
#[test]
fn hashes_are_the_published_ones() {
    assert_eq!(Hash::Fnv1a.position(b"").0, 0xCBF2_9CE4_8422_2325);
    assert_eq!(Hash::Fnv1a.position(b"a").0, 0xAF63_DC4C_8601_EC8C);
    assert_eq!(Hash::Fnv1a.position(b"foobar").0, 0x8594_4171_F739_67E8);
    // MD5("abc") is 900150983cd24fb0…, read in little-endian words.
    assert_eq!(Hash::Md5.number(Hash::Md5.position(b"abc")), 0x9850_0190);
    assert_eq!(Hash::Xxh3.position(b"").0, 0x2D06_8005_38D3_94C2);
}

/// libketama's own test, `ketama_test.c` over `ketama.servers`: key hash, point and server of the keys 0, 1, 2 …
///
/// The first lines are compared one by one, the first thousand by their MD5, as MediaWiki's port of it does.
#[test]
fn the_md5_ring_is_that_of_libketama() {
    let servers = [600, 300, 200, 350, 1000, 800, 950, 100];
    let node = |(index, memory): (usize, &u32)| Node {
        id: NodeId(index as u16),
        name: format!("10.0.1.{}:11211", index + 1),
        weight: f64::from(*memory) / 100.0,
        region: 0,
    };
    let nodes = servers.iter().enumerate().map(node).collect();
    let setting = Setting { hash: Hash::Md5, vnodes: 160, ..Setting::default() };
    let keys = Arc::new(Keys::drawn(1, 1).expect("one key"));
    let ring = Cluster::new(find("ring").expect("a scheme"), setting, nodes, keys).expect("a ring");

    let mut text = "\n".to_owned();
    for key in 0..1000 {
        let path = ring.follow(&key.to_string(), 1).expect("a path");
        let Some(Trail::Point { turn, node }) = path.trail.first() else { panic!("a ring's trail begins at a point") };
        let (hash, point) = (path.position.0 >> 32, turn * f64::from(u32::MAX) + turn);
        writeln!(text, "{hash} {point} {}", ring.node(*node).name).expect("a string takes any text");
    }
    let published = include_str!("data/placement/ketama.txt");
    for (ours, theirs) in text.lines().skip(1).zip(published.lines()) {
        assert_eq!(ours, theirs);
    }
    let digest: String = Md5::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(digest, "d1a4912a80e4654ec2e4e462c8b911c6");
}
