//! Progress: what was done, how well it stuck, and what is to come.
//!
//! One file a section, each made from the statistics of [`recall`](crate::recall) when the screen is shown. A new
//! section is a file and a line in `sections`.

mod answers;
mod calendar;
mod forecast;
mod readiness;
mod retention;

use std::fmt;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::recall::History;
use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::screen::{Binding, Cx, Destination, Refusal, Reply, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::empty::Empty;
use crate::tui::widgets::list::scroll_bar;
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::width;

/// From so many columns on the sections stand in two columns.
const TWO_COLUMNS: u16 = 104;

/// Between two sections, in rows and in columns.
const GAP: u16 = 1;
const GUTTER: u16 = 4;

/// A part of the screen under a heading of its own.
trait Section: fmt::Debug {
    fn title(&self) -> &'static str;

    /// The rows it wants below its heading.
    fn height(&self, width: u16) -> u16;

    fn draw(&self, theme: &Theme, area: Rect, buf: &mut Buffer);
}

/// The progress tab.
#[derive(Debug)]
pub struct Progress {
    /// None before the first answer.
    sections: Vec<Box<dyn Section>>,
    /// What stands in the corner, whole and short.
    summary: [String; 2],
    /// All sections, drawn one below the other; as wide and as high as they want to be.
    page: Buffer,
    top: u16,
    height: u16,
}

/// What one can do with it.
#[derive(Clone, Copy, Debug)]
pub enum Command {
    /// Scroll so many rows.
    Scroll(i32),
}

impl Progress {
    fn new(cx: &Cx<'_>) -> Self {
        let history = History::of(cx.world.student.events());
        let sections = if history.reviews().len() == 0 { Vec::new() } else { sections(cx, &history) };
        Self { sections, summary: summary(cx, &history), page: Buffer::default(), top: 0, height: 0 }
    }

    fn scroll(&mut self, by: i32) {
        let lowest = self.page.area.height.saturating_sub(self.height);
        self.top = u16::try_from(i32::from(self.top).saturating_add(by).max(0)).unwrap_or(u16::MAX).min(lowest);
    }

    /// Draws all sections on a page of this width, in one column or two of about the same height.
    fn paint(&self, theme: &Theme, width: u16) -> Buffer {
        let columns: u16 = if width >= TWO_COLUMNS { 2 } else { 1 };
        let column_width = (width - GUTTER * (columns - 1)) / columns;
        let heights: Vec<u16> = self.sections.iter().map(|section| section.height(column_width) + 1 + GAP).collect();
        let total: u16 = heights.iter().sum();
        let mut places = Vec::new();
        let (mut column, mut y, mut tallest) = (0, 0, 0);
        for height in &heights {
            if column + 1 < columns && y + height / 2 > total / columns {
                (column, y) = (column + 1, 0);
            }
            places.push((column * (column_width + GUTTER), y));
            y += height;
            tallest = tallest.max(y);
        }
        let mut page = Buffer::empty(Rect::new(0, 0, width, tallest.max(1)));
        page.set_style(page.area, theme.text);
        for ((section, height), (x, y)) in self.sections.iter().zip(&heights).zip(places) {
            page.set_string(x, y, section.title(), theme.title);
            let area = Rect::new(x, y + 1, column_width, height - 1 - GAP);
            section.draw(theme, area, &mut page);
        }
        page
    }

    /// The area of the sections, with a column of air and one for the scroll bar.
    fn area(area: Rect) -> Rect {
        let inner = Panel::inner(area);
        Rect { x: inner.x + 1, width: inner.width.saturating_sub(3), ..inner }
    }
}

/// The sections, in their order.
fn sections(cx: &Cx<'_>, history: &History<'_>) -> Vec<Box<dyn Section>> {
    vec![
        Box::new(forecast::Forecast::of(cx)),
        Box::new(retention::Retention::of(cx, history)),
        Box::new(answers::Answers::of(history)),
        Box::new(calendar::Calendar::of(cx, history)),
        Box::new(readiness::Readiness::of(cx)),
    ]
}

/// What stands in the corner: `412 reviews · 23 days in a row`, or without the days.
fn summary(cx: &Cx<'_>, history: &History<'_>) -> [String; 2] {
    let plural = |count: usize, word: &str| match count {
        1 => format!("1 {word}"),
        ..1000 => format!("{count} {word}s"),
        _ => format!("{},{:03} {word}s", count / 1000, count % 1000),
    };
    let reviews = plural(history.reviews().len(), "review");
    match history.streak(cx.world.student.today(cx.now)) {
        0 => [reviews.clone(), reviews],
        days => [format!("{reviews} {} {} in a row", cx.theme.glyphs.dot, plural(days as usize, "day")), reviews],
    }
}

impl Screen for Progress {
    type Command = Command;

    const KEYS: &'static [Binding<Command>] = &[
        Binding { id: "progress.down", keys: &[Key::DOWN, Key::char('j')], help: "down", command: Command::Scroll(1) },
        Binding { id: "progress.up", keys: &[Key::UP, Key::char('k')], help: "up", command: Command::Scroll(-1) },
        Binding { id: "progress.page-down", keys: &[Key::PAGE_DOWN], help: "page down", command: Command::Scroll(10) },
        Binding { id: "progress.page-up", keys: &[Key::PAGE_UP], help: "page up", command: Command::Scroll(-10) },
    ];

    fn available(&self, command: Command) -> bool {
        let Command::Scroll(_) = command;
        self.page.area.height > self.height
    }

    fn run(&mut self, _cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        let Command::Scroll(by) = command;
        self.scroll(by);
        Vec::new()
    }

    fn receive(&mut self, cx: &Cx<'_>, reply: Reply) -> Vec<Effect> {
        if matches!(reply, Reply::Shown | Reply::Reloaded) {
            *self = Self { top: self.top, ..Self::new(cx) };
        }
        Vec::new()
    }

    fn layout(&mut self, cx: &Cx<'_>, area: Rect) {
        let area = Self::area(area);
        self.page = self.paint(cx.theme, area.width);
        self.height = area.height;
        self.scroll(0);
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let theme = cx.theme;
        let room = usize::from(area.width.saturating_sub(16));
        let fits = self.summary.iter().find(|summary| width(summary) <= room).filter(|_| !self.sections.is_empty());
        let note = Line::from(Span::styled(fits.cloned().unwrap_or_default(), theme.muted));
        let inner = Panel::new(theme, "Progress").note(note).draw(area, buf);
        if self.sections.is_empty() {
            let why = "There is nothing to show before your first review.";
            Empty { theme, why, next: &[("1".to_owned(), "leads to Today, where the first review begins")] }
                .draw(inner, buf);
            return None;
        }
        let area = Self::area(area);
        for (row, y) in (self.top..self.page.area.height).zip(area.y..area.bottom()) {
            for column in 0..area.width {
                buf[(area.x + column, y)] = self.page[(column, row)].clone();
            }
        }
        let bar = Rect { x: inner.right().saturating_sub(1), width: 1, ..inner };
        scroll_bar(theme, bar, self.top.into(), self.page.area.height.into(), buf);
        None
    }
}

impl Destination for Progress {
    const NAME: &'static str = "progress";
    const TITLE: &'static str = "Progress";

    fn open(cx: &Cx<'_>, _argument: Option<&str>) -> Result<Self, Refusal> {
        Ok(Self::new(cx))
    }
}
