//! How a form is laid out: fields at the left, results at the right, what the field wants below.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::estimate::calculator::EntryError;
use crate::estimate::{ErrorKind, Quantity, Unit};
use crate::tui::screen::Cx;
use crate::tui::theme::Theme;
use crate::tui::widgets::curve::Curve;
use crate::tui::widgets::histogram::histogram;
use crate::tui::widgets::list::scroll_bar;
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::{truncate, width};
use crate::tui::widgets::wrap::wrap;

use super::form::Form;

/// Rows of the hint below, with the border.
const HINT: u16 = 5;
/// The least rows in which a curve says something, with its heading.
const CURVE: u16 = 8;
/// Below so many columns the results stand below the fields.
const SIDE_BY_SIDE: u16 = 72;

struct Parts {
    inputs: Rect,
    outputs: Rect,
    hint: Option<Rect>,
}

fn parts(area: Rect, inputs: usize) -> Parts {
    let has_hint = area.height >= 16;
    let body = Rect { height: area.height - if has_hint { HINT } else { 0 }, ..area };
    let hint = has_hint.then_some(Rect { y: body.bottom(), height: HINT, ..area });
    if area.width < SIDE_BY_SIDE {
        let height = (inputs as u16 + 2).min(body.height / 2);
        let outputs = Rect { y: body.y + height, height: body.height - height, ..body };
        return Parts { inputs: Rect { height, ..body }, outputs, hint };
    }
    let left = (area.width * 11 / 20).min(60);
    let outputs = Rect { x: body.x + left, width: body.width - left, ..body };
    Parts { inputs: Rect { width: left, ..body }, outputs, hint }
}

/// How the results share their panel.
struct Outputs {
    has_reasons: bool,
    /// Rows of the curve; none where there is none.
    curve: u16,
}

impl Form {
    /// How many rows the results take, with their reasons or without.
    fn rows(&self, columns: u16, has_reasons: bool) -> u16 {
        let reasons = |why: &str| if has_reasons { wrap(why, columns.into()).len() } else { 0 };
        self.calculator.outputs.iter().map(|output| 1 + reasons(&output.why) as u16).sum()
    }

    fn outputs(&self, inner: Rect) -> Outputs {
        let with_reasons = self.rows(inner.width, true);
        if self.curve.is_none() {
            return Outputs { has_reasons: true, curve: 0 };
        }
        let has_reasons = !self.shows_curve || inner.height >= with_reasons + CURVE;
        let left = inner.height.saturating_sub(self.rows(inner.width, has_reasons));
        let curve = match has_reasons {
            true if left >= CURVE => left,
            true => 0,
            false => left.max(CURVE.min(inner.height)),
        };
        Outputs { has_reasons, curve: curve.min(18) }
    }

    pub(super) fn lay_out(&mut self, _cx: &Cx<'_>, area: Rect) {
        let parts = parts(area, self.fields.len());
        self.focus.scroll_into(usize::from(parts.inputs.height.saturating_sub(2)), self.fields.len());
        let inner = Panel::inner(parts.outputs);
        let split = self.outputs(inner);
        let rows = usize::from(self.rows(inner.width, split.has_reasons));
        let room = usize::from(inner.height.saturating_sub(split.curve));
        self.outputs_top = self.outputs_top.min(rows.saturating_sub(room));
    }

    pub(super) fn draw_all(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let parts = parts(area, self.fields.len());
        let cursor = self.draw_inputs(cx.theme, parts.inputs, buf);
        self.draw_outputs(cx.theme, parts.outputs, buf);
        if let Some(hint) = parts.hint {
            self.draw_hint(cx.theme, hint, buf);
        }
        cursor
    }

    fn draw_inputs(&self, theme: &Theme, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let inner = Panel::new(theme, &self.calculator.title).focused(true).draw(area, buf);
        let inputs = &self.calculator.inputs;
        let units = inputs.iter().map(|input| width(&input.unit)).max().unwrap_or(0);
        let units = units.min(if inner.width < 50 { 9 } else { 16 });
        let labels = inputs.iter().map(|input| width(&input.title)).max().unwrap_or(0);
        let room = usize::from(inner.width).saturating_sub(4 + units + 1);
        let labels = labels.min(room.saturating_sub(8));
        let entry = room.saturating_sub(labels + 1).min(22);
        let mut cursor = None;
        let shown = inputs.iter().zip(&self.fields).enumerate().skip(self.focus.top);
        for ((at, (input, field)), y) in shown.zip(inner.y..inner.bottom()) {
            let is_focused = at == self.focus.at;
            let (sign, style) = match &self.problems[at] {
                Some(EntryError::Range { .. }) => (theme.glyphs.warn, theme.warn),
                Some(_) => (theme.glyphs.no, theme.bad),
                None if is_focused => (theme.glyphs.selected, theme.accent),
                None => (" ", theme.muted),
            };
            let label = truncate(&input.title, labels, theme.glyphs.ellipsis);
            let text = if is_focused { theme.text } else { theme.muted };
            buf.set_string(inner.x, y, sign, style);
            buf.set_string(inner.x + 2, y, label, text);
            let box_at = Rect { x: inner.x + 2 + labels as u16 + 1, y, width: entry as u16, height: 1 };
            if box_at.right() > inner.right() {
                continue;
            }
            buf.set_style(box_at, theme.selection);
            let position = field.draw(theme.text.patch(theme.selection), box_at, buf);
            if is_focused {
                cursor = Some(position);
            }
            let left = usize::from(inner.right().saturating_sub(box_at.right() + 1));
            let unit = truncate(&input.unit, left, theme.glyphs.ellipsis);
            buf.set_string(box_at.right() + 1, y, unit, theme.muted);
        }
        let bar = Rect { x: area.right() - 2, width: 1, ..inner };
        scroll_bar(theme, bar, self.focus.top, inputs.len(), buf);
        cursor
    }

