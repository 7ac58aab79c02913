//! The form as plain state: which question is asked, and what is chosen.

use crate::round::Level;
use crate::store::{InterviewKind, Profile};
use crate::time::StudyDay;
use crate::tui::widgets::field::Field;

use super::date::{self, DateError};

/// The questions, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    Level,
    Kind,
    Date,
    Minutes,
}

const KINDS: [InterviewKind; 3] = [InterviewKind::Hld, InterviewKind::Lld, InterviewKind::Both];
const MINUTES: [u32; 6] = [10, 15, 20, 30, 45, 60];

impl Question {
    pub(super) const ALL: [Self; 4] = [Self::Level, Self::Kind, Self::Date, Self::Minutes];

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Level => "Level",
            Self::Kind => "Interview",
            Self::Date => "Date",
            Self::Minutes => "Minutes",
        }
    }

    /// What can be chosen; nothing where the answer is typed.
    pub(super) fn answers(self) -> &'static [&'static str] {
        match self {
            Self::Level => &["mid", "senior", "staff"],
            Self::Kind => &["HLD", "LLD", "both"],
            Self::Date => &[],
            Self::Minutes => &["10", "15", "20", "30", "45", "60"],
        }
    }

    /// What it is for.
    pub(super) fn hint(self) -> &'static str {
        match self {
            Self::Level => "The level that you interview for.",
            Self::Kind => "High-level design is systems, low-level design is classes and interfaces.",
            Self::Date => {
                "The day of the interview: 2026-12-24, 24 Dec, 3 weeks or 20 days. Leave it empty if you do not know."
            }
            Self::Minutes => "How long you mean to study on a day. New cards come at the pace that this allows.",
        }
    }
}

/// The form.
#[derive(Debug)]
pub(super) struct Form {
    asked: usize,
    level: usize,
    kind: usize,
    date: Field,
    minutes: usize,
}

impl Form {
    /// The form filled in with a profile.
    pub(super) fn of(profile: &Profile) -> Self {
        let place = |found: Option<usize>| found.unwrap_or(0);
        let nearest = (0..MINUTES.len()).min_by_key(|&at| MINUTES[at].abs_diff(profile.minutes_a_day));
        Self {
            asked: 0,
            level: place(Level::ALL.iter().position(|level| *level == profile.level)),
            kind: place(KINDS.iter().position(|kind| *kind == profile.kind)),
            date: Field::with(profile.interview.map(|day| day.to_string()).unwrap_or_default()),
            minutes: place(nearest),
        }
    }

    pub(super) fn asked(&self) -> Question {
        Question::ALL[self.asked]
    }

    pub(super) fn is_at_last(&self) -> bool {
        self.asked + 1 == Question::ALL.len()
    }

    pub(super) fn ask(&mut self, question: Question) {
        self.asked = Question::ALL.iter().position(|known| *known == question).unwrap_or(0);
    }

    pub(super) fn step(&mut self, by: isize) {
        self.asked = self.asked.saturating_add_signed(by).min(Question::ALL.len() - 1);
    }

    /// Which answer of a question is chosen; the first where it is typed.
    pub(super) fn chosen(&self, question: Question) -> usize {
        match question {
            Question::Level => self.level,
            Question::Kind => self.kind,
            Question::Date => 0,
            Question::Minutes => self.minutes,
        }
    }

    pub(super) fn choose(&mut self, by: isize) {
        let question = self.asked();
        let chosen = match question {
            Question::Level => &mut self.level,
            Question::Kind => &mut self.kind,
            Question::Date => return,
            Question::Minutes => &mut self.minutes,
        };
        *chosen = chosen.saturating_add_signed(by).min(question.answers().len() - 1);
    }

    pub(super) fn date(&self) -> &Field {
        &self.date
    }

    pub(super) fn date_mut(&mut self) -> &mut Field {
        &mut self.date
    }

    /// Empties the date unless it can be read.
    pub(super) fn forget_unreadable_date(&mut self, today: StudyDay) {
        if date::read(self.date.value(), today).is_err() {
            self.date.clear();
        }
    }

    /// The profile `before` with these answers.
    ///
    /// # Errors
    /// Where the date is none.
    pub(super) fn profile(&self, before: &Profile, today: StudyDay) -> Result<Profile, DateError> {
        let minutes_a_day = MINUTES[self.minutes];
        // Who set their own number of new cards keeps it.
        let follows = before.new_a_day == new_cards(before.minutes_a_day);
        Ok(Profile {
            level: Level::ALL[self.level],
            kind: KINDS[self.kind],
            interview: date::read(self.date.value(), today)?,
            minutes_a_day,
            new_a_day: if follows { new_cards(minutes_a_day) } else { before.new_a_day },
            ..before.clone()
        })
    }
}

/// The new cards a day for which some minutes are enough, with the reviews that they bring: ten for fifteen.
fn new_cards(minutes: u32) -> u32 {
    (minutes * 2 / 3).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: StudyDay = StudyDay(20_000);

    fn filled(before: &Profile, change: impl FnOnce(&mut Form)) -> Profile {
        let mut form = Form::of(before);
        change(&mut form);
        form.profile(before, TODAY).expect("a date or none")
    }

    #[test]
    fn a_form_that_nobody_touched_changes_nothing() {
        let profile = Profile { interview: Some(TODAY.plus(9)), level: Level::Staff, ..Profile::default() };
        assert_eq!(filled(&profile, |_| {}), profile);
        assert_eq!(filled(&Profile::default(), |_| {}), Profile::default());
    }

    #[test]
    fn new_cards_follow_the_minutes_unless_they_were_set_by_hand() {
        let longer = |form: &mut Form| {
            form.ask(Question::Minutes);
            form.choose(2);
        };
        let profile = filled(&Profile::default(), longer);
        assert_eq!((profile.minutes_a_day, profile.new_a_day), (30, 20));
        let by_hand = Profile { new_a_day: 3, ..Profile::default() };
        assert_eq!(filled(&by_hand, longer).new_a_day, 3);
    }

    #[test]
    fn answers_and_questions_stop_at_their_ends() {
        let mut form = Form::of(&Profile::default());
        form.choose(9);
        form.step(9);
        assert_eq!((form.chosen(Question::Level), form.asked()), (2, Question::Minutes));
        form.step(-9);
        form.choose(-9);
        assert_eq!((form.chosen(Question::Level), form.asked()), (0, Question::Level));
    }

    #[test]
    fn a_date_that_cannot_be_read_is_named_or_forgotten() {
        let mut form = Form::of(&Profile::default());
        form.date_mut().paste("soon");
        assert!(form.profile(&Profile::default(), TODAY).is_err());
        form.forget_unreadable_date(TODAY);
        assert_eq!(form.profile(&Profile::default(), TODAY), Ok(Profile::default()));
    }
}
