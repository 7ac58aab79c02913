//! The screens as they are seen: snapshots, every screen at every size, and a monkey at the keyboard.

#[path = "tui/estimate.rs"]
mod estimate;
#[path = "tui/stage.rs"]
mod stage;

use std::collections::BTreeSet;

use ratatui::style::Modifier;
use rstest::rstest;

use stage::{Stage, now};
use sysdrill::config::{Config, GlyphChoice, ThemeChoice};
use sysdrill::rng::{self, Stream};
use sysdrill::tui::effect::Record;
use sysdrill::tui::key::{Code, Key};
use sysdrill::tui::registry::Entry;
use sysdrill::tui::screens;
use sysdrill::tui::theme::Depth;

/// What to open of screens that need to be told.
const ARGUMENTS: &[(&str, &str)] =
    &[("round", "links"), ("note", "rings"), ("card", "queues/full"), ("calculator", "queueing")];

fn route_of(entry: &Entry) -> String {
    match ARGUMENTS.iter().find(|(name, _)| *name == entry.name) {
        Some((name, argument)) => format!("{name}:{argument}"),
        None => entry.name.to_owned(),
    }
}

/// A screen after some keys, at both sizes that are looked at most.
#[rstest]
#[case("library", "library", "")]
#[case("library-search", "library", "/ type:late")]
#[case("library-nothing-found", "library", "/ type:zebra")]
#[case("reader", "note:rings", "")]
#[case("reader-link", "note:rings", "tab tab tab")]
#[case("reader-outline", "note:rings", "o down")]
#[case("reader-search", "note:rings", "/ type:key enter n")]
#[case("reader-end", "note:rings", "end")]
#[case("help", "library", "?")]
#[case("help-search", "library", "? type:top")]
#[case("palette", "library", "ctrl-p")]
#[case("palette-search", "library", "ctrl-p type:back")]
#[case("sheet-empty", "estimate", "")]
#[case("sheet-example", "estimate", "tab")]
#[case("sheet-line", "estimate", "tab up up up up")]
#[case("sheet-error", "estimate", "type:dau_=_100M_usres enter type:qps_=_dau_*_10 enter type:half_=")]
#[case("sheet-units", "estimate", "tab f5 down")]
#[case("sheets", "estimate", "tab ctrl-s type:URLs enter ctrl-n type:1_GB ctrl-o")]
#[case("sheet-naming", "estimate", "tab ctrl-s")]
#[case("calculators", "calculators", "down")]
#[case("calculator", "calculator:queueing", "")]
#[case("calculator-curve", "calculator:queueing", "f6")]
#[case("calculator-error", "calculator:queueing", "down type:x")]
#[case("drill", "drill:dau-to-qps", "")]
#[case("drill-unreadable", "drill:dau-to-qps", "type:12_usres enter")]
#[case("drill-answered", "drill:dau-to-qps", "type:10k tab type:1k tab type:100k enter")]
#[case("numbers", "numbers", "down")]
#[case("numbers-scale", "numbers", "s")]
#[case("numbers-search", "numbers", "/ type:trip")]
#[case("toast", "note:queues", "tab tab enter")]
fn looks_as_it_did(#[case] name: &str, #[case] route: &str, #[case] keys: &str) {
    for (width, height) in [(80, 24), (120, 40)] {
        let text = Stage::open(route, width, height).press(keys).text();
        insta::assert_snapshot!(format!("{name}-{width}x{height}"), text);
    }
}

#[test]
fn the_first_frame_shows_what_the_second_shows() {
    for entry in screens::ALL {
        let first = Stage::undrawn(&route_of(entry), 80, 24).text();
        let second = Stage::open(&route_of(entry), 80, 24).text();
        assert_eq!(first, second, "{}", entry.name);
    }
}

#[test]
fn esc_goes_back_along_the_links_before_it_leaves_the_reader() {
    let mut stage = Stage::open("note:rings", 80, 24);
    assert!(stage.press("tab enter").text().contains("Library · Queues"), "{}", stage.text());
    assert!(stage.press("esc").text().contains("Library · Rings"), "{}", stage.text());
    assert!(!stage.press("esc esc").text().contains("Library · Rings"), "{}", stage.text());
}

#[test]
fn ascii_signs_are_ascii() {
    let config = Config { glyphs: GlyphChoice::Ascii, ..Config::default() };
    let mut stage = Stage::open_with("library", 80, 24, config, Depth::Mono);
    assert!(stage.text().is_ascii(), "{}", stage.text());
    assert!(stage.press("?").text().is_ascii(), "{}", stage.text());
}

#[test]
fn without_colours_the_selected_row_is_reversed() {
    let mut stage = Stage::open_with("library", 80, 24, Config::default(), Depth::Mono);
    let buffer = stage.draw();
    let reversed = buffer.content.iter().filter(|cell| cell.modifier.contains(Modifier::REVERSED)).count();
    assert!((40..=80).contains(&reversed), "one row, not {reversed} cells");
}

#[test]
fn every_theme_draws_every_screen() {
    for (_, theme) in ThemeChoice::ALL {
        for depth in [Depth::Mono, Depth::Ansi16, Depth::Ansi256, Depth::True] {
            for entry in screens::ALL {
                let config = Config { theme: *theme, ..Config::default() };
                Stage::open_with(&route_of(entry), 80, 24, config, depth).draw();
            }
        }
    }
}

