//! A lesson: what is set up, a prediction with its reason, the run, what it shows, and the same with one thing changed.
//!
//! Nothing is told before the prediction is made. It is kept with its reason; a wrong one puts the linked cards into the queue,
//! without a grade. `run` is the state from question to contrast, `page` what stands where. Start reading at [`Player`].

mod page;
mod run;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Span;

use crate::content::CardId;
use crate::recall::{Cause, Item, Mint, What};
use crate::sim::lesson::{Answer, Prediction};
use crate::tui::effect::{Effect, Record};
use crate::tui::job::{Inbox, Job, News};
use crate::tui::key::Key;
use crate::tui::route::Route;
use crate::tui::screen::{Binding, Cx, Destination, Refusal, Reply, Screen, TextInput};
use crate::tui::widgets::list::scroll_bar;
use crate::tui::widgets::panel::Panel;

use super::shelf::{Predicted, Predictions, Shelved, lessons};
use page::Laid;
use run::{Play, Ran, Stage};

/// The name of the job that runs a lesson.
const RUN: &str = "lesson";

/// A lesson that is being played.
#[derive(Debug)]
pub struct Player {
    shelved: Shelved,
    /// Its place in its lab, from 1, and how many there are.
    place: (usize, usize),
    /// The lessons before and after it in the list of all.
    neighbours: (Option<String>, Option<String>),
    play: Play,
    past: Predictions,
    inbox: Option<Inbox<Result<Ran, String>>>,
    /// Cards that the wrong prediction put into the queue.
    made_due: usize,
    laid: Laid,
    top: usize,
    height: usize,
}

/// What one can do with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// The next step: predict, run, change one thing.
    Go,
    /// Choose an option, from 1.
    Choose(usize),
    /// Select an option or scroll.
    Step(isize),
    /// Scroll by so many screens.
    Page(isize),
    /// Run with one parameter changed.
    Contrast,
    /// Predict again.
    Again,
    /// Read the section that teaches it.
    Note,
    /// See the linked cards.
    Cards,
    /// Open the lab with this set-up.
    Lab,
    /// Play the lesson before or after.
    Neighbour(isize),
}

impl Player {
    fn of(cx: &Cx<'_>, id: &str) -> Option<Self> {
        let all = lessons(&cx.world.library);
        let at = all.iter().position(|one| one.id == id)?;
        let shelved = all[at].clone();
        let of_lab: Vec<&Shelved> = all.iter().filter(|one| one.lab() == shelved.lab()).collect();
        let place = of_lab.iter().position(|one| one.id == id).map_or(0, |place| place + 1);
        let id_at = |at: Option<usize>| at.and_then(|at| all.get(at)).map(|one| one.id.clone());
        Some(Self {
            place: (place, of_lab.len()),
            neighbours: (id_at(at.checked_sub(1)), id_at(at.checked_add(1))),
            play: Play::new(&shelved.lesson),
            past: Predictions::of(cx, id),
            inbox: None,
            made_due: 0,
            laid: Laid::default(),
            top: 0,
            height: 1,
            shelved,
        })
    }

    fn go(&mut self) -> Vec<Effect> {
        match self.play.stage {
            Stage::Asked => self.play.predict(&self.shelved.lesson),
            Stage::Reasoned => return self.start(),
            Stage::Running => {}
            Stage::Shown => return self.contrast(),
            Stage::Contrasted => return self.neighbour(1),
        }
        Vec::new()
    }

    fn start(&mut self) -> Vec<Effect> {
        self.play.stage = Stage::Running;
        let (setup, contrast) = (self.shelved.lesson.setup.clone(), self.shelved.lesson.contrast.setup.clone());
        let (job, inbox) = Job::new(RUN, move |progress| {
            let measures = setup.run()?;
            progress.at(0.5);
            Ok(Ran { measures, contrast: contrast.run()? })
        });
        self.inbox = Some(inbox);
        vec![Effect::Start(job)]
    }

