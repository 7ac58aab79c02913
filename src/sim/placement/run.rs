//! One question about placement from parameters to figures: what `sysdrill sim hash` prints.
//!
//! Start reading at [`run`].

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::change::Step;
use super::cluster::Cluster;
use super::error::PlacementError;
use super::keys::Keys;
use super::load::Load;
use super::node::NodeId;
use super::scheme::{Cost, Removes, Setting};
use super::{MOST_NODES, Node, Registered, find};
use crate::rng;

/// Where the keys come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeySource {
    /// So many, drawn by the seed.
    Drawn(usize),
    /// These names.
    Given(Vec<String>),
}

/// Everything that decides a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Params {
    /// The schemes by id, each with the same keys and nodes.
    pub schemes: Vec<String>,
    /// Nodes before the change.
    pub nodes: usize,
    /// The keys.
    pub keys: KeySource,
    /// Nodes that join.
    pub add: usize,
    /// Nodes that then leave: the ones that the seed picks, or the last where a scheme can drop no other.
    pub remove: usize,
    /// Draws the keys and who leaves.
    pub seed: u64,
    /// Virtual nodes, hash and what else a scheme may look at.
    pub setting: Setting,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            schemes: vec!["ring".to_owned()],
            nodes: 10,
            keys: KeySource::Drawn(100_000),
            add: 1,
            remove: 0,
            seed: 1,
            setting: Setting::default(),
        }
    }
}

/// What a run found, scheme by scheme.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// In the order in which the schemes were named.
    pub results: Vec<Outcome>,
}

/// What one scheme did.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// Its id.
    pub scheme: &'static str,
    /// The hash of keys and nodes.
    pub hash: &'static str,
    /// Nodes before the change.
    pub nodes: usize,
    /// Nodes after it.
    pub nodes_after: usize,
    /// Virtual nodes of a node of weight 1, whether or not the scheme has any.
    pub vnodes: u32,
    /// Distinct keys.
    pub keys: usize,
    /// Keys whose node changed.
    pub moved: usize,
    /// As a share of all keys.
    pub moved_ratio: f64,
    /// The share that an even placement must move at least.
    pub ideal_ratio: f64,
    /// Keys that moved between two nodes that were there before and after.
    pub misdirected: usize,
    /// The load before the change.
    pub load_before: Load,
    /// The load after it.
    pub load: Load,
    /// σ/mean that theory expects after it; none where no simple theory says.
    pub expected_sd_over_mean: Option<f64>,
    /// Names of the nodes that joined and stayed.
    pub added: Vec<String>,
    /// Names of the nodes that left.
    pub removed: Vec<String>,
    /// Bytes that a client holds to look keys up.
    pub memory_bytes: usize,
    /// What a lookup costs.
    pub lookup: Cost,
    /// Why keys moved as they did, in a sentence.
    pub why: String,
}

/// Places the keys under each scheme, changes the nodes, and reports.
///
/// # Errors
/// If a scheme is not known, a parameter is out of its range, or no node would stay.
pub fn run(params: &Params) -> Result<Report, PlacementError> {
    let schemes: Vec<&'static Registered> = params.schemes.iter().map(|name| find(name)).collect::<Result<_, _>>()?;
    if params.nodes == 0 {
        return Err(PlacementError::NoNodes);
    }
    let nodes = params.nodes.saturating_add(params.add);
    if params.remove >= nodes {
        return Err(PlacementError::NoneWouldStay { remove: params.remove, nodes });
    }
    if nodes > MOST_NODES {
        return Err(PlacementError::TooManyNodes { nodes });
    }
    let keys = Arc::new(match &params.keys {
        KeySource::Drawn(count) => Keys::drawn(*count, params.seed)?,
        KeySource::Given(names) => Keys::given(names)?,
    });
    let outcome = |scheme| run_one(params, scheme, Arc::clone(&keys));
    Ok(Report { results: schemes.into_iter().map(outcome).collect::<Result<_, _>>()? })
}

fn run_one(params: &Params, scheme: &'static Registered, keys: Arc<Keys>) -> Result<Outcome, PlacementError> {
    let mut cluster = Cluster::numbered(scheme, params.setting.clone(), params.nodes, keys)?;
    let load_before = cluster.load();
    cluster.apply(&steps(params, &cluster))?;
    let change = cluster.change().expect("a change was just applied");
    let names = |ids: &[NodeId]| ids.iter().map(|id| cluster.node(*id).name.clone()).collect();
    Ok(Outcome {
        scheme: scheme.about.id,
        hash: params.setting.hash.id(),
        nodes: params.nodes,
        nodes_after: cluster.nodes().len(),
        vnodes: params.setting.vnodes,
        keys: change.keys,
        moved: change.moves.len(),
        moved_ratio: change.moved_ratio(),
        ideal_ratio: change.least_ratio,
        misdirected: change.misdirected,
        load_before,
        load: cluster.load(),
        expected_sd_over_mean: cluster.expected_spread(),
        added: names(&change.joined),
        removed: names(&change.left),
        memory_bytes: cluster.memory(),
        lookup: cluster.cost(),
        why: change.to_string(),
    })
}

/// Who joins and who then leaves.
pub(super) fn steps(params: &Params, cluster: &Cluster) -> Vec<Step> {
    let first = params.nodes;
    let all = first + params.add;
    let regions = params.setting.regions.len();
    let joining = (first..all).map(|index| Node::numbered(NodeId(index as u16), regions)).map(Step::Join);
    let mut leaving: Vec<usize> = (0..all).collect();
    match cluster.about().removes {
        Removes::Last => leaving.reverse(),
        Removes::Any => rng::stream(params.seed, "nodes that leave").shuffle(&mut leaving),
    }
    let leaving = leaving.into_iter().take(params.remove).map(|index| Step::Leave(NodeId(index as u16)));
    joining.chain(leaving).collect()
}
