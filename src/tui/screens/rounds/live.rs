//! The live sheet of a round: the `>` lines of all phases, evaluated together.

use crate::estimate::{Draws, LineResult, Numbers, Sheet};

/// What stands beside a line: its value, or what is wrong with it.
pub(super) type Beside = Result<String, String>;

/// The values of the sheet lines of some texts that share their names.
#[derive(Debug)]
pub(super) struct Live {
    numbers: Numbers,
    draws: Draws,
    /// The sheet lines it was made from.
    made_from: String,
    /// One for each line of each text, in order.
    values: Vec<Option<Beside>>,
    /// The line at which each text begins.
    starts: Vec<usize>,
}

impl Live {
    pub(super) fn new(numbers: Numbers) -> Self {
        Self { numbers, draws: Draws::new(0), made_from: String::new(), values: Vec::new(), starts: Vec::new() }
    }

    /// Evaluates the sheet lines of the texts where they have changed.
    pub(super) fn update<'a>(&mut self, texts: impl Iterator<Item = &'a str>) {
        let mut sheet = String::new();
        let mut starts = Vec::new();
        let mut lines = 0;
        for text in texts {
            starts.push(lines);
            for line in text.split('\n') {
                if line.trim_start().starts_with('>') {
                    sheet.push_str(line);
                }
                sheet.push('\n');
                lines += 1;
            }
        }
        if sheet == self.made_from && starts == self.starts {
            return;
        }
        let results = Sheet::parse_notes(&sheet, &self.numbers).evaluate_with(&mut self.draws);
        self.values = results.lines.iter().map(beside).collect();
        (self.made_from, self.starts) = (sheet, starts);
    }

    /// What stands beside a line of a text.
    pub(super) fn beside(&self, text: usize, line: usize) -> Option<&Beside> {
        self.values.get(self.starts.get(text)? + line)?.as_ref()
    }
}

fn beside(result: &LineResult) -> Option<Beside> {
    match &result.error {
        Some(error) => Some(Err(error.to_string())),
        None => result.value.is_some().then(|| Ok(result.display.clone())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(texts: &[&str], expect: &[&[Option<&str>]]) {
        let mut live = Live::new(Numbers::default());
        live.update(texts.iter().copied());
        for (text, lines) in expect.iter().enumerate() {
            for (line, wanted) in lines.iter().enumerate() {
                let shown = live.beside(text, line).and_then(|beside| beside.as_deref().ok());
                assert_eq!(shown, *wanted, "line {line} of text {text}");
            }
        }
    }

    #[test]
    fn a_sheet_line_has_its_value_and_names_hold_in_all_phases() {
        check(
            &["- ten million keys\n> keys = 10M", "> total = keys * 100 B to GB"],
            &[&[None, Some("10M")], &[Some("1 GB")]],
        );
        check(&["", "> a = 2\n\n> b = a * 3"], &[&[None], &[Some("2"), None, Some("6")]]);
    }

    #[test]
    fn what_is_wrong_is_told_beside_the_line() {
        let mut live = Live::new(Numbers::default());
        live.update(["> 1 MB + 1 s"].into_iter());
        assert!(live.beside(0, 0).is_some_and(Result::is_err));
        assert!(live.beside(0, 1).is_none() && live.beside(7, 0).is_none());
    }
}
