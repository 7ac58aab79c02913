//! Where one can go: the names of screens, and links as content writes them.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

/// A screen and, after a colon, what to open there: `library`, `note:replication#lag`, `lab:cache`. Where several screens
/// share a first word (`lab:cache`, `lab:hash`), the names of these screens hold the colon.
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

    /// What this route asks of a screen of that name: `None` where it leads elsewhere, else the argument that is left.
    pub fn within(&self, name: &str) -> Option<Option<&str>> {
        let argument = self.argument.as_deref();
        let Some((screen, rest)) = name.split_once(':') else {
            return (self.screen == name).then_some(argument);
        };
        let left = argument.filter(|_| self.screen == screen)?.strip_prefix(rest)?;
        if left.is_empty() { Some(None) } else { left.strip_prefix(':').map(Some) }
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

#[cfg(test)]
mod tests {
    use super::Route;

    #[track_caller]
    fn check(route: &str, name: &str, expect: Option<Option<&str>>) {
        let Ok(route) = route.parse::<Route>();
        assert_eq!(route.within(name), expect, "{route} within {name}");
    }

    #[test]
    fn a_route_leads_to_the_screen_whose_name_it_begins_with() {
        check("library", "library", Some(None));
        check("note:replication#lag", "note", Some(Some("replication#lag")));
        check("lab:cache", "lab:cache", Some(None));
        check("lab:cache:--policy lru", "lab:cache", Some(Some("--policy lru")));
        check("lab:cached", "lab:cache", None);
        check("lab:hash", "lab:cache", None);
        check("lab", "lab:cache", None);
        check("library", "note", None);
    }
}
