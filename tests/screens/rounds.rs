//! Whole rounds, played with keys over a small scenario, and what they look like.

use std::path::Path;

use ratatui::layout::Size;
use sysdrill::config::Config;
use sysdrill::library::Library;
use sysdrill::recall::What;
use sysdrill::store::Store;
use sysdrill::tui::app::{App, Looks, Setup};
use sysdrill::tui::effect::Record;
use sysdrill::tui::host::Scratch;
use sysdrill::tui::screens;
use sysdrill::tui::theme::{Background, Depth};
use sysdrill::tui::world::World;

use crate::looks::check;
use crate::stage::{Stage, start_of_the_play};

const CLARIFY: &str = "type:-_How_many_links_are_created? enter type:>_created_=_1M_write/day enter \
                       type:>_rate_=_created_to_write/s";
const DESIGN: &str = "type:client_->_lb_->_api*3_->_{cache,_db} enter type:-_the_cache_holds_hot_links";

fn world() -> World {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let library = Library::without_built_in(&[data.join("study"), data.join("rounds")]);
    assert_eq!(library.problems(), []);
    World::new(library, Store::scratch().expect("a store in memory"), Vec::new(), 7).expect("it can be read")
}

fn at(route: &str) -> Stage {
    Stage::over(world(), route, Size::new(80, 24))
}

/// A round under way, in its first phase.
fn begun() -> Stage {
    at("round:links level=mid").press("enter").press(CLARIFY)
}

/// The app again after it was killed: only what was saved is left.
fn after_a_kill(stage: &Stage, route: &str) -> Stage {
    let mut world = world();
    for record in stage.saved() {
        world.save(record, start_of_the_play()).expect("the records were saved before");
    }
    Stage::over(world, route, Size::new(80, 24))
}

fn shows(stage: &mut Stage, texts: &[&str]) {
    let text = stage.text();
    for wanted in texts {
        assert!(text.contains(wanted), "`{wanted}` is not in\n{text}");
    }
}

#[test]
fn a_whole_round_is_played_scored_and_followed_by_cards() {
    let mut stage = begun().wait(1);
    shows(&mut stage, &["A million a day.", "= 11.6 write/s", "Clarify"]);
    let mut stage = stage.press("f5").press(DESIGN).wait(500);
    shows(&mut stage, &["the cache is", "curveball"]);
    let mut stage = stage.press("f2 f3 enter type:-_merge_requests_for_one_code f8 f8");
    shows(&mut stage, &["Before you see what the notes show", "Communication"]);
    let mut stage = stage.press("left down right enter");
    shows(&mut stage, &["3 of 4 shown at mid level"]);
    let mut stage = stage.press("r");
    shows(&mut stage, &["Short links", "mean"]);
    let due = stage.saved().iter().filter_map(|record| match record {
        Record::Event(event) if matches!(event.what, What::MakeDue { .. }) => Some(event.item.to_string()),
        _ => None,
    });
    assert_eq!(due.collect::<Vec<_>>(), ["card:caching/jitter", "scenario:links"]);
    let mut stage = stage.press("x esc 1").sized(120, 40);
    shows(&mut stage, &["after Short links: read Caching"]);
    assert!(stage.app.host().exported[0].0.starts_with("links-2026-11-22"));
    let mut stage = stage.press("4 s");
    shows(&mut stage, &["Short links", "mid", "30 min"]);
    let mut stage = stage.press("enter");
    shows(&mut stage, &["Reference answer"]);
}

#[test]
fn a_killed_round_goes_on_where_it_stopped() {
    let stage = begun().wait(2).press("type:_x").wait(2);
    let mut again = after_a_kill(&stage, "round: resume");
    shows(&mut again, &["an operator is missing before `x`", "A million a day."]);
    let mut rounds = after_a_kill(&stage, "rounds");
    shows(&mut rounds, &["A round was left: Short links."]);
    let mut again = rounds.press("r");
    shows(&mut again, &["Your notes: Clarify"]);
}

