//! A review session: one card after the other, graded one by one.
//!
//! What comes next, when a card is due and whether a grade is on disk is decided by [`recall::Session`]; this screen
//! turns keys into its inputs and its effects into those of the app, and shows where it stands. Start reading at
//! [`Review::run`](Screen::run), then `face` for what stands on a card.

mod attempt;
mod desk;
mod face;
mod grades;
mod keys;
mod sheet;
mod summary;

use std::collections::VecDeque;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Widget, Wrap};

use crate::content::CardId;
use crate::library::Library;
use crate::recall::grading::Confidence;
use crate::recall::{self, Event, Face, Input, Mode, Rating, Session, What};
use crate::time::Now;
use crate::tui::effect::{Edit, Effect, Record};
use crate::tui::route::Route;
use crate::tui::screen::{Binding, Cx, Destination, Refusal, Reply, Screen, TextInput};
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::truncate;
use crate::tui::world::Plan;

use attempt::{Attempt, Choose};
use desk::Desk;
use face::SeeKeys;
use grades::Grades;
use summary::Summary;

pub use keys::Command;

/// Rows for what went wrong.
const BANNER: u16 = 3;

/// The memory that tells whether a session is open: a `>` and its plan, or nothing.
pub(crate) const OPEN: &str = "review/open";

/// The review session.
#[derive(Debug)]
pub struct Review {
    plan: Plan,
    session: Session,
    desk: Option<Desk>,
    summary: Option<Summary>,
    saving: VecDeque<Saving>,
    /// The cards that were forgotten, in order.
    forgotten: Vec<CardId>,
    /// Whether it was noted that a session is open.
    is_remembered: bool,
    /// Asked to leave although an answer is not saved; the next time it goes.
    is_leaving: bool,
    is_built_in: bool,
    has_lesson: bool,
    /// Of the area that was laid out last.
    width: u16,
}

/// What the next [`Reply::Saved`] answers.
#[derive(Clone, Debug)]
enum Saving {
    Event(Event),
    Memory,
}

/// Where the candidate stands, as far as it decides which keys mean something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// A card that is answered from the head.
    Think,
    /// Options that are not in view yet.
    Closed,
    Pick {
        options: usize,
        has_picked: bool,
    },
    Type,
    Order,
    /// The answer is in view; space gives this grade.
    Answered(Rating),
    /// The last step is not saved.
    Failed,
    /// Nothing is left but to wait for a step.
    Waiting,
    Finished,
}

impl Review {
    /// Begins what a plan comes to at this moment.
    pub fn begin(cx: &Cx<'_>, plan: Plan) -> Self {
        let session = cx.world.student.session(cx.world.library.cards(), &plan, cx.now);
        let mut review = Self {
            plan,
            session,
            desk: None,
            summary: None,
            saving: VecDeque::new(),
            forgotten: Vec::new(),
            is_remembered: false,
            is_leaving: false,
            is_built_in: false,
            has_lesson: false,
            width: 0,
        };
        review.deal(cx);
        review
    }

    fn stage(&self) -> Stage {
        if self.session.pending().is_some_and(|pending| pending.failure.is_some()) {
            return Stage::Failed;
        }
        let Some(desk) = &self.desk else {
            return if self.session.is_finished() { Stage::Finished } else { Stage::Waiting };
        };
        if let Some(Face::Answer { proposed }) = self.session.face() {
            return Stage::Answered(proposed.unwrap_or(Rating::Good));
        }
        match &desk.attempt {
            Attempt::Say => Stage::Think,
            Attempt::Choose(choose) if choose.is_open() => {
                Stage::Pick { options: choose.options().len(), has_picked: choose.has_picked() }
            }
            Attempt::Choose(_) => Stage::Closed,
            Attempt::Compute(_) => Stage::Type,
            Attempt::Order(_) => Stage::Order,
        }
    }

