//! How it stands: cards by stage, retention, readiness by topic, what is to come.

use std::collections::BTreeMap;

use serde::Serialize;

use super::event::{Due, Item, Rating, Stage};
use super::fold::{ItemState, State};
use super::history::History;
use super::queue::Queue;
use super::schedule::Scheduler;
use crate::content::{Card, TopicId};
use crate::time::{Now, StudyDay};

/// How it stands, as `sysdrill stats --json` prints it (rounds come from elsewhere).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stats {
    /// Answers graded, ever.
    pub reviews: usize,
    /// Cards by stage.
    pub cards: CardCounts,
    /// Retention over all reviews.
    pub retention: Reached,
    /// Days in a row with reviews.
    pub streak: u32,
    /// The topics in the library's order.
    pub topics: Vec<Readiness>,
}

/// How many cards there are of each kind; a suspended one counts as nothing else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CardCounts {
    /// All.
    pub total: usize,
    /// Never answered.
    pub new: usize,
    /// In steps.
    pub learning: usize,
    /// Learned.
    pub review: usize,
    /// Left out.
    pub suspended: usize,
    /// Reviews and learning cards in today's queue.
    pub due_today: usize,
}

/// The retention that is aimed at, and the one that was reached.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Reached {
    /// Where a topic has none of its own.
    pub desired: f64,
    /// None before a learned card was asked.
    pub actual: Option<f64>,
}

/// How ready a topic is for questions of recall.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Readiness {
    /// The topic.
    pub topic: TopicId,
    /// The mean chance of recall now over its active cards; a new one counts 0.
    pub readiness: f64,
    /// The same on the day of the interview, if every card is answered well when it is due and new ones come at the daily
    /// limit; none without a date.
    pub on_the_day: Option<f64>,
    /// How many of its cards are active: not suspended.
    pub active: usize,
    /// How many of those have been answered.
    pub begun: usize,
}

/// Everything that the statistics rest on.
#[derive(Clone, Copy, Debug)]
pub struct Basis<'a> {
    /// All cards in the library's order.
    pub cards: &'a [Card],
    /// Their states.
    pub state: &'a State,
    /// The memory model and the rules.
    pub scheduler: &'a Scheduler,
    /// The moment.
    pub now: Now,
    /// The day of the interview, where it is known.
    pub interview: Option<StudyDay>,
    /// New cards a day.
    pub new_a_day: u32,
}

impl<'a> Basis<'a> {
    /// How it stands; `queue` is today's.
    pub fn stats(&self, history: &History<'_>, queue: &Queue) -> Stats {
        let today = self.scheduler.today(self.now);
        let desired = self.scheduler.rules().retention.get();
        let actual = history.retention(StudyDay(i32::MIN));
        Stats {
            reviews: history.reviews().len(),
            cards: self.counts(queue),
            retention: Reached { desired, actual },
            streak: history.streak(today),
            topics: self.readiness(),
        }
    }

    /// How ready each topic is, in the library's order.
    pub fn readiness(&self) -> Vec<Readiness> {
        let mut order: Vec<&TopicId> = Vec::new();
        let mut sums: BTreeMap<&TopicId, (f64, f64, usize, usize)> = BTreeMap::new();
        let mut new_so_far = 0;
        for card in self.cards {
            let state = self.of(card);
            let sum = sums.entry(&card.topic).or_insert_with(|| {
                order.push(&card.topic);
                Default::default()
            });
            if state.suspended {
                continue;
            }
            sum.0 += state.recall(self.now.wall, self.scheduler.model());
            sum.1 += self.interview.map_or(0.0, |day| self.recall_on(day, card, state, new_so_far));
            sum.2 += 1;
            sum.3 += usize::from(state.stage != Stage::New);
            new_so_far += u32::from(state.stage == Stage::New);
        }
        let mean = |sum: f64, count: usize| if count == 0 { 0.0 } else { sum / count as f64 };
        let readiness = |topic: &TopicId| {
            let (now, then, active, begun) = sums[topic];
            let on_the_day = self.interview.map(|_| mean(then, active));
            Readiness { topic: topic.clone(), readiness: mean(now, active), on_the_day, active, begun }
        };
        order.into_iter().map(readiness).collect()
    }

