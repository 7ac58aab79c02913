//! What stands on the page of a lesson at a moment, as lines of a width.

use std::collections::BTreeMap;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::sim::lesson::{Answer, Claim, Measures};
use crate::tui::theme::Theme;
use crate::tui::widgets::bar::bar;
use crate::tui::widgets::text::{grouped_digits, truncate, width};
use crate::tui::widgets::wrap::wrap;

use super::Player;
use super::run::{Ran, Stage};

/// The lines, and where the field stands that is typed into.
#[derive(Debug, Default)]
pub(super) struct Laid {
    pub(super) lines: Vec<Line<'static>>,
    /// The line at which keys act.
    pub(super) focus: usize,
    /// The column at which the field begins.
    pub(super) field_at: u16,
}

/// Labels stand in a column of this width.
const LABELS: usize = 13;
/// No text is wider than this: longer lines are hard to read.
const WIDEST: usize = 88;

struct Page<'a> {
    player: &'a Player,
    theme: &'a Theme,
    width: usize,
    laid: Laid,
}

pub(super) fn lay_out(player: &Player, theme: &Theme, width: usize) -> Laid {
    let mut page = Page { player, theme, width: width.min(WIDEST), laid: Laid::default() };
    page.setup();
    page.question();
    match player.play.stage {
        Stage::Asked => page.ask(),
        Stage::Reasoned | Stage::Running => page.reason(),
        Stage::Shown | Stage::Contrasted => page.show(),
    }
    page.blank();
    page.laid
}

/// A number as a prediction or a measure is shown: three digits behind the point at most, thousands apart.
pub(super) fn number(value: f64) -> String {
    if value.fract() != 0.0 && value.abs() < 1000.0 {
        let text = format!("{value:.3}");
        return text.trim_end_matches('0').trim_end_matches('.').to_owned();
    }
    let text = grouped_digits(&format!("{:.0}", value.abs()));
    if value < 0.0 { format!("-{text}") } else { text }
}

