//! The labs' tab: each lab with its lessons, and what was predicted in them.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::route::Route;
use crate::tui::screen::{Binding, Cx, Destination, Refusal, Reply, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::list::{List, Selection};
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::{truncate, width};

use super::shelf::{Predictions, Shelved, lessons};

/// A lab in the list.
struct Lab {
    id: &'static str,
    title: &'static str,
    tells: &'static str,
}

/// In the order in which they are listed.
const LABS: [Lab; 2] = [
    Lab {
        id: "cache",
        title: "Cache eviction",
        tells: "policies side by side on the same requests; what each hit and miss does to them",
    },
    Lab {
        id: "hash",
        title: "Key placement",
        tells: "rings, slots and ranges: what moves when nodes come and go, and how even the load is",
    },
];

/// The root of the labs' tab.
#[derive(Debug)]
pub struct Labs {
    rows: Vec<Row>,
    /// By the id of the lesson, where there are any.
    predicted: BTreeMap<String, Predictions>,
    selection: Selection,
}

/// A row of the list.
#[derive(Debug)]
enum Row {
    Gap,
    /// A lab by its place in the table.
    Lab(usize),
    Lesson(Box<Shelved>),
}

/// What one can do with the labs.
#[derive(Clone, Copy, Debug)]
pub enum Command {
    /// Open the selected lab or lesson.
    Open,
    /// Open the lab of a place in the list, or the one of the selected lesson.
    Lab,
    /// Open the first lesson of which the answer was not seen yet.
    Next,
    /// Read the note of the selected lesson.
    Note,
    /// Select the row so many further.
    Step(isize),
}

impl Labs {
    fn new(cx: &Cx<'_>) -> Self {
        let all = lessons(&cx.world.library);
        let predicted = all.iter().map(|lesson| (lesson.id.clone(), Predictions::of(cx, &lesson.id)));
        let predicted = predicted.filter(|(_, predictions)| predictions.made() > 0).collect();
        let mut rows = Vec::new();
        for (place, lab) in LABS.iter().enumerate() {
            if place > 0 {
                rows.push(Row::Gap);
            }
            rows.push(Row::Lab(place));
            let lessons = all.iter().filter(|lesson| lesson.lab() == lab.id);
            rows.extend(lessons.cloned().map(Box::new).map(Row::Lesson));
        }
        Self { rows, predicted, selection: Selection::default() }
    }

    /// Selects the row so many further that is one to choose.
    fn step(&mut self, by: isize) {
        let rows: Vec<usize> = (0..self.rows.len()).filter(|&row| !matches!(self.rows[row], Row::Gap)).collect();
        let at = rows.iter().position(|&row| row == self.selection.at).unwrap_or(0);
        let next = at.saturating_add_signed(by).min(rows.len().saturating_sub(1));
        self.selection.at = rows.get(next).copied().unwrap_or(0);
    }

    fn lesson(&self) -> Option<&Shelved> {
        match self.rows.get(self.selection.at) {
            Some(Row::Lesson(lesson)) => Some(lesson),
            Some(Row::Gap | Row::Lab(_)) | None => None,
        }
    }

    /// The lab of the selected row.
    fn lab(&self) -> &'static str {
        let above = self.rows.iter().take(self.selection.at + 1).rev();
        let mut labs = above.filter_map(|row| if let Row::Lab(place) = row { Some(LABS[*place].id) } else { None });
        labs.next().unwrap_or(LABS[0].id)
    }

    /// The first lesson without a prediction, from the selected row on and round again.
    fn next(&self) -> Option<&Shelved> {
        let (before, after) = self.rows.split_at(self.selection.at.min(self.rows.len()));
        let mut lessons = after.iter().chain(before).filter_map(|row| match row {
            Row::Lesson(lesson) => Some(lesson.as_ref()),
            Row::Gap | Row::Lab(_) => None,
        });
        lessons.find(|lesson| !self.predicted.contains_key(&lesson.id))
    }

    fn line(&self, theme: &Theme, row: &Row, columns: usize) -> Line<'static> {
        match row {
            Row::Gap => Line::default(),
            Row::Lab(place) => self.lab_line(theme, &LABS[*place], columns),
            Row::Lesson(lesson) => self.lesson_line(theme, lesson, columns),
        }
    }

    fn lab_line(&self, theme: &Theme, lab: &Lab, columns: usize) -> Line<'static> {
        let room = columns.saturating_sub(width(lab.title) + 2);
        let tells = if room < 20 { String::new() } else { truncate(lab.tells, room, theme.glyphs.ellipsis) };
        Line::from(vec![Span::styled(lab.title, theme.title), Span::raw("  "), Span::styled(tells, theme.muted)])
    }

    fn lesson_line(&self, theme: &Theme, shelved: &Shelved, columns: usize) -> Line<'static> {
        let glyphs = &theme.glyphs;
        let (sign, style, score) = match self.predicted.get(&shelved.id) {
            None => (glyphs.open_box, theme.muted, String::new()),
            Some(predictions) => {
                let is_right = predictions.last().is_some_and(|last| last.is_right);
                let (sign, style) = if is_right { (glyphs.yes, theme.good) } else { (glyphs.no, theme.bad) };
                (sign, style, format!("{} of {} right", predictions.right(), predictions.made()))
            }
        };
        let title = format!("{:>4}  {}", shelved.lesson.order, shelved.lesson.title);
        let titles = columns.saturating_sub(width(&score) + 5).max(12);
        let title = truncate(&title, titles, glyphs.ellipsis);
        let air = columns.min(76).saturating_sub(3 + width(&title) + width(&score));
        Line::from(vec![
            Span::styled(format!(" {sign} "), style),
            Span::styled(title, theme.text),
            Span::raw(" ".repeat(air.max(1))),
            Span::styled(score, theme.muted),
        ])
    }

    /// How many lessons were done and how many of the first predictions were right.
    fn summary(&self, dot: &str) -> String {
        let lessons = self.rows.iter().filter(|row| matches!(row, Row::Lesson(_))).count();
        let first = |predictions: &&Predictions| predictions.first().is_some_and(|first| first.is_right);
        match (self.predicted.len(), self.predicted.values().filter(first).count()) {
            (0, _) => format!("{lessons} lessons"),
            (done, right) => format!("{done} of {lessons} lessons {dot} {right} foretold"),
        }
    }
}

