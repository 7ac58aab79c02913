//! Who writes what when: all strategies over one set-up, side by side.

use std::fmt;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::bench::{Bench, TABLE, Trial};
use super::knobs::Knob;
use crate::sim::strategy::{Report, Setup, Strategy, run};
use crate::tui::theme::Theme;
use crate::tui::widgets::bar::bar;
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::{grouped, truncate};
use crate::tui::widgets::wrap::wrap;

/// The job's tag.
pub(super) const TAG: &str = "cache-strategies";

/// Rows of the bars below the table.
const CHARTS: u16 = 9;

/// A figure of a report, by name.
type Figure = (&'static str, fn(&Report) -> f64);

/// The set-up, and what each strategy makes of it.
pub(super) type Strategies = Bench<Setup>;

impl Trial for Setup {
    type Report = (Strategy, Report);
    type Case = Strategy;

    const TAG: &'static str = TAG;
    const KNOBS: &'static [Knob<Self>] = &[
        Knob::new(
            "keys",
            "",
            &[1.0, 10.0, 100.0, 1000.0, 10_000.0],
            |setup| f64::from(setup.keys),
            |setup, value| setup.keys = value as u32,
        ),
        Knob::new(
            "a request every",
            "ms",
            &[0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 20.0],
            |setup| setup.interval,
            |setup, value| setup.interval = value,
        ),
        Knob::new(
            "writes among them",
            "%",
            &[0.0, 1.0, 5.0, 10.0, 25.0, 50.0, 90.0],
            |setup| (setup.writes * 100.0).round(),
            |setup, value| setup.writes = value / 100.0,
        ),
        Knob::optional(
            "entries live",
            "for ever",
            "ms",
            &[Some(50.0), Some(200.0), Some(1000.0), Some(5000.0), Some(20_000.0), None],
            |setup| setup.ttl,
            |setup, value| setup.ttl = value,
        ),
        Knob::new(
            "database read",
            "ms",
            &[1.0, 5.0, 10.0, 20.0, 50.0],
            |setup| setup.read,
            |setup, value| setup.read = value,
        ),
        Knob::new(
            "write-behind flushes",
            "ms apart",
            &[100.0, 500.0, 1000.0, 5000.0],
            |setup| setup.flush,
            |setup, value| setup.flush = value,
        ),
        Knob::optional(
            "cache crashes at",
            "never",
            "ms",
            &[None, Some(2500.0), Some(5000.0), Some(9600.0), Some(15_000.0)],
            |setup| setup.crash,
            |setup, value| setup.crash = value,
        ),
        Knob::optional(
            "somebody else writes",
            "never",
            "ms apart",
            &[None, Some(500.0), Some(100.0), Some(50.0), Some(10.0)],
            |setup| setup.other_writer,
            |setup, value| setup.other_writer = value,
        ),
    ];
    const CASES: &'static [Strategy] = &Strategy::ALL;

    fn run(&self, case: Strategy) -> (Strategy, Report) {
        (case, run(&Self { strategy: case, ..self.clone() }))
    }
}

impl Strategies {
    /// The command that prints the same.
    pub(super) fn command(&self) -> String {
        format!("sysdrill sim strategy {}", Options(&self.setup))
    }

    /// Draws parameters, table and findings.
    pub(super) fn draw(&self, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let left = self.draw_setup(theme, area, buf);
        let charts = if left.height >= TABLE + CHARTS { CHARTS } else { 0 };
        let lower = Rect { height: left.height - charts, ..left };
        if lower.height < 3 {
            return;
        }
        self.draw_table(theme, Rect { height: if charts > 0 { TABLE } else { lower.height }, ..lower }, buf);
        if charts > 0 {
            self.draw_charts(theme, Rect { y: lower.y + TABLE, height: charts, ..lower }, buf);
        }
    }

    fn draw_table(&self, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let title = format!("{} requests under each strategy", grouped(u64::from(self.setup.requests)));
        let inner = Panel::new(theme, &title).draw(area, buf);
        let wide = inner.width >= 90;
        buf.set_line(inner.x, inner.y, &heading(theme, wide), inner.width);
        for ((strategy, report), y) in self.results.iter().zip(inner.y + 1..inner.bottom()) {
            buf.set_line(inner.x, y, &self.row(theme, *strategy, report, wide), inner.width);
        }
        let below = inner.y + 2 + Strategy::ALL.len() as u16;
        let findings = self.findings();
        let lines = findings.iter().flat_map(|finding| wrap(finding, usize::from(inner.width) - 2));
        for (line, y) in lines.zip(below..inner.bottom()) {
            let text = truncate(line, inner.width.into(), theme.glyphs.ellipsis);
            buf.set_string(inner.x, y, text, theme.muted);
        }
    }

