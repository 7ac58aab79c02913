//! Every word that is a unit.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use super::super::dimension::{Axis, Dimension};
use super::{Atom, Family, Unit};

/// The unit that a word names, if it names one.
pub(in crate::estimate) fn find(word: &str) -> Option<Unit> {
    TABLE.get(word).cloned()
}

/// Every word that names a unit, in no order.
pub(in crate::estimate) fn words() -> impl Iterator<Item = &'static str> {
    TABLE.keys().map(String::as_str)
}

/// Prefix, and the factor it stands for.
pub(in crate::estimate) const PREFIXES_DECIMAL: &[(&str, f64)] =
    &[("", 1.0), ("K", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12), ("P", 1e15), ("E", 1e18), ("Z", 1e21)];

/// Prefix, and the factor it stands for.
pub(in crate::estimate) const PREFIXES_BINARY: &[(&str, f64)] = &[
    ("", 1.0),
    ("Ki", 1024.0),
    ("Mi", 1_048_576.0),
    ("Gi", 1_073_741_824.0),
    ("Ti", 1_099_511_627_776.0),
    ("Pi", 1_125_899_906_842_624.0),
    ("Ei", 1_152_921_504_606_846_976.0),
];

/// Symbol, other words, seconds.
const TIMES: &[(&str, &[&str], f64)] = &[
    ("ns", &["nanosecond", "nanoseconds"], 1e-9),
    ("µs", &["us", "μs", "microsecond", "microseconds"], 1e-6),
    ("ms", &["millisecond", "milliseconds"], 1e-3),
    ("s", &["sec", "secs", "second", "seconds"], 1.0),
    ("min", &["mins", "minute", "minutes"], 60.0),
    ("h", &["hr", "hrs", "hour", "hours"], 3600.0),
    ("day", &["days", "d"], 86_400.0),
    ("week", &["weeks", "wk"], 7.0 * 86_400.0),
    ("month", &["months"], 30.0 * 86_400.0),
    ("year", &["years", "yr", "yrs", "y"], 365.0 * 86_400.0),
];

/// Counted things: singular as it is printed, then every other word for it.
const COUNTS: &[(&str, &[&str])] = &[
    ("ad", &["ads"]),
    ("api_call", &["api_calls"]),
    ("article", &["articles"]),
    ("bucket", &["buckets"]),
    ("call", &["calls"]),
    ("card", &["cards"]),
    ("chunk", &["chunks"]),
    ("click", &["clicks"]),
    ("client", &["clients"]),
    ("comment", &["comments"]),
    ("connection", &["connections", "conn", "conns"]),
    ("consumer", &["consumers"]),
    ("copy", &["copies"]),
    ("core", &["cores"]),
    ("customer", &["customers"]),
    ("device", &["devices"]),
    ("disk", &["disks"]),
    ("doc", &["docs", "document", "documents"]),
    ("driver", &["drivers"]),
    ("edge", &["edges"]),
    ("email", &["emails", "mail", "mails"]),
    ("entry", &["entries"]),
    ("event", &["events"]),
    ("file", &["files"]),
    ("follower", &["followers"]),
    ("frame", &["frames"]),
    ("game", &["games"]),
    ("gpu", &["gpus", "GPU", "GPUs"]),
    ("host", &["hosts"]),
    ("id", &["ids"]),
    ("image", &["images"]),
    ("instance", &["instances"]),
    ("io", &["ios", "IO", "IOs"]),
    ("item", &["items"]),
    ("job", &["jobs"]),
    ("key", &["keys"]),
    ("like", &["likes"]),
    ("line", &["lines"]),
    ("link", &["links"]),
    ("machine", &["machines"]),
    ("metric", &["metrics"]),
    ("move", &["moves"]),
    ("msg", &["msgs", "message", "messages"]),
    ("node", &["nodes"]),
    ("notification", &["notifications"]),
    ("object", &["objects"]),
    ("op", &["ops", "operation", "operations"]),
    ("order", &["orders"]),
    ("packet", &["packets"]),
    ("page", &["pages"]),
    ("partition", &["partitions"]),
    ("payment", &["payments"]),
    ("person", &["people", "persons"]),
    ("photo", &["photos"]),
    ("ping", &["pings"]),
    ("player", &["players"]),
    ("point", &["points"]),
    ("post", &["posts"]),
    ("query", &["queries"]),
    ("read", &["reads"]),
    ("record", &["records"]),
    ("region", &["regions"]),
    ("replica", &["replicas"]),
    ("req", &["reqs", "request", "requests"]),
    ("room", &["rooms"]),
    ("row", &["rows"]),
    ("sample", &["samples"]),
    ("segment", &["segments"]),
    ("series", &["timeseries"]),
    ("server", &["servers"]),
    ("session", &["sessions"]),
    ("shard", &["shards"]),
    ("song", &["songs"]),
    ("stream", &["streams"]),
    ("symbol", &["symbols"]),
    ("task", &["tasks"]),
    ("thread", &["threads"]),
    ("token", &["tokens"]),
    ("track", &["tracks"]),
    ("trip", &["trips"]),
    ("tweet", &["tweets"]),
    ("txn", &["txns", "tx", "transaction", "transactions"]),
    ("update", &["updates"]),
    ("upload", &["uploads"]),
    ("url", &["urls", "URL", "URLs"]),
    ("user", &["users"]),
    ("video", &["videos"]),
    ("view", &["views"]),
    ("viewer", &["viewers"]),
    ("vnode", &["vnodes"]),
    ("worker", &["workers"]),
    ("write", &["writes"]),
    ("zone", &["zones"]),
];

