//! The keys of a running round. Every printable key is text, so commands are Ctrl, Alt and F keys.

use crate::tui::key::{Code, Key};
use crate::tui::screen::Binding;
use crate::tui::screens::editing::{row, with_editing_keys};
use crate::tui::widgets::editor::Edit;

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

/// The key table.
pub(super) const KEYS: &[Binding<Command>] = with_editing_keys!(
    "round",
    Command::Edit,
    "delete-word-back",
    own: [
        row("round.next", &[Key::f(5)], "next phase", Command::Next),
        row("round.hint", &[Key::f(2)], "hint", Command::Hint),
        row("round.challenge", &[Key::f(3)], "ask me", Command::Challenge),
        row("round.design", &[Key::f(7)], "design", Command::Design),
        row("round.leave", &[Key::ESC], "leave, draft saved", Command::Leave),
        row("round.pause", &[Key::f(4)], "pause", Command::Pause),
        row("round.finish", &[Key::f(8)], "finish", Command::Finish),
        row("round.back", &[Key::f(6)], "phase before", Command::Back),
        row("round.give-up", &[Key::ctrl('g')], "give up", Command::GiveUp),
        row("round.scroll-up", &[Key::with_alt(Code::Up)], "look back", Command::Scroll(1)),
        row("round.scroll-down", &[Key::with_alt(Code::Down)], "look on", Command::Scroll(-1)),
    ],
    select: []
);

/// The binding of a command.
pub(super) fn binding(command: Command) -> Option<&'static Binding<Command>> {
    KEYS.iter().find(|binding| binding.command == command)
}
