//! The level of the role that is interviewed for.

use serde::{Deserialize, Serialize};

/// The level of the role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// A few years of experience.
    Mid,
    /// Leads designs.
    #[default]
    Senior,
    /// Leads beyond one team.
    Staff,
}

/// Why a level could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no level: use mid, senior or staff")]
pub struct LevelError(String);

impl std::str::FromStr for Level {
    type Err = LevelError;

    fn from_str(text: &str) -> Result<Self, LevelError> {
        Self::WORDS
            .iter()
            .find(|(word, _)| *word == text)
            .map(|&(_, level)| level)
            .ok_or_else(|| LevelError(text.to_owned()))
    }
}

impl Level {
    /// Every level, from the lowest.
    pub const ALL: [Self; 3] = [Self::Mid, Self::Senior, Self::Staff];

    /// Their names, as files and the command line write them.
    pub(super) const WORDS: [(&'static str, Self); 3] =
        [("mid", Self::Mid), ("senior", Self::Senior), ("staff", Self::Staff)];

    /// The level's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mid => "mid",
            Self::Senior => "senior",
            Self::Staff => "staff",
        }
    }

    /// The one above, if there is one.
    pub fn next(self) -> Option<Self> {
        match self {
            Self::Mid => Some(Self::Senior),
            Self::Senior => Some(Self::Staff),
            Self::Staff => None,
        }
    }
}
