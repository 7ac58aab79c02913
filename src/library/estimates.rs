//! What estimates are made with: reference numbers, calculators and drills, parsed when somebody first asks.
//!
//! What does not parse is left out here; `check` says what is wrong with it.

use std::sync::OnceLock;

use super::Library;
use crate::estimate::Numbers;
use crate::estimate::calculator::Calculator;
use crate::estimate::drill::Drill;

/// The file of the reference numbers.
const NUMBERS: &str = "numbers.toml";

/// What was parsed so far.
#[derive(Debug, Default)]
pub(super) struct Estimates {
    numbers: OnceLock<Numbers>,
    calculators: OnceLock<Vec<Calculator>>,
    drills: OnceLock<Vec<Drill>>,
}

impl Library {
    /// The reference numbers that a sheet may name.
    pub fn numbers(&self) -> &Numbers {
        self.estimates
            .numbers
            .get_or_init(|| self.file(NUMBERS).map(|file| Numbers::parse(&file.file, &file.text).0).unwrap_or_default())
    }

    /// The calculators, by id.
    pub fn calculators(&self) -> &[Calculator] {
        self.estimates.calculators.get_or_init(|| {
            let files = self.files("calculators/").iter();
            files.filter_map(|file| Calculator::parse(&file.file, &file.text, self.numbers()).0).collect()
        })
    }

    /// The calculator of an id.
    pub fn calculator(&self, id: &str) -> Option<&Calculator> {
        self.calculators().iter().find(|calculator| calculator.id == id)
    }

    /// The drills, by file and within one in its order.
    pub fn drills(&self) -> &[Drill] {
        self.estimates.drills.get_or_init(|| {
            let files = self.files("drills/").iter();
            files.flat_map(|file| Drill::parse(&file.file, &file.text).0).collect()
        })
    }
}
