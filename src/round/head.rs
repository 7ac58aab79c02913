//! The first lines of a scenario's file: enough to suggest it, read without the rest.

use serde::Deserialize;

use crate::content::TopicId;

/// What the head of a scenario says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Head {
    /// As shown.
    pub title: String,
    /// The length that suits it.
    pub minutes: u32,
    /// The topics that it exercises.
    #[serde(default)]
    pub topics: Vec<TopicId>,
}

impl Head {
    /// Reads what stands before the first table. A file that cannot be read so far has no head.
    pub fn of(text: &str) -> Option<Self> {
        let end = text.find("\n[").unwrap_or(text.len());
        toml::from_str(&text[..end]).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_ends_before_the_first_table() {
        let text = "title = \"Links\"\nminutes = 45\ntopics = [\"estimation\"]\nprompt = \"\"\"\nx\n\"\"\"\n\n[[input]]\nname = broken";
        let head = Head::of(text).expect("the head can be read");
        assert_eq!((head.title.as_str(), head.minutes, head.topics.len()), ("Links", 45, 1));
        assert_eq!(Head::of("title = 3"), None);
    }
}
