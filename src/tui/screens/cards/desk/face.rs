//! The two sides of a card as a [`Sheet`]: what is asked, the attempt, and the answer with its reasons.

use ratatui::text::{Line, Span};

use crate::content::{Card, CardKind, NoteRef};
use crate::library::Library;
use crate::recall::grading::Confidence;
use crate::tui::theme::Theme;
use crate::tui::widgets::text::truncate;

use super::attempt::{Attempt, Choose, Compute, Order};
use super::sheet::Sheet;

/// What a card shows at a moment.
pub(super) struct Face<'a> {
    pub(super) card: &'a Card,
    pub(super) attempt: &'a Attempt,
    /// Why the attempt is only one in the head where the card's kind asks for more.
    pub(super) fault: Option<&'a str>,
    pub(super) is_turned: bool,
    pub(super) library: &'a Library,
    pub(super) theme: &'a Theme,
    /// The keys that lead to the note and to the lesson.
    pub(super) keys: SeeKeys<'a>,
}

/// A card laid out.
pub(super) struct Laid {
    pub(super) sheet: Sheet,
    /// The line from which on the answer stands, or the attempt at it.
    pub(super) answer: usize,
    /// The line at which keys act.
    pub(super) focus: Option<usize>,
}

/// The keys that lead away from a card, as a reader sees them.
#[derive(Clone, Copy)]
pub(crate) struct SeeKeys<'a> {
    pub(crate) note: &'a str,
    pub(crate) lesson: &'a str,
}

