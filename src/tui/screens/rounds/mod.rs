//! Rounds: choose a scenario, set the round up, hold it, look at what it showed.
//!
//! The rules of a round are [`crate::round`]'s; these screens turn keys into its events and show its state. A screen each:
//! [`Rounds`] to choose.

mod browse;
mod catalogue;
mod desk;
mod draft;
mod drawing;
mod history;
mod live;
mod review;
mod setup;
mod transcript;
mod wanted;

pub use browse::Rounds;
pub use setup::SetUp;

use std::rc::Rc;

use crate::round::Scenario;
use crate::round::play::{self, Draft, Play};
use crate::tui::effect::Effect;
use crate::tui::layer::Page;
use crate::tui::screen::{Cx, Destination, Refusal};

use catalogue::Catalogue;
use desk::Desk;
use setup::{Chosen, Help};
use wanted::Wanted;

/// Opens a round as a route wants it: set up, or gone on with.
pub(super) fn open(cx: &Cx<'_>, argument: Option<&str>) -> Result<Page, Refusal> {
    let wanted: Wanted = argument.unwrap_or_default().parse().map_err(|error| Refusal(format!("{error}.")))?;
    if !wanted.resumes {
        return SetUp::open(cx, argument).map(Page::of);
    }
    let draft =
        draft::recall(cx.world).ok_or_else(|| Refusal("No round was left; `sysdrill mock` begins one.".to_owned()))?;
    if !wanted.scenario.is_empty() && wanted.scenario != draft.set_up.scenario {
        return Err(Refusal(format!("The round that was left is {}, not {}.", draft.set_up.scenario, wanted.scenario)));
    }
    let catalogue = Catalogue::of(&cx.world.library);
    resume(cx, &catalogue, draft).map(Page::of)
}

/// Goes on with a round that was left.
fn resume(cx: &Cx<'_>, catalogue: &Catalogue, draft: Draft) -> Result<Desk, Refusal> {
    let scenario = catalogue.find(&draft.set_up.scenario)?;
    let kind = catalogue.rulebook.kinds.get(&draft.set_up.kind).cloned();
    let kind = kind.ok_or_else(|| Refusal(format!("There is no kind of round `{}` any more.", draft.set_up.kind)))?;
    let play = Play::of(draft, scenario, kind, Rc::clone(&catalogue.rulebook));
    Ok(Desk::begin(cx, catalogue, play))
}

/// Begins a round as it was chosen.
fn begin(cx: &Cx<'_>, catalogue: &Catalogue, scenario: &Rc<Scenario>, chosen: Chosen, is_variant: bool) -> Effect {
    let phases = &chosen.kind.phases;
    let given = match chosen.help {
        Help::Solo => Vec::new(),
        Help::Faded => {
            phases.iter().take(phases.len() / 2).map(|phase| transcript::words_for(scenario, &phase.covers)).collect()
        }
    };
    let set_up = play::SetUp {
        scenario: scenario.id.clone(),
        kind: chosen.kind.id.clone(),
        minutes: chosen.minutes,
        level: chosen.level,
        strict: chosen.is_strict,
        variant: is_variant,
        given,
    };
    let play = Play::new(set_up, Rc::clone(scenario), chosen.kind, Rc::clone(&catalogue.rulebook));
    Effect::push(Desk::begin(cx, catalogue, play))
}
