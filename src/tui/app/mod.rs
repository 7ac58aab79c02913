//! The app: which screens are open, who gets a key, what becomes of an effect.
//!
//! There is no terminal inside: [`App::key`], [`App::paste`], [`App::resize`] and [`App::tick`] take what happened,
//! [`App::draw`] fills a buffer, and everything that reaches outside goes through [`Host`]; tests, `sysdrill frame`
//! and the real terminal drive the same app. It knows no screen by name but the ones of the registry that it is
//! given, help and palette. Start reading at [`App::key`] (in `dispatch`), then `effects` and `frame`.

mod dispatch;
mod effects;
mod frame;
mod globals;
mod looks;
mod overlays;
mod stack;
#[cfg(test)]
mod tests;
mod toasts;

use std::collections::BTreeMap;
use std::time::Duration;

use ratatui::layout::Size;

use crate::config::{Config, ConfigProblem};
use crate::time::Now;

use super::effect::{Notice, Tone};
use super::host::{Host, Ticket};
use super::job::{News, Stop};
use super::keymap::Keymap;
use super::layer::{Hint, Layer};
use super::registry::Entry;
use super::route::Route;
use super::screen::{Cx, Refusal, Reply};
use super::theme::{Background, Theme};
pub use looks::Looks;
use looks::{remembered, theme_for};
use stack::{LayerId, Stack};
use toasts::Toasts;

/// The smallest terminal in which screens are drawn.
pub const SMALLEST: Size = Size { width: 40, height: 12 };

/// What an app begins with.
#[derive(Debug)]
pub struct Setup<H> {
    /// The screens there are.
    pub screens: &'static [Entry],
    /// What carries out effects.
    pub host: H,
    /// What the user chose.
    pub config: Config,
    /// What the terminal can show.
    pub looks: Looks,
    /// Its size.
    pub size: Size,
    /// Where to begin; the root of the first tab lies below.
    pub start: Route,
}

/// The app.
pub struct App<H> {
    host: H,
    screens: &'static [Entry],
    config: Config,
    keymap: Keymap,
    looks: Looks,
    theme: Theme,
    size: Size,
    now: Now,
    tabs: Vec<Stack>,
    active: usize,
    toasts: Toasts,
    jobs: BTreeMap<Ticket, RunningJob>,
    last_id: u64,
    is_ending: bool,
}

struct RunningJob {
    owner: LayerId,
    tag: &'static str,
    stop: Stop,
}

impl<H: Host> App<H> {
    /// An app with the first screen open, and what is wrong with the user's keys.
    ///
    /// # Errors
    /// Where `start` cannot be opened.
    pub fn new(setup: Setup<H>, now: Now) -> Result<(Self, Vec<ConfigProblem>), Refusal> {
        let Setup { screens, host, config, looks, size, start } = setup;
        let mut tables: Vec<Vec<Hint>> = screens.iter().map(Entry::hints).collect();
        tables.push(globals::hints(|_| true, |_| None));
        let (keymap, problems) = Keymap::new(&tables, &config.keys);
        let tabs = screens.iter().filter(|e| e.is_tab).map(|&entry| Stack { entry, layers: Vec::new() }).collect();
        let config = remembered(config, host.world());
        let theme = theme_for(&config, looks);
        let mut app = Self {
            host,
            screens,
            config,
            keymap,
            looks,
            theme,
            size,
            now,
            tabs,
            active: 0,
            toasts: Toasts::default(),
            jobs: BTreeMap::new(),
            last_id: 0,
            is_ending: false,
        };
        app.show_tab(0)?;
        if start != Route::to(app.tabs[0].entry.name) {
            app.go(&start)?;
        }
        Ok((app, problems))
    }

    /// What carries out the effects.
    pub fn host(&self) -> &H {
        &self.host
    }

    /// The same, to be changed: the loop hands new content to the host this way, then calls [`App::reloaded`].
    pub fn host_mut(&mut self) -> &mut H {
        &mut self.host
    }

