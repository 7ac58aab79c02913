//! How a key turns a parameter, along a short list of values worth seeing.

use crate::sim::placement::{Hash, Haul, KeySource, NodeId, Options};

use super::keys::Command;
use super::scene::Scene;

const VIRTUAL_NODES: [u32; 10] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
const HOT: [f64; 5] = [0.1, 0.3, 0.5, 0.9, 0.0];
const SALTS: [usize; 6] = [2, 4, 8, 16, 32, 1];
const WEIGHTS: [f64; 4] = [2.0, 4.0, 0.5, 1.0];
const SCANS: [usize; 4] = [10, 100, 1000, 10_000];
/// The fewest and the most keys that the lab draws.
const KEYS: (usize, usize) = (100, 1_000_000);

/// The parameters after a command; none where it has nothing to turn.
pub(super) fn turned(scene: &Scene, selected: Option<NodeId>, command: Command) -> Option<Options> {
    let mut options = scene.options.clone();
    let params = &mut options.params;
    match command {
        Command::VirtualNodes(by) => {
            let next = along(&VIRTUAL_NODES, params.setting.vnodes, by)?;
            params.setting.vnodes = next;
        }
        Command::Hot => {
            params.hot = after(&HOT, params.hot);
            (params.zipf, params.latest) = (0.0, 0.0);
            if params.hot == 0.0 {
                params.salt = 1;
            }
        }
        Command::Salt => params.salt = after(&SALTS, params.salt),
        Command::Replicas(by) => {
            let most = scene.nodes().len().min(9);
            let next = params.replicas.saturating_add_signed(by).clamp(1, most);
            if next == params.replicas {
                return None;
            }
            params.replicas = next;
        }
        Command::Weight => {
            let node = selected?.index();
            let beyond = (node + 1).saturating_sub(params.weights.len());
            params.weights.extend(std::iter::repeat_n(1.0, beyond));
            params.weights[node] = after(&WEIGHTS, params.weights[node]);
            while params.weights.last() == Some(&1.0) {
                params.weights.pop();
            }
        }
        Command::Hash => {
            let at = Hash::ALL.iter().position(|hash| *hash == params.setting.hash).unwrap_or(0);
            params.setting.hash = Hash::ALL[(at + 1) % Hash::ALL.len()];
        }
        Command::Keys(by) => {
            let count = scene.key_count();
            let next = if by > 0 { count.saturating_mul(10).min(KEYS.1) } else { (count / 10).max(KEYS.0) };
            if next == count {
                return None;
            }
            params.keys = match &params.keys {
                KeySource::Numbered(prefix, _) => KeySource::Numbered(prefix.clone(), next),
                KeySource::Drawn(_) | KeySource::Given(_) => KeySource::Drawn(next),
            };
            params.hot_key = None;
        }
        Command::Names => {
            params.keys = match &params.keys {
                KeySource::Numbered(_, count) => KeySource::Drawn(*count),
                KeySource::Drawn(count) => KeySource::Numbered("id:".to_owned(), *count),
                KeySource::Given(_) => return None,
            };
            params.hot_key = None;
        }
        Command::Popularity => {
            (params.zipf, params.latest) = match (params.zipf > 0.0, params.latest > 0.0) {
                (false, false) => (1.0, 0.0),
                (true, _) => (0.0, 1.0),
                (false, true) => (0.0, 0.0),
            };
            (params.hot, params.salt) = (0.0, 1);
        }
        Command::Scan => params.scan = after(&SCANS, params.scan),
        _ => return None,
    }
    Some(options)
}

/// The value behind one in a list that goes round; the first where it is not in it.
fn after<T: Copy + PartialEq>(values: &[T], value: T) -> T {
    let at = values.iter().position(|other| *other == value);
    values[at.map_or(0, |at| (at + 1) % values.len())]
}

/// The next greater or smaller value of an ascending list.
fn along(values: &[u32], value: u32, by: isize) -> Option<u32> {
    if by > 0 {
        values.iter().copied().find(|other| *other > value)
    } else {
        values.iter().copied().rev().find(|other| *other < value)
    }
}

/// Data a key, rate and network between commas.
pub(super) fn haul(text: &str) -> Result<Haul, String> {
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    match parts.as_slice() {
        [per_key, rate, network] if parts.iter().all(|part| !part.is_empty()) => {
            Ok(Haul { per_key: (*per_key).to_owned(), rate: (*rate).to_owned(), network: (*network).to_owned() })
        }
        _ => Err("Write three values between commas, such as `1 MB, 50 MB/s, 10 Gbit/s`.".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knobs_go_round_or_stop_at_their_ends() {
        assert_eq!([1, 8, 7].map(|salt| after(&SALTS, salt)), [2, 16, 2]);
        assert_eq!(along(&VIRTUAL_NODES, 100, 1), Some(200));
        assert_eq!(along(&VIRTUAL_NODES, 3, -1), Some(2));
        assert_eq!(along(&VIRTUAL_NODES, 1, -1), None);
        assert_eq!(along(&VIRTUAL_NODES, 5000, 1), None);
    }

    #[test]
    fn a_haul_is_three_values() {
        let read = haul("2 TB, 80 MB/s,1 Gbit/s").expect("three values");
        assert_eq!((read.per_key.as_str(), read.rate.as_str(), read.network.as_str()), ("2 TB", "80 MB/s", "1 Gbit/s"));
        assert!(haul("2 TB").is_err() && haul(",,").is_err());
    }
}
