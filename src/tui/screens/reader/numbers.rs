//! The live numbers of a page: every expression and every sheet of it, evaluated together.

use crate::estimate::{LineResult, Sheet};
use crate::library::Library;
use crate::tui::widgets::markdown::{Answer, Live};

/// What the live items of a page come to. They are lines of one sheet, so that names hold for the whole page; a
/// range is drawn from a fixed seed, for a page looks the same each time.
pub(super) fn answers(live: &[Live], library: &Library) -> Vec<Answer> {
    if live.is_empty() {
        return Vec::new();
    }
    let lines: Vec<&str> = live.iter().flat_map(lines_of).collect();
    let results = Sheet::with_numbers(&lines.join("\n"), library.numbers()).evaluate(0);
    let mut results = results.iter();
    live.iter()
        .map(|item| match item {
            Live::Value(_) | Live::Equation(_) => Answer::Value(results.next().map_or_else(nothing, outcome)),
            Live::Sheet(_) => {
                let lines = lines_of(item);
                Answer::Sheet(lines.iter().zip(results.by_ref()).map(|(text, result)| shown(text, result)).collect())
            }
        })
        .collect()
}

fn lines_of(item: &Live) -> Vec<&str> {
    match item {
        Live::Value(expression) | Live::Equation(expression) => vec![expression],
        Live::Sheet(text) => text.lines().collect(),
    }
}

/// A line of a sheet with what stands beside it; nothing beside comments and blank lines.
fn shown(text: &str, result: &LineResult) -> (String, Option<Result<String, String>>) {
    let has_value = result.value.is_some() || result.error.is_some();
    (text.to_owned(), has_value.then(|| outcome(result)))
}

fn outcome(result: &LineResult) -> Result<String, String> {
    match &result.error {
        None => Ok(result.display.clone()),
        Some(error) => Err(error.to_string()),
    }
}

fn nothing() -> Result<String, String> {
    Err("the page holds too many expressions".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_a_sheet_hold_for_the_whole_page() {
        let live = [
            Live::Sheet("# load\nusers = 10M\nqps = users * 100 req/day to req/s".to_owned()),
            Live::Value("qps * 2".to_owned()),
            Live::Equation("1 MB + 1 s".to_owned()),
        ];
        let answers = answers(&live, &Library::default());
        let Answer::Sheet(lines) = &answers[0] else { panic!("a sheet is answered by a sheet: {answers:?}") };
        assert_eq!(lines[0], ("# load".to_owned(), None));
        assert_eq!(lines[2].1, Some(Ok("11,600 req/s".to_owned())));
        assert_eq!(answers[1], Answer::Value(Ok("23.1k req/s".to_owned())));
        assert!(matches!(&answers[2], Answer::Value(Err(_))), "bytes and seconds do not add");
    }
}
