//! Estimation drills: a question with round numbers, an answer from the head, and how near it came.
//!
//! Templates come back by their own error. An answer is on disk before the next question is asked. Start reading at
//! [`Drill`].

mod record;
mod view;

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::estimate::drill::{self, Question, Score};
use crate::estimate::{Quantity, evaluate};
use crate::recall::{Estimate, Event, Item, Mint, What};
use crate::rng;
use crate::tui::effect::{Effect, Record as Written};
use crate::tui::key::{Code, Key};
use crate::tui::route::Route;
use crate::tui::screen::{Binding, Cx, Destination, Refusal, Reply, Screen, TextInput};
use crate::tui::screens::estimate::shelf::Shelf;
use crate::tui::widgets::field::Field;

pub(crate) use record::Record;

/// The drill of the moment.
#[derive(Debug)]
pub struct Drill {
    record: Record,
    /// Only this template is asked.
    only: Option<String>,
    asked: Option<Asked>,
    /// How many questions were passed over, so that the next one is another.
    skipped: u64,
    /// The first row of the verdict in view.
    top: usize,
}

/// A question and what became of it.
#[derive(Debug)]
struct Asked {
    template: drill::Drill,
    question: Question,
    /// When it was seen, on the clock that goes on in suspend.
    since: Duration,
    /// The answer and the two ends of the interval.
    fields: [Field; 3],
    focus: usize,
    problem: Option<String>,
    given: Option<Given>,
}

/// An answer.
#[derive(Debug)]
struct Given {
    answer: Quantity,
    interval: Option<(Quantity, Quantity)>,
    score: Score,
    event: Event,
    is_saved: bool,
}

/// What one can do in a drill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Give the answer; then ask the next question.
    Go,
    /// Go to the next field.
    Field(isize),
    /// Ask another question.
    Skip,
    /// Open the sum as a sheet.
    Sheet,
    /// Read the topic's note.
    Note,
    /// Scroll the verdict.
    Scroll(isize),
}

impl Drill {
    /// Asks the next question: the templates with the largest error come most often.
    fn ask(&mut self, cx: &Cx<'_>) {
        let drills = cx.world.library.drills();
        let count = self.record.attempts.len() as u64 + self.skipped;
        let mut stream = rng::stream(cx.world.student.seed(), &format!("drill {count}"));
        // Whole numbers up to 2^53 are exact wherever the log is read.
        let mut draw = || stream.next_u64() >> 11;
        let ids: Vec<&str> = drills.iter().map(|drill| drill.id.as_str()).collect();
        let chosen = match &self.only {
            Some(id) => drills.iter().find(|drill| drill.id == *id),
            None => drill::next_drill(&ids, &self.record.attempts, draw()).map(|at| &drills[at]),
        };
        self.top = 0;
        self.asked = chosen.and_then(|template| {
            let question = template.question(draw()).ok()?;
            Some(Asked {
                template: template.clone(),
                question,
                since: cx.now.boot,
                fields: Default::default(),
                focus: 0,
                problem: None,
                given: None,
            })
        });
    }

    fn given(&self) -> Option<&Given> {
        self.asked.as_ref().and_then(|asked| asked.given.as_ref())
    }

    fn go(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        match self.given() {
            Some(given) if given.is_saved => {
                self.ask(cx);
                Vec::new()
            }
            Some(given) => vec![Effect::Save(Written::Event(given.event.clone()))],
            None => self.answer(cx),
        }
    }

    fn answer(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        let Some(asked) = &mut self.asked else { return Vec::new() };
        match asked.read() {
            Ok((answer, interval, score)) => {
                let [typed, low, high] = asked.typed();
                let estimate = Estimate {
                    seed: asked.question.seed,
                    answer: typed,
                    interval: interval.is_some().then_some([low, high]),
                    doublings: score.doublings(),
                    points: score.points,
                    hit: score.hit,
                    elapsed: cx.now.boot.saturating_sub(asked.since),
                    day: cx.world.student.today(cx.now),
                };
                let student = &cx.world.student;
                let purpose = format!("drill after {}", self.record.attempts.len());
                let mut mint = Mint::new(student.seed(), &purpose, student.store().newest());
                let item = Item::Drill(asked.question.drill.clone());
                let event = mint.event(cx.now, item, What::Estimate(estimate));
                asked.given = Some(Given { answer, interval, score, event: event.clone(), is_saved: false });
                vec![Effect::Save(Written::Event(event))]
            }
            Err((field, problem)) => {
                asked.focus = field;
                asked.problem = Some(problem);
                Vec::new()
            }
        }
    }

