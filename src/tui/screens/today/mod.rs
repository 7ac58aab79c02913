//! Today: what is due, how long it takes, and how ready the candidate is.
//!
//! Everything is counted when the screen is shown, by the rooms that know; here it is only laid out. Start reading at
//! `overview`.

mod overview;
mod problems;

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::recall::Readiness;
use crate::time::Now;
use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::route::Route;
use crate::tui::screen::{Binding, Cx, Destination, Refusal, Reply, Screen};
use crate::tui::widgets::bar::{bar, percent};
use crate::tui::widgets::footer::hint;
use crate::tui::widgets::list::scroll_bar;
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::{truncate, truncate_line, width};
use crate::tui::widgets::wrap::wrap;

use crate::tui::screens::rounds::suggestion::{self, Suggestion};

use overview::Overview;
use problems::Problems;

/// The first tab.
#[derive(Debug)]
pub struct Today {
    overview: Overview,
    /// The first topic in view, and how many are.
    top: usize,
    height: usize,
}

/// What one can do from Today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Begin the review, or go on with the one that was cut off.
    Start,
    /// Answer an estimation drill.
    Drill,
    /// Show what is wrong in the user's own content.
    Problems,
    /// Hold the round that is suggested.
    Round,
    /// Go on with the round that was left.
    Resume,
    /// Read or play what was missed in the last round.
    Step,
    /// Change the profile.
    Profile,
    /// Scroll the topics.
    Scroll(isize),
}

impl Today {
    /// Opens the first thing to read or to play, and takes it off the list.
    fn step(&self) -> Vec<Effect> {
        let Some(step) = self.overview.steps.first() else { return Vec::new() };
        let Ok(route) = step.link.parse::<Route>();
        vec![Effect::Save(suggestion::done(&self.overview.steps)), Effect::Go(route)]
    }

    fn scroll(&mut self, by: isize) {
        let lowest = self.overview.topics.len().saturating_sub(self.height);
        self.top = self.top.saturating_add_signed(by).min(lowest);
    }

    /// The parts from top to bottom: banners, today's work, drill and round, and the topics with the head of their table.
    fn areas(&self, area: Rect) -> [Rect; 4] {
        let inner = Panel::inner(area);
        let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let air = u16::from(inner.height > 12);
        let banners = self.overview.banners.len() as u16;
        let rows = |from: u16, height: u16| {
            let from = from.min(inner.height);
            Rect { y: inner.y + from, height: height.min(inner.height - from), ..inner }
        };
        let work = air + banners + u16::from(banners > 0);
        let lines = [self.overview.drills.is_some(), self.overview.round.is_some(), !self.overview.steps.is_empty()];
        let lines = lines.into_iter().filter(|&is_there| is_there).count() as u16;
        [rows(air, banners), rows(work, 1), rows(work + 1, lines), rows(work + 2 + lines + air, u16::MAX)]
    }

    fn draw_banners(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) {
        let theme = cx.theme;
        for (banner, y) in self.overview.banners.iter().zip(area.y..area.bottom()) {
            let key = banner.command.and_then(|command| key_of(cx, command));
            let help = key.map(|key| hint(theme, &(key, banner.does))).unwrap_or_default();
            let room = usize::from(area.width).saturating_sub(help.width() + 3);
            let text = Line::from(Span::styled(format!("{} {}", theme.glyphs.warn, banner.text), theme.warn));
            let mut line = truncate_line(&text, room, theme.glyphs.ellipsis);
            line.push_span("   ");
            line.extend(help.spans);
            buf.set_line(area.x, y, &line, area.width);
        }
    }

    fn draw_work(&self, cx: &Cx<'_>, row: Rect, buf: &mut Buffer) {
        let minutes = self.overview.has_work().then(|| self.overview.minutes());
        let key = self.available(Command::Start).then_some((Command::Start, "start"));
        self.draw_task(cx, self.overview.work(cx.theme), minutes, key, row, buf);
    }

    fn draw_drill(&self, cx: &Cx<'_>, row: Rect, buf: &mut Buffer) {
        let theme = cx.theme;
        let (task, minutes) = match self.overview.drills {
            None => return,
            Some(0) => (Line::styled("1 estimation drill", theme.text), Some(2)),
            Some(done) => {
                let drills = if done == 1 { "estimation drill done".to_owned() } else { format!("{done} drills done") };
                (Line::styled(format!("{} {drills}", theme.glyphs.yes), theme.good), None)
            }
        };
        let does = if minutes.is_some() { "drill" } else { "another" };
        self.draw_task(cx, task, minutes, Some((Command::Drill, does)), row, buf);
    }