    /// Whether the app has ended.
    pub fn is_ending(&self) -> bool {
        self.is_ending
    }

    /// Whether the root of the first tab is shown with nothing above it, from where there is no step back.
    pub fn is_home(&self) -> bool {
        self.active == 0 && self.tabs[0].layers.len() == 1
    }

    /// How long from `now` until [`App::tick`] is due; `None` while nothing moves.
    pub fn next_wake(&self, now: Now) -> Option<Duration> {
        let top = self.tabs[self.active].top().and_then(|stacked| stacked.layer.next_wake(now));
        [top, self.toasts.next_wake(now)].into_iter().flatten().min()
    }

    /// The terminal has another size.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
    }

    /// Time has passed: ends toasts, and wakes the top screen if it wanted to be woken by now.
    pub fn tick(&mut self, now: Now) {
        let wakes = self.tabs[self.active].top().and_then(|stacked| stacked.layer.next_wake(self.now));
        let has_passed = now.awake.saturating_sub(self.now.awake);
        self.now = now;
        self.toasts.expire(now);
        if wakes.is_some_and(|wait| wait <= has_passed) {
            self.tell_top(Reply::Woke);
        }
    }

    /// A job has news.
    pub fn news(&mut self, ticket: Ticket, news: News, now: Now) {
        self.now = now;
        self.deliver_news(ticket, news);
    }

    /// The host has read content anew; every open screen may look again.
    pub fn reloaded(&mut self, now: Now) {
        self.now = now;
        let ids: Vec<_> = self.tabs.iter().flat_map(|tab| &tab.layers).map(|stacked| stacked.id).collect();
        ids.into_iter().for_each(|id| self.tell(id, Reply::Reloaded));
    }

    /// The terminal has told the colour of its background.
    pub fn set_background(&mut self, background: Background) {
        self.looks.background = background;
        self.theme = theme_for(&self.config, self.looks);
    }

    /// Shows a sentence for a few seconds; what went wrong is also logged.
    pub fn notify(&mut self, notice: Notice) {
        if notice.tone == Tone::Bad {
            tracing::warn!(notice = %notice.text, "shown to the user");
        }
        self.toasts.add(notice, self.now);
    }

    /// Shows what is wrong with the configuration: the first problem, and how many there are.
    pub fn notify_of(&mut self, problems: &[ConfigProblem]) {
        if let Some(first) = problems.first() {
            let more = match problems.len() - 1 {
                0 => String::new(),
                more => format!(" ({more} more: `sysdrill doctor` lists them.)"),
            };
            self.notify(Notice { tone: Tone::Bad, text: format!("config.toml:{first}{more}") });
        }
    }

    /// Lets every screen save what it has, stops all jobs and ends.
    pub fn end(&mut self, now: Now) {
        self.now = now;
        let ids: Vec<_> = self.tabs.iter().flat_map(|tab| &tab.layers).map(|stacked| stacked.id).collect();
        ids.into_iter().for_each(|id| self.close(id));
        self.jobs.values().for_each(|job| job.stop.stop());
        self.is_ending = true;
    }

    /// Calls `use_it` with a screen and what it may look at, if it is still open.
    fn with<R>(&mut self, id: LayerId, use_it: impl FnOnce(&mut dyn Layer, &Cx<'_>) -> R) -> Option<R> {
        let Self { tabs, host, theme, config, keymap, now, .. } = self;
        let cx = Cx { now: *now, theme, config, keymap, world: host.world() };
        let stacked = tabs.iter_mut().flat_map(|tab| &mut tab.layers).find(|stacked| stacked.id == id)?;
        Some(use_it(stacked.layer.as_mut(), &cx))
    }

    fn cx(&self) -> Cx<'_> {
        Cx { now: self.now, theme: &self.theme, config: &self.config, keymap: &self.keymap, world: self.host.world() }
    }

    fn top_id(&self) -> Option<LayerId> {
        self.tabs[self.active].top().map(|stacked| stacked.id)
    }

    fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }
}
