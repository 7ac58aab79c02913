//! The rounds that were held: their reports again, and two attempts at a scenario side by side.

mod compare;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::round::{Judged, Recording, Round, Rubric, report};
use crate::time::StudyDay;
use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::screen::{Binding, Cx, Screen};
use crate::tui::screens::reader::{Given, Reader};
use crate::tui::widgets::list::{List, Selection};
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::{truncate, width};

use super::catalogue::Catalogue;
use super::history::{self, Attempt, Held};

/// Columns behind the title: day, level, minutes, mean, band.
const BEHIND: usize = 12 + 8 + 8 + 6 + 16;

/// The list.
#[derive(Debug)]
pub(crate) struct History {
    catalogue: Catalogue,
    held: Vec<Held>,
    titles: Vec<String>,
    days: Vec<StudyDay>,
    selection: Selection,
}

/// What one can do with rounds that were held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Read the report again.
    Report,
    /// Compare with the attempt before at the same scenario.
    Compare,
    /// Select the round so many further.
    Step(isize),
}

impl History {
    pub(super) fn of(cx: &Cx<'_>, catalogue: &Catalogue) -> Self {
        let held = history::held(cx.world);
        let title = |one: &Held| {
            catalogue.find(&one.scenario).map_or_else(|_| one.scenario.clone(), |found| found.title.clone())
        };
        let rollover = cx.world.student.profile().rollover_hour;
        let day = |one: &Held| StudyDay::of(one.at, cx.now.offset, rollover);
        Self {
            titles: held.iter().map(title).collect(),
            days: held.iter().map(day).collect(),
            held,
            catalogue: catalogue.clone(),
            selection: Selection::default(),
        }
    }

    fn selected(&self) -> Option<&Held> {
        self.held.get(self.selection.at)
    }

    /// The attempt before at the same scenario.
    fn before(&self) -> Option<&Held> {
        let selected = self.selected()?;
        self.held[self.selection.at + 1..].iter().find(|one| one.scenario == selected.scenario)
    }

    /// A round in full, with what it is judged by.
    fn recall(&self, cx: &Cx<'_>, held: &Held) -> Option<(Round, Rubric, Judged, Attempt)> {
        let attempt = history::attempt(cx.world, held)?;
        let recording = Recording::parse(&attempt.recording).ok()?;
        let script = super::script_of(&self.catalogue, &recording.setup).ok()?;
        let rubric = self.catalogue.rulebook.rubric(&script.scenario.rubric)?.clone();
        let round = Round::replay(script, &recording);
        let judged = history::judge(&round, &rubric, &attempt, &self.catalogue.numbers);
        Some((round, rubric, judged, attempt))
    }

    fn report(&self, cx: &Cx<'_>) -> Option<Given> {
        let held = self.selected()?;
        let (round, rubric, judged, attempt) = self.recall(cx, held)?;
        let (title, day) = (&self.titles[self.selection.at], self.days[self.selection.at]);
        Some(Given {
            title: format!("Round {} {title} {0} {day}", cx.theme.glyphs.dot),
            body: report(&round, &judged, &rubric, &attempt.own),
            file_name: format!("{}-{day}.md", held.scenario),
        })
    }

    fn comparison(&self, cx: &Cx<'_>) -> Option<Given> {
        let (later, earlier) = (self.selected()?, self.before()?);
        let (now, rubric, judged_now, _) = self.recall(cx, later)?;
        let (before, _, judged_before, _) = self.recall(cx, earlier)?;
        let title = &self.titles[self.selection.at];
        Some(Given {
            title: format!("Round {} {title} {0} two attempts", cx.theme.glyphs.dot),
            body: compare::page(title, &rubric, (&before, &judged_before), (&now, &judged_now)),
            file_name: format!("{}-two-attempts.md", later.scenario),
        })
    }

    fn show(cx: &Cx<'_>, page: Option<Given>) -> Vec<Effect> {
        let page = page.and_then(|given| Reader::showing(cx, given).ok());
        let lost = "This round cannot be shown: its scenario or its kind of round is gone.";
        vec![page.map_or_else(|| Effect::fail(lost), Effect::push)]
    }

    fn row(&self, cx: &Cx<'_>, index: usize, columns: usize) -> Line<'static> {
        let (theme, held) = (cx.theme, &self.held[index]);
        let room = columns.saturating_sub(BEHIND).max(12);
        let title = truncate(&self.titles[index], room, theme.glyphs.ellipsis);
        let air = " ".repeat(room - width(&title));
        let mean = held.mean.map_or_else(|| "   -".to_owned(), |mean| format!("{mean:>4.2}"));
        let style = if held.band == "at the bar" { theme.good } else { theme.muted };
        Line::from(vec![
            Span::styled(title, theme.text),
            Span::raw(air),
            Span::styled(
                format!("{:<12}{:<8}{:>3} min ", self.days[index].to_string(), held.level.name(), held.minutes),
                theme.muted,
            ),
            Span::styled(format!("{mean:>6}  "), theme.text),
            Span::styled(held.band.clone(), style),
        ])
    }
}

impl Screen for History {
    type Command = Command;

    const KEYS: &'static [Binding<Command>] = &[
        Binding { id: "rounds-held.report", keys: &[Key::ENTER, Key::RIGHT], help: "report", command: Command::Report },
        Binding {
            id: "rounds-held.compare",
            keys: &[Key::char('c')],
            help: "compare with the one before",
            command: Command::Compare,
        },
        Binding { id: "rounds-held.down", keys: &[Key::DOWN, Key::char('j')], help: "next", command: Command::Step(1) },
        Binding {
            id: "rounds-held.up",
            keys: &[Key::UP, Key::char('k')],
            help: "previous",
            command: Command::Step(-1),
        },
    ];

    fn title(&self, cx: &Cx<'_>) -> String {
        format!("Rounds {} held", cx.theme.glyphs.dot)
    }

    fn available(&self, command: Command) -> bool {
        match command {
            Command::Report => self.selected().is_some(),
            Command::Compare => self.before().is_some(),
            Command::Step(_) => true,
        }
    }

    fn run(&mut self, cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        match command {
            Command::Report => Self::show(cx, self.report(cx)),
            Command::Compare => Self::show(cx, self.comparison(cx)),
            Command::Step(by) => {
                self.selection.step(by, self.held.len());
                Vec::new()
            }
        }
    }

    fn layout(&mut self, _cx: &Cx<'_>, area: Rect) {
        self.selection.scroll_into(usize::from(Panel::inner(area).height.saturating_sub(1)), self.held.len());
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let theme = cx.theme;
        let note = Span::styled(
            if self.held.len() == 1 { "1 round".to_owned() } else { format!("{} rounds", self.held.len()) },
            theme.muted,
        );
        let inner = Panel::new(theme, "Rounds held").note(note).draw(area, buf);
        let rows = List { theme, selection: self.selection, rows: self.held.len(), is_focused: true };
        rows.draw(inner, buf, |index, columns| self.row(cx, index, columns));
        None
    }
}
