use proptest::prelude::*;

use super::*;
use crate::recall::{Parameters, Rules, Stage, effective, fold};
use crate::time::{StudyDay, ZoneOffset};

/// A session with a log behind it, at a clock that stands until it is moved.
struct Desk {
    session: Session,
    log: Vec<Event>,
    now: Now,
    disk_is_full: bool,
}

fn noon() -> Now {
    let wall = Timestamp(20_000 * 86_400_000 + 43_200_000);
    Now { wall, awake: Duration::ZERO, boot: Duration::ZERO, offset: ZoneOffset(0) }
}

impl Desk {
    fn new(cards: &str) -> Self {
        Self::with_log(cards, Mode::Review, Vec::new())
    }

    fn with_log(cards: &str, mode: Mode, log: Vec<Event>) -> Self {
        let state = fold(&log);
        let queued = cards.split(' ').map(|name| {
            let card = CardId::new(name);
            Queued { state: state.get(&Item::Card(card.clone())), card }
        });
        let queue = Queue { cards: queued.collect(), leeches: Vec::new() };
        let scheduler = Scheduler::new(&Parameters::default(), Rules { fuzz: false, ..Rules::default() });
        let trail = log.iter().collect::<Vec<_>>();
        let trail = effective(&trail).into_iter().filter(|event| event.what.steps_back()).cloned().collect();
        let mint = Mint::new(log.len() as u64, "session", log.last().map(|event| event.at));
        let session = Session::new(mode, queue, trail, scheduler, mint, noon());
        Self { session, log, now: noon(), disk_is_full: false }
    }

    /// One word of a script: a rating turns the card and grades it.
    fn play(&mut self, word: &str) {
        if let Ok(minutes) = word.parse::<u64>() {
            let span = Duration::from_secs(60 * minutes);
            self.now.wall = self.now.wall.plus(span);
            self.now.awake += span;
            return self.feed(Input::Tick);
        }
        match word {
            "turn" => self.feed(Input::Turn),
            "bury" => self.feed(Input::Bury),
            "suspend" => self.feed(Input::Suspend),
            "flag" => self.feed(Input::Flag),
            "undo" => self.feed(Input::Undo),
            "retry" => self.feed(Input::Retry),
            "full" => self.disk_is_full = true,
            "space" => self.disk_is_full = false,
            rating => {
                self.feed(Input::Turn);
                self.feed(Input::Grade(rating.parse().expect("a rating")));
            }
        }
    }

    fn feed(&mut self, input: Input) {
        for Effect::Save(event) in self.session.step(self.now, input) {
            let reply = if self.disk_is_full {
                Input::Failed("the disk is full".to_owned())
            } else {
                let item = event.item.clone();
                self.log.push(event);
                Input::Saved(fold(&self.log).get(&item))
            };
            assert_eq!(self.session.step(self.now, reply), [], "a reply asks for nothing");
        }
    }

    fn at(&self) -> String {
        match (self.session.card(), self.session.waits_until()) {
            (Some(queued), _) => queued.card.to_string(),
            (None, Some(until)) => format!("wait {}", until.since(self.now.wall).as_secs() / 60),
            (None, None) => "end".to_owned(),
        }
    }
}

/// Plays a script of words and compares the places that it leads through, from the first card on.
fn check(cards: &str, script: &str, places: &str) {
    let mut desk = Desk::new(cards);
    let mut seen = vec![desk.at()];
    for word in script.split_whitespace() {
        desk.play(word);
        seen.push(desk.at());
    }
    assert_eq!(seen.join(", "), places);
}

#[test]
fn a_grade_leads_to_the_next_card() {
    check("a/1 a/2", "easy easy", "a/1, a/2, end");
}

#[test]
fn a_learning_card_comes_back_in_its_minute() {
    check("a/1 a/2 a/3", "again easy 1 good", "a/1, a/2, a/3, a/3, a/1");
    check("a/1 a/2", "again 2 easy", "a/1, a/2, a/2, a/1");
    check("a/1", "good good", "a/1, a/1, end");
}

#[test]
fn undo_brings_cards_back_one_by_one_and_also_the_last() {
    check("a/1 a/2", "easy easy undo undo undo", "a/1, a/2, end, a/2, a/1, a/1");
    check("a/1 a/2", "good undo easy easy", "a/1, a/2, a/1, a/2, end");
    check("a/1 a/2", "bury suspend undo undo", "a/1, a/2, end, a/2, a/1");
}

#[test]
fn undo_reaches_back_before_a_restart() {
    let mut first = Desk::new("a/1 a/2");
    first.play("easy");
    let mut second = Desk::with_log("a/2", Mode::Review, first.log);
    second.play("undo");
    assert_eq!(second.at(), "a/1");
    assert_eq!(second.session.card().map(|queued| queued.state), Some(ItemState::default()));
    assert_eq!(second.session.left(), Counts { new: 2, learning: 0, review: 0 });
}

#[test]
fn a_failed_save_keeps_the_card_and_the_grade_until_it_is_tried_again() {
    let mut desk = Desk::new("a/1 a/2");
    for word in ["full", "good", "easy", "undo", "bury", "retry"] {
        desk.play(word);
    }
    assert_eq!((desk.at().as_str(), desk.log.len()), ("a/1", 0));
    let failed = desk.session.pending().expect("the grade waits").clone();
    assert_eq!(failed.failure.as_deref(), Some("the disk is full"));
    desk.play("space");
    desk.play("retry");
    assert_eq!(desk.log, [failed.event], "the same event, once");
    assert_eq!(desk.at(), "a/2");
}

