//! What Today says, before it is laid out.

use std::time::Duration;

use ratatui::text::{Line, Span};

use crate::content::TopicId;
use crate::recall::{Counts, Due, ItemState, Readiness, Stage, is_due};
use crate::time::{StudyDay, Timestamp};
use crate::tui::screen::Cx;
use crate::tui::screens::cards::review::OPEN;
use crate::tui::screens::estimate::drill::Record as Drilled;
use crate::tui::screens::rounds::suggestion::{self, Step, Suggestion};
use crate::tui::theme::Theme;
use crate::tui::world::Plan;

use super::Command;

/// A clock that is behind the log by more than this was wrong then or is wrong now.
const CLOCK_IS_OFF: Duration = Duration::from_secs(3600);

/// The day at a glance.
#[derive(Debug)]
pub(super) struct Overview {
    /// What the start key begins.
    pub(super) plan: Plan,
    counts: Counts,
    /// How many of the reviews are asked before they are due, for the day of the interview.
    early: usize,
    /// When the counts no longer hold: the study day is over.
    pub(super) ends: Timestamp,
    time: Duration,
    /// How many reviews come tomorrow.
    tomorrow: usize,
    /// Until the interview; negative once it is over.
    pub(super) days_left: Option<i32>,
    /// Topics of which something was answered, the least ready first.
    pub(super) topics: Vec<(String, Readiness)>,
    pub(super) banners: Vec<Banner>,
    /// How many estimation drills were answered today; none where there are none to answer.
    pub(super) drills: Option<usize>,
    /// The round to hold next.
    pub(super) round: Option<Suggestion>,
    /// What to read and play after the last round.
    pub(super) steps: Vec<Step>,
}

/// Something that wants attention, in one line.
#[derive(Debug)]
pub(super) struct Banner {
    pub(super) text: String,
    /// What helps.
    pub(super) command: Option<Command>,
    /// What that does.
    pub(super) does: &'static str,
}

impl Overview {
    pub(super) fn of(cx: &Cx<'_>) -> Self {
        let (library, student) = (&cx.world.library, &cx.world.student);
        let today = student.today(cx.now);
        let left_open = cut_off(cx);
        let plan = left_open.clone().unwrap_or_default();
        let queue = student.queue(library.cards(), &plan, cx.now);
        let counts = queue.counts();
        let early = |state: &ItemState| state.stage == Stage::Review && !is_due(state, cx.now.wall, today);
        let is_tomorrow = |due: Due| matches!(due, Due::On(day) if day == today.plus(1));
        let states = library.cards().iter().map(|card| student.state_of(card)).filter(|state| !state.suspended);
        Self {
            plan,
            counts,
            early: queue.cards.iter().filter(|queued| early(&queued.state)).count(),
            ends: today.plus(1).begins(cx.now.offset, student.scheduler().rules().rollover_hour),
            time: student.pace().time_for(counts),
            tomorrow: states.filter(|state| state.due.is_some_and(is_tomorrow)).count(),
            days_left: student.profile().interview.map(|day| day.days_since(today)),
            topics: topics(cx),
            banners: banners(cx, left_open.is_some()),
            drills: (!library.files("drills/").is_empty()).then(|| Drilled::of(cx).today),
            round: suggestion::suggest(cx),
            steps: suggestion::steps(cx.world),
        }
    }

    pub(super) fn has_work(&self) -> bool {
        self.counts.total() > 0
    }

    pub(super) fn has_date(&self) -> bool {
        self.days_left.is_some_and(|days| days > 0)
    }

    pub(super) fn has_problems(&self) -> bool {
        self.banners.iter().any(|banner| banner.command == Some(Command::Problems))
    }

    /// At least one.
    pub(super) fn minutes(&self) -> u64 {
        self.time.as_secs().div_ceil(60).max(1)
    }

