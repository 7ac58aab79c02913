//! What becomes of the lab when nodes come and go, when parameters change, and when something that was open is taken.
//!
//! Whatever takes long is a job or is done in slices. Start reading at [`Lab::begin`] and [`Lab::rebuild`].

use ratatui::text::{Line, Span};

use crate::sim::placement::{Options, PlacementError, SCHEMES};
use crate::time::Now;
use crate::tui::effect::Effect;
use crate::tui::job::Job;
use crate::tui::screen::Cx;
use crate::tui::theme::Theme;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::list::Selection;

use super::nodes::count;
use super::over::{EXPORTS, Over};
use super::scene::{MOST_SCHEMES, Scene};
use super::{BUILD, Command, FRAMES, LATE, Lab, MEMORY_FOR_STEPS, MOST_STEPS, TELL, export, knobs, sentence};

impl Lab {
    /// Keeps the scene for a step back, as far as memory goes.
    fn remember(&mut self, scene: Scene) {
        let room = MEMORY_FOR_STEPS / scene.weight().max(1);
        self.steps.push(scene);
        let most = room.clamp(1, MOST_STEPS);
        self.steps.drain(..self.steps.len().saturating_sub(most));
    }

    /// Begins a change of the nodes.
    pub(super) fn begin(
        &mut self,
        cx: &Cx<'_>,
        change: impl FnOnce(&mut Scene) -> Result<(), PlacementError>,
    ) -> Vec<Effect> {
        let mut effects = self.finish();
        let before = self.scene.clone();
        if let Err(problem) = change(&mut self.scene) {
            self.scene = before;
            effects.push(Effect::fail(sentence(&problem)));
            return effects;
        }
        self.remember(before);
        self.facts.clear();
        self.failing = self.scene.failing();
        self.slice = (self.scene.key_count() / FRAMES).max(1);
        self.woken = None;
        if !cx.config.motion {
            self.scene.advance(usize::MAX / 2);
        }
        if !self.scene.is_moving() {
            effects.extend(self.tell());
        }
        effects
    }

    /// Moves what is left to be moved.
    pub(super) fn finish(&mut self) -> Vec<Effect> {
        if !self.scene.is_moving() {
            return Vec::new();
        }
        self.scene.advance(usize::MAX / 2);
        self.tell()
    }

    /// Moves the keys of a frame; a slice that takes too long is made shorter.
    pub(super) fn frame(&mut self, now: Now) -> Vec<Effect> {
        if let Some(before) = self.woken.replace(now.awake)
            && now.awake.saturating_sub(before) > LATE
        {
            self.slice = (self.slice / 2).max(1_000.min(self.scene.key_count()));
        }
        let is_done = self.scene.advance(self.slice);
        if is_done { self.tell() } else { Vec::new() }
    }

    /// Has the facts of the scene as it is computed.
    fn tell(&mut self) -> Vec<Effect> {
        let scene = self.scene.clone();
        let (job, inbox) = Job::new(TELL, move |_| Ok((None, scene.facts())));
        self.inbox = Some(inbox);
        vec![Effect::Start(job)]
    }

    /// Builds the scene of other parameters; the one that is shown stays until that is done.
    pub(super) fn rebuild(&mut self, options: Options, followed: Option<String>) -> Vec<Effect> {
        let mut effects = self.finish();
        let (job, inbox) = Job::new(BUILD, move |_| {
            let scene = Scene::build(options, followed).map_err(|problem| sentence(&problem))?;
            let facts = scene.facts();
            // What cannot be told of any scheme is a refusal: nothing would be left to look at.
            match facts.iter().find_map(|facts| facts.as_ref().err()) {
                Some(problem) => Err(problem.clone()),
                None => Ok((Some(scene), facts)),
            }
        });
        self.inbox = Some(inbox);
        effects.push(Effect::Start(job));
        effects
    }

