//! What the app needs from the machine, behind one trait, so that tests, `sysdrill frame` and the terminal drive
//! the same app.

use std::path::PathBuf;

use crate::time::Now;

use super::effect::{Edit, Record};
use super::job::{Job, News, Stop};
use super::world::World;

/// Carries out the effects that reach outside the app. Errors are sentences with a remedy.
pub trait Host {
    /// What screens look at.
    fn world(&self) -> &World;

    /// Writes a record down; it is on disk when this returns `Ok`.
    ///
    /// # Errors
    /// Says why it could not be written; nothing was changed then.
    fn save(&mut self, record: Record, now: Now) -> Result<(), String>;

    /// Begins a job; its news are to be handed to [`App::news`](super::app::App::news) under this ticket.
    fn start(&mut self, ticket: Ticket, job: Job) -> Stop;

    /// Puts a text on the clipboard.
    ///
    /// # Errors
    /// Says why there is none.
    fn copy(&mut self, text: &str) -> Result<(), String>;

    /// Writes a file into the folder where the app was started, never over another.
    ///
    /// # Errors
    /// Says why it could not be written.
    fn export(&mut self, name: &str, contents: &str) -> Result<PathBuf, String>;

    /// Rings the bell, where there is one.
    fn ring(&mut self);

    /// Lends the terminal to `$EDITOR` and returns the text afterwards.
    ///
    /// # Errors
    /// Says why there is no text.
    fn edit(&mut self, edit: &Edit) -> Result<String, String>;

    /// News that have come in since the last call, in order. A host that works on threads hands them over through
    /// its loop and returns none here.
    fn take_news(&mut self) -> Vec<(Ticket, News)> {
        Vec::new()
    }
}

/// Names a running job to the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// A host without a terminal: jobs run at once, copies and exports are kept in memory, and there is no editor.
#[derive(Debug)]
pub struct Scratch {
    /// What screens look at.
    pub world: World,
    /// What was saved, in order.
    pub saved: Vec<Record>,
    /// What was copied, in order.
    pub copied: Vec<String>,
    /// What was exported, in order.
    pub exported: Vec<(String, String)>,
    /// How often the bell was rung.
    pub rung: usize,
    /// Why nothing can be saved, to see what becomes of that.
    pub obstacle: Option<String>,
    news: Vec<(Ticket, News)>,
}

impl Scratch {
    /// A host over a world.
    pub fn over(world: World) -> Self {
        Self {
            world,
            saved: Vec::new(),
            copied: Vec::new(),
            exported: Vec::new(),
            rung: 0,
            obstacle: None,
            news: Vec::new(),
        }
    }
}

impl Host for Scratch {
    fn world(&self) -> &World {
        &self.world
    }

    fn save(&mut self, record: Record, now: Now) -> Result<(), String> {
        if let Some(obstacle) = &self.obstacle {
            return Err(obstacle.clone());
        }
        self.world.save(&record, now)?;
        self.saved.push(record);
        Ok(())
    }

    fn start(&mut self, ticket: Ticket, job: Job) -> Stop {
        let stop = Stop::default();
        let (sender, receiver) = std::sync::mpsc::channel();
        job.perform(&stop, move |news| {
            // The receiver lives until this function returns.
            let _ = sender.send(news);
        });
        self.news.extend(receiver.iter().map(|news| (ticket, news)));
        stop
    }

    fn copy(&mut self, text: &str) -> Result<(), String> {
        self.copied.push(text.to_owned());
        Ok(())
    }

    fn export(&mut self, name: &str, contents: &str) -> Result<PathBuf, String> {
        self.exported.push((name.to_owned(), contents.to_owned()));
        Ok(PathBuf::from(name))
    }

    fn ring(&mut self) {
        self.rung += 1;
    }

    fn edit(&mut self, _edit: &Edit) -> Result<String, String> {
        Err("There is no editor without a terminal.".to_owned())
    }

    fn take_news(&mut self) -> Vec<(Ticket, News)> {
        std::mem::take(&mut self.news)
    }
}
