use rstest::rstest;

use super::*;
use crate::content::Stored;
use crate::estimate::Numbers;
use crate::round::{Judged, Level, Rubric, Rulebook, Scenario, SelfScore, report};
use crate::time::{Timestamp, ZoneOffset};

/// A scenario, a rubric, a kind and two curveballs, as small as they can be.
const FILES: [(&str, &str); 4] = [
    (
        "scenarios/hld/chat.toml",
        r#"
title = "Chat"
summary = "Messages between two people."
difficulty = "easy"
minutes = 10
topics = []
rubric = "hld"
short = true
prompt = "Design a chat."
diagram = "client -> api"
reference = "Messages lie under their conversation."

[[clarification]]
question = "How many messages?"
asks = [{ subject = "how many", object = "message" }]
answer = "Two million a day."
sets = { sent = "2M msg/day" }

[[input]]
name = "sent"
title = "Messages sent"
value = "1M msg/day"
of = "sent"

[[estimate]]
name = "rate"
title = "Rate"
expression = "sent to msg/s"
why = "It is small."
golden = "11.6 msg/s"

[[checkpoint]]
id = "key"
phase = "design"
dimension = "data"
level = "mid"
says = "The conversation is the key."
evidence = [{ subject = "conversation", object = "key" }]

[[drill_down]]
on = "cache"
asks = ["What is in it?", "How does it work?", "How does it fail?"]
answers = ["a", "b", "c"]

[[hint]]
phase = "design"
nudge = "Nudge."
pointer = "Pointer."
answer = "Answer."

[[curveball]]
id = "flushed"
answer = "One fills."

[[curveball]]
id = "grown"
answer = "Split."
"#,
    ),
    (
        "scenarios/rubrics/hld.toml",
        r#"
title = "HLD"
for = ["hld"]

[[dimension]]
id = "data"
title = "Data"
critical = true
mid = ["1", "2", "3", "4"]
senior = ["1", "2", "3", "4"]
staff = ["1", "2", "3", "4"]

[[dimension]]
id = "curveballs"
title = "Curveballs"
shown = "curveballs"
mid = ["1", "2", "3", "4"]
senior = ["1", "2", "3", "4"]
staff = ["1", "2", "3", "4"]
"#,
    ),
    (
        "scenarios/rounds/short.toml",
        r#"
title = "Short"
summary = "Two phases."
for = ["hld"]
lengths = [10]
default = 10

[[phase]]
id = "clarify"
title = "Clarify"
minutes = [4]
covers = ["clarify"]
goal = "g"
exit = "e"
prompts = ["What do you need to know?", "More?"]
nudge = "Ask."
time = "Go on."

[[phase]]
id = "design"
title = "Design"
minutes = [6]
covers = ["design"]
goal = "g"
exit = "e"
prompts = ["Draw it.", "Walk me through."]
nudge = "Start."
time = "That is time."
"#,
    ),
    (
        "scenarios/curveballs.toml",
        r#"
[[curveball]]
id = "flushed"
group = "failure"
phases = ["design"]
when = "cache"
text = "The cache is empty."
strong = [
    { says = "One fills.", evidence = [{ subject = "lock", object = "key" }] },
    { says = "Others wait.", evidence = [{ subject = "request", relation = "wait" }] },
]
weak = { says = "Adds nodes.", evidence = [{ subject = "add", object = "node" }] }
note = "caching"

[[curveball]]
id = "grown"
group = "scale"
phases = ["design"]
text = "It grew."
strong = [
    { says = "Splits.", evidence = [{ subject = "split", object = "key" }] },
    { says = "Says when.", evidence = [{ subject = "full", object = "month" }] },
]
weak = { says = "Adds nodes.", evidence = [{ subject = "add", object = "node" }] }
note = "caching"
"#,
    ),
];

fn files() -> Vec<Stored<'static>> {
    FILES.iter().map(|&(path, text)| Stored { path: path.into(), file: path.into(), text: text.into() }).collect()
}