    fn ended(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        match self.inbox.take().and_then(|inbox| inbox.take()) {
            None => Vec::new(),
            Some(Err(problem)) => {
                self.play = Play::new(&self.shelved.lesson);
                vec![Effect::fail(format!("The run failed: {problem}."))]
            }
            Some(Ok(ran)) => {
                self.play.ran = Some(ran);
                self.play.stage = Stage::Shown;
                self.top = 0;
                self.score(cx)
            }
        }
    }

    /// Keeps the prediction with its reason; a wrong one makes the linked cards due.
    fn score(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        let (Some(prediction), Some(ran)) = (self.play.prediction, &self.play.ran) else { return Vec::new() };
        let is_right = self.shelved.lesson.is_right(prediction, &ran.measures);
        self.play.is_right = is_right;
        let predicted = Predicted {
            on: cx.world.student.today(cx.now),
            answer: self.told(prediction),
            reason: self.play.reason.value().trim().to_owned(),
            is_right,
        };
        let (past, record) = std::mem::take(&mut self.past).with(&self.shelved.id, predicted);
        self.past = past;
        let mut effects = vec![Effect::Save(record)];
        self.made_due = 0;
        if !is_right {
            let due = self.make_due(cx);
            self.made_due = due.len();
            effects.extend(due);
        }
        effects
    }

    fn make_due(&self, cx: &Cx<'_>) -> Vec<Effect> {
        let student = &cx.world.student;
        let newest = student.store().newest();
        let purpose = format!("prediction in {} after {}", self.shelved.id, newest.map_or(0, |at| at.0));
        let mut mint = Mint::new(student.seed(), &purpose, newest);
        let on = student.today(cx.now);
        let cards = self.shelved.lesson.cards.iter().map(CardId::new).filter(|id| cx.world.library.card(id).is_some());
        let what = || What::MakeDue { on, because: Cause::Prediction };
        let events = cards.map(|card| mint.event(cx.now, Item::Card(card), what()));
        events.map(Record::Event).map(Effect::Save).collect()
    }

    /// A prediction as it is shown.
    fn told(&self, prediction: Prediction) -> String {
        match (prediction, &self.shelved.lesson.question.answer) {
            (Prediction::Option(option), Answer::Choice { options, .. }) => {
                options.get(option.wrapping_sub(1)).cloned().unwrap_or_default()
            }
            (Prediction::Number(number), _) => page::number(number),
            (Prediction::Option(option), Answer::Number { .. }) => option.to_string(),
        }
    }

    fn contrast(&mut self) -> Vec<Effect> {
        self.play.stage = Stage::Contrasted;
        // What was added stands below, so it is brought into view.
        self.top = usize::MAX;
        Vec::new()
    }

    fn neighbour_id(&self, by: isize) -> Option<&String> {
        if by < 0 { self.neighbours.0.as_ref() } else { self.neighbours.1.as_ref() }
    }

    fn neighbour(&self, by: isize) -> Vec<Effect> {
        self.neighbour_id(by).map(|id| vec![Effect::Pop, Effect::Go(Route::at("lesson", id))]).unwrap_or_default()
    }

    fn cards(&self, cx: &Cx<'_>) -> Vec<Effect> {
        let known = |id: &&String| cx.world.library.card(&CardId::new(id.as_str())).is_some();
        let first = self.shelved.lesson.cards.iter().find(known);
        first.map(|id| Effect::Go(Route::at("card", id))).into_iter().collect()
    }

    fn lab(&self) -> Vec<Effect> {
        let setup = run::lab_setup(self.shelved.lab(), &self.shelved.lesson.setup);
        vec![Effect::Go(Route::at("lab", setup))]
    }

    fn is_over(&self) -> bool {
        matches!(self.play.stage, Stage::Shown | Stage::Contrasted)
    }