    /// Something to do: what, about how long, and by which key.
    fn draw_task(
        &self,
        cx: &Cx<'_>,
        mut task: Line<'static>,
        minutes: Option<u64>,
        key: Option<(Command, &'static str)>,
        row: Rect,
        buf: &mut Buffer,
    ) {
        let theme = cx.theme;
        if let Some(minutes) = minutes {
            let about = if theme.glyphs.bar_full.is_ascii() { "about" } else { "≈" };
            let air = Columns::of(row.width, self.overview.has_date()).title.saturating_sub(task.width()).max(3);
            task.push_span(" ".repeat(air));
            task.push_span(Span::styled(format!("{about} {minutes} min"), theme.muted));
        }
        buf.set_line(row.x, row.y, &task, row.width);
        if let Some((key, does)) = key.and_then(|(command, does)| Some((key_of(cx, command)?, does))) {
            let start = hint(theme, &(key, does));
            let air = usize::from(row.width).saturating_sub(task.width() + start.width());
            if air > 2 {
                buf.set_line(row.right() - start.width() as u16, row.y, &start, row.width);
            }
        }
    }

    /// The round to hold next, and what to read after the last one.
    fn draw_rounds(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) {
        let theme = cx.theme;
        let round = self.overview.round.as_ref().map(|round| {
            let why = if round.why.is_empty() { String::new() } else { format!(" ({})", round.why) };
            let text = format!("round: {}{why}", round.title);
            (text, format!("{} min", round.minutes), Command::Round, "set up")
        });
        let step = self.overview.steps.first().map(|step| {
            let text = format!("after {}: {}", step.scenario, overview::step_title(cx, step));
            (text, String::new(), Command::Step, "open")
        });
        let about = if theme.glyphs.bar_full.is_ascii() { "about" } else { "≈" };
        for ((text, time, command, does), y) in round.into_iter().chain(step).zip(area.y..area.bottom()) {
            let key = key_of(cx, command).map(|key| hint(theme, &(key, does))).unwrap_or_default();
            let column = Columns::of(area.width, self.overview.has_date()).title;
            let room = usize::from(area.width).saturating_sub(key.width() + 3);
            let time = if time.is_empty() { time } else { format!("{about} {time}") };
            // The reason gives way before the time does.
            let text = truncate(&text, room.saturating_sub(time.chars().count() + 3), theme.glyphs.ellipsis);
            let mut line = Line::from(Span::styled(text, theme.text));
            if !time.is_empty() {
                let air = column.saturating_sub(line.width()).max(3);
                line.push_span(" ".repeat(air));
                line.push_span(Span::styled(time, theme.muted));
            }
            buf.set_line(area.x, y, &truncate_line(&line, room, theme.glyphs.ellipsis), area.width);
            buf.set_line(area.right().saturating_sub(key.width() as u16), y, &key, area.width);
        }
    }

    fn draw_topics(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) {
        let theme = cx.theme;
        if self.overview.topics.is_empty() {
            let text = "How ready you are, topic by topic, will stand here after your first answers.";
            for (line, y) in wrap(text, area.width.into()).iter().zip(area.y..area.bottom()) {
                buf.set_string(area.x, y, line, theme.muted);
            }
            return;
        }
        let columns = Columns::of(area.width, self.overview.has_date());
        buf.set_line(area.x, area.y, &columns.head(cx), area.width);
        let rows = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        let topics = self.overview.topics.iter().skip(self.top);
        for ((title, topic), y) in topics.zip(rows.y..rows.bottom()) {
            buf.set_line(rows.x, y, &columns.row(cx, title, topic), rows.width);
        }
        let bar = Rect { x: rows.right().saturating_sub(1), width: 1, ..rows };
        scroll_bar(theme, bar, self.top, self.overview.topics.len(), buf);
    }
}

impl Screen for Today {
    type Command = Command;

    const KEYS: &'static [Binding<Command>] = &[
        Binding { id: "today.start", keys: &[Key::ENTER], help: "start", command: Command::Start },
        Binding { id: "today.drill", keys: &[Key::char('d')], help: "drill", command: Command::Drill },
        Binding { id: "today.round", keys: &[Key::char('m')], help: "round", command: Command::Round },
        Binding { id: "today.step", keys: &[Key::char('n')], help: "read", command: Command::Step },
        Binding { id: "today.resume", keys: &[Key::char('r')], help: "go on with the round", command: Command::Resume },
        Binding { id: "today.problems", keys: &[Key::char('p')], help: "problems", command: Command::Problems },
        Binding { id: "today.profile", keys: &[Key::char('e')], help: "profile", command: Command::Profile },
        Binding { id: "today.down", keys: &[Key::DOWN, Key::char('j')], help: "down", command: Command::Scroll(1) },
        Binding { id: "today.up", keys: &[Key::UP, Key::char('k')], help: "up", command: Command::Scroll(-1) },
        Binding { id: "today.page-down", keys: &[Key::PAGE_DOWN], help: "page down", command: Command::Scroll(10) },
        Binding { id: "today.page-up", keys: &[Key::PAGE_UP], help: "page up", command: Command::Scroll(-10) },
    ];

