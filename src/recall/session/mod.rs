//! A review session: a state machine from inputs to effects.
//!
//! It touches nothing: an answer becomes [`Effect::Save`], and only when [`Input::Saved`] comes back does the next
//! card appear. A save that failed keeps the card and its grade until it is tried again. What an item's state
//! is after an event, the log's fold says and not the session, so [`Input::Saved`] carries it; this is also how an
//! undo, of this session or an earlier one, brings its card back. Start reading at [`Session::step`].

use std::collections::VecDeque;
use std::time::Duration;

use super::event::{Due, Event, Item, Mint, Rating, What};
use super::fold::ItemState;
use super::queue::{Counts, Queue, Queued, step_ends};
use super::schedule::{Answer, Grants, Scheduler};
use crate::content::CardId;
use crate::time::{Now, Timestamp};

/// When nothing else is left, a step that ends within this time is taken at once instead of waited for.
const LEARN_AHEAD: Duration = Duration::from_secs(20 * 60);

/// What happens to a session.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// The answer is to be shown.
    Turn,
    /// The app checked the candidate's answer and shows the right one; it proposes a rating.
    Check(Rating),
    /// The shown answer is graded.
    Grade(Rating),
    /// The card is not to come again today.
    Bury,
    /// The card is not to come again until it is unsuspended.
    Suspend,
    /// The card is to be marked for a second look, or no longer.
    Flag,
    /// The newest step is to be taken back.
    Undo,
    /// The event of the last [`Effect::Save`] is in the log, and this is the item's state since.
    Saved(ItemState),
    /// The event of the last [`Effect::Save`] is not in the log, and why.
    Failed(String),
    /// The event that failed is to be tried again.
    Retry,
    /// Time has passed.
    Tick,
}

/// What a session wants done.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// The event is to be committed to the log and answered by [`Input::Saved`] or [`Input::Failed`]. It may come
    /// again with the same id after a failure.
    Save(Event),
}

/// Which side of a card is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// The question.
    Question,
    /// The answer too, with the rating that the app proposed where it could check.
    Answer {
        /// That rating.
        proposed: Option<Rating>,
    },
}

/// An event that is not yet known to be in the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Pending {
    /// The event.
    pub event: Event,
    /// Why it could not be saved, where it was tried.
    pub failure: Option<String>,
}

/// Whether grades count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// They are saved and reschedule.
    Review,
    /// Nothing is saved; what was not recalled comes again at the end.
    Cram,
}

/// A review session.
#[derive(Clone, Debug)]
pub struct Session {
    mode: Mode,
    scheduler: Scheduler,
    mint: Mint,
    place: Place,
    pending: Option<Pending>,
    ahead: VecDeque<Queued>,
    /// In steps, by their minute.
    waiting: Vec<Queued>,
    /// What undo can step back over, newest last.
    trail: Vec<Event>,
    began: Duration,
    answers: [u32; 4],
}

#[derive(Clone, Debug)]
enum Place {
    At(Current),
    Waiting { until: Timestamp },
    Finished,
}

#[derive(Clone, Debug)]
struct Current {
    queued: Queued,
    face: Face,
    /// The clock that runs while the machine is awake, when the card appeared.
    shown: Duration,
}

impl Session {
    /// A session through `queue`. The `trail` holds the events that undo may step back over, newest last.
    pub fn new(mode: Mode, queue: Queue, trail: Vec<Event>, scheduler: Scheduler, mint: Mint, now: Now) -> Self {
        let in_steps = |queued: &Queued| mode == Mode::Review && queued.state.stage.is_in_steps();
        let (waiting, ahead): (Vec<_>, Vec<_>) = queue.cards.into_iter().partition(in_steps);
        let mut session = Self {
            mode,
            scheduler,
            mint,
            place: Place::Finished,
            pending: None,
            ahead: ahead.into(),
            waiting,
            trail,
            began: now.awake,
            answers: [0; 4],
        };
        session.advance(now);
        session
    }

