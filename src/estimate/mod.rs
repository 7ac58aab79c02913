//! Quantities with units, expressions and sheets: sums on the back of an envelope, never silently wrong.
//!
//! Pure: text in, values or errors with a place out. Knows nothing of files, screens or the clock; a
//! seed is passed in where chance is needed. The language is described in `docs/estimation.md`.
//!
//! From the ground up: [`Dimension`] says what may be added, [`Unit`] how it is written, [`Quantity`] is a
//! number with both; `token` and `parse` turn a line into an [`Expr`], `evaluate` computes it.
//! Start reading at [`evaluate()`].

pub mod calculator;
mod conversion;
mod derive;
mod dimension;
mod display;
mod draws;
pub mod drill;
mod error;
mod evaluate;
mod function;
mod numbers;
mod parse;
mod quantity;
mod sheet;
mod source;
mod spread;
mod syntax;
mod token;
mod unit;
mod value;
mod vocabulary;

pub use derive::{Derivation, ShortCut};
pub use dimension::{Axis, Dimension};
pub use draws::{Draws, SAMPLES};
pub use error::{Error, ErrorKind};
pub use evaluate::{evaluate, evaluate_with};
pub use function::{FUNCTIONS, Function};
pub use numbers::{Numbers, ReferenceNumber};
pub use quantity::{Mismatch, Quantity};
pub use sheet::{LineResult, Results, Share, Sheet};
pub use spread::{Histogram, Spread};
pub use syntax::{Expr, Node, Operator};
pub use unit::Unit;
