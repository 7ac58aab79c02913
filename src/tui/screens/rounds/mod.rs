//! Rounds: choose a scenario, set the round up, hold it, look at what it showed.
//!
//! The rules of a round are [`crate::round`]'s; these screens turn keys into its events and show its state. A screen each:
//! [`Rounds`] to choose.

mod browse;
mod catalogue;
mod desk;
mod draft;
mod drawing;
mod held;
mod history;
mod live;
mod partner;
mod review;
mod setup;
pub(super) mod suggestion;
mod transcript;
mod wanted;

pub use browse::Rounds;
pub use setup::SetUp;
pub use wanted::{Wanted, WantedError};

use std::sync::Arc;

use crate::round::{Event, Mode, Recording, Round, RoundKind, Scenario, Script, Setup};
use crate::store::Store;
use crate::tui::effect::Effect;
use crate::tui::layer::Page;
use crate::tui::screen::{Cx, Destination, Refusal};

use catalogue::Catalogue;
use desk::Desk;
use partner::Partner;
use review::Review;
use setup::{Chosen, Help};

/// How many rounds were held to their end.
pub fn rounds_held(store: &Store) -> usize {
    history::in_store(store).len()
}

/// Opens a round as a route wants it: set up, or gone on with.
pub(super) fn open(cx: &Cx<'_>, argument: Option<&str>) -> Result<Page, Refusal> {
    let wanted: Wanted = argument.unwrap_or_default().parse().map_err(|error| Refusal(format!("{error}.")))?;
    if !wanted.resumes {
        return SetUp::open(cx, argument).map(Page::of);
    }
    let draft =
        draft::recall(cx.world).ok_or_else(|| Refusal("No round was left; `sysdrill mock` begins one.".to_owned()))?;
    if !wanted.scenario.is_empty() && wanted.scenario != draft.setup.scenario {
        return Err(Refusal(format!("The round that was left is {}, not {}.", draft.setup.scenario, wanted.scenario)));
    }
    let catalogue = Catalogue::of(&cx.world.library);
    resume(cx, &catalogue, draft)
}

/// Goes on with a round that was left, or with the review of one that is finished.
fn resume(cx: &Cx<'_>, catalogue: &Catalogue, recording: Recording) -> Result<Page, Refusal> {
    let script = script_of(catalogue, &recording.setup)?;
    if recording.events.iter().any(|recorded| recorded.event == Event::Finish) {
        return Review::of(catalogue, Round::replay(script, &recording)).map(Page::of);
    }
    Ok(Page::of(Desk::resume(cx, catalogue, script, &recording)))
}

/// What a round draws on that was set up earlier.
fn script_of(catalogue: &Catalogue, setup: &Setup) -> Result<Arc<Script>, Refusal> {
    let scenario = catalogue.find(&setup.scenario)?;
    let kind = catalogue.rulebook.kinds.get(&setup.kind);
    let kind = kind.ok_or_else(|| Refusal(format!("There is no kind of round `{}` any more.", setup.kind)))?;
    Ok(script(catalogue, &scenario, kind))
}

fn script(catalogue: &Catalogue, scenario: &Scenario, kind: &RoundKind) -> Arc<Script> {
    Arc::new(Script::new(scenario.clone(), kind.clone(), &catalogue.rulebook))
}

/// Begins a round as it was chosen.
fn begin(cx: &Cx<'_>, catalogue: &Catalogue, scenario: &Scenario, chosen: &Chosen, is_variant: bool) -> Effect {
    let phases = &chosen.kind.phases;
    let given = match chosen.help {
        Help::Solo | Help::Partner => Vec::new(),
        Help::Faded => {
            phases.iter().take(phases.len() / 2).map(|phase| transcript::words_for(scenario, &phase.covers)).collect()
        }
    };
    let setup = Setup {
        scenario: scenario.id.clone(),
        kind: chosen.kind.id.clone(),
        minutes: chosen.minutes,
        level: chosen.level,
        mode: if chosen.is_strict { Mode::Strict } else { Mode::Practice },
        variant: is_variant,
        given,
    };
    let round = Round::new(script(catalogue, scenario, &chosen.kind), setup);
    if chosen.help != Help::Partner {
        return Effect::push(Desk::begin(cx, catalogue, round));
    }
    match catalogue.rulebook.rubric(&scenario.rubric) {
        Some(rubric) => Effect::push(Partner::begin(cx, catalogue, round, rubric.clone())),
        None => Effect::fail(format!("There is no rubric `{}` to judge by.", scenario.rubric)),
    }
}
