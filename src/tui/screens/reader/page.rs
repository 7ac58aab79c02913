//! The page that is open: its text laid out for the width there is, and the place in view.

use ratatui::layout::Rect;

use super::numbers;
use super::source::{Source, Text};
use crate::content::markdown;
use crate::tui::screen::{Cx, Refusal};
use crate::tui::theme::Glyphs;
use crate::tui::widgets::markdown::{Answer, Document, Page};
use crate::tui::world::World;

/// Longer lines are hard to follow back to the next.
const WIDEST: u16 = 92;

/// A page and the place in view.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) source: Source,
    pub(super) title: String,
    document: Document,
    answers: Vec<Answer>,
    /// The anchor of each heading, in order.
    anchors: Vec<String>,
    pub(super) page: Page,
    laid_for: Option<(u16, Glyphs)>,
    /// The first line in view.
    pub(super) top: usize,
    /// How many lines are in view.
    pub(super) height: usize,
    /// Where to go once the lines are known.
    pending: Option<Spot>,
}

/// A place on a page, whatever its width.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    Anchor(String),
    /// A line of so many.
    Line(usize, usize),
}

impl Open {
    pub(super) fn read(source: Source, spot: Option<Spot>, world: &World) -> Result<Self, Refusal> {
        let Text { title, body } = source.read(world)?;
        let document = Document::parse(&body);
        let answers = numbers::answers(document.live(), &world.library);
        let anchors = markdown::headings(&body).into_iter().map(|heading| heading.anchor.to_string()).collect();
        let pending = spot.or_else(|| remembered(&source, world));
        let page = Page::default();
        Ok(Self { source, title, document, answers, anchors, page, laid_for: None, top: 0, height: 0, pending })
    }

    /// Lays the text out where the area has another width than before, and goes where one is to go.
    pub(super) fn layout(&mut self, cx: &Cx<'_>, area: Rect) {
        let wanted = (area.width.min(WIDEST), cx.theme.glyphs);
        if self.laid_for != Some(wanted) {
            let before = Spot::Line(self.top, self.page.height());
            self.page = self.document.layout(wanted.0, &self.answers, &wanted.1);
            let is_first = self.laid_for.replace(wanted).is_none();
            if !is_first && self.pending.is_none() {
                self.pending = Some(before);
            }
        }
        self.height = usize::from(area.height);
        if let Some(spot) = self.pending.take() {
            self.top = self.line_of(&spot).unwrap_or(0);
        }
        self.top = self.top.min(self.last_top());
    }

    /// The line of a place, if the page has it.
    pub(super) fn line_of(&self, spot: &Spot) -> Option<usize> {
        match spot {
            Spot::Line(line, of) if *of == self.page.height() => Some(*line),
            Spot::Line(line, of) => Some(line * self.page.height() / (*of).max(1)),
            Spot::Anchor(anchor) => {
                // GitHub makes anchors another way, so pages from there are compared by letters and digits alone.
                let exact = self.anchors.iter().position(|known| known == anchor);
                let place =
                    exact.or_else(|| self.anchors.iter().position(|known| letters(known) == letters(anchor)))?;
                self.page.outline().get(place).map(|heading| heading.line)
            }
        }
    }

    /// The place in view, to come back to.
    pub(super) fn spot(&self) -> Spot {
        Spot::Line(self.top, self.page.height())
    }

    /// The key and value that [`remembered`] reads; `None` before the page was laid out.
    pub(super) fn bookmark(&self) -> Option<(String, String)> {
        let may_return = !matches!(self.source, Source::Given(_));
        (may_return && self.page.height() > 0)
            .then(|| (key_of(&self.source), format!("{}/{}", self.top, self.page.height())))
    }

    pub(super) fn scroll(&mut self, by: isize) {
        self.top = self.top.saturating_add_signed(by).min(self.last_top());
    }

    /// Brings a line into view; a heading to the top, with a line of air above.
    pub(super) fn show_heading(&mut self, line: usize) {
        self.top = line.saturating_sub(1).min(self.last_top());
    }

    /// Brings a line into view where it is not, a third from the top.
    pub(super) fn show_line(&mut self, line: usize) {
        if !(self.top..self.top + self.height).contains(&line) {
            self.top = line.saturating_sub(self.height / 3).min(self.last_top());
        }
    }

    /// The section in view, as a place in the outline.
    pub(super) fn section(&self) -> Option<usize> {
        let is_past = |line: usize| line <= self.top + 1;
        self.page.outline().iter().rposition(|heading| is_past(heading.line))
    }

    /// How much of the page has been in view, in percent.
    pub(super) fn percent(&self) -> usize {
        let seen = (self.top + self.height).min(self.page.height());
        if self.page.height() == 0 { 100 } else { seen * 100 / self.page.height() }
    }

    fn last_top(&self) -> usize {
        self.page.height().saturating_sub(self.height)
    }
}

fn key_of(source: &Source) -> String {
    format!("reader/{source}")
}

/// Where the page was left last time.
fn remembered(source: &Source, world: &World) -> Option<Spot> {
    let value = world.recollect(&key_of(source))?;
    let (line, of) = value.split_once('/')?;
    Some(Spot::Line(line.parse().ok()?, of.parse().ok()?))
}

fn letters(anchor: &str) -> String {
    anchor.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
