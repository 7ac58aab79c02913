//! The cache lab: eviction policies side by side on the same requests, one step at a time or as fast as it goes.
//!
//! | file | what it is for |
//! |---|---|
//! | `setup` | what is run, in the grammar of the command line |
//! | `live`, `pace`, `lane` | the caches at work: time, speed, drawing |
//! | `curves`, `compare`, `feed` | what jobs compute over the whole load |
//! | `strategies`, `stampedes`, `bench`, `knobs` | the second engine: who writes what when |
//! | `picker`, `prompt`, `questions` | what is asked in popups |
//! | `source`, `export` | requests in, files out |
//!
//! Every number on the screen is what the command line prints for the parameters that are shown: after a change the same
//! requests are served anew, up to the same moment. Start reading at [`CacheLab`].

mod bench;
mod compare;
mod curves;
mod export;
mod feed;
mod keys;
mod knobs;
mod lane;
mod live;
mod pace;
mod picker;
mod prompt;
mod questions;
mod setup;
mod source;
mod stampedes;
mod strategies;

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use compare::Compare;
use curves::Curves;
use live::Live;
use pace::Pace;
use picker::{Picker, Slot};
use prompt::{Prompt, Question};
use source::Loaded;
use stampedes::Stampedes;
use strategies::Strategies;

use crate::sim::run::{Capacity, Load};
use crate::time::Now;
use crate::tui::effect::Effect;
use crate::tui::job::{Inbox, News};
use crate::tui::route::Route;
use crate::tui::screen::{Binding, Cx, Destination, Refusal, Reply, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::bar::{bar, percent};
use crate::tui::widgets::footer::hint;
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::{truncate, width};
use crate::tui::widgets::wrap::wrap;

pub use keys::Command;
pub use setup::{MOST_POLICIES, Setup, SetupError, Source};

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum View {
    Live,
    Compare,
    Strategies,
    Stampede,
}

impl View {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Live, "Live"),
        (Self::Compare, "Compare"),
        (Self::Strategies, "Strategies"),
        (Self::Stampede, "Stampede"),
    ];

    fn step(self, by: isize) -> Self {
        let at = Self::ALL.iter().position(|(view, _)| *view == self).unwrap_or(0) as isize;
        Self::ALL[(at + by).rem_euclid(Self::ALL.len() as isize) as usize].0
    }
}

/// The lab.
#[derive(Debug)]
pub struct CacheLab {
    setup: Setup,
    view: View,
    /// None until the first load is there.
    live: Option<Live>,
    loading: Option<Inbox<Loaded>>,
    /// How far the load is, while there is none.
    share: f64,
    failure: Option<String>,
    curves: Curves,
    compare: Compare,
    strategies: Strategies,
    stampedes: Stampedes,
    chosen: Slot<Vec<String>>,
    answer: Slot<(&'static str, String)>,
    /// Whether things may move a lot.
    has_motion: bool,
    /// Columns of the last frame.
    width: u16,
}

impl CacheLab {
    fn new(setup: Setup) -> Self {
        Self {
            setup,
            view: View::Live,
            live: None,
            loading: None,
            share: 0.0,
            failure: None,
            curves: Curves::default(),
            compare: Compare::default(),
            strategies: Strategies::default(),
            stampedes: Stampedes::default(),
            chosen: Slot::default(),
            answer: Slot::default(),
            has_motion: true,
            width: 80,
        }
    }

    /// Fetches the requests.
    fn load(&mut self) -> Vec<Effect> {
        let (job, inbox) = source::job(&self.setup);
        (self.loading, self.share, self.failure) = (Some(inbox), 0.0, None);
        vec![Effect::Start(job)]
    }

    /// The requests are there, or the reason why they are not.
    fn loaded(&mut self) -> Vec<Effect> {
        match self.loading.take().and_then(|inbox| inbox.take()) {
            Some(Ok(load)) => {
                (self.curves, self.compare) = (Curves::default(), Compare::default());
                let until = self.live.as_ref().map_or(self.setup.until, |live| live.replay.goal());
                self.begin(load, until)
            }
            Some(Err(problem)) => {
                self.failure = Some(problem.clone());
                vec![Effect::fail(problem)]
            }
            None => Vec::new(),
        }
    }

