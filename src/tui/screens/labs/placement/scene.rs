//! What the lab shows, without how: parameters, the clusters under each scheme, and the change under way.
//!
//! A scene follows from its parameters alone, which is why the command line that it tells reproduces its figures. It is
//! cloned before each change, and so a step back is exact. Start reading at [`Scene::build`].

use std::sync::Arc;

use crate::sim::placement::{
    Busy, Chosen, Cluster, Earlier, KeyId, Keys, NodeId, Operation, Options, Outcome, Path, PlacementError, Registered,
    Sees, find, slot,
};

/// The most schemes side by side.
pub(super) const MOST_SCHEMES: usize = 4;

/// What is shown.
#[derive(Clone, Debug)]
pub(super) struct Scene {
    pub(super) options: Options,
    keys: Arc<Keys>,
    /// One for each scheme, in their order; at least one.
    pub(super) clusters: Vec<Cluster>,
    /// The key that is followed, by name.
    pub(super) followed: Option<String>,
}

/// What there is to tell of a scheme at rest.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub(super) outcome: Outcome,
    /// The way of the key that is followed.
    pub(super) path: Option<Path>,
}

impl Facts {
    /// What the nodes serve, salted where a key is, where requests are not as even as the keys.
    pub(super) fn busy(&self) -> Option<&Busy> {
        let salted = self.outcome.salting.as_ref().filter(|salting| salting.suffixes > 1);
        salted.map(|salting| &salting.after).or(self.outcome.traffic.as_ref())
    }
}

impl Scene {
    /// The scene of some parameters, its change made.
    pub(super) fn build(mut options: Options, followed: Option<String>) -> Result<Self, PlacementError> {
        options.params.schemes.truncate(MOST_SCHEMES);
        let schemes: Vec<&'static Registered> =
            options.params.schemes.iter().map(|name| find(name)).collect::<Result<_, _>>()?;
        let keys = Arc::new(options.params.draw()?);
        let mut clusters = Vec::new();
        for scheme in schemes {
            let mut cluster = options.params.cluster(scheme, Arc::clone(&keys))?;
            let steps = options.params.steps(&cluster)?;
            cluster.apply(&steps)?;
            clusters.push(cluster);
        }
        if clusters.is_empty() {
            return Err(PlacementError::UnknownScheme { name: String::new() });
        }
        Ok(Self { options, keys, clusters, followed })
    }

    /// What there is to tell of each scheme.
    pub(super) fn facts(&self) -> Vec<Result<Facts, String>> {
        let facts = |cluster: &Cluster| {
            let outcome = Outcome::of(&self.options.params, cluster)?;
            let copies = self.options.params.replicas;
            let path = self.followed.as_ref().map(|key| cluster.follow(key, copies)).transpose()?;
            Ok(Facts { outcome, path })
        };
        let told = |cluster| facts(cluster).map_err(|error: PlacementError| error.to_string());
        self.clusters.iter().map(told).collect()
    }

    /// Lets the last change be one that was made before.
    fn settle(&mut self) -> Result<(), PlacementError> {
        let params = &mut self.options.params;
        let change = self.clusters[0].change().map(|change| (change.joined.len(), change.left.clone()));
        let left = match (&params.remove, change) {
            (Chosen::Named(names), _) => names.clone(),
            (Chosen::Some(0), _) | (_, None) => Vec::new(),
            (Chosen::Some(_), Some((_, left))) => left.iter().map(ToString::to_string).collect(),
        };
        let steps = params.add + left.len() + params.operate.len();
        params.before.extend(std::iter::repeat_n(Earlier::Joined, params.add));
        params.before.extend(left.into_iter().map(Earlier::Left));
        params.before.extend(std::mem::take(&mut params.operate).into_iter().map(Earlier::Operated));
        (params.add, params.remove) = (0, Chosen::Some(0));
        // Several steps at once may have led elsewhere than one by one.
        if steps > 1 {
            *self = Self::build(self.options.clone(), self.followed.take())?;
        }
        self.clusters.iter_mut().for_each(Cluster::finish);
        Ok(())
    }

    /// Begins to take a node in; keys move as the scene is advanced.
    pub(super) fn join(&mut self) -> Result<(), PlacementError> {
        self.settle()?;
        self.options.params.add = 1;
        self.begin()
    }

