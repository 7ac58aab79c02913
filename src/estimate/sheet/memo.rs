//! Uncertain lines as they came out last time.
//!
//! Somebody who types changes one line; all others that do not depend on it come out as before, and for an uncertain
//! one that saves ten thousand samples at every step. What is remembered holds for one evaluation: a line that is
//! gone is forgotten.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::super::evaluate::Input;
use super::super::quantity::Quantity;
use super::super::syntax::Expr;
use super::super::value::{Number, Value};
use super::results::LineResult;

/// What came out last time, by the key of a line.
#[derive(Clone, Debug, Default)]
pub(in crate::estimate) struct Memo {
    last: HashMap<String, Remembered>,
    now: HashMap<String, Remembered>,
    references: BTreeMap<String, Quantity>,
}

/// A line as it came out, and all that it came from.
#[derive(Clone, Debug)]
pub(super) struct Remembered {
    pub(super) expr: Expr,
    pub(super) needs: Vec<Value>,
    pub(super) value: Value,
    pub(super) inputs: Vec<Input>,
    /// The notes that computing it added.
    pub(super) notes: Vec<String>,
    pub(super) effort: usize,
    /// The result; its text, name and readings are those of another time.
    pub(super) shown: LineResult,
}

impl Memo {
    /// Begins an evaluation: what the last one remembered can be looked up. Reference numbers are the same for all lines.
    pub(super) fn begin(&mut self, references: &BTreeMap<String, Quantity>) {
        self.last = std::mem::take(&mut self.now);
        if self.references != *references {
            self.last.clear();
            references.clone_into(&mut self.references);
        }
    }

    /// The line of this key, if it is the same expression over the same values.
    pub(super) fn take(&mut self, key: &str, expr: &Expr, needs: &[Value]) -> Option<Remembered> {
        let same = |found: &Remembered| {
            let values = found.needs.iter().zip(needs);
            found.expr == *expr && found.needs.len() == needs.len() && values.into_iter().all(|(a, b)| is_same(a, b))
        };
        self.last.get(key).is_some_and(same).then(|| self.last.remove(key)).flatten()
    }

    /// Remembers a line until the next evaluation.
    pub(super) fn keep(&mut self, key: String, line: Remembered) {
        self.now.insert(key, line);
    }

    /// Ends the evaluation: what is gone is forgotten.
    pub(super) fn end(&mut self) {
        self.last.clear();
    }
}

/// Whether two values are the same; samples are where they are the same ones, which is enough and quickly told.
fn is_same(a: &Value, b: &Value) -> bool {
    let numbers = match (&a.number, &b.number) {
        (Number::Point(x), Number::Point(y)) => x.to_bits() == y.to_bits(),
        (Number::Samples(xs), Number::Samples(ys)) => Arc::ptr_eq(xs, ys),
        _ => false,
    };
    numbers && a.dimension == b.dimension && a.style == b.style
}

#[cfg(test)]
mod tests {
    use crate::estimate::{Draws, Numbers, Sheet};

    /// Evaluates texts one after the other with the same draws; each must come out as it does alone.
    fn check(texts: &[&str]) {
        let (numbers, problems) = Numbers::parse(
            "numbers.toml",
            "[[number]]\nname = \"rtt\"\ntitle = \"t\"\ngroup = \"g\"\nvalue = \"1 ms\"\nsource = { title = \"s\", year = 2024 }\n",
        );
        assert_eq!(problems, []);
        let mut draws = Draws::new(3);
        for text in texts {
            let sheet = Sheet::with_numbers(text, &numbers);
            let (kept, alone) = (sheet.evaluate_with(&mut draws), sheet.evaluate_with(&mut Draws::new(3)));
            for (at, (kept_line, alone_line)) in kept.lines.iter().zip(&alone.lines).enumerate() {
                assert_eq!(format!("{kept_line:?}"), format!("{alone_line:?}"), "{text}");
                assert_eq!(kept.sensitivity(at), alone.sensitivity(at), "{text}");
            }
        }
    }

    #[test]
    fn a_line_that_is_remembered_is_as_if_it_were_computed() {
        check(&["a = 1..2 GB\nb = 3 a", "a = 1..2 GB\nb = 3 a", "a = 1..2 GB\nb = 4 a", "a = 1..3 GB\nb = 4 a"]);
    }

    #[test]
    fn what_a_line_depends_on_decides_and_not_its_text() {
        check(&["k = 2\na = k * (1..2)\nb = a + 1", "k = 3\na = k * (1..2)\nb = a + 1"]);
        check(&["unit ride\na = 1..2 ride", "ride = 7\na = 1..2 ride", "unit ride\na = 1..2 ride"]);
        check(&["a = 1..2\nb = 2 a", "b = 2 a", "a = 1..2\nb = 2 a"]);
        check(&["1..2 s", "# above\n1..2 s", "1..2 s\n1..2 s"]);
        check(&["a = 1..2 * rtt", "rtt = 3 s\na = 1..2 * rtt", "a = 1..2 * rtt"]);
        check(&["a = 1..2 GB", "a = 1..2 GB\nc = 3 month\nd = 1 year", "a = (1..2) * 1 GB"]);
    }
}
