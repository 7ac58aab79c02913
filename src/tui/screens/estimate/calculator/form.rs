//! The form of one calculator: what is typed in, what comes out as it is typed.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::estimate::calculator::{Calculator, Curve, EntryError};
use crate::estimate::{Draws, Results};
use crate::tui::effect::Effect;
use crate::tui::job::{Inbox, Job, News};
use crate::tui::key::Key;
use crate::tui::route::Route;
use crate::tui::screen::{Binding, Cx, Destination, Refusal, Reply, Screen, TextInput};
use crate::tui::screens::estimate::shelf::Shelf;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::list::Selection;

/// The tag of the job that computes the curve.
const CURVE: &str = "calculator curve";

/// At how many places the curve is computed.
const STEPS: usize = 60;

/// A calculator that is being filled in.
#[derive(Debug)]
pub struct Form {
    pub(super) calculator: Calculator,
    pub(super) fields: Vec<Field>,
    /// What is wrong with each field.
    pub(super) problems: Vec<Option<EntryError>>,
    pub(super) focus: Selection,
    pub(super) outputs_top: usize,
    pub(super) results: Arc<Results>,
    pub(super) curve: Option<Curve>,
    inbox: Option<Inbox<Option<Curve>>>,
    /// Kept, so that ranges are not drawn anew at every key.
    draws: Draws,
    /// Whether the curve takes the place of the reasons where there is no room for both.
    pub(super) shows_curve: bool,
}

/// What one can do with a form.
#[derive(Clone, Copy, Debug)]
pub enum Command {
    /// Go to the field so many further.
    Step(isize),
    /// Make a sheet of it.
    Sheet,
    /// Show the curve instead of the reasons, or the reasons.
    Curve,
    /// Fill in the defaults again.
    Defaults,
    /// Copy the sheet that it stands for.
    Copy,
    /// Empty the field.
    Empty,
    /// Scroll the results.
    Results(isize),
}

impl Form {
    fn of(cx: &Cx<'_>, calculator: &Calculator) -> Self {
        let mut draws = Draws::new(cx.world.student.seed());
        let entries = calculator.defaults();
        let numbers = cx.world.library.numbers();
        Self {
            fields: entries.iter().map(Field::with).collect(),
            problems: vec![None; entries.len()],
            focus: Selection::default(),
            outputs_top: 0,
            results: Arc::new(calculator.evaluate(&entries, numbers, &mut draws)),
            curve: calculator.curve(&entries, numbers, STEPS),
            inbox: None,
            draws,
            shows_curve: false,
            calculator: calculator.clone(),
        }
    }

    pub(super) fn entries(&self) -> Vec<String> {
        self.fields.iter().map(|field| field.value().to_owned()).collect()
    }

    /// New values, and a job for the curve: that takes many evaluations.
    fn follow(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        let (entries, numbers) = (self.entries(), cx.world.library.numbers());
        self.results = Arc::new(self.calculator.evaluate(&entries, numbers, &mut self.draws));
        let inputs = self.calculator.inputs.iter().zip(&entries);
        self.problems = inputs.map(|(input, entry)| input.read(entry, numbers).err()).collect();
        if self.calculator.plot.is_none() {
            return Vec::new();
        }
        let (calculator, numbers) = (self.calculator.clone(), numbers.clone());
        let (job, inbox) = Job::new(CURVE, move |_| calculator.curve(&entries, &numbers, STEPS));
        self.inbox = Some(inbox);
        vec![Effect::Start(job)]
    }

    fn edit(&mut self, cx: &Cx<'_>, how: impl FnOnce(&mut Field)) -> Vec<Effect> {
        let Some(field) = self.fields.get_mut(self.focus.at) else { return Vec::new() };
        let before = field.value().to_owned();
        how(field);
        if field.value() == before { Vec::new() } else { self.follow(cx) }
    }

    /// A sheet of its own with what was typed, and the way there.
    fn to_sheet(&self, cx: &Cx<'_>) -> Vec<Effect> {
        let mut shelf = Shelf::of(cx);
        let text = self.calculator.to_sheet(&self.entries()) + "\n";
        let same = shelf.sheets.iter().find(|sheet| sheet.text == text).map(|sheet| sheet.name.clone());
        let name = same.unwrap_or_else(|| shelf.free_name(&self.calculator.title));
        shelf.put(Some(&name), &text);
        vec![Effect::Save(shelf.record()), Effect::Go(Route::to("estimate"))]
    }
}