fn round(mode: Mode) -> Round {
    let files = files();
    let (rulebook, problems) = Rulebook::read(&files);
    assert_eq!(problems, []);
    let (scenario, problems) = Scenario::find(&files, "chat", &Numbers::default()).expect("the scenario is there");
    assert_eq!(problems, []);
    let kind = rulebook.kinds.get("short").expect("the kind is there").clone();
    let script = Script::new(scenario.expect("it can be read"), kind, &rulebook);
    let setup = Setup {
        scenario: "chat".to_owned(),
        kind: "short".to_owned(),
        minutes: 10,
        level: Level::Mid,
        mode,
        variant: false,
        given: Vec::new(),
    };
    Round::new(Arc::new(script), setup)
}

/// A moment so many seconds after the start, the machine awake all the time.
fn at(seconds: u64) -> Now {
    let since = Duration::from_secs(seconds);
    Now { wall: Timestamp(seconds as i64 * 1000), awake: since, boot: since, offset: ZoneOffset(0) }
}

fn typed(text: &str) -> Event {
    Event::Edited { text: text.to_owned() }
}

/// Brings a round to a stage.
fn at_stage(stage: Stage, mode: Mode) -> Round {
    let mut round = round(mode);
    let way: &[Event] = match stage {
        Stage::Ready => &[],
        Stage::Running => &[Event::Begin],
        Stage::Paused => &[Event::Begin, Event::Pause],
        Stage::Finished => &[Event::Begin, Event::Finish],
        Stage::GivenUp => &[Event::Begin, Event::GiveUp],
    };
    for event in way {
        round.handle(event.clone(), at(0));
    }
    assert_eq!(round.stage(), stage);
    round
}

/// A round in its second phase, two seconds after the start, with these notes.
fn in_design(notes: &str) -> Round {
    let mut round = at_stage(Stage::Running, Mode::Practice);
    round.handle(Event::NextPhase, at(1));
    round.handle(typed(notes), at(2));
    round
}

/// What the interviewer said in lines of a kind.
fn said(round: &Round, is_wanted: impl Fn(&LineKind) -> bool) -> Vec<&str> {
    round.lines().iter().filter(|line| is_wanted(&line.kind)).map(|line| &*line.text).collect()
}

#[rstest]
#[case(Stage::Ready, Event::Begin, Stage::Running, 0)]
#[case(Stage::Ready, typed("a"), Stage::Ready, 0)]
#[case(Stage::Ready, Event::NextPhase, Stage::Ready, 0)]
#[case(Stage::Ready, Event::Pause, Stage::Ready, 0)]
#[case(Stage::Ready, Event::Finish, Stage::Ready, 0)]
#[case(Stage::Running, Event::Begin, Stage::Running, 0)]
#[case(Stage::Running, typed("a"), Stage::Running, 0)]
#[case(Stage::Running, Event::NextPhase, Stage::Running, 1)]
#[case(Stage::Running, Event::Back, Stage::Running, 0)]
#[case(Stage::Running, Event::HintAsked, Stage::Running, 0)]
#[case(Stage::Running, Event::ProbeAsked, Stage::Running, 0)]
#[case(Stage::Running, Event::Pause, Stage::Paused, 0)]
#[case(Stage::Running, Event::Resume, Stage::Running, 0)]
#[case(Stage::Running, Event::Reopened, Stage::Running, 0)]
#[case(Stage::Running, Event::TimePassed, Stage::Running, 0)]
#[case(Stage::Running, Event::Finish, Stage::Finished, 0)]
#[case(Stage::Running, Event::GiveUp, Stage::GivenUp, 0)]
#[case(Stage::Paused, Event::Resume, Stage::Running, 0)]
#[case(Stage::Paused, Event::NextPhase, Stage::Paused, 0)]
#[case(Stage::Paused, typed("a"), Stage::Paused, 0)]
#[case(Stage::Paused, Event::Finish, Stage::Finished, 0)]
#[case(Stage::Paused, Event::GiveUp, Stage::GivenUp, 0)]
#[case(Stage::Finished, Event::Begin, Stage::Finished, 0)]
#[case(Stage::Finished, Event::NextPhase, Stage::Finished, 0)]
#[case(Stage::Finished, Event::GiveUp, Stage::GivenUp, 0)]
#[case(Stage::GivenUp, Event::Resume, Stage::GivenUp, 0)]
fn transitions(#[case] from: Stage, #[case] event: Event, #[case] to: Stage, #[case] phase: usize) {
    let mut round = at_stage(from, Mode::Practice);
    round.handle(event, at(1));
    // Whoever has finished cannot give up any more.
    let to = if from == Stage::Finished { Stage::Finished } else { to };
    assert_eq!((round.stage(), round.phase()), (to, phase));
}

