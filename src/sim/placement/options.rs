//! Parameters as a command line writes them, and back.
//!
//! One table names the options, so that `sysdrill sim hash`, `sysdrill lab hash`, a link to the lab and the command line that
//! the lab shows all mean the same. Start reading at [`Options`].

use std::fmt;
use std::str::FromStr;

use super::error::PlacementError;
use super::hash::Hash;
use super::node::NodeId;
use super::run::{Chosen, Earlier, KeySource, Params};
use super::scheme::Operation;

/// Parameters with the file that the keys come from, if they come from one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// The parameters. Where there is a file, whoever may read it puts its lines in as [`KeySource::Given`].
    pub params: Params,
    /// A key a line.
    pub key_file: Option<String>,
}

/// Every option, without its dashes, in the order in which they are written.
pub const OPTIONS: &[&str] = &[
    "scheme", "nodes", "before", "add", "remove", "operate", "vnodes", "keys", "prefix", "key-file", "hash", "weights",
    "epsilon", "probes", "replicas", "fail", "hot", "hot-key", "salt", "zipf", "latest", "scan", "values", "per-key",
    "rate", "network", "seed",
];

/// Why a text is no set of options.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum OptionsError {
    /// There is no such option.
    #[error("`{word}` is not an option: there are --{}", OPTIONS.join(", --"))]
    Unknown {
        /// As it was given.
        word: String,
    },
    /// The option's value is missing.
    #[error("--{0} needs a value")]
    Missing(String),
    /// The value cannot be read.
    #[error("--{name} {value}: {wanted}")]
    Unreadable {
        /// The option.
        name: String,
        /// As it was given.
        value: String,
        /// What is wanted.
        wanted: &'static str,
    },
    /// The engine refuses it.
    #[error(transparent)]
    Refused(#[from] PlacementError),
}

impl Options {
    /// Sets one option from its text.
    ///
    /// # Errors
    /// If there is none of that name, or the value cannot be read.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), OptionsError> {
        let params = &mut self.params;
        let number = || count(name, value);
        match name {
            "scheme" => params.schemes = list(value),
            "nodes" => params.nodes = number()?,
            "before" => params.before = earlier(name, value)?,
            "add" => params.add = number()?,
            "remove" => params.remove = chosen(value),
            "operate" => {
                let operations = list(value).into_iter().map(|text| operation(name, value, &text));
                params.operate = operations.collect::<Result<_, _>>()?;
            }
            "vnodes" => params.setting.vnodes = read(name, value, "a whole number up to 4 billion")?,
            "keys" => {
                let count = number()?;
                params.keys = match &params.keys {
                    KeySource::Numbered(prefix, _) => KeySource::Numbered(prefix.clone(), count),
                    KeySource::Drawn(_) | KeySource::Given(_) => KeySource::Drawn(count),
                };
            }
            "prefix" => {
                let count = match &params.keys {
                    KeySource::Drawn(count) | KeySource::Numbered(_, count) => *count,
                    KeySource::Given(names) => names.len(),
                };
                params.keys = KeySource::Numbered(value.to_owned(), count);
            }
            "key-file" => self.key_file = Some(value.to_owned()),
            "hash" => params.setting.hash = value.parse::<Hash>()?,
            "weights" => {
                let weights = value.split(',').map(|weight| read(name, weight.trim(), "numbers between commas"));
                params.weights = weights.collect::<Result<_, _>>()?;
            }
            "epsilon" => params.setting.epsilon = read(name, value, "a number such as 0.25")?,
            "probes" => params.setting.probes = read(name, value, "a whole number")?,
            "replicas" => params.replicas = number()?,
            "fail" => params.fail = chosen(value),
            "hot" => params.hot = share(name, value)?,
            "hot-key" => params.hot_key = Some(value.to_owned()),
            "salt" => params.salt = number()?,
            "zipf" => params.zipf = amount(name, value, "a number such as 1.1")?,
            "latest" => params.latest = amount(name, value, "a number such as 1")?,
            "scan" => params.scan = number()?,
            "values" => params.values = number()?,
            "per-key" => params.haul.per_key = value.to_owned(),
            "rate" => params.haul.rate = value.to_owned(),
            "network" => params.haul.network = value.to_owned(),
            "seed" => params.seed = read(name, value, "a whole number")?,
            _ => return Err(unknown(format!("--{name}"))),
        }
        Ok(())
    }

    /// What an option is set to, as text; `None` where it is left at its default. The seed is always told.
    pub fn get(&self, name: &str) -> Option<String> {
        let (own, usual) = (self.text_of(name), Self::default().text_of(name));
        (own != usual || name == "seed").then_some(own).flatten()
    }

    fn text_of(&self, name: &str) -> Option<String> {
        let Params { setting, haul, .. } = &self.params;
        let params = &self.params;
        Some(match name {
            "scheme" => params.schemes.join(","),
            "nodes" => params.nodes.to_string(),
            "before" => params.before.iter().map(ToString::to_string).collect::<Vec<_>>().join(","),
            "add" => params.add.to_string(),
            "remove" => params.remove.to_string(),
            "operate" => params.operate.iter().map(ToString::to_string).collect::<Vec<_>>().join(","),
            "vnodes" => setting.vnodes.to_string(),
            "keys" => match &params.keys {
                KeySource::Drawn(count) | KeySource::Numbered(_, count) => count.to_string(),
                KeySource::Given(_) => return None,
            },
            "prefix" => match &params.keys {
                KeySource::Numbered(prefix, _) => prefix.clone(),
                KeySource::Drawn(_) | KeySource::Given(_) => return None,
            },
            "key-file" => return self.key_file.clone(),
            "hash" => setting.hash.id().to_owned(),
            "weights" => params.weights.iter().map(ToString::to_string).collect::<Vec<_>>().join(","),
            "epsilon" => setting.epsilon.to_string(),
            "probes" => setting.probes.to_string(),
            "replicas" => params.replicas.to_string(),
            "fail" => params.fail.to_string(),
            "hot" => params.hot.to_string(),
            "hot-key" => return params.hot_key.clone(),
            "salt" => params.salt.to_string(),
            "zipf" => params.zipf.to_string(),
            "latest" => params.latest.to_string(),
            "scan" => params.scan.to_string(),
            "values" => params.values.to_string(),
            "per-key" => haul.per_key.clone(),
            "rate" => haul.rate.clone(),
            "network" => haul.network.clone(),
            "seed" => params.seed.to_string(),
            _ => return None,
        })
    }
}

