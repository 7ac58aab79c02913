//! Every policy over the whole load: a table that fills while a job works.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::curves::FLOOR;
use super::feed::{Feed, go_on};
use super::lane::name;
use super::setup::Setup;
use crate::sim::cache::{POLICIES, find};
use crate::sim::run::{Job as CacheJob, Latency, Load, Outcome};
use crate::tui::job::{Job, News};
use crate::tui::theme::Theme;
use crate::tui::widgets::bar::bar;
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::{grouped, truncate};

/// The job's tag.
pub(super) const TAG: &str = "cache-compare";

/// So many requests are served without being asked, policies counted.
const UNASKED: usize = 20_000_000;

/// The results so far, fewest misses first.
#[derive(Debug, Default)]
pub(super) struct Compare(Feed<Outcome>);

impl Compare {
    /// The results, fewest misses first.
    pub(super) fn done(&self) -> &[Outcome] {
        &self.0.done
    }

    /// Whether a job is at work.
    pub(super) fn is_working(&self) -> bool {
        self.0.is_working()
    }

    /// Whether it costs so little that nobody needs to ask for it.
    pub(super) fn is_cheap(load: &Load) -> bool {
        load.ids().len().saturating_mul(POLICIES.len()) <= UNASKED
    }

    /// A job that runs all policies over the load.
    pub(super) fn start(&mut self, load: &Load, setup: &Setup) -> Job {
        *self = Self::default();
        let sender = self.0.begin();
        let mut load = load.clone();
        let policies = POLICIES.iter().map(|policy| policy.about.id.to_owned()).collect();
        let all = CacheJob { policies, ..setup.job() };
        let (job, _) = Job::new(TAG, move |progress| {
            let runs = match all.runs(load.distinct()) {
                Ok(runs) => runs,
                Err(error) => return drop(sender.send(Err(error.to_string()))),
            };
            for (place, run) in runs.iter().enumerate() {
                let outcome = load.simulate(*run, &all, &mut |news| {
                    let share = news.done as f64 / news.of.unwrap_or(news.done).max(1) as f64;
                    progress.at((place as f64 + share) / runs.len() as f64);
                    go_on(progress)
                });
                if progress.is_cancelled() || sender.send(outcome.map_err(|error| error.to_string())).is_err() {
                    return;
                }
            }
        });
        job
    }

    /// The job is further, or has ended.
    pub(super) fn hear(&mut self, news: News) {
        self.0.hear(news);
        self.0.done.sort_by_key(Outcome::misses);
    }

    /// Draws the table, with the progress in its frame.
    pub(super) fn draw(&self, theme: &Theme, setup: &Setup, load: &Load, area: Rect, buf: &mut Buffer) {
        let title = format!("All policies over {} requests", grouped(load.ids().len() as u64));
        let inner = Panel::new(theme, &title).note(self.note(theme, area.width)).draw(area, buf);
        let room = usize::from(inner.width);
        if let Some(failure) = self.0.failure() {
            buf.set_stringn(inner.x, inner.y, failure, room, theme.bad);
        } else if self.0.done.is_empty() && !self.is_working() {
            let why = "space runs every policy over all requests, at the same capacity.";
            buf.set_stringn(inner.x, inner.y, why, room, theme.muted);
        }
        if self.0.done.is_empty() {
            return;
        }
        let table = Table { theme, latency: setup.latency, columns: room };
        buf.set_line(inner.x, inner.y, &table.heading(), inner.width);
        let best = self.0.done.iter().find(|outcome| outcome.run.policy != FLOOR).map(Outcome::misses);
        // A line of air only where the rows leave room for it.
        let air = u16::from(usize::from(inner.height) > self.0.done.len() + 3);
        for (outcome, y) in self.0.done.iter().zip(inner.y + 1 + air..inner.bottom()) {
            let is_best = outcome.run.policy != FLOOR && Some(outcome.misses()) == best && !self.is_working();
            buf.set_line(inner.x, y, &table.row(outcome, is_best), inner.width);
        }
        let below = inner.y + 1 + air + self.0.done.len() as u16 + 1;
        if below < inner.bottom() && !self.is_working() {
            let rule = best
                .and_then(|misses| self.0.done.iter().find(|one| one.misses() == misses && one.run.policy != FLOOR));
            if let Some(about) = rule.and_then(|outcome| find(outcome.run.policy).ok()).map(|known| known.about) {
                let text = format!("{}: {} ({}).", about.title, about.rule, about.source);
                buf.set_string(inner.x, below, truncate(&text, room, theme.glyphs.ellipsis), theme.muted);
            }
        }
    }

    fn note(&self, theme: &Theme, width: u16) -> Line<'static> {
        match self.0.share() {
            None => Line::default(),
            Some(share) => {
                let [full, rest] = bar(theme, share, usize::from(width / 4).min(30), theme.accent);
                Line::from(vec![full, rest, Span::styled(format!(" {:.0} %", share * 100.0), theme.text)])
            }
        }
    }
}

/// The columns, as many as there is room for.
struct Table<'a> {
    theme: &'a Theme,
    latency: Latency,
    columns: usize,
}

/// Columns besides the bar: name, hit ratio, a gap, misses, latency, database, remark.
const FIXED: usize = 11 + 9 + 2 + 13 + 11 + 9 + 8;

impl Table<'_> {
    fn bar(&self) -> usize {
        self.columns.saturating_sub(FIXED).min(40)
    }

    fn heading(&self) -> Line<'static> {
        let text = format!(
            "{:<11}{:>9}{}{:>13}{:>11}{:>9}",
            "policy",
            "hit",
            " ".repeat(self.bar() + if self.bar() > 0 { 2 } else { 0 }),
            "misses",
            "mean",
            "database"
        );
        Line::from(Span::styled(text, self.theme.muted))
    }

    fn row(&self, outcome: &Outcome, is_best: bool) -> Line<'static> {
        let theme = self.theme;
        let is_floor = outcome.run.policy == FLOOR;
        let style = match () {
            () if is_best => theme.good.add_modifier(Modifier::BOLD),
            () if is_floor => theme.muted,
            () => theme.text,
        };
        let hit = 1.0 - outcome.miss_ratio();
        let mut spans = vec![
            Span::styled(format!("{:<11}", name(outcome.run.policy)), style),
            Span::styled(format!("{:>7.1} %", hit * 100.0), style),
        ];
        if self.bar() > 0 {
            let colour: Style = if is_best {
                theme.good
            } else if is_floor {
                theme.muted
            } else {
                theme.series[0]
            };
            spans.push(Span::raw("  "));
            spans.extend(bar(theme, hit, self.bar(), colour));
        }
        spans.push(Span::styled(format!("{:>13}", grouped(outcome.misses())), theme.text));
        spans.push(Span::styled(format!("{:>8.2} ms", outcome.mean_latency(self.latency)), theme.text));
        spans.push(Span::styled(format!("{:>7.1} %", outcome.miss_ratio() * 100.0), theme.text));
        let remark = match () {
            () if is_best => format!("  {} best", theme.glyphs.yes),
            () if is_floor => "  floor".to_owned(),
            () => String::new(),
        };
        spans.push(Span::styled(remark, style));
        Line::from(spans)
    }
}
