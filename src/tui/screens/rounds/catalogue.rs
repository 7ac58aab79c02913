//! What there is to design, read once when it is first looked at.

use std::rc::Rc;

use crate::content::TopicId;
use crate::estimate::Numbers;
use crate::library::Library;
use crate::round::{Difficulty, Family, Level, Rulebook, Scenario};
use crate::tui::screen::Refusal;

/// The file of reference numbers in the content.
const REFERENCES: &str = "numbers.toml";

/// Every scenario and what they share.
#[derive(Clone, Debug)]
pub(super) struct Catalogue {
    pub(super) scenarios: Rc<[Rc<Scenario>]>,
    pub(super) rulebook: Rc<Rulebook>,
    pub(super) numbers: Rc<Numbers>,
}

impl Catalogue {
    pub(super) fn of(library: &Library) -> Self {
        let numbers = library.file(REFERENCES).map(|file| Numbers::parse(REFERENCES, &file.text).0).unwrap_or_default();
        let files = library.files("");
        let (rulebook, _) = Rulebook::read(files);
        let scenarios = Scenario::all(files, &numbers).into_iter().map(Rc::new).collect();
        Self { scenarios, rulebook: Rc::new(rulebook), numbers: Rc::new(numbers) }
    }

    /// A scenario by its id; the first of all where none is named.
    pub(super) fn find(&self, id: &str) -> Result<Rc<Scenario>, Refusal> {
        let found = self.scenarios.iter().find(|scenario| id.is_empty() || scenario.id == id);
        found.cloned().ok_or_else(|| {
            if id.is_empty() {
                return Refusal(
                    "There is no scenario to hold a round of: `sysdrill --content DIR` adds a folder of them."
                        .to_owned(),
                );
            }
            let known = self.scenarios.iter().map(|scenario| scenario.id.as_str());
            let near = known.filter(|known| known.contains(id) || id.contains(known)).collect::<Vec<_>>().join(" or ");
            let remedy = if near.is_empty() {
                "`sysdrill list scenarios` shows them.".to_owned()
            } else {
                format!("did you mean {near}?")
            };
            Refusal(format!("There is no scenario `{id}`: {remedy}"))
        })
    }
}

/// Which scenarios are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter {
    pub(super) family: Option<Family>,
    pub(super) difficulty: Option<Difficulty>,
    pub(super) topic: Option<TopicId>,
    /// Words of title, summary or topics, in lower case.
    pub(super) words: String,
}

const DIFFICULTIES: [Difficulty; 3] = [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard];

impl Filter {
    pub(super) fn admits(&self, scenario: &Scenario) -> bool {
        let matches_words = || {
            let topics = scenario.topics.iter().map(TopicId::as_str).collect::<Vec<_>>().join(" ");
            let text = format!("{} {} {topics}", scenario.title, scenario.summary).to_lowercase();
            self.words.split_whitespace().all(|word| text.contains(word))
        };
        self.family.is_none_or(|family| family == scenario.family)
            && self.difficulty.is_none_or(|difficulty| difficulty == scenario.difficulty)
            && self.topic.as_ref().is_none_or(|topic| scenario.topics.contains(topic))
            && matches_words()
    }

    /// The next family: each in turn, then all.
    pub(super) fn next_family(&mut self) {
        self.family = next(&Family::ALL, self.family);
    }

    /// The next difficulty: each in turn, then any.
    pub(super) fn next_difficulty(&mut self) {
        self.difficulty = next(&DIFFICULTIES, self.difficulty);
    }

    /// The next topic that some scenario exercises, then any.
    pub(super) fn next_topic(&mut self, scenarios: &[Rc<Scenario>]) {
        let mut topics: Vec<&TopicId> = scenarios.iter().flat_map(|scenario| &scenario.topics).collect();
        topics.sort();
        topics.dedup();
        let after = match &self.topic {
            None => 0,
            Some(topic) => topics.partition_point(|other| *other <= topic),
        };
        self.topic = topics.get(after).map(|topic| (*topic).clone());
    }
}

/// The level after this one, the lowest after the highest.
pub(super) fn next_level(level: Level) -> Level {
    level.next().unwrap_or(Level::ALL[0])
}

/// A family's name for people.
pub(super) fn family_title(family: Family) -> &'static str {
    match family {
        Family::Hld => "High-level design",
        Family::Lld => "Low-level design",
        Family::Mini => "Mini-cases",
        Family::Critique => "Critiques",
    }
}

fn next<T: Copy + PartialEq>(all: &[T], now: Option<T>) -> Option<T> {
    match now {
        None => all.first().copied(),
        Some(now) => all.iter().position(|one| *one == now).and_then(|at| all.get(at + 1)).copied(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_goes_through_every_choice_and_back_to_all() {
        let mut filter = Filter::default();
        let mut seen = Vec::new();
        for _ in 0..5 {
            filter.next_family();
            seen.push(filter.family.map(Family::name));
        }
        assert_eq!(seen, [Some("hld"), Some("lld"), Some("mini"), Some("critique"), None]);
        filter.next_difficulty();
        assert_eq!(filter.difficulty, Some(Difficulty::Easy));
        assert_eq!(next_level(Level::Staff), Level::Mid);
    }
}
