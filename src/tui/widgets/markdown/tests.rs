use super::*;
use crate::tui::theme::Glyphs;

/// The page of a text as plain lines.
fn shown(markdown: &str, width: u16, answers: &[Answer]) -> String {
    let page = Document::parse(markdown).layout(width, answers, &Glyphs::UNICODE);
    (0..page.height()).map(|at| page.text(at).trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

fn check(markdown: &str, width: u16, expect: &str) {
    assert_eq!(shown(markdown, width, &[]), expect, "{markdown}");
}

#[test]
fn paragraphs_wrap_at_words_and_break_long_ones() {
    check("one two three", 9, "one two\nthree");
    check("abcdefghij", 4, "abcd\nefgh\nij");
    check("日本語の文", 4, "日本\n語の\n文");
    check("a  \nb", 9, "a\nb");
    check("**bold**text, then", 9, "boldtext,\nthen");
}

#[test]
fn lists_nest_and_align() {
    check("- a\n  - b\n- c", 20, "• a\n  • b\n• c");
    check("9. nine\n10. ten", 20, " 9. nine\n10. ten");
    check("- [x] done\n- [ ] open", 20, "☑ done\n☐ open");
    check("- first line is long", 14, "• first line\n  is long");
    check("- a\n\n  more\n- b", 20, "• a\n\n  more\n\n• b");
}

#[test]
fn quotes_rules_and_code_stand_apart() {
    check("> said\n> so", 20, "▎ said so");
    check("a\n\n---\n\nb", 5, "a\n\n─────\n\nb");
    check("```\nlet x;\n  y\n```", 20, "  let x;\n    y");
    check("```\nabcdefgh\n```", 6, "  abcd\n> efgh");
}

#[test]
fn tables_fit_the_page() {
    let table = "| a | long heading |\n|--:|:--|\n| 1 | x |\n| 22 | y |";
    check(table, 30, " a │ long heading\n───┼─────────────\n 1 │ x\n22 │ y");
    let wide = "| key | value |\n|--|--|\n| k | one two three four five |\n| l | z |";
    check(wide, 20, "key │ value\n────┼───────────────\nk   │ one two three\n    │ four five\n    │\nl   │ z");
    let many = "| a | b | c | d |\n|-|-|-|-|\n| 111111111 | 222222222 | 333333333 | 444444444 |";
    check(many, 24, "a: 111111111\nb: 222222222\nc: 333333333\nd: 444444444");
}

#[test]
fn html_and_images_are_readable() {
    check("![a map](x.png)", 40, "[image: a map]");
    check("![](dir/x.png)", 40, "[image: x.png]");
    check(
        "<p align=\"center\">\n  <img src=\"a\" alt=\"logo\"><br>\n  <i>Source</i>\n</p>\n\nText",
        40,
        "[image: logo]\nSource\n\nText",
    );
    check("x<br>y <b>z</b>", 40, "x\ny z");
    check("<!-- gone -->\n\nhere", 40, "here");
}

#[test]
fn live_numbers_are_shown_with_their_answers() {
    let text = "It takes `= 1 GB` or `2 GB =`.\n\n```sheet\na = 1\nb = x\n# note\n```";
    let answers = [
        Answer::Value(Ok("1 GB".into())),
        Answer::Value(Err("unknown".into())),
        Answer::Sheet(vec![
            ("a = 1".into(), Some(Ok("1".into()))),
            ("b = x".into(), Some(Err("unknown name".into()))),
            ("# note".into(), None),
        ]),
    ];
    let expect = "It takes 1 GB or 2 GB = 2 GB (unknown).\n\n  a = 1                                1\n  b = x                     unknown name\n  # note";
    assert_eq!(shown(text, 40, &answers), expect);
    assert_eq!(Document::parse(text).live().len(), 3);
}

#[test]
fn links_and_headings_know_their_lines() {
    let text = "# One\n\n[far](note:x) text\n\n## Two {#second}\n\n[back](#one)";
    let page = Document::parse(text).layout(40, &[], &Glyphs::UNICODE);
    let links: Vec<_> = page.links().iter().map(|link| (link.target.as_str(), link.line)).collect();
    assert_eq!(links, [("note:x", 2), ("#one", 6)]);
    let outline: Vec<_> =
        page.outline().iter().map(|entry| (entry.text.as_str(), entry.anchor.as_deref(), entry.line)).collect();
    assert_eq!(outline, [("One", None, 0), ("Two", Some("second"), 4)]);
}

#[test]
fn search_finds_across_line_breaks_and_minds_capitals_only_if_asked() {
    let page = Document::parse("Alpha beta gamma delta\n\nbeta").layout(11, &[], &Glyphs::UNICODE);
    let found = page.find("beta gamma");
    let stretches: Vec<_> = found.iter().map(|found| (found.line, found.columns.clone(), found.number)).collect();
    assert_eq!(stretches, [(0, 6..10, 0), (1, 0..5, 0)]);
    assert_eq!(page.find("BETA").len(), 0);
    assert_eq!(page.find("alpha").len(), 1);
    assert_eq!(page.find("beta").iter().map(|found| found.number).max(), Some(1));
    assert!(page.find("  ").is_empty());
}

#[test]
fn no_nesting_is_too_deep_and_no_width_too_small() {
    let deep = format!("{}x", "> ".repeat(5_000));
    assert!(shown(&deep, 200, &[]).ends_with('x'));
    let lists: String = (0..500).map(|at| format!("{}- x\n", " ".repeat(at * 2))).collect();
    for width in [0, 1, 2, 3, 7, 80] {
        assert!(shown(&lists, width, &[]).contains('x'));
        shown("| a | b |\n|-|-|\n| c | d |", width, &[]);
        shown("```sheet\na = 1\n```", width, &[Answer::Sheet(vec![("a = 1".into(), Some(Ok("1".into())))])]);
    }
}

#[test]
fn a_long_page_has_every_line() {
    let text =
        "Some *words* in a [link](x) and `code`, again and again.\n\n| a | b |\n|-|-|\n| c | d |\n\n".repeat(1_000);
    let page = Document::parse(&text).layout(80, &[], &Glyphs::UNICODE);
    assert_eq!(page.height(), 6_000 - 1);
}
