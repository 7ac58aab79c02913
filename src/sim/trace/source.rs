//! The bytes of a trace, decompressed where they are compressed, counted on both sides.

use std::fmt;
use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use crate::sim::trace::error::TraceError;

/// The first bytes of a zstd frame.
const ZSTD_MAGIC: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];

/// Skippable frames, as parallel compressors write them, begin with 0x50 to 0x5F and then these.
const SKIPPABLE_MAGIC: [u8; 3] = [0x2A, 0x4D, 0x18];

/// How far back a frame may refer: 2^31, which `zstd --ultra --long=31` writes.
const LARGEST_WINDOW: u64 = 1 << 31;

/// A trace's bytes after decompression.
#[derive(Debug)]
pub(super) enum Source<R: Read> {
    Plain(Stored<R>),
    Compressed(Box<Frames<R>>),
}

/// The stream as it is stored: buffered, its consumed bytes counted.
#[derive(Debug)]
pub(super) struct Stored<R> {
    /// The first bytes were looked at already, and come before the rest.
    buffer: BufReader<Chain<Cursor<Vec<u8>>, R>>,
    consumed: u64,
}

impl<R: Read> Source<R> {
    pub(super) fn new(mut input: R, must_be_compressed: bool) -> Result<Self, TraceError> {
        let mut start = Vec::with_capacity(ZSTD_MAGIC.len());
        let read = input.by_ref().take(ZSTD_MAGIC.len() as u64).read_to_end(&mut start);
        read.map_err(|error| TraceError::Io { offset: 0, error })?;
        let skippable = start.len() == 4 && start[0] & 0xF0 == 0x50 && start[1..] == SKIPPABLE_MAGIC;
        let compressed = start == ZSTD_MAGIC || skippable;
        let whole = Cursor::new(start).chain(input);
        let stored = Stored { buffer: BufReader::with_capacity(1 << 16, whole), consumed: 0 };
        if compressed {
            Ok(Self::Compressed(Box::new(Frames::new(stored))))
        } else if must_be_compressed {
            Err(TraceError::NotCompressed)
        } else {
            Ok(Self::Plain(stored))
        }
    }

    /// Bytes taken from the stream as it is stored.
    pub(super) fn consumed(&self) -> u64 {
        match self {
            Self::Plain(stored) => stored.consumed,
            Self::Compressed(frames) => frames.stored.consumed,
        }
    }

    /// What an error of reading means here.
    pub(super) fn refuse(&self, error: io::Error) -> TraceError {
        let offset = self.consumed();
        match self {
            Self::Compressed(_) if matches!(error.kind(), io::ErrorKind::InvalidData) => {
                TraceError::Compression { offset, reason: error.to_string() }
            }
            _ => TraceError::Io { offset, error },
        }
    }
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(stored) => stored.read(into),
            Self::Compressed(frames) => frames.read(into),
        }
    }
}

impl<R: Read> Read for Stored<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.buffer.read(into)?;
        self.consumed += count as u64;
        Ok(count)
    }
}

/// A sequence of zstd frames, which is what parallel compressors and appended files are.
pub(super) struct Frames<R> {
    stored: Stored<R>,
    decoder: FrameDecoder,
}

impl<R: Read> Frames<R> {
    fn new(stored: Stored<R>) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(LARGEST_WINDOW);
        Self { stored, decoder }
    }

    /// Begins the next frame, past those that are to be skipped; false at the end of the stream.
    fn begin_frame(&mut self) -> io::Result<bool> {
        while !self.stored.buffer.fill_buf()?.is_empty() {
            match self.decoder.reset(&mut self.stored) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    let skipped = io::copy(&mut (&mut self.stored).take(u64::from(length)), &mut io::sink())?;
                    if skipped < u64::from(length) {
                        return Err(invalid("a skippable frame is cut off"));
                    }
                }
                Err(error) => return Err(invalid(error)),
            }
        }
        Ok(false)
    }

    /// Whether the frame that was read has the checksum that it bears; one without is taken at its word.
    fn checksum_holds(&self) -> bool {
        match (self.decoder.get_checksum_from_data(), self.decoder.get_calculated_checksum()) {
            (Some(stated), Some(calculated)) => stated == calculated,
            _ => true,
        }
    }
}

impl<R: Read> Read for Frames<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.decoder.can_collect() > 0 {
                return self.decoder.read(into);
            }
            if !self.decoder.is_finished() {
                let one = BlockDecodingStrategy::UptoBlocks(1);
                self.decoder.decode_blocks(&mut self.stored, one).map_err(invalid)?;
            } else if !self.checksum_holds() {
                return Err(invalid("a frame's checksum does not match"));
            } else if !self.begin_frame()? {
                return Ok(0);
            }
        }
    }
}

impl<R> fmt::Debug for Frames<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Frames").field("consumed", &self.stored.consumed).finish_non_exhaustive()
    }
}

fn invalid(reason: impl fmt::Display) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason.to_string())
}
