//! What a round showed.

use crate::round::play::Play;
use crate::tui::effect::Effect;
use crate::tui::screen::Cx;

/// Opens the review of a round that is over.
pub(super) fn open(_cx: &Cx<'_>, _play: &Play) -> Effect {
    Effect::say("over")
}