    /// Empty caches over a load, which serve up to the moment where others were before.
    fn begin(&mut self, load: Load, until: usize) -> Vec<Effect> {
        let (pace, focus) = match self.live.take() {
            Some(live) => (live.pace, live.focus),
            None => (Pace::default(), 0),
        };
        match Live::new(load, &self.setup, pace) {
            Ok(mut live) => {
                live.focus = focus.min(live.replay.lanes().len() - 1);
                live.forward(until);
                self.live = Some(live);
                self.unasked()
            }
            Err(error) => {
                self.failure = Some(error.to_string());
                vec![Effect::fail(error.to_string())]
            }
        }
    }

    /// What is computed without being asked, because it costs little.
    fn unasked(&mut self) -> Vec<Effect> {
        let Some(live) = &self.live else { return Vec::new() };
        let load = live.replay.load();
        let mut effects = Vec::new();
        if !self.curves.is_working() && self.curves.is_cheap(load, &self.setup) {
            effects.extend(self.curves.start(load, &self.setup).map(Effect::Start));
        }
        let is_due = self.view == View::Compare && self.compare.done().is_empty() && !self.compare.is_working();
        if is_due && Compare::is_cheap(load) {
            effects.push(Effect::Start(self.compare.start(load, &self.setup)));
        }
        match self.view {
            View::Strategies if self.strategies.is_empty() => effects.push(Effect::Start(self.strategies.start())),
            View::Stampede if self.stampedes.is_empty() => effects.push(Effect::Start(self.stampedes.start())),
            _ => {}
        }
        effects
    }

    /// Takes another set-up: the same moment under other parameters.
    fn apply(&mut self, setup: Setup) -> Vec<Effect> {
        let before = std::mem::replace(&mut self.setup, setup);
        if before.source != self.setup.source || before.seed != self.setup.seed {
            return self.load();
        }
        let Some(live) = &self.live else { return Vec::new() };
        let (load, until) = (live.replay.load().clone(), live.replay.goal());
        let mut effects = Vec::new();
        if before.expiry != self.setup.expiry {
            effects.push(Effect::Cancel(curves::TAG));
            self.curves = Curves::default();
        }
        if before.expiry != self.setup.expiry || before.capacity != self.setup.capacity {
            effects.push(Effect::Cancel(compare::TAG));
            self.compare = Compare::default();
        }
        effects.extend(self.begin(load, until));
        effects
    }

    /// What a popup has left behind.
    fn take_answers(&mut self) -> Vec<Effect> {
        let chosen = self.chosen.borrow_mut().take();
        if let Some(policies) = chosen.filter(|chosen| *chosen != self.setup.policies) {
            return self.apply(Setup { policies, ..self.setup.clone() });
        }
        let answer = self.answer.borrow_mut().take();
        let Some((title, answer)) = answer else { return Vec::new() };
        if title == questions::EXPORT.title {
            let live = self.live.as_ref();
            return live.map(|live| export::export(&answer, &self.setup, live, &self.curves)).into_iter().collect();
        }
        match questions::answered(&self.setup, title, &answer) {
            Some(setup) if setup != self.setup => self.apply(setup),
            _ => Vec::new(),
        }
    }

    fn ask(&self, question: Question, answer: &str) -> Vec<Effect> {
        vec![Effect::push(Prompt::new(question, answer, Slot::clone(&self.answer)))]
    }

    fn resize(&mut self, larger: bool) -> Vec<Effect> {
        let Some(live) = &self.live else { return Vec::new() };
        let load = live.replay.load();
        let now = self.setup.capacity.of(load.distinct());
        let next = if larger { (now * 2).min(load.distinct()) } else { (now / 2).max(1) };
        self.apply(Setup { capacity: Capacity::Objects(next), ..self.setup.clone() })
    }

