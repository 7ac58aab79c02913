//! Rounds: timed mock interviews that know what a good answer contains.
//!
//! Pure: formats in, a state machine that takes events and returns effects, and a score that the same notes always
//! earn. Knows no clock, no screen and no store. `docs/rounds.md` explains the decisions and `docs/formats.md` the
//! files. Start reading at [`Scenario`] for what there is to design, at [`RoundKind`] for the phases.

mod curveball;
mod evidence;
mod glossary;
mod kind;
mod level;
mod rubric;
mod rulebook;
mod scenario;

pub use curveball::{Curveball, Signal, parse_curveballs};
pub use evidence::{Claim, Slot, Structure, Terms, TradeOff, Wildcard};
pub use glossary::{Entry, Glossary};
pub use kind::{Kinds, Phase, RoundKind, Scaled};
pub use level::Level;
pub use rubric::{Dimension, Rubric, Shown};
pub use rulebook::Rulebook;
pub use scenario::{
    Api, Checkpoint, Clarification, Component, Decision, DeepDive, Design, Difficulty, DrillDown, Entity, Estimate,
    Excess, Family, Hints, Input, Links, LowLevel, Measured, Named, NumberProof, Opt, Pattern, Probe, ProbeKind, Proof,
    RedFlag, Remark, Scenario, ThrownCurveball, Variant, Walk, WrongTurn,
};
