//! One question about placement from parameters to figures: what `sysdrill sim hash` prints.
//!
//! Start reading at [`run`]; `options.rs` writes and reads the parameters as a command line does.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::change::Step;
use super::cluster::Cluster;
use super::error::{MOST_KEYS, PlacementError};
use super::failure::Failure;
use super::keys::{KeyId, Keys};
use super::load::Load;
use super::node::NodeId;
use super::query::{Index, IndexCost, Scan};
use super::rebalance::{Cost as HaulCost, Haul, rebalancing};
use super::scheme::{Cost, Operation, Removes, Setting};
use super::traffic::{Busy, Salting, Traffic};
use super::{MOST_NODES, Node, Registered, find};
use crate::rng;

/// Where the keys come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeySource {
    /// So many, drawn by the seed.
    Drawn(usize),
    /// So many, named by a prefix and their number: `user:000000` and so on, as ids or times ascend.
    Numbered(String, usize),
    /// These names.
    Given(Vec<String>),
}

/// The most bytes of a file of keys: some ten million names.
pub const MOST_KEY_BYTES: u64 = 256 << 20;

impl KeySource {
    /// A key a line, blank lines left out.
    pub fn lines(text: &str) -> Self {
        Self::Given(text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect())
    }
}

/// Which nodes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Chosen {
    /// So many: the ones that the seed picks, or that are first or last in line.
    Some(usize),
    /// These, by name.
    Named(Vec<String>),
}

/// One change that was made before the one that is measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Earlier {
    /// A node joined.
    Joined,
    /// The node of this name left.
    Left(String),
    /// A piece was split or moved by hand.
    Operated(Operation),
}

/// Everything that decides a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Params {
    /// The schemes by id, each with the same keys and nodes.
    pub schemes: Vec<String>,
    /// Nodes at first.
    pub nodes: usize,
    /// The keys.
    pub keys: KeySource,
    /// What changed before, one by one.
    pub before: Vec<Earlier>,
    /// Nodes that join.
    pub add: usize,
    /// Nodes that then leave: the ones that the seed picks, or the last where a scheme can drop no other.
    pub remove: Chosen,
    /// Pieces that are then split or moved by hand, where a scheme has pieces.
    pub operate: Vec<Operation>,
    /// Draws the keys and who leaves.
    pub seed: u64,
    /// Virtual nodes, hash and what else a scheme may look at.
    pub setting: Setting,
    /// Capacities of the nodes in the order in which they join; 1 for those beyond.
    pub weights: Vec<f64>,
    /// Copies of each key, on distinct nodes.
    pub replicas: usize,
    /// Nodes that fail at once after the change, the first ones if no names are given.
    pub fail: Chosen,
    /// The share of all requests that one key gets; 0 without one.
    pub hot: f64,
    /// Which key that is; the first without a name.
    pub hot_key: Option<String>,
    /// How unequal the requests are for all keys: the exponent of a zipf.
    pub zipf: f64,
    /// The same where the last keys in order are the most popular.
    pub latest: f64,
    /// Under how many names the hot key is written.
    pub salt: usize,
    /// How many neighbouring keys a scan reads.
    pub scan: usize,
    /// How many values the attribute has that is looked up by a secondary index.
    pub values: usize,
    /// What moving the data costs.
    pub haul: Haul,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            schemes: vec!["ring".to_owned()],
            nodes: 10,
            keys: KeySource::Drawn(100_000),
            before: Vec::new(),
            add: 0,
            remove: Chosen::Some(0),
            operate: Vec::new(),
            seed: 1,
            setting: Setting::default(),
            weights: Vec::new(),
            replicas: 1,
            fail: Chosen::Some(0),
            hot: 0.0,
            hot_key: None,
            zipf: 0.0,
            latest: 0.0,
            salt: 1,
            scan: 100,
            values: 1000,
            haul: Haul::default(),
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
    /// The share that an even placement is expected to move at least.
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
    /// What it costs when nodes fail, if any do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
    /// How requests fall on nodes, where they are not even.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub traffic: Option<Busy>,
    /// What comes of salting the hot key, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub salting: Option<Salting>,
    /// A scan of neighbouring keys from the middle of all.
    pub scan: Scan,
    /// A secondary index beside the rows, and one by value.
    pub index: [IndexCost; 2],
    /// What the change costs in life.
    pub rebalancing: HaulCost,
}

