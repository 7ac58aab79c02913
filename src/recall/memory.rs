//! What is believed about a memory, and the numbers that the belief rests on.
//!
//! The model is FSRS-6 (Ye 2024, <https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm>) through the
//! crate `fsrs`; its types stop here.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Rating;

/// How firmly something is remembered, and how hard it is to learn.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    /// Days until the chance of recall has fallen to 90 %.
    pub stability: f32,
    /// From 1 (easy) to 10.
    pub difficulty: f32,
}

/// The weights of the memory model, named by their content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Weights")]
pub struct Parameters {
    id: ParametersId,
    weights: Vec<f32>,
}

/// Names a set of weights: `default`, or a hash of them in hex.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ParametersId(String);

impl Default for ParametersId {
    fn default() -> Self {
        Self("default".to_owned())
    }
}

impl fmt::Display for ParametersId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is read from JSON; the id follows from the weights.
#[derive(Deserialize)]
struct Weights {
    weights: Vec<f32>,
}

impl TryFrom<Weights> for Parameters {
    type Error = ParametersError;

    fn try_from(read: Weights) -> Result<Self, ParametersError> {
        Self::new(&read.weights)
    }
}

impl Default for Parameters {
    /// What `fsrs` fitted to many people's reviews.
    fn default() -> Self {
        Self { id: ParametersId::default(), weights: fsrs::DEFAULT_PARAMETERS.to_vec() }
    }
}

impl Parameters {
    /// Takes 21 weights of FSRS-6 (17 or 19 of its predecessors are converted).
    pub fn new(weights: &[f32]) -> Result<Self, ParametersError> {
        let refuse = || ParametersError { found: weights.len() };
        if weights.is_empty() {
            return Err(refuse());
        }
        let weights = fsrs::check_and_fill_parameters(weights).map_err(|_| refuse())?;
        if weights == fsrs::DEFAULT_PARAMETERS {
            return Ok(Self::default());
        }
        let bytes: Vec<u8> = weights.iter().flat_map(|weight| weight.to_le_bytes()).collect();
        let id = ParametersId(format!("{:016x}", xxhash_rust::xxh3::xxh3_64(&bytes)));
        Ok(Self { id, weights })
    }

    /// Their name.
    pub fn id(&self) -> &ParametersId {
        &self.id
    }

    /// The 21 weights.
    pub fn weights(&self) -> &[f32] {
        &self.weights
    }

    /// The model with these weights.
    pub fn model(&self) -> Model {
        let fsrs = fsrs::FSRS::new(&self.weights).expect("the weights were checked when they were taken");
        Model { fsrs, decay: self.weights[20] }
    }
}

/// Why weights are none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{found} numbers are not the weights of FSRS-6: give 21 finite ones, or 17 or 19 of its predecessors")]
pub struct ParametersError {
    found: usize,
}

/// The memory model, ready to compute.
#[derive(Clone, Debug)]
pub struct Model {
    fsrs: fsrs::FSRS,
    decay: f32,
}

/// What the model says about one possible rating.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// The memory after it.
    pub memory: Memory,
    /// Days until recall has fallen to the desired retention, unrounded.
    pub interval: f32,
}

impl Model {
    /// What each rating, in the order of [`Rating::ALL`], would lead to, `days` after the last review (0 for the
    /// same study day).
    pub fn outcomes(&self, memory: Option<Memory>, days: u32, retention: Retention) -> [Outcome; 4] {
        let memory = memory.map(|Memory { stability, difficulty }| fsrs::MemoryState { stability, difficulty });
        let next = self
            .fsrs
            .next_states(memory, retention.get() as f32, days)
            .expect("finite weights and a finite memory give finite states");
        [next.again, next.hard, next.good, next.easy].map(|state| Outcome {
            memory: Memory { stability: state.memory.stability, difficulty: state.memory.difficulty },
            interval: state.interval,
        })
    }

    /// The memory after a review, `days` after the one before.
    pub fn after(&self, memory: Option<Memory>, days: u32, rating: Rating) -> Memory {
        self.outcomes(memory, days, Retention::default())[usize::from(u8::from(rating)) - 1].memory
    }

    /// Days until recall has fallen to the desired retention, unrounded.
    pub fn interval(&self, memory: Memory, retention: Retention) -> f32 {
        self.fsrs.next_interval(Some(memory.stability), retention.get() as f32, 0)
    }

    /// The chance of recall, `days` after the last review.
    pub fn recall(&self, memory: Memory, days: f64) -> f64 {
        let Memory { stability, difficulty } = memory;
        let state = fsrs::MemoryState { stability, difficulty };
        f64::from(fsrs::current_retrievability(state, days.max(0.0) as f32, self.decay))
    }
}

/// The chance of recall at which a card is asked again: from 0.5 to 0.99.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(into = "f64", try_from = "f64")]
pub struct Retention(f64);

impl Retention {
    /// Takes a share; more than nine tenths cost many reviews, fewer than seven cost much relearning.
    pub fn new(share: f64) -> Result<Self, RetentionError> {
        if (0.5..=0.99).contains(&share) { Ok(Self(share)) } else { Err(RetentionError { found: share }) }
    }

    /// The share.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl Default for Retention {
    fn default() -> Self {
        Self(0.9)
    }
}

impl From<Retention> for f64 {
    fn from(retention: Retention) -> Self {
        retention.0
    }
}

impl TryFrom<f64> for Retention {
    type Error = RetentionError;

    fn try_from(share: f64) -> Result<Self, RetentionError> {
        Self::new(share)
    }
}

/// Why a number is no desired retention.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{found} is not a desired retention: give a share from 0.5 to 0.99, such as 0.9")]
pub struct RetentionError {
    found: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_named_by_their_content() {
        let mut weights = fsrs::DEFAULT_PARAMETERS;
        assert_eq!(Parameters::new(&weights).expect("the defaults"), Parameters::default());
        weights[0] = 0.3;
        let own = Parameters::new(&weights).expect("21 weights");
        assert_ne!(own.id(), Parameters::default().id());
        let json = serde_json::to_string(&own).expect("parameters are JSON");
        assert_eq!(serde_json::from_str::<Parameters>(&json).expect("the same JSON"), own);
        for bad in [&[][..], &[1.0], &[f32::NAN; 21]] {
            assert!(Parameters::new(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn stability_is_when_recall_has_fallen_to_nine_tenths() {
        let model = Parameters::default().model();
        let memory = Memory { stability: 12.0, difficulty: 5.0 };
        assert!((model.recall(memory, 12.0) - 0.9).abs() < 1e-5);
        assert!((model.recall(memory, 0.0) - 1.0).abs() < 1e-6);
        assert!((model.recall(memory, -3.0) - 1.0).abs() < 1e-6, "never more than certain");
    }

    #[test]
    fn a_retention_is_a_share_that_can_be_aimed_at() {
        assert!(Retention::new(0.9).is_ok());
        for bad in [0.0, 0.49, 1.0, 90.0, f64::NAN] {
            assert!(Retention::new(bad).is_err(), "{bad}");
        }
    }
}
