//! Text: one key a line.

use std::io::{BufRead, BufReader, Read};

use crate::sim::trace::error::TraceError;
use crate::sim::trace::keys::Strings;
use crate::sim::trace::source::Source;

/// A longer line is not a key.
const LONGEST_LINE: u64 = 1 << 16;

#[derive(Debug)]
pub(super) struct Text<R: Read> {
    lines: BufReader<Source<R>>,
    keys: Strings,
    line: Vec<u8>,
    /// Where the next line begins, after decompression.
    offset: u64,
}

impl<R: Read> Text<R> {
    pub(super) fn new(source: Source<R>) -> Self {
        Self { lines: BufReader::new(source), keys: Strings::default(), line: Vec::new(), offset: 0 }
    }

    pub(super) fn read(&mut self, ids: &mut Vec<u32>, most: usize) -> Result<bool, TraceError> {
        for _ in 0..most {
            self.line.clear();
            let line = (&mut self.lines).take(LONGEST_LINE + 1).read_until(b'\n', &mut self.line);
            let bytes = line.map_err(|error| self.lines.get_ref().refuse(error))? as u64;
            if bytes == 0 {
                return Ok(false);
            }
            if bytes > LONGEST_LINE {
                return Err(TraceError::LongLine { offset: self.offset, most: LONGEST_LINE });
            }
            if let Some(at) = self.line.iter().position(|&byte| byte == 0) {
                return Err(TraceError::NotText { offset: self.offset + at as u64 });
            }
            let key = self.line.strip_suffix(b"\n").unwrap_or(&self.line);
            let key = key.strip_suffix(b"\r").unwrap_or(key);
            if !key.is_empty() {
                ids.push(self.keys.id(key)?);
            }
            self.offset += bytes;
        }
        Ok(true)
    }

    pub(super) fn progress(&self) -> (u64, usize) {
        (self.lines.get_ref().consumed(), self.keys.len())
    }
}