    fn to_sheet(&self, cx: &Cx<'_>) -> Vec<Effect> {
        let Some(asked) = &self.asked else { return Vec::new() };
        let mut shelf = Shelf::of(cx);
        let text = format!("# {}\n{}\n", asked.question.text, asked.question.sheet);
        let name = shelf.free_name(&asked.template.title);
        shelf.put(Some(&name), &text);
        vec![Effect::Save(shelf.record()), Effect::Go(Route::to("estimate"))]
    }
}

/// An answer, the interval around it, and the score of both.
type Reading = (Quantity, Option<(Quantity, Quantity)>, Score);

impl Asked {
    /// What was typed: the answer and the two ends. `1..10` in one field of the interval is both.
    fn typed(&self) -> [String; 3] {
        let [answer, low, high] = [0, 1, 2].map(|at| self.fields[at].value().trim().to_owned());
        let range = match (low.as_str(), high.as_str()) {
            (range, "") | ("", range) => ends(range),
            _ => None,
        };
        let [low, high] = range.unwrap_or([low, high]);
        [answer, low, high]
    }

    /// What was typed as values, or in which field what is wrong.
    fn read(&self) -> Result<Reading, (usize, String)> {
        let typed = self.typed();
        let value = |at: usize| {
            self.question.read(&typed[at]).map_err(|error| {
                let remedy = error.suggestion.map(|remedy| format!("; {remedy}")).unwrap_or_default();
                (at, format!("{}{remedy}", error.message))
            })
        };
        if typed[0].is_empty() {
            return Err((0, "type a number first, such as 12k or 3.5 GB".to_owned()));
        }
        let answer = value(0)?;
        let interval = match (typed[1].is_empty(), typed[2].is_empty()) {
            (true, true) => None,
            (false, false) => Some((value(1)?, value(2)?)),
            (true, false) => return Err((1, "an interval has two ends; empty both to leave it out".to_owned())),
            (false, true) => return Err((2, "an interval has two ends; empty both to leave it out".to_owned())),
        };
        if let Some((low, high)) = &interval {
            match low.ratio(high) {
                Ok(_) if low.base() > high.base() => {
                    return Err((1, "the lower end is above the upper one".to_owned()));
                }
                Ok(_) => {}
                Err(mismatch) => return Err((2, mismatch.to_string())),
            }
        }
        let ends = interval.as_ref().map(|(low, high)| (low, high));
        let score = drill::score(&self.question, &answer, ends).map_err(|mismatch| (0, mismatch.to_string()))?;
        Ok((answer, interval, score))
    }
}

/// The two ends of a range as sheets write it; as there, a bare lower end has the unit of the upper one.
fn ends(range: &str) -> Option<[String; 2]> {
    let (low, high) = range.split_once("..").or_else(|| range.split_once('…'))?;
    let (low, high) = (low.trim(), high.trim());
    if low.is_empty() || high.is_empty() {
        return None;
    }
    let unit = match (evaluate(low), evaluate(high)) {
        (Ok(bare), Ok(value)) if bare.dimension().is_plain() && !value.dimension().is_plain() => {
            format!(" {}", value.shown_unit())
        }
        _ => String::new(),
    };
    Some([format!("{low}{unit}"), high.to_owned()])
}

impl Destination for Drill {
    const NAME: &'static str = "drill";
    const TITLE: &'static str = "Drill";

    fn open(cx: &Cx<'_>, argument: Option<&str>) -> Result<Self, Refusal> {
        if let Some(id) = argument.filter(|id| !cx.world.library.drills().iter().any(|drill| drill.id == *id)) {
            return Err(Refusal(format!("There is no drill `{id}`. `drill` alone asks what you need most.")));
        }
        let record = Record::of(cx);
        let mut drill = Self { record, only: argument.map(str::to_owned), asked: None, skipped: 0, top: 0 };
        drill.ask(cx);
        Ok(drill)
    }
}

impl Screen for Drill {
    type Command = Command;