impl Face<'_> {
    /// What stands where, for a width.
    pub(super) fn lay_out(&self, width: u16) -> Laid {
        let mut sheet = Sheet::new(width);
        sheet.blank();
        self.question(&mut sheet);
        sheet.blank();
        let answer = sheet.height();
        if !self.is_turned {
            let focus = self.prompt(&mut sheet);
            return Laid { sheet, answer, focus };
        }
        sheet.rule();
        sheet.blank();
        self.answer(&mut sheet);
        self.reasons(&mut sheet);
        sheet.blank();
        Laid { sheet, answer, focus: None }
    }

    fn question(&self, sheet: &mut Sheet) {
        let front = match &self.card.kind {
            CardKind::Cloze { gaps } => filled(&self.card.front, gaps, self.is_turned, self.theme.glyphs.ellipsis),
            _ => self.card.front.clone(),
        };
        if matches!(self.card.kind, CardKind::Mistake { .. }) {
            sheet.line(Span::styled("What is wrong with this?", self.theme.muted));
            sheet.blank();
        }
        sheet.text(self.theme, &front);
    }

    /// What the attempt looks like before the answer is seen; returns the line at which keys act.
    fn prompt(&self, sheet: &mut Sheet) -> Option<usize> {
        if let Some(fault) = self.fault {
            sheet.beside(self.theme, sign(self.theme.glyphs.warn, self.theme.warn), 2, fault);
        }
        match self.attempt {
            Attempt::Say => None,
            Attempt::Choose(choose) if !choose.is_open() => {
                sheet.line(Span::styled("Have an answer before you look at the options.", self.theme.muted));
                None
            }
            Attempt::Choose(choose) => self.options(sheet, choose),
            Attempt::Compute(compute) => self.typing(sheet, compute),
            Attempt::Order(order) => self.steps(sheet, order),
        }
    }

    fn options(&self, sheet: &mut Sheet, choose: &Choose) -> Option<usize> {
        let theme = self.theme;
        let ask = if choose.is_single() { "Pick one." } else { "Pick all that are right." };
        sheet.line(Span::styled(ask, theme.muted));
        let mut focus = None;
        for (place, option) in choose.options().iter().enumerate() {
            let is_at = place == choose.cursor();
            focus = focus.or(is_at.then(|| sheet.height()));
            let cursor = if is_at { theme.glyphs.selected } else { " " };
            let tick = if choose.is_picked(place) { theme.glyphs.ticked_box } else { theme.glyphs.open_box };
            let style = if choose.is_picked(place) { theme.accent } else { theme.muted };
            let lead = Line::from(vec![
                Span::styled(format!("{cursor} "), theme.accent),
                Span::styled(format!("{} ", place + 1), theme.key),
                Span::styled(tick, style),
            ]);
            sheet.beside(theme, lead, 6, &option.text);
        }
        if choose.has_picked() {
            sheet.blank();
            sheet.line(Span::styled(
                "Are you sure, in doubt, or guessing? A lucky guess counts as forgotten.",
                theme.muted,
            ));
        }
        focus
    }

    fn typing(&self, sheet: &mut Sheet, compute: &Compute) -> Option<usize> {
        let theme = self.theme;
        let unit = compute.unit();
        let focus = sheet.height();
        sheet.field(Line::from(Span::styled("= ", theme.accent)));
        if let Some(problem) = compute.problem() {
            if let Some(column) = problem.column {
                sheet.line(Span::styled(format!("  {}^", " ".repeat(column.min(sheet.width().into()))), theme.bad));
            } else {
                sheet.blank();
            }
            sheet.beside(theme, sign(theme.glyphs.no, theme.bad), 2, &problem.message);
        } else {
            let within = compute.within().get();
            let unit =
                if unit.is_empty() { String::new() } else { format!("In {unit}, unless you write another unit. ") };
            sheet.blank();
            sheet.line(Span::styled(format!("{unit}Right within a factor of {within}."), theme.muted));
        }
        Some(focus)
    }

    fn steps(&self, sheet: &mut Sheet, order: &Order) -> Option<usize> {
        let theme = self.theme;
        let mut focus = None;
        for (place, &step) in order.places().iter().enumerate() {
            let is_at = place == order.cursor();
            focus = focus.or(is_at.then(|| sheet.height()));
            let cursor = if is_at { theme.glyphs.selected } else { " " };
            let style = if is_at { theme.key } else { theme.muted };
            let lead = Line::from(vec![
                Span::styled(format!("{cursor} "), theme.accent),
                Span::styled(format!("{}.", place + 1), style),
            ]);
            sheet.beside(theme, lead, 5, self.step(step));
        }
        focus
    }

    fn answer(&self, sheet: &mut Sheet) {
        match (&self.card.kind, self.attempt) {
            (CardKind::Recall { back } | CardKind::Mistake { back }, _) => sheet.text(self.theme, back),
            (CardKind::Cloze { .. }, _) => {}
            (_, Attempt::Choose(choose)) => self.judged_options(sheet, choose),
            (_, Attempt::Compute(compute)) => self.judged_number(sheet, compute),
            (_, Attempt::Order(order)) => self.judged_steps(sheet, order),
            (kind, Attempt::Say) => self.solution(sheet, kind),
        }
    }

    /// The answer of a card whose kind allows an attempt, without one.
    fn solution(&self, sheet: &mut Sheet, kind: &CardKind) {
        match kind {
            CardKind::Choose { options } => {
                options.iter().filter(|option| option.right).for_each(|option| sheet.text(self.theme, &option.text));
            }
            CardKind::Compute { answer, .. } => sheet.text(self.theme, &format!("`{answer}`")),
            CardKind::Order { steps } => {
                for (place, step) in steps.iter().enumerate() {
                    let number = Line::from(Span::styled(format!("{}.", place + 1), self.theme.muted));
                    sheet.beside(self.theme, number, 3, step);
                }
            }
            CardKind::Recall { .. } | CardKind::Mistake { .. } | CardKind::Cloze { .. } => {}
        }
    }

    fn judged_options(&self, sheet: &mut Sheet, choose: &Choose) {
        let theme = self.theme;
        if let Some((confidence, verdict)) = choose.given() {
            let words = match confidence {
                _ if !verdict.right => "not right",
                Confidence::Guess => "right, but a guess",
                Confidence::Unsure => "right, though in doubt",
                Confidence::Sure => "right",
            };
            self.verdict(sheet, verdict.right, words);
        }
        for (place, option) in choose.options().iter().enumerate() {
            let (mark, style) = match (option.right, choose.is_picked(place)) {
                (true, _) => (theme.glyphs.yes, theme.good),
                (false, true) => (theme.glyphs.no, theme.bad),
                (false, false) => (" ", theme.muted),
            };
            let yours = if choose.is_picked(place) { theme.glyphs.ticked_box } else { " " };
            let lead = Line::from(vec![Span::styled(format!("{mark} "), style), Span::styled(yours, theme.muted)]);
            sheet.beside(theme, lead, 4, &option.text);
            if !option.right {
                sheet.muted_beside(theme, 4, &option.because);
            }
        }
    }

    fn judged_number(&self, sheet: &mut Sheet, compute: &Compute) {
        if let Some(computed) = compute.given() {
            let is_right = computed.verdict.right;
            let words = format!("{} is {}", computed.given, deviation(computed.ratio, is_right));
            self.verdict(sheet, is_right, &words);
        } else if compute.is_given_up() {
            self.verdict(sheet, false, "not answered");
        }
        let (derivation, solution) = (compute.derivation(), compute.solution().to_string());
        let shown = if derivation == solution { solution } else { format!("{derivation} = {solution}") };
        sheet.beside(self.theme, Line::default(), 2, &format!("`{shown}`"));
    }

    fn judged_steps(&self, sheet: &mut Sheet, order: &Order) {
        let theme = self.theme;
        let total = order.places().len();
        let in_place = (0..total).filter(|&place| order.is_right_at(place)).count();
        let is_right = in_place == total;
        let words = if is_right { "right".to_owned() } else { format!("{in_place} of {total} in their place") };
        self.verdict(sheet, is_right, &words);
        for place in 0..total {
            let (mark, style) =
                if order.is_right_at(place) { (theme.glyphs.yes, theme.good) } else { (theme.glyphs.no, theme.bad) };
            let lead = Line::from(vec![
                Span::styled(format!("{mark} "), style),
                Span::styled(format!("{}.", place + 1), theme.muted),
            ]);
            sheet.beside(theme, lead, 5, self.step(place));
            if !order.is_right_at(place) {
                let yours = truncate(self.step(order.places()[place]), 60, theme.glyphs.ellipsis);
                sheet.muted_beside(theme, 5, &format!("you had: {yours}"));
            }
        }
    }

    fn verdict(&self, sheet: &mut Sheet, is_right: bool, words: &str) {
        let theme = self.theme;
        let (mark, style) = if is_right { (theme.glyphs.yes, theme.good) } else { (theme.glyphs.no, theme.bad) };
        sheet.line(Span::styled(format!("{mark} {words}"), style));
        sheet.blank();
    }

    /// Why it is so, and where to read on.
    fn reasons(&self, sheet: &mut Sheet) {
        let theme = self.theme;
        let lead = |word: &'static str| Line::from(Span::styled(word, theme.muted));
        let is_cloze = matches!(self.card.kind, CardKind::Cloze { .. });
        if !is_cloze {
            sheet.blank();
        }
        if !self.card.why.is_empty() {
            sheet.beside(theme, lead("why"), 5, &self.card.why);
        }
        let note = self.card.note.as_ref().map(|note| format!("{} ({})", self.section(note), self.keys.note));
        let lesson = self.card.lesson.as_ref().map(|lesson| format!("lesson {lesson} ({})", self.keys.lesson));
        let lesson = lesson.filter(|_| has_lessons(self.library));
        let see: Vec<String> = note.into_iter().chain(lesson).collect();
        if !see.is_empty() {
            sheet.beside(theme, lead("see"), 5, &see.join("   "));
        }
    }

    /// A note's section as a reader finds it: `Consistent hashing › Movement`.
    fn section(&self, note: &NoteRef) -> String {
        let topic = self.library.topic(&note.topic).map_or(note.topic.as_str(), |topic| &topic.title);
        let heading = note.anchor.as_ref().and_then(|anchor| {
            let headings = &self.library.note(&note.topic)?.headings;
            headings.iter().find(|heading| heading.anchor == *anchor)
        });
        heading.map_or_else(
            || topic.to_owned(),
            |heading| format!("{topic} {} {}", self.theme.glyphs.within, heading.text),
        )
    }

    fn step(&self, step: usize) -> &str {
        match &self.card.kind {
            CardKind::Order { steps } => steps.get(step).map_or("", String::as_str),
            _ => "",
        }
    }
}

