//! Files that a command reads whole: regular ones of a bounded size, or standard input up to the same size.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The most bytes of a sheet or of a recording.
pub(super) const TEXT: u64 = 1 << 20;

/// The most bytes of a written answer, which is several times what a person types in an hour.
pub(super) const NOTES: u64 = 256 << 10;

/// The most bytes of a file of keys.
pub(super) const KEYS: u64 = 256 << 20;

/// What stands in a file, or with `-` on standard input.
pub(super) fn read(path: &Path, most: u64) -> io::Result<String> {
    if path == Path::new("-") {
        return bounded(io::stdin().lock(), most);
    }
    let file = File::open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("this is not a regular file"));
    }
    bounded(file, most)
}

fn bounded(source: impl Read, most: u64) -> io::Result<String> {
    let mut text = String::new();
    source.take(most + 1).read_to_string(&mut text)?;
    if text.len() as u64 > most {
        return Err(io::Error::other(format!("it is longer than the {most} bytes that are read: split it")));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_never_ends_is_refused() {
        assert!(read(Path::new("/dev/zero"), TEXT).expect_err("a device").to_string().contains("regular file"));
        assert!(bounded(io::repeat(b'a'), 10).expect_err("too long").to_string().contains("longer than the 10 bytes"));
        assert_eq!(bounded(&b"abc"[..], 3).expect("it fits"), "abc");
    }
}