#[test]
fn what_was_typed_is_on_the_disk_within_two_seconds_also_while_typing_goes_on() {
    let drafts = |stage: &Stage| {
        let is_draft = |record: &&Record| matches!(record, Record::Memory { key, .. } if key == "round/draft");
        stage.saved().iter().filter(is_draft).count()
    };
    let mut stage = at("round:links").press("enter").wait(2);
    for second in 0..10 {
        let before = drafts(&stage);
        stage = stage.press("type:ab").passes(1).press("type:c").passes(1).press("type:d");
        assert!(drafts(&stage) > before, "second {second}");
    }
}

#[test]
fn leaving_keeps_the_draft_and_giving_up_does_not() {
    let stage = begun().press("esc");
    let mut again = after_a_kill(&stage, "round: resume");
    shows(&mut again, &["created to write/s"]);
    let stage = again.press("ctrl-g ctrl-g");
    let mut rounds = after_a_kill(&stage, "rounds");
    assert!(!rounds.text().contains("A round was left"));
}

#[test]
fn a_finished_round_that_was_left_before_its_report_waits_for_its_review() {
    for keys in ["f8 f8 esc", "f8 f8 down enter esc"] {
        let mut stage = begun().press(keys);
        shows(&mut stage, &["The round is kept for its review"]);
        let mut today = after_a_kill(&stage, "today");
        shows(&mut today, &["A round was left: Short links"]);
        let mut again = today.press("r");
        shows(&mut again, &["Before you see what the notes show", "Esc"]);
        let mut again = again.press("down enter");
        shows(&mut again, &["2 of 4 shown", "Esc judge later"]);
        let again = again.press("r");
        let mut after = after_a_kill(&again, "rounds");
        assert!(!after.text().contains("A round was left"), "{}", after.text());
    }
}

#[test]
fn the_palette_leads_to_the_set_up_of_a_round() {
    let mut stage = at("today").press("ctrl-p type:short_links");
    shows(&mut stage, &["Short links", "scenario"]);
    let mut stage = stage.press("enter");
    shows(&mut stage, &["Round · Short links"]);
}

#[test]
fn the_bell_rings_two_minutes_before_a_phase_ends_and_at_its_end() {
    let stage = begun().wait(479);
    assert_eq!(stage.app.host().rung, 0);
    let stage = stage.wait(2);
    assert_eq!(stage.app.host().rung, 1);
    let mut stage = stage.wait(121);
    assert_eq!(stage.app.host().rung, 2);
    shows(&mut stage, &["Let us move on"]);
}

#[test]
fn a_pause_hides_the_notes_and_a_strict_round_has_none() {
    let mut stage = begun().press("f4");
    shows(&mut stage, &["The clock stands still"]);
    assert!(!stage.text().contains("write/day"));
    let mut stage = stage.press("f4");
    shows(&mut stage, &["write/day"]);
    let mut strict = at("round:links strict").press("enter f4");
    shows(&mut strict, &["Your notes"]);
    assert!(!strict.text().contains("stands still"));
}

#[test]
fn a_correction_quotes_a_line_and_can_be_taken_back() {
    let review = || begun().press("f5").press(DESIGN).press("f8 f8 down enter");
    let mut stage = review().press("end");
    shows(&mut stage, &["3 of 4 shown"]);
    let mut stage = review().press("down down down enter");
    shows(&mut stage, &["Which line shows it?", "client -> lb"]);
    let mut stage = stage.press("down enter");
    shows(&mut stage, &["4 of 4 shown"]);
    let mut stage = stage.press("u up x");
    shows(&mut stage, &["2 of 4 shown"]);
}

#[test]
fn a_failed_save_keeps_the_round_open() {
    let stage = begun().press("f8 f8 down enter").obstructed(Some("Not saved: no space is left."));
    let mut stage = stage.press("r");
    shows(&mut stage, &["Evidence", "no space is left"]);
    let mut stage = stage.obstructed(None).press("r");
    shows(&mut stage, &["Short links"]);
    shows(&mut stage, &["mean"]);
}