/// Whether there are lessons to go to at all.
pub(super) fn has_lessons(library: &Library) -> bool {
    !library.files("lessons/").is_empty()
}

/// A cloze with its gaps shown or filled. Each is written as a link to nowhere, because a link has the accent.
fn filled(front: &str, gaps: &[(u32, u32)], is_turned: bool, ellipsis: &str) -> String {
    let mut text = String::new();
    let mut end = 0;
    for &(from, to) in gaps {
        let (from, to) = (from as usize, to as usize);
        text.push_str(front.get(end..from).unwrap_or_default());
        let hidden = front.get(from..to).unwrap_or_default();
        text.push_str(&if is_turned { format!("[{hidden}](#)") } else { format!(r"[\[ {ellipsis} \]](#)") });
        end = to;
    }
    text.push_str(front.get(end..).unwrap_or_default());
    text
}

/// How far an answer is off, in words.
fn deviation(ratio: f64, is_right: bool) -> String {
    match ratio {
        _ if is_right && (ratio - 1.0).abs() < 0.005 => "right".to_owned(),
        _ if is_right => format!("right, {} the exact value", times(ratio)),
        _ if ratio <= 0.0 || !ratio.is_finite() => "not right".to_owned(),
        _ if ratio > 1.0 => format!("{} too much", times(ratio)),
        _ => format!("{} too little", times(ratio.recip())),
    }
}

fn times(ratio: f64) -> String {
    match ratio {
        _ if ratio < 10.0 => format!("{ratio:.2} times"),
        _ if ratio < 1e6 => format!("{ratio:.0} times"),
        _ => format!("{ratio:.0e} times"),
    }
}

fn sign(glyph: &'static str, style: ratatui::style::Style) -> Line<'static> {
    Line::from(Span::styled(glyph, style))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_shown_and_then_filled() {
        let front = "W + R > N meets one copy.";
        let gaps = [(0, 9), (16, 19)];
        assert_eq!(filled(front, &gaps, false, "…"), r"[\[ … \]](#) meets [\[ … \]](#) copy.");
        assert_eq!(filled(front, &gaps, true, "…"), "[W + R > N](#) meets [one](#) copy.");
        assert_eq!(filled("no gap", &[], true, "…"), "no gap");
    }

    #[test]
    fn a_deviation_is_said_in_words() {
        let check = |ratio, is_right, words: &str| assert_eq!(deviation(ratio, is_right), words);
        check(1.0, true, "right");
        check(1.04, true, "right, 1.04 times the exact value");
        check(1.2, false, "1.20 times too much");
        check(0.001, false, "1000 times too little");
        check(-1.0, false, "not right");
        check(0.0, false, "not right");
    }
}