    fn show(&mut self, view: View) -> Vec<Effect> {
        self.view = view;
        if let Some(live) = self.live.as_mut().filter(|_| view != View::Live) {
            live.pace.is_running = false;
        }
        self.unasked()
    }

    fn toggle_curves(&mut self) -> Vec<Effect> {
        let Some(live) = &self.live else { return Vec::new() };
        if self.curves.is_working() {
            return vec![Effect::Cancel(curves::TAG)];
        }
        self.curves.start(live.replay.load(), &self.setup).map(Effect::Start).into_iter().collect()
    }

    /// The arrows and the space bar in the live view.
    fn run_live(&mut self, command: Command, awake: Duration) -> Vec<Effect> {
        let Some(live) = &mut self.live else { return Vec::new() };
        match command {
            Command::Run if live.replay.at() == live.replay.len() => {
                live.back(usize::MAX);
                live.pace.toggle(awake);
            }
            Command::Run => {
                live.sought = None;
                live.pace.toggle(awake);
            }
            Command::Right => {
                live.pace.is_running = false;
                live.forward(1);
            }
            Command::Left => live.back(1),
            Command::Leap(by) if by > 0 => live.forward(by.unsigned_abs()),
            Command::Leap(by) => live.back(by.unsigned_abs()),
            Command::Edge(true) => live.forward(usize::MAX),
            Command::Edge(false) => live.back(usize::MAX),
            Command::Seek(wanted) => live.seek(wanted),
            Command::Speed(by) => live.pace.change(by),
            Command::Step(by) => {
                let lanes = live.replay.lanes().len();
                live.focus = live.focus.saturating_add_signed(by).min(lanes - 1);
            }
            _ => {}
        }
        Vec::new()
    }

    fn run_compare(&mut self, command: Command) -> Vec<Effect> {
        match (&self.live, command) {
            (Some(_), Command::Run) if self.compare.is_working() => vec![Effect::Cancel(compare::TAG)],
            (Some(live), Command::Run) => vec![Effect::Start(self.compare.start(live.replay.load(), &self.setup))],
            _ => Vec::new(),
        }
    }

    fn run_knobs(&mut self, command: Command) -> Vec<Effect> {
        let is_stampede = self.view == View::Stampede;
        let turn = match command {
            Command::Step(by) if is_stampede => {
                return {
                    self.stampedes.step(by);
                    Vec::new()
                };
            }
            Command::Step(by) => {
                return {
                    self.strategies.step(by);
                    Vec::new()
                };
            }
            Command::Right => 1,
            Command::Left => -1,
            _ => return Vec::new(),
        };
        let job = if is_stampede { self.stampedes.turn(turn) } else { self.strategies.turn(turn) };
        vec![Effect::Start(job)]
    }

    /// The command that prints what is on the screen.
    fn command(&self) -> String {
        match (self.view, &self.live) {
            (View::Strategies, _) => self.strategies.command(),
            (View::Stampede, _) => self.stampedes.command(),
            (View::Compare, _) => {
                let all = Setup { policies: vec!["all".to_owned()], ..self.setup.clone() };
                all.command(0)
            }
            (View::Live, live) => self.setup.command(live.as_ref().map_or(0, |live| live.replay.at())),
        }
    }

    fn job_news(&mut self, tag: &'static str, news: News) -> Vec<Effect> {
        match (tag, news) {
            (source::TAG, News::Progress(share)) => self.share = share,
            (source::TAG, News::Ended) => return self.loaded(),
            (curves::TAG, news) => self.curves.hear(news),
            (compare::TAG, news) => self.compare.hear(news),
            (strategies::TAG, News::Ended) => self.strategies.ended(),
            (stampedes::TAG, News::Ended) => self.stampedes.ended(),
            _ => {}
        }
        Vec::new()
    }