#[test]
fn two_attempts_are_compared() {
    let stage = begun().press("f8 f8 down enter r esc").wait(60);
    let stage = stage.press("4 enter enter").press(CLARIFY).press("f5").press(DESIGN).press("f8 f8 down enter r esc");
    let mut stage = stage.press("4 s c").sized(120, 40);
    shows(&mut stage, &["two attempts", "Shown now, not before", "Client, balancer and service"]);
}

#[test]
fn an_interviewer_ticks_what_is_said() {
    let mut stage = at("round:links level=mid interviewer").press("enter").sized(120, 40);
    shows(&mut stage, &["If asked", "A million a day.", "What a good answer has"]);
    let mut stage = stage.press("space down space n space f f");
    shows(&mut stage, &["Short links", "mean"]);
}

#[test]
fn half_filled_pages_earn_nothing_by_themselves() {
    let mut stage = at("round:links level=mid").press("down down down down right enter").wait(1);
    shows(&mut stage, &["- how many links are created?"]);
    let mut stage = stage.press("f8 f8 down enter");
    shows(&mut stage, &["0 of 4 shown"]);
}

#[test]
fn a_critique_shows_the_design_that_is_to_be_taken_apart() {
    let mut stage = at("round:feed").press("enter");
    shows(&mut stage, &["the design", "client -> api -> db", "The feed is computed"]);
}

#[test]
fn a_round_that_does_not_exist_is_refused_with_a_remedy() {
    let check_refused = |folders: &[&str], route: &str, refusal: &str| {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
        let folders: Vec<_> = folders.iter().map(|folder| data.join(folder)).collect();
        let library = Library::without_built_in(&folders);
        let world = World::new(library, Store::scratch().expect("a store in memory"), Vec::new(), 7);
        let looks = Looks { depth: Depth::True, background: Background::Dark, unicode: true };
        let start = route.parse().expect("every text is a route");
        let host = Scratch::over(world.expect("it can be read"));
        let size = Size::new(80, 24);
        let setup = Setup { screens: screens::ALL, host, config: Config::default(), looks, size, start };
        let refused = App::new(setup, start_of_the_play()).err().map(|refusal| refusal.to_string());
        assert_eq!(refused.as_deref(), Some(refusal), "{route}");
    };
    let all = ["study", "rounds"];
    check_refused(&all, "round:link", "There is no scenario `link`: did you mean links?");
    check_refused(&all, "round:zebra", "There is no scenario `zebra`: `sysdrill list scenarios` shows them.");
    let empty = "There is no scenario to hold a round of: `sysdrill --content DIR` adds a folder of them.";
    check_refused(&["study"], "round:", empty);
    check_refused(&all, "round: resume", "No round was left; `sysdrill mock` begins one.");
}

#[test]
fn what_a_round_looks_like() {
    check("rounds", at("rounds"));
    check("rounds-set-up", at("round:links"));
    check("rounds-example", at("round:links").press("x"));
    check("rounds-clarify", begun().wait(65));
    check("rounds-design", begun().press("f5").press(DESIGN).wait(65));
    check("rounds-design-large", begun().press("f5").press(DESIGN).press("f7").wait(1));
    check("rounds-paused", begun().press("f4"));
    check("rounds-own", begun().press("f8 f8"));
    check("rounds-evidence", begun().press("f5").press(DESIGN).press("f8 f8 down enter down"));
    check("rounds-quote", begun().press("f5").press(DESIGN).press("f8 f8 down enter enter"));
    check("rounds-report", begun().press("f5").press(DESIGN).wait(60).press("f8 f8 down enter r"));
    check("rounds-held", begun().press("f8 f8 down enter r esc 4 s"));
    check("rounds-interviewer", at("round:links interviewer").press("enter space"));
    check("rounds-today", begun().press("f8 f8 down enter r esc 1"));
}
