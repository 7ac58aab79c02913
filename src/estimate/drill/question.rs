//! A question made from a template, with numbers as an interviewer would say them.

use super::super::derive::{Derivation, easy_number};
use super::super::draws::Draws;
use super::super::error::Error;
use super::super::evaluate::evaluate;
use super::super::quantity::Quantity;
use super::super::sheet::Sheet;
use super::super::unit::Unit;
use super::{Compare, Drill, Parameter};
use crate::rng::{self, Stream};

/// A question to be answered from the head.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The template's id.
    pub drill: String,
    /// With the same seed the template gives the same question.
    pub seed: u64,
    /// As asked.
    pub text: String,
    /// The unit of a bare answer; empty for a plain number.
    pub unit: String,
    /// How answers are compared.
    pub compare: Compare,
    /// The right answer.
    pub solution: Quantity,
    /// How it comes about.
    pub derivation: Derivation,
    /// The same as a sheet, to play with.
    pub sheet: String,
}

impl Drill {
    /// The question of a seed.
    ///
    /// # Errors
    /// Where the answer has no value with the numbers drawn.
    pub fn question(&self, seed: u64) -> Result<Question, Error> {
        let mut stream = rng::stream(seed, &format!("drill {}", self.id));
        let (mut text, mut sheet) = (self.question.clone(), String::new());
        for (name, parameter) in &self.parameters {
            let value = parameter.draw(&mut stream);
            text = text.replace(&format!("{{{name}}}"), &value.to_string());
            text = text.replace(&format!("{{{name}.n}}"), &value.bare());
            sheet += &format!("{name} = {}\n", value.exact());
        }
        sheet += &self.answer;
        let parsed = Sheet::parse(&sheet);
        let results = parsed.evaluate_with(&mut Draws::new(seed));
        let last = results.lines.len() - 1;
        let solution = results.lines[last].quantity()?.clone();
        let derivation = parsed.derive(last, &results).expect("a line with a value has a derivation");
        Ok(Question {
            drill: self.id.clone(),
            seed,
            text,
            unit: self.unit.clone(),
            compare: self.compare,
            solution,
            derivation,
            sheet,
        })
    }
}

impl Question {
    /// The value of a typed answer, in the question's unit where it has none of its own.
    ///
    /// # Errors
    /// Where it is no expression.
    pub fn read(&self, answer: &str) -> Result<Quantity, Error> {
        let value = evaluate(answer)?;
        let unit = Unit::parse(&self.unit).unwrap_or(Unit::PLAIN);
        if *value.dimension() == unit.dimension() || self.unit.is_empty() {
            return Ok(value);
        }
        // `10B` alone is bytes; before a unit of counted things it is ten billion. `10 / 2` is in the unit as a whole.
        let texts = [format!("{answer} {}", self.unit), format!("({answer}) {}", self.unit)];
        let mut readings = texts.iter().filter_map(|text| evaluate(text).ok());
        Ok(readings.find(|reading| *reading.dimension() == unit.dimension()).unwrap_or(value))
    }
}

impl Parameter {
    fn draw(&self, stream: &mut Stream) -> Quantity {
        match self {
            Self::AnyOf(values) => values[stream.index(values.len())].clone(),
            Self::Between(low, high) => {
                let unit = low.shown_unit();
                let (from, to) = (low.base() / unit.scale(), high.base() / unit.scale());
                let drawn = easy_number(from * (to / from).powf(stream.unit()));
                // Half a thing is nothing to count with.
                let whole = low.dimension().is_count() && !low.dimension().is_plain() && drawn.fract() != 0.0;
                Quantity::new((if whole { drawn.round() } else { drawn }).clamp(from, to), &unit)
            }
        }
    }
}
