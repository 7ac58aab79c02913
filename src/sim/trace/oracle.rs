//! `oracleGeneral`: packed little-endian records of 24 bytes, as libCacheSim defines and shares them.

use std::io::{self, Read};

use crate::sim::trace::error::TraceError;
use crate::sim::trace::keys::Numbers;
use crate::sim::trace::source::Source;

/// u32 time, u64 id, u32 size, i64 next use.
const RECORD: usize = 24;

/// Records that are read at once.
const BATCH: usize = 1 << 12;

#[derive(Debug)]
pub(super) struct Oracle<R: Read> {
    source: Source<R>,
    keys: Numbers,
    buffer: Vec<u8>,
    /// Bytes read after decompression.
    offset: u64,
}

impl<R: Read> Oracle<R> {
    pub(super) fn new(source: Source<R>) -> Self {
        Self { source, keys: Numbers::default(), buffer: vec![0; BATCH * RECORD], offset: 0 }
    }

    pub(super) fn read(&mut self, ids: &mut Vec<u32>, most: usize) -> Result<bool, TraceError> {
        let mut wanted = most;
        while wanted > 0 {
            let bytes = self.fill(wanted.min(BATCH) * RECORD)?;
            let (records, torn) = self.buffer[..bytes].as_chunks::<RECORD>();
            for (index, record) in records.iter().enumerate() {
                let next = i64::from_le_bytes(field(record, 16));
                if !plausible(next) {
                    let offset = self.offset + (index * RECORD) as u64;
                    return Err(TraceError::NotARecord { offset, next });
                }
                ids.push(self.keys.id(u64::from_le_bytes(field(record, 4)))?);
            }
            if !torn.is_empty() {
                let offset = self.offset + (records.len() * RECORD) as u64;
                return Err(TraceError::Torn { offset, found: torn.len() });
            }
            self.offset += bytes as u64;
            if bytes == 0 {
                return Ok(false);
            }
            wanted -= records.len();
        }
        Ok(true)
    }

    pub(super) fn progress(&self) -> (u64, usize) {
        (self.source.consumed(), self.keys.len())
    }

    /// Reads that many bytes into the buffer, or fewer if the stream ends.
    fn fill(&mut self, bytes: usize) -> Result<usize, TraceError> {
        let mut filled = 0;
        while filled < bytes {
            match self.source.read(&mut self.buffer[filled..bytes]) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.source.refuse(error)),
            }
        }
        Ok(filled)
    }
}

/// Whether a next use is never (−1, or the largest number in some files) or an index that a trace may reach. Text that is
/// taken for records shows here.
fn plausible(next: i64) -> bool {
    (-1..1 << 48).contains(&next) || next == i64::MAX
}

/// The bytes of a field that begins at `from`.
fn field<const N: usize>(record: &[u8; RECORD], from: usize) -> [u8; N] {
    std::array::from_fn(|index| record[from + index])
}
