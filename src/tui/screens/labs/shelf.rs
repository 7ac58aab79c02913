//! The lessons of all labs, and what was predicted in each.
//!
//! A prediction is kept with its reason, in words, so that one can read later what one believed. Start reading at
//! [`lessons`] and [`Predictions`].

use serde::{Deserialize, Serialize};

use crate::library::Library;
use crate::sim::lesson::Lesson;
use crate::time::StudyDay;
use crate::tui::effect::Record;
use crate::tui::screen::Cx;

/// More predictions of one lesson than anybody makes; the oldest are forgotten.
const MOST: usize = 50;

/// A lesson with its id, `<lab>/<lesson>`.
#[derive(Clone, Debug)]
pub struct Shelved {
    /// Such as `hash/add-a-node`.
    pub id: String,
    /// What it says.
    pub lesson: Lesson,
}

impl Shelved {
    /// The lab's id, such as `hash`.
    pub fn lab(&self) -> &str {
        self.id.split('/').next().unwrap_or_default()
    }
}

/// The lessons that can be read, by lab and in their order. What cannot is named by `sysdrill check`.
pub fn lessons(library: &Library) -> Vec<Shelved> {
    let files = library.files("lessons/").iter();
    let shelved = files.filter_map(|file| {
        let id = file.path.strip_prefix("lessons/")?.strip_suffix(".toml")?.to_owned();
        Some(Shelved { id, lesson: Lesson::parse(&file.file, &file.text).ok()? })
    });
    let mut all: Vec<Shelved> = shelved.collect();
    all.sort_by(|a, b| (a.lab(), a.lesson.order, &a.id).cmp(&(b.lab(), b.lesson.order, &b.id)));
    all
}

/// One prediction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Predicted {
    /// The study day.
    pub on: StudyDay,
    /// What was predicted, as it was shown.
    pub answer: String,
    /// Why, in the words of the candidate; may be empty.
    pub reason: String,
    /// Whether the run agreed.
    pub is_right: bool,
}

/// What was predicted in one lesson, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Predictions(Vec<Predicted>);

impl Predictions {
    /// Of a lesson; none where nothing can be read.
    pub fn of(cx: &Cx<'_>, lesson: &str) -> Self {
        let kept = cx.world.recollect(&key(lesson));
        kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    /// With one more, as a record to save.
    pub fn with(mut self, lesson: &str, predicted: Predicted) -> (Self, Record) {
        self.0.push(predicted);
        self.0.drain(..self.0.len().saturating_sub(MOST));
        let value = serde_json::to_string(&self.0).expect("words and days are JSON");
        (self, Record::Memory { key: key(lesson), value })
    }

    /// How many were made.
    pub fn made(&self) -> usize {
        self.0.len()
    }

    /// How many were right.
    pub fn right(&self) -> usize {
        self.0.iter().filter(|one| one.is_right).count()
    }

    /// The first one, made before the lesson had told its answer.
    pub fn first(&self) -> Option<&Predicted> {
        self.0.first()
    }

    /// The newest.
    pub fn last(&self) -> Option<&Predicted> {
        self.0.last()
    }
}

/// Where the predictions of a lesson are kept.
fn key(lesson: &str) -> String {
    format!("lesson/{lesson}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn predictions_read_back_and_the_oldest_are_forgotten() {
        let predicted = |number: usize| Predicted {
            on: StudyDay(20_000),
            answer: number.to_string(),
            reason: "because \"it\" must".to_owned(),
            is_right: number.is_multiple_of(2),
        };
        let mut all = Predictions::default();
        for number in 0..60 {
            let (more, record) = all.with("hash/hot-key", predicted(number));
            let Record::Memory { key, value } = record else { panic!("{record:?}") };
            assert_eq!(key, "lesson/hash/hot-key");
            assert_eq!(serde_json::from_str::<Predictions>(&value).expect("it reads back"), more);
            all = more;
        }
        assert_eq!((all.made(), all.right()), (50, 25));
        assert_eq!(all.first().map(|one| one.answer.as_str()), Some("10"));
        assert_eq!(all.last().map(|one| one.answer.as_str()), Some("59"));
    }
}
