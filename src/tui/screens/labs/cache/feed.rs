//! What a job hands over one by one, how far it is, and why it failed where it did.

use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, Sender, channel};

use crate::tui::job::{News, Progress};

/// Results that come in while a job works.
#[derive(Debug)]
pub(super) struct Feed<T> {
    /// Those that are there.
    pub(super) done: Vec<T>,
    incoming: Option<Receiver<Result<T, String>>>,
    share: Option<f64>,
    failure: Option<String>,
}

impl<T> Default for Feed<T> {
    fn default() -> Self {
        Self { done: Vec::new(), incoming: None, share: None, failure: None }
    }
}

impl<T> Feed<T> {
    /// Where the next job puts its results. What others have brought stays.
    pub(super) fn begin(&mut self) -> Sender<Result<T, String>> {
        let (sender, receiver) = channel();
        (self.incoming, self.share, self.failure) = (Some(receiver), Some(0.0), None);
        sender
    }

    /// How far the job is, while there is one.
    pub(super) fn share(&self) -> Option<f64> {
        self.share
    }

    /// Why something is missing.
    pub(super) fn failure(&self) -> Option<&str> {
        self.failure.as_deref()
    }

    /// Whether a job is at work.
    pub(super) fn is_working(&self) -> bool {
        self.share.is_some()
    }

    /// The job is further, or has ended, or was stopped.
    pub(super) fn hear(&mut self, news: News) {
        for result in self.incoming.iter().flat_map(Receiver::try_iter) {
            match result {
                Ok(result) => self.done.push(result),
                Err(problem) => self.failure = Some(problem),
            }
        }
        self.share = match news {
            News::Progress(share) => Some(share),
            News::Ended => None,
        };
    }
}

/// Whether a simulation goes on: until its job is cancelled.
pub(super) fn go_on(progress: &Progress) -> ControlFlow<()> {
    if progress.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
}
