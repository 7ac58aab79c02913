//! The program in a terminal: what it leaves behind, whatever ends it, and what never becomes a key.

#![cfg(target_os = "linux")]

#[path = "pty/terminal.rs"]
mod terminal;

use std::time::Duration;

use assert_cmd::Command;
use rstest::rstest;

use terminal::Terminal;

const ESC: &[u8] = b"\x1b";
/// A light background, as xterm answers OSC 11.
const LIGHT: &[u8] = b"\x1b]11;rgb:ffff/ffff/eeee\x1b\\";

#[test]
fn it_starts_takes_keys_and_quits_leaving_the_terminal_as_it_was() {
    let mut terminal = Terminal::open();
    terminal.until("a quiet page").send(ESC).until("Today").send(b"2").until("topics").send(b"q");
    assert_eq!(terminal.exit_code(), 0);
    terminal.assert_mended();
}

#[test]
fn ctrl_c_quits_from_anywhere() {
    let mut terminal = Terminal::open();
    terminal.until("a quiet page").send(b"\x10").until("Find anything").send(b"\x03");
    assert_eq!(terminal.exit_code(), 0);
    terminal.assert_mended();
}

#[test]
fn a_panic_on_any_thread_mends_the_terminal_and_says_where_the_log_is() {
    let mut terminal = Terminal::open_with(&[("SYSDRILL_CRASH", "1")]);
    assert_eq!(terminal.exit_code(), 101);
    terminal.assert_mended();
    let written = String::from_utf8_lossy(&terminal.written);
    let (_, after) = written.rsplit_once("[?1049l").expect("the alternate screen was left");
    assert!(after.contains("sysdrill crashed") && after.contains("asked to crash"), "{after}");
    assert!(after.contains("data/logs"), "{after}");
}

#[rstest]
#[case("TERM", 143)]
#[case("HUP", 129)]
#[case("INT", 130)]
fn a_signal_ends_it_in_order(#[case] signal: &str, #[case] code: u32) {
    let mut terminal = Terminal::open();
    terminal.until("a quiet page").signal(signal);
    assert_eq!(terminal.exit_code(), code);
    terminal.assert_mended();
}

#[test]
fn a_closed_terminal_ends_it() {
    let mut terminal = Terminal::open();
    terminal.until("a quiet page").close();
    assert_eq!(terminal.exit_code(), 129);
}

#[test]
fn it_stops_and_comes_back_with_the_whole_screen() {
    let times = if std::env::var_os("SYSDRILL_SOAK").is_some() { 50 } else { 5 };
    let mut terminal = Terminal::open();
    terminal.until("a quiet page");
    for _ in 0..times {
        terminal.send(b"\x1a").until_stopped().until_written("[?25h");
        terminal.assert_mended();
        terminal.written.clear();
        terminal.signal("CONT").until_written("[?1049h").until_written("quiet").until("a quiet page");
    }
    terminal.send(b"\x03");
    assert_eq!(terminal.exit_code(), 0);
    terminal.assert_mended();
}

#[test]
fn another_size_is_another_frame() {
    let mut terminal = Terminal::open();
    terminal.until("a quiet page").resize(30, 8).until("needs at least 40x12");
    terminal.resize(120, 40).until("Contents").send(b"\x03");
    assert_eq!(terminal.exit_code(), 0);
}

/// The answer to OSC 11 holds a colon, which would open the palette, and digits, which would switch tabs.
#[rstest]
#[case(LIGHT.len())]
#[case(1)]
#[case(3)]
fn an_answer_two_seconds_late_changes_the_theme_and_presses_no_key(#[case] piece: usize) {
    let mut terminal = Terminal::open();
    terminal.until("a quiet page").send(ESC).until("Today").send(b"2").until("topics");
    let before = terminal.colour_of("Library");
    terminal.listen_for(Duration::from_secs(2));
    for bytes in LIGHT.chunks(piece) {
        terminal.send(bytes).listen_for(Duration::from_millis(5));
    }
    let is_calm = |text: &str| text.contains("topics") && !text.contains("Find anything");
    terminal.until_screen("the library", is_calm).listen_for(Duration::from_millis(200));
    assert!(is_calm(&terminal.text()), "{}", terminal.text());
    assert_ne!(terminal.colour_of("Library"), before, "the theme is the light one now");
    terminal.send(b"q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn escape_still_works_while_the_answer_is_awaited() {
    let mut terminal = Terminal::open();
    terminal.until("a quiet page").send(b"?").until("Keys").send(ESC);
    terminal.until_screen("no help", |text| !text.contains("Keys")).send(b"\x03");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_large_paste_with_the_end_marker_in_it_is_text_alone() {
    let mut paste = b"\x1b[200~".to_vec();
    paste.extend(b"x".repeat(1 << 19));
    paste.extend(b"\x1b[201~q\r\x1b:q\x03");
    paste.extend(b"y".repeat(1 << 19));
    paste.extend(b"\x1b[201~");
    let mut terminal = Terminal::open();
    terminal.until("a quiet page").send(b"\x10").until("Find anything").send(&paste);
    terminal.until("Nothing is called that").send(ESC).until("a quiet page");
    terminal.send(b"\x03");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn without_a_terminal_it_says_so_in_plain_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let output =
        Command::new(env!("CARGO_BIN_EXE_sysdrill")).arg("--data-dir").arg(folder.path()).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let said = String::from_utf8(output.stderr).expect("plain text");
    assert!(said.contains("needs a terminal") && !said.contains('\u{1b}'), "{said:?}");
}

#[test]
fn a_dumb_terminal_gets_a_sentence_and_no_escape_byte() {
    let mut terminal = Terminal::open_with(&[("TERM", "dumb")]);
    assert_eq!(terminal.exit_code(), 2);
    assert!(!terminal.written.contains(&0x1b));
    assert!(terminal.text().contains("dumb"), "{}", terminal.text());
}
