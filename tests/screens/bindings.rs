//! Every key of the study screens does something where it is offered.

use std::collections::BTreeSet;

use sysdrill::tui::screens;

use crate::stage::Stage;

const CACHING: &str = "review:caching";
const HASHING: &str = "review:consistent-hashing";
const OPTIONS: &str = "space 4 space 4 space";
const STEPS: &str = "type:430 enter 4";

/// A binding, where it is offered, and the keys that lead there.
const OFFERS: &[(&str, &str, &str)] = &[
    ("review.go", CACHING, ""),
    ("review.check", HASHING, "type:430"),
    ("review.doubt", CACHING, "space 4 space 4 space 1"),
    ("review.guess", CACHING, "space 4 space 4 space 1"),
    ("review.retry", CACHING, "obstacle space 3 room"),
    ("review.undo", CACHING, "space 3"),
    ("review.bury", CACHING, ""),
    ("review.suspend", CACHING, ""),
    ("review.note", CACHING, "space"),
    ("review.edit", CACHING, "space"),
    ("review.flag", CACHING, ""),
    ("review.1", CACHING, "space"),
    ("review.2", CACHING, OPTIONS),
    ("review.3", CACHING, OPTIONS),
    ("review.4", CACHING, "space"),
    ("review.down", CACHING, OPTIONS),
    ("review.up", CACHING, "space 4 space 4 space down"),
    ("review.carry-down", HASHING, STEPS),
    ("review.carry-up", HASHING, "type:430 enter 4 down"),
    ("review.page-down", HASHING, "small type:430 enter pgup pgup"),
    ("review.page-up", HASHING, "small type:430 enter"),
    ("review.leave", CACHING, ""),
    ("decks.study", "cards", ""),
    ("decks.all", "cards", ""),
    ("decks.cram", "cards", ""),
    ("decks.note", "cards", ""),
    ("decks.back", CACHING, "z esc 3"),
    ("decks.down", "cards", ""),
    ("decks.up", "cards", "down"),
    ("decks.page-down", "cards", ""),
    ("decks.page-up", "cards", "down"),
    ("decks.first", "cards", "down"),
    ("decks.last", "cards", ""),
    ("today.start", "today", ""),
    ("today.profile", "today", ""),
    ("card.note", "card:caching/jitter", ""),
    ("card.suspend", "card:caching/jitter", ""),
    ("card.flag", "card:caching/jitter", ""),
    ("card.down", "card:consistent-hashing/lookup", "small"),
    ("card.up", "card:consistent-hashing/lookup", "small down"),
    ("progress.down", CACHING, "small space 3 esc 7"),
    ("progress.up", CACHING, "small space 3 esc 7 pgdn"),
    ("progress.page-down", CACHING, "small space 3 esc 7"),
    ("progress.page-up", CACHING, "small space 3 esc 7 pgdn"),
    ("profile.next", "profile", ""),
    ("profile.right", "profile", ""),
    ("profile.left", "profile", "right"),
    ("profile.down", "profile", ""),
    ("profile.up", "profile", "down"),
    ("profile.save", "profile", ""),
    ("profile.leave", "profile", ""),
];

/// What needs more than the six cards of the stage, and where it is tried instead.
const ELSEWHERE: &[&str] = &[
    "review.lesson",
    "review.5",
    "review.6",
    "review.7",
    "review.8",
    "review.9",
    "today.drill",
    "today.problems",
    "today.drill",
    "today.round",
    "today.step",
    "today.resume",
    "today.down",
    "today.up",
    "today.page-down",
    "today.page-up",
];

fn at(route: &str, keys: &str) -> Stage {
    keys.split_whitespace().fold(Stage::at(route), |stage, key| match key {
        "obstacle" => stage.obstructed(Some("Not saved: the disk is full.")),
        "room" => stage.obstructed(None),
        "small" => {
            let mut stage = stage.sized(40, 12);
            stage.frame();
            stage
        }
        key => {
            let mut stage = stage.press(key);
            stage.frame();
            stage
        }
    })
}

#[test]
fn every_key_does_something_where_it_is_offered() {
    let hints: Vec<_> = screens::ALL.iter().flat_map(|entry| entry.hints()).collect();
    for &(id, route, keys) in OFFERS {
        let hint = hints.iter().find(|hint| hint.id == id).unwrap_or_else(|| panic!("there is no binding {id}"));
        for key in hint.keys {
            let mut stage = at(route, keys);
            let (seen, saved) = (stage.text(), stage.saved().len());
            let typed = key.printable().is_some() && (seen.contains("Right within") || seen.contains("24 Dec"));
            let mut stage =
                stage.press(&if *key == sysdrill::tui::key::Key::SPACE { "space".to_owned() } else { key.to_string() });
            let changed = stage.text() != seen || stage.saved().len() != saved;
            assert!(changed || typed, "{id}: {key} does nothing at {route} after `{keys}`:\n{seen}");
        }
    }
}

#[test]
fn no_key_of_the_study_screens_is_left_out() {
    let ours = ["review.", "card.", "decks.", "today.", "progress.", "profile."];
    let tried: BTreeSet<_> = OFFERS.iter().map(|(id, ..)| *id).chain(ELSEWHERE.iter().copied()).collect();
    let hints = screens::ALL.iter().flat_map(|entry| entry.hints()).map(|hint| hint.id);
    let missing: Vec<_> =
        hints.filter(|id| ours.iter().any(|our| id.starts_with(our)) && !tried.contains(id)).collect();
    assert_eq!(missing, [""; 0]);
}
