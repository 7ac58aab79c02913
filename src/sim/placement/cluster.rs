//! Keys on nodes under a scheme, and what happens when nodes come and go.
//!
//! A change is begun, then advanced by as many keys as a frame has time for, so that a million keys move before
//! one's eyes; [`Cluster::finish`] does it at once. A clone is a step back. Start reading at [`Cluster::begin`].

use std::sync::Arc;

use super::change::{Change, Move, Step};
use super::error::PlacementError;
use super::hash::Position;
use super::keys::{KeyId, Keys};
use super::load::{Load, evenness, expected_spread, least_moved};
use super::node::{Node, NodeId};
use super::scheme::{About, Cost, Operation, Removes, Scheme, Setting, Since, Span, Start};
use super::{MOST_NODES, Registered};

/// Keys placed on nodes.
#[derive(Debug)]
pub struct Cluster {
    registered: &'static Registered,
    setting: Setting,
    pub(super) scheme: Box<dyn Scheme>,
    /// Every node that ever was, by number.
    nodes: Vec<Node>,
    /// The live ones, in the order in which they joined.
    pub(super) live: Vec<NodeId>,
    pub(super) keys: Arc<Keys>,
    pub(super) positions: Arc<[Position]>,
    pub(super) owners: Vec<NodeId>,
    /// Keys by node number.
    held: Vec<u32>,
    under_way: Option<UnderWay>,
    change: Option<Change>,
}

/// What is left of a change.
#[derive(Clone, Debug)]
struct UnderWay {
    since: Since,
    settled: usize,
    /// By node number: whether it was there before and is there after.
    stays: Vec<bool>,
}

impl Clone for Cluster {
    fn clone(&self) -> Self {
        Self {
            registered: self.registered,
            setting: self.setting.clone(),
            scheme: self.scheme.boxed(),
            nodes: self.nodes.clone(),
            live: self.live.clone(),
            keys: Arc::clone(&self.keys),
            positions: Arc::clone(&self.positions),
            owners: self.owners.clone(),
            held: self.held.clone(),
            under_way: self.under_way.clone(),
            change: self.change.clone(),
        }
    }
}

impl Cluster {
    /// Places keys on nodes.
    ///
    /// # Errors
    /// If there are no nodes or too many, or the setting makes no sense for the scheme.
    pub fn new(
        registered: &'static Registered,
        setting: Setting,
        nodes: Vec<Node>,
        keys: Arc<Keys>,
    ) -> Result<Self, PlacementError> {
        let start = Start { setting: &setting, nodes: &nodes, keys: keys.len() };
        let mut scheme = registered.build(&start)?;
        let positions = keys.positions(registered.about.sees, &setting);
        let mut owners = vec![NodeId(0); keys.len()];
        scheme.settle(Since::Nothing, &positions, &mut owners);
        let mut held = vec![0; nodes.len()];
        for owner in &owners {
            held[owner.index()] += 1;
        }
        let live = nodes.iter().map(|node| node.id).collect();
        let (under_way, change) = (None, None);
        Ok(Self { registered, setting, scheme, nodes, live, keys, positions, owners, held, under_way, change })
    }

    /// Places keys on `nodes` nodes named `n1`, `n2` and so on.
    ///
    /// # Errors
    /// As [`Cluster::new`].
    pub fn numbered(
        registered: &'static Registered,
        setting: Setting,
        nodes: usize,
        keys: Arc<Keys>,
    ) -> Result<Self, PlacementError> {
        if nodes > MOST_NODES {
            return Err(PlacementError::TooManyNodes { nodes });
        }
        let regions = setting.regions.len();
        let nodes = (0..nodes).map(|index| Node::numbered(NodeId(index as u16), regions)).collect();
        Self::new(registered, setting, nodes, keys)
    }