    /// What is to be done today, or that nothing is left.
    pub(super) fn work(&self, theme: &Theme) -> Line<'static> {
        if !self.has_work() {
            let tomorrow = match self.tomorrow {
                0 => String::new(),
                1 => "   1 review tomorrow".to_owned(),
                count => format!("   {count} reviews tomorrow"),
            };
            return Line::from(vec![
                Span::styled(format!("{} done for today", theme.glyphs.yes), theme.good),
                Span::styled(tomorrow, theme.muted),
            ]);
        }
        let Counts { new, learning, review } = self.counts;
        let due = review - self.early.min(review);
        let reviews = if due == 1 { "1 review due".to_owned() } else { format!("{due} reviews due") };
        let parts = [
            (due, reviews),
            (self.early, format!("{} early, for the day", self.early)),
            (learning, format!("{learning} in steps")),
            (new, format!("{new} new")),
        ];
        let parts: Vec<String> = parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, part)| part).collect();
        Line::from(Span::styled(parts.join(&format!(" {} ", theme.glyphs.dot)), theme.text))
    }
}

/// What a link of a step says: the topic and the section, or the lesson.
pub(super) fn step_title(cx: &Cx<'_>, step: &Step) -> String {
    let Some(note) = step.link.strip_prefix("note:") else {
        let lesson = step.link.strip_prefix("lesson:").unwrap_or(&step.link);
        return format!("play {}", lesson.replace('-', " "));
    };
    let (topic, section) = note.split_once('#').unwrap_or((note, ""));
    let id = TopicId::new(topic);
    let title = cx.world.library.topic(&id).map_or(topic, |topic| topic.title.as_str());
    if section.is_empty() {
        format!("read {title}")
    } else {
        format!("read {title} {} {}", cx.theme.glyphs.within, section.replace('-', " "))
    }
}

/// What is left of a session that did not end by itself, if anything is.
fn cut_off(cx: &Cx<'_>) -> Option<Plan> {
    let plan: Plan = cx.world.recollect(OPEN)?.strip_prefix('>')?.parse().ok()?;
    let queue = cx.world.student.queue(cx.world.library.cards(), &plan, cx.now);
    (!queue.cards.is_empty()).then_some(plan)
}

fn topics(cx: &Cx<'_>) -> Vec<(String, Readiness)> {
    let mut topics = cx.world.readiness(cx.now);
    topics.retain(|(_, topic)| topic.begun > 0);
    topics.sort_by(|(_, a), (_, b)| a.readiness.total_cmp(&b.readiness));
    topics
}

fn banners(cx: &Cx<'_>, was_cut_off: bool) -> Vec<Banner> {
    let (library, student) = (&cx.world.library, &cx.world.student);
    let mut banners = Vec::new();
    let mut add = |text: String, command, does| banners.push(Banner { text, command, does });
    if let Some(obstacle) = student.store().obstacle() {
        add(format!("Nothing can be saved: {obstacle}"), None, "");
    }
    if was_cut_off {
        let text = "Your last session was cut off; every answer you gave is saved.";
        add(text.to_owned(), Some(Command::Start), "go on");
    }
    if let Some(left) = suggestion::left(cx) {
        add(format!("A round was left: {left}; what you wrote is saved."), Some(Command::Resume), "go on");
    }
    if student.store().newest().is_some_and(|newest| newest.since(cx.now.wall) > CLOCK_IS_OFF) {
        add("The clock is behind your last answer: check this machine's date.".to_owned(), None, "");
    }
    let is_over = |day: StudyDay| day < student.today(cx.now);
    if student.profile().interview.is_some_and(is_over) {
        add("The interview is over. Is there a next one?".to_owned(), Some(Command::Profile), "set the date");
    }
    match library.problems().len() {
        0 => {}
        1 => add("1 problem in your content".to_owned(), Some(Command::Problems), "show it"),
        count => add(format!("{count} problems in your content"), Some(Command::Problems), "show them"),
    }
    banners
}
