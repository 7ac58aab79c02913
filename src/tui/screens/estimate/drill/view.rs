//! How a drill is drawn: the question and the fields, then the verdict and the way there, and the calibration.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::estimate::drill::Judgement;
use crate::tui::screen::Cx;
use crate::tui::theme::Theme;
use crate::tui::widgets::curve::Curve;
use crate::tui::widgets::empty::Empty;
use crate::tui::widgets::list::scroll_bar;
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::wrap::wrap;

use super::{Asked, Drill, Given};

/// From so many columns the record stands beside the question.
const BESIDE: u16 = 104;
/// Columns of the record beside, with the border.
const RECORD_WIDTH: u16 = 42;
/// Rows of the record below, with the border.
const RECORD_HEIGHT: u16 = 5;
/// Columns of a field.
const FIELD: u16 = 16;
/// Columns of the words at the left.
const LABEL: usize = 11;

/// Where the question stands, and the record where there is room for it.
fn parts(area: Rect) -> (Rect, Option<Rect>) {
    if area.width >= BESIDE {
        let width = area.width - RECORD_WIDTH;
        (Rect { width, ..area }, Some(Rect { x: area.x + width, width: RECORD_WIDTH, ..area }))
    } else if area.height >= 18 {
        let height = area.height - RECORD_HEIGHT;
        (Rect { height, ..area }, Some(Rect { y: area.y + height, height: RECORD_HEIGHT, ..area }))
    } else {
        (area, None)
    }
}

impl Drill {
    pub(super) fn draw_all(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let theme = cx.theme;
        let (main, record) = parts(area);
        if let Some(record) = record {
            self.draw_record(theme, record, buf);
        }
        let Some(asked) = &self.asked else {
            let inner = Panel::new(theme, "Drill").draw(main, buf);
            let why = "There are no drills. A file in drills/ of your own content folder appears here.";
            Empty { theme, why, next: &[] }.draw(inner, buf);
            return None;
        };
        let inner = Panel::new(theme, &asked.template.title).focused(true).draw(main, buf);
        let mut page = Page { area: inner, y: inner.y, buf };
        page.gap(inner.height > 12);
        page.text(&asked.question.text, theme.text);
        page.gap(true);
        match &asked.given {
            None => asked.draw_fields(theme, &mut page),
            Some(given) => {
                let rest = Rect { y: page.y, height: inner.bottom().saturating_sub(page.y), ..inner };
                let lines = asked.verdict(theme, given, inner.width);
                for (line, y) in lines.iter().skip(self.top).zip(rest.y..rest.bottom()) {
                    buf.set_line(rest.x, y, line, rest.width);
                }
                let bar = Rect { x: main.right() - 2, width: 1, ..rest };
                scroll_bar(theme, bar, self.top, lines.len(), buf);
                None
            }
        }
    }

    /// Keeps the verdict from being scrolled away.
    pub(super) fn lay_out(&mut self, cx: &Cx<'_>, area: Rect) {
        let (Some(asked), Some(given)) = (&self.asked, self.given()) else {
            self.top = 0;
            return;
        };
        let inner = Panel::inner(parts(area).0);
        let question = wrap(&asked.question.text, inner.width.into()).len() + 1 + usize::from(inner.height > 12);
        let room = usize::from(inner.height).saturating_sub(question);
        let rows = asked.verdict(cx.theme, given, inner.width).len();
        self.top = self.top.min(rows.saturating_sub(room));
    }