    /// Takes one input. What does not fit the moment (a grade before the answer is seen, anything but the
    /// save's reply while one is pending) changes nothing.
    pub fn step(&mut self, now: Now, input: Input) -> Vec<Effect> {
        match (input, self.pending.take()) {
            (Input::Saved(state), Some(pending)) => self.saved(now, pending.event, state),
            (Input::Failed(why), Some(pending)) => {
                self.pending = Some(Pending { failure: Some(why), ..pending });
                Vec::new()
            }
            (Input::Retry, Some(Pending { event, failure: Some(_) })) => self.save(event),
            (_, Some(pending)) => {
                self.pending = Some(pending);
                Vec::new()
            }
            (Input::Undo, None) => self.undo(now),
            (Input::Tick, None) => {
                if matches!(self.place, Place::Waiting { until } if until <= now.wall) {
                    self.advance(now);
                }
                Vec::new()
            }
            (input, None) => self.at_card(now, input),
        }
    }

    /// The card at hand.
    pub fn card(&self) -> Option<&Queued> {
        match &self.place {
            Place::At(current) => Some(&current.queued),
            Place::Waiting { .. } | Place::Finished => None,
        }
    }

    /// The side of it that is seen.
    pub fn face(&self) -> Option<Face> {
        match &self.place {
            Place::At(current) => Some(current.face),
            Place::Waiting { .. } | Place::Finished => None,
        }
    }

    /// The event that is being saved, or could not be.
    pub fn pending(&self) -> Option<&Pending> {
        self.pending.as_ref()
    }

    /// When the next step ends, where nothing is left but to wait for it.
    pub fn waits_until(&self) -> Option<Timestamp> {
        match self.place {
            Place::Waiting { until } => Some(until),
            Place::At(_) | Place::Finished => None,
        }
    }

    /// Whether nothing is left.
    pub fn is_finished(&self) -> bool {
        matches!(self.place, Place::Finished) && self.pending.is_none()
    }

    /// What each rating of the card at hand would grant now; none in a cram, which grants nothing.
    pub fn grants(&self, now: Now) -> Option<Grants> {
        let queued = self.card().filter(|_| self.mode == Mode::Review)?;
        Some(self.scheduler.grants(&Item::Card(queued.card.clone()), &queued.state, now))
    }

    /// How many cards are left, with the one at hand.
    pub fn left(&self) -> Counts {
        let mut counts = Counts::default();
        for queued in self.ahead.iter().chain(&self.waiting).chain(self.card()) {
            counts.add(queued.state.stage);
        }
        counts
    }

    /// How often each rating was given, worst first; steps taken back do not count.
    pub fn answers(&self) -> [u32; 4] {
        self.answers
    }

    /// What undo would take back.
    pub fn newest_step(&self) -> Option<&Event> {
        self.trail.last()
    }

    /// The time since the session began, without the time that the machine slept.
    pub fn elapsed(&self, now: Now) -> Duration {
        now.awake.saturating_sub(self.began)
    }

