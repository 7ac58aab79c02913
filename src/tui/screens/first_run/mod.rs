//! The profile: four questions, at the first start and whenever the candidate wants to answer them anew.
//!
//! At the first start (`profile:first`) the form lands on a card that can be played, whichever way it is left; later
//! Esc leaves everything as it was. Start reading at [`Profile::run`](Screen::run); `form` is the form as plain state.

mod date;
mod form;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::time::StudyDay;
use crate::tui::effect::{Effect, Record};
use crate::tui::key::Key;
use crate::tui::route::Route;
use crate::tui::screen::{Binding, Cx, Destination, Refusal, Reply, Screen, TextInput};
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::width;
use crate::tui::widgets::wrap::wrap;

use date::DateError;
use form::{Form, Question};

/// The column in which the answers begin.
const ANSWERS: u16 = 12;

/// The profile's form.
#[derive(Debug)]
pub struct Profile {
    form: Form,
    today: StudyDay,
    is_first: bool,
    /// Whether the date as it is typed now was refused.
    is_refused: bool,
}

/// What one can do in the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// The next question; after the last one save.
    Next,
    /// Save at once.
    Save,
    /// Go so many questions further.
    Step(isize),
    /// Choose the answer so many further.
    Choose(isize),
    /// Take what is chosen so far, at the first start; later leave everything as it was.
    Leave,
}

impl Profile {
    fn save(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        match self.form.profile(&cx.world.student.profile(), self.today) {
            Ok(profile) => vec![Effect::Save(Record::Profile(profile))],
            Err(problem) => self.refuse(&problem),
        }
    }

    /// Stays at the date until it can be read.
    fn refuse(&mut self, problem: &DateError) -> Vec<Effect> {
        self.form.ask(Question::Date);
        self.is_refused = true;
        vec![Effect::fail(problem.to_string())]
    }

    /// Goes to another question, unless the date that would be left is none.
    fn step(&mut self, by: isize) -> Vec<Effect> {
        match date::read(self.form.date().value(), self.today) {
            Err(problem) => self.refuse(&problem),
            Ok(_) => {
                self.form.step(by);
                Vec::new()
            }
        }
    }

    /// Leaves the form: at the first start for the first card.
    fn go_on(&self, cx: &Cx<'_>) -> Vec<Effect> {
        let has_cards = !cx.world.library.cards().is_empty();
        let card = (self.is_first && has_cards).then(|| Effect::Go(Route::to("review")));
        [Effect::Pop].into_iter().chain(card).collect()
    }

    fn draw_question(&self, cx: &Cx<'_>, question: Question, row: Rect, buf: &mut Buffer) -> Option<Position> {
        let theme = cx.theme;
        let is_asked = self.form.asked() == question;
        let (sign, style) = if is_asked { (theme.glyphs.selected, theme.title) } else { (" ", theme.muted) };
        let label =
            Line::from(vec![Span::styled(sign, theme.accent), Span::raw(" "), Span::styled(question.label(), style)]);
        buf.set_line(row.x, row.y, &label, row.width);
        let answers = Rect { x: row.x + ANSWERS.min(row.width), width: row.width.saturating_sub(ANSWERS), ..row };
        if question == Question::Date {
            return self.draw_date(cx, is_asked, answers, buf);
        }
        let mut line = Line::default();
        for (at, answer) in question.answers().iter().enumerate() {
            let is_chosen = at == self.form.chosen(question);
            let style = if is_chosen { theme.key } else { theme.muted };
            let style = if is_chosen && is_asked { style.patch(theme.selection) } else { style };
            let answer = if is_chosen { format!("[{answer}]") } else { format!(" {answer} ") };
            line.push_span(Span::styled(answer, style));
        }
        buf.set_line(answers.x, answers.y, &line, answers.width);
        None
    }

    fn draw_date(&self, cx: &Cx<'_>, is_asked: bool, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let theme = cx.theme;
        let text = self.form.date();
        let room = 14.min(area.width);
        let field = Rect { x: area.x + 1, width: room, ..area };
        let cursor = if text.value().is_empty() {
            buf.set_string(field.x, field.y, "no date yet", theme.muted);
            Position::new(field.x, field.y)
        } else {
            text.draw(theme.key, field, buf)
        };
        let (meaning, style) = match date::read(text.value(), self.today) {
            Ok(None) => (String::new(), theme.muted),
            Ok(Some(day)) => (date::say(day, self.today), theme.muted),
            Err(_) if !self.is_refused => (theme.glyphs.ellipsis.to_owned(), theme.muted),
            Err(_) => (format!("{} not a date", theme.glyphs.no), theme.bad),
        };
        let x = (field.x + width(text.value()).max(11) as u16 + 2).min(area.right());
        buf.set_stringn(x, area.y, meaning, usize::from(area.right() - x), style);
        is_asked.then_some(cursor)
    }
}

