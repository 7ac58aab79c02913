//! A laid-out page: lines of styled spans, the links and headings on them, search and drawing.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthStr;

use super::block::{Base, Look};
use crate::tui::theme::Theme;

/// A page of a certain width. Its lines are counted from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    pub(super) lines: Vec<Line>,
    pub(super) links: Vec<Link>,
    pub(super) outline: Vec<Entry>,
}

/// A line of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pub(super) spans: Vec<Span>,
    /// Whether the text goes on in the next line, so that a search sees the words joined.
    pub(super) continues: bool,
}

/// A run of one look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub(super) text: String,
    pub(super) look: Look,
    pub(super) link: Option<usize>,
    /// Bars, bullets and rules are not text to search.
    pub(super) ornament: bool,
}

/// Something that can be followed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// Where it leads, as written.
    pub target: String,
    /// The line on which it begins.
    pub line: usize,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// 1 to 6.
    pub level: u8,
    /// As shown.
    pub text: String,
    /// The anchor that the author set, if any.
    pub anchor: Option<String>,
    /// The line on which it stands.
    pub line: usize,
}

/// A stretch of one line that a search found: columns in cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The line.
    pub line: usize,
    /// The columns.
    pub columns: Range<usize>,
    /// The match that this is a part of, from 0.
    pub number: usize,
}

/// What is emphasised on a page while it is drawn.
#[derive(Clone, Copy, Debug, Default)]
pub struct Emphasis<'a> {
    /// The link that `enter` would follow.
    pub link: Option<usize>,
    /// What the search found.
    pub found: &'a [Found],
    /// The match at which the reader stands.
    pub current: Option<usize>,
}

impl Page {
    /// How many lines it has.
    pub fn height(&self) -> usize {
        self.lines.len()
    }

    /// What can be followed, in order.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The headings, in order.
    pub fn outline(&self) -> &[Entry] {
        &self.outline
    }

    /// The text of a line, without colours; empty past the end.
    pub fn text(&self, line: usize) -> String {
        self.lines.get(line).map(|line| line.spans.iter().map(|span| span.text.as_str()).collect()).unwrap_or_default()
    }

    /// Finds a phrase, also where it is broken over lines. Capitals matter only if the phrase has some.
    pub fn find(&self, phrase: &str) -> Vec<Found> {
        let phrase = phrase.trim();
        if phrase.is_empty() {
            return Vec::new();
        }
        let exact = phrase.chars().any(char::is_uppercase);
        let fold = |c: char| if exact { c } else { c.to_lowercase().next().unwrap_or(c) };
        let wanted: Vec<char> = phrase.chars().map(fold).collect();
        let mut found = Vec::new();
        let mut number = 0;
        let mut first = 0;
        while first < self.lines.len() {
            let last = (first..self.lines.len()).find(|&at| !self.lines[at].continues).unwrap_or(self.lines.len() - 1);
            let cells = self.cells(first..last + 1, fold);
            let mut at = 0;
            while at + wanted.len() <= cells.len() {
                if cells[at..at + wanted.len()].iter().zip(&wanted).all(|(cell, want)| cell.letter == *want) {
                    stretches(&cells[at..at + wanted.len()], number, &mut found);
                    number += 1;
                    at += wanted.len();
                } else {
                    at += 1;
                }
            }
            first = last + 1;
        }
        found
    }

    /// The letters of some lines, a blank between two of them, each with its place.
    fn cells(&self, lines: Range<usize>, fold: impl Fn(char) -> char) -> Vec<Cell> {
        let mut cells = Vec::new();
        for at in lines {
            if cells.last().is_some_and(|cell: &Cell| cell.letter != ' ') {
                cells.push(Cell { letter: ' ', line: at, column: 0, width: 0 });
            }
            let mut column = 0;
            for span in &self.lines[at].spans {
                for letter in span.text.chars() {
                    let width = unicode_width::UnicodeWidthChar::width(letter).unwrap_or(0);
                    if !span.ornament {
                        cells.push(Cell { letter: fold(letter), line: at, column, width });
                    }
                    column += width;
                }
            }
        }
        cells
    }

    /// Draws the lines from `top` on into `area`.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, top: usize, theme: &Theme, emphasis: Emphasis<'_>) {
        let area = area.intersection(buf.area);
        for (row, line) in self.lines.iter().skip(top).take(area.height.into()).enumerate() {
            let y = area.y + row as u16;
            let mut x = area.x;
            for span in &line.spans {
                let mut style = style_of(span.look, theme);
                if span.link.is_some() && span.link == emphasis.link {
                    style = style.add_modifier(Modifier::REVERSED);
                }
                let left = area.right().saturating_sub(x);
                (x, _) = buf.set_stringn(x, y, &span.text, left.into(), style);
            }
        }
        for found in emphasis.found.iter().filter(|found| (top..top + usize::from(area.height)).contains(&found.line)) {
            let start = area.x.saturating_add(found.columns.start as u16);
            let end = area.x.saturating_add(found.columns.end as u16).min(area.right());
            let row = Rect::new(start, area.y + (found.line - top) as u16, end.saturating_sub(start), 1);
            let style = if emphasis.current == Some(found.number) { theme.selection } else { theme.mark };
            buf.set_style(
                row,
                style.patch(if emphasis.current == Some(found.number) { theme.mark } else { Style::new() }),
            );
        }
    }
}

/// A letter and where it stands.
struct Cell {
    letter: char,
    line: usize,
    column: usize,
    width: usize,
}

/// Turns the cells of one match into one stretch a line.
fn stretches(cells: &[Cell], number: usize, found: &mut Vec<Found>) {
    for cell in cells.iter().filter(|cell| cell.width > 0) {
        let end = cell.column + cell.width;
        match found.last_mut() {
            Some(last) if last.number == number && last.line == cell.line => last.columns.end = end,
            _ => found.push(Found { line: cell.line, columns: cell.column..end, number }),
        }
    }
}

fn style_of(look: Look, theme: &Theme) -> Style {
    let mut style = match look.base {
        Base::Text => theme.text,
        Base::Muted => theme.muted,
        Base::Code => theme.code,
        Base::Link => theme.link,
        Base::Heading(1) => theme.title.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        Base::Heading(2) => theme.title.add_modifier(Modifier::BOLD),
        Base::Heading(_) => theme.accent,
        Base::Value => theme.good,
        Base::Fault => theme.bad,
        Base::Border => theme.border,
    };
    if look.bold {
        style = style.add_modifier(Modifier::BOLD);
    }
    if look.italic {
        style = style.add_modifier(Modifier::ITALIC);
    }
    if look.struck {
        style = style.add_modifier(Modifier::CROSSED_OUT);
    }
    style
}

impl Span {
    pub(super) fn ornament(text: impl Into<String>, base: Base) -> Self {
        Self { text: text.into(), look: Look { base, ..Look::default() }, link: None, ornament: true }
    }

    pub(super) fn width(&self) -> usize {
        self.text.width()
    }
}

impl Line {
    pub(super) fn width(&self) -> usize {
        self.spans.iter().map(Span::width).sum()
    }
}
