//! A review session: one card after the other, graded one by one.
//!
//! What comes next, when a card is due and whether a grade is on disk is decided by [`Session`]; this screen
//! turns keys into its inputs and its effects into those of the app, and shows where it stands. Start reading at
//! [`Review::run`](Screen::run), then `flow` for what follows from an input and `stage` for which keys mean something when.

mod flow;
mod grades;
mod keys;
mod stage;
mod summary;

use std::collections::VecDeque;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Widget, Wrap};

use crate::content::CardId;
use crate::recall::grading::Confidence;
use crate::recall::{Input, Mode, Rating, Session};
use crate::time::Now;
use crate::tui::effect::{Edit, Effect};
use crate::tui::key::Key;
use crate::tui::route::Route;
use crate::tui::screen::{Binding, Cx, Destination, Refusal, Reply, Screen, TextInput};
use crate::tui::world::Plan;

use super::desk::{Attempt, Choose, Desk, SeeKeys};
use flow::Saving;
use grades::Grades;
use stage::Stage;
use summary::Summary;

pub(crate) use flow::OPEN;
pub use keys::Command;

/// Rows for what went wrong.
const BANNER: u16 = 3;

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
    has_lesson: bool,
    /// Of the area that was laid out last.
    width: u16,
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
            has_lesson: false,
            width: 0,
        };
        review.deal(cx);
        review
    }

    fn stage(&self) -> Stage {
        Stage::of(&self.session, self.desk.as_ref())
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
            Stage::Finished => self.leave(cx),
            Stage::Closed => self.choose(Choose::open),
            Stage::Pick { .. } => self.choose(|choose| choose.toggle(choose.cursor())),
            Stage::Type { .. } | Stage::Order | Stage::Failed | Stage::Waiting => Vec::new(),
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
        let Some(desk) = &self.desk else { return Vec::new() };
        let card = &desk.card;
        if desk.is_built_in() {
            let (topic, id) = card.id.as_str().split_once('/').unwrap_or(("", card.id.as_str()));
            return vec![Effect::say(format!(
                "This card is built in. To change it, put one with the id `{id}` into {topic}/cards.toml of your \
                 content folder; `sysdrill doctor` names the folder."
            ))];
        }
        vec![Effect::Edit(Edit::File { path: card.place.file.clone().into(), line: card.place.line })]
    }

    /// The section to read now: that of the card in view, at the end that of the weakest topic.
    fn note(&self) -> Option<String> {
        let of_card = || self.desk.as_ref().filter(|_| self.stage().is_answered()).and_then(Desk::note);
        let of_weakest = || self.summary.as_ref().and_then(Summary::weakest).map(ToString::to_string);
        of_card().or_else(of_weakest)
    }

    fn go_to_lesson(&self, cx: &Cx<'_>) -> Vec<Effect> {
        let lesson = self.desk.as_ref().and_then(|desk| desk.lesson(&cx.world.library));
        lesson.map(|lesson| Effect::Go(Route::at("lesson", lesson))).into_iter().collect()
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
        let dot = cx.theme.glyphs.dot;
        let name = if self.plan.is_cram { format!("Cards {dot} cram") } else { "Cards".to_owned() };
        let topic = self.desk.as_ref().map(|desk| &desk.card.topic);
        let topic = topic.or(self.plan.topics.first().filter(|_| self.plan.topics.len() == 1));
        match topic.map(|id| cx.world.library.topic(id).map_or(id.as_str(), |topic| &topic.title)) {
            Some(topic) => format!("{name} {dot} {topic}"),
            None => name,
        }
    }

    fn status(&self, cx: &Cx<'_>) -> Line<'static> {
        if self.summary.is_some() {
            return Line::default();
        }
        let left = self.session.left().total();
        let seconds = self.session.elapsed(cx.now).as_secs();
        let dot = cx.theme.glyphs.dot;
        let is_flagged = self.session.card().is_some_and(|queued| queued.state.flagged);
        let flag = if is_flagged { format!("flagged {dot} ") } else { String::new() };
        Line::from(vec![
            Span::styled(flag, cx.theme.warn),
            Span::styled(format!("{left} left"), cx.theme.text),
            Span::styled(format!(" {dot} {}:{:02}", seconds / 60, seconds % 60), cx.theme.muted),
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
        let is_review = self.session.mode() == Mode::Review;
        match command {
            Command::Undo => is_review && stage != Stage::Failed && self.session.newest_step().is_some(),
            Command::Bury | Command::Suspend | Command::Flag => is_review && stage.is_at_card(),
            Command::Edit => stage.is_answered(),
            Command::Note => self.note().is_some(),
            Command::Lesson => self.has_lesson && stage.is_answered(),
            Command::Step(_) => stage.has_cursor() || self.overflows(),
            Command::Page(_) => self.overflows(),
            Command::Leave => true,
            _ => stage.allows(command),
        }
    }

    fn wording(&self, command: Command) -> Option<&'static str> {
        self.stage().wording(command)
    }

    fn takes_text(&self) -> bool {
        matches!(self.stage(), Stage::Type { .. })
    }

    fn takes_answer(&self) -> bool {
        !matches!(self.stage(), Stage::Finished)
    }

    fn run(&mut self, cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        match command {
            Command::Go => self.go(cx),
            Command::Check => match self.stage() {
                Stage::Pick { .. } | Stage::Type { .. } | Stage::Order => self.check(cx, Confidence::Sure),
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
            Command::Note => self.note().map(|note| Effect::Go(Route::at("note", note))).into_iter().collect(),
            Command::Lesson => self.go_to_lesson(cx),
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
            Command::Leave => self.leave(cx),
        }
    }

    fn text(&mut self, cx: &Cx<'_>, input: TextInput) -> Vec<Effect> {
        // No number begins with a blank: on the empty line the space bar shows the answer, as on other cards.
        if matches!(input, TextInput::Key(Key::SPACE)) && self.stage() == (Stage::Type { is_empty: true }) {
            return self.check(cx, Confidence::Sure);
        }
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
            Reply::Closing => self.close(cx),
            Reply::Job(..) | Reply::Exported(_) | Reply::Opened | Reply::Shown => Vec::new(),
        }
    }

    /// The time in the header goes on.
    fn next_wake(&self, _now: Now) -> Option<Duration> {
        (!self.session.is_finished()).then_some(Duration::from_secs(1))
    }

    fn layout(&mut self, cx: &Cx<'_>, area: Rect) {
        let (_, card) = self.areas(area);
        let is_turned = self.is_turned();
        self.width = area.width;
        let label = |command| keys::label_of(cx, command).unwrap_or_default();
        let (note, lesson) = (label(Command::Note), label(Command::Lesson));
        if let Some(desk) = &mut self.desk {
            desk.layout(&cx.world.library, cx.theme, SeeKeys { note: &note, lesson: &lesson }, is_turned, card);
        }
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let (banner, card) = self.areas(area);
        self.draw_failure(cx, banner, buf);
        match (&self.summary, &self.desk) {
            (Some(summary), _) => summary.draw(cx, card, buf),
            (None, Some(desk)) => return desk.draw(cx.theme, card, buf),
            (None, None) => summary::draw_wait(cx, self.session.waits_until(), card, buf),
        }
        None
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
