//! The calculators there are.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::route::Route;
use crate::tui::screen::{Binding, Cx, Destination, Refusal, Reply, Screen};
use crate::tui::widgets::empty::Empty;
use crate::tui::widgets::list::{List, Selection};
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::{truncate, width};

/// Id, title and summary of a calculator.
type Row = (String, String, String);

/// The list.
#[derive(Debug)]
pub struct Calculators {
    rows: Vec<Row>,
    selection: Selection,
}

/// What one can do.
#[derive(Clone, Copy, Debug)]
pub enum Command {
    /// Open the form.
    Open,
    /// Select the one so many further.
    Step(isize),
}

fn rows(cx: &Cx<'_>) -> Vec<Row> {
    let calculators = cx.world.library.calculators().iter();
    let mut rows: Vec<Row> = calculators.map(|one| (one.id.clone(), one.title.clone(), one.summary.clone())).collect();
    rows.sort_by(|a, b| a.1.cmp(&b.1));
    rows
}

impl Destination for Calculators {
    const NAME: &'static str = "calculators";
    const TITLE: &'static str = "Calculators";

    fn open(cx: &Cx<'_>, _argument: Option<&str>) -> Result<Self, Refusal> {
        Ok(Self { rows: rows(cx), selection: Selection::default() })
    }
}

impl Screen for Calculators {
    type Command = Command;

    const KEYS: &'static [Binding<Command>] = &[
        Binding {
            id: "calculators.open",
            keys: &[Key::ENTER, Key::RIGHT, Key::char('l')],
            help: "open",
            command: Command::Open,
        },
        Binding { id: "calculators.next", keys: &[Key::DOWN, Key::char('j')], help: "next", command: Command::Step(1) },
        Binding {
            id: "calculators.previous",
            keys: &[Key::UP, Key::char('k')],
            help: "previous",
            command: Command::Step(-1),
        },
        Binding {
            id: "calculators.page-down",
            keys: &[Key::PAGE_DOWN],
            help: "ten further",
            command: Command::Step(10),
        },
        Binding { id: "calculators.page-up", keys: &[Key::PAGE_UP], help: "ten back", command: Command::Step(-10) },
    ];

    fn title(&self, _cx: &Cx<'_>) -> String {
        "Estimate · Calculators".to_owned()
    }

    fn available(&self, _command: Command) -> bool {
        !self.rows.is_empty()
    }

    fn run(&mut self, _cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        match command {
            Command::Open => {
                let go = |(id, ..): &Row| Effect::Go(Route::at("calculator", id));
                self.rows.get(self.selection.at).map(go).into_iter().collect()
            }
            Command::Step(by) => {
                self.selection.step(by, self.rows.len());
                Vec::new()
            }
        }
    }

    fn receive(&mut self, cx: &Cx<'_>, reply: Reply) -> Vec<Effect> {
        if let Reply::Reloaded = reply {
            self.rows = rows(cx);
            self.selection.step(0, self.rows.len());
        }
        Vec::new()
    }

    fn layout(&mut self, _cx: &Cx<'_>, area: Rect) {
        self.selection.scroll_into(usize::from(area.height.saturating_sub(2)), self.rows.len());
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let theme = cx.theme;
        let note = Span::styled(self.rows.len().to_string(), theme.muted);
        let inner = Panel::new(theme, "Calculators").note(note).draw(area, buf);
        if self.rows.is_empty() {
            let why = "There are no calculators. A file in calculators/ of your own content folder appears here.";
            Empty { theme, why, next: &[] }.draw(inner, buf);
        }
        let titles = self.rows.iter().map(|(_, title, _)| width(title)).max().unwrap_or(0);
        let list = List { theme, selection: self.selection, rows: self.rows.len(), is_focused: true };
        list.draw(inner, buf, |row, columns| {
            let (_, title, summary) = &self.rows[row];
            let title = truncate(title, titles.min(columns), theme.glyphs.ellipsis);
            let air = " ".repeat(titles.saturating_sub(width(&title)) + 3);
            let room = columns.saturating_sub(titles + 3);
            let summary = if room < 20 { String::new() } else { truncate(summary, room, theme.glyphs.ellipsis) };
            Line::from(vec![Span::styled(title, theme.text), Span::raw(air), Span::styled(summary, theme.muted)])
        });
        None
    }
}
