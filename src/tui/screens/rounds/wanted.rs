//! What a route asks of a round: `round:url-shortener minutes=20 level=staff strict`.

use std::fmt;
use std::str::FromStr;

use crate::round::Level;

/// A scenario and what is chosen of its round already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The scenario's id; empty where any will do.
    pub scenario: String,
    /// The kind of round, by id.
    pub kind: Option<String>,
    /// How long it is to last.
    pub minutes: Option<u32>,
    /// At which level it is judged.
    pub level: Option<Level>,
    /// Whether there is no pause.
    pub is_strict: bool,
    /// Whether the scenario is put with its constraint turned round.
    pub is_variant: bool,
    /// Whether a round that was left is gone on with.
    pub resumes: bool,
    /// Whether one person interviews another.
    pub is_interviewer: bool,
}

/// Why a wish for a round cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WantedError {
    /// An option that there is not.
    #[error("a round has no option `{0}`: there are kind=, minutes=, level=, strict, variant, resume and interviewer")]
    Option(String),
    /// Not a number of minutes.
    #[error("`{0}` are no minutes of a round: write 1 to 240")]
    Minutes(String),
    /// Not a level.
    #[error("`{0}` is no level: write mid, senior or staff")]
    Level(String),
}

impl FromStr for Wanted {
    type Err = WantedError;

    fn from_str(text: &str) -> Result<Self, WantedError> {
        let mut words = text.split(' ');
        // Options alone begin with a blank: any scenario will do.
        let mut wanted = Self { scenario: words.next().unwrap_or_default().to_owned(), ..Self::default() };
        let words = words.filter(|word| !word.is_empty());
        for word in words {
            match word.split_once('=') {
                Some(("kind", kind)) => wanted.kind = Some(kind.to_owned()),
                Some(("minutes", minutes)) => {
                    let read = minutes.parse().ok().filter(|minutes| (1..=240).contains(minutes));
                    wanted.minutes = Some(read.ok_or_else(|| WantedError::Minutes(minutes.to_owned()))?);
                }
                Some(("level", level)) => {
                    let read = Level::ALL.into_iter().find(|known| known.name() == level);
                    wanted.level = Some(read.ok_or_else(|| WantedError::Level(level.to_owned()))?);
                }
                None if word == "strict" => wanted.is_strict = true,
                None if word == "variant" => wanted.is_variant = true,
                None if word == "resume" => wanted.resumes = true,
                None if word == "interviewer" => wanted.is_interviewer = true,
                _ => return Err(WantedError::Option(word.to_owned())),
            }
        }
        Ok(wanted)
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.scenario)?;
        if let Some(kind) = &self.kind {
            write!(f, " kind={kind}")?;
        }
        if let Some(minutes) = self.minutes {
            write!(f, " minutes={minutes}")?;
        }
        if let Some(level) = self.level {
            write!(f, " level={}", level.name())?;
        }
        for (word, is_wanted) in [
            ("strict", self.is_strict),
            ("variant", self.is_variant),
            ("resume", self.resumes),
            ("interviewer", self.is_interviewer),
        ] {
            if is_wanted {
                write!(f, " {word}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_is_written_as_it_is_read() {
        for text in ["", "url-shortener", "chat minutes=20 level=staff strict", "chat kind=hld-five resume interviewer"]
        {
            assert_eq!(text.parse::<Wanted>().expect("a wish").to_string(), text);
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_with_a_remedy() {
        let check = |text: &str, remedy: &str| {
            let error = text.parse::<Wanted>().expect_err(text).to_string();
            assert!(error.contains(remedy), "{error}");
        };
        check("chat minutes=0", "1 to 240");
        check("chat level=junior", "mid, senior or staff");
        check("chat fast", "there are kind=");
    }
}
