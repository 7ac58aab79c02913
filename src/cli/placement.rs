//! The options that say how keys are placed, shared by `sim hash` and `lab hash`.
//!
//! They are read by the engine's own table, so that the lab and the command line cannot differ.

use std::path::Path;

use super::failure::Failure;
use super::input;
use crate::sim::placement::{KeySource, MOST_KEY_BYTES, OPTIONS, Options, SCHEMES};

/// How keys are placed.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct Placement {
    /// Schemes, between commas; `all` takes every one (`sysdrill list schemes`) [default: ring]
    #[arg(long, value_name = "NAMES")]
    scheme: Option<String>,
    /// Nodes at first, named n1, n2 and so on [default: 10]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    nodes: Option<String>,
    /// What changed before, one by one: `+` a node joined, `-n2` n2 left, or as in --operate [example: --before=+,-n2]
    #[arg(long, value_name = "CHANGES", allow_hyphen_values = true)]
    before: Option<String>,
    /// Nodes that join
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    add: Option<String>,
    /// Nodes that then leave: so many, or these by name
    #[arg(long, value_name = "N|NAMES", allow_negative_numbers = true)]
    remove: Option<String>,
    /// Pieces that are then split or moved by hand [example: split:3,move:4:n2]
    #[arg(long, value_name = "PIECES")]
    operate: Option<String>,
    /// Virtual nodes of a node of weight 1 on a ring [default: 100]
    #[arg(long, value_name = "V", allow_negative_numbers = true)]
    vnodes: Option<String>,
    /// Keys, drawn by the seed: 20000, 20k or 1M [default: 100k]
    #[arg(long, value_name = "K", allow_negative_numbers = true)]
    keys: Option<String>,
    /// Name the keys by this and an ascending number instead
    #[arg(long, value_name = "TEXT", conflicts_with = "key_file")]
    prefix: Option<String>,
    /// Take the keys from a file, one a line; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "keys")]
    key_file: Option<String>,
    /// The hash: xxh3, fnv1a, crc16 or md5 (ketama's points) [default: xxh3]
    #[arg(long, value_name = "NAME")]
    hash: Option<String>,
    /// Capacities of the nodes in turn, between commas; 1 beyond [example: 1,1,2]
    #[arg(long, value_name = "WEIGHTS", allow_negative_numbers = true)]
    weights: Option<String>,
    /// How far above its share a bounded ring fills a node [default: 0.25]
    #[arg(long, value_name = "E", allow_negative_numbers = true)]
    epsilon: Option<String>,
    /// Probes of a key, of multiprobe [default: 21]
    #[arg(long, value_name = "K", allow_negative_numbers = true)]
    probes: Option<String>,
    /// Copies of each key, on distinct nodes [default: 1]
    #[arg(long, value_name = "R", allow_negative_numbers = true)]
    replicas: Option<String>,
    /// Nodes that fail at once after the change: so many, or these by name
    #[arg(long, value_name = "N|NAMES", allow_negative_numbers = true)]
    fail: Option<String>,
    /// The share of all requests that one key gets: 0.2 or 20%
    #[arg(long, value_name = "SHARE", allow_negative_numbers = true)]
    hot: Option<String>,
    /// Which key that is [default: the first]
    #[arg(long, value_name = "KEY", requires = "hot")]
    hot_key: Option<String>,
    /// Write the hot key under so many names
    #[arg(long, value_name = "S", requires = "hot", allow_negative_numbers = true)]
    salt: Option<String>,
    /// Requests follow a zipf with this exponent
    #[arg(long, value_name = "ALPHA", conflicts_with = "hot", allow_negative_numbers = true)]
    zipf: Option<String>,
    /// … whose most popular keys are the last in order, the newest
    #[arg(long, value_name = "ALPHA", conflicts_with_all = ["hot", "zipf"], allow_negative_numbers = true)]
    latest: Option<String>,
    /// Neighbouring keys that a scan reads [default: 100]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    scan: Option<String>,
    /// Values of the attribute that a secondary index looks up [default: 1000]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    values: Option<String>,
    /// Data of a key [default: 1 MB]
    #[arg(long, value_name = "SIZE")]
    per_key: Option<String>,
    /// What a node may spend on moving data [default: 50 MB/s]
    #[arg(long, value_name = "RATE")]
    rate: Option<String>,
    /// What a node's network carries [default: 10 Gbit/s]
    #[arg(long, value_name = "RATE")]
    network: Option<String>,
}

