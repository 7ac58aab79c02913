//! What the lab asks, and what becomes of the answers.

use super::prompt::Question;
use super::setup::{Setup, Source};
use crate::sim::cache::Lifetime;
use crate::sim::run::Capacity;

/// Where requests come from.
pub(super) const WORKLOAD: Question = Question {
    title: "Workload",
    choices: &[
        ("zipf:1.0", "skewed as the web is: the k-th key in proportion to 1/k"),
        ("zipf:0.7", "less skewed: the cache needs more room"),
        ("zipf:1.3", "few keys take nearly all requests"),
        ("uniform", "every key alike"),
        ("loop:80", "80 keys in turn, for ever: LRU's worst case"),
        ("scan:400", "a quarter of every 400 requests reads cold keys in order"),
        ("shift:2000", "other keys are popular after every 2,000 requests"),
        ("bursts", "now and then one key takes every other request"),
        ("trace:FILE", "a recorded trace: text, CSV or oracleGeneral, also .zst"),
    ],
    check: |text| with_workload(&Setup::default(), text).map(drop),
};

/// How many objects fit.
pub(super) const CAPACITY: Question = Question {
    title: "Capacity",
    choices: &[
        ("8", "so small that every key is seen"),
        ("64", "objects"),
        ("200", "objects"),
        ("1%", "of the distinct keys"),
        ("10%", "of the distinct keys"),
        ("20%", "of the distinct keys: where 80 % of the requests may go"),
    ],
    check: |text| text.parse::<Capacity>().map(drop).map_err(|error| error.to_string()),
};

/// When entries expire.
pub(super) const EXPIRY: Question = Question {
    title: "Expiry",
    choices: &[
        ("never", "entries live until they are evicted"),
        ("100", "requests, then an entry is stale"),
        ("1000", "requests"),
        ("1000+200", "requests, and up to 200 more, drawn for each entry"),
    ],
    check: |text| lifetime(text).map(drop),
};

/// All at once.
pub(super) const OPTIONS: Question = Question {
    title: "All options, as the command line has them",
    choices: &[],
    check: |text| text.parse::<Setup>().map(drop).map_err(|error| error.to_string()),
};

/// What to write to a file.
pub(super) const EXPORT: Question = Question {
    title: "Export this run",
    choices: &[
        ("csv", "hit ratio over time, a row a moment, a column a policy"),
        ("json", "results, hit ratios over time and curves"),
        ("svg", "both charts as a picture"),
    ],
    check: |text| match text {
        "csv" | "json" | "svg" => Ok(()),
        _ => Err(format!("`{text}` cannot be written: there are csv, json and svg")),
    },
};

/// The set-up after an answer; none for a question that changes nothing.
pub(super) fn answered(setup: &Setup, title: &str, answer: &str) -> Option<Setup> {
    match title {
        _ if title == WORKLOAD.title => with_workload(setup, answer).ok(),
        _ if title == CAPACITY.title => Some(Setup { capacity: answer.parse().ok()?, ..setup.clone() }),
        _ if title == EXPIRY.title => Some(Setup { expiry: lifetime(answer).ok()?, ..setup.clone() }),
        _ if title == OPTIONS.title => answer.parse().ok(),
        _ => None,
    }
}

/// The workload as its question has it.
pub(super) fn workload_of(setup: &Setup) -> String {
    match &setup.source {
        Source::Drawn { workload, .. } => workload.to_string(),
        Source::Trace { path, .. } => format!("trace:{}", path.display()),
    }
}

/// The expiry as its question has it.
pub(super) fn expiry_of(setup: &Setup) -> String {
    match setup.expiry {
        None => "never".to_owned(),
        Some(Lifetime { base, jitter: 0 }) => base.to_string(),
        Some(Lifetime { base, jitter }) => format!("{base}+{jitter}"),
    }
}

fn with_workload(setup: &Setup, text: &str) -> Result<Setup, String> {
    let source = match text.strip_prefix("trace:") {
        Some(path) if std::path::Path::new(path.trim()).is_file() => {
            Source::Trace { path: path.trim().into(), format: None, column: None }
        }
        Some(path) => return Err(format!("there is no file {}", path.trim())),
        None => {
            let workload = text.parse().map_err(|error: crate::sim::workload::WorkloadError| error.to_string())?;
            match setup.source {
                Source::Drawn { objects, requests, .. } => Source::Drawn { workload, objects, requests },
                Source::Trace { .. } => Source::Drawn { workload, objects: 1000, requests: 50_000 },
            }
        }
    };
    Ok(Setup { source, ..setup.clone() })
}

fn lifetime(text: &str) -> Result<Option<Lifetime>, String> {
    if text == "never" {
        return Ok(None);
    }
    let (base, jitter) = text.split_once('+').unwrap_or((text, "0"));
    match (base.trim().parse(), jitter.trim().parse()) {
        (Ok(base), Ok(jitter)) if base > 0 => Ok(Some(Lifetime { base, jitter })),
        _ => Err(format!("`{text}` is not a lifetime: write never, a number of requests, or two with + between")),
    }
}