    pub(super) fn built(&mut self) -> Vec<Effect> {
        match self.inbox.take().and_then(|inbox| inbox.take()) {
            None => Vec::new(),
            Some(Err(problem)) => vec![Effect::fail(problem)],
            Some(Ok((scene, facts))) => {
                if let Some(scene) = scene {
                    let before = std::mem::replace(&mut self.scene, scene);
                    self.remember(before);
                }
                self.facts = facts;
                self.settle();
                Vec::new()
            }
        }
    }

    /// Whatever depends on which nodes and schemes there are.
    fn settle(&mut self) {
        self.failing = self.scene.failing();
        self.focus = self.focus.min(self.scene.clusters.len() - 1);
        self.selection.select(self.selection.at, self.scene.nodes().len());
    }

    /// What is told while keys move. Blank lines follow, so that the pictures keep their size.
    pub(super) fn under_way(&self, theme: &Theme) -> Vec<Line<'static>> {
        let mut lines = vec![Line::default(); 6];
        if let Some(change) = self.scene.clusters[self.focus].change() {
            let (moved, settled, keys) = (count(change.moves.len()), count(change.settled), count(change.keys));
            lines[0] = Line::from(vec![
                Span::styled("moving   ", theme.accent),
                Span::styled(format!("{moved} keys so far; {settled} of {keys} looked at"), theme.text),
            ]);
        }
        lines
    }

    pub(super) fn step_back(&mut self) -> Vec<Effect> {
        let Some(scene) = self.steps.pop() else { return Vec::new() };
        self.scene = scene;
        self.scene.advance(usize::MAX / 2);
        self.settle();
        self.tell()
    }

    /// Takes what is open over the lab.
    pub(super) fn take(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        let mut options = self.scene.options.clone();
        match self.over.take() {
            None => Vec::new(),
            Some(Over::Schemes(_, chosen)) if chosen == options.params.schemes || chosen.is_empty() => Vec::new(),
            Some(Over::Schemes(_, chosen)) => {
                options.params.schemes = chosen;
                self.rebuild(options, self.scene.followed.clone())
            }
            Some(Over::Exports(selection)) => {
                let (format, _) = EXPORTS[selection.at.min(EXPORTS.len() - 1)];
                vec![export::export(self, cx, format)]
            }
            Some(Over::Follow(field)) => {
                let name = field.value().trim().to_owned();
                // Any key will do, but each time another one.
                let place = self.scene.key_count() * 2 / 7 + self.steps.len() * 7919;
                let name = if name.is_empty() { self.scene.key_at(place) } else { name };
                self.follow(Some(name))
            }
            Some(Over::Haul(field)) => match knobs::haul(field.value()) {
                Ok(haul) => {
                    options.params.haul = haul;
                    self.rebuild(options, self.scene.followed.clone())
                }
                Err(problem) => vec![Effect::fail(problem)],
            },
        }
    }

    pub(super) fn follow(&mut self, key: Option<String>) -> Vec<Effect> {
        let mut effects = self.finish();
        self.remember(self.scene.clone());
        self.scene.followed = key;
        effects.extend(self.tell());
        effects
    }

    pub(super) fn toggle_scheme(&mut self) {
        if let Some(Over::Schemes(selection, chosen)) = &mut self.over {
            let id = SCHEMES[selection.at.min(SCHEMES.len() - 1)].about.id;
            match chosen.iter().position(|other| other == id) {
                Some(place) if chosen.len() > 1 => _ = chosen.remove(place),
                None if chosen.len() < MOST_SCHEMES => chosen.push(id.to_owned()),
                Some(_) | None => {}
            }
        }
    }

    pub(super) fn open_over(&mut self, command: Command) {
        self.over = match command {
            Command::Schemes => {
                let schemes = self.scene.options.params.schemes.clone();
                let at = SCHEMES.iter().position(|one| Some(one.about.id) == schemes.first().map(String::as_str));
                Some(Over::Schemes(Selection { at: at.unwrap_or(0), top: 0 }, schemes))
            }
            Command::Export => Some(Over::Exports(Selection::default())),
            Command::Haul => Some(Over::haul(&self.scene.options.params.haul)),
            _ => Some(Over::Follow(Field::default())),
        };
    }
}
