//! The four grades with the interval that each would grant, as the footer shows them.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::recall::{Grants, Rating};
use crate::tui::theme::Theme;
use crate::tui::widgets::footer::hint;

/// The grades; intervals are left out where nothing is granted.
pub(super) struct Grades<'a> {
    pub(super) theme: &'a Theme,
    pub(super) grants: Option<&'a Grants>,
    /// The grade that space gives.
    pub(super) proposed: Rating,
}

/// How much of a grade is said, by the room there is.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// `1 again <10 min`.
    Whole,
    /// `1 again <10m`.
    Dense,
    /// `1 <10m`.
    Bare,
}

/// What the key of the help takes at the end of a footer.
const HELP: usize = 12;

impl Grades<'_> {
    /// The grades, and behind them as many of the other keys as there is room for.
    pub(super) fn footer(&self, others: &[(String, &'static str)], width: u16) -> Line<'static> {
        let room = usize::from(width).saturating_sub(HELP);
        let forms = [(Form::Whole, 2), (Form::Whole, 0), (Form::Dense, 0), (Form::Bare, 0)];
        let lines = forms.map(|(form, air)| self.line(form, air));
        let mut line = lines.iter().find(|line| line.width() <= room).unwrap_or(&lines[3]).clone();
        for other in others {
            let hint = hint(self.theme, other);
            if line.width() + hint.width() + 3 > room {
                break;
            }
            line.push_span("   ");
            line.extend(hint.spans);
        }
        line
    }

    fn line(&self, form: Form, air: usize) -> Line<'static> {
        let mut line = Line::default();
        for (at, rating) in Rating::ALL.into_iter().enumerate() {
            let is_proposed = rating == self.proposed;
            let patch = |style: Style| if is_proposed { style.patch(self.theme.selection) } else { style };
            if at > 0 {
                line.push_span(" ".repeat(air));
            }
            let sign = if is_proposed { self.theme.glyphs.selected } else { " " };
            line.push_span(Span::styled(format!("{sign}{}", u8::from(rating)), patch(self.theme.key)));
            if form != Form::Bare || self.grants.is_none() {
                line.push_span(Span::styled(format!(" {}", rating.name()), patch(self.theme.text)));
            }
            if let Some(grants) = self.grants {
                let wait = grants.of(rating).wait.to_string();
                let wait = if form == Form::Whole { wait } else { wait.replace(" min", "m").replace(' ', "") };
                line.push_span(Span::styled(format!(" {wait}"), patch(self.theme.muted)));
            }
            line.push_span(Span::styled(" ", patch(Style::new())));
        }
        line
    }
}
