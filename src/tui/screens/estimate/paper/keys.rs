//! The keys of the sheet. Every printable key is text, so commands are Ctrl, Alt and F keys.

use crate::tui::key::{Code, Key, Mods};
use crate::tui::screen::Binding;
use crate::tui::widgets::editor::{Edit, Motion};

/// What one can do on a sheet besides typing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Show the value of the line in another unit.
    Units,
    /// Open another sheet.
    Sheets,
    /// Prepared sheets.
    Calculators,
    /// A question to be answered from the head.
    Drill,
    /// Reference numbers to name.
    Numbers,
    /// Give the sheet a name.
    Name,
    /// Begin another sheet.
    New,
    /// Type an example.
    Example,
    /// Write a file of Markdown.
    ExportMarkdown,
    /// Write a file of text.
    ExportText,
    /// Copy the selection, or the sheet with its values.
    Copy,
    /// Copy the selection and take it away.
    Cut,
    /// Scroll what is told about the line.
    Details(isize),
    /// Edit the text.
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
    row("paper.example", &[Key::TAB], "type an example", Command::Example),
    row("paper.units", &[Key::f(5)], "unit", Command::Units),
    row("paper.sheets", &[Key::ctrl('o')], "sheets", Command::Sheets),
    row("paper.calculators", &[Key::f(2)], "calculators", Command::Calculators),
    row("paper.drill", &[Key::f(3)], "drill", Command::Drill),
    row("paper.numbers", &[Key::f(4)], "numbers", Command::Numbers),
    row("paper.name", &[Key::ctrl('s')], "name this sheet", Command::Name),
    row("paper.new", &[Key::ctrl('n')], "new sheet", Command::New),
    row("paper.markdown", &[Key::ctrl('e')], "export as Markdown", Command::ExportMarkdown),
    row("paper.text", &[Key::alt('e')], "export as text", Command::ExportText),
    row("paper.copy", &[Key::alt('c')], "copy with values", Command::Copy),
    row("paper.cut", &[Key::ctrl('x')], "cut the selection", Command::Cut),
    row("paper.details-down", &[with_alt(Code::Down)], "more about the line", Command::Details(1)),
    row("paper.details-up", &[with_alt(Code::Up)], "back up in it", Command::Details(-1)),
    edit("paper.undo", &[Key::ctrl('z')], "undo", Edit::Undo),
    edit("paper.redo", &[Key::ctrl('y')], "redo", Edit::Redo),
    edit("paper.newline", &[Key::ENTER], "next line", Edit::Newline),
    edit("paper.delete-back", &[Key::BACKSPACE], "delete before the cursor", Edit::DeleteBack),
    edit("paper.delete-next", &[Key::DELETE], "delete behind the cursor", Edit::DeleteNext),
    edit(
        "paper.delete-word",
        &[Key::ctrl('w'), with_ctrl(Code::Backspace), with_alt(Code::Backspace)],
        "delete the word before",
        Edit::DeleteWordBack,
    ),
    edit("paper.delete-word-next", &[with_ctrl(Code::Delete)], "delete the word behind", Edit::DeleteWordNext),
    edit("paper.delete-to-end", &[Key::ctrl('k')], "delete to the end", Edit::DeleteToEnd),
    edit("paper.delete-line", &[Key::ctrl('d')], "delete the line", Edit::DeleteLine),
    edit("paper.left", &[Key::LEFT], "left", Edit::Move(Motion::Left)),
    edit("paper.right", &[Key::RIGHT], "right", Edit::Move(Motion::Right)),
    edit("paper.up", &[Key::UP], "up", Edit::Move(Motion::Up)),
    edit("paper.down", &[Key::DOWN], "down", Edit::Move(Motion::Down)),
    edit(
        "paper.word-left",
        &[with_ctrl(Code::Left), with_alt(Code::Left)],
        "a word left",
        Edit::Move(Motion::WordLeft),
    ),
    edit(
        "paper.word-right",
        &[with_ctrl(Code::Right), with_alt(Code::Right)],
        "a word right",
        Edit::Move(Motion::WordRight),
    ),
    edit("paper.line-start", &[Key::HOME], "start of the line", Edit::Move(Motion::LineStart)),
    edit("paper.line-end", &[Key::END], "end of the line", Edit::Move(Motion::LineEnd)),
    edit("paper.first", &[with_ctrl(Code::Home)], "first line", Edit::Move(Motion::First)),
    edit("paper.last", &[with_ctrl(Code::End)], "last line", Edit::Move(Motion::Last)),
    edit("paper.page-up", &[Key::PAGE_UP], "page up", Edit::Move(Motion::PageUp)),
    edit("paper.page-down", &[Key::PAGE_DOWN], "page down", Edit::Move(Motion::PageDown)),
    edit("paper.select-left", &[with_shift(Code::Left)], "select left", Edit::Select(Motion::Left)),
    edit("paper.select-right", &[with_shift(Code::Right)], "select right", Edit::Select(Motion::Right)),
    edit("paper.select-up", &[with_shift(Code::Up)], "select up", Edit::Select(Motion::Up)),
    edit("paper.select-down", &[with_shift(Code::Down)], "select down", Edit::Select(Motion::Down)),
    edit("paper.select-start", &[with_shift(Code::Home)], "select to the start", Edit::Select(Motion::LineStart)),
    edit("paper.select-end", &[with_shift(Code::End)], "select to the end", Edit::Select(Motion::LineEnd)),
    edit("paper.select-all", &[Key::ctrl('a')], "select all", Edit::SelectAll),
];
