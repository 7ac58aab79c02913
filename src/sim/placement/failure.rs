//! What a failure costs: which keys lose a copy, which all of them, and where the load of the dead goes.
//!
//! A failure is not a removal: the nodes stay members, and each of their keys is served by its next copy.

use serde::Serialize;

use super::cluster::Cluster;
use super::error::PlacementError;
use super::keys::KeyId;
use super::node::NodeId;

/// What the failure of some nodes at once costs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Failure {
    /// The nodes that failed.
    pub failed: Vec<NodeId>,
    /// Copies of each key, on distinct nodes.
    pub copies: usize,
    /// Keys in all.
    pub keys: usize,
    /// Keys that lost at least one copy and must be copied again.
    pub lost_a_copy: usize,
    /// Keys of which no copy is left: lost in a store, cold in a cache.
    pub lost: usize,
    /// For each survivor that takes keys of the dead over, how many it then serves in addition.
    pub takeover: Vec<(NodeId, u32)>,
    /// How much busier the survivor is that takes over most, against before: 2 is twice as busy.
    pub worst_growth: f64,
}

impl Cluster {
    /// What it costs when these nodes fail at once, with `copies` copies of each key.
    ///
    /// Keys without a copy left are served, from wherever they can be loaded again, by the next node in their order.
    ///
    /// # Errors
    /// If a node is not live, none would survive, or there are more copies than nodes.
    pub fn fail(&self, nodes: &[NodeId], copies: usize) -> Result<Failure, PlacementError> {
        self.check_copies(copies)?;
        let mut dead = vec![false; usize::from(u16::MAX) + 1];
        for &node in nodes {
            if !self.live.contains(&node) {
                let known = self.nodes().map(|node| node.name.clone()).collect();
                return Err(PlacementError::UnknownNode { node: node.to_string(), known });
            }
            dead[node.index()] = true;
        }
        let survivors = self.live.iter().filter(|node| !dead[node.index()]).count();
        if survivors == 0 {
            return Err(PlacementError::NoneWouldStay { remove: nodes.len(), nodes: self.live.len() });
        }
        Ok(self.count_failure(nodes, &dead, copies))
    }

    fn count_failure(&self, nodes: &[NodeId], dead: &[bool], copies: usize) -> Failure {
        let (mut lost_a_copy, mut lost) = (0, 0);
        let mut served = vec![0_u32; dead.len()];
        let mut order = Vec::new();
        for key in 0..self.owners.len() {
            self.copies_of(KeyId(key as u32), copies + nodes.len(), &mut order);
            let gone = order.iter().take(copies).filter(|node| dead[node.index()]).count();
            lost_a_copy += usize::from(gone > 0);
            lost += usize::from(gone == copies.min(order.len()));
            if dead[self.owners[key].index()]
                && let Some(heir) = order.iter().find(|node| !dead[node.index()])
            {
                served[heir.index()] += 1;
            }
        }
        let takeover: Vec<_> =
            self.live.iter().map(|&node| (node, served[node.index()])).filter(|heir| heir.1 > 0).collect();
        let growth = |(node, more): &(NodeId, u32)| 1.0 + f64::from(*more) / f64::from(self.held(*node).max(1));
        let worst_growth = takeover.iter().map(growth).fold(1.0, f64::max);
        Failure { failed: nodes.to_vec(), copies, keys: self.owners.len(), lost_a_copy, lost, takeover, worst_growth }
    }
}
