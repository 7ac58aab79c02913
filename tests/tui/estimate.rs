//! Estimating with keys: sheets that survive, drills that are scored, calculators that become sheets.

use std::time::Duration;

use sysdrill::recall::What;
use sysdrill::time::Now;
use sysdrill::tui::effect::Record;
use sysdrill::tui::route::Route;

use crate::stage::{Stage, now};

fn later(millis: u64) -> Now {
    let span = Duration::from_millis(millis);
    let now = now();
    Now { wall: now.wall.plus(span), awake: now.awake + span, boot: now.boot + span, ..now }
}

/// The values at the right of the sheet, one a line that has one.
fn values(stage: &mut Stage) -> Vec<String> {
    let rows = stage.text();
    let sheet = rows.lines().skip(2).map_while(|row| row.strip_prefix('│'));
    let value = |row: &str| {
        let row = row.split('│').next().unwrap_or_default().trim_end();
        row.rsplit_once("   ").map(|(_, value)| value.trim().to_owned())
    };
    sheet.filter_map(value).filter(|value| !value.is_empty()).collect()
}

/// Types lines into an empty sheet and compares the values beside them.
#[track_caller]
fn check(lines: &[(&str, &str)]) -> Stage {
    let mut stage = Stage::open("estimate", 120, 40);
    for (line, _) in lines {
        stage.press(&format!("type:{} enter", line.replace(' ', "_")));
    }
    let expect: Vec<&str> = lines.iter().map(|(_, value)| *value).filter(|value| !value.is_empty()).collect();
    assert_eq!(values(&mut stage), expect, "{}", stage.text());
    stage
}

#[test]
fn the_numbers_of_a_url_shortener() {
    check(&[
        ("urls = 100M url/month", "100M url/month"),
        ("new = urls to url/s", "! 38.6 url/s"),
        ("clicks = 100 * urls * 1 req/url", "! 3.86k req/s"),
        ("record = 500 B/url", "500 B/url"),
        ("stored = urls * record * 60 month", "! 3.00 TB"),
        ("log2(62^7)", "41.7"),
    ]);
}

#[test]
fn the_numbers_of_a_chat() {
    check(&[
        ("users = 50M user", "50M user"),
        ("sent = users * 40 msg/user/day", "! 23.1k msg/s"),
        ("peak = 3 sent", "69.4k msg/s"),
        ("text = sent * 200 B/msg to MB/s", "4.63 MB/s"),
        ("kept = text * 5 year", "730 TB"),
        ("ceil(users * 10% / (100k user/server))", "! 50 server"),
    ]);
}

#[test]
fn the_numbers_of_a_video_service() {
    check(&[
        ("views = 5M user * 5 video/user/day", "289 video/s"),
        ("length = 300 MB/video", "300 MB/video"),
        ("egress = views * length to Gbit/s", "! 694 Gbit/s"),
        ("upload = 10% of (5M video/day) * length", "1.74 GB/s"),
    ]);
}

#[test]
fn a_wrong_line_says_what_to_write_and_spoils_nothing_else() {
    let mut stage = Stage::open("estimate", 120, 40);
    stage.press("type:dau_=_100M_usres enter type:size_=_2_KB up");
    let seen = stage.text();
    for says in ["✗ `usres` is neither", "^^^^^", "user", "2 KB"] {
        assert!(seen.contains(says), "{says}:\n{seen}");
    }
}

#[test]
fn a_reading_is_told_where_there_are_two() {
    let mut stage = Stage::open("estimate", 120, 40);
    let seen = stage.press("type:1B_users").text();
    assert!(seen.contains("! 1B user") && seen.contains("read as"), "{seen}");
}

#[test]
fn a_value_is_converted_by_key_and_that_is_undone() {
    let mut stage = Stage::open("estimate", 120, 40);
    stage.press("type:x_=_1.5_PB f5");
    assert!(stage.text().contains("Show in"), "{}", stage.text());
    while !stage.text().lines().any(|row| row.contains("▸ TiB")) {
        stage.press("down");
    }
    assert!(stage.press("enter").text().contains("x = 1.5 PB to TiB"), "{}", stage.text());
    assert_eq!(values(&mut stage), ["1,360 TiB"]);
    assert!(!stage.press("ctrl-z").text().contains("to TiB"));
    assert!(stage.press("ctrl-y").text().contains("to TiB"));
}

