//! The hash functions to choose from: a good one, a classic one and two that show what goes wrong.
//!
//! Every hash is laid on the same circle of 2^64 places, its own bits on top, so that schemes need not know
//! which one was chosen. Start reading at [`Hash::position`].

use std::fmt;

use md5::{Digest, Md5};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::error::PlacementError;

/// What a scheme sees of a key, as a number: its hash on a circle of 2^64 places, or what [`Sees`] names instead.
///
/// [`Sees`]: super::Sees
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Position(pub u64);

/// A hash function.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Hash {
    /// XXH3, 64 bits (Collet 2019).
    #[default]
    Xxh3,
    /// FNV-1a, 64 bits (Fowler, Noll and Vo). Its top bits hardly depend on a key's last bytes, so names that
    /// differ only at the end crowd together on a ring.
    Fnv1a,
    /// CRC-16/XMODEM, as Redis Cluster takes it: 65,536 places, so that points collide.
    Crc16,
    /// MD5, four points of 32 bits a digest, as libketama makes them.
    Md5,
}

impl Hash {
    /// Every hash, in the order in which they are listed.
    pub const ALL: [Self; 4] = [Self::Xxh3, Self::Fnv1a, Self::Crc16, Self::Md5];

    /// As the command line writes it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Xxh3 => "xxh3",
            Self::Fnv1a => "fnv1a",
            Self::Crc16 => "crc16",
            Self::Md5 => "md5",
        }
    }

    /// How many bits it yields.
    pub fn bits(self) -> u32 {
        match self {
            Self::Xxh3 | Self::Fnv1a => 64,
            Self::Md5 => 32,
            Self::Crc16 => 16,
        }
    }

    /// Where `bytes` lie on the circle.
    #[inline]
    pub fn position(self, bytes: &[u8]) -> Position {
        Position(match self {
            Self::Xxh3 => xxh3_64(bytes),
            Self::Fnv1a => fnv1a(bytes),
            Self::Crc16 => u64::from(crc16(bytes)) << 48,
            Self::Md5 => ketama_words(bytes)[0],
        })
    }

    /// The hash as the number that it is, without the empty bits that [`Hash::position`] puts beneath it.
    #[inline]
    pub fn number(self, at: Position) -> u64 {
        at.0 >> (64 - self.bits())
    }

    /// The places of `count` virtual nodes of a node: the hashes of `name-0`, `name-1` and so on.
    ///
    /// MD5 gives four points for each text, so there `count` is rounded up to a multiple of four.
    pub fn virtual_nodes(self, name: &str, count: u32) -> Vec<Position> {
        let mut text = format!("{name}-");
        let prefix = text.len();
        let mut numbered = |index: u32| {
            text.truncate(prefix);
            text.push_str(itoa(index, &mut [0; 10]));
            match self {
                Self::Md5 => Points::Four(ketama_words(text.as_bytes())),
                _ => Points::One(self.position(text.as_bytes())),
            }
        };
        let texts = if self == Self::Md5 { count.div_ceil(4) } else { count };
        let mut points = Vec::with_capacity(count as usize + 3);
        for index in 0..texts {
            match numbered(index) {
                Points::One(point) => points.push(point),
                Points::Four(words) => points.extend(words.map(Position)),
            }
        }
        points
    }
}

/// What one text yields.
enum Points {
    One(Position),
    Four([u64; 4]),
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl std::str::FromStr for Hash {
    type Err = PlacementError;

    fn from_str(text: &str) -> Result<Self, PlacementError> {
        let known = Self::ALL.into_iter().find(|hash| hash.id() == text);
        known.ok_or_else(|| PlacementError::UnknownHash { name: text.to_owned() })
    }
}

/// CRC-16/XMODEM: polynomial 0x1021, start 0, not reflected (Redis Cluster specification, appendix A).
pub fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, &byte| (crc << 8) ^ CRC16[usize::from((crc >> 8) as u8 ^ byte)])
}

const CRC16: [u16; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut crc = (byte as u16) << 8;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 0x8000 == 0 { crc << 1 } else { (crc << 1) ^ 0x1021 };
            bit += 1;
        }
        table[byte] = crc;
        byte += 1;
    }
    table
};

fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

/// The four little-endian words of an MD5 digest, each on top of a place on the circle.
fn ketama_words(bytes: &[u8]) -> [u64; 4] {
    let digest = Md5::digest(bytes);
    std::array::from_fn(|word| {
        let bytes = [digest[4 * word], digest[4 * word + 1], digest[4 * word + 2], digest[4 * word + 3]];
        u64::from(u32::from_le_bytes(bytes)) << 32
    })
}

/// Mixes a key's position with a node's or a probe's seed into 64 even bits (the folded product of wyhash, Wang Yi 2019).
#[inline]
pub(super) fn mix(at: u64, seed: u64) -> u64 {
    let product =
        u128::from(at ^ seed ^ 0xA076_1D64_78BD_642F) * u128::from(seed ^ at.rotate_left(32) ^ 0xE703_7ED1_A0B4_28DB);
    (product as u64) ^ ((product >> 64) as u64)
}

/// A number as text; a million points are named when a large ring is built.
fn itoa(number: u32, digits: &mut [u8; 10]) -> &str {
    let mut rest = number;
    let mut first = digits.len();
    loop {
        first -= 1;
        digits[first] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    std::str::from_utf8(&digits[first..]).expect("digits are ASCII")
}
