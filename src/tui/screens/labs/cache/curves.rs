//! Miss ratio by cache size: computed by a job, drawn with Belady's optimum as the floor.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::feed::{Feed, go_on};
use super::lane::name;
use super::live::{Live, legend_that_fits};
use super::setup::Setup;
use super::view::progress;
use crate::sim::curve::{Curve, capacities};
use crate::sim::run::Load;
use crate::tui::job::{Job, News};
use crate::tui::screen::Cx;
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::plot::{Plot, Series};
use crate::tui::widgets::text::grouped;
use crate::tui::widgets::wrap::wrap;

/// The job's tag.
pub(super) const TAG: &str = "cache-curves";

/// Sizes on a curve.
const SIZES: usize = 20;

/// The policy that looks ahead: no other can beat it, and it is no rival of theirs.
pub(super) const FLOOR: &str = "opt";

/// So many requests are served without being asked, sizes and policies counted.
const UNASKED: usize = 40_000_000;

/// What is known of the curves of the present load.
#[derive(Debug, Default)]
pub(super) struct Curves(Feed<Curve>);

impl Curves {
    /// Those that are computed, for export.
    pub(super) fn done(&self) -> &[Curve] {
        &self.0.done
    }

    /// Whether a job is at work.
    pub(super) fn is_working(&self) -> bool {
        self.0.is_working()
    }

    /// Whether those that are missing cost so little that nobody needs to ask for them.
    pub(super) fn is_cheap(&self, load: &Load, setup: &Setup) -> bool {
        load.ids().len().saturating_mul(SIZES * self.missing(setup).len()) <= UNASKED
    }

    /// A job for the curves that are missing; none if there are all.
    pub(super) fn start(&mut self, load: &Load, setup: &Setup) -> Option<Job> {
        let missing = self.missing(setup);
        if missing.is_empty() {
            return None;
        }
        let sender = self.0.begin();
        let (mut load, run) = (load.clone(), setup.job());
        let (job, _) = Job::new(TAG, move |progress| {
            let sizes = capacities(load.distinct(), SIZES);
            let of = (missing.len() * sizes.len()) as f64;
            for (place, policy) in missing.iter().enumerate() {
                let curve = load.curve(policy, &sizes, &run, &mut |news| {
                    progress.at((place * sizes.len()) as f64 / of + news.done as f64 / of);
                    go_on(progress)
                });
                // Whoever left the lab has dropped the receiver.
                let went_on = sender.send(curve.map_err(|error| error.to_string())).is_ok();
                if !went_on || progress.is_cancelled() {
                    return;
                }
            }
        });
        Some(job)
    }

    /// The job is further, or has ended.
    pub(super) fn hear(&mut self, news: News) {
        self.0.hear(news);
    }

    fn missing(&self, setup: &Setup) -> Vec<String> {
        let wanted = setup.policies.iter().map(String::as_str).chain([FLOOR]);
        let mut missing: Vec<String> = Vec::new();
        for policy in wanted {
            let known =
                self.0.done.iter().any(|curve| curve.policy == policy) || missing.iter().any(|one| one == policy);
            if !known {
                missing.push(policy.to_owned());
            }
        }
        missing
    }

    /// Draws the chart, or how far it is, or which key asks for it.
    pub(super) fn draw(&self, cx: &Cx<'_>, setup: &Setup, live: &Live, area: Rect, buf: &mut Buffer) {
        let theme = cx.theme;
        let distinct = live.replay.load().distinct();
        let series = self.series(cx, setup, live);
        let title = if area.width < 56 { "Misses by size" } else { "Miss ratio by cache size" };
        let note = legend_that_fits(theme, &series, area, title.len() as u16);
        let inner = Panel::new(theme, title).note(note).draw(area, buf);
        let room = usize::from(inner.width);
        if let (Some(share), false) = (self.0.share(), series.len() > 1) {
            buf.set_stringn(inner.x, inner.y, "Every size is simulated.", room, theme.muted);
            buf.set_line(inner.x, inner.y + 1, &progress(theme, share, room, 40), inner.width);
            return;
        }
        if series.is_empty() {
            let why = self.0.failure().unwrap_or("g computes it: each size is simulated over all requests.");
            for (line, y) in wrap(why, room).iter().zip(inner.y..inner.bottom()) {
                buf.set_string(inner.x, y, line, theme.muted);
            }
            return;
        }
        let middle = (distinct as f64).sqrt().round() as u64;
        let columns = ["1".to_owned(), grouped(middle), format!("{} keys", grouped(distinct as u64))];
        let capacity = setup.capacity.of(distinct);
        let cursor = Some(place(capacity, distinct));
        let rows = ["100 %", "50 %", "0 %"];
        Plot { theme, series: &series, rows, columns: &columns, cursor }.draw(inner, buf);
    }

    /// The curves of the policies that are shown, and the floor.
    fn series(&self, cx: &Cx<'_>, setup: &Setup, live: &Live) -> Vec<Series> {
        let distinct = live.replay.load().distinct();
        let mut series = Vec::new();
        for policy in setup.policies.iter().map(String::as_str).chain([FLOOR]) {
            let Some(curve) = self.0.done.iter().find(|curve| curve.policy == policy) else { continue };
            let title = name(policy);
            if series.iter().any(|one: &Series| one.name == title) {
                continue;
            }
            let points = curve.points.iter().map(|point| (place(point.capacity, distinct), point.miss_ratio)).collect();
            let style = live.style(cx.theme, policy).unwrap_or(cx.theme.muted);
            series.push(Series { name: title, style, points });
        }
        series
    }
}

/// Where a size stands on the logarithmic axis.
fn place(capacity: usize, distinct: usize) -> f64 {
    (capacity.max(1) as f64).ln() / (distinct.max(2) as f64).ln()
}
