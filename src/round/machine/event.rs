//! What happens in a round, what it wants done, and both as lines of a file.

use serde::{Deserialize, Serialize};

use super::super::level::Level;
use crate::time::Now;

/// What was chosen before the start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    /// The scenario's id.
    pub scenario: String,
    /// The id of the kind of round.
    pub kind: String,
    /// The whole length.
    pub minutes: u32,
    /// The level that is aimed at.
    pub level: Level,
    /// What may be done to the clock.
    pub mode: Mode,
    /// Whether the scenario's variant is held.
    #[serde(default)]
    pub variant: bool,
    /// What was filled in beforehand, a text a phase from the first on; it is nobody's merit.
    #[serde(default)]
    pub given: Vec<String>,
}

/// What may be done to the clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// It may be paused, and time away does not count.
    #[default]
    Practice,
    /// It runs on whatever happens, as in an interview.
    Strict,
}

impl Mode {
    /// What is said about the clock before the start.
    pub fn policy(self) -> &'static str {
        match self {
            Self::Practice => {
                "You may pause, and time away does not count. Otherwise the clock runs on, also while the machine sleeps."
            }
            Self::Strict => "There is no pause. The clock runs on, also while you are away or the machine sleeps.",
        }
    }
}

/// Something that happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// The clock starts.
    Begin,
    /// The notes of the present phase are now these.
    Edited {
        /// All of them.
        text: String,
    },
    /// On to the next phase.
    NextPhase,
    /// To the phase before.
    Back,
    /// A hint is wanted.
    HintAsked,
    /// The interviewer is to ask something.
    ProbeAsked,
    /// A curveball was answered.
    CurveballAnswered {
        /// Which.
        id: String,
        /// With what.
        text: String,
    },
    /// The clock is to stand.
    Pause,
    /// The clock is to go on.
    Resume,
    /// The round was loaded again after a leave or a crash.
    Reopened,
    /// Nothing but time.
    TimePassed,
    /// The round is over.
    Finish,
    /// The round is broken off.
    GiveUp,
}

/// Something to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "what", rename_all = "snake_case")]
pub enum Effect {
    /// The round is to be written down.
    SaveDraft,
    /// A gentle bell.
    Ring(Bell),
    /// The interviewer says something.
    Show(Line),
    /// The round is to be scored.
    Score,
}

/// Why the bell rings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bell {
    /// Two minutes of the phase are left.
    PhaseSoon,
    /// The phase's time is up.
    PhaseOver,
    /// Two minutes of the round are left.
    RoundSoon,
    /// The round's time is up.
    RoundOver,
}

/// Something that the interviewer says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What it is.
    pub kind: LineKind,
    /// The words.
    pub text: String,
}

/// What a line of the interviewer is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// The task.
    Opening,
    /// What holds of the clock.
    Policy,
    /// What a phase begins with.
    Prompt,
    /// The answer to a question of the candidate's.
    Answer,
    /// A question to the candidate.
    Probe,
    /// Help, the first rung of three or a later one.
    Hint(u8),
    /// A change of the problem, by id.
    Curveball(String),
    /// The time is up.
    Time,
}

/// An event with the moment at which it happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// When.
    pub now: Now,
    /// What.
    pub event: Event,
}

/// A round as a file: the set-up on the first line, an event on each further one, as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recording {
    /// What was chosen.
    pub setup: Setup,
    /// What happened, in order.
    pub events: Vec<Recorded>,
}

/// Why a recording could not be read.
#[derive(Debug, thiserror::Error)]
#[error(
    "line {line} of the recording cannot be read ({source}): write the set-up on the first line and an event on each further one"
)]
pub struct RecordingError {
    line: usize,
    source: serde_json::Error,
}

impl Recording {
    /// Reads a recording.
    ///
    /// # Errors
    /// Names the first line that cannot be read.
    pub fn parse(text: &str) -> Result<Self, RecordingError> {
        let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let (at, first) = lines.next().unwrap_or((0, ""));
        let setup = serde_json::from_str(first).map_err(|source| RecordingError { line: at + 1, source })?;
        let event = |(at, line): (usize, &str)| {
            serde_json::from_str(line).map_err(|source| RecordingError { line: at + 1, source })
        };
        Ok(Self { setup, events: lines.map(event).collect::<Result<_, _>>()? })
    }

    /// The recording as a file.
    pub fn to_lines(&self) -> String {
        let json = |value: Result<String, serde_json::Error>| value.expect("set-ups and events have string keys");
        let events = self.events.iter().map(|event| json(serde_json::to_string(event)));
        let lines: Vec<String> = std::iter::once(json(serde_json::to_string(&self.setup))).chain(events).collect();
        lines.join("\n") + "\n"
    }
}
