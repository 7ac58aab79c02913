//! Blocks into lines of a width.

use super::block::{Base, Block, Inline, Item, Look};
use super::page::{Entry, Line, Link, Page, Span};
use super::wrap::wrap;
use super::{Answer, Document, Live, table};
use crate::tui::theme::Glyphs;

/// Narrower than this nothing can be read, and lists and quotes stop to indent.
const LEAST: usize = 12;

impl Document {
    /// Lays the text out for `width` cells. `answers` has one entry for each of [`Document::live`]; where one is
    /// missing the expression is shown as it stands.
    pub fn layout(&self, width: u16, answers: &[Answer], glyphs: &Glyphs) -> Page {
        let mut layout = Layout { document: self, answers, glyphs, headings: Vec::new() };
        let lines = layout.blocks(&self.blocks, usize::from(width).max(1));
        let mut page = Page { outline: layout.headings, ..Page::default() };
        let mut heading = 0;
        page.links = self.targets.iter().map(|target| Link { target: target.clone(), line: usize::MAX }).collect();
        for (at, laid) in lines.into_iter().enumerate() {
            for link in laid.line.spans.iter().filter_map(|span| span.link) {
                page.links[link].line = page.links[link].line.min(at);
            }
            if laid.heading {
                page.outline[heading].line = at;
                heading += 1;
            }
            page.lines.push(laid.line);
        }
        page
    }
}

/// A line on its way to the page: what stands around it is still to be put before it.
#[derive(Debug, Default)]
struct Laid {
    line: Line,
    heading: bool,
}

impl From<Line> for Laid {
    fn from(line: Line) -> Self {
        Self { line, heading: false }
    }
}

pub(super) struct Layout<'a> {
    document: &'a Document,
    answers: &'a [Answer],
    glyphs: &'a Glyphs,
    headings: Vec<Entry>,
}

