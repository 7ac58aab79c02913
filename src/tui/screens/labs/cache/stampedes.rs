//! A hot key expires under many clients: what the database gets, under each protection.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::knobs::{self, Knob};
use crate::sim::strategy::{Protection, Stampede, StampedeReport, stampede};
use crate::tui::job::{Inbox, Job};
use crate::tui::theme::Theme;
use crate::tui::widgets::bar::bar;
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::grouped;
use crate::tui::widgets::wrap::wrap;

/// Rows of the table with its findings.
const TABLE: u16 = 14;

/// The job's tag.
pub(super) const TAG: &str = "cache-stampedes";

const KNOBS: &[Knob<Stampede>] = &[
    Knob {
        name: "clients",
        unit: "",
        none: "",
        values: &[Some(10.0), Some(50.0), Some(100.0), Some(500.0), Some(1000.0), Some(2000.0)],
        get: |setup| Some(f64::from(setup.clients)),
        set: |setup, value| setup.clients = value.unwrap_or(1.0) as u32,
    },
    Knob {
        name: "hot keys",
        unit: "",
        none: "",
        values: &[Some(1.0), Some(10.0), Some(100.0), Some(500.0)],
        get: |setup| Some(f64::from(setup.keys)),
        set: |setup, value| setup.keys = value.unwrap_or(1.0) as u32,
    },
    Knob {
        name: "pause of a client",
        unit: "ms",
        none: "",
        values: &[Some(5.0), Some(20.0), Some(50.0), Some(200.0), Some(1000.0)],
        get: |setup| Some(setup.pause),
        set: |setup, value| setup.pause = value.unwrap_or(50.0),
    },
    Knob {
        name: "entries live",
        unit: "ms",
        none: "",
        values: &[Some(200.0), Some(500.0), Some(1000.0), Some(2000.0), Some(4000.0)],
        get: |setup| Some(setup.ttl),
        set: |setup, value| setup.ttl = value.unwrap_or(1000.0),
    },
    Knob {
        name: "a load takes",
        unit: "ms",
        none: "",
        values: &[Some(10.0), Some(20.0), Some(50.0), Some(100.0), Some(200.0), Some(500.0)],
        get: |setup| Some(setup.load),
        set: |setup, value| setup.load = value.unwrap_or(100.0),
    },
    Knob {
        name: "loads at a time",
        unit: "",
        none: "",
        values: &[Some(1.0), Some(5.0), Some(10.0), Some(50.0), Some(500.0)],
        get: |setup| Some(f64::from(setup.at_a_time)),
        set: |setup, value| setup.at_a_time = value.unwrap_or(10.0) as u32,
    },
];

/// The set-up and what came of it.
#[derive(Debug, Default)]
pub(super) struct Stampedes {
    setup: Stampede,
    selected: usize,
    results: Vec<StampedeReport>,
    inbox: Option<Inbox<Vec<StampedeReport>>>,
}

impl Stampedes {
    /// Whether nothing was run yet.
    pub(super) fn is_empty(&self) -> bool {
        self.results.is_empty() && self.inbox.is_none()
    }

    /// Selects another parameter.
    pub(super) fn step(&mut self, by: isize) {
        self.selected = knobs::step(self.selected, by, KNOBS.len());
    }

    /// Turns the selected parameter and runs all anew.
    pub(super) fn turn(&mut self, by: isize) -> Job {
        knobs::turn(&KNOBS[self.selected], &mut self.setup, by);
        self.start()
    }

    /// A job that runs the stampede under every protection.
    pub(super) fn start(&mut self) -> Job {
        let setup = self.setup;
        let (job, inbox) = Job::new(TAG, move |progress| {
            let wanted = Protection::ALL.into_iter().take_while(|_| !progress.is_cancelled());
            wanted.map(|protection| stampede(&setup, protection)).collect()
        });
        self.inbox = Some(inbox);
        job
    }

