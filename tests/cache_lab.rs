//! The cache lab as a learner uses it: step, go back, change things while it runs, compare, export.

#[expect(dead_code, reason = "the stage of all screens, of which the lab needs a part")]
#[path = "tui/stage.rs"]
mod stage;

use std::path::Path;
use std::time::Duration;

use assert_cmd::Command;
use rstest::rstest;
use serde_json::Value;

use stage::{Stage, now};
use sysdrill::config::{Config, GlyphChoice};
use sysdrill::sim::cache::POLICIES;
use sysdrill::tui::theme::Depth;

const SMALL: &str = "lab:cache:--policy lru,s3-fifo --capacity 8 --objects 60 --requests 3000 --until 200";

/// Every view at both sizes that are looked at most.
#[rstest]
#[case("cache-lab", "lab:cache:--until 1204", "")]
#[case("cache-lab-start", "lab:cache", "")]
#[case("cache-lab-four", "lab:cache:--policy sieve,2q,w-tinylfu,opt --until 5000", "m")]
#[case("cache-lab-keys", "lab:cache:--policy clock,arc,s3-fifo --capacity 8 --objects 40 --until 60", "e down")]
#[case("cache-lab-compare", "lab:cache:--requests 5000", "tab")]
#[case("cache-lab-strategies", "lab:cache:--requests 500", "tab tab down down down down down down right right")]
#[case("cache-lab-stampede", "lab:cache:--requests 500", "shift-tab down down left")]
#[case("cache-lab-policies", "lab:cache:--until 100", "p down space down down space")]
#[case("cache-lab-workload", "lab:cache:--until 100", "w down down down")]
#[case("cache-lab-wrong-capacity", "lab:cache:--until 100", "c type:none enter")]
fn looks_as_it_did(#[case] name: &str, #[case] route: &str, #[case] keys: &str) {
    for (width, height) in [(80, 24), (120, 40)] {
        let text = Stage::open(route, width, height).press(keys).text();
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "cache_lab" }, {
            insta::assert_snapshot!(format!("{name}-{width}x{height}"), text);
        });
    }
}

#[test]
fn steps_back_show_exactly_what_was_seen_for_every_policy() {
    for policy in POLICIES {
        let route =
            format!("lab:cache:--policy {} --capacity 6 --objects 40 --requests 400 --until 90", policy.about.id);
        let mut stage = Stage::open(&route, 120, 40);
        let mut before = Vec::new();
        for _ in 0..25 {
            before.push(stage.text());
            stage.press("right");
        }
        while let Some(earlier) = before.pop() {
            assert_eq!(stage.press("left").text(), earlier, "{}", policy.about.id);
        }
        let start = stage.press("home").text();
        assert!(start.contains("t 0"), "{start}");
        assert!(stage.press("pgdn pgup").text() == start && stage.press("left").text() == start);
    }
}

/// Lets the lab run for so many wakes, 5 ms apart, from a moment on; returns the moment after.
fn run(stage: &mut Stage, from: u64, wakes: u64) -> u64 {
    for wake in 1..=wakes {
        let span = Duration::from_millis((from + wake) * 5);
        let start = now();
        let later = sysdrill::time::Now {
            wall: start.wall.plus(span),
            awake: start.awake + span,
            boot: start.boot + span,
            ..start
        };
        stage.app.tick(later);
        stage.draw();
    }
    from + wakes
}

