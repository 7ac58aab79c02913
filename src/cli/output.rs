//! What a command prints: lines, aligned tables, or one JSON document.

use std::io::{self, IsTerminal, Write};

use clap::ColorChoice;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

/// Standard output, buffered, and whether it may be coloured.
pub(super) struct Output {
    sink: io::BufWriter<Box<dyn Write>>,
    styled: bool,
}

/// How a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Right,
}

impl Output {
    pub(super) fn stdout() -> Self {
        Self { sink: io::BufWriter::new(Box::new(io::stdout())), styled: false }
    }

    /// Decides whether headings are emphasised: asked for, or on a terminal without `NO_COLOR`.
    pub(super) fn colour(&mut self, choice: ColorChoice, no_color: bool) {
        self.styled = match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => io::stdout().is_terminal() && !no_color,
        };
    }

    /// One line.
    pub(super) fn line(&mut self, text: impl std::fmt::Display) -> io::Result<()> {
        writeln!(self.sink, "{text}")
    }

    /// Text as it is.
    pub(super) fn text(&mut self, text: impl std::fmt::Display) -> io::Result<()> {
        write!(self.sink, "{text}")
    }

    /// Bytes as they are.
    pub(super) fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.sink.write_all(bytes)
    }

    /// One JSON document and a newline.
    pub(super) fn json(&mut self, document: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.sink, document).map_err(io::Error::from)?;
        self.sink.write_all(b"\n")?;
        self.sink.flush()
    }

    /// Rows under headings, each column as wide as its widest cell.
    pub(super) fn table(&mut self, columns: &[(&str, Align)], rows: &[Vec<String>]) -> io::Result<()> {
        let widths: Vec<usize> = columns
            .iter()
            .enumerate()
            .map(|(at, (heading, _))| {
                rows.iter().map(|row| row[at].width()).chain([heading.width()]).max().unwrap_or(0)
            })
            .collect();
        let headings = columns.iter().map(|(heading, _)| (*heading).to_owned()).collect::<Vec<_>>();
        let (on, off) = if self.styled { ("\x1b[1m", "\x1b[0m") } else { ("", "") };
        let heading = aligned(&headings, columns, &widths);
        writeln!(self.sink, "{on}{heading}{off}")?;
        for row in rows {
            writeln!(self.sink, "{}", aligned(row, columns, &widths))?;
        }
        Ok(())
    }

    /// Hands everything to the reader.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}

fn aligned(cells: &[String], columns: &[(&str, Align)], widths: &[usize]) -> String {
    let mut line = String::new();
    for (at, cell) in cells.iter().enumerate() {
        let blanks = " ".repeat(widths[at] - cell.width());
        let separator = if at == 0 { "" } else { "  " };
        match columns[at].1 {
            Align::Left => line.extend([separator, cell, &blanks]),
            Align::Right => line.extend([separator, &blanks, cell]),
        }
    }
    line.truncate(line.trim_end().len());
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_align_by_width_and_leave_no_trailing_blanks() {
        let columns = [("id", Align::Left), ("hits", Align::Right), ("note", Align::Left)];
        let rows = [vec!["語".to_owned(), "7".to_owned(), String::new()]];
        let lines: Vec<String> = [vec!["id".into(), "hits".into(), "note".into()], rows[0].clone()]
            .iter()
            .map(|row| aligned(row, &columns, &[2, 4, 4]))
            .collect();
        assert_eq!(lines, ["id  hits  note", "語     7"]);
    }
}
