//! Which policies stand side by side: a popup over the lab.

use std::cell::RefCell;
use std::rc::Rc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::lane::name;
use super::setup::MOST_POLICIES;
use crate::sim::cache::POLICIES;
use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::screen::{Binding, Cx, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::list::{List, Selection};
use crate::tui::widgets::panel::{Panel, popup};
use crate::tui::widgets::wrap::wrap;

/// Where a popup leaves what was chosen, for the lab below to find.
pub(super) type Slot<T> = Rc<RefCell<Option<T>>>;

/// The list of policies with those that are chosen.
#[derive(Debug)]
pub(super) struct Picker {
    chosen: Vec<String>,
    selection: Selection,
    slot: Slot<Vec<String>>,
}

/// What one can do in it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Command {
    Toggle,
    Apply,
    Step(isize),
    Close,
}

impl Picker {
    pub(super) fn new(chosen: &[String], slot: Slot<Vec<String>>) -> Self {
        Self { chosen: chosen.to_vec(), selection: Selection::default(), slot }
    }

    fn toggle(&mut self) -> Vec<Effect> {
        let id = POLICIES[self.selection.at].about.id;
        if let Some(place) = self.chosen.iter().position(|one| one == id) {
            self.chosen.remove(place);
        } else if self.chosen.len() < MOST_POLICIES {
            self.chosen.push(id.to_owned());
        } else {
            return vec![Effect::say(format!("At most {MOST_POLICIES} stand side by side: take one away first."))];
        }
        Vec::new()
    }

    fn row(&self, theme: &Theme, index: usize) -> Line<'static> {
        let about = POLICIES[index].about;
        let is_chosen = self.chosen.iter().any(|one| one == about.id);
        let sign = if is_chosen { theme.glyphs.ticked_box } else { theme.glyphs.open_box };
        let style = if is_chosen { theme.accent } else { theme.muted };
        Line::from(vec![
            Span::styled(format!("{sign} "), style),
            Span::styled(format!("{:<11}", name(about.id)), theme.text),
            Span::styled(about.title, theme.muted),
        ])
    }
}

impl Screen for Picker {
    type Command = Command;

    const POPUP: bool = true;

    const KEYS: &'static [Binding<Command>] = &[
        Binding { id: "policies.toggle", keys: &[Key::SPACE], help: "take or leave", command: Command::Toggle },
        Binding { id: "policies.apply", keys: &[Key::ENTER], help: "apply", command: Command::Apply },
        Binding { id: "policies.close", keys: &[Key::ESC], help: "cancel", command: Command::Close },
        Binding { id: "policies.next", keys: &[Key::DOWN, Key::char('j')], help: "next", command: Command::Step(1) },
        Binding {
            id: "policies.previous",
            keys: &[Key::UP, Key::char('k')],
            help: "previous",
            command: Command::Step(-1),
        },
    ];

    fn takes_answer(&self) -> bool {
        true
    }

    fn available(&self, command: Command) -> bool {
        !matches!(command, Command::Apply) || !self.chosen.is_empty()
    }

    fn run(&mut self, _cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        match command {
            Command::Toggle => return self.toggle(),
            Command::Apply => {
                *self.slot.borrow_mut() = Some(self.chosen.clone());
                return vec![Effect::Pop];
            }
            Command::Step(by) => self.selection.step(by, POLICIES.len()),
            Command::Close => return vec![Effect::Pop],
        }
        Vec::new()
    }

    fn layout(&mut self, _cx: &Cx<'_>, area: Rect) {
        self.selection.scroll_into(usize::from(area.height.saturating_sub(7)), POLICIES.len());
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let theme = cx.theme;
        let rows = POLICIES.len() as u16;
        let area = popup(area, 64, (rows + 6).min(area.height.saturating_sub(1)), buf);
        let note = format!("{} of {MOST_POLICIES}", self.chosen.len());
        let inner = Panel::new(theme, "Policies side by side")
            .note(Line::from(Span::styled(note, theme.muted)))
            .focused(true)
            .draw(area, buf);
        let list = Rect { height: inner.height.saturating_sub(3), ..inner };
        List { theme, selection: self.selection, rows: POLICIES.len(), is_focused: true }.draw(
            list,
            buf,
            |index, _| self.row(theme, index),
        );
        let about = POLICIES[self.selection.at].about;
        let text = format!("It {} ({}).", about.rule, about.source);
        for (line, y) in wrap(&text, inner.width.into()).iter().zip(list.bottom() + 1..inner.bottom()) {
            buf.set_string(inner.x, y, line, theme.muted);
        }
        None
    }
}
