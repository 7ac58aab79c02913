//! Before a round: which kind, how long, at which level, how strict, with how much help. The pause policy is said here.

mod form;

use std::rc::Rc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::round::Scenario;
use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::screen::{Binding, Cx, Destination, Refusal, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::wrap::wrap;

use super::catalogue::Catalogue;
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
        Ok(Self { scenario, catalogue, form })
    }
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
                format!("The phases take {minutes} minutes together. Of a slot of 45 minutes about 35 are left for the design.")
            }
            Question::Level => {
                let level = self.form.level();
                let count = self.scenario.checkpoints.iter().filter(|one| one.level <= level).count();
                format!("{count} points are looked for at {} level.", level.name())
            }
            Question::Mode => self.pause_policy().to_owned(),
            Question::Help => match self.form.help() {
                Help::Solo => "You begin with blank pages.".to_owned(),
                Help::Faded => "The first half of the phases is filled in from the example; only what you add counts.".to_owned(),
            },
        }
    }

    fn pause_policy(&self) -> &'static str {
        if self.form.is_strict() {
            "Strict: there is no pause. The clock runs on while you are away, the machine sleeps or the program is closed."
        } else {
            "Practice: you may pause. The clock stands still while you pause and while the program is closed."
        }
    }

    fn phases(&self, theme: &Theme) -> Vec<Line<'static>> {
        let kind = self.form.kind();
        let budgets = kind.scale(self.form.minutes()).budgets;
        let phases = kind.phases.iter().zip(budgets).filter(|(_, budget)| !budget.is_zero());
        phases
            .map(|(phase, budget)| {
                let seconds = budget.as_secs();
                Line::from(vec![
                    Span::styled(format!("{:<14} ", phase.title), theme.text),
                    Span::styled(format!("{:>2}:{:02}  ", seconds / 60, seconds % 60), theme.muted),
                    Span::styled(phase.goal.clone(), theme.muted),
                ])
            })
            .collect()
    }
}
