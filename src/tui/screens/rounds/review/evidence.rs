//! Each checkpoint with the candidate's own line, to be confirmed or corrected.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::round::{Checkpoint, Credit, Finding, Level, Notes, Override, Scenario, Tier};
use crate::tui::theme::Theme;
use crate::tui::widgets::list::{List, Selection};
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::{truncate, width};
use crate::tui::widgets::wrap::wrap;

use super::word;

/// Rows of the details.
const DETAILS: u16 = 9;
/// Columns of the tier.
const TIER: usize = 14;

/// The list and the corrections.
#[derive(Debug)]
pub(super) struct Evidence {
    /// The checkpoints that are expected, by phase.
    credits: Vec<Credit>,
    selection: Selection,
    overrides: Vec<Override>,
    /// The candidate's own lines that say something, by number.
    lines: Vec<u32>,
    /// The line that is selected, while one is being chosen.
    picking: Option<Selection>,
}

/// What is shown.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub(super) theme: &'a Theme,
    pub(super) scenario: &'a Scenario,
    pub(super) level: Level,
    pub(super) findings: &'a [Finding],
    pub(super) notes: &'a Notes,
}

impl Evidence {
    pub(super) fn of(credits: &[Credit], scenario: &Scenario, notes: &Notes) -> Self {
        let mut credits = credits.to_vec();
        let phases = scenario.family.phases();
        let phase = |credit: &Credit| {
            let phase = scenario.checkpoint(&credit.id).map(|one| one.phase.as_str());
            phases.iter().position(|known| Some(*known) == phase)
        };
        credits.sort_by_key(phase);
        let lines = notes.lines.iter().filter(|line| !line.text.trim().is_empty()).map(|line| line.number).collect();
        Self { credits, selection: Selection::default(), overrides: Vec::new(), lines, picking: None }
    }

    pub(super) fn overrides(&self) -> &[Override] {
        &self.overrides
    }

    pub(super) fn is_picking(&self) -> bool {
        self.picking.is_some()
    }

    fn selected(&self) -> Option<&Credit> {
        self.credits.get(self.selection.at)
    }

    fn override_of(&self, id: &str) -> Option<&Override> {
        self.overrides.iter().find(|one| one.checkpoint == id)
    }

    pub(super) fn is_overridden(&self) -> bool {
        !self.is_picking() && self.selected().is_some_and(|credit| self.override_of(&credit.id).is_some())
    }

    /// Whether there is a line to say of that it shows nothing.
    pub(super) fn may_reject(&self, findings: &[Finding]) -> bool {
        !self.is_picking() && self.selected().is_some_and(|credit| line_of(findings, &credit.id).is_some())
    }

    pub(super) fn step(&mut self, by: isize) {
        match &mut self.picking {
            Some(picking) => picking.step(by, self.lines.len()),
            None => self.selection.step(by, self.credits.len()),
        }
    }

    /// Chooses a line, or takes the one that is chosen.
    pub(super) fn go(&mut self) {
        let Some(credit) = self.selected().cloned() else { return };
        match self.picking.take() {
            Some(picking) => {
                if let Some(line) = self.lines.get(picking.at).copied() {
                    self.correct(Override { checkpoint: credit.id, tier: credit.needed, line });
                }
            }
            None if self.lines.is_empty() => {}
            None => self.picking = Some(Selection::default()),
        }
    }

    pub(super) fn reject(&mut self, findings: &[Finding]) {
        let Some(id) = self.selected().map(|credit| credit.id.clone()) else { return };
        if let Some(line) = line_of(findings, &id) {
            self.correct(Override { checkpoint: id, tier: Tier::Nothing, line });
        }
    }

    pub(super) fn undo(&mut self) {
        if let Some(id) = self.selected().map(|credit| credit.id.clone()) {
            self.overrides.retain(|one| one.checkpoint != id);
        }
    }

    pub(super) fn close(&mut self) {
        self.picking = None;
    }

    fn correct(&mut self, correction: Override) {
        self.overrides.retain(|one| one.checkpoint != correction.checkpoint);
        self.overrides.push(correction);
    }

    pub(super) fn layout(&mut self, area: Rect) {
        let (list, details) = areas(area);
        self.selection.scroll_into(usize::from(Panel::inner(list).height), self.credits.len());
        if let Some(picking) = &mut self.picking {
            picking.scroll_into(usize::from(Panel::inner(details).height), self.lines.len());
        }
    }

    pub(super) fn draw(&self, shown: Shown<'_>, area: Rect, buf: &mut Buffer) {
        let theme = shown.theme;
        let (list, details) = areas(area);
        let credited = self.credits.iter().filter(|credit| self.tier(credit) >= credit.needed).count();
        let note = format!("{credited} of {} shown at {} level", self.credits.len(), shown.level.name());
        let inner = Panel::new(theme, "Evidence")
            .note(Span::styled(note, theme.muted))
            .focused(!self.is_picking())
            .draw(list, buf);
        let rows = List { theme, selection: self.selection, rows: self.credits.len(), is_focused: true };
        rows.draw(inner, buf, |index, columns| self.row(shown, &self.credits[index], columns));
        match self.picking {
            Some(picking) => self.draw_lines(shown, picking, details, buf),
            None => self.draw_details(shown, details, buf),
        }
    }

