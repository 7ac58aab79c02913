//! How inputs, saves and cards follow each other: the screen's side of [`recall::Session`].

use crate::recall::{self, Event, Face, Input, Rating, What};
use crate::tui::effect::{Effect, Record};
use crate::tui::screen::Cx;
use crate::tui::screens::cards::desk::Desk;
use crate::tui::widgets::text::truncate;

use super::summary::Summary;
use super::{Command, Review, Stage, keys};

/// The memory that tells whether a session is open: a `>` and its plan, or nothing.
pub(crate) const OPEN: &str = "review/open";

/// What the next answer to a save is about.
#[derive(Clone, Debug)]
pub(super) enum Saving {
    Event(Event),
    Memory,
}

impl Review {
    /// Hands an input to the session and carries on with what it brings.
    pub(super) fn feed(&mut self, cx: &Cx<'_>, input: Input) -> Vec<Effect> {
        let was_turned = self.is_turned();
        let wanted = self.session.step(cx.now, input);
        let at = self.session.card().map(|queued| &queued.card);
        let is_other_card = at != self.desk.as_ref().map(|desk| &desk.card.id);
        match (was_turned, self.is_turned()) {
            (true, false) => self.deal(cx),
            _ if is_other_card => self.deal(cx),
            (false, true) => self.desk.iter_mut().for_each(Desk::turn),
            _ => {}
        }
        let save = |recall::Effect::Save(event): recall::Effect| {
            self.saving.push_back(Saving::Event(event.clone()));
            Effect::Save(Record::Event(event))
        };
        wanted.into_iter().map(save).collect()
    }

    pub(super) fn is_turned(&self) -> bool {
        matches!(self.session.face(), Some(Face::Answer { .. }))
    }

    /// Puts the session's card on the desk, or takes stock where none is left.
    pub(super) fn deal(&mut self, cx: &Cx<'_>) {
        let library = &cx.world.library;
        self.desk = self.session.card().map(|queued| Desk::new(library, queued, cx.world.student.seed()));
        self.has_lesson = self.desk.as_ref().is_some_and(|desk| desk.lesson(library).is_some());
        self.summary = self.session.is_finished().then(|| Summary::of(cx, &self.session, &self.forgotten));
    }

    /// The oldest save that was asked for was answered.
    pub(super) fn saved(&mut self, cx: &Cx<'_>, result: Result<(), String>) -> Vec<Effect> {
        match (self.saving.pop_front(), result) {
            (Some(Saving::Event(event)), Ok(())) => {
                self.is_leaving = false;
                self.note_lapse(&event);
                // What an undo takes back is still the newest step now.
                let notice = notice(cx, &event, self.session.newest_step());
                let mut effects = self.feed(cx, Input::Saved(cx.world.student.state().get(&event.item)));
                effects.extend(notice.map(Effect::say));
                if !std::mem::replace(&mut self.is_remembered, true) {
                    effects.push(self.remember(format!(">{}", self.plan)));
                }
                effects
            }
            (Some(Saving::Event(_)), Err(why)) => self.feed(cx, Input::Failed(why)),
            (Some(Saving::Memory) | None, _) => Vec::new(),
        }
    }

    /// Goes back, unless an answer would be lost that way and nobody has been told.
    pub(super) fn leave(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        if self.stage() == Stage::Failed && !std::mem::replace(&mut self.is_leaving, true) {
            let key = |command| keys::label_of(cx, command).unwrap_or_default();
            let (retry, leave) = (key(Command::Retry), key(Command::Leave));
            let text = format!("The last step is not saved: {retry} saves it again, {leave} once more gives it up.");
            return vec![Effect::fail(text)];
        }
        self.forget().into_iter().chain([Effect::Pop]).collect()
    }

    /// The app is about to end: what failed is tried once more.
    pub(super) fn close(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        let mut effects = self.feed(cx, Input::Retry);
        effects.extend(self.forget());
        effects
    }

    /// Notes that the session is no longer open, if that was noted.
    fn forget(&mut self) -> Option<Effect> {
        self.is_remembered.then(|| self.remember(String::new()))
    }

    fn remember(&mut self, plan: String) -> Effect {
        self.saving.push_back(Saving::Memory);
        Effect::Save(Record::Memory { key: OPEN.to_owned(), value: plan })
    }

    /// Keeps in mind what was forgotten, for the summary.
    fn note_lapse(&mut self, event: &Event) {
        let Some(card) = event.item.card() else { return };
        match &event.what {
            What::Review(review) if review.rating == Rating::Again => self.forgotten.push(card.clone()),
            What::Undo { .. } => {
                let newest = self.forgotten.iter().rposition(|forgotten| forgotten == card);
                newest.map(|at| self.forgotten.remove(at));
            }
            _ => {}
        }
    }
}

/// What is to be said about an event that is in the log now, where the screen does not show it by itself; `newest` is
/// the step before it.
fn notice(cx: &Cx<'_>, event: &Event, newest: Option<&Event>) -> Option<String> {
    match &event.what {
        What::Bury { .. } => Some("Buried until tomorrow; undo brings it back.".to_owned()),
        What::Suspend {} => Some("Suspended; undo brings it back.".to_owned()),
        What::Undo { .. } => {
            let done = match &newest?.what {
                What::Review(review) => review.rating.name(),
                other => other.kind(),
            };
            let front = &cx.world.library.card(event.item.card()?)?.front;
            Some(format!("Taken back: {done} for \"{}\"", truncate(front, 60, cx.theme.glyphs.ellipsis)))
        }
        _ => None,
    }
}