impl Layout<'_> {
    fn blocks(&mut self, blocks: &[Block], width: usize) -> Vec<Laid> {
        let mut lines: Vec<Laid> = Vec::new();
        for block in blocks {
            if !lines.is_empty() {
                lines.push(Laid::default());
            }
            lines.extend(self.block(block, width));
        }
        lines
    }

    fn block(&mut self, block: &Block, width: usize) -> Vec<Laid> {
        match block {
            Block::Heading { level, anchor, text } => self.heading(*level, anchor.as_ref(), text, width),
            Block::Paragraph(text) => self.wrapped(text, width).into_iter().map(Laid::from).collect(),
            Block::Code { text } => self.code(text, width).into_iter().map(Laid::from).collect(),
            Block::Sheet { at } => self.sheet(*at, width).into_iter().map(Laid::from).collect(),
            Block::Quote(blocks) => {
                let bar = Span::ornament(format!("{} ", self.glyphs.quote), Base::Border);
                let inner = self.blocks(blocks, inner_width(width, 2));
                prefixed(inner, width, &bar, &bar)
            }
            Block::List { first, items } => self.list(*first, items, width),
            Block::Table(table) => table::lay_out(self, table, width).into_iter().map(Laid::from).collect(),
            Block::Rule => vec![Line::from_span(Span::ornament(self.glyphs.rule.repeat(width), Base::Border)).into()],
            Block::Footnote { label, blocks } => {
                let mark = Span::ornament(format!("[{label}] "), Base::Muted);
                let indent = Span::ornament(" ".repeat(mark.width()), Base::Muted);
                let inner = self.blocks(blocks, inner_width(width, mark.width()));
                prefixed(inner, width, &mark, &indent)
            }
        }
    }

    fn heading(&mut self, level: u8, anchor: Option<&String>, text: &[Inline], width: usize) -> Vec<Laid> {
        let mut runs: Vec<Span> = self.runs(text).into_iter().flatten().collect();
        for run in &mut runs {
            run.look.base = Base::Heading(level);
        }
        let text = runs.iter().map(|run| run.text.as_str()).collect();
        self.headings.push(Entry { level, text, anchor: anchor.cloned(), line: 0 });
        let mut lines: Vec<Laid> = wrap(&runs, width).into_iter().map(Laid::from).collect();
        lines[0].heading = true;
        lines
    }

    fn list(&mut self, first: Option<u64>, items: &[Item], width: usize) -> Vec<Laid> {
        let numbered = |at: usize| first.map(|first| format!("{}. ", first.saturating_add(at as u64)));
        let marks: Vec<String> = items
            .iter()
            .enumerate()
            .map(|(at, item)| match (item.done, numbered(at)) {
                (Some(true), _) => format!("{} ", self.glyphs.ticked_box),
                (Some(false), _) => format!("{} ", self.glyphs.open_box),
                (None, Some(number)) => number,
                (None, None) => format!("{} ", self.glyphs.bullet),
            })
            .collect();
        let indent = marks.iter().map(|mark| unicode_width::UnicodeWidthStr::width(mark.as_str())).max().unwrap_or(2);
        let tight = items.iter().all(|item| item.blocks.iter().filter(|block| !is_list(block)).count() <= 1);
        let mut lines: Vec<Laid> = Vec::new();
        for (item, mark) in items.iter().zip(&marks) {
            if !tight && !lines.is_empty() {
                lines.push(Laid::default());
            }
            let mut inner = Vec::new();
            for block in &item.blocks {
                if !inner.is_empty() && !tight {
                    inner.push(Laid::default());
                }
                inner.extend(self.block(block, inner_width(width, indent)));
            }
            if inner.is_empty() {
                inner.push(Laid::default());
            }
            let base = if first.is_some() { Base::Muted } else { Base::Border };
            let mark = Span::ornament(format!("{mark:>indent$}"), base);
            let blanks = Span::ornament(" ".repeat(indent), Base::Text);
            lines.extend(prefixed(inner, width, &mark, &blanks));
        }
        lines
    }

    /// Code keeps its lines; what does not fit goes on below, indented and marked.
    fn code(&self, text: &str, width: usize) -> Vec<Line> {
        let room = width.saturating_sub(2).max(1);
        let mut lines = Vec::new();
        for source in text.lines() {
            let source = source.replace('\t', "    ");
            let mut rest = source.as_str();
            let mut first = true;
            loop {
                let mark = if first { "  " } else { "> " };
                let (head, tail) = split_at_width(rest, room);
                let look = Look { base: Base::Code, ..Look::default() };
                let code = Span { text: head.to_owned(), look, link: None, ornament: false };
                lines.push(Line { spans: vec![Span::ornament(mark, Base::Border), code], continues: false });
                rest = tail;
                first = false;
                if rest.is_empty() {
                    break;
                }
            }
        }
        lines
    }

    /// Each line of a sheet with its value at the right.
    fn sheet(&self, at: usize, width: usize) -> Vec<Line> {
        let Some(Answer::Sheet(rows)) = self.answers.get(at) else {
            let Some(Live::Sheet(text)) = self.document.live.get(at) else { return Vec::new() };
            return self.code(text, width);
        };
        rows.iter().flat_map(|(text, value)| sheet_row(text, value.as_ref(), width)).collect()
    }

    pub(super) fn glyphs(&self) -> &Glyphs {
        self.glyphs
    }

    /// Wraps inlines, each part between two breaks on lines of its own.
    pub(super) fn wrapped(&self, text: &[Inline], width: usize) -> Vec<Line> {
        let parts = self.runs(text);
        let last = parts.len().saturating_sub(1);
        let mut lines = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            lines.extend(wrap(part, width));
            if let Some(line) = lines.last_mut().filter(|_| at < last) {
                line.continues = true;
            }
        }
        lines
    }

    /// The inlines as runs of text, split at breaks, live numbers answered.
    pub(super) fn runs(&self, text: &[Inline]) -> Vec<Vec<Span>> {
        let mut parts = vec![Vec::new()];
        for piece in text {
            match piece {
                Inline::Break => parts.push(Vec::new()),
                Inline::Text { text, look, link } => {
                    let span = Span { text: text.clone(), look: *look, link: *link, ornament: false };
                    parts.last_mut().expect("there is always a part").push(span);
                }
                Inline::Live { at } => parts.last_mut().expect("there is always a part").extend(self.live(*at)),
            }
        }
        parts.retain(|part| !part.is_empty());
        parts
    }

    fn live(&self, at: usize) -> Vec<Span> {
        let (expression, shown) = match self.document.live.get(at) {
            Some(Live::Value(expression)) => (expression, false),
            Some(Live::Equation(expression)) => (expression, true),
            Some(Live::Sheet(_)) | None => return Vec::new(),
        };
        let span =
            |text: String, base| Span { text, look: Look { base, ..Look::default() }, link: None, ornament: false };
        let value = match self.answers.get(at) {
            Some(Answer::Value(Ok(value))) => span(value.clone(), Base::Value),
            Some(Answer::Value(Err(message))) => span(format!("{expression} ({message})"), Base::Fault),
            _ => return vec![span(expression.clone(), Base::Code)],
        };
        if shown { vec![span(format!("{expression} = "), Base::Code), value] } else { vec![value] }
    }
}

