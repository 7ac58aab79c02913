//! What a change costs in life: hours and extra load, as lines for the estimation engine.
//!
//! The figures are left as expressions, so that whoever reads them can change a number and see what follows.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::estimate::Sheet;

use super::change::Change;
use super::error::PlacementError;
use super::node::NodeId;

/// How data is moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Haul {
    /// Data of a key, as the estimation language writes it: `1 MB`.
    pub per_key: String,
    /// What a node may spend on moving, each way: `50 MB/s`.
    pub rate: String,
    /// What a node's network carries: `10 Gbit/s`.
    pub network: String,
}

impl Default for Haul {
    fn default() -> Self {
        Self { per_key: "1 MB".to_owned(), rate: "50 MB/s".to_owned(), network: "10 Gbit/s".to_owned() }
    }
}

/// A sheet of the estimation language that says how long a change takes and what it adds to the load.
///
/// The node through which most keys go sets the time, be it a sender or a receiver: a ring has one receiver with
/// many senders when a node joins, and one sender with many receivers when one leaves.
pub fn rebalancing_sheet(change: &Change, haul: &Haul) -> String {
    let busiest = busiest(change);
    let mut sheet = String::new();
    let mut line = |name: &str, expression: String| {
        writeln!(sheet, "{name} = {expression}").expect("a string takes any text");
    };
    line("keys_placed", format!("{} key", change.keys));
    line("keys_moved", format!("{} key", change.moves.len()));
    line("keys_busiest", format!("{busiest} key"));
    line("per_key", format!("{}/key", haul.per_key));
    line("move_rate", haul.rate.clone());
    line("network", haul.network.clone());
    line("data_moved", "keys_moved * per_key".to_owned());
    line("share_moved", "keys_moved / keys_placed".to_owned());
    line("hours", "keys_busiest * per_key / move_rate to h".to_owned());
    line("takes", "keys_busiest * per_key / move_rate".to_owned());
    line("extra_load", "move_rate / network".to_owned());
    sheet
}

/// What a change costs, as the estimation engine shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cost {
    /// The data that moves.
    pub data: String,
    /// How long the busiest node is at it, in the unit that suits it.
    pub takes: String,
    /// The same in hours.
    pub hours: f64,
    /// The share of that node's network that is spent meanwhile.
    pub extra_load: String,
    /// The lines that say so, to be changed and evaluated again.
    pub sheet: String,
}

/// Evaluates the sheet of a change.
///
/// # Errors
/// If a size or a rate cannot be read; the message says which.
pub fn rebalancing(change: &Change, haul: &Haul) -> Result<Cost, PlacementError> {
    let sheet = rebalancing_sheet(change, haul);
    let lines = Sheet::parse(&sheet).evaluate(1);
    if let Some(problem) = lines.iter().find_map(|line| line.quantity().err()) {
        return Err(PlacementError::Haul { problem: problem.to_string() });
    }
    let line = |name: &str| {
        let at = sheet.lines().position(|line| line.starts_with(&format!("{name} =")));
        at.and_then(|at| lines.get(at)).expect("the sheet has that line")
    };
    let shown = |name: &str| line(name).display.clone();
    let hours = line("hours").quantity().map_or(0.0, |time| time.base() / 3600.0);
    let share = line("extra_load").quantity().map_or(0.0, |share| share.base());
    let extra_load = format!("{:.0} %", share * 100.0);
    Ok(Cost { data: shown("data_moved"), takes: shown("takes"), hours, extra_load, sheet })
}

/// The most keys that leave or reach one node.
fn busiest(change: &Change) -> usize {
    let mut through: BTreeMap<(NodeId, bool), usize> = BTreeMap::new();
    for moved in &change.moves {
        *through.entry((moved.from, false)).or_default() += 1;
        *through.entry((moved.to, true)).or_default() += 1;
    }
    through.into_values().max().unwrap_or(0)
}
