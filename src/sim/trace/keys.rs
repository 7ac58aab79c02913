//! Keys of any kind become dense ids, in the order of their first appearance.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use xxhash_rust::xxh3::Xxh3DefaultBuilder;

use crate::sim::trace::error::TraceError;

/// Ids of numeric keys.
#[derive(Debug, Default)]
pub(super) struct Numbers(HashMap<u64, u32, BuildHasherDefault<Folded>>);

impl Numbers {
    pub(super) fn id(&mut self, key: u64) -> Result<u32, TraceError> {
        let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        let id = *self.0.entry(key).or_insert(next);
        if id == u32::MAX { Err(TraceError::TooManyObjects) } else { Ok(id) }
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

/// Ids of keys that are strings of bytes.
#[derive(Debug, Default)]
pub(super) struct Strings(HashMap<Box<[u8]>, u32, Xxh3DefaultBuilder>);

impl Strings {
    pub(super) fn id(&mut self, key: &[u8]) -> Result<u32, TraceError> {
        if let Some(&id) = self.0.get(key) {
            return Ok(id);
        }
        let id = u32::try_from(self.0.len()).ok().filter(|&id| id < u32::MAX).ok_or(TraceError::TooManyObjects)?;
        self.0.insert(key.into(), id);
        Ok(id)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

/// Hashes one number by a product of twice its width, folded: all bits of the result depend on all bits of the key.
#[derive(Default)]
struct Folded(u64);

impl Hasher for Folded {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        let product = u128::from(self.0 ^ number ^ 0x9E37_79B9_7F4A_7C15) * 0xD6E8_FEB8_6659_FD93;
        self.0 = (product >> 64) as u64 ^ product as u64;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
