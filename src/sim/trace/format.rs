//! Which format a trace has: by name, or by the name of its file.

use std::str::FromStr;

/// How a trace is laid out, and whether it is compressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format {
    /// The layout after decompression.
    pub layout: Layout,
    /// Whether it must be compressed. A compressed stream is recognised without this too.
    pub zstd: bool,
}

/// How the requests of a trace are laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One key a line, any string; empty lines are passed over.
    Text,
    /// Comma-separated values, with the key in one column.
    Csv {
        /// Which.
        column: Column,
    },
    /// Packed little-endian records of 24 bytes: u32 time, u64 id, u32 size, i64 next use (−1 for never).
    OracleGeneral,
}

/// The column of a table that holds the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// The one under `key`, `id`, `obj_id`, `object_id` or `obj` in the first line, which is a header.
    Header,
    /// The one of this name in the first line, which is a header.
    Named(String),
    /// The one of this number, from 1, in a table without a header.
    Number(usize),
}

/// A format that does not exist.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a trace format: there are text, csv and oracleGeneral, each also with .zst")]
pub struct UnknownFormat(String);

impl Format {
    /// The format that a file's name tells; text where it tells nothing.
    pub fn of_file_name(name: &str) -> Self {
        let lower = name.to_ascii_lowercase();
        let stem = lower.strip_suffix(".zst").or_else(|| lower.strip_suffix(".zstd"));
        let plain = stem.unwrap_or(&lower);
        let layout = if plain.contains("oraclegeneral") {
            Layout::OracleGeneral
        } else if plain.ends_with(".csv") {
            Layout::Csv { column: Column::Header }
        } else {
            Layout::Text
        };
        Self { layout, zstd: stem.is_some() }
    }

    /// The format of a file: the one that is said, else the one that its name tells. A column makes it a table.
    pub fn of_file(name: &str, said: Option<&str>, column: Option<&str>) -> Result<Self, UnknownFormat> {
        let format = said.map_or_else(|| Ok(Self::of_file_name(name)), str::parse)?;
        Ok(match column.map(str::parse) {
            Some(Ok(column)) => Self { layout: Layout::Csv { column }, ..format },
            None => format,
        })
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    /// `text`, `csv` or `oracleGeneral`, each also with `.zst` behind it.
    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        let lower = text.to_ascii_lowercase();
        let stem = lower.strip_suffix(".zst");
        let layout = match stem.unwrap_or(&lower) {
            "text" | "txt" => Layout::Text,
            "csv" => Layout::Csv { column: Column::Header },
            "oraclegeneral" => Layout::OracleGeneral,
            _ => return Err(UnknownFormat(text.to_owned())),
        };
        Ok(Self { layout, zstd: stem.is_some() })
    }
}

impl FromStr for Column {
    type Err = std::convert::Infallible;

    /// A number from 1 is a position in a table without a header, anything else a name in the header.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text.parse() {
            Ok(number) if number >= 1 => Self::Number(number),
            _ => Self::Named(text.to_owned()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_tells_the_format() {
        let check = |name: &str, layout: Layout, zstd: bool| {
            assert_eq!(Format::of_file_name(name), Format { layout, zstd }, "{name}");
        };
        check("w106.oracleGeneral.bin.zst", Layout::OracleGeneral, true);
        check("cloudPhysicsIO.oracleGeneral.bin", Layout::OracleGeneral, false);
        check("twitter.oracleGeneral.zst", Layout::OracleGeneral, true);
        check("keys.csv", Layout::Csv { column: Column::Header }, false);
        check("keys.txt.zst", Layout::Text, true);
        check("keys", Layout::Text, false);
    }

    #[test]
    fn a_format_is_read_by_name() {
        assert_eq!("oracleGeneral.zst".parse(), Ok(Format { layout: Layout::OracleGeneral, zstd: true }));
        assert_eq!("lcs".parse::<Format>(), Err(UnknownFormat("lcs".to_owned())));
        assert_eq!("3".parse(), Ok(Column::Number(3)));
        assert_eq!("0".parse(), Ok(Column::Named("0".to_owned())));
    }
}
