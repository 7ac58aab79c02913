//! Where the parts of the sheet are, and how they are drawn.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use crate::estimate::LineResult;
use crate::tui::screen::Cx;
use crate::tui::theme::Theme;
use crate::tui::widgets::editor::Looks;
use crate::tui::widgets::empty::Empty;
use crate::tui::widgets::histogram::histogram;
use crate::tui::widgets::list::scroll_bar;
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::{truncate_line, width};

use super::Paper;
use super::details::details;
use super::keys::{Command, KEYS};
use super::sums::{characters, is_unfinished};

/// From so many columns the details stand beside the sheet, else below.
const BESIDE: u16 = 104;
/// Columns of the details beside the sheet, with the border.
const DETAILS_WIDTH: u16 = 50;
/// Rows of the details below the sheet, with the border.
const DETAILS_HEIGHT: u16 = 10;
/// Columns of the small histogram of a range.
const BINS: usize = 7;
/// The text keeps at least so many columns.
const LEAST_TEXT: u16 = 32;
/// Columns between a text and its value.
const GAP: usize = 2;

/// The parts of the screen.
struct Parts {
    sheet: Rect,
    /// What is typed.
    text: Rect,
    /// What it comes to.
    values: Rect,
    /// What there is to say about the line; none where there is no room.
    details: Option<Rect>,
}

impl Paper {
    fn parts(&self, theme: &Theme, area: Rect) -> Parts {
        let (sheet, details) = if area.width >= BESIDE {
            let width = area.width - DETAILS_WIDTH;
            (Rect { width, ..area }, Some(Rect { x: area.x + width, width: DETAILS_WIDTH, ..area }))
        } else if area.height > DETAILS_HEIGHT + 7 {
            let height = area.height - DETAILS_HEIGHT;
            (Rect { height, ..area }, Some(Rect { y: area.y + height, height: DETAILS_HEIGHT, ..area }))
        } else {
            (area, None)
        };
        let inner = Panel::inner(sheet);
        // Without room for details, what is wrong with the line still has a row.
        let inner = Rect { height: inner.height.saturating_sub(u16::from(details.is_none())), ..inner };
        let text = Rect { width: self.text_room(theme, inner.width), ..inner };
        Parts { sheet, text, values: inner, details }
    }

    /// Columns for the text: all, but for the lines whose value would not fit behind them.
    fn text_room(&self, theme: &Theme, columns: u16) -> u16 {
        let (current, _) = self.editor.cursor();
        let room = |(at, line): (usize, &LineResult)| {
            // Error messages are told in the details; beside the line they take what room there is.
            let most = if line.error.is_some() { 1 } else { usize::MAX };
            let value = beside(theme, line, at == current).width().min(most);
            // The cursor takes a column behind its line.
            let text = width(&line.text) + usize::from(at == current);
            let rest = usize::from(columns).saturating_sub(value + GAP);
            (value > 0 && text > rest).then(|| u16::try_from(rest).unwrap_or(u16::MAX))
        };
        let rooms = self.sums.lines().iter().enumerate().filter_map(room);
        rooms.min().unwrap_or(columns).max(LEAST_TEXT).min(columns)
    }

    pub(super) fn lay_out(&mut self, cx: &Cx<'_>, area: Rect) {
        let parts = self.parts(cx.theme, area);
        self.editor.layout(parts.text.as_size(), Looks { text: cx.theme.text, selection: cx.theme.selection });
        if let Some(area) = parts.details {
            let inner = Panel::inner(area);
            let rows = details(cx.theme, &self.sums, self.editor.cursor().0, inner.width.into()).len();
            self.details_top = self.details_top.min(rows.saturating_sub(inner.height.into()));
        }
    }

