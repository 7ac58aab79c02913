//! What text cannot show, in one's own judgement; and what one expects the notes to show.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::round::{Level, Rubric, Shown};
use crate::tui::screen::Cx;
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::wrap::wrap;

/// What may be expected, as means.
const MEANS: [f64; 7] = [1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0];

/// The questions and what was chosen.
#[derive(Debug)]
pub(super) struct Own {
    questions: Vec<Question>,
    at: usize,
}

#[derive(Debug)]
struct Question {
    /// The dimension; none for the prediction.
    dimension: Option<String>,
    title: String,
    answers: Vec<String>,
    meanings: Vec<String>,
    chosen: usize,
}

impl Own {
    pub(super) fn of(rubric: &Rubric, level: Level) -> Self {
        let prediction = Question {
            dimension: None,
            title: "Your guess".to_owned(),
            answers: MEANS.iter().map(|mean| format!("{mean:.1}")).collect(),
            meanings: vec![
                "The mean that you expect the notes to earn, from 1 to 4; 2.75 is near the bar.".to_owned();
                MEANS.len()
            ],
            chosen: 3,
        };
        let personal = rubric.dimensions.iter().filter(|dimension| dimension.shown == Shown::Person);
        let questions = personal.map(|dimension| Question {
            dimension: Some(dimension.id.clone()),
            title: dimension.title.clone(),
            answers: ["1", "2", "3", "4"].map(str::to_owned).to_vec(),
            meanings: dimension.anchors_at(level).to_vec(),
            chosen: 2,
        });
        Self { questions: std::iter::once(prediction).chain(questions).collect(), at: 0 }
    }

    pub(super) fn is_at_last(&self) -> bool {
        self.at + 1 == self.questions.len()
    }

    /// On to the next question; whether there is none.
    pub(super) fn next(&mut self) -> bool {
        let is_over = self.is_at_last();
        self.step(1);
        is_over
    }

    pub(super) fn step(&mut self, by: isize) {
        self.at = self.at.saturating_add_signed(by).min(self.questions.len() - 1);
    }

    pub(super) fn choose(&mut self, by: isize) {
        let question = &mut self.questions[self.at];
        question.chosen = question.chosen.saturating_add_signed(by).min(question.answers.len() - 1);
    }

    pub(super) fn prediction(&self) -> Option<f64> {
        MEANS.get(self.questions[0].chosen).copied()
    }

    /// The scores of the dimensions that text cannot show.
    pub(super) fn scores(&self) -> Vec<(String, u8)> {
        let scores = self.questions.iter().filter_map(|question| {
            let dimension = question.dimension.clone()?;
            Some((dimension, u8::try_from(question.chosen + 1).unwrap_or(4)))
        });
        scores.collect()
    }

    pub(super) fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) {
        let theme = cx.theme;
        let height = (self.questions.len() as u16 * 2 + 9).min(area.height);
        let card = Rect { width: area.width.min(88), height, ..area };
        let inner = Panel::new(theme, "Before you see what the notes show").draw(card, buf);
        let columns = usize::from(inner.width);
        let why = "Text cannot show how you spoke. Judge that yourself now, and guess the rest: how far guess and score lie apart is worth knowing.";
        let mut y = inner.y;
        for line in wrap(why, columns) {
            buf.set_string(inner.x, y, line, theme.muted);
            y += 1;
        }
        y += 1;
        for (at, question) in self.questions.iter().enumerate() {
            let is_asked = at == self.at;
            let (sign, style) = if is_asked { (theme.glyphs.selected, theme.title) } else { (" ", theme.muted) };
            let mut line = Line::from(vec![
                Span::styled(format!("{sign} "), theme.accent),
                Span::styled(format!("{:<26}", question.title), style),
            ]);
            for (place, answer) in question.answers.iter().enumerate() {
                let is_chosen = place == question.chosen;
                let style = if is_chosen { theme.key } else { theme.muted };
                let style = if is_chosen && is_asked { style.patch(theme.selection) } else { style };
                line.push_span(Span::styled(
                    if is_chosen { format!("[{answer}]") } else { format!(" {answer} ") },
                    style,
                ));
            }
            if y < inner.bottom() {
                buf.set_line(inner.x, y, &line, inner.width);
            }
            y += 2;
        }
        let asked = &self.questions[self.at];
        let meaning = asked.meanings.get(asked.chosen).map_or("", String::as_str);
        for (line, y) in wrap(meaning, columns).into_iter().zip(y..inner.bottom()) {
            buf.set_string(inner.x, y, line, theme.text);
        }
    }
}