    fn draw_outputs(&self, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let inner = Panel::new(theme, "Results").draw(area, buf);
        let split = self.outputs(inner);
        let rows = Rect { height: inner.height - split.curve, ..inner };
        let mut lines = Vec::new();
        for at in 0..self.calculator.outputs.len() {
            lines.push(self.output(theme, at, rows.width.into()));
            if split.has_reasons {
                let why = wrap(&self.calculator.outputs[at].why, rows.width.into()).into_iter();
                lines.extend(why.map(|row| Line::styled(row.to_owned(), theme.muted)));
            }
        }
        for (line, y) in lines.iter().skip(self.outputs_top).zip(rows.y..rows.bottom()) {
            buf.set_line(rows.x, y, line, rows.width);
        }
        let bar = Rect { x: area.right() - 2, width: 1, ..rows };
        scroll_bar(theme, bar, self.outputs_top, lines.len(), buf);
        if split.curve > 0 {
            self.draw_curve(theme, Rect { y: rows.bottom(), height: split.curve, ..inner }, buf);
        }
    }

    /// A result with its value at the right, or why it has none.
    fn output(&self, theme: &Theme, at: usize, columns: usize) -> Line<'static> {
        let output = &self.calculator.outputs[at];
        let Some(result) = self.results.lines.get(self.calculator.output_line(at)) else { return Line::default() };
        let (value, style) = match &result.error {
            // What follows from a wrong field is told at the field.
            Some(error) if error.kind == ErrorKind::Name => ("?".to_owned(), theme.muted),
            Some(error) => (format!("{} {error}", theme.glyphs.no), theme.bad),
            None => (result.display.clone(), theme.accent),
        };
        let bins = result.spread.as_ref().map(|spread| histogram(theme, &spread.histogram(7).counts));
        let bins = bins.map(|bins| format!(" {bins}")).unwrap_or_default();
        let least = columns.min(14);
        let value = truncate(&value, columns.saturating_sub(least + 2 + width(&bins)), theme.glyphs.ellipsis);
        let room = columns.saturating_sub(width(&value) + width(&bins) + 2);
        let title = truncate(&output.title, room, theme.glyphs.ellipsis);
        let air = " ".repeat(room + 2 - width(&title));
        Line::from(vec![
            Span::styled(title, theme.text),
            Span::raw(air),
            Span::styled(value, style),
            Span::styled(bins, theme.series[1]),
        ])
    }

    fn draw_curve(&self, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let (Some(curve), Some(plot)) = (&self.curve, &self.calculator.plot) else { return };
        let title = |name: &str| {
            let input = self.calculator.inputs.iter().find(|input| input.name == name).map(|input| &input.title);
            let output = self.calculator.outputs.iter().find(|output| output.name == name).map(|output| &output.title);
            input.or(output).cloned().unwrap_or_default()
        };
        let heading = format!("{} over {}", title(&plot.y), title(&plot.x).to_lowercase());
        let heading = truncate(&heading, area.width.into(), theme.glyphs.ellipsis);
        buf.set_string(area.x, area.y + 1, heading, theme.title);
        let here = self.results.value(&plot.x);
        let unit = |text: &str| Unit::parse(text).unwrap_or(Unit::PLAIN);
        let (x_unit, y_unit) = (unit(&curve.x_unit), unit(&curve.y_unit));
        let shown = |value: f64, unit: &Unit| Quantity::new(value, unit).to_string();
        Curve {
            theme,
            points: &curve.points,
            log_x: plot.log,
            here: here.and_then(|here| here.in_unit(&x_unit).ok()),
            level: None,
            y_range: None,
            x_label: &|value| shown(value, &x_unit),
            y_label: &|value| shown(value, &y_unit),
        }
        .draw(Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area }, buf);
    }

    fn draw_hint(&self, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let Some(input) = self.calculator.inputs.get(self.focus.at) else { return };
        let inner = Panel::new(theme, &input.title).draw(area, buf);
        let range = input.range.as_ref().map(|(low, high)| format!("  ({low} to {high})")).unwrap_or_default();
        let mut told = vec![(format!("{}{range}", input.hint), theme.text)];
        match &self.problems[self.focus.at] {
            Some(problem @ EntryError::Range { .. }) => {
                told.insert(0, (format!("{} {problem}", theme.glyphs.warn), theme.warn));
            }
            Some(EntryError::Expression(error)) => {
                let remedy = error.suggestion.as_ref().map(|remedy| format!("; {remedy}")).unwrap_or_default();
                told.insert(0, (format!("{} {error}{remedy}", theme.glyphs.no), theme.bad));
            }
            Some(problem) => told.insert(0, (format!("{} {problem}", theme.glyphs.no), theme.bad)),
            None => {}
        }
        let mut y = inner.y;
        for (text, style) in &told {
            for line in wrap(text, inner.width.into()) {
                if y < inner.bottom() {
                    buf.set_string(inner.x, y, line, *style);
                    y += 1;
                }
            }
        }
    }
}
