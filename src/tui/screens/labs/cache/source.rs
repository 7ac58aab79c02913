//! Loads for the lab, drawn or read by a job with progress.

use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::feed::go_on;
use super::setup::{Setup, Source};
use crate::sim::run::{self, Load};
use crate::sim::trace::Format;
use crate::tui::job::{Inbox, Job, Progress};

/// The job's tag.
pub(super) const TAG: &str = "cache-load";

/// A load, or why there is none.
pub(super) type Loaded = Result<Load, String>;

/// A job that fetches the requests of a set-up, and looks ahead for those policies that must.
pub(super) fn job(setup: &Setup) -> (Job, Inbox<Loaded>) {
    let (source, seed) = (setup.source.clone(), setup.seed);
    Job::new(TAG, move |progress| {
        let mut load = match &source {
            Source::Drawn { workload, objects, requests } => {
                let report = &mut |news: run::Progress| {
                    progress.at(news.done as f64 / *requests as f64);
                    go_on(progress)
                };
                Load::draw(*workload, *objects, *requests, seed, report).map_err(|error| error.to_string())?
            }
            Source::Trace { path, format, column } => read(path, format.as_deref(), column.as_deref(), progress)?,
        };
        if progress.is_cancelled() {
            return Err("reading was cancelled".to_owned());
        }
        load.look_ahead();
        Ok(load)
    })
}

fn read(path: &Path, format: Option<&str>, column: Option<&str>, progress: &Progress) -> Loaded {
    let says = |error: &dyn fmt::Display| format!("The trace {} cannot be read: {error}", path.display());
    let format = Format::of_file(&path.to_string_lossy(), format, column).map_err(|error| says(&error))?;
    let file = File::open(path).map_err(|error| says(&error))?;
    let length = file.metadata().map_or(0, |metadata| metadata.len()).max(1);
    let consumed = Arc::new(AtomicU64::new(0));
    let counted = Counted { file, consumed: Arc::clone(&consumed) };
    let report = &mut |_| {
        progress.at(consumed.load(Ordering::Relaxed) as f64 / length as f64);
        go_on(progress)
    };
    Load::read(BufReader::with_capacity(1 << 20, counted), &format, report).map_err(|error| says(&error))
}

/// A file that tells how much of it was read.
struct Counted {
    file: File,
    consumed: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(into)?;
        self.consumed.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}
