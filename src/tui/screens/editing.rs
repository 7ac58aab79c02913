//! The keys that edit a text, for the key tables of all screens that hold an editor.
//!
//! A widget knows no keys, and a table must hold its ids whole, so the rows are written by a macro into the table of each
//! screen, under the screen's own prefix.

use crate::tui::key::Key;
use crate::tui::screen::Binding;

/// A row of a key table.
pub(super) const fn row<C>(id: &'static str, keys: &'static [Key], help: &'static str, command: C) -> Binding<C> {
    Binding { id, keys, help, command }
}

/// A key table: the screen's own rows, then those that edit. `$edit` makes a command of an edit; `$delete_word` names the
/// row that deletes the word before the cursor; `select` are more rows that select, in front of the one that selects all.
macro_rules! with_editing_keys {
    (
        $prefix:literal,
        $edit:path,
        $delete_word:literal,
        own: [$($own:expr),+ $(,)?],
        select: [$($select:expr),* $(,)?]
    ) => {{
        // Under other names, so that the rows of the screen see its own imports.
        use $crate::tui::key::{Code as On, Key as K};
        use $crate::tui::screens::editing::row as line;
        use $crate::tui::widgets::editor::{Edit as E, Motion as M};
        &[
            $($own,)+
            line(concat!($prefix, ".undo"), &[K::ctrl('z')], "undo", $edit(E::Undo)),
            line(concat!($prefix, ".redo"), &[K::ctrl('y')], "redo", $edit(E::Redo)),
            line(concat!($prefix, ".newline"), &[K::ENTER], "next line", $edit(E::Newline)),
            line(concat!($prefix, ".delete-back"), &[K::BACKSPACE], "delete before the cursor", $edit(E::DeleteBack)),
            line(concat!($prefix, ".delete-next"), &[K::DELETE], "delete behind the cursor", $edit(E::DeleteNext)),
            line(
                concat!($prefix, ".", $delete_word),
                &[K::ctrl('w'), K::with_ctrl(On::Backspace), K::with_alt(On::Backspace)],
                "delete the word before",
                $edit(E::DeleteWordBack),
            ),
            line(
                concat!($prefix, ".delete-word-next"),
                &[K::with_ctrl(On::Delete)],
                "delete the word behind",
                $edit(E::DeleteWordNext),
            ),
            line(concat!($prefix, ".delete-to-end"), &[K::ctrl('k')], "delete to the end", $edit(E::DeleteToEnd)),
            line(concat!($prefix, ".delete-line"), &[K::ctrl('d')], "delete the line", $edit(E::DeleteLine)),
            line(concat!($prefix, ".left"), &[K::LEFT], "left", $edit(E::Move(M::Left))),
            line(concat!($prefix, ".right"), &[K::RIGHT], "right", $edit(E::Move(M::Right))),
            line(concat!($prefix, ".up"), &[K::UP], "up", $edit(E::Move(M::Up))),
            line(concat!($prefix, ".down"), &[K::DOWN], "down", $edit(E::Move(M::Down))),
            line(
                concat!($prefix, ".word-left"),
                &[K::with_ctrl(On::Left), K::with_alt(On::Left)],
                "a word left",
                $edit(E::Move(M::WordLeft)),
            ),
            line(
                concat!($prefix, ".word-right"),
                &[K::with_ctrl(On::Right), K::with_alt(On::Right)],
                "a word right",
                $edit(E::Move(M::WordRight)),
            ),
            line(concat!($prefix, ".line-start"), &[K::HOME], "start of the line", $edit(E::Move(M::LineStart))),
            line(concat!($prefix, ".line-end"), &[K::END], "end of the line", $edit(E::Move(M::LineEnd))),
            line(concat!($prefix, ".first"), &[K::with_ctrl(On::Home)], "first line", $edit(E::Move(M::First))),
            line(concat!($prefix, ".last"), &[K::with_ctrl(On::End)], "last line", $edit(E::Move(M::Last))),
            line(concat!($prefix, ".page-up"), &[K::PAGE_UP], "page up", $edit(E::Move(M::PageUp))),
            line(concat!($prefix, ".page-down"), &[K::PAGE_DOWN], "page down", $edit(E::Move(M::PageDown))),
            line(
                concat!($prefix, ".select-left"),
                &[K::with_shift(On::Left)],
                "select left",
                $edit(E::Select(M::Left)),
            ),
            line(
                concat!($prefix, ".select-right"),
                &[K::with_shift(On::Right)],
                "select right",
                $edit(E::Select(M::Right)),
            ),
            line(concat!($prefix, ".select-up"), &[K::with_shift(On::Up)], "select up", $edit(E::Select(M::Up))),
            line(
                concat!($prefix, ".select-down"),
                &[K::with_shift(On::Down)],
                "select down",
                $edit(E::Select(M::Down)),
            ),
            $($select,)*
            line(concat!($prefix, ".select-all"), &[K::ctrl('a')], "select all", $edit(E::SelectAll)),
        ]
    }};
}

pub(super) use with_editing_keys;