    /// How many learned cards come due on each of the next days, today first with what is overdue.
    pub fn forecast(&self, days: usize) -> Vec<u32> {
        let today = self.scheduler.today(self.now);
        let mut counts = vec![0; days];
        for card in self.cards {
            let state = self.of(card);
            let (Some(Due::On(day)), Stage::Review, false) = (state.due, state.stage, state.suspended) else {
                continue;
            };
            let ahead = usize::try_from(day.days_since(today)).unwrap_or(0);
            if let Some(count) = counts.get_mut(ahead) {
                *count += 1;
            }
        }
        counts
    }

    fn counts(&self, queue: &Queue) -> CardCounts {
        let queued = queue.counts();
        let mut counts =
            CardCounts { total: self.cards.len(), due_today: queued.learning + queued.review, ..CardCounts::default() };
        for card in self.cards {
            let state = self.of(card);
            match state.stage {
                _ if state.suspended => counts.suspended += 1,
                Stage::New => counts.new += 1,
                Stage::Learning { .. } | Stage::Relearning { .. } => counts.learning += 1,
                Stage::Review => counts.review += 1,
            }
        }
        counts
    }

    fn of(&self, card: &Card) -> ItemState {
        *self.state.card(&card.id)
    }

    /// The chance that a card is recalled on a day, if it is answered well whenever it is due until then. A new card is
    /// first met when those before it have been.
    fn recall_on(&self, day: StudyDay, card: &Card, state: ItemState, new_before: u32) -> f64 {
        let today = self.scheduler.today(self.now);
        let model = self.scheduler.model();
        let retention = self.scheduler.rules().retention_of(&Item::Card(card.id.clone()));
        let (mut memory, mut last, mut due) = match (state.memory, state.last, state.due) {
            (Some(memory), Some(last), Some(Due::On(due))) => (Some(memory), last.day, due.max(today)),
            (Some(memory), Some(last), _) => (Some(memory), last.day, today),
            _ if self.new_a_day == 0 => return 0.0,
            _ => (None, today, today.plus(i32::try_from(new_before / self.new_a_day).unwrap_or(i32::MAX))),
        };
        while due < day {
            let days = u32::try_from(due.days_since(last)).unwrap_or(0);
            let outcome = model.outcomes(memory, days, retention)[Rating::Good as usize - 1];
            let wait = (outcome.interval.round() as i32).max(1);
            (memory, last, due) = (Some(outcome.memory), due, due.plus(wait));
        }
        memory.map_or(0.0, |memory| model.recall(memory, f64::from(day.days_since(last))))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::content::{CardId, CardKind, Place, Tier};
    use crate::recall::{LastReview, Memory, Parameters, Rules};
    use crate::time::{Timestamp, ZoneOffset};

    const TODAY: StudyDay = StudyDay(20_000);

    fn now() -> Now {
        let wall = Timestamp(20_000 * 86_400_000 + 43_200_000);
        Now { wall, awake: Duration::ZERO, boot: Duration::ZERO, offset: ZoneOffset(0) }
    }

    fn card(id: &str) -> Card {
        Card {
            id: CardId::new(id),
            topic: TopicId::new(id.split('/').next().expect("a topic")),
            tier: Tier::Core,
            front: "What?".to_owned(),
            kind: CardKind::Recall { back: "That.".to_owned() },
            why: String::new(),
            note: None,
            lesson: None,
            tags: Vec::new(),
            siblings: None,
            contrast: None,
            place: Place::default(),
        }
    }

    /// Learned `ago` days ago to a stability of as many days, due `ahead` days from today.
    fn learned(ago: i32, ahead: i32) -> ItemState {
        let at = Timestamp(now().wall.0 - i64::from(ago) * 86_400_000);
        ItemState {
            stage: Stage::Review,
            due: Some(Due::On(TODAY.plus(ahead))),
            memory: Some(Memory { stability: ago as f32, difficulty: 5.0 }),
            last: Some(LastReview { at, day: TODAY.plus(-ago) }),
            ..ItemState::default()
        }
    }

    /// Runs `check` on a library in which some cards have a state.
    fn check(cards: &[(&str, ItemState)], interview: Option<i32>, check: impl FnOnce(Basis<'_>)) {
        let library: Vec<_> = cards.iter().map(|(id, _)| card(id)).collect();
        let mut state = State::default();
        for (id, known) in cards {
            state.set_card(id, *known);
        }
        let scheduler = Scheduler::new(&Parameters::default(), Rules::default());
        let interview = interview.map(|ahead| TODAY.plus(ahead));
        check(Basis { cards: &library, state: &state, scheduler: &scheduler, now: now(), interview, new_a_day: 1 });
    }

    #[test]
    fn readiness_is_mean_recall_with_new_cards_as_nothing_and_without_suspended_ones() {
        let suspended = ItemState { suspended: true, ..learned(1, 0) };
        let cards =
            [("b/1", learned(8, 0)), ("a/1", ItemState::default()), ("b/2", ItemState::default()), ("b/3", suspended)];
        check(&cards, None, |basis| {
            let readiness = basis.readiness();
            let rounded: Vec<_> = readiness
                .iter()
                .map(|r| (r.topic.as_str(), (r.readiness * 1e4).round() / 1e4, r.active, r.begun))
                .collect();
            assert_eq!(rounded, [("b", 0.45, 2, 1), ("a", 0.0, 1, 0)]);
            assert_eq!(readiness[0].on_the_day, None);
        });
    }

    #[test]
    fn on_the_day_what_is_kept_up_is_at_least_as_desired_and_what_is_not_begun_in_time_is_nothing() {
        let cards = [("a/1", learned(8, 0)), ("b/1", ItemState::default()), ("c/1", ItemState::default())];
        check(&cards, Some(1), |basis| {
            let then: Vec<_> = basis.readiness().iter().filter_map(|topic| topic.on_the_day).collect();
            assert!(then[0] > 0.95 && then[1] > 0.9, "{then:?}");
            assert_eq!(then[2], 0.0, "one new card a day, and one day left");
        });
        check(&cards, Some(300), |basis| {
            assert!(basis.readiness().iter().all(|topic| topic.on_the_day.is_some_and(|share| share > 0.88)));
        });
    }

    #[test]
    fn the_forecast_counts_what_is_overdue_as_today() {
        let cards = [("a/1", learned(8, -3)), ("a/2", learned(8, 0)), ("a/3", learned(8, 2)), ("a/4", learned(8, 9))];
        check(&cards, None, |basis| assert_eq!(basis.forecast(4), [2, 0, 1, 0]));
    }

    #[test]
    fn the_json_has_the_promised_shape() {
        check(&[("a/1", learned(8, 0)), ("a/2", ItemState::default())], None, |basis| {
            let queue = Queue::cram(basis.cards, basis.state, &[], 1);
            let json = serde_json::to_value(basis.stats(&History::default(), &queue)).expect("JSON");
            let cards = serde_json::json!({
                "total": 2, "new": 1, "learning": 0, "review": 1, "suspended": 0, "due_today": 1
            });
            assert_eq!(json["cards"], cards);
            assert_eq!(json["retention"], serde_json::json!({"desired": 0.9, "actual": null}));
            assert_eq!(
                (&json["reviews"], &json["topics"][0]["topic"]),
                (&serde_json::json!(0), &serde_json::json!("a"))
            );
        });
    }
}