    fn scroll(&mut self, by: isize) {
        let lowest = self.laid.lines.len().saturating_sub(self.height);
        self.top = self.top.saturating_add_signed(by).min(lowest);
    }
}

impl Screen for Player {
    type Command = Command;

    const KEYS: &'static [Binding<Command>] = &[
        Binding { id: "lesson.go", keys: &[Key::ENTER], help: "on", command: Command::Go },
        Binding { id: "lesson.contrast", keys: &[Key::char('c')], help: "change one", command: Command::Contrast },
        Binding { id: "lesson.lab", keys: &[Key::char('l')], help: "in the lab", command: Command::Lab },
        Binding { id: "lesson.note", keys: &[Key::char('n')], help: "note", command: Command::Note },
        Binding { id: "lesson.cards", keys: &[Key::char('k')], help: "card", command: Command::Cards },
        Binding { id: "lesson.again", keys: &[Key::char('r')], help: "again", command: Command::Again },
        Binding { id: "lesson.next", keys: &[Key::char(']')], help: "next lesson", command: Command::Neighbour(1) },
        Binding {
            id: "lesson.before",
            keys: &[Key::char('[')],
            help: "lesson before",
            command: Command::Neighbour(-1),
        },
        Binding { id: "lesson.1", keys: &[Key::char('1')], help: "first option", command: Command::Choose(1) },
        Binding { id: "lesson.2", keys: &[Key::char('2')], help: "second option", command: Command::Choose(2) },
        Binding { id: "lesson.3", keys: &[Key::char('3')], help: "third option", command: Command::Choose(3) },
        Binding { id: "lesson.4", keys: &[Key::char('4')], help: "fourth option", command: Command::Choose(4) },
        Binding { id: "lesson.5", keys: &[Key::char('5')], help: "fifth option", command: Command::Choose(5) },
        Binding { id: "lesson.down", keys: &[Key::DOWN, Key::char('j')], help: "down", command: Command::Step(1) },
        Binding { id: "lesson.up", keys: &[Key::UP], help: "up", command: Command::Step(-1) },
        Binding {
            id: "lesson.page-down",
            keys: &[Key::PAGE_DOWN, Key::SPACE],
            help: "page down",
            command: Command::Page(1),
        },
        Binding { id: "lesson.page-up", keys: &[Key::PAGE_UP], help: "page up", command: Command::Page(-1) },
    ];

    fn title(&self, cx: &Cx<'_>) -> String {
        format!("Labs {} {}", cx.theme.glyphs.dot, self.shelved.lesson.title)
    }

    fn available(&self, command: Command) -> bool {
        let is_choosing = self.play.stage == Stage::Asked && self.play.options > 0;
        let is_longer = self.laid.lines.len() > self.height;
        match command {
            Command::Go => match self.play.stage {
                Stage::Asked => self.play.can_predict(),
                Stage::Reasoned | Stage::Shown => true,
                Stage::Running => false,
                Stage::Contrasted => self.neighbours.1.is_some(),
            },
            Command::Choose(option) => is_choosing && option <= self.play.options,
            Command::Step(_) => is_choosing || is_longer,
            Command::Page(_) => is_longer,
            Command::Contrast => self.play.stage == Stage::Shown,
            Command::Again | Command::Lab => self.is_over(),
            Command::Note => self.is_over() && self.shelved.lesson.note.is_some(),
            Command::Cards => self.is_over() && !self.shelved.lesson.cards.is_empty(),
            Command::Neighbour(by) => !self.takes_text() && self.neighbour_id(by).is_some(),
        }
    }

    fn wording(&self, command: Command) -> Option<&'static str> {
        match (command, self.play.stage) {
            (Command::Go, Stage::Asked) => Some("predict"),
            (Command::Go, Stage::Reasoned) => Some("run"),
            (Command::Go, Stage::Shown) => Some("change one thing"),
            (Command::Go, Stage::Contrasted) => Some("next lesson"),
            _ => None,
        }
    }

    fn takes_text(&self) -> bool {
        self.play.takes_text()
    }

    fn takes_answer(&self) -> bool {
        self.play.stage == Stage::Asked
    }

    fn run(&mut self, cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        match command {
            Command::Go => return self.go(),
            Command::Choose(option) => {
                self.play.selected = option;
                self.play.predict(&self.shelved.lesson);
            }
            Command::Step(by) if self.play.stage == Stage::Asked && self.play.options > 0 => self.play.step(by),
            Command::Step(by) => self.scroll(by),
            Command::Page(by) => self.scroll(by * self.height as isize),
            Command::Contrast => return self.contrast(),
            Command::Again => {
                self.play = Play::new(&self.shelved.lesson);
                self.top = 0;
            }
            Command::Note => {
                let note = self.shelved.lesson.note.iter();
                return note.map(|note| Effect::Go(Route::at("note", note))).collect();
            }
            Command::Cards => return self.cards(cx),
            Command::Lab => return self.lab(),
            Command::Neighbour(by) => return self.neighbour(by),
        }
        Vec::new()
    }

    fn text(&mut self, _cx: &Cx<'_>, input: TextInput) -> Vec<Effect> {
        self.play.text(input);
        Vec::new()
    }

    fn receive(&mut self, cx: &Cx<'_>, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Job(RUN, News::Ended) => self.ended(cx),
            Reply::Saved(Err(why)) => vec![Effect::fail(why)],
            _ => Vec::new(),
        }
    }

    fn layout(&mut self, cx: &Cx<'_>, area: Rect) {
        let inner = Panel::inner(area);
        self.height = usize::from(inner.height);
        self.laid = page::lay_out(self, cx.theme, usize::from(inner.width.saturating_sub(2)));
        self.scroll(0);
        if self.takes_text() || self.takes_answer() {
            let below = (self.laid.focus + 2).saturating_sub(self.height);
            self.top = self.top.max(below);
        }
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let theme = cx.theme;
        let note = format!("lesson {} of {}", self.place.0, self.place.1);
        let panel = Panel::new(theme, &self.shelved.lesson.title).note(Span::styled(note, theme.muted));
        let inner = panel.draw(area, buf);
        for (line, y) in self.laid.lines.iter().skip(self.top).zip(inner.y..inner.bottom()) {
            buf.set_line(inner.x, y, line, inner.width.saturating_sub(1));
        }
        let bar = Rect { x: inner.right().saturating_sub(1), width: 1, ..inner };
        scroll_bar(theme, bar, self.top, self.laid.lines.len(), buf);
        let row = self.laid.focus.checked_sub(self.top).filter(|row| *row < self.height && self.takes_text())?;
        let at = self.laid.field_at.min(inner.width.saturating_sub(2));
        let field = Rect { x: inner.x + at, y: inner.y + row as u16, width: inner.width - at - 1, height: 1 };
        Some(self.play.field().draw(theme.text, field, buf))
    }
}

impl Destination for Player {
    const NAME: &'static str = "lesson";
    const TITLE: &'static str = "Lesson";

    fn open(cx: &Cx<'_>, argument: Option<&str>) -> Result<Self, Refusal> {
        let all = lessons(&cx.world.library);
        let Some(id) = argument.or_else(|| all.first().map(|first| first.id.as_str())) else {
            return Err(Refusal("There is no lesson to play.".to_owned()));
        };
        Self::of(cx, id).ok_or_else(|| {
            let nearest = all.iter().max_by(|a, b| {
                let likeness = |one: &Shelved| strsim::jaro_winkler(&one.id, id);
                likeness(a).total_cmp(&likeness(b))
            });
            let hint = nearest.map(|one| format!(" Did you mean `{}`?", one.id)).unwrap_or_default();
            Refusal(format!("There is no lesson `{id}`.{hint}"))
        })
    }
}
