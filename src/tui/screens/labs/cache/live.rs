//! The caches at work: time, speed, and the drawing of policies and charts.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::curves::Curves;
use super::lane::{LaneBox, name};
use super::pace::Pace;
use super::setup::Setup;
use crate::sim::replay::{Lane, Replay, Wanted};
use crate::sim::run::{Load, RunError};
use crate::tui::screen::Cx;
use crate::tui::theme::Theme;
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::plot::{Plot, Series, legend, sign};
use crate::tui::widgets::text::grouped;

/// From so many columns on policies stand side by side, and charts.
const SIDE_BY_SIDE: u16 = 70;

/// Rows in which a policy is drawn well.
const LANE: u16 = 11;

/// From so many rows on there are charts.
const WITH_CHARTS: u16 = 15;

/// The caches, and how fast time goes.
#[derive(Debug)]
pub(super) struct Live {
    pub(super) replay: Replay,
    pub(super) pace: Pace,
    /// What is looked for ahead, in the chosen cache.
    pub(super) sought: Option<Wanted>,
    /// The chosen cache.
    pub(super) focus: usize,
}

impl Live {
    /// Caches at the beginning, with the pace of those before them.
    pub(super) fn new(load: Load, setup: &Setup, pace: Pace) -> Result<Self, RunError> {
        Ok(Self { replay: Replay::new(load, &setup.job())?, pace, sought: None, focus: 0 })
    }

    /// Goes so many requests forward.
    pub(super) fn forward(&mut self, requests: usize) {
        self.sought = None;
        self.replay.advance(requests);
        self.work();
    }

    /// Goes so many requests back.
    pub(super) fn back(&mut self, requests: usize) {
        self.sought = None;
        self.pace.is_running = false;
        self.replay.back(requests);
        self.work();
    }

    /// Looks for the next miss or eviction of the chosen cache.
    pub(super) fn seek(&mut self, wanted: Wanted) {
        self.pace.is_running = false;
        if self.replay.at() == self.replay.goal() {
            self.sought = Some(wanted);
            self.work();
        }
    }

    /// Time has passed.
    pub(super) fn wake(&mut self, awake: Duration) {
        let due = self.pace.due(awake);
        if self.replay.at() == self.replay.goal() && self.sought.is_none() {
            self.replay.advance(due);
        }
        self.work();
        if self.pace.is_running && self.replay.at() == self.replay.len() {
            self.pace.is_running = false;
        }
    }

    /// A portion of what is to be done.
    fn work(&mut self) {
        let portion = self.pace.portion(self.replay.lanes().len());
        if self.replay.at() < self.replay.goal() {
            self.replay.serve(portion);
        } else if let Some(wanted) = self.sought
            // Single steps tell what they do, which takes longer.
            && self.replay.seek(self.focus, wanted, portion.div_ceil(8))
        {
            self.sought = None;
        }
        self.pace.worked(self.sought.is_some() || self.replay.at() < self.replay.goal());
    }

