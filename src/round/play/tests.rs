use crate::content::Place;
use crate::round::{Family, Hints, Phase};
use crate::time::{Timestamp, ZoneOffset};

use super::*;

const SCENARIO: &str = r#"
title = "Links"
summary = "Short links."
difficulty = "easy"
minutes = 10
rubric = "hld"
prompt = "Shorten links."
reference = "…"
diagram = "client -> api -> db"

[[clarification]]
question = "How many links?"
asks = [{ subject = "how many", object = "link" }]
answer = "A million a day."

[[drill_down]]
on = "cache"
asks = ["What is in it?", "How does it evict?", "What if it is flushed?"]
answers = ["a", "b", "c"]

[[probe]]
kind = "number"
ask = "Where does that number come from?"
answer = "d"

[[curveball]]
id = "flush"
answer = "e"

[variant]
title = "Private"
prompt = "Now every link is private."
changes = "f"
"#;

const CURVEBALLS: &str = r#"
[[curveball]]
id = "flush"
group = "failure"
phases = ["design"]
when = "cache"
text = "The cache is flushed."
note = "caching-patterns#x"
strong = [{ says = "a", evidence = [{ subject = "a", object = "b" }] }, { says = "b", evidence = [{ subject = "a", object = "b" }] }]
weak = { says = "c", evidence = [{ subject = "a", object = "b" }] }

[[curveball]]
id = "double"
group = "scale"
phases = ["design"]
text = "Twice the users."
note = "caching-patterns#x"
strong = [{ says = "a", evidence = [{ subject = "a", object = "b" }] }, { says = "b", evidence = [{ subject = "a", object = "b" }] }]
weak = { says = "c", evidence = [{ subject = "a", object = "b" }] }
"#;

/// A moment so many seconds after the first, on both clocks.
fn at(seconds: u64) -> Now {
    let passed = Duration::from_secs(seconds);
    Now {
        wall: Timestamp(0).plus(passed),
        awake: passed,
        boot: Duration::from_secs(1_000) + passed,
        offset: ZoneOffset(0),
    }
}

fn phase(id: &str, covers: &str) -> Phase {
    Phase {
        id: id.to_owned(),
        title: id.to_owned(),
        minutes: vec![5],
        covers: vec![covers.to_owned()],
        prompts: vec![format!("{id}?"), format!("And {id}?")],
        nudge: format!("Think of {id}."),
        time: format!("{id} is over."),
        ..Phase::default()
    }
}

/// Ten minutes in two phases.
fn play(strict: bool) -> Play {
    let place = Place { file: String::new(), line: 1, column: 1 };
    let (scenario, problems) =
        Scenario::parse(Family::Hld, "scenarios/hld/links.toml", SCENARIO, &crate::estimate::Numbers::default());
    let mut scenario = scenario.unwrap_or_else(|| panic!("{problems:#?}"));
    let ladder = ["nudge", "pointer", "answer"].map(str::to_owned);
    scenario.hints = vec![Hints { phase: "design".to_owned(), ladder, place: place.clone() }];
    let kind = RoundKind {
        id: "two".to_owned(),
        title: "Two".to_owned(),
        summary: String::new(),
        families: vec![Family::Hld],
        lengths: vec![10],
        default: 10,
        phases: vec![phase("ask", "clarify"), phase("draw", "design")],
        place,
    };
    let rulebook =
        Rulebook { curveballs: crate::round::parse_curveballs("curveballs.toml", CURVEBALLS).0, ..Rulebook::default() };
    let set_up = SetUp {
        scenario: "links".to_owned(),
        kind: "two".to_owned(),
        minutes: 10,
        level: Level::Senior,
        strict,
        variant: false,
        given: Vec::new(),
    };
    Play::new(set_up, Rc::new(scenario), kind, Rc::new(rulebook))
}

fn begun(strict: bool) -> Play {
    let mut play = play(strict);
    play.handle(Event::Begin, at(0));
    play
}

fn last(play: &Play) -> &str {
    play.draft.said.last().map_or("", |said| &said.text)
}

fn write(play: &mut Play, phase: usize, text: &str, seconds: u64) -> Vec<Effect> {
    play.handle(Event::Edited { phase, text: text.to_owned() }, at(seconds))
}

#[test]
fn every_event_in_every_stage_leads_where_the_table_says() {
    use Stage::{Abandoned, Away, Finished, Paused, Ready, Running};
    let stages = [Ready, Running, Paused, Away, Finished, Abandoned];
    let table: [(Event, [Stage; 6]); 9] = [
        (Event::Begin, [Running, Running, Paused, Away, Finished, Abandoned]),
        (Event::Next, stages),
        (Event::Hint, stages),
        (Event::Pause, [Ready, Paused, Paused, Away, Finished, Abandoned]),
        (Event::Resume, [Ready, Running, Running, Away, Finished, Abandoned]),
        (Event::Leave, [Ready, Away, Away, Away, Finished, Abandoned]),
        (Event::Return, [Ready, Running, Running, Running, Finished, Abandoned]),
        (Event::Finish, [Ready, Finished, Finished, Away, Finished, Abandoned]),
        (Event::GiveUp, [Ready, Abandoned, Abandoned, Away, Finished, Abandoned]),
    ];
    for (event, expect) in table {
        for (stage, expect) in stages.into_iter().zip(expect) {
            let mut play = begun(false);
            play.draft.stage = stage;
            play.handle(event.clone(), at(1));
            assert_eq!(play.draft.stage, expect, "{event:?} while {stage:?}");
        }
    }
}