/// Places the keys under each scheme, changes the nodes, and reports.
///
/// # Errors
/// If a scheme is not known, a parameter is out of its range, or no node would stay.
pub fn run(params: &Params) -> Result<Report, PlacementError> {
    let schemes: Vec<&'static Registered> = params.schemes.iter().map(|name| find(name)).collect::<Result<_, _>>()?;
    params.check()?;
    let keys = Arc::new(params.draw()?);
    let outcome = |scheme| run_one(params, scheme, Arc::clone(&keys));
    Ok(Report { results: schemes.into_iter().map(outcome).collect::<Result<_, _>>()? })
}

impl Params {
    /// Whether there are nodes at all times, and not too many.
    fn check(&self) -> Result<(), PlacementError> {
        if self.nodes == 0 {
            return Err(PlacementError::NoNodes);
        }
        let joined = self.before.iter().filter(|step| **step == Earlier::Joined).count();
        let nodes = self.nodes.saturating_add(self.add).saturating_add(joined);
        if nodes > MOST_NODES {
            return Err(PlacementError::TooManyNodes { nodes });
        }
        let left = self.before.iter().filter(|step| matches!(step, Earlier::Left(_))).count();
        let nodes = nodes.saturating_sub(left);
        match self.remove {
            Chosen::Some(remove) if remove >= nodes => Err(PlacementError::NoneWouldStay { remove, nodes }),
            _ => Ok(()),
        }
    }

    /// The keys.
    ///
    /// # Errors
    /// If there are none or too many.
    pub fn draw(&self) -> Result<Keys, PlacementError> {
        match &self.keys {
            KeySource::Drawn(count) => Keys::drawn(*count, self.seed),
            KeySource::Numbered(_, count) if *count > MOST_KEYS => Err(PlacementError::TooManyKeys { keys: *count }),
            KeySource::Numbered(prefix, count) => Keys::given((0..*count).map(|number| format!("{prefix}{number:06}"))),
            KeySource::Given(names) => Keys::given(names),
        }
    }

    /// The keys on the nodes as they are just before the change that is measured.
    ///
    /// # Errors
    /// If a number is out of its range, or a node that left was never there.
    pub fn cluster(&self, scheme: &'static Registered, keys: Arc<Keys>) -> Result<Cluster, PlacementError> {
        let nodes = (0..self.nodes.min(MOST_NODES + 1)).map(|index| self.node(index)).collect();
        let mut cluster = Cluster::new(scheme, self.setting.clone(), nodes, keys)?;
        for step in &self.before {
            let step = match step {
                Earlier::Joined => Step::Join(self.joining(&cluster)),
                Earlier::Left(name) => Step::Leave(cluster.find_node(name)?),
                Earlier::Operated(operation) => Step::Operate(*operation),
            };
            cluster.apply(&[step])?;
        }
        Ok(cluster)
    }

    /// The node that would join a cluster next, with the weight that it is to have.
    pub fn joining(&self, cluster: &Cluster) -> Node {
        self.node(cluster.next_node().id.index())
    }

    fn node(&self, index: usize) -> Node {
        let node = Node::numbered(NodeId(index as u16), self.setting.regions.len());
        Node { weight: self.weights.get(index).copied().unwrap_or(1.0), ..node }
    }

    /// Who joins, who then leaves, and what is then done by hand.
    ///
    /// # Errors
    /// If a node that is to leave is not there.
    pub fn steps(&self, cluster: &Cluster) -> Result<Vec<Step>, PlacementError> {
        let first = cluster.next_node().id.index();
        let joining: Vec<Node> = (first..first + self.add).map(|index| self.node(index)).collect();
        let leaving: Vec<NodeId> = match &self.remove {
            Chosen::Named(names) => {
                let joins = |name: &String| joining.iter().find(|node| node.name == *name).map(|node| node.id);
                let find = |name: &String| joins(name).map_or_else(|| cluster.find_node(name), Ok);
                names.iter().map(find).collect::<Result<_, _>>()?
            }
            Chosen::Some(remove) => {
                let mut all: Vec<NodeId> = cluster.nodes().chain(&joining).map(|node| node.id).collect();
                match cluster.about().removes {
                    Removes::Last => all.reverse(),
                    Removes::Any => rng::stream(self.seed, "nodes that leave").shuffle(&mut all),
                }
                all.truncate(*remove);
                all
            }
        };
        let operations = self.operate.iter().copied().map(Step::Operate);
        let leaving = leaving.into_iter().map(Step::Leave);
        Ok(joining.into_iter().map(Step::Join).chain(leaving).chain(operations).collect())
    }

