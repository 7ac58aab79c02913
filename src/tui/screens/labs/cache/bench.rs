//! A set-up that is turned with the arrow keys and run in every case there is, side by side.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::knobs::{self, Knob};
use crate::tui::job::{Inbox, Job};
use crate::tui::theme::Theme;
use crate::tui::widgets::panel::Panel;

/// Rows of a table of results with its findings.
pub(super) const TABLE: u16 = 14;

/// What can be set up and run.
pub(super) trait Trial: Clone + Default + Send + 'static {
    /// What one run tells.
    type Report: Send + 'static;
    /// What tells one run from the others.
    type Case: Copy + 'static;

    /// The job's tag.
    const TAG: &'static str;
    /// What can be turned.
    const KNOBS: &'static [Knob<Self>];
    /// All cases, in the order of the table.
    const CASES: &'static [Self::Case];

    /// Runs one case.
    fn run(&self, case: Self::Case) -> Self::Report;
}

/// The set-up and what came of it.
#[derive(Debug)]
pub(super) struct Bench<T: Trial> {
    pub(super) setup: T,
    selected: usize,
    /// None or one for each case.
    pub(super) results: Vec<T::Report>,
    inbox: Option<Inbox<Vec<T::Report>>>,
}

impl<T: Trial> Default for Bench<T> {
    fn default() -> Self {
        Self { setup: T::default(), selected: 0, results: Vec::new(), inbox: None }
    }
}

impl<T: Trial> Bench<T> {
    /// Whether nothing was run yet.
    pub(super) fn is_empty(&self) -> bool {
        self.results.is_empty() && self.inbox.is_none()
    }

    /// Selects another parameter.
    pub(super) fn step(&mut self, by: isize) {
        self.selected = knobs::step(self.selected, by, T::KNOBS.len());
    }

    /// Turns the selected parameter and runs all anew.
    pub(super) fn turn(&mut self, by: isize) -> Job {
        T::KNOBS[self.selected].turn(&mut self.setup, by);
        self.start()
    }

    /// A job that runs every case.
    pub(super) fn start(&mut self) -> Job {
        let setup = self.setup.clone();
        let (job, inbox) = Job::new(T::TAG, move |progress| {
            let wanted = T::CASES.iter().take_while(|_| !progress.is_cancelled());
            wanted.map(|case| setup.run(*case)).collect()
        });
        self.inbox = Some(inbox);
        job
    }

    /// The job has ended, or was stopped; half of the results are none.
    pub(super) fn ended(&mut self) {
        if let Some(results) = self.inbox.as_ref().and_then(Inbox::take)
            && results.len() == T::CASES.len()
        {
            self.results = results;
        }
    }

    /// Draws the parameters, and tells which area is left below them.
    pub(super) fn draw_setup(&self, theme: &Theme, area: Rect, buf: &mut Buffer) -> Rect {
        let rows = knobs::height(T::KNOBS.len(), Panel::inner(area).width);
        let upper = Rect { height: (rows + 2).min(area.height), ..area };
        let inner = Panel::new(theme, "Set-up").focused(true).draw(upper, buf);
        knobs::draw(theme, T::KNOBS, &self.setup, self.selected, inner, buf);
        Rect { y: upper.bottom(), height: area.height - upper.height, ..area }
    }
}
