//! Whole sessions, played with keys and read back from what was saved.

use sysdrill::recall::{Rating, What};
use sysdrill::tui::effect::Record;

use crate::stage::Stage;

/// What happened to cards, in order: `good ttl-or-eviction`, `bury jitter`, `undo jitter`.
fn log(stage: &Stage) -> Vec<String> {
    let event = |record: &Record| match record {
        Record::Event(event) => {
            let card = event.item.card().and_then(|card| card.as_str().split_once('/')).map_or("", |(_, card)| card);
            let done = match &event.what {
                What::Review(review) => review.rating.name(),
                other => other.kind(),
            };
            Some(format!("{done} {card}"))
        }
        Record::Profile(_) | Record::Memory { .. } => None,
    };
    stage.saved().iter().filter_map(event).collect()
}

/// Presses keys at the review of a topic and compares what was logged.
fn check(route: &str, keys: &str, logged: &[&str]) -> Stage {
    let stage = Stage::at(route).press(keys);
    assert_eq!(log(&stage), logged, "{keys}");
    stage
}

#[test]
fn a_whole_session_with_second_thoughts_and_the_next_day() {
    let mut stage = check(
        "review:caching",
        "space 1 u space 3 b u z",
        &[
            "again ttl-or-eviction",
            "undo ttl-or-eviction",
            "good ttl-or-eviction",
            "bury jitter",
            "undo jitter",
            "suspend jitter",
        ],
    );
    assert!(stage.text().contains("Suspended"), "the toast says what was done");
    let stage = stage.press("space 1 enter 3 esc q");
    assert!(stage.app.is_ending());
    assert_eq!(log(&stage).len(), 7);

    let mut next_day = stage.come_back(1, "review:caching");
    assert!(next_day.text().contains("2 left"), "one is suspended:\n{}", next_day.text());
    let mut next_day = next_day.press("u");
    assert!(next_day.text().contains("2 left"), "undo reaches back over the night:\n{}", next_day.text());
    assert!(next_day.text().contains("Taken back: "), "{}", next_day.text());
}

#[test]
fn a_learning_card_comes_back_within_the_session() {
    let stage = Stage::at("review:caching").press("space 1 space 4 space 1 enter 4");
    let mut stage = stage.wait(70);
    assert!(stage.text().contains("What triggers each?"), "{}", stage.text());
    let mut stage = stage.press("space 4");
    assert!(stage.text().contains("Session done"), "{}", stage.text());
}

#[test]
fn the_app_proposes_and_the_candidate_decides() {
    check("review:consistent-hashing", "type:430_GB enter space", &["good stampede-size"]);
    check("review:consistent-hashing", "type:999_GB enter space", &["again stampede-size"]);
    check("review:consistent-hashing", "type:999_GB enter 2", &["hard stampede-size"]);
    check("review:consistent-hashing", "type:500_s enter enter type:b enter", &[]);
    let stage = check("review:consistent-hashing", "type:999_GB enter 2", &["hard stampede-size"]);
    let Some(Record::Event(event)) = stage.saved().first() else { panic!("{:?}", stage.saved()) };
    let What::Review(review) = &event.what else { panic!("{event:?}") };
    assert_eq!(review.proposed, Some(Rating::Again));
}

#[test]
fn a_grade_waits_until_the_disk_has_room() {
    let mut stage =
        Stage::at("review:caching").obstructed(Some("Not saved: the disk is full.")).press("space 3 4 b esc");
    assert_eq!(stage.saved(), []);
    assert!(stage.text().contains("the disk is full"), "{}", stage.text());
    let mut stage = stage.obstructed(None).press("r");
    assert_eq!(log(&stage), ["good ttl-or-eviction"]);
    assert!(stage.text().contains("2 left") || stage.text().contains("3 left"), "{}", stage.text());
    assert!(!stage.text().contains("the disk is full"), "{}", stage.text());
}

#[test]
fn a_grade_that_cannot_be_saved_is_given_up_only_on_purpose() {
    let mut stage = Stage::at("review:caching").obstructed(Some("Not saved: the disk is full.")).press("space 3 esc");
    assert!(stage.text().contains("Esc once"), "{}", stage.text());
    let mut stage = stage.press("esc");
    assert!(stage.text().contains("Today"), "{}", stage.text());
}

#[test]
fn a_grade_that_waits_is_tried_once_more_at_the_end() {
    let stage = Stage::at("review:caching").obstructed(Some("Not saved: the disk is full.")).press("space 3");
    let stage = stage.obstructed(None).press("ctrl-c");
    assert_eq!(log(&stage), ["good ttl-or-eviction"]);
}

#[test]
fn nothing_but_a_review_session_that_was_cut_off_is_offered_again() {
    let offers = |stage: Stage| stage.come_back(0, "today").text().contains("cut off");
    assert!(offers(Stage::at("review:caching").press("space 4")));
    assert!(!offers(Stage::at("review:caching").press("space 4 esc")));
    assert!(!offers(Stage::at("review:caching").press("space 4 ctrl-c")));
    assert!(!offers(Stage::at("review:caching")), "nothing was answered yet");
}

#[test]
fn a_cram_writes_nothing() {
    check("review:caching,cram=yes", "space 1 space 2 space 3 b z u", &[]);
}

#[test]
fn what_was_set_aside_is_brought_back_from_the_decks() {
    let stage = Stage::at("review:caching").press("z esc 3");
    let mut stage = stage.press("z");
    assert_eq!(log(&stage), ["suspend ttl-or-eviction", "unsuspend ttl-or-eviction"]);
    assert!(stage.text().contains("Back in the deck"), "{}", stage.text());
}

#[test]
fn today_that_stands_open_counts_anew_when_the_study_day_is_over() {
    let mut stage = Stage::at("review").press("b b b alt-b alt-b alt-b alt-b b b b esc");
    assert!(stage.text().contains("done for today"), "{}", stage.text());
    let mut stage = stage.wait(18 * 3600);
    assert!(stage.text().contains("done for today"), "three in the morning still is today");
    let mut stage = stage.wait(3600);
    assert!(stage.text().contains("6 new"), "{}", stage.text());
}
