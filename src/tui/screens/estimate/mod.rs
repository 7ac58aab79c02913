//! Estimating: the scratch sheet, calculators, drills and reference numbers.
//!
//! All of them show what the one engine in `estimate` computes. Start reading at [`paper::Paper`], the root of the tab.

pub mod calculator;
pub mod drill;
pub mod numbers;
pub mod paper;
mod shelf;
