//! The placement lab: keys on nodes under one scheme or up to four, and what happens to them.
//!
//! | file | holds |
//! |---|---|
//! | `scene` | what is shown: parameters, clusters, the change under way |
//! | `view`, `ring`, `grid`, `loads`, `told` | how it looks |
//! | `keys`, `over` | what one can do, and what opens over the lab |
//! | `knobs`, `flow` | how a key changes the parameters, and what becomes of a change |
//! | `export` | the run as a file |
//!
//! A change of parameters is computed by a job; a node that joins or leaves moves keys in slices, one a wake, short enough
//! to leave the screen at thirty frames a second. Start reading at [`Lab`].

mod export;
mod flow;
mod grid;
mod keys;
mod knobs;
mod loads;
mod nodes;
mod over;
mod ring;
mod scene;
mod told;
mod view;

use std::path::Path;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::library::file;
use crate::sim::placement::{KeySource, MOST_KEY_BYTES, NodeId, Options, PlacementError};
use crate::time::Now;
use crate::tui::effect::Effect;
use crate::tui::job::{Inbox, News};
use crate::tui::route::Route;
use crate::tui::screen::{Binding, Cx, Destination, Refusal, Reply, Screen, TextInput};
use crate::tui::widgets::list::Selection;

use nodes::percent;
use over::Over;
use scene::{Facts, Scene};

pub use keys::Command;

/// The names of the lab's jobs.
const BUILD: &str = "placement";
const TELL: &str = "placement-facts";

/// Between two frames of a change.
const FRAME: Duration = Duration::from_millis(33);
/// Frames of a change, if slices can be as long as that needs.
const FRAMES: usize = 36;
/// Slices are halved when frames are this late, so that a slow machine stays at its thirty frames.
const LATE: Duration = Duration::from_millis(48);
/// Memory that may be spent on steps back, and the most steps.
const MEMORY_FOR_STEPS: usize = 400 << 20;
const MOST_STEPS: usize = 200;
/// Keys in a lab that was opened without a number: enough to be even, few enough to be seen.
const KEYS: usize = 10_000;

/// What comes from a job: the scene where it was built anew, and what there is to tell of it.
type Built = (Option<Scene>, Vec<Result<Facts, String>>);

/// The lab.
#[derive(Debug)]
pub struct Lab {
    scene: Scene,
    /// By scheme; empty while they are computed.
    facts: Vec<Result<Facts, String>>,
    failing: Vec<NodeId>,
    steps: Vec<Scene>,
    /// The scheme that is looked at.
    focus: usize,
    selection: Selection,
    over: Option<Over>,
    inbox: Option<Inbox<Result<Built, String>>>,
    /// Keys that are moved in one frame, and when the last frame was.
    slice: usize,
    woken: Option<Duration>,
    /// What the figures mean, wrapped.
    lines: Vec<Line<'static>>,
}

impl Lab {
    fn new(options: Options) -> Result<Self, PlacementError> {
        let scene = Scene::build(options, None)?;
        let facts = scene.facts();
        let failing = scene.failing();
        Ok(Self {
            scene,
            facts,
            failing,
            steps: Vec::new(),
            focus: 0,
            selection: Selection::default(),
            over: None,
            inbox: None,
            slice: 1,
            woken: None,
            lines: Vec::new(),
        })
    }

    /// What there is to tell of a scheme, where it can be told.
    fn facts_of(&self, place: usize) -> Option<&Facts> {
        self.facts.get(place).and_then(|facts| facts.as_ref().ok())
    }

    /// Whether the bars show requests instead of keys.
    fn serves_requests(&self, place: usize) -> bool {
        self.facts_of(place).is_some_and(|facts| facts.outcome.traffic.is_some())
    }

    fn selected(&self) -> Option<NodeId> {
        self.scene.nodes().get(self.selection.at).copied()
    }
}

/// A problem as a sentence of its own.
fn sentence(problem: &PlacementError) -> String {
    let text = problem.to_string();
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", chars.as_str())
}

impl Screen for Lab {
    type Command = Command;

    const KEYS: &'static [Binding<Command>] = keys::KEYS;

    fn title(&self, cx: &Cx<'_>) -> String {
        let dot = cx.theme.glyphs.dot;
        let schemes = self.scene.options.params.schemes.join(", ");
        format!("Labs {dot} {schemes} {dot} {}", view::head(self, cx.theme))
    }

    fn status(&self, cx: &Cx<'_>) -> Line<'static> {
        let Some(change) = self.scene.clusters[self.focus].change() else { return Line::default() };
        if self.inbox.is_some() && self.facts.is_empty() {
            return Line::from(Span::styled("counting", cx.theme.muted));
        }
        if change.joined.is_empty() && change.left.is_empty() && change.moves.is_empty() {
            return Line::default();
        }
        let least = view::least(cx.theme, change.least_ratio);
        let style = if change.misdirected > 0 { cx.theme.warn } else { cx.theme.good };
        let so_far = if self.scene.clusters[self.focus].is_moving() { " so far" } else { "" };
        let moved = Span::styled(format!("moved {}{so_far}", percent(change.moved_ratio())), style);
        Line::from(vec![moved, Span::styled(format!(" ({least})"), cx.theme.muted)])
    }

    fn available(&self, command: Command) -> bool {
        match (&self.over, command) {
            (Some(over), Command::Step(_)) => !over.takes_text(),
            (Some(_), Command::Take | Command::Close) => true,
            (Some(Over::Schemes(..)), Command::Finish) => true,
            (Some(_), _) => false,
            (None, Command::Take) => false,
            (None, Command::Close) => self.scene.followed.is_some(),
            (None, Command::Finish) => self.scene.is_moving(),
            (None, Command::Back) => !self.steps.is_empty(),
            (None, Command::Salt) => self.scene.options.params.hot > 0.0,
            (None, Command::Focus) => self.scene.clusters.len() > 1,
            (None, Command::Names) => !matches!(self.scene.options.params.keys, KeySource::Given(_)),
            (None, Command::Keys(_)) => !matches!(self.scene.options.params.keys, KeySource::Given(_)),
            (None, _) => true,
        }
    }

    fn wording(&self, command: Command) -> Option<&'static str> {
        match (&self.over, command) {
            (Some(Over::Schemes(..)), Command::Finish) => Some("choose"),
            (None, Command::Close) => Some("let the key go"),
            _ => None,
        }
    }

