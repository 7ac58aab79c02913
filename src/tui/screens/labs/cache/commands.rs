//! What the keys do: those of every view, and those of each.

use std::time::Duration;

use super::keys::Command;
use super::picker::{Picker, Slot};
use super::prompt::{Prompt, Question};
use super::setup::Setup;
use super::view::View;
use super::{CacheLab, compare, curves, questions, source};
use crate::sim::run::Capacity;
use crate::tui::effect::Effect;
use crate::tui::route::Route;

impl CacheLab {
    /// Does what a key asks for.
    pub(super) fn obey(&mut self, command: Command, awake: Duration) -> Vec<Effect> {
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
            View::Live => self.run_live(command, awake),
            View::Compare => self.run_compare(command),
            View::Strategies | View::Stampede => self.run_knobs(command),
        }
    }

    /// The command that prints what is on the screen.
    pub(super) fn command(&self) -> String {
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
                self.stampedes.step(by);
                return Vec::new();
            }
            Command::Step(by) => {
                self.strategies.step(by);
                return Vec::new();
            }
            Command::Right => 1,
            Command::Left => -1,
            _ => return Vec::new(),
        };
        let job = if is_stampede { self.stampedes.turn(turn) } else { self.strategies.turn(turn) };
        vec![Effect::Start(job)]
    }
}