    /// How far a checkpoint counts as shown now.
    fn tier(&self, credit: &Credit) -> Tier {
        self.override_of(&credit.id).map_or(credit.tier, |one| one.tier)
    }

    fn row(&self, shown: Shown<'_>, credit: &Credit, columns: usize) -> Line<'static> {
        let theme = shown.theme;
        let (sign, style) = self.sign(theme, credit);
        let says = shown.scenario.checkpoint(&credit.id).map_or("", |one| one.says.as_str());
        let room = columns.saturating_sub(TIER + 4);
        let says = truncate(says, room, theme.glyphs.ellipsis);
        let air = " ".repeat(room - width(&says));
        let mark = if self.override_of(&credit.id).is_some() { "*" } else { " " };
        Line::from(vec![
            Span::styled(format!("{sign} "), style),
            Span::styled(says, theme.text),
            Span::raw(format!("{air} ")),
            Span::styled(format!("{:>TIER$}{mark}", word(self.tier(credit))), style),
        ])
    }

    fn sign(&self, theme: &Theme, credit: &Credit) -> (&'static str, Style) {
        let tier = self.tier(credit);
        match () {
            () if tier >= credit.needed => (theme.glyphs.yes, theme.good),
            () if tier >= Tier::Mentioned => ("?", theme.warn),
            () => (theme.glyphs.no, theme.bad),
        }
    }

    fn draw_details(&self, shown: Shown<'_>, area: Rect, buf: &mut Buffer) {
        let theme = shown.theme;
        let Some(credit) = self.selected() else { return };
        let Some(checkpoint) = shown.scenario.checkpoint(&credit.id) else { return };
        let inner = Panel::new(theme, "What was looked for").draw(area, buf);
        let columns = usize::from(inner.width);
        let mut lines: Vec<Line<'static>> = Vec::new();
        let mut add = |text: &str, style: Style| {
            lines.extend(wrap(text, columns).into_iter().map(|line| Line::styled(line.to_owned(), style)));
        };
        for (name, sentence) in wanted(checkpoint, credit.needed) {
            add(&format!("{name}: {sentence}"), theme.text);
        }
        let line = match self.override_of(&credit.id) {
            Some(one) => Some(one.line),
            None => line_of(shown.findings, &credit.id),
        };
        match line.and_then(|number| shown.notes.lines.iter().find(|line| line.number == number)) {
            Some(line) => {
                add(&format!("your line {}, {}: {}", line.number, line.phase, line.text.trim()), theme.accent)
            }
            None => add("No line of yours shows it.", theme.muted),
        }
        if shown.findings.iter().any(|finding| finding.id == credit.id && finding.contradicted) {
            add("A later line takes it back.", theme.warn);
        }
        for (line, y) in lines.iter().zip(inner.y..inner.bottom()) {
            buf.set_line(inner.x, y, line, inner.width);
        }
    }

    fn draw_lines(&self, shown: Shown<'_>, picking: Selection, area: Rect, buf: &mut Buffer) {
        let theme = shown.theme;
        let inner = Panel::new(theme, "Which line shows it?").focused(true).draw(area, buf);
        let rows = List { theme, selection: picking, rows: self.lines.len(), is_focused: true };
        rows.draw(inner, buf, |index, _| {
            let line = shown.notes.lines.iter().find(|line| line.number == self.lines[index]);
            let (number, text) = line.map_or((0, ""), |line| (line.number, line.text.trim()));
            Line::from(vec![
                Span::styled(format!("{number:>3}  "), theme.muted),
                Span::styled(text.to_owned(), theme.text),
            ])
        });
    }
}

fn areas(area: Rect) -> (Rect, Rect) {
    let details = DETAILS.min(area.height / 2) + if area.height > 30 { 4 } else { 0 };
    let list = Rect { height: area.height - details, ..area };
    (list, Rect { y: list.bottom(), height: details, ..area })
}

fn line_of(findings: &[Finding], id: &str) -> Option<u32> {
    findings.iter().find(|finding| finding.id == id).and_then(|finding| finding.said.as_ref()).map(|said| said.line)
}

/// The sentences that had to be said for a tier.
fn wanted(checkpoint: &Checkpoint, needed: Tier) -> Vec<(&'static str, &str)> {
    let all = [
        (Tier::Claimed, "say", checkpoint.says.as_str()),
        (Tier::Justified, "why", checkpoint.senior.as_str()),
        (Tier::Conditional, "unless", checkpoint.staff.as_str()),
    ];
    let due = all.into_iter().filter(|(tier, _, sentence)| *tier <= needed && !sentence.is_empty());
    due.map(|(_, name, sentence)| (name, sentence)).collect()
}