    fn draw_head(&self, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let mut line = Line::from(" ");
        for (view, title) in View::ALL {
            let style = if view == self.view { theme.title.add_modifier(Modifier::UNDERLINED) } else { theme.muted };
            line.extend([Span::styled(title, style), Span::raw("   ")]);
        }
        let summary = self.setup.summary(theme.glyphs.dot);
        let room = usize::from(area.width).saturating_sub(line.width() + 2);
        buf.set_line(area.x, area.y, &line, area.width);
        if matches!(self.view, View::Live | View::Compare) && room > 12 {
            let summary = truncate(&summary, room, theme.glyphs.ellipsis);
            let x = area.right().saturating_sub(width(&summary) as u16 + 1);
            buf.set_string(x, area.y, summary, theme.text);
        }
    }

    fn draw_command(&self, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let room = usize::from(area.width).saturating_sub(3);
        let command = truncate(&self.command(), room, theme.glyphs.ellipsis);
        let line = Line::from(vec![Span::styled(" $ ", theme.border), Span::styled(command, theme.muted)]);
        buf.set_line(area.x, area.y, &line, area.width);
    }

    /// Instead of caches: how far the load is, or why there is none.
    fn draw_waiting(&self, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let inner = Panel::new(theme, "Requests").draw(area, buf);
        let room = usize::from(inner.width);
        if let Some(failure) = &self.failure {
            let text = format!("{} {failure}", theme.glyphs.no);
            for (line, y) in wrap(&text, room).iter().zip(inner.y..inner.bottom()) {
                buf.set_string(inner.x, y, line, theme.bad);
            }
            return;
        }
        buf.set_stringn(inner.x, inner.y, "Fetching the requests; s stops.", room, theme.text);
        buf.set_line(inner.x, inner.y + 1, &progress(theme, self.share, room), inner.width);
    }
}

fn progress(theme: &Theme, share: f64, room: usize) -> Line<'static> {
    let [full, rest] = bar(theme, share, room.saturating_sub(8).min(50), theme.accent);
    Line::from(vec![full, rest, Span::raw(percent(share))])
}

impl Screen for CacheLab {
    type Command = Command;

    const KEYS: &'static [Binding<Command>] = keys::KEYS;

    fn title(&self, cx: &Cx<'_>) -> String {
        format!("Labs {} Cache eviction", cx.theme.glyphs.dot)
    }

