//! Help and palette: the two popups that the app itself opens.

use crate::tui::effect::Effect;
use crate::tui::host::Host;
use crate::tui::layer::Hint;
use crate::tui::screens::help::{Help, Row};

use super::{App, globals};

impl<H: Host> App<H> {
    pub(super) fn open_help(&mut self) {
        let own = self.tabs[self.active].top().map(|stacked| stacked.layer.hints()).unwrap_or_default();
        let everywhere = globals::hints(|global| self.is_available(global));
        let row = |hint: &Hint, is_global| Row {
            id: hint.id,
            keys: self.keymap.label(hint, &self.theme.glyphs, true),
            help: hint.help,
            is_global,
        };
        let own = own.iter().filter(|hint| hint.available).map(|hint| row(hint, false));
        let everywhere = everywhere.iter().filter(|hint| hint.available).map(|hint| row(hint, true));
        let help = Help::new(own.chain(everywhere).collect());
        self.push(Effect::push(help));
    }

    pub(super) fn open_palette(&mut self) {}

    fn push(&mut self, effect: Effect) {
        if let Some(top) = self.top_id() {
            self.perform(top, vec![effect]);
        }
    }
}