#[test]
fn a_draft_is_on_disk_two_seconds_after_a_key_and_is_there_again() {
    let mut stage = Stage::open("estimate", 80, 24);
    stage.press("type:dau_=_7M_user");
    assert_eq!(stage.app.host().saved, []);
    assert!(stage.app.next_wake(now()).is_some_and(|wake| wake < Duration::from_secs(2)));
    stage.app.tick(later(1_600));
    let saved = stage.app.host().saved.clone();
    assert_eq!(saved.len(), 1, "{saved:?}");
    assert!(matches!(&saved[0], Record::Memory { value, .. } if value.contains("7M user")), "{saved:?}");

    let mut again = Stage::with("estimate", 80, 24, &saved);
    assert!(again.text().contains("dau = 7M user"), "{}", again.text());
}

#[test]
fn a_draft_is_saved_when_the_app_ends() {
    let mut stage = Stage::open("estimate", 80, 24);
    stage.press("type:1_GB ctrl-c");
    assert!(stage.app.is_ending());
    assert_eq!(stage.app.host().saved.len(), 1);
}

#[test]
fn a_save_that_fails_is_said_and_tried_again() {
    let mut stage = Stage::open("estimate", 80, 24);
    stage.press("type:1_GB");
    stage.app.host_mut().obstacle = Some("The disk is full.".to_owned());
    stage.app.tick(later(1_600));
    assert!(stage.text().contains("The disk is full."), "{}", stage.text());
    stage.app.host_mut().obstacle = None;
    stage.app.tick(later(20_000));
    assert_eq!(stage.app.host().saved.len(), 1);
}

#[test]
fn sheets_are_named_opened_renamed_deleted_and_brought_back() {
    let mut stage = Stage::open("estimate", 80, 24);
    stage.press("type:a_=_1_GB ctrl-s type:First enter");
    assert!(stage.text().contains("╭ First ─"), "{}", stage.text());
    stage.press("ctrl-n type:b_=_2_GB ctrl-s type:First enter");
    assert!(stage.text().contains("There is a sheet `First` already"), "{}", stage.text());
    stage.press("ctrl-u type:Second enter ctrl-o up enter");
    assert!(stage.text().contains("a = 1 GB"), "{}", stage.text());
    stage.press("ctrl-o r ctrl-u type:Renamed enter enter");
    assert!(stage.text().contains("╭ Renamed ─"), "{}", stage.text());
    stage.press("ctrl-o x");
    assert!(!stage.text().lines().any(|row| row.contains("▸ Renamed")), "{}", stage.text());
    stage.press("u enter");
    assert!(stage.text().contains("a = 1 GB"), "{}", stage.text());
}

#[test]
fn a_new_sheet_throws_no_draft_away() {
    let mut stage = Stage::open("estimate", 80, 24);
    stage.press("type:a_=_1_GB ctrl-n");
    assert!(stage.text().contains("kept as `Sheet`"), "{}", stage.text());
    assert!(stage.press("ctrl-o down enter").text().contains("a = 1 GB"), "{}", stage.text());
}

#[test]
fn many_lines_are_pasted_as_one_edit() {
    let mut stage = Stage::open("estimate", 120, 40);
    stage.app.paste("a = 2 GB\nb = 3 a\n", now());
    assert_eq!(values(&mut stage), ["2 GB", "6 GB"]);
    stage.press("ctrl-z");
    assert!(stage.text().contains("Type a sum"), "{}", stage.text());
}

