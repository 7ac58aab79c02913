//! What the lab runs, as the command line writes it: one grammar for `sysdrill lab cache`, for routes and for the line that
//! reproduces what is on the screen.
//!
//! The text is that of the options of `sysdrill sim cache`, `--policy lru,arc --capacity 64 …`; a value with blanks stands in
//! single quotes, as a shell has it.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use crate::sim::cache::{Lifetime, find};
use crate::sim::run::{Capacity, Job, Latency};
use crate::sim::workload::Workload;

/// The most policies side by side.
pub const MOST_POLICIES: usize = 4;

/// Everything that decides what the lab shows at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Setup {
    /// Policies by id, at most [`MOST_POLICIES`].
    pub policies: Vec<String>,
    /// Of each of the caches.
    pub capacity: Capacity,
    /// Where the requests come from.
    pub source: Source,
    /// For all chance.
    pub seed: u64,
    /// Whether and when entries expire.
    pub expiry: Option<Lifetime>,
    /// What accesses cost.
    pub latency: Latency,
    /// How many requests are served at once when the lab opens.
    pub until: usize,
}

/// Where requests come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// Drawn from a workload.
    Drawn {
        /// The pattern.
        workload: Workload,
        /// Over so many objects.
        objects: u32,
        /// So many.
        requests: usize,
    },
    /// Read from a file.
    Trace {
        /// Which.
        path: PathBuf,
        /// Its format, where its name does not tell; as it is parsed.
        format: Option<String>,
        /// The column of the key; as it is parsed.
        column: Option<String>,
    },
}

impl Default for Setup {
    /// Small enough to watch, skewed as the web is.
    fn default() -> Self {
        Self {
            policies: vec!["lru".to_owned(), "arc".to_owned()],
            capacity: Capacity::Objects(64),
            source: Source::Drawn { workload: Workload::Zipf { alpha: 1.0 }, objects: 1000, requests: 50_000 },
            seed: 1,
            expiry: None,
            latency: Latency::default(),
            until: 0,
        }
    }
}

/// Why a text is no set-up.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SetupError(String);

impl Setup {
    /// What is run over the load.
    pub fn job(&self) -> Job {
        Job { policies: self.policies.clone(), capacities: vec![self.capacity], seed: self.seed, expiry: self.expiry }
    }

    /// The command that prints the numbers of a moment.
    pub fn command(&self, until: usize) -> String {
        format!("sysdrill sim cache {}", Self { until, ..self.clone() })
    }

    /// The set-up in a few words: `zipf:1.0 · 1,000 keys · cap 64`, with the given sign between.
    pub fn summary(&self, dot: &str) -> String {
        let grouped = crate::tui::widgets::text::grouped;
        let source = match &self.source {
            Source::Drawn { workload: workload @ Workload::Loop { .. }, .. } => workload.to_string(),
            Source::Drawn { workload, objects, .. } => {
                format!("{workload} {dot} {} keys", grouped(u64::from(*objects)))
            }
            Source::Trace { path, .. } => {
                path.file_name().map_or_else(|| "trace".to_owned(), |name| name.to_string_lossy().into_owned())
            }
        };
        let capacity = match self.capacity {
            Capacity::Objects(objects) => grouped(objects as u64),
            share @ Capacity::Percent(_) => share.to_string(),
        };
        let expiry = self.expiry.map(|lifetime| format!(" {dot} ttl {}", lifetime.base)).unwrap_or_default();
        format!("{source} {dot} cap {capacity}{expiry}")
    }

    fn set(&mut self, option: &str, value: &str, drawn: &mut Drawn) -> Result<(), SetupError> {
        let number = |what: &str| {
            value.parse::<u64>().map_err(|_| SetupError(format!("`{value}` is not {what}: write a whole number")))
        };
        let time = || {
            let parsed = value.parse::<f64>().ok().filter(|time| time.is_finite() && *time >= 0.0);
            parsed.ok_or_else(|| SetupError(format!("`{value}` is not a time in milliseconds")))
        };
        match option {
            "--policy" => self.policies = policies(value)?,
            "--capacity" => self.capacity = value.parse().map_err(says)?,
            "--trace" => drawn.trace = Some(PathBuf::from(value)),
            "--format" => {
                value.parse::<crate::sim::trace::Format>().map_err(says)?;
                drawn.format = Some(value.to_owned());
            }
            "--column" => drawn.column = Some(value.to_owned()),
            "--workload" => drawn.workload = Some(value.parse().map_err(says)?),
            "--objects" => {
                let objects = u32::try_from(number("a number of objects")?).ok().filter(|&objects| objects > 0);
                drawn.objects = Some(objects.ok_or_else(|| SetupError("--objects is at least 1".to_owned()))?);
            }
            "--requests" => drawn.requests = Some((number("a number of requests")? as usize).max(1)),
            "--ttl" => drawn.ttl = Some(number("a number of requests")?),
            "--ttl-jitter" => drawn.jitter = number("a number of requests")?,
            "--cache-ms" => self.latency.cache = time()?,
            "--database-ms" => self.latency.database = time()?,
            "--seed" => self.seed = number("a seed")?,
            "--until" => self.until = number("a number of requests")? as usize,
            _ => return Err(SetupError(format!("`{option}` is not an option: `sysdrill sim cache --help` has them"))),
        }
        Ok(())
    }
}

/// Options that only make sense together.
#[derive(Default)]
struct Drawn {
    workload: Option<Workload>,
    objects: Option<u32>,
    requests: Option<usize>,
    trace: Option<PathBuf>,
    format: Option<String>,
    column: Option<String>,
    ttl: Option<u64>,
    jitter: u64,
}

