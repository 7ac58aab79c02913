//! The reader's key table.

use crate::tui::key::{Code, Key, Mods};
use crate::tui::screen::Binding;

/// What one can do with a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Scroll by a share of the height.
    Page(i8),
    /// Choose a heading of the outline.
    Outline,
    /// Search in the page.
    Search,
    /// Select the link so many further.
    Link(isize),
    /// Follow the selected link, or go to the selected heading.
    Follow,
    /// To the page that was open before.
    Back,
    /// To the page that was left by going back.
    Forward,
    /// Study the topic's cards.
    Cards,
    /// Open the file in an editor.
    Edit,
    /// To the match so many further.
    Match(isize),
    /// To the heading so many further.
    Heading(isize),
    /// Scroll by lines, or choose in the outline.
    Step(isize),
    /// To the beginning.
    First,
    /// To the end.
    Last,
    /// Write the text to a file.
    Export,
    /// End the search, the choice of a heading or of a link.
    Close,
}

const ALT: Mods = Mods { ctrl: false, alt: true, shift: false };

pub(super) const KEYS: &[Binding<Command>] = &[
    Binding {
        id: "reader.page-down",
        keys: &[Key::SPACE, Key::PAGE_DOWN, Key::ctrl('f')],
        help: "on",
        command: Command::Page(1),
    },
    Binding { id: "reader.outline", keys: &[Key::char('o')], help: "contents", command: Command::Outline },
    Binding { id: "reader.search", keys: &[Key::char('/')], help: "search", command: Command::Search },
    Binding { id: "reader.next-link", keys: &[Key::TAB], help: "links", command: Command::Link(1) },
    Binding { id: "reader.follow", keys: &[Key::ENTER], help: "follow", command: Command::Follow },
    Binding {
        id: "reader.back",
        keys: &[Key::BACKSPACE, Key { code: Code::Left, mods: ALT }],
        help: "page before",
        command: Command::Back,
    },
    Binding { id: "reader.cards", keys: &[Key::char('c')], help: "its cards", command: Command::Cards },
    Binding {
        id: "reader.forward",
        keys: &[Key { code: Code::Right, mods: ALT }],
        help: "page after",
        command: Command::Forward,
    },
    Binding { id: "reader.next-match", keys: &[Key::char('n')], help: "next match", command: Command::Match(1) },
    Binding {
        id: "reader.previous-match",
        keys: &[Key::char('N')],
        help: "previous match",
        command: Command::Match(-1),
    },
    Binding { id: "reader.next-heading", keys: &[Key::char(']')], help: "next heading", command: Command::Heading(1) },
    Binding {
        id: "reader.previous-heading",
        keys: &[Key::char('[')],
        help: "previous heading",
        command: Command::Heading(-1),
    },
    Binding { id: "reader.previous-link", keys: &[Key::BACK_TAB], help: "previous link", command: Command::Link(-1) },
    Binding { id: "reader.down", keys: &[Key::DOWN, Key::char('j')], help: "a line down", command: Command::Step(1) },
    Binding { id: "reader.up", keys: &[Key::UP, Key::char('k')], help: "a line up", command: Command::Step(-1) },
    Binding {
        id: "reader.page-up",
        keys: &[Key::PAGE_UP, Key::char('b'), Key::ctrl('b')],
        help: "a page up",
        command: Command::Page(-1),
    },
    Binding {
        id: "reader.first",
        keys: &[Key::HOME, Key::char('g')],
        help: "to the beginning",
        command: Command::First,
    },
    Binding { id: "reader.last", keys: &[Key::END, Key::char('G')], help: "to the end", command: Command::Last },
    Binding { id: "reader.edit", keys: &[Key::char('e')], help: "edit the file", command: Command::Edit },
    Binding { id: "reader.export", keys: &[Key::char('x')], help: "write to a file", command: Command::Export },
    Binding { id: "reader.close", keys: &[Key::ESC], help: "done", command: Command::Close },
];
