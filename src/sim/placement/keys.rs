//! Keys, and what each scheme sees of them.
//!
//! A set of distinct keys in the order of their names. Start reading at [`Keys::positions`].

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::error::{MOST_KEYS, PlacementError};
use super::hash::{Position, crc16};
use super::scheme::{Sees, Setting};
use crate::rng;

/// How many slots Redis Cluster has.
pub const SLOTS: usize = 16_384;

/// A key's number: its place in the order of names, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KeyId(pub u32);

impl KeyId {
    /// As an index into tables by key.
    #[inline]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A set of distinct keys, ascending.
#[derive(Clone, Debug)]
pub struct Keys(Names);

#[derive(Clone, Debug)]
enum Names {
    /// Drawn by a seed; the name is the number in 16 hexadecimal digits, so that both orders agree.
    Drawn(Vec<u64>),
    /// Given as text: all names in one, and where each ends.
    Given { text: String, ends: Vec<u32> },
}

impl Keys {
    /// `count` keys drawn by a seed.
    ///
    /// # Errors
    /// If there would be none or too many.
    pub fn drawn(count: usize, seed: u64) -> Result<Self, PlacementError> {
        within_limits(count)?;
        let mut stream = rng::stream(seed, "keys");
        let mut ids: Vec<u64> = (0..count).map(|_| stream.next_u64()).collect();
        ids.sort_unstable();
        ids.dedup();
        while ids.len() < count {
            ids.push(stream.next_u64());
            ids.sort_unstable();
            ids.dedup();
        }
        Ok(Self(Names::Drawn(ids)))
    }

    /// Keys of these names; a name that comes twice is one key.
    ///
    /// # Errors
    /// If there are none or too many.
    pub fn given<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> Result<Self, PlacementError> {
        let mut names: Vec<T> = names.into_iter().collect();
        within_limits(names.len())?;
        names.sort_unstable_by(|a, b| a.as_ref().cmp(b.as_ref()));
        names.dedup_by(|a, b| a.as_ref() == b.as_ref());
        let mut text = String::new();
        let mut ends = Vec::with_capacity(names.len());
        for name in &names {
            text.push_str(name.as_ref());
            let end = u32::try_from(text.len()).map_err(|_| PlacementError::TooManyKeys { keys: names.len() })?;
            ends.push(end);
        }
        Ok(Self(Names::Given { text, ends }))
    }

    /// How many keys there are, at least 1.
    #[expect(clippy::len_without_is_empty, reason = "a set of keys is never empty")]
    pub fn len(&self) -> usize {
        match &self.0 {
            Names::Drawn(ids) => ids.len(),
            Names::Given { ends, .. } => ends.len(),
        }
    }

    /// The name of a key.
    ///
    /// # Panics
    /// If there is no such key.
    pub fn name(&self, key: KeyId) -> String {
        match &self.0 {
            Names::Drawn(ids) => format!("{:016x}", ids[key.index()]),
            Names::Given { text, ends } => text[given(ends, key.index())].to_owned(),
        }
    }

    /// The key of a name.
    pub fn find(&self, name: &str) -> Option<KeyId> {
        let (rank, found) = self.rank(name);
        found.then_some(KeyId(rank as u32))
    }

    /// What a scheme sees of every key.
    pub fn positions(&self, sees: Sees, setting: &Setting) -> Arc<[Position]> {
        let count = self.len();
        match (sees, &self.0) {
            (Sees::Entry, _) => (0..count as u64).map(Position).collect(),
            (Sees::Order, _) => (0..count).map(|rank| in_order(rank, count)).collect(),
            (_, Names::Drawn(ids)) => ids.iter().map(|&id| seen(sees, &hexadecimal(id), setting)).collect(),
            (_, Names::Given { text, ends }) => {
                let names = (0..count).map(|index| text[given(ends, index)].as_bytes());
                names.map(|name| seen(sees, name, setting)).collect()
            }
        }
    }

    /// What a scheme sees of a name, whether or not it is among the keys.
    pub fn position_of(&self, name: &str, sees: Sees, setting: &Setting) -> Position {
        let (rank, found) = self.rank(name);
        match sees {
            Sees::Entry if found => Position(rank as u64),
            Sees::Entry => Position(self.len() as u64),
            Sees::Order => in_order(rank, self.len()),
            Sees::Hash | Sees::Slot | Sees::Region => seen(sees, name.as_bytes(), setting),
        }
    }

    /// How many keys come before a name, and whether it is one itself.
    fn rank(&self, name: &str) -> (usize, bool) {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            match self.name(KeyId(middle as u32)).as_str().cmp(name) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return (middle, true),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        (low, false)
    }
}

/// What Redis Cluster hashes of a key: what stands between the first `{` and the next `}`, unless that is empty.
pub fn hash_tag(name: &[u8]) -> &[u8] {
    let Some(open) = name.iter().position(|&byte| byte == b'{') else { return name };
    let behind = &name[open + 1..];
    match behind.iter().position(|&byte| byte == b'}') {
        Some(close) if close > 0 => &behind[..close],
        _ => name,
    }
}

/// The slot of a key in Redis Cluster.
pub fn slot(name: &[u8]) -> u16 {
    crc16(hash_tag(name)) % SLOTS as u16
}

fn seen(sees: Sees, name: &[u8], setting: &Setting) -> Position {
    match sees {
        Sees::Slot => Position(u64::from(slot(name))),
        Sees::Region => {
            let region = region(name, setting) as u64;
            Position((region << 56) | (setting.hash.position(name).0 >> 8))
        }
        Sees::Hash | Sees::Order | Sees::Entry => setting.hash.position(name),
    }
}

/// The region of a key: the one that it names before its first `:`, or one drawn by share.
fn region(name: &[u8], setting: &Setting) -> usize {
    let named = name.split(|&byte| byte == b':').next().unwrap_or(name);
    if let Some(region) = setting.regions.iter().position(|region| region.name.as_bytes() == named) {
        return region;
    }
    let total: f64 = setting.regions.iter().map(|region| region.share).sum();
    let mut left = super::points::turn(xxh3_64_with_seed(name, REGION_SEED)) * total;
    for (index, region) in setting.regions.iter().enumerate() {
        left -= region.share;
        if left < 0.0 {
            return index;
        }
    }
    setting.regions.len().saturating_sub(1)
}

/// Keeps the draw of a region apart from the hash that places a key.
const REGION_SEED: u64 = 0x7265_6769_6F6E;

fn in_order(rank: usize, count: usize) -> Position {
    Position((((rank as u128) << 64) / count as u128).min(u128::from(u64::MAX)) as u64)
}

fn given(ends: &[u32], index: usize) -> std::ops::Range<usize> {
    let start = if index == 0 { 0 } else { ends[index - 1] as usize };
    start..ends[index] as usize
}

/// The name of a drawn key.
fn hexadecimal(id: u64) -> [u8; 16] {
    std::array::from_fn(|digit| b"0123456789abcdef"[(id >> (60 - 4 * digit)) as usize & 15])
}

fn within_limits(keys: usize) -> Result<(), PlacementError> {
    match keys {
        0 => Err(PlacementError::NoKeys),
        keys if keys > MOST_KEYS => Err(PlacementError::TooManyKeys { keys }),
        _ => Ok(()),
    }
}
