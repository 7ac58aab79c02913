//! The cache lab: eviction policies side by side on the same requests, one step at a time or as fast as it goes.
//!
//! | file | what it is for |
//! |---|---|
//! | `view` | the views, and what stands around each |
//! | `keys`, `commands` | the keys, and what they do in which view |
//! | `flow` | requests come in, parameters change, popups and jobs answer |
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
mod commands;
mod compare;
mod curves;
mod export;
mod feed;
mod flow;
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
mod view;

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use compare::Compare;
use curves::Curves;
use live::Live;
use picker::Slot;
use source::Loaded;
use stampedes::Stampedes;
use strategies::Strategies;
use view::View;

use crate::time::Now;
use crate::tui::effect::Effect;
use crate::tui::job::Inbox;
use crate::tui::screen::{Binding, Cx, Destination, Refusal, Reply, Screen};
use crate::tui::widgets::footer::hint;

pub use keys::Command;
pub use setup::{MOST_POLICIES, Setup, SetupError, Source};

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
        let has_knobs = self.view.has_knobs();
        match command {
            Command::Right | Command::Left | Command::Step(_) => is_live || has_knobs,
            Command::Run => self.live.is_some() && !has_knobs,
            Command::Leap(_) | Command::Edge(_) | Command::Seek(_) | Command::Speed(_) | Command::Curves => is_live,
            Command::Export => is_live,
            Command::Policies => self.view == View::Live,
            Command::Workload | Command::Capacity | Command::Resize(_) | Command::Expiry | Command::Options => {
                !has_knobs
            }
            Command::Cancel => self.loading.is_some() || self.curves.is_working() || self.compare.is_working(),
            Command::View(_) | Command::Copy | Command::Lessons => true,
        }
    }

    fn wording(&self, command: Command) -> Option<&'static str> {
        let has_knobs = self.view.has_knobs();
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
        self.obey(command, cx.now.awake)
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