    fn draw_record(&self, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let inner = Panel::new(theme, "So far").draw(area, buf);
        let mut page = Page { area: inner, y: inner.y, buf };
        let Some(factor) = self.record.typical_factor() else {
            page.text("Your error, and whether your intervals are honest, will stand here.", theme.muted);
            return;
        };
        let count = self.record.attempts.len();
        let answers = if count == 1 { "1 answer".to_owned() } else { format!("{count} answers") };
        page.text(&format!("{answers}, typically off by a factor of {}", times(factor)), theme.text);
        let calibration = self.record.calibration();
        let Some(rate) = calibration.rate() else {
            page.text("Give a 90 % interval as well (Tab), and this shows whether nine of ten hold.", theme.muted);
            return;
        };
        let (says, style) = match calibration.judgement() {
            Judgement::Unknown => ("too few to judge".to_owned(), theme.muted),
            Judgement::Overconfident => (format!("{} too narrow: widen them", theme.glyphs.warn), theme.warn),
            Judgement::Underconfident => (format!("{} too wide: narrow them", theme.glyphs.warn), theme.warn),
            Judgement::Calibrated => (format!("{} as sure as you say", theme.glyphs.yes), theme.good),
        };
        let held = format!("{} of {} intervals held, {:.0} %: ", calibration.hits, calibration.intervals, rate * 100.0);
        page.line(Line::from(vec![Span::styled(held, theme.text), Span::styled(says, style)]));
        let hits = self.record.newest_hits(usize::from(inner.width) / 2);
        let sign = |hit: &bool| match hit {
            true => Span::styled(format!("{} ", theme.glyphs.yes), theme.good),
            false => Span::styled(format!("{} ", theme.glyphs.no), theme.bad),
        };
        page.line(Line::from_iter(hits.iter().map(sign)));
        let rates = self.record.rates();
        let left = inner.bottom().saturating_sub(page.y + 2);
        if left >= 5 && rates.len() > 1 {
            let top = page.y + 1;
            let title = "Of the last ten, how many held";
            page.buf.set_stringn(inner.x, top, title, inner.width.into(), theme.title);
            let chart = Rect { y: top + 1, height: left.min(12), ..inner };
            let percent = |share: f64| format!("{:.0} %", share * 100.0);
            Curve {
                theme,
                points: &rates,
                log_x: false,
                here: None,
                level: Some(0.9),
                y_range: Some((0.0, 1.0)),
                x_label: &|count| format!("{count:.0}"),
                y_label: &percent,
            }
            .draw(chart, buf);
        }
    }
}

/// Writes rows from the top down, as far as there is room.
struct Page<'a> {
    area: Rect,
    y: u16,
    buf: &'a mut Buffer,
}

impl Page<'_> {
    fn gap(&mut self, wanted: bool) {
        self.y += u16::from(wanted);
    }

    fn line(&mut self, line: Line<'_>) {
        if self.y < self.area.bottom() {
            self.buf.set_line(self.area.x, self.y, &line, self.area.width);
        }
        self.y += 1;
    }

    fn text(&mut self, text: &str, style: Style) {
        for row in wrap(text, self.area.width.into()) {
            self.line(Line::styled(row, style));
        }
    }
}

impl Asked {
    fn draw_fields(&self, theme: &Theme, page: &mut Page<'_>) -> Option<Position> {
        let left = page.area.x;
        let answer = self.field(theme, 0, left + LABEL as u16, page);
        page.buf.set_string(left, page.y, "Answer", theme.text);
        let unit = if self.question.unit.is_empty() { "" } else { &self.question.unit };
        page.buf.set_string(left + LABEL as u16 + FIELD + 1, page.y, unit, theme.muted);
        page.y += 2;
        let mut cursor = answer;
        if page.y < page.area.bottom() {
            page.buf.set_string(left, page.y, "90 % sure", theme.muted);
            cursor = cursor.or(self.field(theme, 1, left + LABEL as u16, page));
            page.buf.set_string(left + LABEL as u16 + FIELD + 1, page.y, "to", theme.muted);
            cursor = cursor.or(self.field(theme, 2, left + LABEL as u16 + FIELD + 4, page));
        }
        page.y += 2;
        match &self.problem {
            Some(problem) => page.text(&format!("{} {problem}", theme.glyphs.no), theme.bad),
            None => page.text("From the head: 12k, 3.5 GB or 10^6 will do. The interval may stay empty.", theme.muted),
        }
        cursor
    }