    const KEYS: &'static [Binding<Command>] = &[
        Binding { id: "drill.go", keys: &[Key::ENTER], help: "answer", command: Command::Go },
        Binding {
            id: "drill.field",
            keys: &[Key::TAB, Key::plain(Code::Down)],
            help: "90 % interval",
            command: Command::Field(1),
        },
        Binding { id: "drill.skip", keys: &[Key::ctrl('n')], help: "another question", command: Command::Skip },
        Binding { id: "drill.sheet", keys: &[Key::ctrl('o')], help: "open as a sheet", command: Command::Sheet },
        Binding { id: "drill.note", keys: &[Key::f(2)], help: "read the note", command: Command::Note },
        Binding {
            id: "drill.field-back",
            keys: &[Key::BACK_TAB, Key::plain(Code::Up)],
            help: "previous field",
            command: Command::Field(-1),
        },
        Binding { id: "drill.page-down", keys: &[Key::PAGE_DOWN], help: "further down", command: Command::Scroll(5) },
        Binding { id: "drill.page-up", keys: &[Key::PAGE_UP], help: "back up", command: Command::Scroll(-5) },
    ];

    fn title(&self, _cx: &Cx<'_>) -> String {
        match &self.asked {
            Some(asked) => format!("Estimate · Drill · {}", asked.template.group),
            None => "Estimate · Drill".to_owned(),
        }
    }

    fn status(&self, cx: &Cx<'_>) -> Line<'static> {
        match self.record.today {
            0 => Line::default(),
            1 => Line::from(Span::styled("1 answered today", cx.theme.muted)),
            count => Line::from(Span::styled(format!("{count} answered today"), cx.theme.muted)),
        }
    }

    fn takes_text(&self) -> bool {
        self.asked.is_some() && self.given().is_none()
    }

    fn available(&self, command: Command) -> bool {
        let is_given = self.given().is_some();
        match command {
            Command::Go => self.asked.is_some(),
            Command::Field(_) | Command::Skip => self.asked.is_some() && !is_given,
            Command::Sheet | Command::Note | Command::Scroll(_) => is_given,
        }
    }

    fn wording(&self, command: Command) -> Option<&'static str> {
        match (command, self.given()) {
            (Command::Go, Some(given)) if given.is_saved => Some("next question"),
            (Command::Go, Some(_)) => Some("save again"),
            _ => None,
        }
    }

    fn run(&mut self, cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        match command {
            Command::Go => return self.go(cx),
            Command::Field(by) => {
                if let Some(asked) = &mut self.asked {
                    asked.focus = (asked.focus as isize + by).rem_euclid(3) as usize;
                }
            }
            Command::Skip => {
                self.skipped += 1;
                self.ask(cx);
            }
            Command::Sheet => return self.to_sheet(cx),
            Command::Scroll(by) => self.top = self.top.saturating_add_signed(by),
            Command::Note => {
                let note = self.asked.as_ref().map(|asked| Effect::Go(Route::at("note", &asked.template.topic)));
                return note.into_iter().collect();
            }
        }
        Vec::new()
    }

    fn text(&mut self, _cx: &Cx<'_>, input: TextInput) -> Vec<Effect> {
        if let Some(asked) = &mut self.asked {
            asked.problem = None;
            let field = &mut asked.fields[asked.focus];
            match input {
                TextInput::Key(key) => _ = field.key(key),
                TextInput::Paste(text) => field.paste(&text),
            }
        }
        Vec::new()
    }

    fn receive(&mut self, cx: &Cx<'_>, reply: Reply) -> Vec<Effect> {
        let Some(asked) = &mut self.asked else {
            if let Reply::Reloaded = reply {
                self.ask(cx);
            }
            return Vec::new();
        };
        match (reply, &mut asked.given) {
            (Reply::Saved(Ok(())), Some(given)) if !given.is_saved => {
                given.is_saved = true;
                asked.problem = None;
                self.record = Record::of(cx);
                Vec::new()
            }
            (Reply::Saved(Err(why)), _) => {
                asked.problem = Some(why.clone());
                vec![Effect::fail(why)]
            }
            _ => Vec::new(),
        }
    }

    fn layout(&mut self, cx: &Cx<'_>, area: Rect) {
        self.lay_out(cx, area);
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        self.draw_all(cx, area, buf)
    }
}