    /// The same figures as bars: what readers wait, what writers wait, what the database gets.
    fn draw_charts(&self, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let figures: [Figure; 3] = [
            ("mean read, ms", |report| report.read_latency.mean),
            ("mean write, ms", |report| report.write_latency.mean),
            ("database operations", |report| (report.database_reads + report.database_writes) as f64),
        ];
        let inner = Panel::new(theme, "Side by side").draw(area, buf);
        let share = inner.width / figures.len() as u16;
        for (place, (title, figure)) in figures.into_iter().enumerate() {
            let x = inner.x + share * place as u16;
            buf.set_string(x, inner.y, title, theme.muted);
            let most = self.results.iter().map(|(_, report)| figure(report)).fold(0.0, f64::max);
            for ((strategy, report), y) in self.results.iter().zip(inner.y + 1..inner.bottom()) {
                let value = figure(report);
                let number =
                    if value < 1000.0 { format!("{value:>8.2}") } else { format!("{:>8}", grouped(value as u64)) };
                let bars = usize::from(share).saturating_sub(26);
                let mut line = Line::from(Span::styled(format!("{:<14}", strategy.id()), theme.text));
                line.extend(bar(theme, value / most.max(1e-9), bars, theme.series[place]));
                line.push_span(Span::styled(number, theme.text));
                buf.set_line(x, y, &line, share.saturating_sub(1));
            }
        }
    }

    fn row(&self, theme: &Theme, strategy: Strategy, report: &Report, wide: bool) -> Line<'static> {
        let flagged = |count: u64, columns: usize| {
            let style = if count > 0 { theme.bad } else { theme.muted };
            let sign = if count > 0 { theme.glyphs.warn } else { " " };
            Span::styled(format!("{:>columns$}{sign}", grouped(count)), style)
        };
        let plain = |text: String| Span::styled(text, theme.text);
        let mut spans = vec![
            Span::styled(format!("{:<14}", strategy.id()), theme.text.add_modifier(Modifier::BOLD)),
            plain(format!("{:>6.1} %", report.hit_ratio() * 100.0)),
            plain(format!("{:>8.2}", report.read_latency.mean)),
        ];
        if wide {
            spans.push(plain(format!("{:>8.1}", report.read_latency.p99)));
        }
        spans.push(plain(format!("{:>8.1}", report.write_latency.mean)));
        spans.push(plain(format!("{:>9}", grouped(report.database_reads))));
        spans.push(plain(format!("{:>9}", grouped(report.database_writes))));
        if wide {
            spans.push(plain(format!("{:>8.2}", report.write_amplification())));
        }
        spans.push(flagged(report.stale_reads, 8));
        spans.push(flagged(report.lost_writes, 7));
        Line::from(spans)
    }

    /// What is worth a look in the table, in sentences.
    fn findings(&self) -> Vec<String> {
        let mut findings = Vec::new();
        let lost: Vec<_> = self.results.iter().filter(|(_, report)| report.lost_writes > 0).collect();
        for (strategy, report) in lost {
            findings.push(format!(
                "{strategy} lost {} acknowledged writes: those since its last flush before the crash.",
                grouped(report.lost_writes)
            ));
        }
        let most_stale = self.results.iter().max_by_key(|(_, report)| report.stale_reads);
        if let Some((strategy, report)) = most_stale.filter(|(_, report)| report.stale_reads > 0) {
            findings.push(format!(
                "{strategy} answered {} reads ({:.1} %) with less than the newest acknowledged value.",
                grouped(report.stale_reads),
                100.0 * report.stale_reads as f64 / report.reads.max(1) as f64
            ));
        }
        let quickest =
            self.results.iter().min_by(|(_, a), (_, b)| a.write_latency.mean.total_cmp(&b.write_latency.mean));
        if let Some((strategy, report)) = quickest.filter(|(_, report)| report.writes > 0) {
            findings.push(format!(
                "{strategy} acknowledges writes soonest, in {:.1} ms, with {:.2} database writes for each.",
                report.write_latency.mean,
                report.write_amplification()
            ));
        }
        findings
    }
}

fn heading(theme: &Theme, wide: bool) -> Line<'static> {
    let (tail, amplification) =
        if wide { (format!("{:>8}", "p99"), format!("{:>8}", "amplif.")) } else { Default::default() };
    let text = format!(
        "{:<14}{:>8}{:>8}{tail}{:>8}{:>9}{:>9}{amplification}{:>8} {:>7} ",
        "", "hit", "read ms", "write", "db reads", "db wr.", "stale", "lost"
    );
    Line::from(Span::styled(text, Style::new().patch(theme.muted)))
}

/// The set-up as options of the command line.
struct Options<'a>(&'a Setup);

impl fmt::Display for Options<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Setup { keys, requests, interval, writes, cache, read, write, flush, seed, .. } = self.0;
        write!(f, "--keys {keys} --requests {requests} --interval {interval} --writes {writes} --cache-ms {cache}")?;
        write!(f, " --read-ms {read} --write-ms {write} --flush {flush} --seed {seed}")?;
        match self.0.ttl {
            Some(ttl) => write!(f, " --ttl {ttl}")?,
            None => f.write_str(" --no-ttl")?,
        }
        for (option, value) in [("crash", self.0.crash), ("other-writer", self.0.other_writer)] {
            if let Some(value) = value {
                write!(f, " --{option} {value}")?;
            }
        }
        Ok(())
    }
}
