//! The keys of the sheet. Every printable key is text, so commands are Ctrl, Alt and F keys.

use crate::tui::key::{Code, Key};
use crate::tui::screen::Binding;
use crate::tui::screens::editing::{row, with_editing_keys};
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

/// The key table.
pub(super) const KEYS: &[Binding<Command>] = with_editing_keys!(
    "paper",
    Command::Edit,
    "delete-word",
    own: [
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
        row("paper.details-down", &[Key::with_alt(Code::Down)], "more about the line", Command::Details(1)),
        row("paper.details-up", &[Key::with_alt(Code::Up)], "back up in it", Command::Details(-1)),
    ],
    select: [
        row(
            "paper.select-start",
            &[Key::with_shift(Code::Home)],
            "select to the start",
            Command::Edit(Edit::Select(Motion::LineStart)),
        ),
        row(
            "paper.select-end",
            &[Key::with_shift(Code::End)],
            "select to the end",
            Command::Edit(Edit::Select(Motion::LineEnd)),
        ),
    ]
);
