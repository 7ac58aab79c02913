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
        // The tabs are among the screens already.
        let is_tab = |(hint, is_global): &(Hint, bool)| *is_global && hint.id.starts_with(globals::TAB);
        let commands: Vec<_> = self.at_hand().into_iter().filter(|hint| !is_tab(hint)).map(command).collect();
        let library = &self.host.world().library;
        let palette = Palette::new(&Sources { commands: &commands, screens: self.screens, library });
        self.put_on_top(Effect::push(palette));
    }

    /// The commands that mean something now: those of the top screen, then (marked) those of the app.
    fn at_hand(&self) -> Vec<(Hint, bool)> {
        let own = self.tabs[self.active].top().map(|stacked| stacked.layer.hints()).unwrap_or_default();
        let title = |tab: usize| self.tabs.get(tab).map(|tab| tab.entry.title);
        let everywhere = globals::hints(|global| self.is_available(global), title);
        let marked = own.into_iter().map(|hint| (hint, false)).chain(everywhere.into_iter().map(|hint| (hint, true)));
        marked.filter(|(hint, _)| hint.available).collect()
    }

    fn put_on_top(&mut self, effect: Effect) {
        if let Some(top) = self.top_id() {
            self.perform(top, vec![effect]);
        }
    }
}
