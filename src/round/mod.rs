//! Rounds: timed mock interviews that know what a good answer contains.
//!
//! Pure: formats in, a state machine that takes events and returns effects, and a score that the same notes always
//! earn. Knows no clock, no screen and no store. `docs/rounds.md` explains the decisions and `docs/formats.md` the
//! files. Start reading at [`Scenario`] for what there is to design, at [`RoundKind`] for the phases.

mod aftermath;
mod curveball;
mod describe;
mod evidence;
mod glossary;
mod head;
mod kind;
mod level;
mod machine;
mod proof;
mod report;
mod rubric;
mod rulebook;
mod scenario;
mod score;
mod text;

pub use aftermath::{Aftermath, Comparison, aftermath, compare};
pub use curveball::{Curveball, Signal, parse_curveballs};
pub use describe::describe;
pub use evidence::{Claim, Slot, Structure, Terms, TradeOff, Wildcard};
pub use glossary::{Entry, Glossary};
pub use head::Head;
pub use kind::{Kinds, Phase, RoundKind, Scaled};
pub use level::{Level, LevelError};
pub use machine::{
    Bell, Effect, Event, Line, LineKind, Mode, PhaseLog, Recorded, Recording, RecordingError, Round, Script, Setup,
    Stage, Thrown,
};
pub use proof::{Finding, Heard, Ledger, LedgerEntry, Matcher, Polarity, Proofs, Said, Tier};
pub use report::{Judged, SelfScore, report};
pub use rubric::{Dimension, Rubric, Shown};
pub use rulebook::Rulebook;
pub use scenario::{
    Api, Checkpoint, Clarification, Component, Decision, DeepDive, Design, Difficulty, DrillDown, Entity, Estimate,
    Excess, Family, Hints, Input, Links, LowLevel, Measured, Named, NumberProof, Opt, Pattern, Probe, ProbeKind, Proof,
    RedFlag, Remark, Scenario, ThrownCurveball, Variant, Walk, WrongTurn,
};
pub use score::{Band, Basis, Credit, CurveballResult, DimensionScore, Override, Score, confirmed};
pub use text::{NoteLine, Notes};