    /// Hands an input to the session and carries on with what it brings.
    fn feed(&mut self, cx: &Cx<'_>, input: Input) -> Vec<Effect> {
        let was_turned = matches!(self.session.face(), Some(Face::Answer { .. }));
        let wanted = self.session.step(cx.now, input);
        let is_turned = matches!(self.session.face(), Some(Face::Answer { .. }));
        if let (false, true, Some(desk)) = (was_turned, is_turned, &mut self.desk) {
            desk.turn();
        }
        let at = self.session.card().map(|queued| &queued.card);
        if at != self.desk.as_ref().map(|desk| &desk.card.id) || (was_turned && !is_turned) {
            self.deal(cx);
        }
        let save = |recall::Effect::Save(event): recall::Effect| {
            self.saving.push_back(Saving::Event(event.clone()));
            Effect::Save(Record::Event(event))
        };
        wanted.into_iter().map(save).collect()
    }

    /// Puts the session's card on the desk, or takes stock where none is left.
    fn deal(&mut self, cx: &Cx<'_>) {
        let library = &cx.world.library;
        self.desk = self.session.card().map(|queued| Desk::new(library, queued, cx.world.student.seed()));
        self.is_built_in = self.desk.as_ref().is_some_and(|desk| is_built_in(desk));
        let has_lesson = |desk: &Desk| desk.card.lesson.is_some() && face::has_lessons(library);
        self.has_lesson = self.desk.as_ref().is_some_and(has_lesson);
        self.summary = self.session.is_finished().then(|| Summary::of(cx, &self.session, &self.forgotten));
    }

    fn overflows(&self) -> bool {
        self.desk.as_ref().is_some_and(Desk::overflows)
    }

    fn choose(&mut self, change: impl FnOnce(&mut Choose)) -> Vec<Effect> {
        if let Some(Attempt::Choose(choose)) = self.desk.as_mut().map(|desk| &mut desk.attempt) {
            change(choose);
        }
        Vec::new()
    }

    /// Gives the attempt as the answer; what cannot be read as one changes nothing but the sheet.
    fn check(&mut self, cx: &Cx<'_>, confidence: Confidence) -> Vec<Effect> {
        let proposal = self.desk.as_mut().and_then(|desk| desk.attempt.check(confidence));
        proposal.map(|rating| self.feed(cx, Input::Check(rating))).unwrap_or_default()
    }

    fn go(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        match self.stage() {
            Stage::Think => self.feed(cx, Input::Turn),
            Stage::Answered(rating) => self.feed(cx, Input::Grade(rating)),
            Stage::Finished => self.leave(),
            Stage::Closed => self.choose(Choose::open),
            Stage::Pick { .. } => self.choose(|choose| choose.toggle(choose.cursor())),
            Stage::Type | Stage::Order | Stage::Failed | Stage::Waiting => Vec::new(),
        }
    }

    fn digit(&mut self, cx: &Cx<'_>, number: u8) -> Vec<Effect> {
        match (self.stage(), Rating::try_from(number)) {
            (Stage::Answered(_), Ok(rating)) => self.feed(cx, Input::Grade(rating)),
            (Stage::Pick { .. }, _) => self.choose(|choose| choose.toggle(usize::from(number).saturating_sub(1))),
            _ => Vec::new(),
        }
    }

    fn step(&mut self, by: isize) {
        let stage = self.stage();
        let Some(desk) = &mut self.desk else { return };
        match (stage, &mut desk.attempt) {
            (Stage::Pick { .. }, Attempt::Choose(choose)) => choose.step(by),
            (Stage::Order, Attempt::Order(order)) => order.step(by),
            _ => desk.scroll(by),
        }
    }

    fn edit(&self) -> Vec<Effect> {
        let Some(Desk { card, .. }) = &self.desk else { return Vec::new() };
        if self.is_built_in {
            let (topic, id) = card.id.as_str().split_once('/').unwrap_or(("", card.id.as_str()));
            return vec![Effect::say(format!(
                "This card is built in. To change it, put one with the id `{id}` into {topic}/cards.toml of your \
                 content folder; `sysdrill doctor` names the folder."
            ))];
        }
        vec![Effect::Edit(Edit::File { path: card.place.file.clone().into(), line: card.place.line })]
    }

