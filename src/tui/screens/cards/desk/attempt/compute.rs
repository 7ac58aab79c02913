//! Typing a number with its unit.

use crate::content::Factor;
use crate::estimate::Quantity;
use crate::recall::grading::{self, AnswerError, Computed};
use crate::tui::widgets::field::Field;

/// The answer that is being typed, and the one that was given.
#[derive(Clone, Debug)]
pub(crate) struct Compute {
    field: Field,
    answer: String,
    unit: String,
    within: Factor,
    solution: Quantity,
    problem: Option<Problem>,
    given: Option<Computed>,
    is_given_up: bool,
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
        let exact = grading::compute(answer, unit, within, answer);
        let exact = exact.map_err(|error| format!("The solution `{answer}` cannot be computed: {error}."))?;
        Ok(Self {
            field: Field::default(),
            answer: answer.to_owned(),
            unit: unit.to_owned(),
            within,
            solution: exact.right,
            problem: None,
            given: None,
            is_given_up: false,
        })
    }

    pub(crate) fn field(&self) -> &Field {
        &self.field
    }

    /// The field, to be typed into; what was wrong before is forgotten.
    pub(crate) fn edit(&mut self) -> &mut Field {
        self.problem = None;
        &mut self.field
    }

    /// The right answer as it is derived.
    pub(crate) fn derivation(&self) -> &str {
        &self.answer
    }

    /// The right answer, in the card's unit.
    pub(crate) fn solution(&self) -> &Quantity {
        &self.solution
    }

    /// The unit in which a bare number is read; may be empty.
    pub(crate) fn unit(&self) -> &str {
        &self.unit
    }

    /// The factor within which an answer is right.
    pub(crate) fn within(&self) -> Factor {
        self.within
    }

    pub(crate) fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }

    pub(crate) fn given(&self) -> Option<&Computed> {
        self.given.as_ref()
    }

    /// Whether nothing is typed.
    pub(crate) fn is_empty(&self) -> bool {
        self.field.value().trim().is_empty()
    }

    /// Whether the answer was asked for without one of one's own.
    pub(crate) fn is_given_up(&self) -> bool {
        self.is_given_up
    }

    /// Takes what was typed as the answer if it can be read as one; nothing at all gives the card up.
    pub(crate) fn check(&mut self) {
        if self.is_empty() {
            self.is_given_up = true;
            return;
        }
        match grading::compute(&self.answer, &self.unit, self.within, self.field.value()) {
            Ok(given) => self.given = Some(given),
            Err(error) => self.problem = Some(Problem::of(&error)),
        }
    }
}

impl Problem {
    fn of(error: &AnswerError) -> Self {
        let AnswerError::Expression(place) = error else {
            return Self { message: format!("{error}."), column: None };
        };
        let remedy = place.suggestion.as_ref().map(|remedy| format!(" Try {remedy}.")).unwrap_or_default();
        let column = usize::try_from(place.column).unwrap_or(1).saturating_sub(1);
        Self { message: format!("{}.{remedy}", place.message), column: Some(column) }
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

    fn refuse(text: &str, message: &str, column: Option<usize>) {
        let compute = answered(text);
        let problem = compute.problem().expect("a problem");
        assert!(problem.message.contains(message), "{text}: {}", problem.message);
        assert_eq!(problem.column, column, "{text}");
        assert_eq!(compute.given(), None, "what cannot be read does not count");
    }

    #[test]
    fn what_cannot_be_read_is_named_with_its_place_and_does_not_count() {
        refuse("500 s", "not comparable", None);
        refuse("5 * * 3", "", Some(4));
    }

    #[test]
    fn nothing_typed_gives_the_card_up() {
        let compute = answered(" ");
        assert!(compute.is_given_up() && compute.given().is_none() && compute.problem().is_none());
        assert!(!answered("500 s").is_given_up(), "a slip is no surrender");
    }

    #[test]
    fn typing_on_forgets_what_was_wrong() {
        let mut compute = answered("500 s");
        compute.edit().clear();
        compute.edit().paste("0.5 GB");
        assert_eq!(compute.problem(), None);
        compute.check();
        assert!(compute.given().is_some_and(|given| given.verdict.right));
    }

    #[test]
    fn a_card_that_does_not_compute_says_so() {
        let within = Factor::new(1.05).expect("a factor");
        let error = Compute::new("1 MB / 0", "MB", within).expect_err("nothing is divided by zero");
        assert!(error.contains("cannot be computed"), "{error}");
    }
}
