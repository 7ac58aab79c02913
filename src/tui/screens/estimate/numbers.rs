//! Reference numbers: who measured what, when, and how a sheet names it; latencies also on a scale of powers of ten.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use crate::estimate::{ReferenceNumber, evaluate};
use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::screen::{Binding, Cx, Destination, Refusal, Reply, Screen, TextInput};
use crate::tui::theme::Theme;
use crate::tui::widgets::empty::Empty;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::list::{List, Selection};
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::{truncate, width};
use crate::tui::widgets::wrap::wrap;

use super::paper::{Mailbox, Wish};

/// Rows that tell of the selected number, with the border.
const ABOUT: u16 = 6;
/// Columns of a value.
const VALUE: usize = 16;
/// Columns of the longest name.
const NAME: usize = 20;
/// Where the scale of latencies begins, in seconds.
const FASTEST: f64 = 1e-10;

/// A row of the list.
#[derive(Clone, Debug)]
enum Row {
    Group(String),
    Number(Box<ReferenceNumber>),
}

/// The browser.
#[derive(Debug)]
pub struct Numbers {
    all: Vec<ReferenceNumber>,
    /// Those that are shown, with the headings of their groups.
    rows: Vec<Row>,
    selection: Selection,
    search: Field,
    is_searching: bool,
    /// Whether latencies are shown on their scale.
    is_scale: bool,
    /// Where a sheet below waits for a name.
    mailbox: Option<Mailbox>,
}

/// What one can do with reference numbers.
#[derive(Clone, Copy, Debug)]
pub enum Command {
    /// Type the name into the sheet below.
    Insert,
    /// Copy the name.
    Copy,
    /// Show latencies on a scale of powers of ten, or everything as a list.
    Scale,
    /// Type a search.
    Search,
    /// End the search.
    Clear,
    /// Select the number so many further.
    Step(isize),
    /// Select the first.
    First,
    /// Select the last.
    Last,
}

impl Numbers {
    fn of(cx: &Cx<'_>, mailbox: Option<Mailbox>) -> Self {
        let all: Vec<ReferenceNumber> = cx.world.library.numbers().iter().cloned().collect();
        let mut numbers = Self {
            all,
            rows: Vec::new(),
            selection: Selection::default(),
            search: Field::default(),
            is_searching: false,
            is_scale: false,
            mailbox,
        };
        numbers.filter();
        numbers
    }

    /// Numbers of which one can be typed into the sheet below.
    pub(super) fn for_sheet(cx: &Cx<'_>, mailbox: Mailbox) -> Self {
        Self::of(cx, Some(mailbox))
    }

    fn selected(&self) -> Option<&ReferenceNumber> {
        match self.rows.get(self.selection.at) {
            Some(Row::Number(number)) => Some(number),
            _ => None,
        }
    }

    /// Shows what matches the search, in the scale only latencies, the fastest first.
    fn filter(&mut self) {
        let wanted = self.search.value().trim().to_lowercase();
        let matches = |number: &&ReferenceNumber| {
            let text = format!("{} {} {}", number.name, number.title, number.group).to_lowercase();
            wanted.split_whitespace().all(|word| text.contains(word))
        };
        let mut shown: Vec<&ReferenceNumber> = self.all.iter().filter(matches).collect();
        if self.is_scale {
            shown.retain(|number| is_latency(number));
            shown.sort_by(|a, b| a.value.base().total_cmp(&b.value.base()));
            self.rows = shown.into_iter().map(|number| Row::Number(Box::new(number.clone()))).collect();
        } else {
            shown.sort_by(|a, b| {
                (group_rank(&a.group), &a.group)
                    .cmp(&(group_rank(&b.group), &b.group))
                    .then(a.place.line.cmp(&b.place.line))
            });
            self.rows.clear();
            let mut group = "";
            for number in shown {
                if number.group != group {
                    group = &number.group;
                    self.rows.push(Row::Group(number.group.clone()));
                }
                self.rows.push(Row::Number(Box::new(number.clone())));
            }
        }
        self.select(0, 1);
    }

    /// Selects the row `at`, or the nearest number beyond it in direction `by`.
    fn select(&mut self, at: usize, by: isize) {
        let at = at.min(self.rows.len().saturating_sub(1));
        let is_number = |row: usize| matches!(self.rows.get(row), Some(Row::Number(_)));
        let down = (at..self.rows.len()).find(|row| is_number(*row));
        let up = (0..=at).rev().find(|row| is_number(*row));
        let found = if by < 0 { up.or(down) } else { down.or(up) };
        self.selection.at = found.unwrap_or(0);
    }

