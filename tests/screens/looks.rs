//! What every state worth seeing looks like, at 80×24 and at 120×40.

use sysdrill::content::TopicId;
use sysdrill::library::Library;
use sysdrill::round::Level;
use sysdrill::store::{Profile, Store};
use sysdrill::tui::world::World;

use ratatui::layout::Size;

use crate::stage::{Stage, practised, small_world, start_of_the_play};

/// Compares both sizes with what was seen and found good, and draws the smallest size too.
pub(crate) fn check(name: &str, stage: Stage) {
    let mut stage = stage.sized(40, 12);
    stage.frame();
    let mut stage = stage.sized(80, 24);
    let narrow = stage.text();
    let mut stage = stage.sized(120, 40);
    let wide = stage.text();
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "snapshots" }, {
        insta::assert_snapshot!(name, format!("{narrow}\n\n{wide}"));
    });
}

const OBSTACLE: &str = "Not saved: no space is left for /home/ada/.local/share/sysdrill/sysdrill.db. \
                        Free some space and try again.";

fn interview_in(days: i32) -> Profile {
    let interview = Some(start_of_the_play().study_day(4).plus(days));
    Profile { interview, ..Profile::default() }
}

fn after_weeks(route: &str) -> Stage {
    Stage::over(practised(small_world(), 13, interview_in(18)), route, Size::new(80, 24))
}

#[test]
fn a_card_to_recall() {
    check("recall-question", Stage::at("review:caching"));
    check("recall-answer", Stage::at("review:caching").wait(72).press("space"));
}

#[test]
fn a_card_with_a_gap() {
    check("cloze-question", Stage::at("review:caching").press("space 4"));
    check("cloze-answer", Stage::at("review:caching").press("space 4 space"));
}

#[test]
fn a_card_with_options() {
    let at = || Stage::at("review:caching").press("space 4 space 4");
    check("choose-closed", at());
    check("choose-open", at().press("space down space"));
    check("choose-wrong", at().press("space 1 enter"));
    check("choose-guessed", at().press("space 2 g"));
}

#[test]
fn a_card_that_asks_for_a_number() {
    let at = || Stage::at("review:consistent-hashing");
    check("compute-question", at().press("type:3_TB/7"));
    check("compute-unreadable", at().press("type:3_TB_/_/_7 enter"));
    check("compute-other-unit", at().press("type:500_s enter"));
    check("compute-right", at().press("type:430 enter"));
    check("compute-wrong", at().press("type:500_GB enter"));
}

#[test]
fn a_number_that_one_does_not_know_is_given_up() {
    for key in ["space", "enter"] {
        let mut stage = Stage::at("review:consistent-hashing").press(key);
        let text = stage.text();
        assert!(text.contains("not answered") && text.contains("= 429 GB"), "{key}: {text}");
        let text = stage.press("space").text();
        assert!(!text.contains("not answered"), "again is given: {text}");
    }
}

#[test]
fn a_card_with_steps() {
    let at = || Stage::at("review:consistent-hashing").press("type:430 enter 4");
    check("order-question", at().press("down J"));
    check("order-wrong", at().press("J enter"));
}

#[test]
fn a_card_with_a_mistake() {
    let at = || Stage::at("review:consistent-hashing").press("type:430 enter 4 enter 4");
    check("mistake-question", at());
    check("mistake-answer", at().press("space"));
}

#[test]
fn a_save_that_fails() {
    check("not-saved", Stage::at("review:caching").obstructed(Some(OBSTACLE)).press("space 3"));
}

#[test]
fn the_end_of_a_session() {
    check("summary", Stage::at("review:caching").press("space 1 space 4 space 1 enter 4").wait(95).press("space 4"));
    check("nothing-due", Stage::at("review:caching,new=0"));
    check("cram-answer", Stage::at("review:caching,cram=yes").press("space"));
}

#[test]
fn one_card_to_look_at() {
    check("card", after_weeks("card:consistent-hashing/lookup"));
    check("card-new", Stage::at("card:consistent-hashing/stampede-size").press("z f"));
}

#[test]
fn the_decks() {
    check("decks", after_weeks("cards"));
    check("decks-suspended", Stage::at("review:caching").press("z esc 3 down up"));
}

