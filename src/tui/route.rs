//! Where one can go: the names of screens, and links as content writes them.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

/// A screen and, after a colon, what to open there: `library`, `note:replication#lag`, `lab:cache`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Route {
    /// A name in the registry of screens.
    pub screen: String,
    /// An id, as that screen understands it.
    pub argument: Option<String>,
}

impl Route {
    /// The route to a screen itself.
    pub fn to(screen: &str) -> Self {
        Self { screen: screen.to_owned(), argument: None }
    }

    /// The route to something that a screen shows.
    pub fn at(screen: &str, argument: impl fmt::Display) -> Self {
        Self { screen: screen.to_owned(), argument: Some(argument.to_string()) }
    }
}

impl FromStr for Route {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(match text.split_once(':') {
            Some((screen, argument)) => Self::at(screen, argument),
            None => Self::to(text),
        })
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.argument {
            Some(argument) => write!(f, "{}:{argument}", self.screen),
            None => f.write_str(&self.screen),
        }
    }
}