#[test]
fn strict_rounds_have_no_pause_and_count_the_time_away() {
    for (mode, away) in [(Mode::Strict, 100), (Mode::Practice, 0)] {
        let mut round = at_stage(Stage::Running, mode);
        round.handle(Event::Pause, at(0));
        round.handle(Event::Resume, at(0));
        round.handle(Event::TimePassed, at(10));
        round.handle(Event::Reopened, at(110));
        assert_eq!(round.spent(at(110)).1, Duration::from_secs(10 + away), "{mode:?}");
    }
    assert_eq!(at_stage(Stage::Running, Mode::Strict).handle(Event::Pause, at(1)), []);
}

#[test]
fn a_pause_stops_the_clock_and_overtime_is_counted_on() {
    let mut round = at_stage(Stage::Running, Mode::Practice);
    round.handle(Event::Pause, at(10));
    round.handle(Event::Resume, at(500));
    assert_eq!(round.spent(at(505)), (Duration::from_secs(15), Duration::from_secs(15)));
    round.handle(Event::TimePassed, at(500 + 900));
    assert_eq!(round.stage(), Stage::Running, "nobody is cut off");
    assert_eq!(round.phases()[0].spent, Duration::from_secs(910));
}

#[test]
fn bells_ring_once_at_two_minutes_and_at_zero() {
    let mut round = at_stage(Stage::Running, Mode::Practice);
    let mut rung = Vec::new();
    for second in 1..=700 {
        let effects = round.handle(Event::TimePassed, at(second));
        rung.extend(effects.into_iter().filter_map(|effect| match effect {
            Effect::Ring(bell) => Some((second, bell)),
            _ => None,
        }));
    }
    let wanted = [(120, Bell::PhaseSoon), (240, Bell::PhaseOver), (480, Bell::RoundSoon), (600, Bell::RoundOver)];
    assert_eq!(rung, wanted);
}

#[test]
fn notes_are_saved_within_two_seconds() {
    let mut round = at_stage(Stage::Running, Mode::Practice);
    assert!(!round.handle(typed("a"), at(10)).contains(&Effect::SaveDraft));
    let wake = round.next_wake(at(10)).expect("there is something to do");
    assert!(wake < Duration::from_secs(2), "{wake:?}");
    assert!(round.handle(Event::TimePassed, at(12)).contains(&Effect::SaveDraft));
    assert!(!round.handle(Event::TimePassed, at(14)).contains(&Effect::SaveDraft), "nothing new");
}

#[test]
fn questions_are_answered_once_and_the_answer_changes_the_inputs() {
    let mut round = at_stage(Stage::Running, Mode::Practice);
    let shown = |effects: Vec<Effect>| -> Vec<String> {
        effects
            .into_iter()
            .filter_map(|effect| match effect {
                Effect::Show(line) => Some(line.text),
                _ => None,
            })
            .collect()
    };
    assert_eq!(shown(round.handle(typed("How many messages"), at(1))), [""; 0]);
    assert_eq!(shown(round.handle(typed("How many messages a day?"), at(2))), ["Two million a day."]);
    assert_eq!(shown(round.handle(typed("How many messages a day?\nand"), at(3))), [""; 0]);
    let up_to_you = shown(round.handle(typed("How many messages a day?\nWhich colour?"), at(4)));
    assert!(up_to_you[0].starts_with("That is up to you"), "{up_to_you:?}");
    assert_eq!(round.sets(), [("sent".to_owned(), "2M msg/day".to_owned())]);
}

