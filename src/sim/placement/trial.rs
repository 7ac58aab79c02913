//! What a lesson runs on placement, and what it measures by name.
//!
//! One table says nodes, keys, a change, a failure and traffic; every scheme and number of virtual nodes in it is measured
//! in all of them. Start reading at [`Trial::run`].

use std::sync::Arc;

use serde::Deserialize;

use super::change::Step;
use super::cluster::Cluster;
use super::error::PlacementError;
use super::keys::{KeyId, Keys};
use super::node::NodeId;
use super::query::Index;
use super::run::{Chosen, Params};
use super::scheme::{Removes, Setting};
use super::traffic::Traffic;
use super::{Hash, find};

/// Schemes on the same keys through the same events.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Trial {
    /// The schemes by id.
    pub schemes: Vec<String>,
    /// Virtual nodes, one run for each.
    pub vnodes: Vec<u32>,
    /// Nodes before the change.
    pub nodes: usize,
    /// How many keys.
    pub keys: usize,
    /// What keys are named by, followed by their number; without it the seed draws them.
    pub prefix: Option<String>,
    /// Nodes that join.
    pub add: usize,
    /// Nodes that then leave.
    pub remove: usize,
    /// Draws keys, who leaves and which keys are popular.
    pub seed: u64,
    /// Capacities of the nodes in turn; 1 for those beyond.
    pub weights: Vec<f64>,
    /// The hash.
    pub hash: Hash,
    /// Of a bounded ring.
    pub epsilon: f64,
    /// Of multiprobe.
    pub probes: u32,
    /// Copies of each key, for the failure.
    pub copies: usize,
    /// How many nodes fail at once, before the change, the first ones.
    pub fail: usize,
    /// The share of requests that the first key gets.
    pub hot_share: f64,
    /// Under how many names the hot key is written.
    pub suffixes: usize,
    /// How much more popular the newest keys are, as the exponent of a zipf.
    pub latest: f64,
    /// How many neighbouring keys a scan reads.
    pub scan: usize,
    /// How many values the attribute has that is looked up by a secondary index.
    pub values: usize,
}

impl Default for Trial {
    fn default() -> Self {
        let Setting { hash, epsilon, probes, vnodes, .. } = Setting::default();
        Self {
            schemes: vec!["ring".to_owned()],
            vnodes: vec![vnodes],
            nodes: 10,
            keys: 10_000,
            prefix: None,
            add: 1,
            remove: 0,
            seed: 1,
            weights: Vec::new(),
            hash,
            epsilon,
            probes,
            copies: 1,
            fail: 1,
            hot_share: 0.0,
            suffixes: 1,
            latest: 0.0,
            scan: 100,
            values: 1000,
        }
    }
}

/// What one scheme with one number of virtual nodes measured, by name.
pub type Measured = Vec<(&'static str, f64)>;

impl Trial {
    /// Runs it: for each scheme by id and each number of virtual nodes what was measured.
    ///
    /// # Errors
    /// If a scheme is not known or a number is out of its range.
    pub fn run(&self) -> Result<Vec<(&str, u32, Measured)>, PlacementError> {
        let keys = Arc::new(match &self.prefix {
            Some(prefix) => Keys::given((0..self.keys).map(|number| format!("{prefix}{number:06}")))?,
            None => Keys::drawn(self.keys, self.seed)?,
        });
        let mut all = Vec::new();
        for scheme in &self.schemes {
            for &vnodes in &self.vnodes {
                all.push((scheme.as_str(), vnodes, self.measure(scheme, vnodes, &keys)?));
            }
        }
        Ok(all)
    }

    fn measure(&self, scheme: &str, vnodes: u32, keys: &Arc<Keys>) -> Result<Measured, PlacementError> {
        let Self { hash, epsilon, probes, .. } = *self;
        let setting = Setting { hash, vnodes, epsilon, probes, ..Setting::default() };
        let (add, remove, seed) = (self.add, Chosen::Some(self.remove), self.seed);
        let (nodes, weights) = (self.nodes, self.weights.clone());
        let params = Params { nodes, add, remove, seed, setting, weights, ..Params::default() };
        let mut cluster = params.cluster(find(scheme)?, Arc::clone(keys))?;
        let mut measured = self.before(&cluster)?;
        measured.push(("middle_ratio", without_the_third(&params, &cluster, keys)?));
        let steps = params.steps(&cluster)?;
        let change = cluster.apply(&steps)?;
        measured.extend([
            ("moved", change.moves.len() as f64),
            ("moved_ratio", change.moved_ratio()),
            ("ideal_ratio", change.least_ratio),
            ("misdirected", change.misdirected as f64),
        ]);
        Ok(measured)
    }

    /// What there is to see before nodes come and go.
    fn before(&self, cluster: &Cluster) -> Result<Measured, PlacementError> {
        let load = cluster.load();
        let failing: Vec<NodeId> = cluster.nodes().map(|node| node.id).take(self.fail).collect();
        let failure = cluster.fail(&failing, self.copies)?;
        let first = cluster.keys().name(KeyId(0));
        let salting = cluster.salt(&first, self.hot_share, self.suffixes)?;
        let latest = cluster.busy(&Traffic::Latest { alpha: self.latest }, self.seed)?;
        let scan = cluster.scan(KeyId((self.keys / 2) as u32), self.scan);
        Ok(vec![
            ("first_share", load.per_node[0] as f64 / self.keys as f64),
            ("max_over_mean", load.max_over_mean),
            ("sd_over_mean", load.sd_over_mean),
            ("empty_nodes", load.per_node.iter().filter(|keys| **keys == 0).count() as f64),
            ("memory", cluster.memory() as f64),
            ("lost_a_copy", failure.lost_a_copy as f64),
            ("lost", failure.lost as f64),
            ("heirs", failure.takeover.len() as f64),
            ("worst_growth", failure.worst_growth),
            ("hot_over_mean", salting.before.max_over_mean),
            ("salted_over_mean", salting.after.max_over_mean),
            ("salted_nodes", salting.nodes.len() as f64),
            ("read_fan_out", salting.read_fan_out as f64),
            ("latest_over_mean", latest.max_over_mean),
            ("scan_asks", scan.asked as f64),
            ("scan_holds", scan.holding as f64),
            ("local_lookup", cluster.index(Index::Local, self.values).lookup as f64),
            ("global_lookup", cluster.index(Index::Global, self.values).lookup as f64),
            ("local_write", cluster.index(Index::Local, self.values).write as f64),
            ("global_write", cluster.index(Index::Global, self.values).write as f64),
        ])
    }
}

/// The share of keys that move when the third of all nodes is gone for good. Where a scheme numbers its nodes, those after it
/// move up by one; 0 where there is no third.
fn without_the_third(params: &Params, cluster: &Cluster, keys: &Arc<Keys>) -> Result<f64, PlacementError> {
    let nodes: Vec<NodeId> = cluster.nodes().map(|node| node.id).collect();
    let Some(third) = nodes.get(2) else { return Ok(0.0) };
    if cluster.about().removes == Removes::Any {
        return Ok(cluster.clone().apply(&[Step::Leave(*third)])?.moved_ratio());
    }
    let fewer = Params { nodes: params.nodes - 1, ..params.clone() };
    let after = fewer.cluster(find(cluster.about().id)?, Arc::clone(keys))?;
    let moved_up = |node: NodeId| if node < *third { node } else { NodeId(node.0 + 1) };
    let moved = cluster.owners().iter().zip(after.owners()).filter(|(was, is)| **was != moved_up(**is)).count();
    Ok(moved as f64 / keys.len() as f64)
}
