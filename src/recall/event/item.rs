//! What an event happens to.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::content::{CardId, TopicId};

/// Something that is learned, or that a setting holds for. As text: `card:caching/ttl`, `topic:caching`, `all`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Item {
    /// A card.
    Card(CardId),
    /// A generator of estimation questions.
    Drill(String),
    /// A problem to design.
    Scenario(String),
    /// A topic, for its settings.
    Topic(TopicId),
    /// Everything, for settings.
    All,
}

impl Item {
    /// The card, where it is one.
    pub fn card(&self) -> Option<&CardId> {
        match self {
            Self::Card(card) => Some(card),
            _ => None,
        }
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Card(id) => write!(f, "card:{id}"),
            Self::Drill(id) => write!(f, "drill:{id}"),
            Self::Scenario(id) => write!(f, "scenario:{id}"),
            Self::Topic(id) => write!(f, "topic:{id}"),
            Self::All => f.write_str("all"),
        }
    }
}

impl From<Item> for String {
    fn from(item: Item) -> Self {
        item.to_string()
    }
}

impl FromStr for Item {
    type Err = ItemError;

    fn from_str(text: &str) -> Result<Self, ItemError> {
        if text == "all" {
            return Ok(Self::All);
        }
        match text.split_once(':') {
            Some((_, "")) | None => Err(ItemError { text: text.to_owned() }),
            Some(("card", id)) => Ok(Self::Card(CardId::new(id))),
            Some(("drill", id)) => Ok(Self::Drill(id.to_owned())),
            Some(("scenario", id)) => Ok(Self::Scenario(id.to_owned())),
            Some(("topic", id)) => Ok(Self::Topic(TopicId::new(id))),
            Some(_) => Err(ItemError { text: text.to_owned() }),
        }
    }
}

impl TryFrom<String> for Item {
    type Error = ItemError;

    fn try_from(text: String) -> Result<Self, ItemError> {
        text.parse()
    }
}

/// Why a text names no item.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not an item: write card:ID, drill:ID, scenario:ID, topic:ID or all")]
pub struct ItemError {
    text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_reads_back_from_its_text() {
        for text in ["card:caching/ttl", "drill:bandwidth", "scenario:url-shortener", "topic:caching", "all"] {
            assert_eq!(text.parse::<Item>().expect(text).to_string(), text);
        }
        for bad in ["", "card", "card:", "caching/ttl", "note:caching"] {
            assert!(bad.parse::<Item>().is_err(), "{bad}");
        }
    }
}
