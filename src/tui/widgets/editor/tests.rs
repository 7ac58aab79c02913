use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::{Modifier, Style};

use super::*;

const SIZE: Size = Size::new(12, 4);

/// Types text, `⏎` for Enter, into an empty editor.
fn typed(text: &str, wrapping: Wrapping) -> Editor {
    let mut editor = Editor::with("", wrapping);
    editor.layout(SIZE, Looks::default());
    for c in text.chars() {
        editor.key(if c == '⏎' { Key::ENTER } else { Key::char(c) });
        editor.layout(SIZE, Looks::default());
    }
    editor
}

fn run(editor: &mut Editor, edits: &[Edit]) {
    for edit in edits {
        editor.run(*edit);
        editor.layout(SIZE, Looks::default());
    }
}

fn drawn(editor: &Editor) -> (Vec<String>, Position) {
    let area = Rect::from((Position::ORIGIN, SIZE));
    let mut buf = Buffer::empty(area);
    let cursor = editor.draw(area, &mut buf);
    let row = |y| (0..SIZE.width).map(|x| buf[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
    ((0..SIZE.height).map(row).collect(), cursor)
}

#[track_caller]
fn check(before: &str, edits: &[Edit], after: &str, cursor: (usize, usize)) {
    let mut editor = typed(before, Wrapping::Off);
    run(&mut editor, edits);
    assert_eq!((editor.text().replace('\n', "⏎").as_str(), editor.cursor()), (after, cursor), "{edits:?}");
}

#[test]
fn edits_do_what_their_names_say() {
    use Motion::{First, Last, Left, LineEnd, LineStart, Up, WordLeft, WordRight};
    check("dau = 1", &[Edit::Newline], "dau = 1⏎", (1, 0));
    check("dau = 1", &[Edit::DeleteBack], "dau = ", (0, 6));
    check("dau = 1", &[Edit::Move(LineStart), Edit::DeleteNext], "au = 1", (0, 0));
    check("one two", &[Edit::DeleteWordBack], "one ", (0, 4));
    check("one two", &[Edit::Move(WordLeft), Edit::DeleteToEnd], "one ", (0, 4));
    check("one two", &[Edit::Move(LineStart), Edit::Move(WordRight), Edit::DeleteWordNext], "one ", (0, 4));
    check("a⏎b⏎c", &[Edit::Move(Up), Edit::DeleteLine], "a⏎c", (1, 0));
    check("a⏎b⏎c", &[Edit::DeleteLine], "a⏎b", (1, 1));
    check("a", &[Edit::DeleteLine], "", (0, 0));
    check("a⏎b", &[Edit::Move(First)], "a⏎b", (0, 0));
    check("a⏎b", &[Edit::Move(First), Edit::Move(Last)], "a⏎b", (1, 1));
    check("分片", &[Edit::Move(Left), Edit::DeleteBack], "片", (0, 0));
    check("a⏎b", &[Edit::Move(Up), Edit::Move(LineEnd), Edit::DeleteNext], "ab", (0, 1));
}

#[test]
fn a_word_is_undone_at_once_and_comes_back() {
    check("one two", &[Edit::Undo], "one ", (0, 4));
    check("one two", &[Edit::Undo, Edit::Undo, Edit::Undo], "", (0, 0));
    check("one two", &[Edit::Undo, Edit::Undo, Edit::Redo, Edit::Redo], "one two", (0, 7));
    check("a⏎b", &[Edit::DeleteLine, Edit::Undo], "a⏎b", (1, 1));
    let mut editor = typed("one", Wrapping::Off);
    assert!(!editor.can(Edit::Redo));
    run(&mut editor, &[Edit::Undo]);
    assert!(editor.can(Edit::Redo) && !editor.can(Edit::Undo));
    editor.key(Key::char('x'));
    assert!(!editor.can(Edit::Redo), "a new edit forgets what was undone");
}

#[test]
fn what_is_selected_gives_way_to_what_is_typed() {
    let mut editor = typed("one⏎two", Wrapping::Off);
    run(&mut editor, &[Edit::Select(Motion::Up)]);
    assert_eq!(editor.selected().as_deref(), Some("\ntwo"));
    editor.key(Key::char('!'));
    assert_eq!(editor.text(), "one!");
    run(&mut editor, &[Edit::Undo]);
    assert_eq!(editor.text(), "one\ntwo", "deleted and typed is one edit");
    run(&mut editor, &[Edit::SelectAll, Edit::DeleteBack]);
    assert!(editor.is_empty());
}

#[test]
fn a_paste_is_one_edit_of_many_lines_and_bounded() {
    let mut editor = typed("x", Wrapping::Off);
    assert!(editor.paste("a = 1\nb\t= 2"));
    assert_eq!((editor.lines().len(), editor.lines()[1].as_str()), (2, "b    = 2"));
    run(&mut editor, &[Edit::Undo]);
    assert_eq!(editor.text(), "x");
    editor.paste(&"line\n".repeat(1 << 18));
    assert!(editor.text().len() <= LONGEST + 1);
    assert!(!editor.key(Key::char('y')), "full");
}

#[test]
fn a_replaced_text_keeps_the_line_and_can_be_undone() {
    let mut editor = typed("a⏎b⏎c", Wrapping::Off);
    run(&mut editor, &[Edit::Move(Motion::Up)]);
    assert!(editor.replace("a\nb to GB\nc"));
    assert_eq!(editor.cursor().0, 1);
    run(&mut editor, &[Edit::Undo]);
    assert_eq!(editor.text(), "a\nb\nc");
}

#[test]
fn long_lines_move_sideways_or_wrap() {
    let editor = typed("qps = dau * ten", Wrapping::Off);
    assert_eq!(
        drawn(&editor),
        (vec!["= dau * ten".to_owned(), String::new(), String::new(), String::new()], Position::new(11, 0))
    );
    let editor = typed("fail open when down⏎x", Wrapping::Words);
    let (rows, cursor) = drawn(&editor);
    assert_eq!(
        (&rows[..3], cursor),
        (&["fail open".to_owned(), "when down".to_owned(), "x".to_owned()][..], Position::new(1, 2))
    );
    let rows: Vec<_> = editor.rows().iter().map(|row| (row.line, row.characters.clone())).collect();
    assert_eq!(rows, [(0, 0..10), (0, 10..19), (1, 0..1)]);
}

#[test]
fn a_mark_is_patched_where_its_characters_are() {
    let editor = typed("分片 = 10 usres", Wrapping::Off);
    let area = Rect::from((Position::ORIGIN, SIZE));
    let mut buf = Buffer::empty(area);
    editor.draw(area, &mut buf);
    editor.mark(0, &(8..13), Style::new().add_modifier(Modifier::UNDERLINED), area, &mut buf);
    let marked: String = (0..SIZE.width)
        .filter(|x| buf[(*x, 0)].modifier.contains(Modifier::UNDERLINED))
        .map(|x| buf[(x, 0)].symbol())
        .collect();
    assert_eq!(marked, "usres");
}

#[test]
fn no_size_and_no_text_break_it() {
    let mut editor = Editor::with("a\nb", Wrapping::Words);
    for (width, height) in [(0, 0), (1, 1), (0, 5), (5, 0), (200, 60)] {
        editor.layout(Size::new(width, height), Looks::default());
        let area = Rect::new(0, 0, width, height);
        editor.draw(area, &mut Buffer::empty(area));
        for motion in [Motion::PageUp, Motion::PageDown, Motion::Up, Motion::Down, Motion::WordLeft] {
            editor.run(Edit::Move(motion));
        }
    }
}
