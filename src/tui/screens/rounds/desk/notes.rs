//! The candidate's notes: an editor for each phase, with the values of sheet lines and the design beside the text.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::text::Span;

use crate::estimate::Numbers;
use crate::time::Now;
use crate::tui::screens::rounds::drawing::{Drawing, drawing_lines};
use crate::tui::screens::rounds::live::{Beside, Live};
use crate::tui::theme::Theme;
use crate::tui::widgets::editor::{Edit, Editor, Looks, Wrapping};
use crate::tui::widgets::text::{truncate, width};

/// Columns beside the text for the values of sheet lines.
const GUTTER: u16 = 16;
/// How long typing rests before the design is drawn anew: layout takes longer than a key may.
const REST: Duration = Duration::from_millis(300);

/// The notes of all phases.
#[derive(Debug)]
pub(super) struct Notes {
    editors: Vec<Editor>,
    /// The text of each phase, as it was when it was last asked for.
    texts: Vec<String>,
    at: usize,
    live: Live,
    pub(super) drawing: Drawing,
    /// When the last key changed something that is not drawn yet.
    undrawn_since: Option<Duration>,
}

impl Notes {
    pub(super) fn new(texts: Vec<String>, numbers: Numbers) -> Self {
        let mut notes = Self {
            editors: texts.iter().map(|text| Editor::with(text, Wrapping::Words)).collect(),
            texts,
            at: 0,
            live: Live::new(numbers),
            drawing: Drawing::default(),
            undrawn_since: Some(Duration::ZERO),
        };
        notes.live.update(notes.texts.iter().map(String::as_str));
        notes
    }

    /// The editor of the phase that is open.
    pub(super) fn editor(&mut self) -> &mut Editor {
        &mut self.editors[self.at]
    }

    pub(super) fn can(&self, edit: Edit) -> bool {
        self.editors[self.at].can(edit)
    }

    pub(super) fn open(&mut self, phase: usize) {
        self.at = phase.min(self.editors.len().saturating_sub(1));
        self.undrawn_since = Some(Duration::ZERO);
    }

    /// Opens a phase unless it is open.
    pub(super) fn open_if_other(&mut self, phase: usize) {
        if phase != self.at {
            self.open(phase);
        }
    }

    /// Takes note of a change of the open phase.
    pub(super) fn changed(&mut self, now: Now) {
        self.texts[self.at] = self.editors[self.at].text();
        self.live.update(self.texts.iter().map(String::as_str));
        self.undrawn_since = Some(now.boot);
    }

    /// The notes of every phase.
    pub(super) fn texts(&self) -> &[String] {
        &self.texts
    }

    /// How long until the design is to be drawn anew.
    pub(super) fn next_wake(&self, now: Now) -> Option<Duration> {
        self.undrawn_since.map(|since| (since + REST).saturating_sub(now.boot))
    }

    /// The design of all phases, where typing has rested.
    pub(super) fn draw_design(&mut self, now: Now, room: Size) {
        let is_rested = self.undrawn_since.is_some_and(|since| now.boot >= since + REST || since.is_zero());
        if is_rested || self.undrawn_since.is_none() {
            let lines = self.texts.iter().map(|text| drawing_lines(text)).collect::<Vec<_>>().join("\n");
            self.drawing.update(lines, room);
            self.undrawn_since = None;
        }
    }

    fn has_sheet(&self) -> bool {
        self.texts[self.at].lines().any(|line| line.trim_start().starts_with('>'))
    }

    /// Lays the open phase out; sheet lines make room for their values where there is enough.
    pub(super) fn layout(&mut self, theme: &Theme, area: Rect) {
        let gutter = if self.has_sheet() && area.width > 2 * GUTTER { GUTTER } else { 0 };
        let size = Size { width: area.width - gutter, height: area.height.saturating_sub(1) };
        self.editors[self.at].layout(size, Looks { text: theme.text, selection: theme.selection });
    }

    /// Draws the open phase; the last row tells what is wrong with the line of the cursor, or with the design.
    pub(super) fn draw(&self, theme: &Theme, area: Rect, buf: &mut Buffer) -> Position {
        let editor = &self.editors[self.at];
        let text = Rect { height: area.height.saturating_sub(1), ..area };
        let cursor = editor.draw(text, buf);
        let mut last = None;
        for (row, y) in editor.rows().iter().zip(text.y..text.bottom()) {
            // The value stands beside the first row of a line that is wrapped.
            if last.replace(row.line) == Some(row.line) {
                continue;
            }
            if let Some(beside) = self.live.beside(self.at, row.line) {
                editor.mark(row.line, &(0..usize::MAX), theme.code, text, buf);
                draw_value(theme, beside, Rect { y, height: 1, ..area }, buf);
            }
        }
        if let Some(problem) = self.problem() {
            let row = Rect { y: area.bottom().saturating_sub(1), height: 1, ..area };
            let text = format!("{} {problem}", theme.glyphs.warn);
            let text = truncate(&text, usize::from(row.width), theme.glyphs.ellipsis);
            buf.set_string(row.x, row.y, text, theme.warn);
        }
        cursor
    }

    /// What is wrong with the line of the cursor, else with the design.
    fn problem(&self) -> Option<String> {
        let (line, _) = self.editors[self.at].cursor();
        let of_line = self.live.beside(self.at, line).and_then(|beside| beside.as_ref().err().cloned());
        of_line.or_else(|| self.drawing.problem().map(|problem| format!("{}; {}", problem.message, problem.remedy)))
    }
}

fn draw_value(theme: &Theme, beside: &Beside, row: Rect, buf: &mut Buffer) {
    let room = usize::from(GUTTER - 2).min(usize::from(row.width));
    let (text, style) = match beside {
        Ok(value) => (format!("= {value}"), theme.good),
        Err(_) => (format!("{} see below", theme.glyphs.warn), theme.warn),
    };
    let text = truncate(&text, room, theme.glyphs.ellipsis);
    let x = row.right().saturating_sub(width(&text) as u16);
    buf.set_span(x, row.y, &Span::styled(text, style), row.width);
}