impl fmt::Display for Options {
    /// The options that differ from the defaults, as a shell reads them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut blank = "";
        for name in OPTIONS {
            let Some(value) = self.get(name) else { continue };
            // A value that begins with a dash would be taken for an option.
            let joint = if value.starts_with('-') { "=" } else { " " };
            write!(f, "{blank}--{name}{joint}{}", quoted(&value))?;
            blank = " ";
        }
        Ok(())
    }
}

impl FromStr for Options {
    type Err = OptionsError;

    fn from_str(text: &str) -> Result<Self, OptionsError> {
        let mut options = Self::default();
        let mut words = words(text).into_iter();
        while let Some(word) = words.next() {
            let name = word.strip_prefix("--").ok_or_else(|| unknown(word.clone()))?;
            match name.split_once('=') {
                Some((name, value)) => options.set(name, value)?,
                None if !OPTIONS.contains(&name) => return Err(unknown(word)),
                None => {
                    let value = words.next().ok_or_else(|| OptionsError::Missing(name.to_owned()))?;
                    options.set(name, &value)?;
                }
            }
        }
        Ok(options)
    }
}

impl fmt::Display for Chosen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Some(count) => count.fmt(f),
            Self::Named(names) => f.write_str(&names.join(",")),
        }
    }
}

impl fmt::Display for Earlier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Joined => f.write_str("+"),
            Self::Left(name) => write!(f, "-{name}"),
            Self::Operated(operation) => operation.fmt(f),
        }
    }
}

impl fmt::Display for Operation {
    /// `split:3` cuts range 3, `move:4:n2` gives piece 4 to n2.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Split { range } => write!(f, "split:{range}"),
            Self::Move { piece, to } => write!(f, "move:{piece}:{to}"),
        }
    }
}

fn operation(name: &str, value: &str, text: &str) -> Result<Operation, OptionsError> {
    let refuse = || unreadable(name, value, "pieces to split or to move, such as split:3 or move:4:n2");
    let node = |text: &str| {
        let number: u16 = text.strip_prefix('n')?.parse().ok()?;
        number.checked_sub(1).map(NodeId)
    };
    match text.split(':').collect::<Vec<_>>().as_slice() {
        ["split", range] => Ok(Operation::Split { range: range.parse().map_err(|_| refuse())? }),
        ["move", piece, to] => {
            let piece = piece.parse().map_err(|_| refuse())?;
            Ok(Operation::Move { piece, to: node(to).ok_or_else(refuse)? })
        }
        _ => Err(refuse()),
    }
}

/// A number, or names between commas.
fn chosen(value: &str) -> Chosen {
    value.parse().map_or_else(|_| Chosen::Named(list(value)), Chosen::Some)
}

fn earlier(name: &str, value: &str) -> Result<Vec<Earlier>, OptionsError> {
    let step = |text: &str| match (text, text.strip_prefix('-')) {
        ("+", _) => Ok(Earlier::Joined),
        (_, Some(node)) if !node.is_empty() => Ok(Earlier::Left(node.to_owned())),
        (_, None) if text.contains(':') => operation(name, value, text).map(Earlier::Operated),
        _ => Err(unreadable(name, value, "what changed before, such as +,-n2 for a node more and one less")),
    };
    value.split(',').map(str::trim).filter(|text| !text.is_empty()).map(step).collect()
}

fn list(value: &str) -> Vec<String> {
    value.split(',').map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned).collect()
}

