//! The estimation language seen from outside: the table of worked examples and the sheet of its documentation.

use sysdrill::estimate::{Draws, LineResult, Numbers, Sheet};

const TABLE: &str = include_str!("data/estimate/expressions.txt");

/// A line of the table.
struct Example<'a> {
    heading: &'a str,
    /// The sheet, with `;` between its lines.
    sheet: &'a str,
    expect: Expect<'a>,
}

enum Expect<'a> {
    Shown { value: &'a str, note: &'a str },
    Error { place: &'a str, message: &'a str, suggestion: &'a str },
}

fn examples() -> Vec<Example<'static>> {
    let mut heading = "";
    let mut examples = Vec::new();
    for line in TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(title) = line.strip_prefix("== ") {
            heading = title;
            continue;
        }
        let parts = |expect: &'static str| {
            let mut parts = expect.split(" | ").map(str::trim);
            [(); 3].map(|()| parts.next().unwrap_or(""))
        };
        let (sheet, expect) = if let Some((sheet, expect)) = line.split_once(" ✗") {
            let [place, message, suggestion] = parts(expect);
            (sheet, Expect::Error { place, message, suggestion })
        } else {
            let (sheet, expect) = line.split_once(" → ").expect("a line has → or ✗");
            let [value, note, _] = parts(expect);
            (sheet, Expect::Shown { value, note })
        };
        examples.push(Example { heading, sheet, expect });
    }
    examples
}

/// The result of the last line of a sheet whose lines are separated by `;`.
fn last(sheet: &str) -> LineResult {
    let lines: Vec<_> = sheet.split(';').map(str::trim).collect();
    Sheet::parse(&lines.join("\n")).evaluate(1).pop().expect("a sheet has a line")
}

/// What is wrong with an example, if anything.
fn check(example: &Example<'_>) -> Option<String> {
    let result = last(example.sheet);
    let told = match (&example.expect, &result.error) {
        (Expect::Shown { value, note }, None) => {
            let noted = note.is_empty() || result.notes.iter().any(|found| found.contains(note));
            if result.display == *value && noted {
                return None;
            }
            format!("{} | {}", result.display, result.notes.join("; "))
        }
        (Expect::Error { place, message, suggestion }, Some(error)) => {
            let found = result.text.get(error.span.clone()).unwrap_or("?");
            let suggested = error.suggestion.as_deref().unwrap_or("");
            if found == *place && error.message.contains(message) && suggested.contains(suggestion) {
                return None;
            }
            format!("✗ {found} | {} | {suggested}", error.message)
        }
        (_, Some(error)) => format!("✗ {error}"),
        (_, None) => format!("→ {}", result.display),
    };
    Some(format!("[{}] {}  gives  {told}", example.heading, example.sheet))
}

#[test]
fn the_table_of_worked_examples() {
    let wrong: Vec<_> = examples().iter().filter_map(check).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_table_is_wide_enough() {
    let examples = examples();
    assert!(examples.len() >= 150, "{} examples", examples.len());
    let errors = examples.iter().filter(|example| matches!(example.expect, Expect::Error { .. })).count();
    assert!(errors * 3 >= examples.len(), "{errors} errors among {}", examples.len());
    let mut headings: Vec<_> = examples.iter().map(|example| example.heading).collect();
    headings.dedup();
    for heading in headings {
        let count = examples.iter().filter(|example| example.heading == heading).count();
        assert!(count >= 10, "{heading} has {count} examples");
    }
}

#[test]
fn the_sheet_of_the_documentation() {
    let sheet = "dau      = 100M user
         per_user = 10 req/user/day
         qps      = dau * per_user              →  11.6k req/s  (1.00B req/day)
         peak     = 3 qps                       →  34.7k req/s
         size     = 300 B/req
         stored   = qps * size * 5 year * 3     →  1.64 PB
         stored to TiB                          →  1,490 TiB
         ceil(peak / (500 req/s/server))        →  70 server
         hot      = 10%..30% of stored          →  164 TB … 493 TB";
    for (line, result) in sheet.lines().zip(Sheet::parse(sheet).evaluate(1)) {
        let Some((_, expect)) = line.split_once('→') else { continue };
        let mut shown = result.display;
        if expect.contains('(') {
            shown += &format!("  ({})", result.other_forms.join(", "));
        }
        assert_eq!(shown, expect.trim(), "{line}");
    }
}

#[test]
fn notes_are_a_sheet_where_they_say_so() {
    let notes = "- ten million keys\n> keys_all = 10M\nfail open\n  > peak = keys_all * 100 req/day * 10\n> oops";
    let results = Sheet::parse_notes(notes, &Numbers::default()).evaluate(1);
    let shown: Vec<_> = results.iter().map(|line| line.display.as_str()).collect();
    assert_eq!(shown, ["", "10M", "", "116k req/s", ""]);
    let error = results[4].error.as_ref().expect("oops is nothing");
    assert_eq!((error.line, error.column), (5, 3));
}

#[test]
fn a_sheet_may_cite_reference_numbers_and_shadow_them() {
    let file = "[[number]]\nname = \"rtt\"\ntitle = \"T\"\ngroup = \"G\"\nvalue = \"0.5 ms\"\n\
                source = { title = \"S\", year = 2020 }\n";
    let (numbers, problems) = Numbers::parse("numbers.toml", file);
    assert!(problems.is_empty());
    let last = |sheet: &str| Sheet::with_numbers(sheet, &numbers).evaluate(1).pop().expect("a line").display;
    assert_eq!(last("3 rtt"), "1.5 ms");
    assert_eq!(last("rtt = 2 s\n3 rtt"), "6 s");
    assert_eq!(Sheet::parse("3 rtt").evaluate(1)[0].value, None);
}

#[test]
fn one_bad_line_spoils_only_what_needs_it() {
    let results = Sheet::parse("a = 1 GB\nb = a + 1 s\nc = 2 b\nd = 2 a").evaluate(1);
    let shown: Vec<_> = results.iter().map(|line| line.display.as_str()).collect();
    assert_eq!(shown, ["1 GB", "", "", "2 GB"]);
}

#[test]
fn months_and_years_in_one_sheet_are_told_apart() {
    let notes = |sheet: &str| Sheet::parse(sheet).evaluate(1)[0].notes.join("; ");
    assert!(notes("12 month\n1 year").contains("12 months are not a year"));
    assert!(notes("6 month * $10/month").contains("a month of a price has 730 h"));
    assert_eq!(notes("12 month"), "");
    assert_eq!(notes("$10/month\n1 year"), "");
}

#[test]
fn an_input_keeps_its_draws_when_lines_come_and_go() {
    let before = Sheet::parse("a = 1..2\na * 3").evaluate(7);
    let after = Sheet::parse("b = 5\n\na = 1..2\nb * 2..3\na * 3").evaluate(7);
    assert_eq!(before[1].spread, after[4].spread);
    assert_ne!(before[1].spread, Sheet::parse("a = 1..2\na * 3").evaluate(8)[1].spread);
}

#[test]
fn the_input_that_drives_the_spread_comes_first() {
    let sheet = Sheet::parse("wide = 1..100\nnarrow = 10..12\nsure = 3\nwide * narrow * sure");
    let results = sheet.evaluate_with(&mut Draws::new(1));
    let shares = results.sensitivity(3);
    assert_eq!(shares.iter().map(|share| share.range.as_str()).collect::<Vec<_>>(), ["1..100", "10..12"]);
    assert!(shares[0].of_variance > 0.95 && shares[1].of_variance < 0.01, "{shares:?}");
    assert!(results.sensitivity(2).is_empty());
}