#[test]
fn time_goes_to_the_open_phase() {
    let mut play = begun(false);
    play.handle(Event::Next, at(60));
    assert_eq!((play.spent(0, at(90)), play.spent(1, at(90))), (Duration::from_secs(60), Duration::from_secs(30)));
    play.handle(Event::Back, at(100));
    assert_eq!(play.spent(0, at(110)), Duration::from_secs(70));
    assert_eq!(play.draft.pages[0].visits, 2);
    assert_eq!(play.budget(), Duration::from_secs(600));
}

#[test]
fn a_practice_clock_stands_still_in_a_pause_and_while_the_program_is_closed() {
    let mut play = begun(false);
    play.handle(Event::Pause, at(60));
    play.handle(Event::Resume, at(160));
    assert_eq!(play.spent_in_all(at(170)), Duration::from_secs(70));
    play.handle(Event::Leave, at(170));
    play.handle(Event::Return, at(1_170));
    assert_eq!(play.spent_in_all(at(1_180)), Duration::from_secs(80));
    assert_eq!(play.draft.away, Duration::from_secs(1_100));
}

#[test]
fn a_strict_clock_never_stands_still() {
    let mut play = begun(true);
    assert_eq!(play.handle(Event::Pause, at(60)), []);
    play.handle(Event::Leave, at(70));
    play.handle(Event::Return, at(170));
    assert_eq!(play.spent_in_all(at(180)), Duration::from_secs(180));
}

#[test]
fn a_killed_round_goes_on_as_the_policy_says() {
    for (strict, seconds) in [(false, 70), (true, 270)] {
        let mut play = begun(strict);
        write(&mut play, 0, "notes", 60);
        let kept = serde_json::to_string(&play.draft).expect("a draft is plain data");
        let draft = serde_json::from_str(&kept).expect("what was written is read");
        let mut again = Play::of(draft, Rc::clone(&play.scenario), play.kind.clone(), Rc::clone(&play.rulebook));
        again.handle(Event::Return, at(260));
        assert_eq!(again.spent_in_all(at(270)), Duration::from_secs(seconds));
        assert_eq!(again.draft.pages[0].text, "notes");
    }
}

#[test]
fn a_new_start_of_the_machine_falls_back_to_the_wall_clock() {
    let before = at(500);
    let stamp = Stamp::of(before);
    let after = Now { boot: Duration::from_secs(5), wall: before.wall.plus(Duration::from_secs(30)), ..before };
    assert_eq!(stamp.until(after), Duration::from_secs(30));
    let set_back = Now { wall: Timestamp(0), ..after };
    assert_eq!(stamp.until(set_back), Duration::ZERO);
    let set_while_running = Now { wall: Timestamp(0), ..at(510) };
    assert_eq!(stamp.until(set_while_running), Duration::from_secs(10));
}

#[test]
fn the_bell_rings_two_minutes_before_the_end_and_at_the_end_once() {
    let mut play = begun(false);
    assert_eq!(play.handle(Event::Tick, at(179)), []);
    assert_eq!(play.handle(Event::Tick, at(180)), [Effect::Ring]);
    assert_eq!(play.handle(Event::Tick, at(181)), []);
    assert_eq!(play.handle(Event::Tick, at(300)), [Effect::Ring, Effect::Show]);
    assert_eq!(last(&play), "ask is over.");
    assert_eq!(play.handle(Event::Tick, at(400)), [], "overtime is shown, not rung for");
}

#[test]
fn a_question_is_answered_once() {
    let mut play = begun(false);
    assert_eq!(write(&mut play, 0, "- how many links?", 10), [Effect::Save, Effect::Show]);
    assert_eq!(last(&play), "A million a day.");
    assert_eq!(write(&mut play, 0, "- how many links? how many links?", 20), [Effect::Save]);
    assert_eq!(write(&mut play, 0, "- how many links? how many links?", 30), [], "nothing has changed");
}

#[test]
fn hints_climb_the_ladder_and_end() {
    let mut play = begun(false);
    play.handle(Event::Hint, at(1));
    assert_eq!((last(&play), play.hints_left()), ("Think of ask.", 0));
    assert_eq!(play.handle(Event::Hint, at(2)), []);
    play.handle(Event::Next, at(3));
    let mut given = Vec::new();
    while play.hints_left() > 0 {
        play.handle(Event::Hint, at(4));
        given.push(last(&play).to_owned());
    }
    assert_eq!(given, ["nudge", "pointer", "answer"]);
    assert_eq!(play.hints(), 4);
}

#[test]
fn challenges_go_from_what_was_named_to_what_anybody_may_be_asked() {
    let mut play = begun(false);
    write(&mut play, 0, "api -> cache -> db", 1);
    let mut asked = Vec::new();
    for second in 2..7 {
        play.handle(Event::Challenge, at(second));
        asked.push(last(&play).to_owned());
    }
    let drills = ["What is in it?", "How does it evict?", "What if it is flushed?"];
    assert_eq!(asked[..3], drills);
    assert_eq!(asked[3..], ["Where does that number come from?", "And ask?"]);
}

#[test]
fn a_curveball_is_chosen_by_what_was_written() {
    let thrown = |notes: &str| {
        let mut play = begun(false);
        write(&mut play, 0, notes, 1);
        play.handle(Event::Next, at(10));
        play.handle(Event::Tick, at(100));
        assert_eq!(play.draft.thrown, [], "not in the first half");
        play.handle(Event::Tick, at(170));
        play.handle(Event::Tick, at(200));
        last(&play).to_owned()
    };
    assert_eq!(thrown("api -> cache"), "The cache is flushed.");
    assert_eq!(thrown("api -> db"), "Twice the users.");
}

#[test]
fn the_variant_puts_its_own_task() {
    let mut play = play(false);
    play.draft.set_up.variant = true;
    play.handle(Event::Begin, at(0));
    assert_eq!(play.draft.said[0].text, "Now every link is private.");
}