    /// What the scheme is, in words.
    pub fn about(&self) -> &'static About {
        &self.registered.about
    }

    /// How the keys are placed.
    pub fn setting(&self) -> &Setting {
        &self.setting
    }

    /// The keys.
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The live nodes, in the order in which they joined.
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = &Node> + Clone {
        self.live.iter().map(|id| &self.nodes[id.index()])
    }

    /// A node that is there or was.
    ///
    /// # Panics
    /// If there never was one of that number.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// The live node of a name.
    ///
    /// # Errors
    /// If there is none; the error lists those there are.
    pub fn find_node(&self, name: &str) -> Result<NodeId, PlacementError> {
        let found = self.nodes().find(|node| node.name == name).map(|node| node.id);
        found.ok_or_else(|| self.unknown(name.to_owned()))
    }

    /// The node that would join next, with weight 1.
    pub fn next_node(&self) -> Node {
        Node::numbered(NodeId(self.nodes.len() as u16), self.setting.regions.len())
    }

    /// The node on which a key lies now.
    ///
    /// # Panics
    /// If there is no such key.
    pub fn owner(&self, key: KeyId) -> NodeId {
        self.owners[key.index()]
    }

    /// The nodes of all keys, by key number.
    pub fn owners(&self) -> &[NodeId] {
        &self.owners
    }

    /// How many keys lie on a node, also on one that is just being emptied.
    pub fn held(&self, node: NodeId) -> u32 {
        self.held.get(node.index()).copied().unwrap_or(0)
    }

    /// How even the load is now.
    pub fn load(&self) -> Load {
        let (max_over_mean, sd_over_mean) =
            evenness(self.nodes().map(|node| (f64::from(self.held(node.id)), node.weight)));
        let per_node = self.nodes().map(|node| u64::from(self.held(node.id))).collect();
        let names = self.nodes().map(|node| node.name.clone()).collect();
        Load { max_over_mean, sd_over_mean, per_node, names }
    }

    /// σ/mean that theory expects for this scheme, these nodes and these keys; `None` where no simple one says.
    pub fn expected_spread(&self) -> Option<f64> {
        self.scheme.spread().map(|spread| expected_spread(spread, self.live.len(), self.keys.len()))
    }

    /// The pieces of the circle (for ranges, of the line) by node, where the scheme has any to draw.
    pub fn spans(&self) -> Option<Vec<Span>> {
        self.scheme.spans()
    }

    /// Bytes that a client holds to look keys up.
    pub fn memory(&self) -> usize {
        self.scheme.memory()
    }

    /// What a lookup costs.
    pub fn cost(&self) -> Cost {
        self.scheme.cost()
    }

    /// Begins a change of one step or several. Keys move as it is advanced; one under way is finished first.
    ///
    /// # Errors
    /// If a step is not possible; then nothing has changed.
    pub fn begin(&mut self, steps: &[Step]) -> Result<(), PlacementError> {
        self.finish();
        self.check_joining(steps)?;
        let (mut scheme, mut nodes, mut live) = (self.scheme.boxed(), self.nodes.clone(), self.live.clone());
        for step in steps {
            match step {
                Step::Join(node) => {
                    let node = Node { id: NodeId(nodes.len() as u16), ..node.clone() };
                    scheme.join(&node);
                    live.push(node.id);
                    nodes.push(node);
                }
                Step::Leave(id) => {
                    self.check_leaving(&live, *id)?;
                    scheme.leave(*id);
                    live.retain(|node| node != id);
                }
                Step::Operate(operation) => {
                    self.check_target(&live, *operation)?;
                    scheme.operate(*operation)?;
                }
            }
        }
        let load_before = self.load();
        let before = std::mem::replace(&mut self.live, live);
        (self.scheme, self.nodes) = (scheme, nodes);
        self.held.resize(self.nodes.len(), 0);
        self.start_moving(&before, load_before, self.since(steps), steps.is_empty());
        Ok(())
    }

    fn start_moving(&mut self, before: &[NodeId], load_before: Load, since: Since, unchanged: bool) {
        let (was, is) = (self.among(before), self.among(&self.live));
        let only = |live: &[NodeId], other: &[bool]| live.iter().filter(|id| !other[id.index()]).copied().collect();
        self.change = Some(Change {
            joined: only(&self.live, &was),
            left: only(before, &is),
            keys: self.keys.len(),
            settled: 0,
            moves: Vec::new(),
            misdirected: 0,
            least_ratio: self.least_ratio(&was, &is),
            load_before,
            why: self.scheme.why(since),
        });
        let stays = was.iter().zip(&is).map(|(was, is)| *was && *is).collect();
        // Without a step nothing is to be settled, and schemes that count would count twice.
        let settled = if unchanged { self.keys.len() } else { 0 };
        self.under_way = Some(UnderWay { since, settled, stays });
    }

    /// Brings the next `most` keys to where they belong; whether the change is done.
    pub fn advance(&mut self, most: usize) -> bool {
        let (Some(under_way), Some(change)) = (&mut self.under_way, &mut self.change) else { return true };
        let slice = under_way.settled..(under_way.settled + most).min(self.owners.len());
        let before = self.owners[slice.clone()].to_vec();
        self.scheme.settle(under_way.since, &self.positions[slice.clone()], &mut self.owners[slice.clone()]);
        for (key, from) in slice.clone().zip(before) {
            let to = self.owners[key];
            if from != to {
                self.held[from.index()] -= 1;
                self.held[to.index()] += 1;
                change.misdirected += usize::from(under_way.stays[from.index()] && under_way.stays[to.index()]);
                change.moves.push(Move { key: KeyId(key as u32), from, to });
            }
        }
        under_way.settled = slice.end;
        change.settled = slice.end;
        change.why = self.scheme.why(under_way.since);
        let done = slice.end == self.owners.len();
        if done {
            self.under_way = None;
        }
        done
    }

    /// Brings all keys to where they belong.
    pub fn finish(&mut self) {
        self.advance(usize::MAX / 2);
    }

    /// The change under way, or the last one.
    pub fn change(&self) -> Option<&Change> {
        self.change.as_ref()
    }

    /// Whether keys are still to be moved.
    pub fn is_moving(&self) -> bool {
        self.under_way.is_some()
    }

    /// Makes a change and finishes it.
    ///
    /// # Errors
    /// As [`Cluster::begin`].
    pub fn apply(&mut self, steps: &[Step]) -> Result<&Change, PlacementError> {
        self.begin(steps)?;
        self.finish();
        Ok(self.change.as_ref().expect("a change was just begun"))
    }

    /// Whether all that join could be there at once, which bounds memory.
    fn check_joining(&self, steps: &[Step]) -> Result<(), PlacementError> {
        let joining = steps.iter().filter_map(|step| match step {
            Step::Join(node) => Some(node),
            Step::Leave(_) | Step::Operate(_) => None,
        });
        let nodes = self.nodes.len() + joining.clone().count();
        if nodes > MOST_NODES {
            return Err(PlacementError::TooManyNodes { nodes });
        }
        let present: Vec<Node> = self.nodes().chain(joining).cloned().collect();
        Start { setting: &self.setting, nodes: &present, keys: self.keys.len() }.check(self.about())
    }

    fn check_leaving(&self, live: &[NodeId], id: NodeId) -> Result<(), PlacementError> {
        let last = *live.last().expect("at least one node is always there");
        if !live.contains(&id) {
            return Err(self.unknown(id.to_string()));
        }
        if live.len() == 1 {
            return Err(PlacementError::NoneWouldStay { remove: 1, nodes: 1 });
        }
        if self.about().removes == Removes::Last && id != last {
            let (node, last) = (id.to_string(), last.to_string());
            return Err(PlacementError::OnlyLast { scheme: self.about().id, node, last });
        }
        Ok(())
    }

    fn check_target(&self, live: &[NodeId], operation: Operation) -> Result<(), PlacementError> {
        match operation {
            Operation::Move { to, .. } if !live.contains(&to) => Err(self.unknown(to.to_string())),
            Operation::Move { .. } | Operation::Split { .. } => Ok(()),
        }
    }

    fn unknown(&self, node: String) -> PlacementError {
        PlacementError::UnknownNode { node, known: self.nodes().map(|node| node.name.clone()).collect() }
    }

    /// By node number: whether it is among these.
    fn among(&self, live: &[NodeId]) -> Vec<bool> {
        let mut among = vec![false; self.nodes.len()];
        for id in live {
            among[id.index()] = true;
        }
        among
    }

    /// What must move at least, from the nodes before to those now, by their shares of all weight.
    fn least_ratio(&self, was: &[bool], is: &[bool]) -> f64 {
        let weight =
            |live: &[bool]| self.nodes.iter().zip(live).filter(|one| *one.1).map(|one| one.0.weight).sum::<f64>();
        let (all_before, all_after) = (weight(was), weight(is));
        least_moved(self.nodes.iter().zip(was.iter().zip(is)).map(|(node, (was, is))| {
            let share = |there: bool, all: f64| if there { node.weight / all } else { 0.0 };
            (share(*was, all_before), share(*is, all_after))
        }))
    }

    /// What the owners have not followed yet.
    fn since(&self, steps: &[Step]) -> Since {
        match (steps, self.live.last()) {
            ([Step::Join(_)], Some(joined)) => Since::Joined(*joined),
            ([Step::Leave(left)], _) => Since::Left(*left),
            ([Step::Operate(_)], _) => Since::Operated,
            _ => Since::Several,
        }
    }
}