/// What the lab exports, and what the command line that it copies prints, as hits by policy.
fn hits_shown_and_printed(stage: &mut Stage) -> [Vec<(String, u64)>; 2] {
    stage.press("x ctrl-u type:json enter y");
    let host = stage.app.host();
    let (name, contents) = host.exported.last().expect("an export");
    assert!(name.ends_with(".json"));
    let command = host.copied.last().expect("a command line");
    let arguments: Vec<&str> = command.split(' ').skip(1).chain(["--json"]).collect();
    let output = Command::cargo_bin("sysdrill").expect("the program").args(&arguments).output().expect("it runs");
    let printed = String::from_utf8(output.stdout).expect("text");
    [contents.as_str(), printed.as_str()].map(|text| {
        let document: Value =
            serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {arguments:?}: {text}"));
        let results = document["results"].as_array().expect("results").iter();
        let hits =
            |one: &Value| (one["policy"].as_str().unwrap_or_default().to_owned(), one["hits"].as_u64().unwrap_or(0));
        results.map(hits).collect()
    })
}

#[track_caller]
fn check_command_line(stage: &mut Stage, policies: usize) {
    let [shown, printed] = hits_shown_and_printed(stage);
    assert_eq!(shown, printed);
    assert_eq!(shown.len(), policies);
    assert!(shown.iter().all(|(_, hits)| *hits > 0), "{shown:?}");
}

#[test]
fn whatever_is_changed_while_it_runs_the_command_line_prints_the_same_numbers() {
    let mut stage = Stage::open(SMALL, 120, 40);
    let mut at = run(stage.press("+ + + space"), 0, 20);
    assert!(stage.text().contains("500/s"), "{}", stage.text());
    check_command_line(&mut stage, 2);
    for change in [
        "]",
        "c ctrl-u type:25% enter",
        "w ctrl-u type:shift:300 enter",
        "t ctrl-u type:40+5 enter",
        "p down down down space enter",
        "o end type:_--cache-ms_1 enter",
    ] {
        stage.press(change);
        at = run(&mut stage, at, 6);
        check_command_line(&mut stage, if change.starts_with('p') || change.starts_with('o') { 3 } else { 2 });
    }
}

#[test]
fn what_is_typed_into_a_prompt_replaces_the_value_before() {
    let mut stage = Stage::open(SMALL, 120, 40);
    stage.press("c type:20 enter");
    assert!(stage.text().contains("cap 20"), "{}", stage.text());
    stage.press("c backspace 5 enter");
    assert!(stage.text().contains("cap 25"), "{}", stage.text());
    stage.press("w type:scan:400 enter");
    assert!(stage.text().contains("scan:400"), "{}", stage.text());
}

#[test]
fn the_same_moment_is_shown_under_other_parameters() {
    let mut stage = Stage::open(SMALL, 120, 40);
    let before = stage.text();
    let larger = stage.press("]").text();
    assert!(before.contains("t 200") && larger.contains("t 200") && larger.contains("cap 16"), "{larger}");
    assert_eq!(stage.press("[").text(), before);
}

#[test]
fn as_fast_as_it_goes_ends_at_the_end_and_begins_anew() {
    let mut stage = Stage::open("lab:cache:--requests 100000", 80, 24);
    let faster = ["+"; 14].join(" ");
    stage.press(&faster);
    assert!(stage.text().contains("full speed"));
    let mut at = run(stage.press("space"), 0, 40);
    assert!(stage.text().contains("at the end   t 100,000"), "{}", stage.text());
    at = run(stage.press("space"), at, 1);
    assert!(!stage.text().contains("t 100,000"), "{}", stage.text());
    run(&mut stage, at, 40);
    assert!(stage.text().contains("t 100,000"), "{}", stage.text());
}

#[test]
fn the_next_miss_and_eviction_are_looked_for_in_the_chosen_cache() {
    let mut stage =
        Stage::open("lab:cache:--policy lifo,opt --capacity 8 --objects 60 --requests 3000 --until 300", 120, 40);
    for keys in ["m", "m", "e", "down m", "e"] {
        stage.press(keys);
        assert!(stage.text().contains("MISS k"), "{keys}: {}", stage.text());
    }
    stage.press("e");
    assert!(stage.text().contains("evict k"), "{}", stage.text());
}

