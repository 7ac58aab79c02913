//! What a review session is to hold.

use std::fmt;
use std::str::FromStr;

use crate::content::TopicId;

/// What a review session is to hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Only these topics; all where there are none.
    pub topics: Vec<TopicId>,
    /// At most so many cards.
    pub limit: Option<usize>,
    /// So many new cards instead of what the profile says.
    pub new: Option<u32>,
    /// Everything there is, and nothing is rescheduled.
    pub is_cram: bool,
}

impl fmt::Display for Plan {
    /// As a route writes it: topics and `key=value`, between commas.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let topics = self.topics.iter().map(ToString::to_string);
        let limit = self.limit.map(|limit| format!("limit={limit}"));
        let new = self.new.map(|new| format!("new={new}"));
        let cram = self.is_cram.then(|| "cram=yes".to_owned());
        let words: Vec<String> = topics.chain(limit).chain(new).chain(cram).collect();
        f.write_str(&words.join(","))
    }
}

impl FromStr for Plan {
    type Err = PlanError;

    fn from_str(text: &str) -> Result<Self, PlanError> {
        let mut plan = Self::default();
        for word in text.split(',').filter(|word| !word.is_empty()) {
            let refuse = || PlanError { word: word.to_owned() };
            match word.split_once('=') {
                None => plan.topics.push(TopicId::new(word)),
                Some(("limit", number)) => plan.limit = Some(number.parse().map_err(|_| refuse())?),
                Some(("new", number)) => plan.new = Some(number.parse().map_err(|_| refuse())?),
                Some(("cram", "yes")) => plan.is_cram = true,
                Some(_) => return Err(refuse()),
            }
        }
        Ok(plan)
    }
}

/// Why a text is no plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` is no part of a review: write topics, limit=20, new=5 or cram=yes, between commas")]
pub struct PlanError {
    word: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_reads_back_from_its_text() {
        for text in ["", "sharding", "sharding,caching,limit=20,new=5,cram=yes"] {
            assert_eq!(text.parse::<Plan>().expect(text).to_string(), text);
        }
        for bad in ["limit=many", "new=-1", "cram=no", "tier=core"] {
            let error = bad.parse::<Plan>().expect_err(bad);
            assert!(error.to_string().contains(bad), "{error}");
        }
    }
}
