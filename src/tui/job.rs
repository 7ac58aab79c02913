//! Long work on a thread of its own, with progress and cancel.
//!
//! The result travels through a typed channel of the screen's own ([`Inbox`]); the app only says when to look.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};

/// Work that has not begun.
pub struct Job {
    /// The screen's own name for it; one job of a tag runs at a time.
    pub tag: &'static str,
    work: Box<dyn FnOnce(&Progress) + Send>,
}

/// Where a screen finds what its job hands over.
#[derive(Debug)]
pub struct Inbox<T>(Receiver<T>);

/// How a job is getting on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum News {
    /// So much of the whole is done, from 0 to 1.
    Progress(f64),
    /// It has ended, with a result in the inbox unless it was cancelled.
    Ended,
}

/// The job's line to the app.
pub struct Progress {
    cancelled: Arc<AtomicBool>,
    report: Box<dyn Fn(News) + Send>,
}

/// Stops a job from outside.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Job {
    /// A job and the place where its result will be. The work looks at [`Progress::is_cancelled`] often enough to
    /// stop within a tenth of a second.
    pub fn new<T: Send + 'static>(
        tag: &'static str,
        work: impl FnOnce(&Progress) -> T + Send + 'static,
    ) -> (Self, Inbox<T>) {
        let (sender, receiver) = mpsc::channel();
        let work = Box::new(move |progress: &Progress| {
            let result = work(progress);
            // A screen that was left has dropped its inbox, and nobody misses the result.
            let _ = sender.send(result);
        });
        (Self { tag, work }, Inbox(receiver))
    }

    /// Does the work on the calling thread; `report` is told of progress and, last, of the end.
    pub fn perform(self, stop: &Stop, report: impl Fn(News) + Send + 'static) {
        let progress = Progress { cancelled: Arc::clone(&stop.0), report: Box::new(report) };
        (self.work)(&progress);
        (progress.report)(News::Ended);
    }
}

impl<T> Inbox<T> {
    /// The next thing that the job handed over, if there is one.
    pub fn take(&self) -> Option<T> {
        self.0.try_recv().ok()
    }
}

impl Progress {
    /// Says how much is done, from 0 to 1.
    pub fn at(&self, share: f64) {
        (self.report)(News::Progress(share.clamp(0.0, 1.0)));
    }

    /// Whether the work is no longer wanted.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

impl Stop {
    /// Tells the job that its work is no longer wanted.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Job").field("tag", &self.tag).finish_non_exhaustive()
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Progress").field("cancelled", &self.cancelled).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_reports_its_progress_and_leaves_its_result() {
        let (job, inbox) = Job::new("count", |progress| {
            progress.at(0.5);
            42
        });
        let (sender, news) = mpsc::channel();
        job.perform(&Stop::default(), move |n| sender.send(n).expect("the test listens"));
        assert_eq!(news.iter().collect::<Vec<_>>(), [News::Progress(0.5), News::Ended]);
        assert_eq!(inbox.take(), Some(42));
        assert_eq!(inbox.take(), None);
    }

    #[test]
    fn a_job_is_told_that_it_is_not_wanted_any_more() {
        let (job, inbox) = Job::new("wait", |progress| progress.is_cancelled());
        let stop = Stop::default();
        stop.stop();
        job.perform(&stop, |_| {});
        assert_eq!(inbox.take(), Some(true));
    }
}
