//! What was done: the reviews of the log, counted.

use std::collections::BTreeMap;
use std::time::Duration;

use super::event::{Event, Item, Review, Stage, What};
use super::fold::effective;
use crate::time::StudyDay;

/// The reviews that hold, in the order of the log.
#[derive(Clone, Debug, Default)]
pub struct History<'a> {
    reviews: Vec<(&'a Item, &'a Review)>,
}

/// What was done on one study day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayTotal {
    /// Answers graded.
    pub answers: u32,
    /// The time they took.
    pub time: Duration,
}

impl<'a> History<'a> {
    /// The history that a log tells.
    pub fn of(events: &'a [Event]) -> Self {
        let holding = effective(&events.iter().collect::<Vec<_>>());
        let review = |event: &'a Event| match &event.what {
            What::Review(review) => Some((&event.item, review)),
            _ => None,
        };
        Self { reviews: holding.into_iter().filter_map(review).collect() }
    }

    /// The reviews with their items, oldest first.
    pub fn reviews(&self) -> impl DoubleEndedIterator<Item = (&'a Item, &'a Review)> + ExactSizeIterator {
        self.reviews.iter().copied()
    }

    /// True retention: of the learned cards that were asked since a day, the share that was recalled. None where none
    /// was asked.
    pub fn retention(&self, since: StudyDay) -> Option<f64> {
        let asked = self.reviews.iter().filter(|(_, review)| review.before == Stage::Review && review.day >= since);
        let (passed, all) = asked
            .fold((0_u32, 0_u32), |(passed, all), (_, review)| (passed + u32::from(review.rating.is_pass()), all + 1));
        (all > 0).then(|| f64::from(passed) / f64::from(all))
    }

    /// How often each rating was given, worst first.
    pub fn ratings(&self) -> [u32; 4] {
        let mut counts = [0; 4];
        for (_, review) in &self.reviews {
            counts[review.rating as usize - 1] += 1;
        }
        counts
    }

    /// What was done on each day on which something was.
    pub fn days(&self) -> BTreeMap<StudyDay, DayTotal> {
        let mut days: BTreeMap<_, DayTotal> = BTreeMap::new();
        for (_, review) in &self.reviews {
            let day = days.entry(review.day).or_default();
            day.answers += 1;
            day.time += review.elapsed;
        }
        days
    }

    /// How many days in a row, up to today or yesterday, something was reviewed.
    pub fn streak(&self, today: StudyDay) -> u32 {
        let days = self.days();
        let last = if days.contains_key(&today) { today } else { today.plus(-1) };
        (0..).take_while(|&back| days.contains_key(&last.plus(-back))).count() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::CardId;
    use crate::recall::{Due, Mint, ParametersId, Rating};
    use crate::time::{Now, Timestamp, ZoneOffset};

    fn history(reviews: &[(i32, Stage, Rating)]) -> Vec<Event> {
        let mut mint = Mint::new(1, "test", None);
        let offset = ZoneOffset(0);
        let item = Item::Card(CardId::new("a/1"));
        let event = |&(day, before, rating): &(i32, Stage, Rating)| {
            let now = Now {
                wall: Timestamp(i64::from(day) * 86_400_000),
                awake: Duration::ZERO,
                boot: Duration::ZERO,
                offset,
            };
            let review = Review {
                rating,
                proposed: None,
                elapsed: Duration::from_secs(5),
                day: StudyDay(day),
                before,
                after: Stage::Review,
                due: Due::On(StudyDay(day + 1)),
                parameters: ParametersId::default(),
            };
            mint.event(now, item.clone(), What::Review(review))
        };
        reviews.iter().map(event).collect()
    }

    #[test]
    fn true_retention_asks_learned_cards_only() {
        let log = history(&[
            (1, Stage::New, Rating::Again),
            (2, Stage::Review, Rating::Again),
            (3, Stage::Relearning { step: 0 }, Rating::Again),
            (4, Stage::Review, Rating::Hard),
            (5, Stage::Review, Rating::Easy),
            (6, Stage::Review, Rating::Good),
        ]);
        let history = History::of(&log);
        assert_eq!(history.retention(StudyDay(0)), Some(0.75));
        assert_eq!(history.retention(StudyDay(4)), Some(1.0));
        assert_eq!(history.retention(StudyDay(7)), None);
        assert_eq!(history.ratings(), [3, 1, 1, 1]);
    }

    #[test]
    fn a_streak_lives_until_a_day_has_passed_without() {
        let log = history(&[
            (1, Stage::New, Rating::Good),
            (3, Stage::Review, Rating::Good),
            (4, Stage::Review, Rating::Good),
        ]);
        let history = History::of(&log);
        assert_eq!([3, 4, 5, 6].map(|today| history.streak(StudyDay(today))), [1, 2, 2, 0]);
        assert_eq!(history.days()[&StudyDay(3)], DayTotal { answers: 1, time: Duration::from_secs(5) });
    }
}
