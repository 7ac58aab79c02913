//! Markdown events into blocks, with a stack instead of recursion, so that no nesting can exhaust ours.

use pulldown_cmark::{Alignment, CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::block::{Align, Base, Block, DEPTH, Inline, Item, Look, Table};
use super::html::{self, Piece};
use super::{Document, Live};

/// What is open around the present place.
#[derive(Debug)]
enum Frame {
    Quote(Vec<Block>),
    List { first: Option<u64>, items: Vec<Item> },
    Item(Item),
    Footnote { label: String, blocks: Vec<Block> },
}

#[derive(Debug, Default)]
struct Builder {
    document: Document,
    frames: Vec<Frame>,
    /// For each container that is open, whether it got a frame or lies too deep for one.
    opened: Vec<bool>,
    inline: Vec<Inline>,
    look: Look,
    link: Option<usize>,
    image: Option<(String, String)>,
    code: Option<(String, String)>,
    html: Option<String>,
    heading: Option<(u8, Option<String>)>,
    table: Table,
    row: Vec<Vec<Inline>>,
}

/// Parses a text. Every text is some Markdown, so this cannot fail.
pub(super) fn parse(text: &str) -> Document {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut builder = Builder::default();
    for event in Parser::new_ext(text, options) {
        builder.event(event);
    }
    builder.end_paragraph();
    while !builder.frames.is_empty() {
        builder.close();
    }
    builder.document
}

impl Builder {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
            Event::Code(code) => self.inline_code(&code),
            Event::Html(html) => match &mut self.html {
                Some(block) => block.push_str(&html),
                None => self.html_pieces(&html, true),
            },
            Event::InlineHtml(html) => self.html_pieces(&html, false),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.inline.push(Inline::Break),
            Event::Rule => {
                self.end_paragraph();
                self.push(Block::Rule);
            }
            Event::FootnoteReference(label) => self.styled(&format!("[{label}]"), Base::Muted),
            Event::TaskListMarker(done) => {
                if let Some(Frame::Item(item)) = self.frames.last_mut() {
                    item.done = Some(done);
                }
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.end_paragraph(),
            Tag::Heading { level, id, .. } => {
                self.end_paragraph();
                self.heading = Some((level as u8, id.map(|id| id.to_string())));
            }
            Tag::BlockQuote(_) => self.open(Frame::Quote(Vec::new())),
            Tag::List(first) => self.open(Frame::List { first, items: Vec::new() }),
            Tag::Item => self.open(Frame::Item(Item::default())),
            Tag::FootnoteDefinition(label) => {
                self.open(Frame::Footnote { label: label.to_string(), blocks: Vec::new() });
            }
            Tag::CodeBlock(kind) => {
                self.end_paragraph();
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or("").to_owned(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((language, String::new()));
            }
            Tag::HtmlBlock => {
                self.end_paragraph();
                self.html = Some(String::new());
            }
            Tag::Table(align) => {
                self.end_paragraph();
                self.table = Table { align: align.into_iter().map(side).collect(), ..Table::default() };
            }
            Tag::Emphasis => self.look.italic = true,
            Tag::Strong => self.look.bold = true,
            Tag::Strikethrough => self.look.struck = true,
            Tag::Link { dest_url, .. } => self.begin_link(&dest_url),
            Tag::Image { dest_url, .. } => self.image = Some((dest_url.to_string(), String::new())),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::FootnoteDefinition => {
                self.end_paragraph();
                if self.opened.pop() == Some(true) {
                    self.close();
                }
            }
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::HtmlBlock => {
                let html = self.html.take().unwrap_or_default();
                self.html_pieces(&html, true);
                self.end_paragraph();
            }
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.inline);
                self.row.push(cell);
            }
            TagEnd::TableHead => self.table.head = std::mem::take(&mut self.row),
            TagEnd::TableRow => {
                let row = std::mem::take(&mut self.row);
                self.table.rows.push(row);
            }
            TagEnd::Table => {
                let table = std::mem::take(&mut self.table);
                self.push(Block::Table(table));
            }
            TagEnd::Emphasis => self.look.italic = false,
            TagEnd::Strong => self.look.bold = false,
            TagEnd::Strikethrough => self.look.struck = false,
            TagEnd::Link => self.link = None,
            TagEnd::Image => self.end_image(),
            _ => {}
        }
    }

    /// Opens a container, or notes that it lies too deep: its content then goes to the one around it.
    fn open(&mut self, frame: Frame) {
        self.end_paragraph();
        let misplaced = matches!(frame, Frame::Item(_)) && !matches!(self.frames.last(), Some(Frame::List { .. }));
        let fits = self.frames.len() < DEPTH && !misplaced;
        if fits {
            self.frames.push(frame);
        }
        self.opened.push(fits);
    }

    fn close(&mut self) {
        match self.frames.pop() {
            Some(Frame::Quote(blocks)) => self.push(Block::Quote(blocks)),
            Some(Frame::List { first, items }) => self.push(Block::List { first, items }),
            Some(Frame::Footnote { label, blocks }) => self.push(Block::Footnote { label, blocks }),
            Some(Frame::Item(item)) => {
                if let Some(Frame::List { items, .. }) = self.frames.last_mut() {
                    items.push(item);
                }
            }
            None => {}
        }
    }

    fn push(&mut self, block: Block) {
        match self.frames.last_mut() {
            None => self.document.blocks.push(block),
            Some(Frame::Quote(blocks) | Frame::Footnote { blocks, .. } | Frame::Item(Item { blocks, .. })) => {
                blocks.push(block);
            }
            // A list has only items; what else stands in one belongs to the last of them.
            Some(Frame::List { items, .. }) => match items.last_mut() {
                Some(item) => item.blocks.push(block),
                None => items.push(Item { done: None, blocks: vec![block] }),
            },
        }
    }

    fn end_paragraph(&mut self) {
        let inline = std::mem::take(&mut self.inline);
        let blank = |piece: &Inline| match piece {
            Inline::Text { text, .. } => text.trim().is_empty(),
            Inline::Break => true,
            Inline::Live { .. } => false,
        };
        if !inline.iter().all(blank) {
            self.push(Block::Paragraph(inline));
        }
    }

    fn end_heading(&mut self) {
        let text = std::mem::take(&mut self.inline);
        let (level, anchor) = self.heading.take().unwrap_or((1, None));
        self.push(Block::Heading { level, anchor, text });
    }

    fn end_code(&mut self) {
        let (language, text) = self.code.take().unwrap_or_default();
        if language == "sheet" {
            let at = self.live(Live::Sheet(text));
            self.push(Block::Sheet { at });
        } else {
            self.push(Block::Code { text });
        }
    }

    fn end_image(&mut self) {
        let Some((address, alt)) = self.image.take() else { return };
        let name = if alt.trim().is_empty() { address.rsplit('/').next().unwrap_or("").to_owned() } else { alt };
        self.styled(&format!("[image: {}]", name.trim()), Base::Muted);
    }

    fn begin_link(&mut self, target: &str) {
        self.link = Some(self.document.targets.len());
        self.document.targets.push(target.to_owned());
    }

    fn text(&mut self, text: &str) {
        if let Some((_, code)) = &mut self.code {
            code.push_str(text);
        } else if let Some((_, alt)) = &mut self.image {
            alt.push_str(text);
        } else {
            self.styled(text, Base::Text);
        }
    }

    fn styled(&mut self, text: &str, base: Base) {
        let base = if self.link.is_some() { Base::Link } else { base };
        self.inline.push(Inline::Text { text: text.to_owned(), look: Look { base, ..self.look }, link: self.link });
    }

    /// Inline code; with `=` at its head or tail it is a live number.
    fn inline_code(&mut self, code: &str) {
        let trimmed = code.trim();
        let live = match (trimmed.strip_prefix('='), trimmed.strip_suffix('=')) {
            (Some(expression), _) => Live::Value(expression.trim().to_owned()),
            (None, Some(expression)) => Live::Equation(expression.trim().to_owned()),
            (None, None) => return self.styled(code, Base::Code),
        };
        let at = self.live(live);
        self.inline.push(Inline::Live { at });
    }

    fn live(&mut self, live: Live) -> usize {
        self.document.live.push(live);
        self.document.live.len() - 1
    }

    /// Text of an HTML fragment; in a block of its own its borders separate paragraphs.
    fn html_pieces(&mut self, html: &str, block: bool) {
        for piece in html::pieces(html) {
            match piece {
                Piece::Text(text) => self.text(&text),
                Piece::Break => self.inline.push(Inline::Break),
                Piece::Boundary if block => {
                    self.look.bold = false;
                    self.end_paragraph();
                }
                Piece::Boundary => {
                    self.look.bold = false;
                    self.inline.push(Inline::Break);
                }
                Piece::Image(alt) if alt.is_empty() => {}
                Piece::Image(alt) => self.styled(&format!("[image: {alt}]"), Base::Muted),
                Piece::Link(target) => self.begin_link(&target),
                Piece::LinkEnd => self.link = None,
                Piece::Strong(on) => self.look.bold = on,
                Piece::Emphasis(on) => self.look.italic = on,
            }
        }
    }
}

fn side(alignment: Alignment) -> Align {
    match alignment {
        Alignment::Right => Align::Right,
        Alignment::Center => Align::Centre,
        Alignment::None | Alignment::Left => Align::Left,
    }
}