    fn go_to_note(&self) -> Vec<Effect> {
        if let Some(weakest) = self.summary.as_ref().and_then(Summary::weakest) {
            return vec![Effect::Go(Route::at("note", weakest))];
        }
        let note = self.desk.as_ref().and_then(|desk| desk.card.note.as_ref());
        let route = note.map(|note| match &note.anchor {
            Some(anchor) => Route::at("note", format!("{}#{anchor}", note.topic)),
            None => Route::at("note", &note.topic),
        });
        route.map(Effect::Go).into_iter().collect()
    }

    fn go_to_lesson(&self) -> Vec<Effect> {
        let lesson = self.desk.as_ref().and_then(|desk| desk.card.lesson.as_ref());
        lesson.map(|lesson| Effect::Go(Route::at("lesson", lesson))).into_iter().collect()
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

    /// Goes back, unless an answer would be lost that way and nobody has been told.
    fn leave(&mut self) -> Vec<Effect> {
        if self.stage() == Stage::Failed && !std::mem::replace(&mut self.is_leaving, true) {
            return vec![Effect::fail("The last step is not saved: r saves it again, Esc once more gives it up.")];
        }
        let forget = self.is_remembered.then(|| self.remember(String::new()));
        forget.into_iter().chain([Effect::Pop]).collect()
    }

    /// Notes that the session is open, or with an empty plan that it is not.
    fn remember(&mut self, plan: String) -> Effect {
        self.saving.push_back(Saving::Memory);
        Effect::Save(Record::Memory { key: OPEN.to_owned(), value: plan })
    }

    fn saved(&mut self, cx: &Cx<'_>, result: Result<(), String>) -> Vec<Effect> {
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

    /// The rows for what went wrong and, below them, the card.
    fn areas(&self, area: Rect) -> (Rect, Rect) {
        let banner = if self.stage() == Stage::Failed { BANNER.min(area.height) } else { 0 };
        (Rect { height: banner, ..area }, Rect { y: area.y + banner, height: area.height - banner, ..area })
    }

    fn draw_failure(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) {
        let Some(why) = self.session.pending().and_then(|pending| pending.failure.as_deref()) else { return };
        let text = format!("{} {why} The card and your answer stay here.", cx.theme.glyphs.no);
        let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        Paragraph::new(text).style(cx.theme.bad).wrap(Wrap { trim: true }).render(inner, buf);
    }
}

impl Screen for Review {
    type Command = Command;

    const KEYS: &'static [Binding<Command>] = keys::KEYS;

    fn title(&self, cx: &Cx<'_>) -> String {
        let name = if self.plan.is_cram { "Cards · cram" } else { "Cards" };
        let topic = self.desk.as_ref().map(|desk| &desk.card.topic);
        let topic = topic.or(self.plan.topics.first().filter(|_| self.plan.topics.len() == 1));
        match topic.map(|id| cx.world.library.topic(id).map_or(id.as_str(), |topic| &topic.title)) {
            Some(topic) => format!("{name} · {topic}"),
            None => name.to_owned(),
        }
    }

    fn status(&self, cx: &Cx<'_>) -> Line<'static> {
        if self.summary.is_some() {
            return Line::default();
        }
        let left = self.session.left().total();
        let seconds = self.session.elapsed(cx.now).as_secs();
        let flag = self.session.card().filter(|queued| queued.state.flagged).map(|_| "flagged · ").unwrap_or_default();
        Line::from(vec![
            Span::styled(flag, cx.theme.warn),
            Span::styled(format!("{left} left"), cx.theme.text),
            Span::styled(format!(" · {}:{:02}", seconds / 60, seconds % 60), cx.theme.muted),
        ])
    }

    fn footer(&self, cx: &Cx<'_>) -> Option<Line<'static>> {
        let Stage::Answered(proposed) = self.stage() else { return None };
        let grants = self.session.grants(cx.now);
        let grades = Grades { theme: cx.theme, grants: grants.as_ref(), proposed };
        let others = [Command::Undo, Command::Bury, Command::Suspend, Command::Note, Command::Edit];
        let others = others.into_iter().filter(|&command| self.available(command)).filter_map(|command| {
            let binding = keys::binding(command)?;
            Some((keys::label_of(cx, command)?, binding.help))
        });
        Some(grades.footer(&others.collect::<Vec<_>>(), self.width))
    }

    fn available(&self, command: Command) -> bool {
        let stage = self.stage();
        let at_card = self.desk.is_some() && stage != Stage::Failed;
        let is_review = self.session.mode() == Mode::Review;
        match command {
            Command::Go => {
                matches!(stage, Stage::Think | Stage::Closed | Stage::Pick { .. } | Stage::Answered(_))
            }
            Command::Check => match stage {
                Stage::Pick { has_picked, .. } => has_picked,
                Stage::Failed | Stage::Waiting => false,
                _ => true,
            },
            Command::Doubt | Command::Guess => matches!(stage, Stage::Pick { has_picked: true, .. }),
            Command::Retry => stage == Stage::Failed,
            Command::Undo => is_review && stage != Stage::Failed && self.session.newest_step().is_some(),
            Command::Bury | Command::Suspend | Command::Flag => at_card && is_review,
            Command::Edit => at_card && matches!(stage, Stage::Answered(_)),
            Command::Note => {
                let of_card = self.desk.as_ref().is_some_and(|desk| desk.card.note.is_some());
                let of_weakest = self.summary.as_ref().is_some_and(|summary| summary.weakest().is_some());
                of_weakest || (of_card && matches!(stage, Stage::Answered(_)))
            }
            Command::Lesson => self.has_lesson && matches!(stage, Stage::Answered(_)),
            Command::Digit(number) => match stage {
                Stage::Answered(_) => number <= 4,
                Stage::Pick { options, .. } => usize::from(number) <= options,
                _ => false,
            },
            Command::Carry(_) => stage == Stage::Order,
            Command::Step(_) => matches!(stage, Stage::Pick { .. } | Stage::Order) || self.overflows(),
            Command::Page(_) => self.overflows(),
            Command::Leave => true,
        }
    }

    fn wording(&self, command: Command) -> Option<&'static str> {
        match (command, self.stage()) {
            (Command::Go | Command::Check, Stage::Think) => Some("show the answer"),
            (Command::Go | Command::Check, Stage::Closed) => Some("show the options"),
            (Command::Go | Command::Check, Stage::Answered(rating)) => Some(rating.name()),
            (Command::Check, Stage::Finished) => Some("done"),
            (Command::Go | Command::Digit(_), Stage::Pick { .. }) => Some("pick"),
            (Command::Check, Stage::Type | Stage::Order) => Some("check"),
            (Command::Digit(number), Stage::Answered(_)) => Rating::try_from(number).ok().map(Rating::name),
            _ => None,
        }
    }

    fn takes_text(&self) -> bool {
        self.stage() == Stage::Type
    }

    fn takes_answer(&self) -> bool {
        !matches!(self.stage(), Stage::Finished)
    }

    fn run(&mut self, cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        match command {
            Command::Go => self.go(cx),
            Command::Check => match self.stage() {
                Stage::Pick { .. } | Stage::Type | Stage::Order => self.check(cx, Confidence::Sure),
                _ => self.go(cx),
            },
            Command::Doubt => self.check(cx, Confidence::Unsure),
            Command::Guess => self.check(cx, Confidence::Guess),
            Command::Digit(number) => self.digit(cx, number),
            Command::Retry => self.feed(cx, Input::Retry),
            Command::Undo => self.feed(cx, Input::Undo),
            Command::Bury => self.feed(cx, Input::Bury),
            Command::Suspend => self.feed(cx, Input::Suspend),
            Command::Flag => self.feed(cx, Input::Flag),
            Command::Edit => self.edit(),
            Command::Note => self.go_to_note(),
            Command::Lesson => self.go_to_lesson(),
            Command::Step(by) => {
                self.step(by);
                Vec::new()
            }
            Command::Carry(by) => {
                if let Some(Attempt::Order(order)) = self.desk.as_mut().map(|desk| &mut desk.attempt) {
                    order.carry(by);
                }
                Vec::new()
            }
            Command::Page(by) => {
                if let Some(desk) = &mut self.desk {
                    desk.page(by);
                }
                Vec::new()
            }
            Command::Leave => self.leave(),
        }
    }

    fn text(&mut self, _cx: &Cx<'_>, input: TextInput) -> Vec<Effect> {
        if let Some(Attempt::Compute(compute)) = self.desk.as_mut().map(|desk| &mut desk.attempt) {
            match input {
                TextInput::Key(key) => _ = compute.edit().key(key),
                TextInput::Paste(text) => compute.edit().paste(&text),
            }
        }
        Vec::new()
    }

    fn receive(&mut self, cx: &Cx<'_>, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Saved(result) => self.saved(cx, result),
            Reply::Edited(Err(why)) => vec![Effect::fail(why)],
            Reply::Edited(Ok(_)) => vec![Effect::say("The card is read anew when its file changes.")],
            Reply::Woke => self.feed(cx, Input::Tick),
            Reply::Reloaded => {
                if let Some(desk) = &mut self.desk {
                    desk.reload(&cx.world.library);
                }
                Vec::new()
            }
            Reply::Closing if self.is_remembered => vec![self.remember(String::new())],
            Reply::Closing | Reply::Job(..) | Reply::Exported(_) | Reply::Shown => Vec::new(),
        }
    }

    /// The time in the header goes on.
    fn next_wake(&self, _now: Now) -> Option<Duration> {
        (!self.session.is_finished()).then_some(Duration::from_secs(1))
    }

    fn layout(&mut self, cx: &Cx<'_>, area: Rect) {
        let (_, card) = self.areas(area);
        let is_turned = matches!(self.session.face(), Some(Face::Answer { .. }));
        self.width = area.width;
        let label = |command| keys::label_of(cx, command).unwrap_or_default();
        let (note, lesson) = (label(Command::Note), label(Command::Lesson));
        if let Some(desk) = &mut self.desk {
            desk.layout(&cx.world.library, cx.theme, SeeKeys { note: &note, lesson: &lesson }, is_turned, card);
        }
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let (banner, card) = self.areas(area);
        if let Some(summary) = &self.summary {
            summary.draw(cx, card, buf);
            return None;
        }
        self.draw_failure(cx, banner, buf);
        match &self.desk {
            Some(desk) => desk.draw(cx.theme, card, buf),
            None => {
                let inner = Panel::new(cx.theme, "").draw(card, buf);
                summary::draw_wait(cx, self.session.waits_until(), inner, buf);
                None
            }
        }
    }
}

impl Destination for Review {
    const NAME: &'static str = "review";
    const TITLE: &'static str = "Review";

    fn open(cx: &Cx<'_>, argument: Option<&str>) -> Result<Self, Refusal> {
        let plan: Plan = argument.unwrap_or_default().parse().map_err(|error| Refusal(format!("{error}.")))?;
        if let Some(unknown) = plan.topics.iter().find(|topic| cx.world.library.topic(topic).is_none()) {
            return Err(Refusal(format!("There is no topic `{unknown}`; `sysdrill list topics` shows what there is.")));
        }
        Ok(Self::begin(cx, plan))
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
            Some(format!("Taken back: {done} for “{}”", truncate(front, 60, cx.theme.glyphs.ellipsis)))
        }
        _ => None,
    }
}

/// Whether the card stands where the program brought it.
fn is_built_in(desk: &Desk) -> bool {
    Library::built_in().card(&desk.card.id).is_some_and(|card| card.place == desk.card.place)
}