    /// Begins to let a node go.
    pub(super) fn leave(&mut self, node: NodeId) -> Result<(), PlacementError> {
        self.settle()?;
        let name = self.clusters[0].node(node).name.clone();
        if let Chosen::Named(failing) = &mut self.options.params.fail {
            failing.retain(|other| *other != name);
        }
        self.options.params.remove = Chosen::Named(vec![name]);
        self.begin()
    }

    /// Begins to take load off a node by hand, where the scheme has pieces: half of its widest range, the hot key's slot or
    /// entry, or its region goes to the node that holds least.
    pub(super) fn relieve(&mut self, place: usize, node: NodeId) -> Result<(), PlacementError> {
        self.settle()?;
        let cluster = &self.clusters[place];
        let others = cluster.nodes().map(|other| other.id).filter(|other| *other != node);
        let Some(to) = others.min_by_key(|other| cluster.held(*other)) else {
            return Err(PlacementError::NoneWouldStay { remove: 1, nodes: 1 });
        };
        let hot = self.options.params.hot_name(cluster);
        self.options.params.operate = match (cluster.about().sees, cluster.spans()) {
            (Sees::Order, Some(spans)) => {
                let own = spans.iter().enumerate().filter(|(_, span)| span.node == node);
                let widest = own.max_by(|(_, a), (_, b)| (a.to - a.from).total_cmp(&(b.to - b.from)));
                let range = widest.map_or(0, |(range, _)| range);
                vec![Operation::Split { range }, Operation::Move { piece: range + 1, to }]
            }
            (Sees::Slot, _) => vec![Operation::Move { piece: usize::from(slot(hot.as_bytes())), to }],
            (Sees::Entry, _) => {
                let piece = self.keys.find(&hot).map_or(0, KeyId::index);
                vec![Operation::Move { piece, to }]
            }
            (Sees::Region, _) => vec![Operation::Move { piece: usize::from(cluster.node(node).region), to }],
            (Sees::Hash | Sees::Order, _) => vec![Operation::Split { range: 0 }],
        };
        self.begin()
    }

    fn begin(&mut self) -> Result<(), PlacementError> {
        for cluster in &mut self.clusters {
            let steps = self.options.params.steps(cluster)?;
            cluster.begin(&steps)?;
        }
        Ok(())
    }

    /// Moves the next `most` keys of each scheme; whether all is done.
    pub(super) fn advance(&mut self, most: usize) -> bool {
        self.clusters.iter_mut().for_each(|cluster| _ = cluster.advance(most));
        !self.is_moving()
    }

    pub(super) fn is_moving(&self) -> bool {
        self.clusters.iter().any(Cluster::is_moving)
    }

    /// How many keys there are.
    pub(super) fn key_count(&self) -> usize {
        self.keys.len()
    }

    /// The name of a key by its place, from anywhere.
    pub(super) fn key_at(&self, place: usize) -> String {
        self.keys.name(KeyId((place % self.keys.len()) as u32))
    }

    /// The live nodes; all schemes have the same.
    pub(super) fn nodes(&self) -> Vec<NodeId> {
        self.clusters[0].nodes().map(|node| node.id).collect()
    }

    /// The failed ones among them.
    pub(super) fn failing(&self) -> Vec<NodeId> {
        self.options.params.failing(&self.clusters[0]).unwrap_or_default()
    }

    /// Lets a node fail, or brings it back.
    pub(super) fn toggle_failure(&mut self, node: NodeId) {
        let mut failing = self.failing();
        match failing.iter().position(|other| *other == node) {
            Some(place) => _ = failing.remove(place),
            None => failing.push(node),
        }
        let names = failing.iter().map(|id| self.clusters[0].node(*id).name.clone()).collect();
        self.options.params.fail = if failing.is_empty() { Chosen::Some(0) } else { Chosen::Named(names) };
    }

    /// About how many bytes a copy of the scene takes.
    pub(super) fn weight(&self) -> usize {
        let moves = |cluster: &Cluster| cluster.change().map_or(0, |change| change.moves.len());
        let of = |cluster: &Cluster| cluster.memory() + 2 * self.keys.len() + 8 * moves(cluster);
        self.clusters.iter().map(of).sum()
    }
}
