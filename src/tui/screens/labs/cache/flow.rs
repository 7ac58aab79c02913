//! What becomes of the lab when requests are there, when parameters change, and when a popup or a job has an answer.
//!
//! Start reading at [`CacheLab::load`] and [`CacheLab::apply`].

use super::compare::{self, Compare};
use super::curves::{self, Curves};
use super::live::Live;
use super::pace::Pace;
use super::setup::Setup;
use super::view::View;
use super::{CacheLab, export, questions, source, stampedes, strategies};
use crate::sim::run::Load;
use crate::tui::effect::Effect;
use crate::tui::job::News;

impl CacheLab {
    /// Fetches the requests.
    pub(super) fn load(&mut self) -> Vec<Effect> {
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
    pub(super) fn unasked(&mut self) -> Vec<Effect> {
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
    pub(super) fn apply(&mut self, setup: Setup) -> Vec<Effect> {
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
    pub(super) fn take_answers(&mut self) -> Vec<Effect> {
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

    pub(super) fn job_news(&mut self, tag: &'static str, news: News) -> Vec<Effect> {
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
}