    fn row(&self, theme: &Theme, row: usize, columns: usize) -> Line<'static> {
        let number = match &self.rows[row] {
            Row::Group(group) => return Line::styled(group.clone(), theme.muted.add_modifier(Modifier::BOLD)),
            Row::Number(number) => number,
        };
        if self.is_scale {
            return self.row_of_scale(theme, number, columns);
        }
        let name = format!("{:<NAME$}", truncate(&number.name, NAME, theme.glyphs.ellipsis));
        let room = columns.saturating_sub(NAME + VALUE + 2);
        let title = truncate(&number.title, room, theme.glyphs.ellipsis);
        let air = " ".repeat(room.saturating_sub(width(&title)));
        Line::from(vec![
            Span::styled(name, theme.code),
            Span::styled(format!("{title}{air}  "), theme.text),
            Span::styled(format!("{:>VALUE$}", number.value.to_string()), theme.accent),
        ])
    }

    /// A latency as a bar whose length is its power of ten.
    fn row_of_scale(&self, theme: &Theme, number: &ReferenceNumber, columns: usize) -> Line<'static> {
        let widths = Scale::of(columns);
        let title = truncate(&number.title, widths.title, theme.glyphs.ellipsis);
        let air = " ".repeat(widths.title.saturating_sub(width(&title)) + 1);
        let filled = widths.column(number.value.base()).max(1);
        Line::from(vec![
            Span::styled(format!("{title}{air}"), theme.text),
            Span::styled(theme.glyphs.bar_full.repeat(filled), theme.accent),
            Span::styled(theme.glyphs.dot.repeat(widths.bar.saturating_sub(filled)), theme.border),
            Span::styled(format!("{:>10}", number.value.to_string()), theme.text),
        ])
    }

    fn draw_head(&self, cx: &Cx<'_>, row: Rect, buf: &mut Buffer) -> Option<Position> {
        let theme = cx.theme;
        if self.is_searching || !self.search.value().is_empty() {
            buf.set_string(row.x, row.y, "/", theme.key);
            let field = Rect { x: row.x + 2, width: row.width.saturating_sub(2), ..row };
            let cursor = self.search.draw(theme.text, field, buf);
            return self.is_searching.then_some(cursor);
        }
        if self.is_scale {
            // As wide as a row without its mark and the scroll bar.
            let widths = Scale::of(usize::from(row.width).saturating_sub(4));
            for (label, seconds) in [("1 ns", 1e-9), ("1 µs", 1e-6), ("1 ms", 1e-3), ("1 s", 1.0)] {
                let label = if theme.glyphs.bar_full.is_ascii() { label.replace('µ', "u") } else { label.to_owned() };
                let x = widths.title + 3 + widths.column(seconds);
                if x + width(&label) < usize::from(row.width) {
                    buf.set_string(row.x + x as u16, row.y, label, theme.muted);
                }
            }
        }
        None
    }

    fn draw_about(&self, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let Some(number) = self.selected() else { return };
        let inner = Panel::new(theme, &number.name).draw(area, buf);
        let by = if number.source.by.is_empty() { String::new() } else { format!("{}, ", number.source.by) };
        let source = format!("{by}{}, {}", number.source.title, number.source.year);
        let told = [
            (format!("{}: {}", number.title, number.value), theme.text),
            (number.note.clone(), theme.text),
            (source, theme.muted),
            (number.source.url.clone().unwrap_or_default(), theme.muted),
        ];
        let mut y = inner.y;
        for (text, style) in told.iter().filter(|(text, _)| !text.is_empty()) {
            for line in wrap(text, inner.width.into()) {
                if y < inner.bottom() {
                    buf.set_string(inner.x, y, line, *style);
                    y += 1;
                }
            }
        }
    }

    fn parts(area: Rect) -> [Rect; 2] {
        let about = if area.height > ABOUT + 8 { ABOUT } else { 0 };
        let list = Rect { height: area.height - about, ..area };
        [list, Rect { y: list.bottom(), height: about, ..area }]
    }
}

/// How a row of the scale is divided.
#[derive(Clone, Copy)]
struct Scale {
    title: usize,
    bar: usize,
}

impl Scale {
    fn of(columns: usize) -> Self {
        let title = (columns * 2 / 5).min(44);
        Self { title, bar: columns.saturating_sub(title + 1 + 10) }
    }

    /// How far from the left of the bar a latency in seconds stands; ten seconds are at the right.
    fn column(self, seconds: f64) -> usize {
        let powers = (seconds / FASTEST).log10().clamp(0.0, 11.0);
        (powers / 11.0 * self.bar as f64).round() as usize
    }
}

fn is_latency(number: &ReferenceNumber) -> bool {
    evaluate("1 s").is_ok_and(|second| *second.dimension() == *number.value.dimension())
        && number.group.to_lowercase().contains("latency")
}

/// Latencies are looked up most.
fn group_rank(group: &str) -> u8 {
    if group.to_lowercase().contains("latency") { 0 } else { 1 }
}

impl Destination for Numbers {
    const NAME: &'static str = "numbers";
    const TITLE: &'static str = "Reference numbers";

    fn open(cx: &Cx<'_>, argument: Option<&str>) -> Result<Self, Refusal> {
        let mut numbers = Self::of(cx, None);
        if let Some(name) = argument {
            let is_it = |row: &Row| matches!(row, Row::Number(number) if number.name == name);
            let Some(at) = numbers.rows.iter().position(is_it) else {
                return Err(Refusal(format!(
                    "There is no reference number `{name}`. The palette (Ctrl-P) finds those there are."
                )));
            };
            numbers.select(at, 1);
        }
        Ok(numbers)
    }
}