impl Line {
    pub(super) fn from_span(span: Span) -> Self {
        Self { spans: vec![span], continues: false }
    }
}

/// The width left beside an indent, unless that would leave too little.
fn inner_width(width: usize, indent: usize) -> usize {
    if width >= LEAST + indent { width - indent } else { width }
}

/// Puts `first` before the first line and `rest` before the others, where the width left room for them.
fn prefixed(lines: Vec<Laid>, width: usize, first: &Span, rest: &Span) -> Vec<Laid> {
    let indent = first.width();
    if width < LEAST + indent {
        return lines;
    }
    lines
        .into_iter()
        .enumerate()
        .map(|(at, mut laid)| {
            let before = if at == 0 { first } else { rest };
            laid.line.spans.insert(0, before.clone());
            laid
        })
        .collect()
}

fn is_list(block: &Block) -> bool {
    matches!(block, Block::List { .. })
}

fn sheet_row(text: &str, value: Option<&Result<String, String>>, width: usize) -> Vec<Line> {
    let look = |base| Look { base, ..Look::default() };
    let span = |text: &str, base| Span { text: text.to_owned(), look: look(base), link: None, ornament: false };
    let room = width.saturating_sub(2).max(1);
    let (shown, base) = match value {
        None => {
            return vec![Line {
                spans: vec![Span::ornament("  ", Base::Border), span(text, Base::Muted)],
                continues: false,
            }];
        }
        Some(Ok(shown)) => (shown, Base::Value),
        Some(Err(message)) => (message, Base::Fault),
    };
    let value = span(shown, base);
    let used = unicode_width::UnicodeWidthStr::width(text) + 2 + value.width();
    if used <= room {
        let gap = Span::ornament(" ".repeat(room - used + 2), Base::Text);
        return vec![Line {
            spans: vec![Span::ornament("  ", Base::Border), span(text, Base::Code), gap, value],
            continues: false,
        }];
    }
    // The value goes below, still at the right.
    let mut lines = wrap(&[span(text, Base::Code)], room);
    for line in &mut lines {
        line.spans.insert(0, Span::ornament("  ", Base::Border));
    }
    for mut line in wrap(&[value], room.saturating_sub(4)) {
        let indent = (room + 2).saturating_sub(line.width());
        line.spans.insert(0, Span::ornament(" ".repeat(indent), Base::Text));
        lines.push(line);
    }
    lines
}

fn split_at_width(text: &str, width: usize) -> (&str, &str) {
    use unicode_segmentation::UnicodeSegmentation;
    use unicode_width::UnicodeWidthStr;
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += grapheme.width();
        if used > width && at > 0 {
            return text.split_at(at);
        }
    }
    (text, "")
}
