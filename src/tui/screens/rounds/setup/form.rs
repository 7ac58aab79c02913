//! The form as plain state: which question is asked, and what is chosen.

use crate::round::{Family, Kinds, Level, RoundKind, Scenario};
use crate::tui::screen::Refusal;

use super::super::wanted::Wanted;

/// The questions, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    Kind,
    Minutes,
    Level,
    Mode,
    Help,
}

/// Lengths that are offered besides those of the kind.
const MINUTES: [u32; 8] = [5, 10, 15, 20, 30, 45, 60, 90];

/// How much of the work is done already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in super::super) enum Help {
    /// Blank pages.
    #[default]
    Solo,
    /// The first half of the phases is filled in from the exemplary round.
    Faded,
    /// Another person interviews: no pages, but a script and the rubric.
    Partner,
}

/// What was chosen.
#[derive(Clone, Debug)]
pub(in super::super) struct Chosen {
    pub(in super::super) kind: RoundKind,
    pub(in super::super) minutes: u32,
    pub(in super::super) level: Level,
    pub(in super::super) is_strict: bool,
    pub(in super::super) help: Help,
}

impl Question {
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Kind => "Round",
            Self::Minutes => "Minutes",
            Self::Level => "Level",
            Self::Mode => "Clock",
            Self::Help => "For",
        }
    }
}

/// The form.
#[derive(Debug)]
pub(super) struct Form {
    questions: Vec<Question>,
    asked: usize,
    kinds: Vec<RoundKind>,
    kind: usize,
    minutes: u32,
    level: Level,
    is_strict: bool,
    help: Help,
}

impl Form {
    /// The form with what suits the scenario, and what was wanted already.
    pub(super) fn of(scenario: &Scenario, kinds: &Kinds, wanted: &Wanted) -> Result<Self, Refusal> {
        let mut kinds: Vec<RoundKind> = kinds.of(scenario.family).cloned().collect();
        // A family's own round stands first; the others are for part of an interview.
        let usual = match scenario.family {
            Family::Hld => "hld-seven",
            Family::Lld => "lld-ten",
            Family::Mini => "mini-case",
            Family::Critique => "critique",
        };
        kinds.sort_by_key(|kind| kind.id != usual);
        let place = |id: &str| kinds.iter().position(|kind| kind.id == id);
        let kind = match &wanted.kind {
            Some(id) => place(id).ok_or_else(|| {
                let ids = kinds.iter().map(|kind| kind.id.as_str()).collect::<Vec<_>>().join(", ");
                Refusal(format!("There is no kind of round `{id}` for {}; there are {ids}.", scenario.title))
            })?,
            None => place(usual).unwrap_or(0),
        };
        let default = kinds.get(kind).map(|kind| kind.default);
        let default = default.ok_or_else(|| Refusal(format!("There is no kind of round for {}.", scenario.title)))?;
        let mut questions = vec![Question::Kind, Question::Minutes, Question::Level, Question::Mode, Question::Help];
        if kinds.len() == 1 {
            questions.remove(0);
        }
        Ok(Self {
            questions,
            asked: 0,
            kinds,
            kind,
            minutes: wanted.minutes.unwrap_or(default),
            level: wanted.level.unwrap_or_default(),
            is_strict: wanted.is_strict,
            help: if wanted.is_interviewer { Help::Partner } else { Help::Solo },
        })
    }

    pub(super) fn questions(&self) -> &[Question] {
        &self.questions
    }

    pub(super) fn asked(&self) -> Question {
        self.questions[self.asked]
    }

    pub(super) fn step(&mut self, by: isize) {
        self.asked = self.asked.saturating_add_signed(by).min(self.questions.len() - 1);
    }

    pub(super) fn kind(&self) -> &RoundKind {
        &self.kinds[self.kind]
    }

    pub(super) fn level(&self) -> Level {
        self.level
    }

    pub(super) fn minutes(&self) -> u32 {
        self.minutes
    }

    pub(super) fn is_strict(&self) -> bool {
        self.is_strict
    }

    pub(super) fn help(&self) -> Help {
        self.help
    }

    /// The answers of a question, and which of them is chosen.
    pub(super) fn answers(&self, question: Question) -> (Vec<String>, usize) {
        let words = |words: &[&str], at: usize| (words.iter().map(|word| (*word).to_owned()).collect(), at);
        match question {
            Question::Kind => (self.kinds.iter().map(|kind| kind.title.clone()).collect(), self.kind),
            Question::Minutes => {
                let minutes = self.lengths();
                let at = minutes.iter().position(|length| *length == self.minutes).unwrap_or(0);
                (minutes.iter().map(u32::to_string).collect(), at)
            }
            Question::Level => words(&["mid", "senior", "staff"], self.level as usize),
            Question::Mode => words(&["practice", "strict"], usize::from(self.is_strict)),
            Question::Help => words(&["one, blank pages", "one, half filled in", "two"], self.help as usize),
        }
    }

    pub(super) fn choose(&mut self, by: isize) {
        let question = self.asked();
        let (answers, at) = self.answers(question);
        let at = at.saturating_add_signed(by).min(answers.len() - 1);
        match question {
            Question::Kind => {
                let follows = self.minutes == self.kind().default;
                self.kind = at;
                if follows {
                    self.minutes = self.kind().default;
                }
            }
            Question::Minutes => self.minutes = self.lengths()[at],
            Question::Level => self.level = Level::ALL[at],
            Question::Mode => self.is_strict = at == 1,
            Question::Help => self.help = [Help::Solo, Help::Faded, Help::Partner][at],
        }
    }

    pub(super) fn chosen(&self) -> Chosen {
        Chosen {
            kind: self.kind().clone(),
            minutes: self.minutes,
            level: self.level,
            is_strict: self.is_strict,
            help: self.help,
        }
    }

    /// The lengths on offer, shortest first.
    fn lengths(&self) -> Vec<u32> {
        let mut lengths: Vec<u32> = MINUTES.to_vec();
        lengths.extend(&self.kind().lengths);
        lengths.push(self.minutes);
        lengths.sort_unstable();
        lengths.dedup();
        lengths
    }
}
