//! Miss counts that two independent implementations agree on, reproduced exactly.
//!
//! The real trace (libCacheSim's `cloudPhysicsIO.oracleGeneral.bin`, 113,872 requests) is too large to carry along: name
//! it in `SYSDRILL_TRACE` to have it checked.

use std::fs::File;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use sysdrill::sim::cache::{Future, Setting, build};
use sysdrill::sim::trace::{Format, Trace, read_all};

const CAPACITIES: [usize; 5] = [100, 489, 1000, 4897, 10_000];

/// Misses by policy, at each of the capacities: libCacheSim at aa0fc40.
const MISSES: [(&str, [u64; 5]); 9] = [
    ("fifo", [101_495, 96_518, 95_520, 91_716, 79_210]),
    ("lru", [100_215, 95_420, 94_823, 91_657, 79_438]),
    ("lfu", [100_973, 96_765, 95_562, 90_040, 81_059]),
    ("clock", [100_047, 95_332, 94_727, 91_599, 84_750]),
    ("2q", [97_458, 94_573, 94_117, 88_160, 78_831]),
    ("arc", [97_330, 94_229, 94_027, 88_002, 79_413]),
    ("sieve", [98_130, 94_419, 93_975, 90_040, 81_059]),
    ("s3-fifo", [96_893, 94_559, 94_017, 85_691, 76_212]),
    ("opt", [94_010, 90_263, 87_025, 71_620, 61_843]),
];

/// The real trace, where it is at hand.
fn real_trace() -> Option<Trace> {
    let Some(path) = std::env::var_os("SYSDRILL_TRACE").map(PathBuf::from) else {
        eprintln!("SKIPPED: SYSDRILL_TRACE names no trace");
        return None;
    };
    let format = Format::of_file_name(&path.to_string_lossy());
    let file = File::open(&path).expect("SYSDRILL_TRACE can be opened");
    Some(read_all(file, &format, &mut |_| ControlFlow::Continue(())).expect("SYSDRILL_TRACE can be read"))
}

#[test]
fn the_real_trace_gives_the_known_misses() {
    let Some(trace) = real_trace() else { return };
    assert_eq!((trace.ids.len(), trace.objects), (113_872, 48_974));
    let ids = Arc::new(trace.ids);
    let future = Arc::new(Future::of(Arc::clone(&ids), trace.objects));
    for (policy, expected) in MISSES {
        let found = CAPACITIES.map(|capacity| {
            let future = Some(Arc::clone(&future));
            let setting = Setting { future, ..Setting::new(capacity, trace.objects) };
            let mut cache = build(policy, &setting).expect("the policy exists");
            ids.len() as u64 - cache.run(&ids)
        });
        assert_eq!(found, expected, "{policy}");
    }
}
