//! The estimation language seen from outside: the table of worked examples and the sheet of its documentation.

use sysdrill::estimate::{LineResult, Sheet};

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