    fn status(&self, cx: &Cx<'_>) -> Line<'static> {
        match self.overview.days_left {
            Some(0) => Line::from(Span::styled("interview today", cx.theme.accent)),
            Some(days) if days > 0 => Line::from(Span::styled(format!("in {days} d"), cx.theme.accent)),
            _ => Line::default(),
        }
    }

    fn available(&self, command: Command) -> bool {
        match command {
            Command::Start => self.overview.has_work(),
            Command::Drill => self.overview.drills.is_some(),
            Command::Problems => self.overview.has_problems(),
            Command::Round => self.overview.round.is_some(),
            Command::Step => !self.overview.steps.is_empty(),
            Command::Resume => self.overview.banners.iter().any(|banner| banner.command == Some(Command::Resume)),
            Command::Profile => true,
            Command::Scroll(_) => self.overview.topics.len() > self.height,
        }
    }

    fn run(&mut self, cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        match command {
            Command::Start => vec![Effect::Go(Route::at("review", &self.overview.plan))],
            Command::Drill => vec![Effect::Go(Route::to("drill"))],
            Command::Problems => vec![Effect::push(Problems::new(cx))],
            Command::Round => {
                let go = |round: &Suggestion| Effect::Go(Route::at("round", &round.route));
                self.overview.round.as_ref().map(go).into_iter().collect()
            }
            Command::Resume => vec![Effect::Go(Route::at("round", " resume"))],
            Command::Step => self.step(),
            Command::Profile => vec![Effect::Go(Route::to("profile"))],
            Command::Scroll(by) => {
                self.scroll(by);
                Vec::new()
            }
        }
    }

    fn receive(&mut self, cx: &Cx<'_>, reply: Reply) -> Vec<Effect> {
        if matches!(reply, Reply::Shown | Reply::Reloaded | Reply::Woke) {
            self.overview = Overview::of(cx);
        }
        Vec::new()
    }

    /// Another study day, other cards.
    fn next_wake(&self, now: Now) -> Option<Duration> {
        Some(self.overview.ends.since(now.wall))
    }

    fn layout(&mut self, _cx: &Cx<'_>, area: Rect) {
        let [.., topics] = self.areas(area);
        self.height = usize::from(topics.height.saturating_sub(1));
        self.scroll(0);
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        Panel::new(cx.theme, "Today").draw(area, buf);
        let [banners, work, mut offers, topics] = self.areas(area);
        self.draw_banners(cx, banners, buf);
        if work.height > 0 {
            self.draw_work(cx, work, buf);
        }
        if self.overview.drills.is_some() && offers.height > 0 {
            self.draw_drill(cx, Rect { height: 1, ..offers }, buf);
            offers = Rect { y: offers.y + 1, height: offers.height - 1, ..offers };
        }
        self.draw_rounds(cx, offers, buf);
        if topics.height > 0 {
            self.draw_topics(cx, topics, buf);
        }
        None
    }
}

/// How the table of topics is laid out.
#[derive(Clone, Copy)]
struct Columns {
    title: usize,
    bar: usize,
    has_date: bool,
}

impl Columns {
    fn of(width: u16, has_date: bool) -> Self {
        let room = usize::from(width).saturating_sub(2);
        let bar = match room {
            64.. => 16,
            50.. => 8,
            _ => 0,
        };
        let used = bar + 7 + if has_date { 12 } else { 0 };
        Self { title: room.saturating_sub(used).min(44), bar, has_date }
    }

    fn head(self, cx: &Cx<'_>) -> Line<'static> {
        let then = if self.has_date { format!("{:>12}", "on the day") } else { String::new() };
        Line::from(vec![
            Span::styled(format!("{:<width$}", "Readiness", width = self.title), cx.theme.title),
            Span::styled(format!("{:>width$}{then}", "now", width = self.bar + 7), cx.theme.muted),
        ])
    }

    fn row(self, cx: &Cx<'_>, title: &str, topic: &Readiness) -> Line<'static> {
        let theme = cx.theme;
        let title = truncate(title, self.title.saturating_sub(2), theme.glyphs.ellipsis);
        let air = self.title.saturating_sub(width(&title));
        let mut line = Line::from(vec![Span::styled(title, theme.text), Span::raw(" ".repeat(air))]);
        line.extend(bar(theme, topic.readiness, self.bar, theme.accent));
        line.push_span(Span::styled(format!("{:>7}", percent(topic.readiness)), theme.text));
        if let Some(then) = topic.on_the_day.filter(|_| self.has_date) {
            line.push_span(Span::styled(format!("{:>12}", percent(then)), theme.muted));
        }
        line
    }
}

fn key_of(cx: &Cx<'_>, command: Command) -> Option<String> {
    let binding = Today::KEYS.iter().find(|binding| binding.command == command)?;
    cx.keymap.keys(binding.id, binding.keys).first().map(|key| key.label(&cx.theme.glyphs))
}

impl Destination for Today {
    const NAME: &'static str = "today";
    const TITLE: &'static str = "Today";

    fn open(cx: &Cx<'_>, _argument: Option<&str>) -> Result<Self, Refusal> {
        Ok(Self { overview: Overview::of(cx), top: 0, height: 0 })
    }
}