#[test]
fn a_sheet_is_exported_and_copied_with_its_values() {
    let mut stage = Stage::open("estimate", 120, 40);
    stage.press("type:a_=_2_GB enter type:b_=_3_a ctrl-e alt-e alt-c");
    let host = stage.app.host();
    let [(name, markdown), (text_name, text)] = &host.exported[..] else { panic!("two files: {:?}", host.exported) };
    assert_eq!((name.as_str(), text_name.as_str()), ("scratch-sheet.md", "scratch-sheet.txt"));
    assert!(markdown.contains("| `b = 3 a` | 6 GB |"), "{markdown}");
    assert_eq!(text, "a = 2 GB  → 2 GB\nb = 3 a   → 6 GB\n");
    assert_eq!(host.copied, std::slice::from_ref(text));
    stage.press("shift-left shift-left ctrl-x");
    assert!(stage.text().contains("b = 3") && !stage.text().contains("b = 3 a"), "{}", stage.text());
}

#[test]
fn a_range_shows_its_spread_and_what_drives_it() {
    let mut stage = Stage::open("estimate", 120, 40);
    stage.press("type:a_=_1..10_GB enter type:b_=_1..2 enter type:c_=_a_*_b");
    let seen = stage.text();
    let driven = seen.lines().find(|row| row.contains("driven by")).unwrap_or_default();
    assert!(driven.contains("a = 1"), "the wider range comes first:\n{seen}");
}

#[test]
fn a_reference_number_is_typed_into_the_sheet() {
    let mut stage = Stage::open("estimate", 120, 40);
    stage.press("type:10_ f4 / type:ssd enter enter");
    assert!(stage.text().contains("10 ssd_read"), "{}", stage.text());
    assert_eq!(values(&mut stage), ["1 ms"]);
}

#[test]
fn a_calculator_computes_as_it_is_typed_and_becomes_a_sheet() {
    let mut stage = Stage::open("estimate", 120, 40);
    stage.press("f2 enter");
    assert!(stage.text().contains("66.7%"), "{}", stage.text());
    stage.press("ctrl-d type:140");
    assert!(stage.text().contains("93.3%"), "{}", stage.text());
    stage.press("ctrl-o");
    let seen = stage.text();
    assert!(seen.contains("arrivals = 140 req/s") && seen.contains("93.3%"), "{seen}");
    assert!(stage.press("f2 enter").text().contains("66.7%"), "the form is as it was");
}

#[test]
fn a_field_outside_its_range_warns_and_computes() {
    let mut stage = Stage::open("calculator:queueing", 120, 40);
    let seen = stage.press("ctrl-d type:0.5").text();
    assert!(seen.contains("outside the sensible range"), "{seen}");
    assert!(seen.contains("0.333%"), "{seen}");
}

#[test]
fn an_unknown_calculator_is_refused_with_those_there_are() {
    let mut stage = Stage::open("today", 120, 40);
    let route: Route = "calculator:nothing".parse().expect("routes always parse");
    assert!(sysdrill::tui::screens::ALL.iter().any(|entry| route.within(entry.name).is_some()));
    stage.press("ctrl-p type:waiting enter");
    assert!(stage.text().contains("Little's law"), "the palette finds one by its title:\n{}", stage.text());
}

/// The answers to drills in the log.
fn answers(stage: &Stage) -> Vec<(f64, Option<bool>)> {
    let answer = |record: &Record| match record {
        Record::Event(event) => match &event.what {
            What::Estimate(estimate) => Some((estimate.points, estimate.hit)),
            _ => None,
        },
        _ => None,
    };
    stage.app.host().saved.iter().filter_map(answer).collect()
}

/// The right answer as the screen tells it after a wild guess.
fn solution(keys: &str) -> String {
    let mut stage = Stage::open("drill:dau-to-qps", 120, 40);
    let seen = stage.press(keys).text();
    let row = seen.lines().find(|row| row.contains("it is")).unwrap_or_else(|| panic!("{seen}"));
    let row = row.split("it is").nth(1).and_then(|rest| rest.split('│').next()).unwrap_or_default();
    row.trim().trim_end_matches(" req/s").to_owned()
}

