//! The keys of a running round. Every printable key is text, so commands are Ctrl, Alt and F keys.

use crate::tui::key::{Code, Key, Mods};
use crate::tui::screen::Binding;
use crate::tui::widgets::editor::{Edit, Motion};

/// What one can do in a round besides typing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// The next phase; in the last one, the end of the round.
    Next,
    /// The phase before.
    Back,
    /// Help, which costs independence.
    Hint,
    /// A question from the interviewer.
    Challenge,
    /// Stop the clock, or let it run again.
    Pause,
    /// The design in the place of the interviewer, or back.
    Design,
    /// End the round and see what it showed.
    Finish,
    /// End the round without that.
    GiveUp,
    /// Leave; the draft is saved.
    Leave,
    /// Look back over what was said, or over a large design.
    Scroll(isize),
    /// Edit the notes.
    Edit(Edit),
}

const fn with_ctrl(code: Code) -> Key {
    Key { code, mods: Mods { ctrl: true, alt: false, shift: false } }
}

const fn with_alt(code: Code) -> Key {
    Key { code, mods: Mods { ctrl: false, alt: true, shift: false } }
}

const fn with_shift(code: Code) -> Key {
    Key { code, mods: Mods { ctrl: false, alt: false, shift: true } }
}

const fn row(id: &'static str, keys: &'static [Key], help: &'static str, command: Command) -> Binding<Command> {
    Binding { id, keys, help, command }
}

const fn edit(id: &'static str, keys: &'static [Key], help: &'static str, edit: Edit) -> Binding<Command> {
    Binding { id, keys, help, command: Command::Edit(edit) }
}

/// The key table.
pub(super) const KEYS: &[Binding<Command>] = &[
    row("round.next", &[Key::f(5)], "next phase", Command::Next),
    row("round.hint", &[Key::f(2)], "hint", Command::Hint),
    row("round.challenge", &[Key::f(3)], "ask me", Command::Challenge),
    row("round.design", &[Key::f(7)], "design", Command::Design),
    row("round.leave", &[Key::ESC], "leave, draft saved", Command::Leave),
    row("round.pause", &[Key::f(4)], "pause", Command::Pause),
    row("round.finish", &[Key::f(8)], "finish", Command::Finish),
    row("round.back", &[Key::f(6)], "phase before", Command::Back),
    row("round.give-up", &[Key::ctrl('g')], "give up", Command::GiveUp),
    row("round.scroll-up", &[with_alt(Code::Up)], "look back", Command::Scroll(1)),
    row("round.scroll-down", &[with_alt(Code::Down)], "look on", Command::Scroll(-1)),
    edit("round.undo", &[Key::ctrl('z')], "undo", Edit::Undo),
    edit("round.redo", &[Key::ctrl('y')], "redo", Edit::Redo),
    edit("round.newline", &[Key::ENTER], "next line", Edit::Newline),
    edit("round.delete-back", &[Key::BACKSPACE], "delete before the cursor", Edit::DeleteBack),
    edit("round.delete-next", &[Key::DELETE], "delete behind the cursor", Edit::DeleteNext),
    edit(
        "round.delete-word-back",
        &[Key::ctrl('w'), with_ctrl(Code::Backspace), with_alt(Code::Backspace)],
        "delete the word before",
        Edit::DeleteWordBack,
    ),
    edit("round.delete-word-next", &[with_ctrl(Code::Delete)], "delete the word behind", Edit::DeleteWordNext),
    edit("round.delete-to-end", &[Key::ctrl('k')], "delete to the end", Edit::DeleteToEnd),
    edit("round.delete-line", &[Key::ctrl('d')], "delete the line", Edit::DeleteLine),
    edit("round.left", &[Key::LEFT], "left", Edit::Move(Motion::Left)),
    edit("round.right", &[Key::RIGHT], "right", Edit::Move(Motion::Right)),
    edit("round.up", &[Key::UP], "up", Edit::Move(Motion::Up)),
    edit("round.down", &[Key::DOWN], "down", Edit::Move(Motion::Down)),
    edit(
        "round.word-left",
        &[with_ctrl(Code::Left), with_alt(Code::Left)],
        "a word left",
        Edit::Move(Motion::WordLeft),
    ),
    edit(
        "round.word-right",
        &[with_ctrl(Code::Right), with_alt(Code::Right)],
        "a word right",
        Edit::Move(Motion::WordRight),
    ),
    edit("round.line-start", &[Key::HOME], "start of the line", Edit::Move(Motion::LineStart)),
    edit("round.line-end", &[Key::END], "end of the line", Edit::Move(Motion::LineEnd)),
    edit("round.first", &[with_ctrl(Code::Home)], "first line", Edit::Move(Motion::First)),
    edit("round.last", &[with_ctrl(Code::End)], "last line", Edit::Move(Motion::Last)),
    edit("round.page-up", &[Key::PAGE_UP], "page up", Edit::Move(Motion::PageUp)),
    edit("round.page-down", &[Key::PAGE_DOWN], "page down", Edit::Move(Motion::PageDown)),
    edit("round.select-left", &[with_shift(Code::Left)], "select left", Edit::Select(Motion::Left)),
    edit("round.select-right", &[with_shift(Code::Right)], "select right", Edit::Select(Motion::Right)),
    edit("round.select-up", &[with_shift(Code::Up)], "select up", Edit::Select(Motion::Up)),
    edit("round.select-down", &[with_shift(Code::Down)], "select down", Edit::Select(Motion::Down)),
    edit("round.select-all", &[Key::ctrl('a')], "select all", Edit::SelectAll),
];

/// The binding of a command.
pub(super) fn binding(command: Command) -> Option<&'static Binding<Command>> {
    KEYS.iter().find(|binding| binding.command == command)
}