#[test]
fn a_grade_needs_an_answer_that_was_seen() {
    let mut desk = Desk::new("a/1");
    desk.feed(Input::Grade(Rating::Good));
    assert_eq!(desk.log, []);
    desk.feed(Input::Check(Rating::Again));
    assert_eq!(desk.session.face(), Some(Face::Answer { proposed: Some(Rating::Again) }));
    desk.feed(Input::Grade(Rating::Hard));
    let What::Review(review) = &desk.log[0].what else { panic!("{:?}", desk.log) };
    assert_eq!((review.rating, review.proposed), (Rating::Hard, Some(Rating::Again)), "the candidate overrides");
}

#[test]
fn what_is_granted_was_shown_and_the_time_was_taken() {
    let mut desk = Desk::new("a/1");
    desk.play("1");
    desk.play("turn");
    let shown = *desk.session.grants(desk.now).expect("a card is at hand").of(Rating::Easy);
    desk.feed(Input::Grade(Rating::Easy));
    let What::Review(review) = &desk.log[0].what else { panic!("{:?}", desk.log) };
    assert_eq!((review.due, review.after), (shown.due, shown.stage));
    assert_eq!((review.elapsed, review.day), (Duration::from_secs(60), StudyDay(20_000)));
}

#[test]
fn what_is_left_counts_the_card_at_hand_and_those_that_wait() {
    let mut desk = Desk::new("a/1 a/2 a/3");
    assert_eq!(desk.session.left(), Counts { new: 3, learning: 0, review: 0 });
    desk.play("good");
    assert_eq!(desk.session.left(), Counts { new: 2, learning: 1, review: 0 });
    desk.play("easy");
    assert_eq!(desk.session.left(), Counts { new: 1, learning: 1, review: 0 });
    assert_eq!(desk.session.answers(), [0, 0, 1, 1]);
    desk.play("undo");
    assert_eq!(desk.session.answers(), [0, 0, 1, 0]);
}

#[test]
fn a_flag_stays_with_the_card_and_comes_off_again() {
    let mut desk = Desk::new("a/1");
    desk.play("flag");
    assert_eq!((desk.at().as_str(), desk.session.card().map(|queued| queued.state.flagged)), ("a/1", Some(true)));
    desk.play("flag");
    assert_eq!(desk.session.card().map(|queued| queued.state.flagged), Some(false));
}

#[test]
fn a_step_that_ends_later_is_waited_for() {
    let mut log = Vec::new();
    let mut mint = Mint::new(9, "test", None);
    let long_step = What::Review(crate::recall::Review {
        rating: Rating::Again,
        proposed: None,
        elapsed: Duration::ZERO,
        day: StudyDay(20_000),
        before: Stage::New,
        after: Stage::Learning { step: 0 },
        due: Due::At(noon().wall.plus(Duration::from_secs(3600))),
        parameters: Parameters::default().id().clone(),
    });
    log.push(mint.event(noon(), Item::Card(CardId::new("a/1")), long_step));
    let mut desk = Desk::with_log("a/1", Mode::Review, log);
    assert_eq!(desk.at(), "wait 60");
    assert!(!desk.session.is_finished());
    desk.play("59");
    assert_eq!(desk.at(), "wait 1");
    desk.play("1");
    assert_eq!(desk.at(), "a/1");
}

#[test]
fn cram_saves_nothing_and_repeats_what_was_not_recalled() {
    let mut desk = Desk::with_log("a/1 a/2", Mode::Cram, Vec::new());
    let mut seen = vec![desk.at()];
    for word in ["again", "good", "bury", "undo", "good"] {
        desk.play(word);
        seen.push(desk.at());
    }
    assert_eq!(seen.join(", "), "a/1, a/2, a/1, a/1, a/1, end");
    assert_eq!(desk.log, []);
    assert_eq!(desk.session.grants(desk.now), None);
}

proptest! {
    #[test]
    fn no_grade_is_lost_whatever_is_pressed(
        script in prop::collection::vec(
            prop::sample::select(vec![
                "again", "hard", "good", "easy", "turn", "bury", "suspend", "flag", "undo", "retry", "full", "space", "1", "15",
            ]),
            0..60,
        ),
    ) {
        let mut desk = Desk::new("a/1 a/2 b/1 b/2");
        for word in script {
            let graded_before: u32 = desk.session.answers().iter().sum();
            let logged_before = desk.log.len();
            desk.play(word);
            let graded: u32 = desk.session.answers().iter().sum();
            prop_assert!(graded <= graded_before || desk.log.len() == logged_before + 1, "counted means committed");
            if let Some(queued) = desk.session.card() {
                let truth = fold(&desk.log).get(&Item::Card(queued.card.clone()));
                prop_assert_eq!(queued.state, truth, "the card at hand is as the log says");
            }
        }
        let holding: Vec<_> = desk.log.iter().collect();
        let reviews = effective(&holding).into_iter().filter(|event| matches!(event.what, What::Review(_))).count();
        prop_assert_eq!(reviews, desk.session.answers().iter().sum::<u32>() as usize);
    }
}