    /// Whether grades count.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    fn at_card(&mut self, now: Now, input: Input) -> Vec<Effect> {
        let Place::At(current) = &mut self.place else { return Vec::new() };
        let what = match (input, current.face) {
            (Input::Turn, Face::Question) => {
                current.face = Face::Answer { proposed: None };
                return Vec::new();
            }
            (Input::Check(rating), Face::Question) => {
                current.face = Face::Answer { proposed: Some(rating) };
                return Vec::new();
            }
            (Input::Grade(rating), Face::Answer { .. }) if self.mode == Mode::Cram => {
                self.grade_nothing(now, rating);
                return Vec::new();
            }
            (Input::Grade(rating), Face::Answer { proposed }) => {
                let item = Item::Card(current.queued.card.clone());
                let answer = Answer { elapsed: now.awake.saturating_sub(current.shown), proposed };
                What::Review(self.scheduler.review(&item, &current.queued.state, now, rating, answer))
            }
            (Input::Bury, _) => What::Bury { on: self.scheduler.today(now) },
            (Input::Suspend, _) => What::Suspend {},
            (Input::Flag, _) => What::Flag { on: !current.queued.state.flagged },
            _ => return Vec::new(),
        };
        let card = current.queued.card.clone();
        self.record(now, card, what)
    }

    fn undo(&mut self, now: Now) -> Vec<Effect> {
        match self.trail.last() {
            Some(Event { id, item: Item::Card(card), .. }) if self.mode == Mode::Review => {
                let (of, card) = (*id, card.clone());
                self.record(now, card, What::Undo { of })
            }
            _ => Vec::new(),
        }
    }

    fn record(&mut self, now: Now, card: CardId, what: What) -> Vec<Effect> {
        if self.mode == Mode::Cram {
            return Vec::new();
        }
        let event = self.mint.event(now, Item::Card(card), what);
        self.save(event)
    }

    fn save(&mut self, event: Event) -> Vec<Effect> {
        self.pending = Some(Pending { event: event.clone(), failure: None });
        vec![Effect::Save(event)]
    }

    fn saved(&mut self, now: Now, event: Event, state: ItemState) -> Vec<Effect> {
        match (&event.what, &mut self.place) {
            (What::Undo { .. }, _) => {
                self.come_back(now, &event, state);
                return Vec::new();
            }
            (What::Flag { .. }, Place::At(current)) => current.queued.state = state,
            (What::Review(review), Place::At(current)) => {
                self.answers[review.rating as usize - 1] += 1;
                if state.stage.is_in_steps() {
                    self.waiting.push(Queued { card: current.queued.card.clone(), state });
                }
                self.advance(now);
            }
            _ => self.advance(now),
        }
        self.trail.push(event);
        Vec::new()
    }

    /// Puts the card of an event that was taken back in front, and the card at hand behind it.
    fn come_back(&mut self, now: Now, undo: &Event, state: ItemState) {
        if let Some(Event { what: What::Review(review), .. }) = self.trail.pop() {
            let count = &mut self.answers[review.rating as usize - 1];
            *count = count.saturating_sub(1);
        }
        let Some(card) = undo.item.card() else { return };
        if let Place::At(current) = std::mem::replace(&mut self.place, Place::Finished) {
            self.ahead.push_front(current.queued);
        }
        self.ahead.retain(|queued| queued.card != *card);
        self.waiting.retain(|queued| queued.card != *card);
        if state.suspended {
            self.advance(now);
        } else {
            self.show(now, Queued { card: card.clone(), state });
        }
    }

    fn grade_nothing(&mut self, now: Now, rating: Rating) {
        self.answers[rating as usize - 1] += 1;
        if let (false, Some(queued)) = (rating.is_pass(), self.card().cloned()) {
            self.ahead.push_back(queued);
        }
        self.advance(now);
    }

    /// Goes to the next card: a step that has ended, then the queue, then a step that ends soon.
    fn advance(&mut self, now: Now) {
        self.waiting.sort_by_key(|queued| ends(queued, now));
        let next = self.waiting.first().map(|queued| ends(queued, now));
        let in_time = |limit: Timestamp| next.is_some_and(|ends| ends <= limit);
        if in_time(now.wall) {
            let queued = self.waiting.remove(0);
            self.show(now, queued);
        } else if let Some(queued) = self.ahead.pop_front() {
            self.show(now, queued);
        } else if in_time(now.wall.plus(LEARN_AHEAD)) {
            let queued = self.waiting.remove(0);
            self.show(now, queued);
        } else {
            self.place = next.map_or(Place::Finished, |until| Place::Waiting { until });
        }
    }

    fn show(&mut self, now: Now, queued: Queued) {
        self.place = Place::At(Current { queued, face: Face::Question, shown: now.awake });
    }
}

/// When the step of a card in steps ends.
fn ends(queued: &Queued, now: Now) -> Timestamp {
    match queued.state.due {
        Some(Due::At(at)) => step_ends(at, now.wall),
        Some(Due::On(_)) | None => now.wall,
    }
}

#[cfg(test)]
mod tests;