impl Page<'_> {
    fn blank(&mut self) {
        self.line(Line::default());
    }

    fn line(&mut self, line: impl Into<Line<'static>>) {
        self.laid.lines.push(line.into());
    }

    /// A text, wrapped, with a label before its first line.
    fn labelled(&mut self, label: &str, label_style: Style, text: &str, style: Style) {
        let unwrapped = text.trim().replace('\n', " ");
        let columns = self.width.saturating_sub(LABELS).max(10);
        for (index, row) in wrap(&unwrapped, columns).into_iter().enumerate() {
            let label = if index == 0 { label } else { "" };
            let label = Span::styled(format!("{label:<LABELS$}"), label_style);
            self.line(Line::from(vec![label, Span::styled(row.to_owned(), style)]));
        }
    }

    fn setup(&mut self) {
        self.blank();
        let dot = format!(" {} ", self.theme.glyphs.dot);
        let told = self.player.shelved.lesson.told.iter().map(|(name, value)| format!("{name} {value}"));
        let told = told.collect::<Vec<_>>().join(&dot);
        self.labelled("Set-up", self.theme.muted, &told, self.theme.muted);
        self.blank();
    }

    fn question(&mut self) {
        let ask = self.player.shelved.lesson.question.ask.clone();
        for row in wrap(&ask, self.width.max(10)) {
            self.line(Span::styled(row.to_owned(), self.theme.title));
        }
        self.blank();
    }

    fn ask(&mut self) {
        let play = &self.player.play;
        match &self.player.shelved.lesson.question.answer {
            Answer::Choice { options, .. } => {
                for (index, option) in options.iter().enumerate() {
                    let is_selected = play.selected == index + 1;
                    if is_selected {
                        self.laid.focus = self.laid.lines.len();
                    }
                    self.option(index, option, is_selected);
                }
            }
            Answer::Number { within, .. } => {
                self.field("Prediction");
                let exact = *within == 0.0;
                let within =
                    if exact { "right if exact".to_owned() } else { format!("right within {}", number(*within)) };
                let hint =
                    play.problem.clone().unwrap_or_else(|| format!("a number, such as 3, 0.25 or 10/11; {within}"));
                let style = if play.problem.is_some() { self.theme.warn } else { self.theme.muted };
                self.labelled("", style, &hint, style);
            }
        }
        self.past();
    }

    fn option(&mut self, index: usize, option: &str, is_selected: bool) {
        let sign = if is_selected { self.theme.glyphs.selected } else { " " };
        let text = if is_selected { self.theme.accent } else { self.theme.text };
        let columns = self.width.saturating_sub(6).max(10);
        for (row, part) in wrap(option, columns).into_iter().enumerate() {
            let lead = if row == 0 { format!("{sign} {}  ", index + 1) } else { "     ".to_owned() };
            let lead = Span::styled(lead, self.theme.key);
            self.line(Line::from(vec![lead, Span::styled(part.to_owned(), text)]));
        }
    }

    fn field(&mut self, label: &str) {
        self.laid.focus = self.laid.lines.len();
        self.laid.field_at = LABELS as u16;
        self.line(Span::styled(format!("{label:<LABELS$}"), self.theme.accent));
    }

    fn reason(&mut self) {
        self.predicted();
        if self.player.play.stage == Stage::Running {
            self.labelled("", self.theme.muted, &format!("running{}", self.theme.glyphs.ellipsis), self.theme.muted);
            return;
        }
        self.field("Because");
        self.labelled(
            "",
            self.theme.muted,
            "your reason, to compare with what is seen; may be empty",
            self.theme.muted,
        );
    }

    fn predicted(&mut self) {
        let Some(prediction) = self.player.play.prediction else { return };
        let told = self.player.told(prediction);
        self.labelled("Prediction", self.theme.muted, &told, self.theme.text);
    }

    /// What was predicted before, so that a second play is known as one.
    fn past(&mut self) {
        let past = &self.player.past;
        let Some(last) = past.last() else { return };
        let verdict = if last.is_right { "right" } else { "wrong" };
        let because = if last.reason.is_empty() { String::new() } else { format!(", because {}", last.reason) };
        let told =
            format!("{} of {} right; the last one, {verdict}: {}{because}", past.right(), past.made(), last.answer);
        self.blank();
        self.labelled("Before", self.theme.muted, &told, self.theme.muted);
    }

    fn show(&mut self) {
        let player = self.player;
        let Some(ran) = &player.play.ran else { return };
        self.predicted();
        let reason = player.play.reason.value().trim().to_owned();
        if !reason.is_empty() {
            self.labelled("Because", self.theme.muted, &reason, self.theme.text);
        }
        self.verdict(&ran.measures);
        self.blank();
        self.measures(ran);
        self.blank();
        let explanation = player.shelved.lesson.explanation.clone();
        self.labelled("Why", self.theme.accent, &explanation, self.theme.text);
        self.blank();
        self.contrast();
        self.blank();
        self.links();
    }

    fn verdict(&mut self, measures: &Measures) {
        let theme = self.theme;
        let found = match &self.player.shelved.lesson.question.answer {
            Answer::Choice { options, right } => options.get(right - 1).cloned().unwrap_or_default(),
            Answer::Number { measure, .. } => measures.get(measure).map(number).unwrap_or_default(),
        };
        let (sign, style, word) = if self.player.play.is_right {
            (theme.glyphs.yes, theme.good, "right")
        } else {
            (theme.glyphs.no, theme.bad, "no")
        };
        self.labelled(&format!("{sign} {word}"), style, &found, theme.text);
        if self.player.made_due > 0 {
            let cards = if self.player.made_due == 1 { "card is" } else { "cards are" };
            let told = format!("{} linked {cards} due today", self.player.made_due);
            self.labelled("", theme.muted, &told, theme.warn);
        }
    }

    /// Each measure that is claimed about, by subject, with the run's value and, once it is seen, the contrast's.
    fn measures(&mut self, ran: &Ran) {
        let is_contrasted = self.player.play.stage == Stage::Contrasted;
        for (measure, subjects) in claimed(&self.player.shelved.lesson.claims) {
            self.line(Span::styled(measure.replace('_', " "), self.theme.muted));
            let of = |measures: &Measures, subject: &str| measures.get(&format!("{subject}.{measure}")).unwrap_or(0.0);
            let names = subjects.iter().map(|subject| width(subject)).max().unwrap_or(0);
            let all = subjects.iter().map(|subject| of(&ran.measures, subject));
            let changed = subjects.iter().map(|subject| of(&ran.contrast, subject)).filter(|_| is_contrasted);
            let most = all.chain(changed).fold(f64::MIN_POSITIVE, f64::max);
            for subject in &subjects {
                let value = of(&ran.measures, subject);
                self.measured(&format!("{subject:<names$}"), value, most, self.theme.accent);
                if is_contrasted {
                    let after = of(&ran.contrast, subject);
                    self.measured(&format!("{:>names$}", "changed"), after, most, self.theme.warn);
                }
            }
        }
    }

    fn measured(&mut self, name: &str, value: f64, most: f64, style: Style) {
        let name = format!("  {name}  ");
        let columns = self.width.saturating_sub(width(&name) + 12).clamp(8, 48);
        let mut line = Line::from(Span::styled(name, self.theme.text));
        line.extend(bar(self.theme, value / most, columns, style));
        line.push_span(Span::styled(format!("{:>10}", number(value)), self.theme.text));
        self.line(line);
    }

    fn contrast(&mut self) {
        let contrast = &self.player.shelved.lesson.contrast;
        let theme = self.theme;
        let before = contrast.before.as_ref().map(|before| format!(" instead of {before}")).unwrap_or_default();
        let change = format!("{} = {}{before}", contrast.parameter, contrast.after);
        if self.player.play.stage == Stage::Shown {
            self.labelled(
                "Then",
                theme.muted,
                &format!("the same with {change}: what will be different?"),
                theme.muted,
            );
            return;
        }
        self.labelled("Changed", theme.warn, &change, theme.warn);
        let explanation = contrast.explanation.clone();
        self.labelled("", theme.muted, &explanation, theme.text);
    }

    fn links(&mut self) {
        let lesson = &self.player.shelved.lesson;
        let theme = self.theme;
        let columns = self.width.saturating_sub(LABELS).max(10);
        let note = lesson.note.iter().map(|note| ("note", note.clone()));
        let cards = lesson.cards.iter().map(|card| ("card", card.clone()));
        let links: Vec<(&str, String)> = note.chain(cards).collect();
        for (index, (kind, id)) in links.into_iter().enumerate() {
            let label = if index == 0 { "See" } else { "" };
            let text = truncate(&format!("{kind} {id}"), columns, theme.glyphs.ellipsis);
            self.labelled(label, theme.muted, &text, theme.muted);
        }
    }
}

/// The measures that claims name: by what is measured, of whom, both in the order of the claims.
fn claimed(claims: &[Claim]) -> Vec<(String, Vec<String>)> {
    let mut order: Vec<String> = Vec::new();
    let mut by_measure: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in claims.iter().flat_map(Claim::measures) {
        let Some((subject, measure)) = name.rsplit_once('.') else { continue };
        if !order.iter().any(|known| known == measure) {
            order.push(measure.to_owned());
        }
        let subjects = by_measure.entry(measure.to_owned()).or_default();
        if !subjects.iter().any(|known| known == subject) {
            subjects.push(subject.to_owned());
        }
    }
    order.into_iter().map(|measure| (measure.clone(), by_measure.remove(&measure).unwrap_or_default())).collect()
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_short_and_thousands_apart() {
        let shown = [0.9094, 0.5, 12.0, 9094.0, 1_234_567.4, -3.25, 0.0].map(number);
        assert_eq!(shown, ["0.909", "0.5", "12", "9,094", "1,234,567", "-3.25", "0"]);
    }
}