impl Placement {
    /// The options with the given seed, the keys of a file not yet read.
    pub(super) fn options(&self, seed: u64) -> Result<Options, Failure> {
        let mut options = Options::default();
        for name in OPTIONS {
            if let Some(value) = self.value(name) {
                let value = if *name == "scheme" && value == "all" { all() } else { value.clone() };
                options.set(name, &value).map_err(|error| Failure::Cannot(error.to_string()))?;
            }
        }
        options.params.seed = seed;
        Ok(options)
    }

    fn value(&self, name: &str) -> Option<&String> {
        match name {
            "scheme" => &self.scheme,
            "nodes" => &self.nodes,
            "before" => &self.before,
            "add" => &self.add,
            "remove" => &self.remove,
            "operate" => &self.operate,
            "vnodes" => &self.vnodes,
            "keys" => &self.keys,
            "prefix" => &self.prefix,
            "key-file" => &self.key_file,
            "hash" => &self.hash,
            "weights" => &self.weights,
            "epsilon" => &self.epsilon,
            "probes" => &self.probes,
            "replicas" => &self.replicas,
            "fail" => &self.fail,
            "hot" => &self.hot,
            "hot-key" => &self.hot_key,
            "salt" => &self.salt,
            "zipf" => &self.zipf,
            "latest" => &self.latest,
            "scan" => &self.scan,
            "values" => &self.values,
            "per-key" => &self.per_key,
            "rate" => &self.rate,
            "network" => &self.network,
            _ => return None,
        }
        .as_ref()
    }
}

fn all() -> String {
    SCHEMES.iter().map(|scheme| scheme.about.id).collect::<Vec<_>>().join(",")
}

/// Puts the lines of the named file in as keys, if one is named.
pub(super) fn read_keys(options: &mut Options) -> Result<(), Failure> {
    let Some(file) = &options.key_file else { return Ok(()) };
    let text = input::read(Path::new(file), MOST_KEY_BYTES)
        .map_err(|error| Failure::cannot(format!("The keys {file} cannot be read"), error))?;
    options.params.keys = KeySource::lines(&text);
    Ok(())
}

#[cfg(test)]
mod tests {
    use clap::{Args, CommandFactory, FromArgMatches};

    use super::*;

    #[derive(Debug, clap::Parser)]
    struct Whole {
        #[command(flatten)]
        placement: Placement,
    }

    #[test]
    fn every_option_of_the_engine_is_one_of_the_command_line() {
        let known: Vec<String> = Whole::command().get_arguments().map(|one| one.get_id().to_string()).collect();
        for name in OPTIONS.iter().filter(|name| **name != "seed") {
            assert!(known.contains(&name.replace('-', "_")), "--{name}");
        }
    }

    #[test]
    fn what_the_lab_writes_is_what_the_command_line_reads() {
        let text =
            "--scheme ring,range --nodes 5 --before=-n2,+ --add 1 --vnodes 7 --keys 2000 --hot 0.5 --salt 4 --seed 9";
        let words = std::iter::once("sysdrill").chain(text.split(' '));
        let command = Placement::augment_args(clap::Command::new("sysdrill"));
        let command = command.arg(clap::Arg::new("seed").long("seed"));
        let matches = command.try_get_matches_from(words).expect("it is understood");
        let placement = Placement::from_arg_matches(&matches).expect("it is understood");
        assert_eq!(placement.options(9).expect("it can be read").to_string(), text);
    }
}