#[test]
fn hints_climb_a_ladder_and_cost_independence() {
    let mut round = at_stage(Stage::Running, Mode::Practice);
    round.handle(Event::HintAsked, at(1));
    round.handle(Event::HintAsked, at(2));
    round.handle(Event::NextPhase, at(3));
    for second in 4..9 {
        round.handle(Event::HintAsked, at(second));
    }
    let hints = said(&round, |kind| matches!(kind, LineKind::Hint(_)));
    assert_eq!(hints, ["Ask.", "Nudge.", "Pointer.", "Answer."]);
    assert_eq!(judged(&round).independence, 1);
    assert_eq!(judged(&at_stage(Stage::Running, Mode::Practice)).independence, 4);
}

#[rstest]
#[case("a cache for messages", "flushed")]
#[case("nothing of the kind", "grown")]
fn the_curveball_is_chosen_by_what_the_notes_contain(#[case] notes: &str, #[case] wanted: &str) {
    let mut round = in_design(notes);
    assert_eq!(round.thrown(), []);
    round.handle(Event::TimePassed, at(1 + 180));
    assert_eq!(round.thrown().iter().map(|thrown| thrown.id.as_str()).collect::<Vec<_>>(), [wanted]);
}

#[test]
fn an_answer_to_a_curveball_is_judged_by_its_signs() {
    let mut round = in_design("a cache");
    round.handle(Event::TimePassed, at(200));
    let text = "A lock on the key lets one fill it.".to_owned();
    round.handle(Event::CurveballAnswered { id: "flushed".to_owned(), text }, at(210));
    let results = round.curveball_results();
    assert_eq!((results[0].strong, results[0].weak), (1, false));
}

#[test]
fn drill_downs_follow_what_was_named() {
    let mut round = at_stage(Stage::Running, Mode::Practice);
    round.handle(typed("redis cache"), at(1));
    for second in 2..6 {
        round.handle(Event::ProbeAsked, at(second));
    }
    let probes = said(&round, |kind| *kind == LineKind::Probe);
    assert_eq!(probes, ["What is in it?", "How does it work?", "How does it fail?", "More?"]);
}

fn rubric() -> Rubric {
    let (rulebook, _) = Rulebook::read(&files());
    rulebook.rubric("hld").expect("the rubric is there").clone()
}

fn judged(round: &Round) -> Judged {
    Judged::of(round, &rubric(), &[], &Numbers::default())
}

#[test]
fn a_recording_replays_to_the_same_report() {
    let mut round = at_stage(Stage::Running, Mode::Practice);
    let mut second = 0;
    let mut type_slowly = |round: &mut Round, text: &str| {
        for end in 1..=text.len() {
            second += 1;
            round.handle(typed(&text[..end]), at(second));
            second += 1;
            round.handle(Event::TimePassed, at(second));
        }
    };
    type_slowly(&mut round, "How many messages a day?");
    round.handle(Event::NextPhase, at(100));
    round.handle(typed("The conversation is the key of a message. A cache holds the newest."), at(150));
    round.handle(Event::TimePassed, at(400));
    round.handle(Event::Back, at(420));
    round.handle(Event::NextPhase, at(430));
    round.handle(Event::Finish, at(500));
    let recording = round.recording();
    assert!(recording.events.len() < 14, "typing is kept as its last state: {}", recording.events.len());
    let file = Recording::parse(&recording.to_lines()).expect("it reads back");
    assert_eq!(file, recording);
    let again = Round::replay(Arc::new(round.script().clone()), &file);
    let page = |round: &Round| report(round, &judged(round), &rubric(), &SelfScore::default());
    assert_eq!(page(&again), page(&round));
    assert!(page(&round).contains("The conversation is the key"));
    assert_eq!(again.phases()[1].visits, 2);
}
