//! The log: a file a day in the data folder, never the screen.

use std::io::{self, Write};
use std::path::Path;

use tracing_appender::rolling::{InitError, RollingFileAppender, Rotation};

/// How many days are kept.
const DAYS: usize = 7;

/// Writes what is traced from now on into `folder`. A second call in one process changes nothing.
pub(super) fn start(folder: &Path) -> Result<(), InitError> {
    let file = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("sysdrill")
        .filename_suffix("log")
        .max_log_files(DAYS)
        .build(folder)?;
    let writer = std::sync::Mutex::new(Cleaned(file));
    // A log that cannot be written would otherwise be complained of on standard error, which is the screen.
    let log = tracing_subscriber::fmt().with_ansi(false).with_target(false).log_internal_errors(false);
    // Only fails where a subscriber is set already, as in tests.
    let _ = log.with_writer(writer).try_init();
    Ok(())
}

/// Shows control characters as `?`: whoever reads the log in a terminal shall not be at the mercy of a file name.
struct Cleaned<W>(W);

impl<W: Write> Write for Cleaned<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let clean = |&byte: &u8| if byte.is_ascii_control() && !matches!(byte, b'\n' | b'\t') { b'?' } else { byte };
        self.0.write_all(&bytes.iter().map(clean).collect::<Vec<_>>())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_never_reach_the_log() {
        let mut written = Vec::new();
        Cleaned(&mut written).write_all("a\u{1b}[31mb\r\n\tß\u{7f}".as_bytes()).expect("memory takes everything");
        assert_eq!(String::from_utf8(written).expect("still UTF-8"), "a?[31mb?\n\tß?");
    }
}
