//! The key table of the review session.

use crate::tui::key::{Code, Key, Mods};
use crate::tui::screen::{Binding, Cx};

/// What one can do in a review session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// The next step: show the answer or the options, pick the option, give the proposed grade.
    Go,
    /// Give the attempt as the answer, being sure of it; otherwise as [`Command::Go`].
    Check,
    /// Give the attempt as the answer, in doubt.
    Doubt,
    /// Give the attempt as the answer, though it is a guess.
    Guess,
    /// Save again what could not be saved.
    Retry,
    /// Take the newest step back.
    Undo,
    /// Not again today.
    Bury,
    /// Not again until unsuspended.
    Suspend,
    /// Open the card's file.
    Edit,
    /// Read the section that teaches it.
    Note,
    /// Play the lesson that shows it.
    Lesson,
    /// Mark it for a second look, or no longer.
    Flag,
    /// Pick the option of that number, or give the grade, from 1.
    Digit(u8),
    /// Go so many options, steps or lines further.
    Step(isize),
    /// Carry the step at the cursor so many places further.
    Carry(isize),
    /// Scroll so many pages further.
    Page(isize),
    /// Back to where one came from.
    Leave,
}

/// The row of a command.
pub(super) fn binding(command: Command) -> Option<&'static Binding<Command>> {
    KEYS.iter().find(|binding| binding.command == command)
}

/// The key of a command as a reader sees it, unless it has none.
pub(super) fn label_of(cx: &Cx<'_>, command: Command) -> Option<String> {
    let binding = binding(command)?;
    cx.keymap.keys(binding.id, binding.keys).first().map(|key| key.label(&cx.theme.glyphs))
}

const fn shift(code: Code) -> Key {
    Key { code, mods: Mods { ctrl: false, alt: false, shift: true } }
}

const fn digit(id: &'static str, keys: &'static [Key], help: &'static str, number: u8) -> Binding<Command> {
    Binding { id, keys, help, command: Command::Digit(number) }
}

/// Letters also work with Alt, because a number is typed on some cards.
pub(super) const KEYS: &[Binding<Command>] = &[
    Binding { id: "review.go", keys: &[Key::SPACE], help: "go on", command: Command::Go },
    Binding { id: "review.check", keys: &[Key::ENTER], help: "sure", command: Command::Check },
    Binding { id: "review.doubt", keys: &[Key::char('d')], help: "in doubt", command: Command::Doubt },
    Binding { id: "review.guess", keys: &[Key::char('g')], help: "a guess", command: Command::Guess },
    Binding {
        id: "review.carry-down",
        keys: &[Key::char('J'), shift(Code::Down)],
        help: "move down",
        command: Command::Carry(1),
    },
    Binding {
        id: "review.carry-up",
        keys: &[Key::char('K'), shift(Code::Up)],
        help: "move up",
        command: Command::Carry(-1),
    },
    Binding { id: "review.retry", keys: &[Key::char('r'), Key::alt('r')], help: "save again", command: Command::Retry },
    Binding { id: "review.undo", keys: &[Key::char('u'), Key::alt('u')], help: "undo", command: Command::Undo },
    Binding { id: "review.bury", keys: &[Key::char('b'), Key::alt('b')], help: "bury", command: Command::Bury },
    Binding {
        id: "review.suspend",
        keys: &[Key::char('z'), Key::alt('z')],
        help: "suspend",
        command: Command::Suspend,
    },
    Binding { id: "review.note", keys: &[Key::char('n'), Key::alt('n')], help: "note", command: Command::Note },
    Binding { id: "review.lesson", keys: &[Key::char('s'), Key::alt('s')], help: "lesson", command: Command::Lesson },
    Binding { id: "review.edit", keys: &[Key::char('e'), Key::alt('e')], help: "edit", command: Command::Edit },
    Binding { id: "review.flag", keys: &[Key::char('f'), Key::alt('f')], help: "flag", command: Command::Flag },
    digit("review.1", &[Key::char('1')], "again, or the first option", 1),
    digit("review.2", &[Key::char('2')], "hard, or the second option", 2),
    digit("review.3", &[Key::char('3')], "good, or the third option", 3),
    digit("review.4", &[Key::char('4')], "easy, or the fourth option", 4),
    digit("review.5", &[Key::char('5')], "the fifth option", 5),
    digit("review.6", &[Key::char('6')], "the sixth option", 6),
    digit("review.7", &[Key::char('7')], "the seventh option", 7),
    digit("review.8", &[Key::char('8')], "the eighth option", 8),
    digit("review.9", &[Key::char('9')], "the ninth option", 9),
    Binding { id: "review.down", keys: &[Key::DOWN, Key::char('j')], help: "down", command: Command::Step(1) },
    Binding { id: "review.up", keys: &[Key::UP, Key::char('k')], help: "up", command: Command::Step(-1) },
    Binding { id: "review.page-down", keys: &[Key::PAGE_DOWN], help: "page down", command: Command::Page(1) },
    Binding { id: "review.page-up", keys: &[Key::PAGE_UP], help: "page up", command: Command::Page(-1) },
    Binding { id: "review.leave", keys: &[Key::ESC], help: "leave", command: Command::Leave },
];