    pub(super) fn draw_all(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Position {
        let theme = cx.theme;
        let parts = self.parts(theme, area);
        let saved = if self.save_at.is_some() { "typing".to_owned() } else { format!("{} saved", theme.glyphs.yes) };
        let saved = if self.editor.is_empty() { String::new() } else { saved };
        Panel::new(theme, self.title()).note(Span::styled(saved, theme.muted)).focused(true).draw(parts.sheet, buf);
        let cursor = self.editor.draw(parts.text, buf);
        if self.editor.text().trim().is_empty() {
            self.draw_empty(
                cx,
                Rect { y: parts.text.y + 2, height: parts.text.height.saturating_sub(2), ..parts.text },
                buf,
            );
        }
        self.draw_marks(theme, parts.text, buf);
        self.draw_cuts(theme, parts.text, buf);
        self.draw_values(theme, parts.values, parts.text.width, buf);
        let (line, _) = self.editor.cursor();
        match parts.details {
            Some(details) => self.draw_details(theme, details, buf),
            None => {
                let row = Rect { y: parts.text.bottom(), height: 1, ..Panel::inner(parts.sheet) };
                let says = details(theme, &self.sums, line, row.width.into()).into_iter().next().unwrap_or_default();
                buf.set_line(row.x, row.y, &truncate_line(&says, row.width.into(), theme.glyphs.ellipsis), row.width);
            }
        }
        let last = parts.text.bottom().saturating_sub(1).max(parts.text.y);
        Position::new(cursor.x, cursor.y.min(last))
    }

    fn draw_empty(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) {
        let example = KEYS.iter().find(|binding| binding.command == Command::Example);
        let key = example.and_then(|binding| cx.keymap.keys(binding.id, binding.keys).first());
        let key = key.map(|key| key.label(&cx.theme.glyphs)).unwrap_or_default();
        let why = "Type a sum and its value stands beside it: 100M user * 10 req/user/day. \
                   A name makes it usable below: qps = …, an uncertain number is a range: 300..800 B.";
        Empty { theme: cx.theme, why, next: &[(key, "types an example")] }.draw(area, buf);
    }

    /// Comments are dim, what is wrong is underlined.
    fn draw_marks(&self, theme: &Theme, area: Rect, buf: &mut Buffer) {
        for row in self.editor.rows() {
            let Some(line) = self.sums.line(row.line) else { continue };
            if let Some(comment) = line.text.find(['#', '→']) {
                let start = line.text[..comment].chars().count();
                self.editor.mark(row.line, &(start..usize::MAX), theme.muted, area, buf);
            }
            if let Some(error) = &line.error
                && !is_unfinished(&line.text, error)
            {
                let style = theme.bad.add_modifier(Modifier::UNDERLINED);
                self.editor.mark(row.line, &characters(&line.text, error), style, area, buf);
            }
        }
    }

    /// What goes on beyond the right edge ends in a sign of that.
    fn draw_cuts(&self, theme: &Theme, area: Rect, buf: &mut Buffer) {
        for (y, row) in (area.y..area.bottom()).zip(self.editor.rows()) {
            let hidden = self.sums.line(row.line).map_or(0, |line| width(&line.text));
            if hidden.saturating_sub(self.editor.hidden_columns()) > area.width.into() {
                buf.set_string(area.right().saturating_sub(1), y, theme.glyphs.ellipsis, theme.muted);
            }
        }
    }

    fn draw_values(&self, theme: &Theme, area: Rect, text_columns: u16, buf: &mut Buffer) {
        let (current, _) = self.editor.cursor();
        for (y, row) in (area.y..area.bottom()).zip(self.editor.rows()) {
            let Some(line) = self.sums.line(row.line) else { continue };
            let value = beside(theme, line, row.line == current);
            let text = width(&line.text).saturating_sub(self.editor.hidden_columns()).min(text_columns.into());
            let room = usize::from(area.width).saturating_sub(text + GAP);
            let value = truncate_line(&value, room, theme.glyphs.ellipsis);
            let x = area.right().saturating_sub(value.width() as u16);
            buf.set_line(x, y, &value, value.width() as u16);
        }
    }

    fn draw_details(&self, theme: &Theme, area: Rect, buf: &mut Buffer) {
        let (line, _) = self.editor.cursor();
        let title = format!("Line {}", line + 1);
        let inner = Panel::new(theme, &title).draw(area, buf);
        let lines = details(theme, &self.sums, line, inner.width.into());
        for (line, y) in lines.iter().skip(self.details_top).zip(inner.y..inner.bottom()) {
            buf.set_line(inner.x, y, line, inner.width);
        }
        let bar = Rect { x: area.right() - 2, width: 1, ..inner };
        scroll_bar(theme, bar, self.details_top, lines.len(), buf);
    }
}

/// What stands beside a line.
fn beside(theme: &Theme, line: &LineResult, is_current: bool) -> Line<'static> {
    if let Some(error) = &line.error {
        // Whoever is still writing needs no reproach.
        return match is_current && is_unfinished(&line.text, error) {
            true => Line::styled(theme.glyphs.ellipsis, theme.muted),
            false => Line::styled(format!("{} {}", theme.glyphs.no, short(&error.message)), theme.bad),
        };
    }
    let mut spans = Vec::new();
    if !line.notes.is_empty() {
        spans.push(Span::styled(format!("{} ", theme.glyphs.warn), theme.warn));
    }
    match line.holds {
        Some(true) => spans.push(Span::styled(format!("{} {}", theme.glyphs.yes, line.display), theme.good)),
        Some(false) => spans.push(Span::styled(format!("{} {}", theme.glyphs.no, line.display), theme.bad)),
        None => spans.push(Span::styled(line.display.clone(), theme.accent)),
    }
    if let Some(spread) = &line.spread {
        spans.push(Span::styled(format!(" {}", histogram(theme, &spread.histogram(BINS).counts)), theme.series[1]));
    }
    Line::from(spans)
}

/// As much of a message as tells what sort of thing is wrong; the rest stands in the details.
fn short(message: &str) -> String {
    const MOST: usize = 28;
    let mut text = String::new();
    for word in message.split(' ') {
        if width(&text) + width(word) + 1 > MOST {
            return text + "…";
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text += word;
    }
    text
}
