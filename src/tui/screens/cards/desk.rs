//! A card on the desk: the attempt at it, its sheet for the area there is, and how far that is scrolled.
//!
//! Knows the card, not the session: when it comes again and what a grade means is decided elsewhere. Start reading at
//! [`Desk`], then `face` for what stands on a card and `attempt` for what is done with it.

mod attempt;
mod face;
mod sheet;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Span;

use crate::content::{Card, CardId, CardKind, LessonId, Place, Tier, TopicId};
use crate::library::Library;
use crate::recall::Queued;
use crate::tui::theme::Theme;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::list::scroll_bar;
use crate::tui::widgets::panel::Panel;

use face::{Face, Laid};
use sheet::Sheet;

pub(super) use attempt::{Attempt, Choose};
pub(super) use face::SeeKeys;

/// Longer lines are hard to read.
const WIDEST: u16 = 88;

/// Columns at either side of the text.
const AIR: u16 = 1;

/// The least height of a card, so that short ones do not look lost.
const LEAST: u16 = 7;

/// A card on the desk.
#[derive(Debug)]
pub(super) struct Desk {
    pub(super) card: Card,
    pub(super) attempt: Attempt,
    fault: Option<String>,
    sheet: Sheet,
    /// The line from which on the answer stands.
    answer: usize,
    /// The line at which keys act, such as that of the option at the cursor.
    focus: Option<usize>,
    top: usize,
    height: usize,
    /// Whether the sheet is still to be scrolled to where the answer begins.
    is_turning: bool,
}

impl Desk {
    pub(super) fn new(library: &Library, queued: &Queued, seed: u64) -> Self {
        let card = library.card(&queued.card).cloned().unwrap_or_else(|| missing(&queued.card));
        match Attempt::at(&card, seed, queued.state.reviews) {
            Ok(attempt) => Self::with(card, attempt, None),
            Err(fault) => Self::with(card, Attempt::Say, Some(format!("{fault} Answer from the head."))),
        }
    }

    /// A card that is only read, with nothing to attempt.
    pub(super) fn to_read(card: Card) -> Self {
        let attempt = Attempt::to_read(&card);
        Self::with(card, attempt, None)
    }

    fn with(card: Card, attempt: Attempt, fault: Option<String>) -> Self {
        Self {
            card,
            attempt,
            fault,
            sheet: Sheet::default(),
            answer: 0,
            focus: None,
            top: 0,
            height: 0,
            is_turning: false,
        }
    }

    /// Takes the card as it is in the library now; an attempt that has begun goes on if the card allows it.
    pub(super) fn reload(&mut self, library: &Library) {
        if let Some(card) = library.card(&self.card.id).filter(|card| card.kind.name() == self.card.kind.name()) {
            self.card = card.clone();
        }
    }

    /// The text that is being typed.
    pub(super) fn field(&self) -> Option<&Field> {
        match &self.attempt {
            Attempt::Compute(compute) if compute.given().is_none() && !compute.is_given_up() => Some(compute.field()),
            _ => None,
        }
    }

    /// The section that teaches it, as the route of a note writes it.
    pub(super) fn note(&self) -> Option<String> {
        let note = self.card.note.as_ref()?;
        Some(match &note.anchor {
            Some(anchor) => format!("{}#{anchor}", note.topic),
            None => note.topic.to_string(),
        })
    }

    /// The lesson that shows it, where there are lessons to go to.
    pub(super) fn lesson(&self, library: &Library) -> Option<&LessonId> {
        self.card.lesson.as_ref().filter(|_| face::has_lessons(library))
    }

    /// Whether the card stands where the program brought it, and not in a file of the user's.
    pub(super) fn is_built_in(&self) -> bool {
        Library::built_in().card(&self.card.id).is_some_and(|card| card.place == self.card.place)
    }

    /// The answer comes into view.
    pub(super) fn turn(&mut self) {
        self.is_turning = true;
    }

    /// Scrolls by lines; what is drawn next keeps it within the sheet.
    pub(super) fn scroll(&mut self, by: isize) {
        self.top = self.top.saturating_add_signed(by).min(self.sheet.height().saturating_sub(self.height));
    }

    /// Scrolls by pages.
    pub(super) fn page(&mut self, by: isize) {
        self.scroll(by * self.height.saturating_sub(1).max(1) as isize);
    }

    /// Whether there is more than fits.
    pub(super) fn overflows(&self) -> bool {
        self.sheet.height() > self.height
    }

    pub(super) fn layout(&mut self, library: &Library, theme: &Theme, keys: SeeKeys<'_>, is_turned: bool, area: Rect) {
        let (card, attempt, fault) = (&self.card, &self.attempt, self.fault.as_deref());
        let face = Face { card, attempt, fault, is_turned, library, theme, keys };
        let inner = Panel::inner(area);
        let Laid { sheet, answer, focus } = face.lay_out(inner.width.saturating_sub(2 * AIR).min(WIDEST));
        (self.sheet, self.answer) = (sheet, answer);
        self.height = inner.height.into();
        if std::mem::take(&mut self.is_turning) {
            // As much of the question as there is room for above the answer.
            self.top = self.answer;
        }
        let has_moved = std::mem::replace(&mut self.focus, focus) != focus;
        if let Some(line) = focus.filter(|_| has_moved) {
            self.top = self.top.clamp((line + 2).saturating_sub(self.height), line.saturating_sub(1));
        }
        self.top = self.top.min(self.sheet.height().saturating_sub(self.height));
    }

    /// Draws the card as high as what stands on it, and rules from border to border.
    pub(super) fn draw(&self, theme: &Theme, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let height = u16::try_from(self.sheet.height()).unwrap_or(u16::MAX).saturating_add(2).max(LEAST);
        let area = Rect { height: height.min(area.height), ..area };
        let kind = Span::styled(self.card.kind.name(), theme.muted);
        let inner = Panel::new(theme, "").note(kind).draw(area, buf);
        let in_view = |line: usize| line.checked_sub(self.top).filter(|row| *row < usize::from(inner.height));
        for row in self.sheet.rules().filter_map(in_view) {
            let y = inner.y + row as u16;
            let rule = theme.glyphs.rule.repeat(usize::from(area.width.saturating_sub(2)));
            buf.set_string(
                area.x,
                y,
                format!("{}{rule}{}", theme.glyphs.tee_left, theme.glyphs.tee_right),
                theme.border,
            );
        }
        // In the panel's own air, so that it never touches the text.
        let bar = Rect { x: inner.right().min(area.right().saturating_sub(1)), width: 1, ..inner };
        scroll_bar(theme, bar, self.top, self.sheet.height(), buf);
        let sheet = Rect { x: inner.x + AIR, width: self.sheet.width().min(inner.width), ..inner };
        self.sheet.draw(theme, self.field(), sheet, self.top, buf)
    }
}

/// Stands for a card whose file no longer has it.
fn missing(id: &CardId) -> Card {
    let back = "Its history is kept. Bury it, or suspend it for good.".to_owned();
    Card {
        id: id.clone(),
        topic: TopicId::new(id.as_str().split('/').next().unwrap_or_default()),
        tier: Tier::Core,
        front: format!("The card `{id}` is no longer in its file."),
        kind: CardKind::Recall { back },
        why: String::new(),
        note: None,
        lesson: None,
        tags: Vec::new(),
        siblings: None,
        contrast: None,
        place: Place::default(),
    }
}
