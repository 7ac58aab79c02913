//! What there is to say about one line: why it is wrong, how it was read, how sure it is, how it comes about.

use ratatui::text::{Line, Span};

use crate::estimate::{Derivation, Error, LineResult, Share, Spread};
use crate::tui::theme::Theme;
use crate::tui::widgets::bar::{bar, percent};
use crate::tui::widgets::histogram::histogram;
use crate::tui::widgets::text::{truncate, width};
use crate::tui::widgets::wrap::wrap;

use super::sums::{Sums, characters};

/// Columns of the words at the left.
const LABEL: usize = 9;

/// Columns of the larger histogram.
const BINS: usize = 24;

/// Collects lines of at most `columns`.
struct Page<'a> {
    theme: &'a Theme,
    columns: usize,
    lines: Vec<Line<'static>>,
}

/// What is told about a line, the most important first.
pub(super) fn details(theme: &Theme, sums: &Sums, at: usize, columns: usize) -> Vec<Line<'static>> {
    let mut page = Page { theme, columns, lines: Vec::new() };
    match sums.line(at).filter(|line| !line.text.trim().is_empty()) {
        Some(line) => {
            page.line_of_sheet(line);
            if let Some(spread) = &line.spread {
                page.spread(spread);
                page.shares(sums, sums.shares(at));
            }
            if let Some(derivation) = sums.derivation(at) {
                page.derivation(&derivation);
            }
        }
        None => page.said("", "A name, an equals sign and a sum: qps = 100M user * 10 req/user/day", theme.muted),
    }
    page.elsewhere(sums, at);
    page.lines
}

impl Page<'_> {
    /// A word at the left and a text that is wrapped beside it.
    fn said(&mut self, label: &str, text: &str, style: ratatui::style::Style) {
        let room = self.columns.saturating_sub(LABEL).max(8);
        for (at, row) in wrap(text, room).into_iter().enumerate() {
            let label = if at == 0 { label } else { "" };
            self.lines.push(Line::from(vec![
                Span::styled(format!("{label:<LABEL$}"), self.theme.muted),
                Span::styled(row.to_owned(), style),
            ]));
        }
    }

    fn line_of_sheet(&mut self, line: &LineResult) {
        let theme = self.theme;
        if let Some(error) = &line.error {
            self.error(&line.text, error);
        }
        if line.value.is_some() {
            let others = line.other_forms.join("   ");
            let name = line.name.as_deref().unwrap_or("is");
            let name = truncate(name, LABEL - 1, theme.glyphs.ellipsis);
            self.said(&name, &line.display, theme.accent);
            if !others.is_empty() {
                self.said("also", &others, theme.text);
            }
        }
        if let Some(holds) = line.holds {
            let (sign, style, says) = if holds {
                (theme.glyphs.yes, theme.good, "it rounds to that in three figures")
            } else {
                (theme.glyphs.no, theme.bad, "it does not round to that in three figures")
            };
            self.said("check", &format!("{} {sign} {says}", line.display), style);
        }
        for note in &line.notes {
            self.said("read as", &format!("{} {note}", theme.glyphs.warn), theme.warn);
        }
    }

    fn error(&mut self, text: &str, error: &Error) {
        let theme = self.theme;
        self.said("wrong", &format!("{} {}", theme.glyphs.no, error.message), theme.bad);
        let place = characters(text, error);
        let room = self.columns.saturating_sub(LABEL);
        // The part of the line around the place, with the caret below.
        let skipped = (place.start + 8).saturating_sub(room);
        let shown: String = text.chars().skip(skipped).take(room).collect();
        let before: String = text.chars().skip(skipped).take(place.start - skipped).collect();
        let carets = "^".repeat(place.len().min(room.saturating_sub(width(&before))).max(1));
        self.said("", &shown, theme.code);
        let caret = format!("{}{}{carets}", " ".repeat(LABEL), " ".repeat(width(&before)));
        self.lines.push(Line::styled(caret, theme.bad));
        if let Some(suggestion) = &error.suggestion {
            self.said("instead", suggestion, theme.good);
        }
    }

    fn spread(&mut self, spread: &Spread) {
        let theme = self.theme;
        let bins = spread.histogram(BINS.min(self.columns.saturating_sub(LABEL + 20)).max(4));
        self.lines.push(Line::from(vec![
            Span::styled(format!("{:<LABEL$}", "spread"), theme.muted),
            Span::styled(format!("{} ", bins.from), theme.muted),
            Span::styled(histogram(theme, &bins.counts), theme.accent),
            Span::styled(format!(" {}", bins.to), theme.muted),
        ]));
        let text = format!("{} in the middle; nine of ten between {} and {}", spread.median, spread.low, spread.high);
        self.said("median", &text, theme.text);
    }

    fn shares(&mut self, sums: &Sums, shares: &[Share]) {
        let theme = self.theme;
        for (at, share) in shares.iter().take(5).enumerate() {
            let label = if at == 0 { "driven by" } else { "" };
            let name = sums.line(share.line).and_then(|line| line.name.clone());
            let input = name.map_or_else(|| share.range.clone(), |name| format!("{name} = {}", share.range));
            let room = self.columns.saturating_sub(LABEL + 1 + 8 + 1 + 6).max(6);
            let mut line = Line::from(Span::styled(format!("{label:<LABEL$} "), theme.muted));
            line.extend(bar(theme, share.of_variance, 8, theme.accent));
            line.push_span(Span::styled(format!(" {} ", percent(share.of_variance)), theme.text));
            line.push_span(Span::styled(truncate(&input, room, theme.glyphs.ellipsis), theme.text));
            self.lines.push(line);
        }
    }

    fn derivation(&mut self, found: &Derivation) {
        let theme = self.theme;
        if found.substituted != found.formula {
            self.said("formula", &found.formula, theme.code);
        }
        self.said("numbers", &found.substituted, theme.code);
        if let Some(units) = &found.units {
            self.said("units", units, theme.code);
        }
        if let Some(short) = &found.short_cut {
            let off = format!("{:+.0} %", short.error * 100.0).replace('-', "−");
            self.said("in head", &format!("{} = {}  ({off})", short.formula, short.value), theme.text);
            if !short.facts.is_empty() {
                self.said("", &short.facts.join(", "), theme.muted);
            }
        }
        if found.exact != found.rounded {
            self.said("exactly", &found.exact, theme.muted);
        }
    }

    /// The readings of all other lines: they are shown wherever two were possible.
    fn elsewhere(&mut self, sums: &Sums, at: usize) {
        for (number, line) in sums.lines().iter().enumerate().filter(|(number, _)| *number != at) {
            for note in &line.notes {
                let text = format!("{} {note}", self.theme.glyphs.warn);
                self.said(&format!("line {}", number + 1), &text, self.theme.muted);
            }
        }
    }
}
