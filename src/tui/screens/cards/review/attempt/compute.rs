//! Typing a number with its unit.

use crate::content::Factor;
use crate::estimate::{self, Quantity, Unit};
use crate::recall::Rating;
use crate::tui::widgets::field::Field;

/// The answer that is being typed, and the one that was given.
#[derive(Clone, Debug)]
pub(crate) struct Compute {
    field: Field,
    solution: Quantity,
    within: Factor,
    problem: Option<Problem>,
    given: Option<Given>,
}

/// An answer that was read and compared.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Given {
    /// As it was understood.
    pub(crate) quantity: Quantity,
    /// How many times the solution it is.
    pub(crate) ratio: f64,
    /// Whether that lies within the card's factor.
    pub(crate) is_right: bool,
}

/// Why what was typed is no answer; it can be mended and does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// What is wrong, with what to write instead where that is known.
    pub(crate) message: String,
    /// The character at which it is wrong, from 0, where it has a place.
    pub(crate) column: Option<usize>,
}

impl Compute {
    /// # Errors
    /// Where the card's own solution cannot be computed.
    pub(crate) fn new(answer: &str, unit: &str, within: Factor) -> Result<Self, String> {
        let broken = |error: estimate::Error| format!("The solution `{answer}` cannot be computed: {error}.");
        let solution = estimate::evaluate(answer).map_err(broken)?;
        let solution = if unit.is_empty() {
            solution
        } else {
            let unit = Unit::parse(unit).map_err(broken)?;
            solution.to_unit(&unit).map_err(|mismatch| format!("The solution `{answer}` is off: {mismatch}."))?
        };
        Ok(Self { field: Field::default(), solution, within, problem: None, given: None })
    }

    pub(crate) fn field(&self) -> &Field {
        &self.field
    }

    /// The field, to be typed into; what was wrong before is forgotten.
    pub(crate) fn edit(&mut self) -> &mut Field {
        self.problem = None;
        &mut self.field
    }

    /// What the right answer is, in the card's unit.
    pub(crate) fn solution(&self) -> &Quantity {
        &self.solution
    }

    /// The factor within which an answer is right.
    pub(crate) fn within(&self) -> Factor {
        self.within
    }

    pub(crate) fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }

    pub(crate) fn given(&self) -> Option<&Given> {
        self.given.as_ref()
    }

    /// Takes what was typed as the answer if it can be read as one.
    pub(crate) fn check(&mut self) {
        match self.read() {
            Ok(given) => self.given = Some(given),
            Err(problem) => self.problem = Some(problem),
        }
    }

    /// What the app proposes once an answer was given.
    pub(crate) fn proposal(&self) -> Option<Rating> {
        self.given.as_ref().map(|given| if given.is_right { Rating::Good } else { Rating::Again })
    }

    /// A bare number is read in the card's unit, which stands beside the field.
    fn read(&self) -> Result<Given, Problem> {
        let text = self.field.value();
        if text.trim().is_empty() {
            return Err(Problem {
                message: "Type a number first, such as `1.5 GB` or `2k * 3`.".to_owned(),
                column: None,
            });
        }
        let quantity = estimate::evaluate(text).map_err(|error| Problem::of(&error))?;
        let is_bare = quantity.dimension().is_plain() && !self.solution.dimension().is_plain();
        let quantity = if is_bare { Quantity::new(quantity.base(), &self.solution.shown_unit()) } else { quantity };
        let off = |mismatch: estimate::Mismatch| Problem { message: format!("{mismatch}."), column: None };
        let ratio = quantity.ratio(&self.solution).map_err(off)?;
        let is_right = quantity.within(self.within.get(), &self.solution).map_err(off)?;
        Ok(Given { quantity, ratio, is_right })
    }
}

impl Problem {
    fn of(error: &estimate::Error) -> Self {
        let remedy = error.suggestion.as_ref().map(|remedy| format!(" Try `{remedy}`.")).unwrap_or_default();
        let column = usize::try_from(error.column).unwrap_or(1).saturating_sub(1);
        Self { message: format!("{}.{remedy}", error.message), column: Some(column) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A card whose answer is 500 MB within a twentieth, answered with `text`.
    fn answered(text: &str) -> Compute {
        let within = Factor::new(1.05).expect("a factor");
        let mut compute = Compute::new("1M * 500 B", "MB", within).expect("it computes");
        compute.edit().paste(text);
        compute.check();
        compute
    }

    fn check(text: &str, proposal: Rating, ratio: f64) {
        let compute = answered(text);
        let given = compute.given().unwrap_or_else(|| panic!("{text}: {:?}", compute.problem()));
        assert_eq!(compute.proposal(), Some(proposal), "{text}");
        assert!((given.ratio - ratio).abs() < 1e-9, "{text}: {given:?}");
    }

    fn refuse(text: &str, message: &str, column: Option<usize>) {
        let compute = answered(text);
        let problem = compute.problem().expect("a problem");
        assert!(problem.message.contains(message), "{text}: {}", problem.message);
        assert_eq!(problem.column, column, "{text}");
        assert_eq!(compute.proposal(), None, "what cannot be read does not count");
    }

    #[test]
    fn an_answer_within_the_factor_is_right() {
        check("500 MB", Rating::Good, 1.0);
        check("0.5 GB", Rating::Good, 1.0);
        check("1M * 500 B", Rating::Good, 1.0);
        check("525 MB", Rating::Good, 1.05);
        check("600 MB", Rating::Again, 1.2);
        check("500 kB", Rating::Again, 0.001);
    }

    #[test]
    fn a_bare_number_is_in_the_unit_of_the_card() {
        check("500", Rating::Good, 1.0);
        check("0.5", Rating::Again, 0.001);
    }

    #[test]
    fn what_cannot_be_read_is_named_with_its_place_and_does_not_count() {
        refuse("", "Type a number", None);
        refuse("500 s", "not comparable", None);
        refuse("5 * * 3", "", Some(4));
    }

    #[test]
    fn typing_on_forgets_what_was_wrong() {
        let mut compute = answered("500 s");
        compute.edit();
        assert_eq!(compute.problem(), None);
    }

    #[test]
    fn a_card_that_does_not_compute_says_so() {
        let within = Factor::new(1.05).expect("a factor");
        let error = Compute::new("1 MB / 0", "MB", within).expect_err("nothing is divided by zero");
        assert!(error.contains("cannot be computed"), "{error}");
    }
}