impl Screen for Profile {
    type Command = Command;

    const KEYS: &'static [Binding<Command>] = &[
        Binding { id: "profile.next", keys: &[Key::ENTER], help: "next", command: Command::Next },
        Binding {
            id: "profile.right",
            keys: &[Key::RIGHT, Key::char('l')],
            help: "choose",
            command: Command::Choose(1),
        },
        Binding {
            id: "profile.left",
            keys: &[Key::LEFT, Key::char('h')],
            help: "choose",
            command: Command::Choose(-1),
        },
        Binding { id: "profile.leave", keys: &[Key::ESC], help: "leave", command: Command::Leave },
        Binding {
            id: "profile.down",
            keys: &[Key::DOWN, Key::TAB, Key::char('j')],
            help: "next question",
            command: Command::Step(1),
        },
        Binding {
            id: "profile.up",
            keys: &[Key::UP, Key::BACK_TAB, Key::char('k')],
            help: "question before",
            command: Command::Step(-1),
        },
        Binding { id: "profile.save", keys: &[Key::ctrl('s')], help: "save", command: Command::Save },
    ];

    fn title(&self, _cx: &Cx<'_>) -> String {
        if self.is_first { "Welcome".to_owned() } else { "Profile".to_owned() }
    }

    fn available(&self, command: Command) -> bool {
        let is_typing = self.takes_text();
        match command {
            Command::Choose(_) => !is_typing,
            Command::Next | Command::Save | Command::Step(_) | Command::Leave => true,
        }
    }

    fn wording(&self, command: Command) -> Option<&'static str> {
        match command {
            Command::Next if self.form.is_at_last() && self.is_first => Some("first card"),
            Command::Next if self.form.is_at_last() => Some("save"),
            Command::Leave if self.is_first => Some("skip"),
            _ => None,
        }
    }

    fn takes_text(&self) -> bool {
        self.form.asked() == Question::Date
    }

    fn run(&mut self, cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        match command {
            Command::Next if !self.form.is_at_last() => return self.step(1),
            Command::Step(by) => return self.step(by),
            Command::Choose(by) => self.form.choose(by),
            Command::Next | Command::Save => return self.save(cx),
            Command::Leave if self.is_first => {
                self.form.forget_unreadable_date(self.today);
                return self.save(cx);
            }
            Command::Leave => return vec![Effect::Pop],
        }
        Vec::new()
    }

    fn text(&mut self, _cx: &Cx<'_>, input: TextInput) -> Vec<Effect> {
        self.is_refused = false;
        match input {
            TextInput::Key(key) => _ = self.form.date_mut().key(key),
            TextInput::Paste(text) => self.form.date_mut().paste(&text),
        }
        Vec::new()
    }

    fn receive(&mut self, cx: &Cx<'_>, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Saved(Ok(())) => self.go_on(cx),
            // What cannot be saved can be answered again later; the cards do not wait for it.
            Reply::Saved(Err(why)) if self.is_first => [Effect::fail(why)].into_iter().chain(self.go_on(cx)).collect(),
            Reply::Saved(Err(why)) => vec![Effect::fail(why)],
            _ => Vec::new(),
        }
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let theme = cx.theme;
        let is_roomy = area.height > 14;
        let height = if is_roomy { 16 } else { area.height };
        let card = Rect { width: area.width.min(84), height: height.min(area.height), ..area };
        let title = if self.is_first { "Welcome to sysdrill" } else { "Profile" };
        let inner = Panel::new(theme, title).draw(card, buf);
        let mut y = inner.y + u16::from(is_roomy);
        if self.is_first {
            let text = "Four questions, then a card.";
            buf.set_stringn(inner.x + 1, y, text, usize::from(inner.width), theme.text);
            y += 1 + u16::from(is_roomy);
        }
        let mut cursor = None;
        for question in Question::ALL {
            let row = Rect { y, height: 1, ..inner };
            cursor = cursor.or(self.draw_question(cx, question, row, buf));
            y += 1 + u16::from(is_roomy);
        }
        let hint = self.form.asked().hint();
        let lines = wrap(hint, usize::from(inner.width.saturating_sub(1)));
        for (line, y) in lines.iter().zip(y + u16::from(!is_roomy)..inner.bottom()) {
            buf.set_string(inner.x + 1, y, line, theme.muted);
        }
        cursor
    }
}

impl Destination for Profile {
    const NAME: &'static str = "profile";
    const TITLE: &'static str = "Profile";

    fn open(cx: &Cx<'_>, argument: Option<&str>) -> Result<Self, Refusal> {
        let is_first = match argument {
            None => false,
            Some("first") => true,
            Some(other) => {
                return Err(Refusal(format!("There is no profile `{other}`; write profile or profile:first.")));
            }
        };
        let student = &cx.world.student;
        Ok(Self { form: Form::of(&student.profile()), today: student.today(cx.now), is_first, is_refused: false })
    }
}
