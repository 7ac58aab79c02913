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
    /// Reads the lines before the prompt, which say it all in the usual order of a file; else what stands before the first table.
    /// A file that cannot be read so far has no head.
    pub fn of(text: &str) -> Option<Self> {
        let head = &text[..text.find("\n[").unwrap_or(text.len())];
        let first = head.find("\nprompt").map(|end| &head[..end]);
        let is_whole = |read: &Self| !read.topics.is_empty();
        let first = first.and_then(|lines| toml::from_str(lines).ok()).filter(is_whole);
        first.or_else(|| toml::from_str(head).ok())
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
        let late = Head::of("title = \"Links\"\nminutes = 30\nprompt = \"x\"\ntopics = [\"caching\"]").expect("a head");
        assert_eq!((late.minutes, late.topics.len()), (30, 1), "what follows the prompt counts too");
        assert_eq!(Head::of("title = 3"), None);
    }
}
