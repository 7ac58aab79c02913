//! The scratch sheet: sums on the left, what they come to beside them, and what there is to say about one line.
//!
//! Whatever is typed is on disk within two seconds. Values are computed at every key; what takes longer (which input
//! drives a spread) in a job. Start reading at [`Paper`]; `details` says what is told about a line.

mod details;
mod export;
mod keys;
mod name;
mod sheets;
mod sums;
mod units;
mod view;

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::time::Now;
use crate::tui::effect::Effect;
use crate::tui::job::News;
use crate::tui::route::Route;
use crate::tui::screen::{Binding, Cx, Destination, Refusal, Reply, Screen, TextInput};
use crate::tui::widgets::editor::{Edit, Editor, Wrapping};

use super::numbers::Numbers;
use super::shelf::Shelf;
use keys::Command;
use name::Naming;
use sheets::Sheets;
use sums::{SHARES, Sums};
use units::Units;

/// So long after the first key that is not on disk yet, the sheet is saved.
const SAVE_AFTER: Duration = Duration::from_millis(1_500);

/// So long after a save that failed it is tried again.
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(10);

/// What is typed by the example key.
const EXAMPLE: &str = "# A URL shortener
new        = 100M url/month
write_rate = new to url/s
read_rate  = 10 * write_rate * 1 req/url
peak       = 3 read_rate
size       = 300..800 B/url
stored     = new * size * 60 month
cache      = 20% of stored
";

/// What a screen above wants done to the sheet once it is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// Type this at the cursor.
    Insert(String),
    /// Show the value of the cursor's line in this unit.
    Convert(String),
}

/// Where screens above leave a wish.
pub(super) type Mailbox = Rc<RefCell<Option<Wish>>>;

/// The root of the tab.
#[derive(Debug)]
pub struct Paper {
    editor: Editor,
    /// None for the draft.
    name: Option<String>,
    sums: Sums,
    /// When what was typed is to be saved, on the clock that stops in suspend.
    save_at: Option<Duration>,
    mailbox: Mailbox,
    /// How far the details of the line are scrolled.
    details_top: usize,
}

impl Paper {
    fn of(cx: &Cx<'_>, name: Option<String>, text: &str) -> Self {
        let mut paper = Self {
            editor: Editor::with(text, Wrapping::Off),
            name,
            sums: Sums::of(text, &cx.world.library, cx.world.student.seed()),
            save_at: None,
            mailbox: Mailbox::default(),
            details_top: 0,
        };
        let (line, _) = paper.editor.cursor();
        if let Some(job) = paper.sums.look_for_shares(line) {
            job.perform(&crate::tui::job::Stop::default(), |_| {});
            paper.sums.take_shares();
        }
        paper
    }

    /// As it is shown: its name, or that it has none.
    fn title(&self) -> &str {
        self.name.as_deref().unwrap_or("Scratch sheet")
    }

    /// What follows from a key: new values where the text has changed, new shares where the line has.
    fn follow(&mut self, cx: &Cx<'_>, has_changed: bool, line_before: usize) -> Vec<Effect> {
        let (line, _) = self.editor.cursor();
        if has_changed {
            self.sums.update(&self.editor.text(), &cx.world.library);
            self.save_at = self.save_at.or(Some(cx.now.awake + SAVE_AFTER));
        }
        if has_changed || line != line_before {
            self.details_top = 0;
        }
        self.sums.look_for_shares(line).map(Effect::Start).into_iter().collect()
    }

    fn edit(&mut self, cx: &Cx<'_>, how: impl FnOnce(&mut Editor) -> bool) -> Vec<Effect> {
        let (line, _) = self.editor.cursor();
        let has_changed = how(&mut self.editor);
        self.follow(cx, has_changed, line)
    }

    /// All sheets, this one as it is now.
    fn shelf(&self, cx: &Cx<'_>) -> Shelf {
        let mut shelf = Shelf::of(cx);
        shelf.put(self.name.as_deref(), &self.editor.text());
        shelf
    }

    /// Writes down what is not on disk yet.
    fn save(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        if self.save_at.take().is_none() {
            return Vec::new();
        }
        vec![Effect::Save(self.shelf(cx).record())]
    }

    /// Saves, and then puts another screen on top.
    fn leave_for(&mut self, cx: &Cx<'_>, next: Effect) -> Vec<Effect> {
        let mut effects = self.save(cx);
        effects.push(next);
        effects
    }

    fn new_sheet(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        let mut shelf = self.shelf(cx);
        let mut effects = Vec::new();
        if self.name.is_none() && !self.editor.text().trim().is_empty() {
            // The draft is not thrown away for a new one.
            let name = shelf.free_name("Sheet");
            shelf.rename(None, &name);
            effects.push(Effect::say(format!("Your draft is kept as `{name}`.")));
        }
        shelf.open = None;
        shelf.draft.clear();
        effects.insert(0, Effect::Save(shelf.record()));
        let mailbox = Rc::clone(&self.mailbox);
        *self = Self { mailbox, ..Self::of(cx, None, "") };
        effects
    }

    /// Shows what the shelf says is open, if that is something else than what is shown.
    fn look_at_shelf(&mut self, cx: &Cx<'_>) {
        if self.save_at.is_some() {
            return;
        }
        let shelf = Shelf::of(cx);
        let text = shelf.text(shelf.open.as_deref()).unwrap_or_default();
        if *text == self.editor.text() {
            self.name = shelf.open;
        } else {
            let mailbox = Rc::clone(&self.mailbox);
            *self = Self { mailbox, ..Self::of(cx, shelf.open.clone(), text) };
        }
    }