#[test]
fn a_trace_is_read_and_compared_and_what_is_none_is_refused() {
    let trace = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/sim/mixed.txt");
    let mut stage = Stage::open(&format!("lab:cache:--trace {} --capacity 20 --until 300", trace.display()), 80, 24);
    check_command_line(&mut stage, 2);
    stage.press("tab space");
    assert!(stage.text().contains("best") && stage.text().contains("floor"), "{}", stage.text());
    let mut stage = Stage::open("lab:cache:--trace Cargo.toml --format oracleGeneral", 80, 24);
    assert!(stage.text().contains("cannot be read"), "{}", stage.text());
    stage.press("o ctrl-u type:--requests_500 enter");
    assert!(stage.text().contains("zipf:1.0"), "one can go on: {}", stage.text());
    let mut stage = Stage::open("lab:cache", 80, 24);
    stage.press("w ctrl-u type:trace:/nowhere enter");
    assert!(stage.text().contains("there is no file /nowhere"), "{}", stage.text());
}

#[test]
fn a_run_is_exported_for_other_programs_and_for_a_page() {
    let mut stage = Stage::open(SMALL, 80, 24);
    stage.press("x enter x down down enter");
    let exported = &stage.app.host().exported;
    assert!(exported[0].1.starts_with("request,lru,s3-fifo\n"), "{}", exported[0].1);
    assert!(exported[0].1.lines().count() > 100);
    assert!(exported[1].0.ends_with(".svg") && exported[1].1.starts_with("<svg"), "{}", exported[1].0);
    assert!(exported[1].1.matches("<polyline").count() >= 4, "two lines over time, curves by size");
}

#[test]
fn strategies_show_what_a_crash_and_a_second_writer_cost() {
    let mut stage = Stage::open("lab:cache:--requests 500", 120, 40);
    stage.press("tab tab");
    assert!(!stage.text().contains("lost 1") && stage.text().contains("write-behind"));
    stage.press("down down down down down down right right");
    assert!(stage.text().contains("write-behind lost"), "{}", stage.text());
    stage.press("y");
    let command = stage.app.host().copied.last().expect("a command line").clone();
    let arguments: Vec<&str> = command.split(' ').skip(1).collect();
    let output = Command::cargo_bin("sysdrill").expect("the program").args(&arguments).output().expect("it runs");
    let printed = String::from_utf8(output.stdout).expect("text");
    let lost = |text: &str| {
        let row = text.lines().find(|line| line.contains("write-behind") && !line.contains("ms apart")).expect("a row");
        let digits = row.rsplit(|c: char| !c.is_ascii_digit()).find(|word| !word.is_empty()).expect("a number");
        digits.parse::<u64>().expect("a number")
    };
    assert_eq!(lost(&stage.text()), lost(&printed), "{printed}");
}

#[test]
fn ascii_signs_are_ascii_in_every_view() {
    let config = Config { glyphs: GlyphChoice::Ascii, ..Config::default() };
    for route in [SMALL, "lab:cache:--policy arc,clock,2q,opt --requests 2000 --until 900"] {
        let mut stage = Stage::open_with(route, 80, 24, config.clone(), Depth::Mono);
        for keys in ["m", "tab", "tab", "tab", "tab p", "esc w"] {
            let text = stage.press(keys).text();
            assert!(text.is_ascii(), "{keys}: {text}");
        }
    }
}

#[test]
fn little_motion_is_four_frames_a_second() {
    let wait = |motion| {
        let config = Config { motion, ..Config::default() };
        let mut stage = Stage::open_with(SMALL, 80, 24, config, Depth::True);
        stage.resize(100, 30);
        stage.press("space");
        stage.app.next_wake(now()).expect("it runs")
    };
    assert_eq!(wait(false), Duration::from_millis(250));
    assert!(wait(true) < Duration::from_millis(50));
}

#[test]
fn the_lessons_are_one_key_away() {
    let mut stage = Stage::undrawn(SMALL, 80, 24);
    assert!(stage.press("l").text().contains("Cache eviction"));
}
