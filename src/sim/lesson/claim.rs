//! Claims about what a run measures: `mru.hit_ratio > 2 * lru.hit_ratio`.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use crate::sim::lesson::Measures;

/// A comparison of a measure with a number or with a multiple of another measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    measure: String,
    relation: Relation,
    factor: f64,
    /// The other measure; without one the factor is the number itself.
    other: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    Equal,
    Less,
    AtMost,
    More,
    AtLeast,
}

const RELATIONS: [(&str, Relation); 5] = [
    ("=", Relation::Equal),
    ("<", Relation::Less),
    ("<=", Relation::AtMost),
    (">", Relation::More),
    (">=", Relation::AtLeast),
];

impl Claim {
    /// Whether it holds of what was measured; an error names a measure that was not.
    pub fn holds(&self, measures: &Measures) -> Result<bool, String> {
        let right = self.factor * self.other.as_ref().map_or(Ok(1.0), |other| measures.get(other))?;
        let order = measures.get(&self.measure)?.partial_cmp(&right);
        Ok(match self.relation {
            Relation::Equal => order == Some(Ordering::Equal),
            Relation::Less => order == Some(Ordering::Less),
            Relation::AtMost => matches!(order, Some(Ordering::Less | Ordering::Equal)),
            Relation::More => order == Some(Ordering::Greater),
            Relation::AtLeast => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
        })
    }

    /// The measures that it names.
    pub fn measures(&self) -> impl Iterator<Item = &str> {
        [Some(&self.measure), self.other.as_ref()].into_iter().flatten().map(String::as_str)
    }

    /// What was measured of what it names, for a message.
    pub fn found(&self, measures: &Measures) -> String {
        let value = |name: &String| match measures.get(name) {
            Ok(value) => format!("{name} is {value}"),
            Err(problem) => problem,
        };
        let names = [Some(&self.measure), self.other.as_ref()];
        names.into_iter().flatten().map(value).collect::<Vec<_>>().join(" and ")
    }
}

impl FromStr for Claim {
    type Err = String;

    /// `measure relation number`, `measure relation measure` or `measure relation number * measure`, with spaces between.
    fn from_str(text: &str) -> Result<Self, String> {
        let refuse = || {
            format!(
                "`{text}` is not a claim: write it like `mru.hit_ratio > 2 * lru.hit_ratio`, with =, <, <=, > or >="
            )
        };
        let words: Vec<&str> = text.split_whitespace().collect();
        let (measure, relation, right) = match words.as_slice() {
            [measure, relation, right @ ..] => (*measure, *relation, right),
            _ => return Err(refuse()),
        };
        let relation = RELATIONS.iter().find(|(sign, _)| *sign == relation).ok_or_else(refuse)?.1;
        let (factor, other) = match right {
            [one] => one.parse().map_or((1.0, Some((*one).to_owned())), |number| (number, None)),
            [factor, "*", other] => (factor.parse().map_err(|_| refuse())?, Some((*other).to_owned())),
            _ => return Err(refuse()),
        };
        Ok(Self { measure: measure.to_owned(), relation, factor, other })
    }
}

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = RELATIONS.iter().find(|(_, relation)| *relation == self.relation).map_or("?", |(sign, _)| sign);
        write!(f, "{} {sign} ", self.measure)?;
        match &self.other {
            Some(other) if self.factor == 1.0 => f.write_str(other),
            Some(other) => write!(f, "{} * {other}", self.factor),
            None => write!(f, "{}", self.factor),
        }
    }
}
