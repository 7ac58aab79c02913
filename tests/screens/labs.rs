//! The labs: a lesson played with keys, nodes that come and go before one's eyes, and what the screens look like.

use std::path::Path;

use ratatui::layout::Size;
use serde_json::Value;

use sysdrill::config::Config;
use sysdrill::content::CardId;
use sysdrill::library::Library;
use sysdrill::recall::{Cause, Due, What};
use sysdrill::sim::placement::{Options, run};
use sysdrill::store::Store;
use sysdrill::tui::app::{App, Looks, Setup};
use sysdrill::tui::effect::Record;
use sysdrill::tui::host::Scratch;
use sysdrill::tui::screens;
use sysdrill::tui::world::World;

use crate::stage::{Stage, start_of_the_play};

/// Two lessons, one of each lab, with the cards that they lead to.
fn world() -> World {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/labs");
    let library = Library::only(&folder);
    assert_eq!(library.problems(), []);
    World::new(library, Store::scratch().expect("a store in memory"), Vec::new(), 7).expect("it can be read")
}

fn at(route: &str) -> Stage {
    Stage::over(world(), route, Size::new(80, 24))
}

/// Compares both sizes with what was seen and found good, and draws the smallest size too.
fn check(name: &str, stage: Stage) {
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

const RING: &str = "lab:hash:--nodes 5 --keys 3000 --seed 1";
const SEVERAL: &str = "lab:hash:--scheme ring,modulo,slots,range --nodes 5 --keys 3000 --seed 1";

#[test]
fn the_tab() {
    check("labs", at("labs"));
    let played = at("lesson:hash/one-more").press("type:0.9 enter enter esc 6");
    check("labs-played", played);
}

#[test]
fn the_palette_finds_labs_and_lessons() {
    for (typed, found, kind, there) in [
        ("cache_lab", "Cache lab", "lab", "Labs · Cache eviction"),
        ("key_placement", "Key placement", "lab", "Labs · "),
        ("one_node_more", "One node more", "lesson", "One node more"),
    ] {
        let mut stage = at("today").press(&format!("ctrl-p type:{typed}"));
        let text = stage.text();
        let row = text.lines().find(|line| line.contains(found));
        assert!(row.is_some_and(|row| row.contains(kind)), "`{typed}` in\n{text}");
        let text = stage.press("enter").text();
        assert!(text.contains(there) && !text.contains("Find anything"), "{text}");
    }
}

#[test]
fn a_lesson() {
    check("lesson-number", at("lesson:hash/one-more").press("type:0.2"));
    check("lesson-unreadable", at("lesson:hash/one-more").press("type:20_GB enter"));
    check("lesson-reason", at("lesson:hash/one-more").press("type:1/6 enter type:one_in_six"));
    check("lesson-wrong", at("lesson:hash/one-more").press("type:1/6 enter type:one_in_six enter"));
    check("lesson-contrast", at("lesson:hash/one-more").press("type:1/6 enter type:one_in_six enter enter"));
    check("lesson-choice", at("lesson:cache/loop").press("down"));
    check("lesson-right", at("lesson:cache/loop").press("2 enter"));
}

#[test]
fn the_lab() {
    check("hash-ring", at(RING));
    check("hash-added", at(RING).press("a space"));
    check("hash-followed", at(RING).press("f enter"));
    check("hash-failed", at(RING).press("r r k down k o t t"));
    check("hash-several", at(SEVERAL).press("a space tab"));
    check("hash-schemes", at(RING).press("s down space"));
    check("hash-export", at(RING).press("e down"));
    check("hash-data", at(RING).press("d"));
    check("hash-rendezvous", at("lab:hash:--scheme rendezvous --keys 3000 --seed 1").press("f enter"));
    check("hash-newest", at("lab:hash:--scheme range --nodes 5 --keys 3000 --prefix ts: --latest 1 --seed 1"));
}

#[test]
fn the_bars_show_numbers_that_belong_together() {
    let row = |stage: Stage, node: &str| {
        let text = stage.sized(80, 24).text();
        let row = text.lines().find(|row| row.contains(node)).unwrap_or_else(|| panic!("{text}"));
        row[row.find(node).expect("the node")..].to_owned()
    };
    assert!(row(at(RING), "C n3").contains(" 648  21.6 %"), "keys with their share");
    let busy = row(at(RING).press("o"), "C n3");
    assert!(!busy.contains("648") && busy.contains(" %"), "no keys beside a share of requests: {busy}");
    let down = row(at(RING).press("k"), "A n1");
    assert!(down.contains("✗ down") && !down.contains('█') && !down.contains('%'), "{down}");
    let heir = row(at(RING).press("k"), "C n3");
    assert!(heir.contains(" taken over"), "{heir}");
    let narrow = row(at(SEVERAL), "C n3");
    assert_eq!(narrow.matches(" % ").count(), 4, "each column has its share: {narrow}");
    assert!(narrow.contains('█') && !narrow.contains('…'), "{narrow}");
}

#[test]
fn every_scheme_has_a_picture() {
    for scheme in sysdrill::sim::placement::SCHEMES {
        let route = format!("lab:hash:--scheme {} --nodes 4 --keys 500 --seed 1", scheme.about.id);
        let mut stage = at(&route).press("a space f enter");
        let picture: String = stage.text().lines().skip(2).take(10).flat_map(|line| line.chars().take(30)).collect();
        let drawn = picture.chars().filter(|c| !" │".contains(*c)).count();
        assert!(drawn > 40, "{} draws {drawn} signs:\n{}", scheme.about.id, stage.text());
    }
}

/// The cards that events made due, and why.
fn made_due(stage: &Stage) -> Vec<String> {
    let due = |record: &Record| match record {
        Record::Event(event) => match event.what {
            What::MakeDue { because: Cause::Prediction, .. } => Some(event.item.to_string()),
            _ => None,
        },
        Record::Profile(_) | Record::Memory { .. } => None,
    };
    stage.saved().iter().filter_map(due).collect()
}

#[test]
fn a_wrong_prediction_makes_the_linked_cards_due_and_is_kept_with_its_reason() {
    let stage = at("lesson:hash/one-more").press("type:1/6 enter type:one_in_six enter");
    assert_eq!(made_due(&stage), ["card:consistent-hashing/lookup", "card:consistent-hashing/stampede-size"]);
    let world = &stage.app.host().world;
    let card = world.library.card(&CardId::new("consistent-hashing/lookup")).expect("the card");
    let today = world.student.today(start_of_the_play());
    assert_eq!(world.student.state_of(card).due, Some(Due::On(today)));
    let kept: Value = serde_json::from_str(&world.recollect("lesson/hash/one-more").expect("kept")).expect("JSON");
    assert_eq!((&kept[0]["reason"], &kept[0]["is_right"]), (&"one in six".into(), &false.into()));
    assert_eq!(kept[0]["answer"], "0.167");
}

#[test]
fn a_right_prediction_makes_nothing_due_and_counts() {
    let mut stage = at("lesson:hash/one-more").press("type:0.83 enter enter");
    assert_eq!(made_due(&stage), [""; 0]);
    assert!(stage.text().contains("✓ right"), "{}", stage.text());
    let mut stage = stage.press("esc 6");
    assert!(stage.text().contains("1 of 1 right"), "{}", stage.text());
}

#[test]
fn a_lesson_opens_in_the_lab_and_the_next_one_follows() {
    let mut stage = at("lesson:hash/one-more").press("type:1 enter enter l");
    assert!(stage.text().starts_with(" Labs · modulo, ring · 5 → 6 nodes"), "{}", stage.text());
    let mut stage = at("lesson:cache/loop").press("1 enter l");
    assert!(stage.text().starts_with(" Labs · Cache eviction") && stage.text().contains("loop"), "{}", stage.text());
    let mut stage = at("lesson:cache/loop").press("1 enter enter enter");
    assert!(stage.text().contains("One node more"), "{}", stage.text());
}

#[test]
fn a_node_that_joins_and_a_step_back_give_the_identical_picture() {
    for route in [RING, SEVERAL] {
        let mut before = at(route);
        let seen = before.text();
        let mut after = before.press("a space");
        assert_ne!(after.text(), seen);
        let mut back = after.press("u");
        assert_eq!(back.text(), seen, "{route}");
        for knob in ["v", "r", "h", "n", "k", "o", "i", "p", "g", "w"] {
            let route = if knob == "w" { RING } else { route };
            let seen = at(route).text();
            let mut back = at(route).press(knob).press("u");
            assert_eq!(back.text(), seen, "{route}: {knob}");
        }
    }
}

#[test]
fn keys_move_a_slice_a_wake_and_are_counted() {
    let settled = |stage: &mut Stage| {
        let text = stage.text();
        text.split("; ").nth(1).and_then(|rest| rest.split(" of ").next()).map(str::to_owned)
    };
    let mut stage = at(RING).press("a");
    assert_eq!(settled(&mut stage).as_deref(), Some("0"), "{}", stage.text());
    let mut stage = stage.wait(1);
    let some = settled(&mut stage).expect("it is told");
    assert!(some != "0" && some != "3,000", "{some}");
    let told = stage.text();
    assert!(told.contains("% so far (least ≈16.7 %)"), "{told}");
    let stage = (0..60).fold(stage, |stage, _| stage.wait(1));
    let mut done = stage;
    assert!(!done.text().contains("so far") && done.text().contains("(least ≈16.7 %)"), "{}", done.text());
    assert_eq!(done.text(), at(RING).press("a space").text(), "the end is the same, however it was reached");
}

#[test]
fn nothing_moves_by_itself_where_motion_is_not_wanted() {
    let config = Config { motion: false, ..Config::default() };
    let looks = Looks { unicode: true, ..Looks::default() };
    let start = RING.parse().expect("a route");
    let setup =
        Setup { screens: screens::ALL, host: Scratch::over(world()), config, looks, size: Size::new(80, 24), start };
    let (mut app, _) = App::new(setup, start_of_the_play()).expect("the lab");
    app.key("a".parse().expect("a key"), start_of_the_play());
    assert_eq!(app.next_wake(start_of_the_play()), None);
}

#[test]
fn the_copied_command_line_reproduces_the_figures() {
    let keys = "a space a space down down x space v v k w r h s down down space enter o t d";
    let stage = at("lab:hash:--nodes 5 --keys 3000 --seed 3").press(keys).press("esc y e down enter");
    let command = stage.app.host().copied.last().expect("it was copied").clone();
    let options: Options = command.strip_prefix("sysdrill sim hash ").expect("a command").parse().expect("options");
    assert_eq!(options.params.schemes, ["ring", "rendezvous"], "{command}");
    assert!(command.contains("--before +,+") && command.contains("--remove n3"), "{command}");
    let (name, exported) = stage.app.host().exported.last().expect("it was exported");
    assert_eq!(name, "placement.json");
    let shown: Value = serde_json::from_str(exported).expect("JSON");
    let computed = serde_json::to_string(&run(&options.params).expect("a run")).expect("JSON");
    assert_eq!(shown, serde_json::from_str::<Value>(&computed).expect("JSON"), "{command}");
}

#[test]
fn a_range_is_split_by_hand_and_a_formula_is_not() {
    let mut stage = at("lab:hash:--scheme range --nodes 3 --keys 300 --seed 1").press("down b space");
    assert!(stage.text().contains("--operate split:1,move:2:n1"), "{}", stage.text());
    assert!(stage.text().contains("moved 16.7 %"), "half of a third moves: {}", stage.text());
    let stage = stage.press("a space y");
    let command = stage.app.host().copied.last().expect("it was copied");
    assert!(command.contains("--before split:1,move:2:n1 --add 1"), "{command}");
    let mut ring = at(RING).press("b");
    assert!(ring.text().contains("decides by a formula"), "{}", ring.text());
    for scheme in ["slots", "directory", "geo"] {
        let route = format!("lab:hash:--scheme {scheme} --nodes 4 --keys 300 --seed 1 --hot 0.5");
        let mut stage = at(&route).press("b space");
        assert!(stage.text().contains("--operate move:"), "{}", stage.text());
    }
}

#[test]
fn exports_are_a_table_and_a_picture() {
    let stage = at(RING).press("e enter e down down enter");
    let [(table, rows), (picture, svg)] = &stage.app.host().exported[..] else { panic!("two files") };
    assert_eq!((table.as_str(), picture.as_str()), ("placement.csv", "placement.svg"));
    assert_eq!(rows.lines().count(), 6, "{rows}");
    assert!(rows.starts_with("scheme,node,keys,") && rows.contains("\nring,n5,"), "{rows}");
    assert!(svg.starts_with("<svg") && svg.contains("Hash ring"), "{svg}");
}

#[test]
fn what_is_not_possible_is_said_and_changes_nothing() {
    let jump = "lab:hash:--scheme jump --nodes 5 --keys 300 --seed 1";
    let mut stage = at(jump).press("x");
    assert!(stage.text().contains("can only remove the last"), "{}", stage.text());
    let mut stage = stage.press("w");
    assert!(stage.text().contains("knows no weights"), "{}", stage.text());
    assert!(stage.text().contains("5 nodes"), "{}", stage.text());
    let mut last = at("lab:hash:--nodes 1 --keys 300 --seed 1").press("x");
    assert!(last.text().contains("at least 1 must stay"), "{}", last.text());
}

#[test]
fn with_plain_signs_the_lab_is_ascii() {
    let config = Config { glyphs: sysdrill::config::GlyphChoice::Ascii, ..Config::default() };
    for route in [RING, SEVERAL] {
        let start = route.parse().expect("a route");
        let looks = Looks { unicode: false, ..Looks::default() };
        let size = Size::new(80, 24);
        let setup =
            Setup { screens: screens::ALL, host: Scratch::over(world()), config: config.clone(), looks, size, start };
        let (mut app, _) = App::new(setup, start_of_the_play()).expect("the lab");
        for key in ["a", "space", "f", "enter"] {
            app.key(key.parse().expect("a key"), start_of_the_play());
        }
        let mut buf = ratatui::buffer::Buffer::empty(ratatui::layout::Rect::new(0, 0, 80, 24));
        app.draw(&mut buf);
        let text = sysdrill::tui::picture::text(&buf);
        assert!(text.is_ascii(), "{text}");
    }
}