impl Destination for Form {
    const NAME: &'static str = "calculator";
    const TITLE: &'static str = "Calculator";

    fn open(cx: &Cx<'_>, argument: Option<&str>) -> Result<Self, Refusal> {
        let library = &cx.world.library;
        let ids = || library.calculators().iter().map(|one| one.id.as_str()).collect::<Vec<_>>().join(", ");
        let Some(id) = argument else {
            return Err(Refusal(format!("Which calculator? There are {}.", ids())));
        };
        let found = library.calculator(id);
        let found = found.ok_or_else(|| Refusal(format!("There is no calculator `{id}`. There are {}.", ids())))?;
        Ok(Self::of(cx, found))
    }
}

impl Screen for Form {
    type Command = Command;

    const KEYS: &'static [Binding<Command>] = &[
        Binding {
            id: "calculator.next",
            keys: &[Key::TAB, Key::DOWN, Key::ENTER],
            help: "next field",
            command: Command::Step(1),
        },
        Binding { id: "calculator.sheet", keys: &[Key::ctrl('o')], help: "open as a sheet", command: Command::Sheet },
        Binding { id: "calculator.curve", keys: &[Key::f(6)], help: "curve or reasons", command: Command::Curve },
        Binding { id: "calculator.defaults", keys: &[Key::ctrl('r')], help: "defaults", command: Command::Defaults },
        Binding { id: "calculator.empty", keys: &[Key::ctrl('d')], help: "empty the field", command: Command::Empty },
        Binding {
            id: "calculator.previous",
            keys: &[Key::BACK_TAB, Key::UP],
            help: "previous field",
            command: Command::Step(-1),
        },
        Binding { id: "calculator.copy", keys: &[Key::alt('c')], help: "copy as a sheet", command: Command::Copy },
        Binding { id: "calculator.down", keys: &[Key::PAGE_DOWN], help: "results down", command: Command::Results(4) },
        Binding { id: "calculator.up", keys: &[Key::PAGE_UP], help: "results up", command: Command::Results(-4) },
    ];

    fn title(&self, _cx: &Cx<'_>) -> String {
        format!("Estimate · {}", self.calculator.title)
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn available(&self, command: Command) -> bool {
        match command {
            Command::Curve => self.calculator.plot.is_some(),
            Command::Empty => self.fields.get(self.focus.at).is_some_and(|field| !field.value().is_empty()),
            _ => true,
        }
    }

    fn run(&mut self, cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        match command {
            Command::Step(by) => {
                let count = self.fields.len().max(1) as isize;
                self.focus.at = (self.focus.at as isize + by).rem_euclid(count) as usize;
            }
            Command::Sheet => return self.to_sheet(cx),
            Command::Curve => self.shows_curve = !self.shows_curve,
            Command::Defaults => {
                self.fields = self.calculator.defaults().iter().map(Field::with).collect();
                return self.follow(cx);
            }
            Command::Empty => return self.edit(cx, Field::clear),
            Command::Copy => return vec![Effect::Copy(self.calculator.to_sheet(&self.entries()))],
            Command::Results(by) => self.outputs_top = self.outputs_top.saturating_add_signed(by),
        }
        Vec::new()
    }

    fn text(&mut self, cx: &Cx<'_>, input: TextInput) -> Vec<Effect> {
        self.edit(cx, |field| match input {
            TextInput::Key(key) => _ = field.key(key),
            TextInput::Paste(text) => field.paste(&text),
        })
    }

    fn receive(&mut self, cx: &Cx<'_>, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Job(CURVE, News::Ended) => {
                if let Some(curve) = self.inbox.as_ref().and_then(Inbox::take) {
                    self.curve = curve;
                }
                Vec::new()
            }
            Reply::Saved(Err(why)) => vec![Effect::fail(why)],
            // A file of the user's own may have changed under the form.
            Reply::Reloaded => match cx.world.library.calculator(&self.calculator.id) {
                Some(now) if *now != self.calculator => {
                    *self = Self::of(cx, now);
                    Vec::new()
                }
                _ => Vec::new(),
            },
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