    /// Which nodes fail.
    ///
    /// # Errors
    /// If one that is named is not there.
    pub fn failing(&self, cluster: &Cluster) -> Result<Vec<NodeId>, PlacementError> {
        match &self.fail {
            Chosen::Some(count) => Ok(cluster.nodes().map(|node| node.id).take(*count).collect()),
            Chosen::Named(names) => names.iter().map(|name| cluster.find_node(name)).collect(),
        }
    }

    /// How requests fall on the keys of a cluster.
    pub fn traffic(&self, cluster: &Cluster) -> Traffic {
        if self.hot > 0.0 {
            Traffic::Hot { key: self.hot_name(cluster), share: self.hot }
        } else if self.zipf > 0.0 {
            Traffic::Zipf { alpha: self.zipf }
        } else if self.latest > 0.0 {
            Traffic::Latest { alpha: self.latest }
        } else {
            Traffic::Even
        }
    }

    /// The name of the hot key.
    pub fn hot_name(&self, cluster: &Cluster) -> String {
        self.hot_key.clone().unwrap_or_else(|| cluster.keys().name(KeyId(0)))
    }
}

fn run_one(params: &Params, scheme: &'static Registered, keys: Arc<Keys>) -> Result<Outcome, PlacementError> {
    let mut cluster = params.cluster(scheme, keys)?;
    let steps = params.steps(&cluster)?;
    cluster.apply(&steps)?;
    Outcome::of(params, &cluster)
}

impl Outcome {
    /// What there is to tell of a cluster after a change.
    ///
    /// # Errors
    /// If a node that fails is not there, there are more copies than nodes, or a number is out of its range.
    ///
    /// # Panics
    /// If the cluster was never changed; a change of no steps is one.
    pub fn of(params: &Params, cluster: &Cluster) -> Result<Self, PlacementError> {
        let change = cluster.change().expect("a change was begun");
        let names = |ids: &[NodeId]| ids.iter().map(|id| cluster.node(*id).name.clone()).collect();
        let failing = params.failing(cluster)?;
        cluster.check_copies(params.replicas)?;
        let failure = (!failing.is_empty()).then(|| cluster.fail(&failing, params.replicas)).transpose()?;
        let traffic = params.traffic(cluster);
        let salting = (params.hot > 0.0).then(|| cluster.salt(&params.hot_name(cluster), params.hot, params.salt));
        let middle = KeyId((cluster.keys().len() / 2) as u32);
        let is_change = !(change.joined.is_empty() && change.left.is_empty() && change.moves.is_empty());
        Ok(Self {
            scheme: cluster.about().id,
            hash: params.setting.hash.id(),
            nodes: change.load_before.per_node.len(),
            nodes_after: cluster.nodes().len(),
            vnodes: params.setting.vnodes,
            keys: change.keys,
            moved: change.moves.len(),
            moved_ratio: change.moved_ratio(),
            ideal_ratio: change.least_ratio,
            misdirected: change.misdirected,
            load_before: change.load_before.clone(),
            load: cluster.load(),
            expected_sd_over_mean: cluster.expected_spread(),
            added: names(&change.joined),
            removed: names(&change.left),
            memory_bytes: cluster.memory(),
            lookup: cluster.cost(),
            why: if is_change { change.to_string() } else { String::new() },
            failure,
            traffic: (traffic != Traffic::Even).then(|| cluster.busy(&traffic, params.seed)).transpose()?,
            salting: salting.transpose()?,
            scan: cluster.scan(middle, params.scan),
            index: [Index::Local, Index::Global].map(|index| cluster.index(index, params.values)),
            rebalancing: rebalancing(change, &params.haul)?,
        })
    }
}