/// A rate of counted things that has a name of its own.
const RATES: &[(&str, &str)] = &[
    ("QPS", "req"),
    ("qps", "req"),
    ("RPS", "req"),
    ("rps", "req"),
    ("TPS", "txn"),
    ("tps", "txn"),
    ("IOPS", "io"),
    ("iops", "io"),
];

static TABLE: LazyLock<HashMap<String, Unit>> = LazyLock::new(table);

fn table() -> HashMap<String, Unit> {
    let mut table = HashMap::new();
    let mut add = |words: &[String], unit: Unit| {
        for word in words {
            let before = table.insert(word.clone(), unit.clone());
            debug_assert!(before.is_none(), "the word `{word}` names two units");
        }
    };
    let percent = Atom { symbol: "%".into(), scale: 0.01, dimension: Dimension::PLAIN, family: Family::Other };
    add(&["%".into(), "percent".into()], Unit::of(Arc::new(percent)));
    let money = Dimension::of(Axis::Money, 1);
    let dollar = Atom { symbol: "$".into(), scale: 1.0, dimension: money, family: Family::Other };
    add(&["$".into(), "USD".into(), "dollar".into(), "dollars".into()], Unit::of(Arc::new(dollar)));

    let time = Dimension::of(Axis::Time, 1);
    for (symbol, aliases, seconds) in TIMES {
        let atom = Atom { symbol: (*symbol).into(), scale: *seconds, dimension: time.clone(), family: Family::Time };
        add(&spellings(symbol, aliases), Unit::of(Arc::new(atom)));
    }
    let second = unit_of_time();
    for (symbol, aliases) in COUNTS {
        add(&spellings(symbol, aliases), Unit::of(count(symbol)));
    }
    for (word, thing) in RATES {
        add(&[(*word).to_owned()], Unit::of(count(thing)).times(&second, -1));
    }
    for (words, unit) in information() {
        for (word, over_second) in words {
            let unit = if over_second { unit.clone().times(&second, -1) } else { unit.clone() };
            add(&[word], unit);
        }
    }
    table
}

fn spellings(symbol: &str, aliases: &[&str]) -> Vec<String> {
    std::iter::once(symbol).chain(aliases.iter().copied()).map(str::to_owned).collect()
}

fn unit_of_time() -> Unit {
    let time = Dimension::of(Axis::Time, 1);
    Unit::of(Arc::new(Atom { symbol: "s".into(), scale: 1.0, dimension: time, family: Family::Time }))
}

fn count(thing: &'static str) -> Arc<Atom> {
    let dimension = Dimension::of(Axis::Count(thing.into()), 1);
    Arc::new(Atom { symbol: thing.into(), scale: 1.0, dimension, family: Family::Other })
}

/// A word, and whether it means the unit per second (`Mbps`).
type Spelling = (String, bool);

/// Bits and bytes with every prefix. A bit is written `b`, `bit` or `bps`, a byte `B` or `Bps`.
fn information() -> Vec<(Vec<Spelling>, Unit)> {
    let mut units = Vec::new();
    for (prefixes, binary) in [(PREFIXES_DECIMAL, false), (PREFIXES_BINARY, true)] {
        // The unit without a prefix belongs to the decimal family.
        for (prefix, factor) in &prefixes[usize::from(binary)..] {
            for bits in [false, true] {
                let scale = factor * if bits { 1.0 } else { 8.0 };
                let symbol = symbol(prefix, bits);
                let dimension = Dimension::of(Axis::Information, 1);
                let family = Family::Information { bits, binary };
                let atom = Atom { symbol: symbol.into(), scale, dimension, family };
                units.push((information_spellings(prefix, bits), Unit::of(Arc::new(atom))));
            }
        }
    }
    units
}

/// As it is printed: `KB`, `GiB`, but `kbit`.
pub(in crate::estimate) fn symbol(prefix: &str, bits: bool) -> String {
    match (prefix, bits) {
        ("K", true) => "kbit".to_owned(),
        (_, true) => format!("{prefix}bit"),
        (_, false) => format!("{prefix}B"),
    }
}

fn information_spellings(prefix: &str, bits: bool) -> Vec<Spelling> {
    let long = match prefix {
        "" => Some(""),
        "K" => Some("kilo"),
        "M" => Some("mega"),
        "G" => Some("giga"),
        "T" => Some("tera"),
        "P" => Some("peta"),
        _ => None,
    };
    let mut words = Vec::new();
    let prefixes: &[&str] = if prefix == "K" { &["K", "k"] } else { &[prefix] };
    for prefix in prefixes {
        let letters: &[(&str, bool)] = if bits {
            &[("b", false), ("bit", false), ("bits", false), ("bps", true)]
        } else {
            &[("B", false), ("Bps", true)]
        };
        words.extend(letters.iter().map(|(letter, rate)| (format!("{prefix}{letter}"), *rate)));
    }
    if let Some(long) = long {
        let name = if bits { "bit" } else { "byte" };
        let plural = (format!("{long}{name}s"), false);
        let singular = (format!("{long}{name}"), false);
        words.extend(
            [singular, plural].into_iter().filter(|word| !(bits && long.is_empty() && word.0.starts_with("bit"))),
        );
    }
    words
}
