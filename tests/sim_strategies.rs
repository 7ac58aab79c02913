//! What each caching strategy promises, and what it does not.

use sysdrill::sim::strategy::{Protection, Report, Setup, Stampede, Strategy, run, stampede};

fn with(strategy: Strategy, change: impl Fn(&mut Setup)) -> Report {
    let mut setup = Setup { strategy, ..Setup::default() };
    change(&mut setup);
    run(&setup)
}

fn each(check: impl Fn(Strategy)) {
    Strategy::ALL.into_iter().for_each(check);
}

#[test]
fn every_request_is_answered_and_the_seed_decides_all() {
    each(|strategy| {
        let report = with(strategy, |_| {});
        assert_eq!(report.reads + report.writes, 20_000, "{strategy}");
        assert_eq!(report, with(strategy, |_| {}), "{strategy}");
        assert_ne!(report, with(strategy, |setup| setup.seed = 2), "{strategy}");
        assert_eq!(report.lost_writes, 0, "{strategy}: without a crash nothing is lost");
    });
}

#[test]
fn without_writes_everyone_reads_alike_and_fresh() {
    each(|strategy| {
        let report = with(strategy, |setup| (setup.writes, setup.ttl, setup.interval) = (0.0, None, 20.0));
        assert_eq!(report.stale_reads, 0, "{strategy}");
        assert_eq!(report.database_reads, report.reads - report.hits, "{strategy}");
        assert!(report.database_reads <= 1000, "{strategy}: each key is loaded once");
        assert_eq!(report.read_latency.longest, 10.5, "{strategy}: a failed look and a read");
        let mean = report.hit_ratio() * 0.5 + (1.0 - report.hit_ratio()) * 10.5;
        assert!((report.read_latency.mean - mean).abs() < 1e-9, "{strategy}: h·c + (1 − h)·d");
    });
}

#[test]
fn a_write_takes_as_long_as_it_waits_for() {
    let write = |strategy| with(strategy, |_| {}).write_latency.longest;
    assert_eq!(write(Strategy::CacheAside), 15.5, "the database, then the cache");
    assert_eq!(write(Strategy::WriteThrough), 15.5, "the cache, then the database");
    assert_eq!(write(Strategy::WriteAround), 15.0, "the database alone");
    assert_eq!(write(Strategy::WriteBehind), 0.5, "the cache alone");
}

#[test]
fn write_behind_loses_exactly_its_unflushed_tail() {
    // One key is written once a millisecond; a write is acknowledged half a millisecond after it began; flushes are at
    // 1000, 2000, … ms. A crash at t loses what was acknowledged since the last flush.
    for (crash, lost) in [(2500.0, 500), (2001.0, 1), (2999.9, 1000), (700.0, 700)] {
        let report = with(Strategy::WriteBehind, |setup| {
            (setup.keys, setup.requests, setup.writes, setup.crash) = (1, 5000, 1.0, Some(crash));
        });
        assert_eq!(report.lost_writes, lost, "crash at {crash}");
    }
}

#[test]
fn nobody_else_loses_an_acknowledged_write() {
    each(|strategy| {
        let report = with(strategy, |setup| setup.crash = Some(9_600.0));
        assert_eq!(report.lost_writes > 0, strategy == Strategy::WriteBehind, "{strategy}");
    });
}

#[test]
fn write_behind_writes_the_database_least() {
    let amplification = |strategy| with(strategy, |_| {}).write_amplification();
    assert!(amplification(Strategy::WriteBehind) < 0.8, "of several writes between two flushes the last one counts");
    for strategy in [Strategy::CacheAside, Strategy::WriteThrough, Strategy::WriteAround] {
        assert_eq!(amplification(strategy), 1.0, "{strategy}");
    }
}

#[test]
fn write_around_serves_stale_reads_until_they_expire() {
    let stale = |strategy, ttl| with(strategy, |setup| setup.ttl = ttl).stale_reads;
    let around = stale(Strategy::WriteAround, Some(5000.0));
    assert!(around > 20 * stale(Strategy::CacheAside, Some(5000.0)).max(1));
    assert!(stale(Strategy::WriteAround, Some(500.0)) < around);
    assert!(stale(Strategy::WriteAround, None) > around);
}

