//! Who gets a key.
//!
//! Ctrl-C ends the app from anywhere. While the top screen takes text, printable keys are its text. Otherwise the
//! screen's own table comes first, so a screen may claim a digit or a letter; then the app's; and what is left
//! over while text is taken is an editing key.

use crate::time::Now;
use crate::tui::host::Host;
use crate::tui::key::Key;
use crate::tui::layer::Hint;
use crate::tui::screen::TextInput;

use super::globals::{self, Global};
use super::stack::LayerId;
use super::{App, Reply};

/// What a key means at this moment.
enum Meaning {
    /// The command at a place in the table of the top screen.
    Own(LayerId, usize),
    Global(Global),
    Text(LayerId),
    Nothing,
}

impl<H: Host> App<H> {
    /// A key was pressed.
    pub fn key(&mut self, key: Key, now: Now) {
        self.now = now;
        self.toasts.expire(now);
        match self.meaning(key) {
            Meaning::Own(id, place) => {
                let effects = self.with(id, |layer, cx| layer.run(cx, place)).unwrap_or_default();
                self.perform(id, effects);
            }
            Meaning::Global(global) => self.run_global(global),
            Meaning::Text(id) => self.hand_text(id, TextInput::Key(key)),
            Meaning::Nothing => {}
        }
    }

    /// A text was pasted: one edit, never commands. Control characters are taken out, and where no text is taken
    /// nothing happens.
    pub fn paste(&mut self, text: &str, now: Now) {
        self.now = now;
        let Some(top) = self.tabs[self.active].top().filter(|stacked| stacked.layer.takes_text()) else { return };
        let id = top.id;
        let unified = text.replace("\r\n", "\n").replace('\r', "\n");
        let clean = unified.chars().filter(|&c| matches!(c, '\n' | '\t') || !c.is_control()).collect();
        self.hand_text(id, TextInput::Paste(clean));
    }

    fn hand_text(&mut self, id: LayerId, input: TextInput) {
        let effects = self.with(id, |layer, cx| layer.text(cx, input)).unwrap_or_default();
        self.perform(id, effects);
    }

    fn meaning(&self, key: Key) -> Meaning {
        let global = globals::KEYS.iter().find(|b| self.keymap.keys(b.id, b.keys).contains(&key)).map(|b| b.command);
        if global == Some(Global::Interrupt) {
            return Meaning::Global(Global::Interrupt);
        }
        let Some(top) = self.tabs[self.active].top() else {
            return global.map_or(Meaning::Nothing, Meaning::Global);
        };
        let takes_text = top.layer.takes_text();
        if takes_text && key.printable().is_some() {
            return Meaning::Text(top.id);
        }
        let runs = |hint: &Hint| hint.available && self.keymap.keys(hint.id, hint.keys).contains(&key);
        if let Some(place) = top.layer.hints().iter().position(runs) {
            return Meaning::Own(top.id, place);
        }
        match global {
            Some(global) if self.is_available(global) => Meaning::Global(global),
            _ if takes_text => Meaning::Text(top.id),
            _ => Meaning::Nothing,
        }
    }

    /// Whether a command of the app means something at this moment.
    pub(super) fn is_available(&self, global: Global) -> bool {
        let stack = &self.tabs[self.active];
        let is_root = stack.layers.len() == 1;
        match global {
            Global::Help | Global::Interrupt => true,
            Global::Palette => !stack.top().is_some_and(|top| top.layer.is_popup()),
            Global::Back => !self.is_home(),
            Global::Quit => is_root,
            Global::Tab(tab) => {
                let claimed = |top: &super::stack::Stacked| top.layer.is_popup() || top.layer.takes_answer();
                tab < self.tabs.len() && !stack.top().is_some_and(claimed)
            }
        }
    }

    pub(super) fn run_global(&mut self, global: Global) {
        match global {
            Global::Help => self.open_help(),
            Global::Palette => self.open_palette(),
            Global::Back => self.back(),
            Global::Quit | Global::Interrupt => self.end(self.now),
            Global::Tab(tab) => self.switch_to(tab),
        }
    }

    /// One step back: to the screen below, from the root of a tab to the first tab.
    fn back(&mut self) {
        match self.top_id() {
            Some(id) if self.tabs[self.active].layers.len() > 1 => self.leave(id),
            _ => self.switch_to(0),
        }
    }

    /// Shows a tab as it was left; the digit of the tab that is shown leads to its root.
    fn switch_to(&mut self, tab: usize) {
        if tab == self.active
            && let Some(above_root) = self.tabs[tab].layers.get(1).map(|stacked| stacked.id)
        {
            self.leave(above_root);
        } else if let Err(refusal) = self.show_tab(tab) {
            self.notify_refusal(&refusal);
        } else {
            self.tell_top(Reply::Shown);
        }
    }
}