    fn field(&self, theme: &Theme, at: usize, x: u16, page: &mut Page<'_>) -> Option<Position> {
        let room = Rect { x, y: page.y, width: FIELD.min(page.area.right().saturating_sub(x)), height: 1 };
        if room.width == 0 || page.y >= page.area.bottom() {
            return None;
        }
        page.buf.set_style(room, theme.selection);
        let cursor = self.fields[at].draw(theme.text.patch(theme.selection), room, page.buf);
        (at == self.focus).then_some(cursor)
    }

    /// The verdict and how it comes about, in rows of so many columns.
    fn verdict(&self, theme: &Theme, given: &Given, columns: u16) -> Vec<Line<'static>> {
        let mut rows = Rows { columns, lines: Vec::new() };
        let score = given.score;
        let off = if score.ratio > 0.0 { score.ratio.max(score.ratio.recip()) } else { f64::INFINITY };
        let side = if score.ratio > 1.0 { "much" } else { "little" };
        let by = match off {
            _ if off < 1.005 => "exactly right".to_owned(),
            _ if off < 10.0 => format!("{off:.2} times too {side}"),
            _ if off < 1000.0 => format!("{off:.0} times too {side}"),
            _ => format!("more than a thousand times too {side}"),
        };
        let (sign, style, points) = match score.points {
            1.0 => (theme.glyphs.yes, theme.good, "1 point: within a factor of two"),
            0.5 => (theme.glyphs.warn, theme.warn, "half a point: within five"),
            _ => (theme.glyphs.no, theme.bad, "no point"),
        };
        rows.lines.push(Line::from(vec![
            Span::styled(format!("{sign} {by}"), style),
            Span::styled(format!("   {points}"), theme.muted),
        ]));
        rows.lines.push(Line::default());
        rows.text("you", &given.answer.to_string(), theme.text);
        if let Some((low, high)) = &given.interval {
            let (sign, style, word) = match score.hit {
                Some(true) => (theme.glyphs.yes, theme.good, "holds it"),
                _ => (theme.glyphs.no, theme.bad, "misses it"),
            };
            rows.text("90 % sure", &format!("{low} to {high}   {sign} {word}"), style);
        }
        rows.text("it is", &self.question.solution.to_string(), theme.accent);
        let found = &self.question.derivation;
        rows.text("formula", &found.formula, theme.code);
        rows.text("numbers", &found.substituted, theme.code);
        if let Some(short) = &found.short_cut {
            let off = format!("{:+.0} %", short.error * 100.0).replace('-', "−");
            rows.text("in head", &format!("{} = {}  ({off})", short.formula, short.value), theme.text);
            if !short.facts.is_empty() {
                rows.text("", &short.facts.join(", "), theme.muted);
            }
        }
        rows.text("why", &self.template.why, theme.text);
        if let Some(units) = &found.units {
            rows.text("units", units, theme.code);
        }
        if let Some(problem) = &self.problem {
            rows.text("not saved", &format!("{} {problem}", theme.glyphs.no), theme.bad);
        }
        rows.lines
    }
}

/// Rows with a word at the left.
struct Rows {
    columns: u16,
    lines: Vec<Line<'static>>,
}

impl Rows {
    fn text(&mut self, label: &str, text: &str, style: Style) {
        for (at, row) in wrap(text, usize::from(self.columns).saturating_sub(LABEL).max(8)).into_iter().enumerate() {
            let label = if at == 0 { label } else { "" };
            self.lines
                .push(Line::from(vec![Span::raw(format!("{label:<LABEL$}")), Span::styled(row.to_owned(), style)]));
        }
    }
}

fn times(factor: f64) -> String {
    if factor < 10.0 { format!("{factor:.1}") } else { format!("{factor:.0}") }
}