    /// What the header says: the speed and the time.
    pub(super) fn status(&self, theme: &Theme) -> Line<'static> {
        let glyphs = &theme.glyphs;
        let (at, goal) = (self.replay.at(), self.replay.goal());
        let state = match self.pace.speed() {
            _ if at < goal => format!("catching up, {:.0} %", 100.0 * at as f64 / goal.max(1) as f64),
            _ if self.sought.is_some() => "looking ahead".to_owned(),
            _ if at == self.replay.len() => "at the end".to_owned(),
            Some(speed) if self.pace.is_running => format!("{} {}/s", glyphs.selected, grouped(u64::from(speed))),
            None if self.pace.is_running => format!("{} full speed", glyphs.selected),
            Some(speed) => format!("paused {} {}/s", glyphs.dot, grouped(u64::from(speed))),
            None => format!("paused {} full speed", glyphs.dot),
        };
        let style = if self.pace.is_running { theme.accent } else { theme.muted };
        Line::from(vec![Span::styled(state, style), Span::styled(format!("   t {}", grouped(at as u64)), theme.text)])
    }

    /// Draws the policies and, where there is room, the charts.
    pub(super) fn draw(&self, cx: &Cx<'_>, setup: &Setup, curves: &Curves, area: Rect, buf: &mut Buffer) {
        let has_charts = area.height >= WITH_CHARTS;
        let rows = if self.replay.lanes().len() > 2 { 2 } else { 1 };
        let left_over = area.height.saturating_sub(rows * LANE);
        let charts = if has_charts { left_over.clamp(7, (area.height * 3 / 5).max(7)) } else { 0 };
        let top = Rect { height: area.height - charts, ..area };
        self.draw_lanes(cx.theme, setup, top, buf);
        if has_charts {
            let bottom = Rect { y: top.bottom(), height: charts, ..area };
            let [left, right] = if area.width >= SIDE_BY_SIDE { halves(bottom) } else { [bottom, Rect::ZERO] };
            self.draw_history(cx.theme, left, buf);
            if !right.is_empty() {
                curves.draw(cx, setup, self, right, buf);
            }
        }
    }

    fn draw_lanes(&self, theme: &Theme, setup: &Setup, area: Rect, buf: &mut Buffer) {
        let lanes = self.replay.lanes();
        let all = area.width >= SIDE_BY_SIDE;
        let shown: Vec<usize> = if all { (0..lanes.len()).collect() } else { vec![self.focus] };
        // Without points: only the looks of the lines count here.
        let lines = self.series(theme, 0);
        for (place, area) in shown.iter().zip(places(area, shown.len())) {
            let lane = &lanes[*place];
            let hidden = if all { String::new() } else { format!(" ({} of {})", place + 1, lanes.len()) };
            LaneBox {
                theme,
                lane,
                outcome: self.replay.outcome(lane),
                latency: setup.latency,
                style: theme.series[*place],
                sign: sign(theme, &lines, *place),
                is_focused: *place == self.focus && lanes.len() > 1,
                place: hidden,
            }
            .draw(area, buf);
        }
    }

    fn draw_history(&self, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let points = usize::from(area.width) * 2;
        let series: Vec<Series> = self.series(theme, points);
        let inner =
            Panel::new(theme, "Hit ratio over time").note(legend_that_fits(theme, &series, area, 19)).draw(area, buf);
        if self.replay.at() == 0 {
            buf.set_stringn(inner.x, inner.y, "Nothing was served yet.", inner.width.into(), theme.muted);
            return;
        }
        let columns = ["t 0".to_owned(), grouped(self.replay.at() as u64)];
        let rows = ["100 %", "50 %", "0 %"];
        Plot { theme, series: &series, rows, columns: &columns, cursor: None }.draw(inner, buf);
    }

    /// The hit ratios over time, a line a policy.
    pub(super) fn series(&self, theme: &Theme, points: usize) -> Vec<Series> {
        let series = |(place, lane): (usize, &Lane)| Series {
            name: name(lane.about.id),
            style: theme.series[place],
            points: self.replay.hit_ratios(lane, points),
        };
        self.replay.lanes().iter().enumerate().map(series).collect()
    }

    /// The style of a policy, where it is shown.
    pub(super) fn style(&self, theme: &Theme, policy: &str) -> Option<Style> {
        let place = self.replay.lanes().iter().position(|lane| lane.about.id == policy)?;
        Some(theme.series[place])
    }
}

/// The legend where it fits beside a title of so many columns.
pub(super) fn legend_that_fits(theme: &Theme, series: &[Series], area: Rect, title: u16) -> Line<'static> {
    let line = legend(theme, series);
    if line.width() + usize::from(title) + 6 <= usize::from(area.width) { line } else { Line::default() }
}

/// Where one to four things stand.
fn places(area: Rect, count: usize) -> Vec<Rect> {
    match count {
        0 => Vec::new(),
        1 => vec![area],
        2 => halves(area).to_vec(),
        _ => {
            let upper = Rect { height: area.height / 2, ..area };
            let lower = Rect { y: upper.bottom(), height: area.height - upper.height, ..area };
            let below = if count == 3 { vec![lower] } else { halves(lower).to_vec() };
            halves(upper).into_iter().chain(below).collect()
        }
    }
}

fn halves(area: Rect) -> [Rect; 2] {
    let left = Rect { width: area.width / 2, ..area };
    [left, Rect { x: left.right(), width: area.width - left.width, ..area }]
}
