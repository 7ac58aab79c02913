//! The keys that work everywhere, in a table like that of a screen.

use crate::tui::key::Key;
use crate::tui::layer::Hint;
use crate::tui::screen::Binding;

/// A command of the app itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Global {
    Help,
    Palette,
    Back,
    Quit,
    Interrupt,
    /// Counted from 0.
    Tab(usize),
}

/// The id of the command that opens the help, which the footer always shows.
pub(super) const HELP: &str = "app.help";

/// How the ids of the commands begin that show a tab.
pub(super) const TAB: &str = "app.tab-";

pub(super) const KEYS: &[Binding<Global>] = &[
    Binding { id: HELP, keys: &[Key::char('?'), Key::f(1)], help: "help", command: Global::Help },
    Binding {
        id: "app.palette",
        keys: &[Key::ctrl('p'), Key::char(':')],
        help: "find anything",
        command: Global::Palette,
    },
    Binding { id: "app.back", keys: &[Key::ESC], help: "one step back", command: Global::Back },
    Binding { id: "app.quit", keys: &[Key::char('q')], help: "quit", command: Global::Quit },
    Binding { id: "app.interrupt", keys: &[Key::ctrl('c')], help: "quit from anywhere", command: Global::Interrupt },
    Binding { id: "app.tab-1", keys: &[Key::char('1')], help: "first tab", command: Global::Tab(0) },
    Binding { id: "app.tab-2", keys: &[Key::char('2')], help: "second tab", command: Global::Tab(1) },
    Binding { id: "app.tab-3", keys: &[Key::char('3')], help: "third tab", command: Global::Tab(2) },
    Binding { id: "app.tab-4", keys: &[Key::char('4')], help: "fourth tab", command: Global::Tab(3) },
    Binding { id: "app.tab-5", keys: &[Key::char('5')], help: "fifth tab", command: Global::Tab(4) },
    Binding { id: "app.tab-6", keys: &[Key::char('6')], help: "sixth tab", command: Global::Tab(5) },
    Binding { id: "app.tab-7", keys: &[Key::char('7')], help: "seventh tab", command: Global::Tab(6) },
];

/// The table for those who only show it; `available` is decided by the app, and so are the titles of the tabs.
pub(super) fn hints(available: impl Fn(Global) -> bool, title: impl Fn(usize) -> Option<&'static str>) -> Vec<Hint> {
    let help = |b: &Binding<Global>| match b.command {
        Global::Tab(tab) => title(tab).unwrap_or(b.help),
        _ => b.help,
    };
    let hint = |b: &Binding<Global>| Hint { id: b.id, keys: b.keys, help: help(b), available: available(b.command) };
    KEYS.iter().map(hint).collect()
}
