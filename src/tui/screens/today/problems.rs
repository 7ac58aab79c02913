//! What is wrong in the user's own content, each with its place and remedy.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::content::Problem;
use crate::tui::effect::{Edit, Effect};
use crate::tui::key::Key;
use crate::tui::screen::{Binding, Cx, Reply, Screen};
use crate::tui::widgets::list::{List, Selection};
use crate::tui::widgets::panel::{Panel, popup};
use crate::tui::widgets::wrap::wrap;

/// Rows below the list, for the message of the selected problem.
const MESSAGE: u16 = 4;

/// The list of problems.
#[derive(Debug)]
pub(super) struct Problems {
    problems: Vec<Problem>,
    selection: Selection,
}

/// What one can do with them.
#[derive(Clone, Copy, Debug)]
pub(super) enum Command {
    /// Open the file at the place.
    Edit,
    /// Select the problem so many further.
    Step(isize),
    /// Back.
    Close,
}

impl Problems {
    pub(super) fn new(cx: &Cx<'_>) -> Self {
        Self { problems: cx.world.library.problems().to_vec(), selection: Selection::default() }
    }

    fn size(&self, area: Rect) -> (u16, u16) {
        let rows = u16::try_from(self.problems.len()).unwrap_or(u16::MAX);
        (area.width.saturating_sub(4).min(96), rows.saturating_add(MESSAGE + 3).min(area.height))
    }
}

impl Screen for Problems {
    type Command = Command;

    const POPUP: bool = true;

    const KEYS: &'static [Binding<Command>] = &[
        Binding { id: "problems.edit", keys: &[Key::ENTER, Key::char('e')], help: "edit", command: Command::Edit },
        Binding { id: "problems.next", keys: &[Key::DOWN, Key::char('j')], help: "next", command: Command::Step(1) },
        Binding { id: "problems.back", keys: &[Key::UP, Key::char('k')], help: "previous", command: Command::Step(-1) },
        Binding { id: "problems.close", keys: &[Key::ESC], help: "close", command: Command::Close },
    ];

    fn run(&mut self, _cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        match command {
            Command::Edit => {
                let place = self.problems.get(self.selection.at).map(|problem| &problem.place);
                let edit = place.map(|place| Edit::File { path: place.file.clone().into(), line: place.line });
                edit.map(Effect::Edit).into_iter().collect()
            }
            Command::Step(by) => {
                self.selection.step(by, self.problems.len());
                Vec::new()
            }
            Command::Close => vec![Effect::Pop],
        }
    }

    fn receive(&mut self, cx: &Cx<'_>, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Edited(Err(why)) => vec![Effect::fail(why)],
            Reply::Reloaded => {
                self.problems = cx.world.library.problems().to_vec();
                self.selection.step(0, self.problems.len());
                if self.problems.is_empty() { vec![Effect::Pop] } else { Vec::new() }
            }
            _ => Vec::new(),
        }
    }

    fn layout(&mut self, _cx: &Cx<'_>, area: Rect) {
        let (_, height) = self.size(area);
        self.selection.scroll_into(usize::from(height.saturating_sub(MESSAGE + 3)), self.problems.len());
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let theme = cx.theme;
        let (width, height) = self.size(area);
        let note = Span::styled(self.problems.len().to_string(), theme.muted);
        let inner = Panel::new(theme, "Problems in your content").note(note).draw(popup(area, width, height, buf), buf);
        let rows = Rect { height: inner.height.saturating_sub(MESSAGE + 1), ..inner };
        let list = List { theme, selection: self.selection, rows: self.problems.len(), is_focused: true };
        list.draw(rows, buf, |row, _| Line::from(Span::styled(self.problems[row].place.to_string(), theme.text)));
        let message = self.problems.get(self.selection.at).map_or("", |problem| &problem.message);
        for (line, y) in wrap(message, inner.width.into()).iter().zip(rows.bottom() + 1..inner.bottom()) {
            buf.set_string(inner.x, y, line, theme.muted);
        }
        None
    }
}