    fn status(&self, cx: &Cx<'_>) -> Line<'static> {
        match &self.live {
            _ if self.loading.is_some() => {
                Line::from(Span::styled(format!("fetching {:.0} %", self.share * 100.0), cx.theme.accent))
            }
            Some(live) if self.view == View::Live => live.status(cx.theme),
            _ => Line::default(),
        }
    }

    fn footer(&self, cx: &Cx<'_>) -> Option<Line<'static>> {
        let theme = cx.theme;
        let mut line = Line::default();
        for (command, word) in keys::FOOTER.iter().filter(|(command, _)| self.available(*command)) {
            let binding = keys::KEYS.iter().find(|binding| binding.command == *command);
            let Some(key) = binding.and_then(|binding| cx.keymap.keys(binding.id, binding.keys).first()) else {
                continue;
            };
            let word = self.wording(*command).unwrap_or(word);
            let hint = hint(theme, &(key.label(&theme.glyphs), word));
            if line.width() + hint.width() + 12 > usize::from(self.width) {
                break;
            }
            line.extend(hint.spans.into_iter().map(|span| Span::styled(span.content.into_owned(), span.style)));
            line.push_span("  ");
        }
        Some(line)
    }

    fn available(&self, command: Command) -> bool {
        let is_live = self.view == View::Live && self.live.is_some();
        let has_knobs = matches!(self.view, View::Strategies | View::Stampede);
        match command {
            Command::Right | Command::Left | Command::Step(_) => is_live || has_knobs,
            Command::Run => self.live.is_some() && !has_knobs,
            Command::Leap(_) | Command::Edge(_) | Command::Seek(_) | Command::Speed(_) | Command::Curves => is_live,
            Command::Export => is_live,
            Command::Policies => !has_knobs && self.view == View::Live,
            Command::Workload | Command::Capacity | Command::Resize(_) | Command::Expiry | Command::Options => {
                !has_knobs
            }
            Command::Cancel => self.loading.is_some() || self.curves.is_working() || self.compare.is_working(),
            Command::View(_) | Command::Copy | Command::Lessons => true,
        }
    }

    fn wording(&self, command: Command) -> Option<&'static str> {
        let has_knobs = matches!(self.view, View::Strategies | View::Stampede);
        match command {
            Command::Run if self.view == View::Compare => {
                Some(if self.compare.is_working() { "cancel" } else { "compare all" })
            }
            Command::Run if self.live.as_ref().is_some_and(|live| live.pace.is_running) => Some("pause"),
            Command::Right if has_knobs => Some("more"),
            Command::Left if has_knobs => Some("less"),
            Command::Curves if self.curves.is_working() => Some("stop the curves"),
            _ => None,
        }
    }

    fn run(&mut self, cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        match command {
            Command::View(by) => return self.show(self.view.step(by)),
            Command::Policies => {
                return vec![Effect::push(Picker::new(&self.setup.policies, Slot::clone(&self.chosen)))];
            }
            Command::Workload => return self.ask(questions::WORKLOAD, &questions::workload_of(&self.setup)),
            Command::Capacity => return self.ask(questions::CAPACITY, &self.setup.capacity.to_string()),
            Command::Expiry => return self.ask(questions::EXPIRY, &questions::expiry_of(&self.setup)),
            Command::Options => return self.ask(questions::OPTIONS, &self.setup.to_string()),
            Command::Export => return self.ask(questions::EXPORT, "csv"),
            Command::Resize(larger) => return self.resize(larger),
            Command::Curves => return self.toggle_curves(),
            Command::Cancel => return [source::TAG, curves::TAG, compare::TAG].map(Effect::Cancel).into(),
            Command::Copy => return vec![Effect::Copy(self.command())],
            Command::Lessons => return vec![Effect::Go(Route::to("labs"))],
            _ => {}
        }
        match self.view {
            View::Live => self.run_live(command, cx.now.awake),
            View::Compare => self.run_compare(command),
            View::Strategies | View::Stampede => self.run_knobs(command),
        }
    }

    fn receive(&mut self, cx: &Cx<'_>, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Opened => self.load(),
            Reply::Shown => self.take_answers(),
            Reply::Job(tag, news) => self.job_news(tag, news),
            Reply::Woke => {
                if let Some(live) = &mut self.live {
                    live.wake(cx.now.awake);
                }
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn next_wake(&self, now: Now) -> Option<Duration> {
        self.live.as_ref().and_then(|live| live.pace.wait(now.awake, self.has_motion))
    }

    fn layout(&mut self, cx: &Cx<'_>, area: Rect) {
        (self.has_motion, self.width) = (cx.config.motion, area.width);
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let theme = cx.theme;
        self.draw_head(theme, Rect { height: 1, ..area }, buf);
        self.draw_command(theme, Rect { y: area.bottom() - 1, height: 1, ..area }, buf);
        let body = Rect { y: area.y + 1, height: area.height.saturating_sub(2), ..area };
        match (self.view, &self.live) {
            (View::Strategies, _) => self.strategies.draw(theme, body, buf),
            (View::Stampede, _) => self.stampedes.draw(theme, body, buf),
            (View::Live, Some(live)) => live.draw(cx, &self.setup, &self.curves, body, buf),
            (View::Compare, Some(live)) => self.compare.draw(theme, &self.setup, live.replay.load(), body, buf),
            (_, None) => self.draw_waiting(theme, body, buf),
        }
        None
    }
}

impl Destination for CacheLab {
    const NAME: &'static str = "lab:cache";
    const TITLE: &'static str = "Cache lab";

    fn open(_cx: &Cx<'_>, argument: Option<&str>) -> Result<Self, Refusal> {
        let setup = argument.unwrap_or_default().parse().map_err(|error: SetupError| Refusal(format!("{error}.")))?;
        Ok(Self::new(setup))
    }
}
