//! What becomes of an effect.

use std::collections::VecDeque;

use crate::config::{GlyphChoice, ThemeChoice};
use crate::tui::effect::{Effect, Notice, Record, Setting, Tone};
use crate::tui::host::{Host, Ticket};
use crate::tui::job::{Job, News};
use crate::tui::route::Route;
use crate::tui::screen::{Refusal, Reply};
use crate::tui::widgets::text::truncate;

use super::looks::{GLYPHS, THEME, theme_for, word_of};
use super::stack::LayerId;
use super::{App, RunningJob, globals};

/// An effect and the screen that wants it.
type Wanted = (LayerId, Effect);

impl<H: Host> App<H> {
    /// Carries out effects in order, and those that their answers bring.
    pub(super) fn perform(&mut self, origin: LayerId, effects: Vec<Effect>) {
        let mut queue: VecDeque<Wanted> = effects.into_iter().map(|effect| (origin, effect)).collect();
        while let Some((origin, effect)) = queue.pop_front() {
            queue.extend(self.carry_out(origin, effect));
            for (ticket, news) in self.host.take_news() {
                queue.extend(self.answer_news(ticket, news));
            }
        }
    }

    fn carry_out(&mut self, origin: LayerId, effect: Effect) -> Vec<Wanted> {
        match effect {
            Effect::Push(page) => {
                let id = LayerId(self.next_id());
                self.tabs[self.active].push(id, page);
                Vec::new()
            }
            Effect::Pop => {
                self.leave(origin);
                Vec::new()
            }
            Effect::Go(route) => {
                self.leave_popups();
                if let Err(refusal) = self.go(&route) {
                    self.notify_refusal(&refusal);
                }
                Vec::new()
            }
            Effect::Run(id) => self.run_below(origin, id),
            Effect::Quit => {
                self.end(self.now);
                Vec::new()
            }
            Effect::Save(record) => {
                let result = self.host.save(record, self.now);
                self.answer(origin, Reply::Saved(result))
            }
            Effect::Start(job) => {
                self.start(origin, job);
                Vec::new()
            }
            Effect::Cancel(tag) => {
                self.cancel(|job| job.owner == origin && job.tag == tag);
                Vec::new()
            }
            Effect::Copy(text) => {
                let notice = match self.host.copy(&text) {
                    Ok(()) => Notice { tone: Tone::Good, text: format!("Copied: {}", first_line(&text)) },
                    Err(problem) => Notice { tone: Tone::Bad, text: problem },
                };
                self.notify(notice);
                Vec::new()
            }
            Effect::Export { name, contents } => {
                let result = self.host.export(&name, &contents);
                self.notify(match &result {
                    Ok(path) => Notice { tone: Tone::Good, text: format!("Written to {}.", path.display()) },
                    Err(problem) => Notice { tone: Tone::Bad, text: problem.clone() },
                });
                self.answer(origin, Reply::Exported(result))
            }
            Effect::Edit(edit) => {
                let result = self.host.edit(&edit);
                self.answer(origin, Reply::Edited(result))
            }
            Effect::Ring => {
                self.host.ring();
                Vec::new()
            }
            Effect::Notify(notice) => {
                self.notify(notice);
                Vec::new()
            }
            Effect::Set(setting) => {
                self.set(setting);
                Vec::new()
            }
        }
    }

    /// A choice made in the app is remembered with the progress; one in the configuration file wins at the next
    /// start.
    fn set(&mut self, setting: Setting) {
        let (key, value) = match setting {
            Setting::Theme(choice) => {
                self.config.theme = choice;
                (THEME, word_of(choice, ThemeChoice::ALL))
            }
            Setting::Glyphs(choice) => {
                self.config.glyphs = choice;
                (GLYPHS, word_of(choice, GlyphChoice::ALL))
            }
        };
        self.theme = theme_for(&self.config, self.looks);
        let record = Record::Memory { key: key.to_owned(), value: value.to_owned() };
        if let Err(problem) = self.host.save(record, self.now) {
            self.notify(Notice { tone: Tone::Bad, text: problem });
        }
    }

    /// Leaves the screen that asks and runs a command of the one below, or of the app.
    fn run_below(&mut self, origin: LayerId, id: &str) -> Vec<Wanted> {
        self.leave(origin);
        if let Some(binding) = globals::KEYS.iter().find(|binding| binding.id == id) {
            self.run_global(binding.command);
            return Vec::new();
        }
        let Some(top) = self.tabs[self.active].top() else { return Vec::new() };
        let below = top.id;
        let place = top.layer.hints().iter().position(|hint| hint.id == id && hint.available);
        let run = |place| self.with(below, |layer, cx| layer.run(cx, place));
        let effects = place.and_then(run).unwrap_or_default();
        effects.into_iter().map(|effect| (below, effect)).collect()
    }

