//! What follows from a round: it is kept, the cards of what was missed become due, the scenario comes back later.

use crate::recall::{Cause, Item, Mint, What};
use crate::round::{Judged, Round, Rubric, SelfScore, aftermath, report as page};
use crate::tui::effect::{Effect, Record};
use crate::tui::screen::Cx;
use crate::tui::screens::reader::{Given, Reader};
use crate::tui::screens::rounds::history::Attempt;
use crate::tui::screens::rounds::{draft, history, suggestion};

/// After so many days a scenario comes back, as a variant where it has one.
const COMES_BACK: i32 = 7;

/// A report that waits to be shown.
#[derive(Debug)]
pub(in super::super) struct Report(Given);

impl Report {
    /// The reader on it.
    pub(in super::super) fn open(self, cx: &Cx<'_>) -> Effect {
        Effect::open(Reader::showing(cx, self.0))
    }
}

pub(in super::super) fn report(
    cx: &Cx<'_>,
    round: &Round,
    rubric: &Rubric,
    judged: &Judged,
    own: &SelfScore,
) -> Report {
    let day = cx.world.student.today(cx.now);
    let scenario = &round.script().scenario;
    let title = format!("Round {} {} {0} report", cx.theme.glyphs.dot, scenario.title);
    let file_name = format!("{}-{day}.md", scenario.id);
    Report(Given { title, body: page(round, judged, rubric, own), file_name })
}

/// Everything that is to be on the disk before the report is shown.
pub(in super::super) fn records(cx: &Cx<'_>, round: &Round, judged: &Judged, attempt: &Attempt) -> Vec<Record> {
    let student = &cx.world.student;
    let today = student.today(cx.now);
    let newest = student.store().newest();
    let mut mint = Mint::new(student.seed(), &format!("round at {}", cx.now.wall.0), newest);
    let scenario = &round.script().scenario;
    let after = aftermath(scenario, &judged.proofs, &judged.confirmed);
    let mut due = |item, on| Record::Event(mint.event(cx.now, item, What::MakeDue { on, because: Cause::Checkpoint }));
    let mut records = history::records(cx.world, cx.now.wall, round, judged, attempt);
    let known = after.cards.iter().filter(|card| cx.world.library.card(card).is_some());
    records.extend(known.map(|card| due(Item::Card(card.clone()), today)));
    records.push(due(Item::Scenario(scenario.id.clone()), today.plus(COMES_BACK)));
    records.push(suggestion::missed(cx.world, &scenario.title, &after));
    records.push(draft::none());
    records
}