/// One policy to [`MOST_POLICIES`], each once and known.
fn policies(text: &str) -> Result<Vec<String>, SetupError> {
    let names: Vec<String> = text.split(',').map(|name| name.trim().to_owned()).collect();
    for (place, name) in names.iter().enumerate() {
        find(name).map_err(says)?;
        if names[..place].contains(name) {
            return Err(SetupError(format!("`{name}` is there twice")));
        }
    }
    if names.len() > MOST_POLICIES {
        return Err(SetupError(format!("side by side are at most {MOST_POLICIES} policies: compare has all")));
    }
    Ok(names)
}

fn says(error: impl fmt::Display) -> SetupError {
    SetupError(error.to_string())
}

impl FromStr for Setup {
    type Err = SetupError;

    fn from_str(text: &str) -> Result<Self, SetupError> {
        let mut setup = Self::default();
        let mut drawn = Drawn::default();
        let mut words = words(text)?.into_iter();
        while let Some(option) = words.next() {
            let value = words.next().ok_or_else(|| SetupError(format!("`{option}` needs a value")))?;
            setup.set(&option, &value, &mut drawn)?;
        }
        setup.expiry = drawn.ttl.map(|base| Lifetime { base, jitter: drawn.jitter });
        setup.source = match (drawn.trace, Self::default().source) {
            (Some(_), _) if drawn.workload.is_some() => {
                return Err(SetupError("requests come either from --trace or from --workload".to_owned()));
            }
            (Some(path), _) => Source::Trace { path, format: drawn.format, column: drawn.column },
            (None, Source::Drawn { workload, objects, requests }) => Source::Drawn {
                workload: drawn.workload.unwrap_or(workload),
                objects: drawn.objects.unwrap_or(objects),
                requests: drawn.requests.unwrap_or(requests),
            },
            (None, trace) => trace,
        };
        Ok(setup)
    }
}

impl fmt::Display for Setup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "--policy {} --capacity {}", self.policies.join(","), self.capacity)?;
        match &self.source {
            Source::Drawn { workload, objects, requests } => {
                write!(f, " --workload {workload} --objects {objects} --requests {requests}")?;
            }
            Source::Trace { path, format, column } => {
                write!(f, " --trace {}", quoted(&path.to_string_lossy()))?;
                for (option, value) in [("format", format), ("column", column)] {
                    if let Some(value) = value {
                        write!(f, " --{option} {}", quoted(value))?;
                    }
                }
            }
        }
        write!(f, " --seed {}", self.seed)?;
        if let Some(Lifetime { base, jitter }) = self.expiry {
            write!(f, " --ttl {base} --ttl-jitter {jitter}")?;
        }
        let usual = Latency::default();
        if self.latency != usual {
            write!(f, " --cache-ms {} --database-ms {}", self.latency.cache, self.latency.database)?;
        }
        if self.until > 0 {
            write!(f, " --until {}", self.until)?;
        }
        Ok(())
    }
}

/// Splits a text at blanks outside of single quotes.
fn words(text: &str) -> Result<Vec<String>, SetupError> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '\'' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            c if c.is_whitespace() && !quoted => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    if quoted {
        return Err(SetupError("a quote is not closed".to_owned()));
    }
    words.extend(word);
    Ok(words)
}

/// A value as a shell reads it back.
fn quoted(value: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:,%+=@".contains(c);
    if !value.is_empty() && value.chars().all(plain) {
        return value.to_owned();
    }
    format!("'{}'", value.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, change: impl Fn(&mut Setup)) {
        let mut wanted = Setup::default();
        change(&mut wanted);
        let read: Setup = text.parse().expect("a set-up");
        assert_eq!(read, wanted);
        assert_eq!(read.to_string().parse(), Ok(wanted), "what is written is what is read: {read}");
    }

    #[test]
    fn a_set_up_is_read_and_written_as_options() {
        check("", |_| {});
        check("--policy lru,s3-fifo --capacity 1%", |setup| {
            setup.policies = vec!["lru".to_owned(), "s3-fifo".to_owned()];
            setup.capacity = Capacity::Percent(1.0);
        });
        check("--workload loop:100 --requests 500 --ttl 50", |setup| {
            let workload = Workload::Loop { objects: 100 };
            setup.source = Source::Drawn { workload, objects: 1000, requests: 500 };
            setup.expiry = Some(Lifetime { base: 50, jitter: 0 });
        });
        check("--trace '/tmp/my trace.csv' --column url --until 7 --database-ms 2.5", |setup| {
            let path = PathBuf::from("/tmp/my trace.csv");
            setup.source = Source::Trace { path, format: None, column: Some("url".to_owned()) };
            setup.until = 7;
            setup.latency.database = 2.5;
        });
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_a_reason() {
        let refused = |text: &str| text.parse::<Setup>().expect_err(text).to_string();
        assert!(refused("--policy lrx").contains("did you mean `lru`?"));
        assert!(refused("--policy lru,lru").contains("twice"));
        assert!(refused("--policy lru,arc,2q,fifo,opt").contains("at most 4"));
        assert!(refused("--capacity 0").contains("is not a capacity"));
        assert!(refused("--objects 0").contains("at least 1"));
        assert!(refused("--policy").contains("needs a value"));
        assert!(refused("--speed 9").contains("is not an option"));
        assert!(refused("--trace a --workload uniform").contains("either"));
        assert!(refused("--trace 'a").contains("not closed"));
    }
}
