//! Which round to hold next, and what to read after the last one.

use serde::{Deserialize, Serialize};

use crate::content::TopicId;
use crate::recall::{Due, Item};
use crate::round::{Aftermath, Family, Head};
use crate::store::InterviewKind;
use crate::tui::effect::Record;
use crate::tui::screen::Cx;
use crate::tui::world::World;

use super::{draft, history};

/// Under which it is kept what to read and to play.
const NEXT: &str = "round/next";
/// More than these are not put on Today.
const MOST: usize = 5;

/// A round to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Suggestion {
    /// What opens it.
    pub(crate) route: String,
    /// The scenario.
    pub(crate) title: String,
    /// How long it lasts.
    pub(crate) minutes: u32,
    /// Why this one.
    pub(crate) why: String,
}

/// Something to read or to play because it was missed in a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Step {
    /// A link such as `note:caching-patterns#ttl` or `lesson:cache/scan`.
    pub(crate) link: String,
    /// The scenario in which it was missed.
    pub(crate) scenario: String,
}

/// The title of the round that was left.
pub(crate) fn left(cx: &Cx<'_>) -> Option<String> {
    let draft = draft::recall(cx.world)?;
    let path = |family: Family| format!("{}{}.toml", family.folder(), draft.setup.scenario);
    let file = Family::ALL.into_iter().find_map(|family| cx.world.library.file(&path(family)))?;
    Head::of(&file.text).map(|head| head.title)
}

/// The round whose topics are known least: first one that is to come back now, else one that was not held yet.
pub(crate) fn suggest(cx: &Cx<'_>) -> Option<Suggestion> {
    let student = &cx.world.student;
    let families = match student.profile().kind {
        InterviewKind::Hld => vec![Family::Hld],
        InterviewKind::Lld => vec![Family::Lld],
        InterviewKind::Both => vec![Family::Hld, Family::Lld],
    };
    let readiness = student.basis(cx.world.library.cards(), cx.now).readiness();
    let known = |topic: &TopicId| readiness.iter().find(|one| one.topic == *topic).map(|one| one.readiness);
    let held = history::held(cx.world);
    let today = student.today(cx.now);
    let is_back = |id: &str| {
        let due = student.state().get(&Item::Scenario(id.to_owned())).due;
        matches!(due, Some(Due::On(day)) if day <= today)
    };
    let scenarios = families.iter().flat_map(|family| cx.world.library.files(family.folder()));
    let candidates = scenarios.filter_map(|file| {
        let id = file.path.rsplit('/').next()?.strip_suffix(".toml")?;
        let was_held = held.iter().any(|one| one.scenario == id);
        if was_held && !is_back(id) {
            return None;
        }
        let head = Head::of(&file.text)?;
        let shares = head.topics.iter().filter_map(|topic| Some((known(topic)?, topic)));
        let weakest = shares.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(share, topic)| (share, topic.clone()));
        Some((!was_held, weakest, id.to_owned(), head))
    });
    let share = |weakest: &Option<(f64, TopicId)>| weakest.as_ref().map_or(1.0, |(share, _)| *share);
    let (is_new, weakest, id, head) =
        candidates.min_by(|a, b| a.0.cmp(&b.0).then(share(&a.1).total_cmp(&share(&b.1))))?;
    let weakest =
        weakest.map(|(_, topic)| cx.world.library.topic(&topic).map_or(topic.to_string(), |one| one.title.clone()));
    let why = match (is_new, weakest) {
        (false, _) => "it comes back, turned round".to_owned(),
        (true, Some(topic)) => format!("weakest: {topic}"),
        (true, None) => String::new(),
    };
    let route = if is_new { id } else { format!("{id} variant") };
    Some(Suggestion { route, title: head.title, minutes: head.minutes, why })
}

/// What is to be read and played, the newest first.
pub(crate) fn steps(world: &World) -> Vec<Step> {
    world.recollect(NEXT).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// The record after which the first step is done.
pub(crate) fn done(steps: &[Step]) -> Record {
    record(&steps[1.min(steps.len())..])
}

/// The record that puts what a round missed in front.
pub(super) fn missed(world: &World, scenario: &str, after: &Aftermath) -> Record {
    let notes = after.notes.iter().map(|note| format!("note:{note}"));
    let lessons = after.lessons.iter().map(|lesson| format!("lesson:{lesson}"));
    let new = notes.chain(lessons).map(|link| Step { link, scenario: scenario.to_owned() });
    let mut all: Vec<Step> = Vec::new();
    for step in new.chain(steps(world)) {
        if all.len() < MOST && all.iter().all(|known| known.link != step.link) {
            all.push(step);
        }
    }
    record(&all)
}

fn record(steps: &[Step]) -> Record {
    let value = serde_json::to_string(steps).expect("links are plain data");
    Record::Memory { key: NEXT.to_owned(), value }
}
