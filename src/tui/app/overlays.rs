//! Help and palette: the two popups that the app itself opens.

use crate::tui::effect::Effect;
use crate::tui::host::Host;
use crate::tui::layer::Hint;
use crate::tui::screens::help::{Help, Row};
use crate::tui::screens::palette::{Palette, Sources};

use super::{App, globals};

impl<H: Host> App<H> {
    pub(super) fn open_help(&mut self) {
        let row = |(hint, is_global): (Hint, bool)| Row {
            id: hint.id,
            keys: self.keymap.label(&hint, &self.theme.glyphs, true),
            help: hint.help,
            is_global,
        };
        let help = Help::new(self.at_hand().into_iter().map(row).collect());
        self.put_on_top(Effect::push(help));
    }

    pub(super) fn open_palette(&mut self) {
        let command =
            |(hint, _): (Hint, bool)| (hint.id, hint.help, self.keymap.label(&hint, &self.theme.glyphs, true));
        let commands: Vec<_> = self.at_hand().into_iter().map(command).collect();
        let library = &self.host.world().library;
        let palette = Palette::new(&Sources { commands: &commands, screens: self.screens, library });
        self.put_on_top(Effect::push(palette));
    }

    /// The commands that mean something now: those of the top screen, then (marked) those of the app.
    fn at_hand(&self) -> Vec<(Hint, bool)> {
        let own = self.tabs[self.active].top().map(|stacked| stacked.layer.hints()).unwrap_or_default();
        let everywhere = globals::hints(|global| self.is_available(global));
        let marked = own.into_iter().map(|hint| (hint, false)).chain(everywhere.into_iter().map(|hint| (hint, true)));
        marked.filter(|(hint, _)| hint.available).collect()
    }

    fn put_on_top(&mut self, effect: Effect) {
        if let Some(top) = self.top_id() {
            self.perform(top, vec![effect]);
        }
    }
}