    fn takes_text(&self) -> bool {
        self.over.as_ref().is_some_and(Over::takes_text)
    }

    fn takes_answer(&self) -> bool {
        self.over.is_some()
    }

    fn run(&mut self, cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        match command {
            Command::Add => self.begin(cx, Scene::join),
            Command::Remove => match self.selected() {
                Some(node) => self.begin(cx, |scene| scene.leave(node)),
                None => Vec::new(),
            },
            Command::Relieve => match self.selected() {
                Some(node) => {
                    let focus = self.focus;
                    self.begin(cx, |scene| scene.relieve(focus, node))
                }
                None => Vec::new(),
            },
            Command::Back => self.step_back(),
            Command::Finish if self.over.is_some() => {
                self.toggle_scheme();
                Vec::new()
            }
            Command::Finish => self.finish(),
            Command::Focus => {
                self.focus = (self.focus + 1) % self.scene.clusters.len();
                Vec::new()
            }
            Command::Step(by) => {
                match &mut self.over {
                    Some(over) => over.step(by),
                    None => self.selection.step(by, self.scene.nodes().len()),
                }
                Vec::new()
            }
            Command::Take => self.take(cx),
            Command::Close if self.over.is_some() => {
                self.over = None;
                Vec::new()
            }
            Command::Close => self.follow(None),
            Command::Copy => vec![Effect::Copy(told::command(&self.scene.options))],
            Command::Lessons => vec![Effect::Go(Route::to("labs"))],
            Command::Schemes | Command::Export | Command::Haul | Command::Follow => {
                let effects = self.finish();
                self.open_over(command);
                effects
            }
            Command::Kill => match self.selected() {
                Some(node) => {
                    let mut scene = self.scene.clone();
                    scene.toggle_failure(node);
                    self.rebuild(scene.options, scene.followed)
                }
                None => Vec::new(),
            },
            _ => match knobs::turned(&self.scene, self.selected(), command) {
                Some(options) => self.rebuild(options, self.scene.followed.clone()),
                None => Vec::new(),
            },
        }
    }

    fn text(&mut self, _cx: &Cx<'_>, input: TextInput) -> Vec<Effect> {
        if let Some(field) = self.over.as_mut().and_then(Over::field) {
            match input {
                TextInput::Key(key) => _ = field.key(key),
                TextInput::Paste(text) => field.paste(&text),
            }
        }
        Vec::new()
    }

    fn receive(&mut self, cx: &Cx<'_>, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Woke if self.scene.is_moving() => self.frame(cx.now),
            Reply::Job(BUILD | TELL, News::Ended) => self.built(),
            _ => Vec::new(),
        }
    }

    fn next_wake(&self, _now: Now) -> Option<Duration> {
        self.scene.is_moving().then_some(FRAME)
    }

    fn layout(&mut self, cx: &Cx<'_>, area: Rect) {
        let columns = usize::from(area.width.saturating_sub(4));
        self.lines = match self.facts.get(self.focus) {
            Some(Ok(facts)) => told::sentences(cx.theme, &self.scene.options.params, facts, columns),
            Some(Err(problem)) => vec![Line::from(Span::styled(problem.clone(), cx.theme.bad))],
            None => self.under_way(cx.theme),
        };
        let nodes = self.scene.nodes().len();
        self.selection.scroll_into(view::load_rows(self, area).max(1), nodes);
        if let Some(over) = &mut self.over {
            over.lay_out(area);
        }
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        view::draw(self, cx.theme, area, buf);
        self.over.as_ref().and_then(|over| over.draw(cx.theme, area, buf))
    }
}

impl Destination for Lab {
    const NAME: &'static str = "lab:hash";
    const TITLE: &'static str = "Key placement";

    fn open(_cx: &Cx<'_>, argument: Option<&str>) -> Result<Self, Refusal> {
        let refuse = |problem: String| Refusal(format!("The lab cannot be opened: {problem}."));
        let mut options: Options = argument.unwrap_or_default().parse().map_err(|problem| {
            let problem: crate::sim::placement::OptionsError = problem;
            refuse(problem.to_string())
        })?;
        if !argument.unwrap_or_default().contains("--keys") && matches!(options.params.keys, KeySource::Drawn(_)) {
            options.params.keys = KeySource::Drawn(KEYS);
        }
        if let Some(file) = &options.key_file {
            let text = file::text(Path::new(file), MOST_KEY_BYTES)
                .map_err(|error| refuse(format!("{file} cannot be read: {error}")))?;
            options.params.keys = KeySource::lines(&text);
        }
        let lab = Self::new(options).map_err(|problem| refuse(problem.to_string()))?;
        match lab.facts.iter().find_map(|facts| facts.as_ref().err()) {
            Some(problem) => Err(refuse(problem.clone())),
            None => Ok(lab),
        }
    }
}