impl Screen for Numbers {
    type Command = Command;

    const KEYS: &'static [Binding<Command>] = &[
        Binding {
            id: "numbers.insert",
            keys: &[Key::ENTER, Key::char('i')],
            help: "type it into the sheet",
            command: Command::Insert,
        },
        Binding { id: "numbers.scale", keys: &[Key::char('s')], help: "latencies to scale", command: Command::Scale },
        Binding { id: "numbers.search", keys: &[Key::char('/')], help: "search", command: Command::Search },
        Binding { id: "numbers.copy", keys: &[Key::char('y')], help: "copy the name", command: Command::Copy },
        Binding { id: "numbers.clear", keys: &[Key::ESC], help: "show all", command: Command::Clear },
        Binding { id: "numbers.next", keys: &[Key::DOWN, Key::char('j')], help: "next", command: Command::Step(1) },
        Binding {
            id: "numbers.previous",
            keys: &[Key::UP, Key::char('k')],
            help: "previous",
            command: Command::Step(-1),
        },
        Binding { id: "numbers.page-down", keys: &[Key::PAGE_DOWN], help: "ten further", command: Command::Step(10) },
        Binding { id: "numbers.page-up", keys: &[Key::PAGE_UP], help: "ten back", command: Command::Step(-10) },
        Binding { id: "numbers.first", keys: &[Key::HOME, Key::char('g')], help: "first", command: Command::First },
        Binding { id: "numbers.last", keys: &[Key::END, Key::char('G')], help: "last", command: Command::Last },
    ];

    fn title(&self, _cx: &Cx<'_>) -> String {
        "Estimate · Reference numbers".to_owned()
    }

    fn takes_text(&self) -> bool {
        self.is_searching
    }

    fn available(&self, command: Command) -> bool {
        match command {
            Command::Insert => self.is_searching || (self.mailbox.is_some() && self.selected().is_some()),
            Command::Copy => self.selected().is_some(),
            Command::Clear => self.is_searching || !self.search.value().is_empty(),
            _ => true,
        }
    }

    fn wording(&self, command: Command) -> Option<&'static str> {
        match command {
            Command::Insert if self.is_searching => Some("choose"),
            Command::Scale if self.is_scale => Some("all as a list"),
            _ => None,
        }
    }

    fn run(&mut self, _cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        match command {
            Command::Insert if self.is_searching => self.is_searching = false,
            Command::Insert => {
                if let (Some(mailbox), Some(number)) = (&self.mailbox, self.selected()) {
                    *mailbox.borrow_mut() = Some(Wish::Insert(number.name.clone()));
                    return vec![Effect::Pop];
                }
            }
            Command::Copy => {
                return self.selected().map(|number| Effect::Copy(number.name.clone())).into_iter().collect();
            }
            Command::Scale => {
                self.is_scale = !self.is_scale;
                self.filter();
            }
            Command::Search => self.is_searching = true,
            Command::Clear => {
                self.is_searching = false;
                self.search.clear();
                self.filter();
            }
            Command::Step(by) => {
                let at = self.selection.at.saturating_add_signed(by);
                self.select(at, by);
            }
            Command::First => self.select(0, 1),
            Command::Last => self.select(usize::MAX, -1),
        }
        Vec::new()
    }

    fn text(&mut self, _cx: &Cx<'_>, input: TextInput) -> Vec<Effect> {
        match input {
            TextInput::Key(key) => _ = self.search.key(key),
            TextInput::Paste(text) => self.search.paste(&text),
        }
        self.filter();
        Vec::new()
    }

    fn receive(&mut self, cx: &Cx<'_>, reply: Reply) -> Vec<Effect> {
        if let Reply::Reloaded = reply {
            self.all = cx.world.library.numbers().iter().cloned().collect();
            self.filter();
        }
        Vec::new()
    }

    fn layout(&mut self, _cx: &Cx<'_>, area: Rect) {
        let [list, _] = Self::parts(area);
        self.selection.scroll_into(usize::from(list.height.saturating_sub(3)), self.rows.len());
        // A heading directly above what is in view belongs into view.
        if self.selection.top == 1 {
            self.selection.top = 0;
        }
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let theme = cx.theme;
        let [list, about] = Self::parts(area);
        let count = self.rows.iter().filter(|row| matches!(row, Row::Number(_))).count();
        let title = if self.is_scale { "Latencies, each mark ten times the last" } else { "Reference numbers" };
        let note = Span::styled(count.to_string(), theme.muted);
        let inner = Panel::new(theme, title).note(note).draw(list, buf);
        let cursor = self.draw_head(cx, Rect { height: 1, ..inner }, buf);
        let rows = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
        if self.rows.is_empty() {
            let why =
                if self.all.is_empty() { "There are no reference numbers." } else { "No number matches the search." };
            Empty { theme, why, next: &[] }.draw(rows, buf);
        } else {
            let list = List { theme, selection: self.selection, rows: self.rows.len(), is_focused: true };
            list.draw(rows, buf, |row, columns| self.row(theme, row, columns));
        }
        if about.height > 0 {
            self.draw_about(theme, about, buf);
        }
        cursor
    }
}
