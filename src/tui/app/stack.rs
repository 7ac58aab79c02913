//! The screens of one tab, the root below and what was opened from it above.

use crate::tui::layer::{Layer, Page};
use crate::tui::registry::Entry;

/// Names a screen on a stack, for replies; never used again after the screen was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct LayerId(pub(super) u64);

/// A screen on a stack.
pub(super) struct Stacked {
    pub(super) id: LayerId,
    pub(super) layer: Box<dyn Layer>,
}

/// A tab. Without screens until it is shown for the first time.
pub(super) struct Stack {
    pub(super) entry: Entry,
    pub(super) layers: Vec<Stacked>,
}

impl Stack {
    pub(super) fn push(&mut self, id: LayerId, page: Page) {
        self.layers.push(Stacked { id, layer: page.into_layer() });
    }

    /// A screen and everything above it, unless it is the root, topmost first.
    pub(super) fn from(&self, id: LayerId) -> Vec<LayerId> {
        let above_root = self.layers.iter().skip(1).map(|stacked| stacked.id);
        let mut ids: Vec<_> = above_root.skip_while(|known| *known != id).collect();
        ids.reverse();
        ids
    }

    /// Takes a screen and everything above it away, unless it is the root; returns what is gone.
    pub(super) fn leave(&mut self, id: LayerId) -> Vec<LayerId> {
        match self.layers.iter().position(|stacked| stacked.id == id) {
            Some(place) if place > 0 => self.layers.drain(place..).map(|stacked| stacked.id).collect(),
            _ => Vec::new(),
        }
    }

    pub(super) fn top(&self) -> Option<&Stacked> {
        self.layers.last()
    }

    /// The screens that are seen: the topmost page and the popups over it.
    pub(super) fn visible(&mut self) -> &mut [Stacked] {
        let page = self.layers.iter().rposition(|stacked| !stacked.layer.is_popup()).unwrap_or(0);
        &mut self.layers[page..]
    }
}
