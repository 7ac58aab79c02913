//! The end of a session: what was answered, when cards come again, and what to do now.

use std::collections::BTreeMap;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::content::{CardId, TopicId};
use crate::recall::{Due, Mode, Rating, Session};
use crate::time::{StudyDay, Timestamp};
use crate::tui::screen::Cx;
use crate::tui::widgets::empty::Empty;
use crate::tui::widgets::panel::Panel;

use super::{Command, keys};

/// The longest bar, in columns.
const BAR: u32 = 24;

/// What a session came to.
#[derive(Debug)]
pub(super) struct Summary {
    answers: [u32; 4],
    elapsed: Duration,
    is_cram: bool,
    /// The topic of which most was forgotten, with its title and how many cards that were.
    weakest: Option<(TopicId, String, usize)>,
    today: StudyDay,
    /// The next study day on which cards come again, and how many do.
    next: Option<(StudyDay, usize)>,
}

impl Summary {
    pub(super) fn of(cx: &Cx<'_>, session: &Session, forgotten: &[CardId]) -> Self {
        let student = &cx.world.student;
        let today = student.today(cx.now);
        let states = cx.world.library.cards().iter().map(|card| student.state_of(card));
        let days = states.filter(|state| !state.suspended).filter_map(|state| match state.due {
            Some(Due::On(day)) => Some(day.max(today.plus(1))),
            _ => None,
        });
        let mut by_day: BTreeMap<StudyDay, usize> = BTreeMap::new();
        days.for_each(|day| *by_day.entry(day).or_default() += 1);
        Self {
            answers: session.answers(),
            elapsed: session.elapsed(cx.now),
            is_cram: session.mode() == Mode::Cram,
            weakest: weakest(cx, forgotten),
            today,
            next: by_day.into_iter().next(),
        }
    }

    /// The topic of which most was forgotten.
    pub(super) fn weakest(&self) -> Option<&TopicId> {
        self.weakest.as_ref().map(|(topic, ..)| topic)
    }

    pub(super) fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) {
        let theme = cx.theme;
        let total: u32 = self.answers.iter().sum();
        let title = if total == 0 { "Nothing to review" } else { "Session done" };
        let inner = Panel::new(theme, title).draw(area, buf);
        let mut lines = if total == 0 { self.empty(cx) } else { self.done(cx, total) };
        if inner.height > lines.len() as u16 + 1 {
            lines.insert(0, Line::default());
        }
        for (line, y) in lines.iter().zip(inner.y..inner.bottom()) {
            buf.set_line(inner.x + 1, y, line, inner.width.saturating_sub(1));
        }
    }

    fn done(&self, cx: &Cx<'_>, total: u32) -> Vec<Line<'static>> {
        let theme = cx.theme;
        let seconds = self.elapsed.as_secs();
        let answers = if total == 1 { "answer" } else { "answers" };
        let mut lines = vec![
            Line::from(vec![
                Span::styled(format!("{total} {answers}"), theme.text),
                Span::styled(format!(" in {}:{:02}", seconds / 60, seconds % 60), theme.muted),
            ]),
            Line::default(),
        ];
        let most = self.answers.iter().copied().max().unwrap_or(0).max(1);
        for (rating, count) in Rating::ALL.into_iter().zip(self.answers) {
            let length = (count * BAR).div_ceil(most);
            let style = if rating.is_pass() { theme.accent } else { theme.warn };
            lines.push(Line::from(vec![
                Span::styled(format!("{:<7}", rating.name()), theme.muted),
                Span::styled(format!("{count:>4}  "), theme.text),
                Span::styled(theme.glyphs.bar_full.repeat(length as usize), style),
            ]));
        }
        lines.push(Line::default());
        lines.push(self.next_due(cx));
        if let Some((_, title, count)) = &self.weakest {
            let key = keys::label_of(cx, Command::Note).map(|key| format!(" ({key})")).unwrap_or_default();
            lines.push(fact(cx, "forgotten", format!("{count} in {title}: its note is worth reading again{key}")));
        }
        lines
    }

    fn empty(&self, cx: &Cx<'_>) -> Vec<Line<'static>> {
        let text = "Nothing is due, and no new card is left for today.";
        let cram = "in the Cards tab: all cards of a topic, and grades do not count";
        vec![
            Line::from(Span::styled(text, cx.theme.text)),
            Line::default(),
            self.next_due(cx),
            fact(cx, "cram", cram.to_owned()),
        ]
    }

    fn next_due(&self, cx: &Cx<'_>) -> Line<'static> {
        if self.is_cram {
            return fact(cx, "schedule", "unchanged: in a cram grades do not count".to_owned());
        }
        let text = match self.next {
            Some((day, 1)) => format!("1 card {}", when(day.days_since(self.today))),
            Some((day, count)) => format!("{count} cards {}", when(day.days_since(self.today))),
            None => "no card has been learned yet".to_owned(),
        };
        fact(cx, "next due", text)
    }
}

/// What the session shows while nothing is left but to wait for a step.
pub(super) fn draw_wait(cx: &Cx<'_>, until: Option<Timestamp>, area: Rect, buf: &mut Buffer) {
    let seconds = until.map_or(0, |until| until.since(cx.now.wall).as_secs());
    let why = format!("Nothing else is due. The next card comes back in {}:{:02}.", seconds / 60, seconds % 60);
    let inner = Panel::new(cx.theme, "").draw(area, buf);
    Empty { theme: cx.theme, why: &why, next: &[] }.draw(inner, buf);
}

fn fact(cx: &Cx<'_>, word: &str, text: String) -> Line<'static> {
    Line::from(vec![Span::styled(format!("{word:<11}"), cx.theme.muted), Span::styled(text, cx.theme.text)])
}

/// How far a day is away, in words.
fn when(days: i32) -> String {
    if days <= 1 { "tomorrow".to_owned() } else { format!("in {days} days") }
}

fn weakest(cx: &Cx<'_>, forgotten: &[CardId]) -> Option<(TopicId, String, usize)> {
    let mut by_topic: BTreeMap<&TopicId, usize> = BTreeMap::new();
    let topics = forgotten.iter().filter_map(|card| cx.world.library.card(card)).map(|card| &card.topic);
    topics.for_each(|topic| *by_topic.entry(topic).or_default() += 1);
    let (topic, count) = by_topic.into_iter().max_by_key(|&(_, count)| count)?;
    cx.world.library.note(topic)?;
    let title = cx.world.library.topic(topic).map_or(topic.as_str(), |topic| &topic.title);
    Some((topic.clone(), title.to_owned(), count))
}
