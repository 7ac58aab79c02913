//! What stands on a card, top to bottom, laid out for a width.
//!
//! A sheet is a list of rows: Markdown with something in front of it, rules, and the field that is typed into. It
//! knows nothing of cards; `face` says what stands where.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Line;

use crate::estimate;
use crate::tui::theme::Theme;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::markdown::{Answer, Document, Emphasis, Live, Page};

/// The rows of a card.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    rows: Vec<Row>,
    width: u16,
}

#[derive(Debug)]
enum Row {
    /// Markdown with something in front of its first line.
    Text {
        lead: Line<'static>,
        indent: u16,
        page: Page,
        is_muted: bool,
    },
    /// One line as it is.
    Line(Line<'static>),
    Rule,
    /// The text that is being typed, behind its lead.
    Field {
        lead: Line<'static>,
    },
}

impl Row {
    fn height(&self) -> usize {
        match self {
            Self::Text { page, .. } => page.height().max(1),
            Self::Line(_) | Self::Rule | Self::Field { .. } => 1,
        }
    }
}

impl Sheet {
    pub(super) fn new(width: u16) -> Self {
        Self { rows: Vec::new(), width }
    }

    /// How many lines it has.
    pub(super) fn height(&self) -> usize {
        self.rows.iter().map(Row::height).sum()
    }

    pub(super) fn width(&self) -> u16 {
        self.width
    }

    /// A text over the whole width.
    pub(super) fn text(&mut self, theme: &Theme, text: &str) {
        self.beside(theme, Line::default(), 0, text);
    }

    /// A text that may be overlooked, indented by `indent` columns.
    pub(super) fn muted_beside(&mut self, theme: &Theme, indent: u16, text: &str) {
        let page = self.page(theme, indent, text);
        self.rows.push(Row::Text { lead: Line::default(), indent, page, is_muted: true });
    }

    /// A text with `lead` before its first line, indented by `indent` columns.
    pub(super) fn beside(&mut self, theme: &Theme, lead: Line<'static>, indent: u16, text: &str) {
        let page = self.page(theme, indent, text);
        self.rows.push(Row::Text { lead, indent, page, is_muted: false });
    }

    fn page(&self, theme: &Theme, indent: u16, text: &str) -> Page {
        let document = Document::parse(text);
        let answers: Vec<Answer> = document.live().iter().map(answer).collect();
        document.layout(self.width.saturating_sub(indent).max(1), &answers, &theme.glyphs)
    }

    pub(super) fn line(&mut self, line: impl Into<Line<'static>>) {
        self.rows.push(Row::Line(line.into()));
    }

    pub(super) fn blank(&mut self) {
        self.line(Line::default());
    }

    pub(super) fn rule(&mut self) {
        self.rows.push(Row::Rule);
    }

    pub(super) fn field(&mut self, lead: Line<'static>) {
        self.rows.push(Row::Field { lead });
    }

    /// The lines on which a rule stands.
    pub(super) fn rules(&self) -> impl Iterator<Item = usize> {
        let mut above = 0;
        self.rows.iter().filter_map(move |row| {
            let line = above;
            above += row.height();
            matches!(row, Row::Rule).then_some(line)
        })
    }

    /// Draws the lines from `top` on; `field` is what is being typed. Returns where the cursor is.
    pub(super) fn draw(
        &self,
        theme: &Theme,
        field: Option<&Field>,
        area: Rect,
        top: usize,
        buf: &mut Buffer,
    ) -> Option<Position> {
        let mut cursor = None;
        let mut above = 0;
        for row in &self.rows {
            let first = above.max(top);
            let last = (above + row.height()).min(top + usize::from(area.height));
            if first < last {
                let place = Rect { y: area.y + (first - top) as u16, height: (last - first) as u16, ..area };
                cursor = cursor.or(row.draw(theme, field, place, first - above, buf));
            }
            above += row.height();
        }
        cursor
    }
}

impl Row {
    fn draw(
        &self,
        theme: &Theme,
        field: Option<&Field>,
        area: Rect,
        skipped: usize,
        buf: &mut Buffer,
    ) -> Option<Position> {
        let beside = |indent: u16| {
            let indent = indent.min(area.width);
            Rect { x: area.x + indent, width: area.width - indent, ..area }
        };
        match self {
            Self::Text { lead, indent, page, is_muted } => {
                page.draw(beside(*indent), buf, skipped, theme, Emphasis::default());
                if *is_muted {
                    buf.set_style(beside(*indent), theme.muted);
                }
                if skipped == 0 {
                    buf.set_line(area.x, area.y, lead, area.width);
                }
                None
            }
            Self::Line(line) => {
                buf.set_line(area.x, area.y, line, area.width);
                None
            }
            // Whoever has the border around the sheet draws it.
            Self::Rule => None,
            Self::Field { lead } => {
                buf.set_line(area.x, area.y, lead, area.width);
                let room = beside(lead.width() as u16);
                Some(field?.draw(theme.text.patch(Style::new().underlined()), room, buf))
            }
        }
    }
}

/// What a live number in the text of a card comes to.
fn answer(live: &Live) -> Answer {
    match live {
        Live::Value(expression) | Live::Equation(expression) => {
            let value = estimate::evaluate(expression).map(|quantity| quantity.to_string());
            Answer::Value(value.map_err(|error| error.message))
        }
        Live::Sheet(text) => Answer::Sheet(text.lines().map(|line| (line.to_owned(), None)).collect()),
    }
}