    /// The job has ended, or was stopped; half of the results are none.
    pub(super) fn ended(&mut self) {
        if let Some(results) = self.inbox.as_ref().and_then(Inbox::take)
            && results.len() == Protection::ALL.len()
        {
            self.results = results;
        }
    }

    /// The command that prints the same.
    pub(super) fn command(&self) -> String {
        let Stampede { clients, keys, pause, ttl, load, at_a_time, duration, seed } = self.setup;
        format!(
            "sysdrill sim strategy --stampede --clients {clients} --keys {keys} --pause {pause} --ttl {ttl} \
             --load-ms {load} --at-a-time {at_a_time} --duration {duration} --seed {seed}"
        )
    }

    /// Draws parameters, table and findings.
    pub(super) fn draw(&self, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let rows = knobs::height(KNOBS.len(), Panel::inner(area).width);
        let upper = Rect { height: (rows + 2).min(area.height), ..area };
        let inner = Panel::new(theme, "Set-up").focused(true).draw(upper, buf);
        knobs::draw(theme, KNOBS, &self.setup, self.selected, inner, buf);
        let lower = Rect { y: upper.bottom(), height: (area.height - upper.height).min(TABLE), ..area };
        if lower.height < 3 {
            return;
        }
        let inner = Panel::new(theme, "The same stampede under each protection").draw(lower, buf);
        let heading = format!("{:<14}{:>10}{:>9}{:>11}{:>11}  at once", "", "requests", "loads", "mean ms", "longest");
        buf.set_string(inner.x, inner.y, heading, theme.muted);
        let most = self.results.iter().map(|report| report.most_at_once).max().unwrap_or(1).max(1);
        for (report, y) in self.results.iter().zip(inner.y + 1..inner.bottom()) {
            buf.set_line(inner.x, y, &row(theme, report, most, usize::from(inner.width)), inner.width);
        }
        let below = inner.y + 2 + Protection::ALL.len() as u16;
        let sentences = self.findings().join(" ");
        for (line, y) in wrap(&sentences, usize::from(inner.width) - 2).iter().zip(below..inner.bottom()) {
            buf.set_string(inner.x, y, line, theme.muted);
        }
    }

    /// What is worth a look in the table, in sentences.
    fn findings(&self) -> Vec<String> {
        let [none, single, jitter, early] = self.results.as_slice() else { return Vec::new() };
        let mut findings = vec![format!(
            "Unprotected, {} loads are under way or queued at one moment, and someone waits {} ms.",
            grouped(none.most_at_once),
            grouped(none.latency.longest as u64)
        )];
        findings.push(format!("Single flight needs {} at most.", grouped(single.most_at_once)));
        if self.setup.keys == 1 && jitter.most_at_once * 2 > none.most_at_once {
            findings.push(
                "Jitter spreads keys that would expire together; one key has nobody to be apart from.".to_owned(),
            );
        }
        if early.most_at_once < none.most_at_once {
            findings.push("Early refresh reloads before the expiry, the likelier the nearer it is.".to_owned());
        }
        findings
    }
}

fn row(theme: &Theme, report: &StampedeReport, most: u64, columns: usize) -> Line<'static> {
    let share = report.most_at_once as f64 / most as f64;
    let style = if report.most_at_once == most { theme.bad } else { theme.good };
    let mut spans = vec![
        Span::styled(format!("{:<14}", report.protection.id()), theme.text.add_modifier(Modifier::BOLD)),
        Span::styled(format!("{:>10}", grouped(report.requests)), theme.text),
        Span::styled(format!("{:>9}", grouped(report.loads)), theme.text),
        Span::styled(format!("{:>11.1}", report.latency.mean), theme.text),
        Span::styled(format!("{:>11.0}  ", report.latency.longest), theme.text),
    ];
    spans.extend(bar(theme, share, columns.saturating_sub(65).min(40), style));
    spans.push(Span::styled(format!("{:>6}", grouped(report.most_at_once)), style));
    Line::from(spans)
}