    fn fulfil(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        let wish = self.mailbox.borrow_mut().take();
        match wish {
            Some(Wish::Insert(text)) => self.edit(cx, |editor| editor.paste(&text)),
            Some(Wish::Convert(unit)) => {
                let (at, _) = self.editor.cursor();
                let line = |(number, line): (usize, &String)| {
                    if number == at { sums::converted(line, &unit) } else { line.clone() }
                };
                let text = self.editor.lines().iter().enumerate().map(line).collect::<Vec<_>>().join("\n");
                self.edit(cx, |editor| editor.replace(&text))
            }
            None => Vec::new(),
        }
    }

    fn copy(&self) -> String {
        self.editor.selected().unwrap_or_else(|| export::text(self.sums.lines()))
    }

    fn export(&self, ending: &str) -> Effect {
        let contents = match ending {
            "md" => export::markdown(self.title(), self.sums.lines()),
            _ => export::text(self.sums.lines()),
        };
        Effect::Export { name: export::file_name(self.title(), ending), contents }
    }
}

impl Destination for Paper {
    const NAME: &'static str = "estimate";
    const TITLE: &'static str = "Estimate";

    fn open(cx: &Cx<'_>, argument: Option<&str>) -> Result<Self, Refusal> {
        let shelf = Shelf::of(cx);
        let name = argument.map(str::to_owned).or_else(|| shelf.open.clone());
        match shelf.text(name.as_deref()) {
            Some(text) => Ok(Self::of(cx, name, text)),
            None if argument.is_some() => Err(Refusal(format!(
                "There is no sheet `{}`. The Estimate tab lists those that there are.",
                name.unwrap_or_default()
            ))),
            None => Ok(Self::of(cx, None, &shelf.draft)),
        }
    }
}

impl Screen for Paper {
    type Command = Command;

    const KEYS: &'static [Binding<Command>] = keys::KEYS;

    fn title(&self, _cx: &Cx<'_>) -> String {
        format!("Estimate · {}", self.title())
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn available(&self, command: Command) -> bool {
        match command {
            Command::Example => self.editor.text().trim().is_empty(),
            Command::Units => self.sums.line(self.editor.cursor().0).is_some_and(|line| line.value.is_some()),
            Command::Copy | Command::ExportMarkdown | Command::ExportText => !self.editor.is_empty(),
            Command::Cut => self.editor.selected().is_some(),
            Command::New => self.name.is_some() || !self.editor.is_empty(),
            Command::Edit(edit) => self.editor.can(edit),
            _ => true,
        }
    }

    fn run(&mut self, cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        match command {
            Command::Units => {
                let value = self.sums.line(self.editor.cursor().0).and_then(|line| line.value.as_ref());
                let units = value.map(|value| Effect::push(Units::of(value, Rc::clone(&self.mailbox))));
                units.into_iter().collect()
            }
            Command::Sheets => {
                let sheets = Effect::push(Sheets::of(self.shelf(cx)));
                self.leave_for(cx, sheets)
            }
            Command::Name => {
                let naming = Effect::push(Naming::of(self.name.clone()));
                self.leave_for(cx, naming)
            }
            Command::Calculators => self.leave_for(cx, Effect::Go(Route::to("calculators"))),
            Command::Drill => self.leave_for(cx, Effect::Go(Route::to("drill"))),
            Command::Numbers => {
                let numbers = Numbers::for_sheet(cx, Rc::clone(&self.mailbox));
                self.leave_for(cx, Effect::push(numbers))
            }
            Command::New => self.new_sheet(cx),
            Command::Example => self.edit(cx, |editor| {
                editor.replace("");
                let has_changed = editor.paste(EXAMPLE);
                editor.go_to(6, usize::MAX);
                has_changed
            }),
            Command::ExportMarkdown => vec![self.export("md")],
            Command::ExportText => vec![self.export("txt")],
            Command::Copy => vec![Effect::Copy(self.copy())],
            Command::Cut => {
                let copy = Effect::Copy(self.copy());
                let mut effects = self.edit(cx, |editor| editor.run(Edit::DeleteBack));
                effects.push(copy);
                effects
            }
            Command::Details(by) => {
                self.details_top = self.details_top.saturating_add_signed(by);
                Vec::new()
            }
            Command::Edit(edit) => self.edit(cx, |editor| editor.run(edit)),
        }
    }

    fn text(&mut self, cx: &Cx<'_>, input: TextInput) -> Vec<Effect> {
        self.edit(cx, |editor| match input {
            TextInput::Key(key) => editor.key(key),
            TextInput::Paste(text) => editor.paste(&text),
        })
    }

    fn receive(&mut self, cx: &Cx<'_>, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Saved(Err(why)) => {
                self.save_at = Some(cx.now.awake + TRY_AGAIN_AFTER);
                vec![Effect::fail(why)]
            }
            Reply::Woke if self.save_at.is_some_and(|at| at <= cx.now.awake) => self.save(cx),
            Reply::Closing => self.save(cx),
            Reply::Shown => {
                let mut effects = self.fulfil(cx);
                if effects.is_empty() {
                    self.look_at_shelf(cx);
                }
                effects.extend(self.sums.look_for_shares(self.editor.cursor().0).map(Effect::Start));
                effects
            }
            Reply::Reloaded => {
                self.sums.update(&self.editor.text(), &cx.world.library);
                self.sums.look_for_shares(self.editor.cursor().0).map(Effect::Start).into_iter().collect()
            }
            Reply::Job(SHARES, News::Ended) => {
                self.sums.take_shares();
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn next_wake(&self, now: Now) -> Option<Duration> {
        self.save_at.map(|at| at.saturating_sub(now.awake))
    }

    fn layout(&mut self, cx: &Cx<'_>, area: Rect) {
        self.lay_out(cx, area);
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        Some(self.draw_all(cx, area, buf))
    }
}