#[test]
fn every_screen_fits_every_size() {
    for entry in screens::ALL {
        for (width, height) in [(40, 12), (80, 24), (200, 60)] {
            let text = Stage::open(&route_of(entry), width, height).text();
            assert_eq!(text.lines().count(), usize::from(height));
            let body: String = text.lines().skip(1).take(usize::from(height) - 2).collect();
            assert!(body.chars().filter(|c| c.is_alphanumeric()).count() > 10, "{} says nothing: {text}", entry.name);
            assert!(text.lines().last().is_some_and(|footer| footer.contains("help")), "{}: {text}", entry.name);
        }
    }
}

#[test]
fn names_and_commands_are_unique_and_no_key_runs_two_of_them() {
    let mut names = BTreeSet::new();
    let mut ids = BTreeSet::new();
    for entry in screens::ALL {
        assert!(names.insert(entry.name), "two screens are called {}", entry.name);
        let mut keys = BTreeSet::new();
        for hint in entry.hints() {
            assert!(ids.insert(hint.id), "two commands are called {}", hint.id);
            assert!(!hint.help.is_empty(), "{} says nothing in the help", hint.id);
            for key in hint.keys {
                assert!(keys.insert(*key), "{}: `{key}` runs two commands", entry.name);
                assert_ne!(*key, Key::ctrl('c'), "{}: Ctrl-C always quits", hint.id);
            }
        }
    }
}

#[test]
fn the_place_in_a_note_is_remembered() {
    let mut stage = Stage::open("library", 80, 16);
    stage.press("end enter down down down down esc");
    let saved = stage.app.host().saved.clone();
    let [Record::Memory { key, value }] = &saved[..] else { panic!("one bookmark: {saved:?}") };
    assert!(key == "reader/rings" && value.starts_with("4/"), "{key} {value}");
    let again = stage.press("enter").text();
    assert!(!again.contains("A ring gives"), "the page begins where it was left:\n{again}");
}

#[test]
fn links_lead_to_other_notes_and_back_and_forward() {
    let mut stage = Stage::open("note:rings", 80, 24);
    let title = |stage: &mut Stage| stage.text().lines().next().map(str::to_owned).unwrap_or_default();
    stage.press("tab enter");
    assert!(title(&mut stage).starts_with(" Library · Queues"), "{}", title(&mut stage));
    stage.press("backspace");
    assert!(title(&mut stage).starts_with(" Library · Rings"));
    stage.press("alt-right");
    assert!(title(&mut stage).starts_with(" Library · Queues"));
}

#[test]
fn any_markdown_file_can_be_read_and_what_cannot_says_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("own.md");
    std::fs::write(&file, "# My own\n\n`= 2 * 3 GB` and [more](more.md)\n").expect("written");
    std::fs::write(folder.path().join("more.md"), "# More\n").expect("written");
    let mut stage = Stage::open(&format!("note:{}", file.display()), 80, 24);
    assert!(stage.text().contains("6 GB and more"), "{}", stage.text());
    assert!(stage.press("tab enter").text().starts_with(" Library · more.md"));
    std::fs::remove_file(&file).expect("removed");
    assert!(stage.press("backspace").text().contains("cannot be read"), "{}", stage.text());
}

/// Presses seeded keys on every screen at every size. No panic, and Esc leads home from wherever that ends.
#[test]
fn a_monkey_finds_no_way_to_break_it() {
    let presses = if std::env::var_os("SYSDRILL_SOAK").is_some() { 1_000_000 } else { 100_000 };
    let mut monkey = rng::stream(2026, "monkey");
    let declared: Vec<Key> =
        screens::ALL.iter().flat_map(|entry| entry.hints()).flat_map(|hint| hint.keys).copied().collect();
    let mut stage = Stage::open("library", 80, 24);
    for press in 0..presses {
        match monkey.index(40) {
            0 => stage.resize(monkey.index(301) as u16, monkey.index(101) as u16),
            1 => stage.app.paste("type 分\u{1b}[31m\r\nq", now()),
            _ => stage.app.key(some_key(&mut monkey, &declared), now()),
        }
        if monkey.index(32) == 0 {
            stage.draw();
        }
        if press % 500 == 499 {
            stage.resize(80, 24);
            lead_home(&mut stage, press);
        }
    }
}

fn lead_home(stage: &mut Stage, press: usize) {
    for _ in 0..200 {
        if stage.app.is_home() {
            return;
        }
        stage.press("esc");
    }
    panic!("after press {press} Esc does not lead home:\n{}", stage.text());
}

fn some_key(monkey: &mut Stream, declared: &[Key]) -> Key {
    const OTHERS: [Key; 9] = [
        Key::ENTER,
        Key::ESC,
        Key::TAB,
        Key::SPACE,
        Key::UP,
        Key::DOWN,
        Key::BACKSPACE,
        Key::ctrl('p'),
        Key::plain(Code::F(1)),
    ];
    match monkey.index(3) {
        0 => declared[monkey.index(declared.len())],
        1 => OTHERS[monkey.index(OTHERS.len())],
        // Quitting is masked.
        _ => Key::char(char::from(b' ' + monkey.index(95) as u8)),
    }
}