    fn start(&mut self, owner: LayerId, job: Job) {
        let tag = job.tag;
        self.cancel(|job| job.owner == owner && job.tag == tag);
        let ticket = Ticket(self.next_id());
        let stop = self.host.start(ticket, job);
        self.jobs.insert(ticket, RunningJob { owner, tag, stop });
    }

    fn cancel(&mut self, which: impl Fn(&RunningJob) -> bool) {
        self.jobs.values().filter(|job| which(job)).for_each(|job| job.stop.stop());
    }

    pub(super) fn deliver_news(&mut self, ticket: Ticket, news: News) {
        if let Some(owner) = self.jobs.get(&ticket).map(|job| job.owner) {
            let effects = self.answer_news(ticket, news).into_iter().map(|(_, effect)| effect).collect();
            self.perform(owner, effects);
        }
    }

    fn answer_news(&mut self, ticket: Ticket, news: News) -> Vec<Wanted> {
        let Some(job) = self.jobs.get(&ticket) else { return Vec::new() };
        let (owner, tag) = (job.owner, job.tag);
        if news == News::Ended {
            self.jobs.remove(&ticket);
        }
        self.answer(owner, Reply::Job(tag, news))
    }

    fn answer(&mut self, id: LayerId, reply: Reply) -> Vec<Wanted> {
        let effects = self.with(id, |layer, cx| layer.receive(cx, reply)).unwrap_or_default();
        effects.into_iter().map(|effect| (id, effect)).collect()
    }

    /// Tells a screen something and carries out what it wants done about it.
    pub(super) fn tell(&mut self, id: LayerId, reply: Reply) {
        let effects = self.with(id, |layer, cx| layer.receive(cx, reply)).unwrap_or_default();
        self.perform(id, effects);
    }

    pub(super) fn tell_top(&mut self, reply: Reply) {
        if let Some(id) = self.top_id() {
            self.tell(id, reply);
        }
    }

    /// Goes to a tab, or puts the screen that the route names on top.
    pub(super) fn go(&mut self, route: &Route) -> Result<(), Refusal> {
        if let Some(tab) = self.tabs.iter().position(|tab| tab.entry.name == route.screen)
            && route.argument.is_none()
        {
            self.show_tab(tab)?;
            if let Some(above_root) = self.tabs[tab].layers.get(1).map(|stacked| stacked.id) {
                self.leave(above_root);
            } else {
                self.tell_top(Reply::Shown);
            }
            return Ok(());
        }
        let known = self.screens.iter().find_map(|entry| Some((entry, route.within(entry.name)?)));
        let (entry, argument) = known.ok_or_else(|| {
            let names = self.screens.iter().map(|entry| entry.name).collect::<Vec<_>>().join(", ");
            Refusal(format!("There is no screen `{route}`. There are {names}."))
        })?;
        let page = entry.open(&self.cx(), argument)?;
        let id = LayerId(self.next_id());
        self.tabs[self.active].push(id, page);
        self.tell(id, Reply::Opened);
        Ok(())
    }

    /// Shows a tab, opening its root the first time.
    pub(super) fn show_tab(&mut self, tab: usize) -> Result<(), Refusal> {
        if self.tabs[tab].layers.is_empty() {
            let page = self.tabs[tab].entry.open(&self.cx(), None)?;
            let id = LayerId(self.next_id());
            self.tabs[tab].push(id, page);
        }
        self.active = tab;
        Ok(())
    }

    /// Leaves a screen and everything above it, stopping their jobs; the one below is told.
    pub(super) fn leave(&mut self, id: LayerId) {
        let Some(tab) = self.tabs.iter().position(|tab| tab.layers.iter().any(|stacked| stacked.id == id)) else {
            return;
        };
        for closing in self.tabs[tab].from(id) {
            self.close(closing);
        }
        let gone = self.tabs[tab].leave(id);
        if gone.is_empty() {
            return;
        }
        self.cancel(|job| gone.contains(&job.owner));
        self.jobs.retain(|_, job| !gone.contains(&job.owner));
        if tab == self.active {
            self.tell_top(Reply::Shown);
        }
    }

    /// Lets a screen that is about to be left save what it has; more than that it cannot ask for any more.
    pub(super) fn close(&mut self, id: LayerId) {
        let mut effects = self.with(id, |layer, cx| layer.receive(cx, Reply::Closing)).unwrap_or_default();
        effects.retain(|effect| matches!(effect, Effect::Save(_)));
        self.perform(id, effects);
    }

    fn leave_popups(&mut self) {
        while let Some(top) = self.tabs[self.active].top()
            && top.layer.is_popup()
        {
            self.leave(top.id);
        }
    }

    pub(super) fn notify_refusal(&mut self, refusal: &Refusal) {
        self.notify(Notice { tone: Tone::Bad, text: refusal.to_string() });
    }
}

/// As much of a text as a toast has room for.
fn first_line(text: &str) -> String {
    truncate(text.lines().next().unwrap_or_default(), 48, "…")
}