#[test]
fn a_drill_is_scored_by_its_ratio_and_its_interval() {
    let right = solution("type:1 enter");
    let check = |keys: &str, points: f64, hit: Option<bool>| {
        let mut stage = Stage::open("drill:dau-to-qps", 120, 40);
        stage.press(keys);
        assert_eq!(answers(&stage), [(points, hit)], "{keys}:\n{}", stage.text());
    };
    check(&format!("type:{right} enter"), 1.0, None);
    check(&format!("type:3_*_{right} enter"), 0.5, None);
    check(&format!("type:{right}_/_100 enter"), 0.0, None);
    check(&format!("type:{right} tab type:{right}_/_2 tab type:2_*_{right} enter"), 1.0, Some(true));
    check(&format!("type:{right} tab type:2_*_{right} tab type:3_*_{right} enter"), 1.0, Some(false));
}

#[test]
fn what_cannot_be_read_is_no_answer() {
    for (keys, says) in [
        ("enter", "type a number first"),
        ("type:12_usres enter", "neither a name nor a unit"),
        ("type:12_GB enter", "not comparable"),
        ("type:12 tab type:5 enter", "two ends"),
        ("type:12 tab type:9 tab type:5 enter", "above the upper"),
    ] {
        let mut stage = Stage::open("drill:dau-to-qps", 80, 24);
        let seen = stage.press(keys).text();
        assert!(seen.contains(says), "{keys}: {says}\n{seen}");
        assert_eq!(answers(&stage), []);
    }
}

#[test]
fn the_next_question_comes_only_after_the_answer_is_saved() {
    let mut stage = Stage::open("drill:dau-to-qps", 120, 40);
    stage.app.host_mut().obstacle = Some("The disk is full.".to_owned());
    stage.press("type:1 enter enter");
    assert!(stage.text().contains("it is"), "{}", stage.text());
    stage.app.host_mut().obstacle = None;
    stage.press("enter");
    assert_eq!(answers(&stage).len(), 1, "the same answer, saved at last");
    assert!(!stage.press("enter").text().contains("it is"), "{}", stage.text());
}

#[test]
fn ten_drills_make_a_record() {
    let mut stage = Stage::open("today", 120, 40);
    assert!(stage.text().contains("1 estimation drill"), "{}", stage.text());
    stage.press("d");
    for _ in 0..10 {
        stage.press("type:1000 tab type:1 tab type:1e15 enter enter");
    }
    assert_eq!(answers(&stage).len(), 10);
    let seen = stage.text();
    assert!(seen.contains("10 answers") && seen.contains("10 answered today"), "{seen}");
    assert!(seen.contains("of 10 intervals held") && seen.contains("Of the last ten"), "{seen}");
    assert!(stage.press("esc").text().contains("10 drills done"), "{}", stage.text());
}

#[test]
fn a_drill_becomes_a_sheet() {
    let mut stage = Stage::open("drill:hot-set", 120, 40);
    let seen = stage.press("type:1 enter ctrl-o").text();
    assert!(seen.contains("items * share * size"), "{seen}");
    assert!(seen.contains("Memory of the hot set"), "{seen}");
}

#[test]
fn a_long_line_has_the_room_beside_short_ones_and_a_cut_is_seen() {
    let long = "storage = writes * 500 bytes * 5 years";
    let mut stage = Stage::open("estimate", 120, 40);
    let sheet = format!("type:writes_=_100M/day enter type:peak_=_300..800_kB enter type:{}", long.replace(' ', "_"));
    assert!(stage.press(&sheet).text().contains(long), "{}", stage.text());
    let mut stage = Stage::open("estimate", 80, 24);
    let sum = format!("type:{}1 enter type:2", "1_+_".repeat(40));
    let text = stage.press(&sum).text();
    let row = text.lines().find(|line| line.contains("1 + 1 + 1")).expect("the sum");
    assert!(row.contains('…') && row.contains("41"), "{text}");
}

#[test]
fn a_range_in_one_field_of_the_interval_is_both_ends() {
    let score = |keys: &str| {
        let mut stage = Stage::open("drill:dau-to-qps", 120, 40);
        let text = stage.press(keys).text();
        assert!(!text.contains("two ends"), "{text}");
        answers(&stage)
    };
    let two = score("type:10k tab type:1k tab type:100k enter");
    assert!(matches!(two[..], [(_, Some(_))]), "{two:?}");
    assert_eq!(score("type:10k tab type:1k..100k enter"), two);
    assert_eq!(score("type:10k tab tab type:1k_.._100k enter"), two);
}