/// A count, also written 10k or 2M.
fn count(name: &str, value: &str) -> Result<usize, OptionsError> {
    let plain = value.replace(['_', ','], "");
    let (digits, factor) = match plain.as_bytes().last() {
        Some(b'k' | b'K') => (&plain[..plain.len() - 1], 1_000),
        Some(b'M') => (&plain[..plain.len() - 1], 1_000_000),
        _ => (plain.as_str(), 1),
    };
    let number = digits.parse::<usize>().ok().and_then(|number| number.checked_mul(factor));
    number.ok_or_else(|| unreadable(name, value, "a whole number, 0 or more, such as 12 or 100k"))
}

/// A share, also in per cent.
fn share(name: &str, value: &str) -> Result<f64, OptionsError> {
    const WANTED: &str = "a share such as 0.2 or 20%";
    let share: f64 = match value.strip_suffix('%') {
        Some(percent) => read::<f64>(name, percent.trim(), WANTED)? / 100.0,
        None => read(name, value, WANTED)?,
    };
    if (0.0..=1.0).contains(&share) { Ok(share) } else { Err(unreadable(name, value, WANTED)) }
}

/// A number of at least zero.
fn amount(name: &str, value: &str, wanted: &'static str) -> Result<f64, OptionsError> {
    let amount: f64 = read(name, value, wanted)?;
    if amount >= 0.0 && amount.is_finite() { Ok(amount) } else { Err(unreadable(name, value, wanted)) }
}

fn read<T: FromStr>(name: &str, value: &str, wanted: &'static str) -> Result<T, OptionsError> {
    value.parse().map_err(|_| unreadable(name, value, wanted))
}

fn unknown(word: String) -> OptionsError {
    OptionsError::Unknown { word }
}

fn unreadable(name: &str, value: &str, wanted: &'static str) -> OptionsError {
    OptionsError::Unreadable { name: name.to_owned(), value: value.to_owned(), wanted }
}

/// Quoted for a shell where it needs to be.
fn quoted(value: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_+.,:/=@%".contains(c);
    if !value.is_empty() && value.chars().all(is_plain) {
        return value.to_owned();
    }
    format!("'{}'", value.replace('\'', "'\\''"))
}

/// The words of a command line, as a shell splits them: blanks, single quotes and backslashes.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let (mut is_quoted, mut chars) = (false, text.chars());
    while let Some(c) = chars.next() {
        match c {
            '\'' => {
                is_quoted = !is_quoted;
                word.get_or_insert_default();
            }
            '\\' if !is_quoted => word.get_or_insert_default().extend(chars.next()),
            c if c.is_whitespace() && !is_quoted => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, written: &str) {
        let options: Options = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(options.to_string(), written);
        assert_eq!(written.parse(), Ok(options), "what is written reads back");
    }

    #[test]
    fn options_are_written_as_they_are_read() {
        check("", "--seed 1");
        check("--seed 7 --scheme ring,modulo --nodes=5", "--scheme ring,modulo --nodes 5 --seed 7");
        check("--keys 10k --prefix user:", "--keys 10000 --prefix user: --seed 1");
        check("--prefix user: --keys 10k", "--keys 10000 --prefix user: --seed 1");
        check("--before -n2,+ --remove n3,n4 --hot 20%", "--before=-n2,+ --remove n3,n4 --hot 0.2 --seed 1");
        check("--before split:1,+ --operate move:2:n3", "--before split:1,+ --operate move:2:n3 --seed 1");
        check("--weights 1,2,0.5 --hash md5 --fail n1", "--hash md5 --weights 1,2,0.5 --fail n1 --seed 1");
        check("--rate '80 MB/s' --hot-key 'it'\\''s'", "--hot-key 'it'\\''s' --rate '80 MB/s' --seed 1");
        check("--key-file a/b.txt --replicas 3", "--key-file a/b.txt --replicas 3 --seed 1");
    }

    #[test]
    fn every_option_is_set_and_told() {
        for name in OPTIONS {
            let value = match *name {
                "hash" => "crc16",
                "before" => "+",
                "operate" => "split:1,move:2:n3",
                "hot" => "0.3",
                _ => "3",
            };
            let mut options = Options::default();
            options.set(name, value).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(options.get(name).as_deref(), Some(value), "{name}");
        }
    }

    #[test]
    fn what_cannot_be_read_says_what_is_wanted() {
        let refused = |text: &str, says: &str| {
            let error = text.parse::<Options>().expect_err(text).to_string();
            assert!(error.contains(says), "{error}");
        };
        refused("--nods 3", "`--nods` is not an option");
        refused("nodes 3", "is not an option");
        refused("--nodes", "needs a value");
        refused("--nodes -1", "a whole number, 0 or more");
        refused("--keys 99999999999999999999", "a whole number");
        refused("--before n2", "such as +,-n2");
        refused("--operate move:2", "such as split:3");
        refused("--operate move:2:n0", "such as split:3");
        refused("--hash xxh4", "did you mean `xxh3`?");
        refused("--hot many", "a share such as");
    }
}