impl Screen for Labs {
    type Command = Command;

    const KEYS: &'static [Binding<Command>] = &[
        Binding { id: "labs.open", keys: &[Key::ENTER, Key::RIGHT], help: "open", command: Command::Open },
        Binding { id: "labs.next", keys: &[Key::char('l')], help: "next lesson", command: Command::Next },
        Binding { id: "labs.lab", keys: &[Key::SPACE], help: "its lab", command: Command::Lab },
        Binding { id: "labs.note", keys: &[Key::char('n')], help: "note", command: Command::Note },
        Binding { id: "labs.down", keys: &[Key::DOWN, Key::char('j')], help: "next", command: Command::Step(1) },
        Binding { id: "labs.up", keys: &[Key::UP, Key::char('k')], help: "previous", command: Command::Step(-1) },
        Binding { id: "labs.page-down", keys: &[Key::PAGE_DOWN], help: "ten further", command: Command::Step(10) },
        Binding { id: "labs.page-up", keys: &[Key::PAGE_UP], help: "ten back", command: Command::Step(-10) },
        Binding { id: "labs.first", keys: &[Key::HOME], help: "first", command: Command::Step(isize::MIN) },
        Binding { id: "labs.last", keys: &[Key::END], help: "last", command: Command::Step(isize::MAX) },
    ];

    fn available(&self, command: Command) -> bool {
        match command {
            Command::Note => self.lesson().is_some_and(|shelved| shelved.lesson.note.is_some()),
            Command::Next => self.next().is_some(),
            Command::Lab => self.lesson().is_some(),
            Command::Open | Command::Step(_) => true,
        }
    }

    fn run(&mut self, _cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        let lab = || Effect::Go(Route::at("lab", self.lab()));
        let lesson = |shelved: &Shelved| Effect::Go(Route::at("lesson", &shelved.id));
        match command {
            Command::Open => vec![self.lesson().map_or_else(lab, lesson)],
            Command::Lab => vec![lab()],
            Command::Next => self.next().map(lesson).into_iter().collect(),
            Command::Note => {
                let note = self.lesson().and_then(|shelved| shelved.lesson.note.as_ref());
                note.map(|note| Effect::Go(Route::at("note", note))).into_iter().collect()
            }
            Command::Step(by) => {
                self.step(by);
                Vec::new()
            }
        }
    }

    fn receive(&mut self, cx: &Cx<'_>, reply: Reply) -> Vec<Effect> {
        if matches!(reply, Reply::Shown | Reply::Reloaded) {
            *self = Self { selection: self.selection, ..Self::new(cx) };
        }
        Vec::new()
    }

    fn layout(&mut self, _cx: &Cx<'_>, area: Rect) {
        self.selection.scroll_into(usize::from(area.height.saturating_sub(2)), self.rows.len());
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let theme = cx.theme;
        let note = Span::styled(self.summary(theme.glyphs.dot), theme.muted);
        let inner = Panel::new(theme, "Labs").note(note).draw(area, buf);
        let list = List { theme, selection: self.selection, rows: self.rows.len(), is_focused: true };
        list.draw(inner, buf, |index, columns| self.line(theme, &self.rows[index], columns));
        None
    }
}

impl Destination for Labs {
    const NAME: &'static str = "labs";
    const TITLE: &'static str = "Labs";

    fn open(cx: &Cx<'_>, _argument: Option<&str>) -> Result<Self, Refusal> {
        Ok(Self::new(cx))
    }
}
