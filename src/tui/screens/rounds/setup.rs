//! Before a round: which kind, how long, at which level, how strict, with how much help. The pause policy is said here.

mod form;

use std::rc::Rc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::round::{Mode, Scenario};
use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::screen::{Binding, Cx, Destination, Refusal, Reply, Screen};
use crate::tui::screens::reader::Reader;
use crate::tui::theme::Theme;
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::truncate_line;
use crate::tui::widgets::wrap::wrap;

use super::catalogue::Catalogue;
use super::transcript;
use super::wanted::Wanted;
use form::{Form, Question};

pub(super) use form::{Chosen, Help};

/// The column in which the answers begin.
const ANSWERS: u16 = 12;

/// The form before a round.
#[derive(Debug)]
pub struct SetUp {
    scenario: Rc<Scenario>,
    catalogue: Catalogue,
    form: Form,
    /// Whether the scenario is put with its constraint turned round.
    is_variant: bool,
    /// The round stands above this screen, or it is over.
    has_begun: bool,
}

/// What one can do before a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Begin the round.
    Begin,
    /// Read an exemplary round first.
    Example,
    /// Go so many questions further.
    Step(isize),
    /// Choose the answer so many further.
    Choose(isize),
}

impl SetUp {
    /// The form for a scenario; what is chosen already may be changed.
    pub(super) fn of(catalogue: Catalogue, scenario: Rc<Scenario>, wanted: &Wanted) -> Result<Self, Refusal> {
        let form = Form::of(&scenario, &catalogue.rulebook.kinds, wanted)?;
        let is_variant = wanted.is_variant && scenario.variant.is_some();
        Ok(Self { scenario, catalogue, form, is_variant, has_begun: false })
    }

    fn begin(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        self.has_begun = true;
        vec![super::begin(cx, &self.catalogue, &self.scenario, &self.form.chosen(), self.is_variant)]
    }

    fn example(&self, cx: &Cx<'_>) -> Vec<Effect> {
        vec![Effect::open(Reader::showing(cx, transcript::example(&self.scenario)))]
    }

    fn draw_question(&self, theme: &Theme, question: Question, row: Rect, buf: &mut Buffer) {
        let is_asked = self.form.asked() == question;
        let (sign, style) = if is_asked { (theme.glyphs.selected, theme.title) } else { (" ", theme.muted) };
        let label =
            Line::from(vec![Span::styled(sign, theme.accent), Span::raw(" "), Span::styled(question.label(), style)]);
        buf.set_line(row.x, row.y, &label, row.width);
        let row = Rect { x: row.x + ANSWERS.min(row.width), width: row.width.saturating_sub(ANSWERS), ..row };
        let (answers, chosen) = self.form.answers(question);
        let width: usize = answers.iter().map(|answer| answer.chars().count() + 2).sum();
        // Where not all fit, the chosen one and those behind it.
        let first = if width > usize::from(row.width) { chosen } else { 0 };
        let mut line = Line::default();
        if first > 0 {
            line.push_span(Span::styled(format!("{} ", theme.glyphs.left), theme.muted));
        }
        for (at, answer) in answers.iter().enumerate().skip(first) {
            let is_chosen = at == chosen;
            let style = if is_chosen { theme.key } else { theme.muted };
            let style = if is_chosen && is_asked { style.patch(theme.selection) } else { style };
            let answer = if is_chosen { format!("[{answer}]") } else { format!(" {answer} ") };
            line.push_span(Span::styled(answer, style));
        }
        buf.set_line(row.x, row.y, &line, row.width);
    }

    /// What the choice of a question means.
    fn meaning(&self) -> String {
        match self.form.asked() {
            Question::Kind => self.form.kind().summary.clone(),
            Question::Minutes => {
                let minutes = self.form.minutes();
                format!(
                    "The phases take {minutes} minutes together. Of a slot of 45 minutes about 35 are left for the design."
                )
            }
            Question::Level => {
                let level = self.form.level();
                let count = self.scenario.checkpoints.iter().filter(|one| one.level <= level).count();
                format!("{count} points are looked for at {} level.", level.name())
            }
            Question::Mode => self.pause_policy().to_owned(),
            Question::Help => match self.form.help() {
                Help::Solo => "You begin with blank pages.".to_owned(),
                Help::Partner => "Two people: the other designs at a whiteboard, and you interview: what to say, the answers and the rubric are shown to you.".to_owned(),
                Help::Faded => {
                    "The first half of the phases is filled in from the example; only what you add counts.".to_owned()
                }
            },
        }
    }