#[test]
fn today() {
    check("today-first", Stage::at("today"));
    check("today-later", after_weeks("today"));
    check("today-done", Stage::at("review").press("b b b alt-b alt-b alt-b alt-b b b b esc"));
}

#[test]
fn today_after_a_session_that_was_cut_off() {
    let stage = Stage::at("review:caching").press("space 4");
    check("today-cut-off", stage.come_back(0, "today"));
}

#[test]
fn today_with_problems_in_ones_own_content() {
    let folder = tempfile::tempdir().expect("a folder");
    let deck = "[[card]]\nid = \"a\"\nkind = \"riddle\"\nfront = \"What?\"\n";
    std::fs::create_dir(folder.path().join("mine")).expect("a folder in it");
    std::fs::write(folder.path().join("mine/cards.toml"), deck).expect("a file in it");
    let world = || {
        let library = Library::only(folder.path());
        World::new(library, Store::scratch().expect("a store"), Vec::new(), 7).expect("it can be read")
    };
    let place = folder.path().to_string_lossy().into_owned();
    let stage = |keys| Stage::over(world(), "today", Size::new(80, 24)).press(keys);
    assert!(stage("").text().contains("in your content"), "the banner counts them");
    let list = stage("p").text().replace(&place, "FOLDER");
    assert!(list.contains("Problems in your content") && list.contains("cards.toml:"), "{list}");
}

#[test]
fn progress() {
    check("progress-empty", Stage::at("progress"));
    check("progress", after_weeks("progress"));
}

#[test]
fn the_profile() {
    check("first-run", Stage::at("profile:first"));
    check("first-run-date", Stage::at("profile:first").press("right enter enter type:24_Dec"));
    check(
        "profile",
        Stage::over(practised(small_world(), 1, interview_in(30)), "profile", Size::new(80, 24)).press("up"),
    );
}

#[test]
fn a_date_that_cannot_be_read_is_not_left() {
    for key in ["enter", "down", "tab", "up"] {
        let stage = Stage::at("profile:first").press("enter enter type:soon").press(key);
        let mut stage = stage.sized(80, 24);
        assert!(stage.text().contains("not a date"), "{key}: {}", stage.text());
        let mut stage = stage.press("ctrl-u type:3_weeks");
        assert!(stage.text().contains("in 21 days"), "the cursor is still there: {}", stage.text());
        assert!(!stage.text().contains("✗ not a date"), "{}", stage.text());
    }
}

#[test]
fn the_first_run_is_kept_and_leads_to_a_card() {
    let mut stage = Stage::at("profile:first").press("right enter enter type:3_weeks enter right enter");
    assert!(stage.text().contains("3 left") || stage.text().contains("6 left"), "{}", stage.text());
    let profile = stage.app.host().world.student.profile();
    assert_eq!((profile.level, profile.minutes_a_day), (Level::Staff, 20));
    assert_eq!(profile.interview, interview_in(21).interview);
}

#[test]
fn the_first_run_is_skipped_at_every_question() {
    for questions in ["", "enter", "enter enter", "enter enter type:soon", "enter enter enter"] {
        let mut stage = Stage::at("profile:first").press(questions).press("esc");
        assert!(stage.text().contains("6 left"), "{questions}: {}", stage.text());
        assert!(stage.app.host().world.student.has_profile(), "it is not asked again");
    }
}

#[test]
fn a_profile_is_left_as_it_was() {
    let stage = Stage::at("profile").press("right esc");
    assert!(!stage.app.host().world.student.has_profile());
}

#[test]
fn counts_agree_between_the_screens() {
    let queue_of = |world: &World, topics: &[&str]| {
        let plan = sysdrill::tui::world::Plan {
            topics: topics.iter().map(|topic| TopicId::new(*topic)).collect(),
            ..Default::default()
        };
        world.student.queue(world.library.cards(), &plan, start_of_the_play()).cards.len()
    };
    let world = practised(small_world(), 13, interview_in(18));
    let (all, caching) = (queue_of(&world, &[]), queue_of(&world, &["caching"]));
    assert!(all > 0, "the play needs something to do");
    let says = |route: &str, text: &str| {
        let seen = after_weeks(route).text();
        assert!(seen.contains(text), "{route} does not say {text}:\n{seen}");
    };
    says("review", &format!("{all} left"));
    says("cards", &format!("{all} card"));
    if caching > 0 {
        says("review:caching", &format!("{caching} left"));
    }
}