#[test]
fn what_is_written_through_the_cache_is_never_read_stale() {
    for strategy in [Strategy::WriteThrough, Strategy::WriteBehind] {
        let busy = |setup: &mut Setup| (setup.writes, setup.interval, setup.ttl) = (0.5, 0.2, Some(50.0));
        assert_eq!(with(strategy, busy).stale_reads, 0, "{strategy}");
    }
}

#[test]
fn slow_readers_refill_what_a_writer_deleted() {
    // Without overlap there is nothing to race with.
    let calm = with(Strategy::CacheAside, |setup| (setup.interval, setup.ttl) = (40.0, None));
    assert_eq!(calm.stale_reads, 0);
    let busy = with(Strategy::CacheAside, |setup| (setup.interval, setup.ttl) = (0.2, None));
    assert!(busy.stale_reads > 0, "a value that was read before the write is filled in after the delete");
}

#[test]
fn a_second_writer_is_seen_by_nobody_but_the_clock() {
    each(|strategy| {
        let stale = |ttl| {
            let other = |setup: &mut Setup| (setup.writes, setup.ttl, setup.other_writer) = (0.0, ttl, Some(50.0));
            with(strategy, other).stale_reads
        };
        assert!(stale(None) > 1000, "{strategy} does not know of it");
        assert!(stale(Some(100.0)) < stale(None) / 5, "{strategy}: a short lifetime bounds the harm");
    });
}

#[test]
fn a_cache_that_loads_does_so_once_for_all_who_wait() {
    let loads = |strategy| {
        let hot =
            |setup: &mut Setup| (setup.keys, setup.writes, setup.ttl, setup.interval) = (1, 0.0, Some(100.0), 0.1);
        with(strategy, hot).database_reads
    };
    assert!(loads(Strategy::CacheAside) > 50 * loads(Strategy::ReadThrough));
}

#[test]
fn refresh_ahead_trades_reads_of_the_database_for_latency() {
    let hot = |setup: &mut Setup| (setup.keys, setup.writes, setup.ttl) = (20, 0.0, Some(500.0));
    let (ahead, through) = (with(Strategy::RefreshAhead, hot), with(Strategy::ReadThrough, hot));
    assert!(ahead.database_reads > through.database_reads);
    assert!(ahead.hits > through.hits && ahead.read_latency.mean < through.read_latency.mean);
}

#[test]
fn single_flight_and_early_refresh_tame_a_hot_key_and_jitter_does_not() {
    let report = |protection| stampede(&Stampede::default(), protection);
    let [none, single, jitter, early] = Protection::ALL.map(report);
    assert!(none.most_at_once > 300, "most clients miss at once: {none:?}");
    assert_eq!(single.most_at_once, 1, "{single:?}");
    assert!(jitter.most_at_once > 300, "one key has nobody to be apart from: {jitter:?}");
    assert!(early.most_at_once < none.most_at_once / 5, "{early:?}");
    assert!(single.latency.longest <= 100.0 && none.latency.longest > 1000.0, "{single:?}, {none:?}");
    assert_eq!(none, report(Protection::None));
}

#[test]
fn jitter_spreads_keys_that_were_filled_together() {
    let many = Stampede { keys: 500, at_a_time: 500, load: 20.0, pause: 5.0, duration: 1500.0, ..Stampede::default() };
    let (none, jitter) = (stampede(&many, Protection::None), stampede(&many, Protection::Jitter));
    assert!(jitter.most_at_once < none.most_at_once / 2, "{jitter:?}, {none:?}");
}

#[test]
fn a_strategy_is_read_by_its_name() {
    each(|strategy| assert_eq!(strategy.to_string().parse(), Ok(strategy)));
    let error = "write-back".parse::<Strategy>().expect_err("another word").to_string();
    assert!(error.contains("cache-aside, read-through"), "{error}");
}
