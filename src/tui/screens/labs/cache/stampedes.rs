//! A hot key expires under many clients: what the database gets, under each protection.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::bench::{Bench, TABLE, Trial};
use super::knobs::Knob;
use crate::sim::strategy::{Protection, Stampede, StampedeReport, stampede};
use crate::tui::theme::Theme;
use crate::tui::widgets::bar::bar;
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::grouped;
use crate::tui::widgets::wrap::wrap;

/// The job's tag.
pub(super) const TAG: &str = "cache-stampedes";

/// The set-up, and what comes of it under each protection.
pub(super) type Stampedes = Bench<Stampede>;

impl Trial for Stampede {
    type Report = StampedeReport;
    type Case = Protection;

    const TAG: &'static str = TAG;
    const KNOBS: &'static [Knob<Self>] = &[
        Knob::new(
            "clients",
            "",
            &[10.0, 50.0, 100.0, 500.0, 1000.0, 2000.0],
            |setup| f64::from(setup.clients),
            |setup, value| setup.clients = value as u32,
        ),
        Knob::new(
            "hot keys",
            "",
            &[1.0, 10.0, 100.0, 500.0],
            |setup| f64::from(setup.keys),
            |setup, value| setup.keys = value as u32,
        ),
        Knob::new(
            "pause of a client",
            "ms",
            &[5.0, 20.0, 50.0, 200.0, 1000.0],
            |setup| setup.pause,
            |setup, value| setup.pause = value,
        ),
        Knob::new(
            "entries live",
            "ms",
            &[200.0, 500.0, 1000.0, 2000.0, 4000.0],
            |setup| setup.ttl,
            |setup, value| setup.ttl = value,
        ),
        Knob::new(
            "a load takes",
            "ms",
            &[10.0, 20.0, 50.0, 100.0, 200.0, 500.0],
            |setup| setup.load,
            |setup, value| setup.load = value,
        ),
        Knob::new(
            "loads at a time",
            "",
            &[1.0, 5.0, 10.0, 50.0, 500.0],
            |setup| f64::from(setup.at_a_time),
            |setup, value| setup.at_a_time = value as u32,
        ),
    ];
    const CASES: &'static [Protection] = &Protection::ALL;

    fn run(&self, case: Protection) -> StampedeReport {
        stampede(self, case)
    }
}

impl Stampedes {
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
        let left = self.draw_setup(theme, area, buf);
        let lower = Rect { height: left.height.min(TABLE), ..left };
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