    fn pause_policy(&self) -> &'static str {
        if self.form.is_strict() { Mode::Strict.policy() } else { Mode::Practice.policy() }
    }

    fn phases(&self, theme: &Theme) -> Vec<Line<'static>> {
        let kind = self.form.kind();
        let budgets = kind.scale(self.form.minutes()).budgets;
        let phases = kind.phases.iter().zip(budgets).filter(|(_, budget)| !budget.is_zero());
        phases
            .map(|(phase, budget)| {
                let seconds = budget.as_secs();
                Line::from(vec![
                    Span::styled(format!("{:<22} ", phase.title), theme.text),
                    Span::styled(format!("{:>2}:{:02}  ", seconds / 60, seconds % 60), theme.muted),
                    Span::styled(phase.goal.clone(), theme.muted),
                ])
            })
            .collect()
    }
}

impl Destination for SetUp {
    const NAME: &'static str = "round";
    const TITLE: &'static str = "Round";

    fn open(cx: &Cx<'_>, argument: Option<&str>) -> Result<Self, Refusal> {
        let wanted: Wanted = argument.unwrap_or_default().parse().map_err(|error| Refusal(format!("{error}.")))?;
        let catalogue = Catalogue::of(&cx.world.library);
        let scenario = catalogue.find(&wanted.scenario)?;
        Self::of(catalogue, scenario, &wanted)
    }
}

impl Screen for SetUp {
    type Command = Command;

    const KEYS: &'static [Binding<Command>] = &[
        Binding { id: "round-setup.begin", keys: &[Key::ENTER], help: "begin", command: Command::Begin },
        Binding {
            id: "round-setup.right",
            keys: &[Key::RIGHT, Key::char('l')],
            help: "choose",
            command: Command::Choose(1),
        },
        Binding {
            id: "round-setup.left",
            keys: &[Key::LEFT, Key::char('h')],
            help: "choose",
            command: Command::Choose(-1),
        },
        Binding {
            id: "round-setup.example",
            keys: &[Key::char('x')],
            help: "read an example first",
            command: Command::Example,
        },
        Binding {
            id: "round-setup.down",
            keys: &[Key::DOWN, Key::TAB, Key::char('j')],
            help: "next question",
            command: Command::Step(1),
        },
        Binding {
            id: "round-setup.up",
            keys: &[Key::UP, Key::BACK_TAB, Key::char('k')],
            help: "question before",
            command: Command::Step(-1),
        },
    ];

    fn title(&self, cx: &Cx<'_>) -> String {
        format!("Round {} {}", cx.theme.glyphs.dot, self.scenario.title)
    }

    fn available(&self, command: Command) -> bool {
        command != Command::Example || !self.scenario.transcript.is_empty()
    }

    fn run(&mut self, cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        match command {
            Command::Begin => return self.begin(cx),
            Command::Example => return self.example(cx),
            Command::Step(by) => self.form.step(by),
            Command::Choose(by) => self.form.choose(by),
        }
        Vec::new()
    }

    fn receive(&mut self, _cx: &Cx<'_>, reply: Reply) -> Vec<Effect> {
        // The form is not for coming back to.
        let is_over = self.has_begun && matches!(reply, Reply::Shown);
        is_over.then_some(Effect::Pop).into_iter().collect()
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let theme = cx.theme;
        let inner = Panel::new(theme, &self.scenario.title)
            .note(Span::styled(self.scenario.difficulty.name(), theme.muted))
            .draw(area, buf);
        let inner = Rect { width: inner.width.min(100), ..inner };
        let is_roomy = inner.height > 26;
        let columns = usize::from(inner.width);
        let mut pen = Pen { theme, area: inner, y: inner.y + u16::from(is_roomy) };
        pen.write(&styled(&self.scenario.summary, columns, theme.text), buf);
        pen.y += 1;
        for question in self.form.questions() {
            self.draw_question(theme, *question, Rect { y: pen.y, height: 1, ..inner }, buf);
            pen.y += 1 + u16::from(is_roomy);
        }
        pen.y += u16::from(!is_roomy);
        pen.write(&styled(&self.meaning(), columns, theme.muted), buf);
        if self.form.asked() != Question::Mode {
            pen.write(&styled(self.pause_policy(), columns, theme.muted), buf);
        }
        pen.y += 1;
        pen.write(&self.phases(theme), buf);
        None
    }
}

/// Writes lines one below the other, as far as there is room.
struct Pen<'a> {
    theme: &'a Theme,
    area: Rect,
    y: u16,
}

impl Pen<'_> {
    fn write(&mut self, lines: &[Line<'_>], buf: &mut Buffer) {
        let columns = usize::from(self.area.width);
        for line in lines.iter().take(usize::from(self.area.bottom().saturating_sub(self.y))) {
            let line = truncate_line(line, columns, self.theme.glyphs.ellipsis);
            buf.set_line(self.area.x, self.y, &line, self.area.width);
            self.y += 1;
        }
    }
}

/// A text in lines of one style.
fn styled(text: &str, columns: usize, style: Style) -> Vec<Line<'static>> {
    wrap(text, columns).into_iter().map(|line| Line::styled(line.to_owned(), style)).collect()
}
