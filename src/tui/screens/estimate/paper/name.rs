//! Giving a sheet a name.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::screen::{Binding, Cx, Reply, Screen, TextInput};
use crate::tui::screens::estimate::shelf::Shelf;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::panel::{Panel, popup};
use crate::tui::widgets::wrap::wrap;

/// The question for a name.
#[derive(Debug)]
pub(super) struct Naming {
    /// The name that the sheet has; none for the draft.
    old: Option<String>,
    field: Field,
    problem: Option<String>,
}

/// What one can do.
#[derive(Clone, Copy, Debug)]
pub(super) enum Command {
    Name,
    Close,
}

impl Naming {
    pub(super) fn of(old: Option<String>) -> Self {
        Self { field: Field::with(old.clone().unwrap_or_default()), old, problem: None }
    }
}

impl Screen for Naming {
    type Command = Command;

    const POPUP: bool = true;

    const KEYS: &'static [Binding<Command>] = &[
        Binding { id: "naming.name", keys: &[Key::ENTER], help: "name it so", command: Command::Name },
        Binding { id: "naming.close", keys: &[Key::ESC], help: "leave it", command: Command::Close },
    ];

    fn takes_text(&self) -> bool {
        true
    }

    fn run(&mut self, cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        if let Command::Close = command {
            return vec![Effect::Pop];
        }
        let mut shelf = Shelf::of(cx);
        match shelf.check_name(self.field.value(), self.old.as_deref()) {
            Ok(name) => {
                shelf.rename(self.old.as_deref(), &name);
                vec![Effect::Save(shelf.record())]
            }
            Err(problem) => {
                self.problem = Some(problem);
                Vec::new()
            }
        }
    }

    fn text(&mut self, _cx: &Cx<'_>, input: TextInput) -> Vec<Effect> {
        self.problem = None;
        match input {
            TextInput::Key(key) => _ = self.field.key(key),
            TextInput::Paste(text) => self.field.paste(&text),
        }
        Vec::new()
    }

    fn receive(&mut self, _cx: &Cx<'_>, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Saved(Ok(())) => vec![Effect::Pop],
            Reply::Saved(Err(why)) => {
                self.problem = Some(why);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let theme = cx.theme;
        let inner = Panel::new(theme, "Name of the sheet").draw(popup(area, 60, 6, buf), buf);
        if inner.height == 0 {
            return None;
        }
        let cursor = self.field.draw(theme.text, Rect { height: 1, ..inner }, buf);
        let (says, style) = match &self.problem {
            Some(problem) => (format!("{} {problem}", theme.glyphs.no), theme.bad),
            None => ("A sheet with a name is saved as you type.".to_owned(), theme.muted),
        };
        for (line, y) in wrap(&says, inner.width.into()).iter().zip(inner.y + 2..inner.bottom()) {
            buf.set_string(inner.x, y, line, style);
        }
        Some(cursor)
    }
}
