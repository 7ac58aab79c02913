//! A question with a line to answer on and answers to choose from: a popup over the lab.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::picker::Slot;
use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::screen::{Binding, Cx, Screen, TextInput};
use crate::tui::widgets::field::Field;
use crate::tui::widgets::list::{List, Selection};
use crate::tui::widgets::panel::{Panel, popup};
use crate::tui::widgets::wrap::wrap;

/// An answer to choose, and what it means.
pub(super) type Choice = (&'static str, &'static str);

/// Whether an answer makes sense, else why not.
pub(super) type Check = fn(&str) -> Result<(), String>;

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Question {
    pub(super) title: &'static str,
    pub(super) choices: &'static [Choice],
    pub(super) check: Check,
}

/// The popup.
#[derive(Debug)]
pub(super) struct Prompt {
    question: Question,
    field: Field,
    problem: Option<String>,
    /// The choice that was taken into the field; none before the first step.
    chosen: Option<usize>,
    selection: Selection,
    slot: Slot<(&'static str, String)>,
}

/// What one can do in it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Command {
    Apply,
    Step(isize),
    Close,
}

impl Prompt {
    /// A question that begins with an answer. The answer comes with the question's title.
    pub(super) fn new(question: Question, answer: &str, slot: Slot<(&'static str, String)>) -> Self {
        Self {
            question,
            field: Field::offered(answer),
            problem: None,
            chosen: question.choices.iter().position(|(choice, _)| *choice == answer),
            selection: Selection::default(),
            slot,
        }
    }

    fn apply(&mut self) -> Vec<Effect> {
        let answer = self.field.value().trim().to_owned();
        match (self.question.check)(&answer) {
            Ok(()) => {
                *self.slot.borrow_mut() = Some((self.question.title, answer));
                vec![Effect::Pop]
            }
            Err(problem) => {
                self.problem = Some(problem);
                Vec::new()
            }
        }
    }

    fn step(&mut self, by: isize) {
        let rows = self.question.choices.len();
        if rows == 0 {
            return;
        }
        let at = match self.chosen {
            None if by > 0 => 0,
            None => rows - 1,
            Some(at) => at.saturating_add_signed(by).min(rows - 1),
        };
        self.chosen = Some(at);
        self.problem = None;
        self.field = Field::offered(self.question.choices[at].0);
    }
}

impl Screen for Prompt {
    type Command = Command;

    const POPUP: bool = true;

    const KEYS: &'static [Binding<Command>] = &[
        Binding { id: "question.apply", keys: &[Key::ENTER], help: "apply", command: Command::Apply },
        Binding { id: "question.next", keys: &[Key::DOWN], help: "next example", command: Command::Step(1) },
        Binding { id: "question.previous", keys: &[Key::UP], help: "example before", command: Command::Step(-1) },
        Binding { id: "question.close", keys: &[Key::ESC], help: "cancel", command: Command::Close },
    ];

    fn takes_text(&self) -> bool {
        true
    }

    fn run(&mut self, _cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        match command {
            Command::Apply => return self.apply(),
            Command::Step(by) => self.step(by),
            Command::Close => return vec![Effect::Pop],
        }
        Vec::new()
    }

    fn text(&mut self, _cx: &Cx<'_>, input: TextInput) -> Vec<Effect> {
        match input {
            TextInput::Key(key) => _ = self.field.key(key),
            TextInput::Paste(text) => self.field.paste(&text),
        }
        (self.problem, self.chosen) = (None, None);
        Vec::new()
    }

    fn layout(&mut self, _cx: &Cx<'_>, area: Rect) {
        let rows = self.question.choices.len();
        self.selection.select(self.chosen.unwrap_or(0), rows);
        self.selection.scroll_into(usize::from(area.height.saturating_sub(8)), rows);
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let theme = cx.theme;
        let rows = self.question.choices.len() as u16;
        let height = (rows + 7).min(area.height.saturating_sub(1));
        let inner = Panel::new(theme, self.question.title).focused(true).draw(popup(area, 76, height, buf), buf);
        buf.set_string(inner.x, inner.y, theme.glyphs.selected, theme.key);
        let field = Rect { x: inner.x + 2, width: inner.width.saturating_sub(2), height: 1, ..inner };
        let cursor = self.field.draw(theme.text, field, buf);
        if let Some(problem) = &self.problem {
            let text = format!("{} {problem}", theme.glyphs.no);
            for (line, y) in wrap(&text, inner.width.into()).iter().zip(inner.y + 1..inner.y + 4) {
                buf.set_string(inner.x, y, line, theme.bad);
            }
        }
        let list = Rect { y: inner.y + 4, height: inner.height.saturating_sub(4), ..inner };
        List { theme, selection: self.selection, rows: rows.into(), is_focused: self.chosen.is_some() }.draw(
            list,
            buf,
            |index, _| {
                let (choice, meaning) = self.question.choices[index];
                Line::from(vec![Span::styled(format!("{choice:<16}"), theme.text), Span::styled(meaning, theme.muted)])
            },
        );
        Some(cursor)
    }
}
