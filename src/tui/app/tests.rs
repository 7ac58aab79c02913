//! The app with a screen that writes down what it is told.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use super::{App, Looks, Setup};
use crate::config::{Config, Remap, Spot};
use crate::library::Library;
use crate::time::{Now, Timestamp, ZoneOffset};
use crate::tui::effect::{Effect, Record};
use crate::tui::host::Scratch;
use crate::tui::job::{Inbox, Job, News};
use crate::tui::key::Key;
use crate::tui::picture;
use crate::tui::registry::Entry;
use crate::tui::route::Route;
use crate::tui::screen::{Binding, Cx, Destination, Refusal, Reply, Screen, TextInput};
use crate::tui::world::World;

/// Writes down what it is told, and draws that.
#[derive(Debug, Default)]
struct Diary {
    lines: Vec<String>,
    is_writing: bool,
    awaits_answer: bool,
    inbox: Option<Inbox<u32>>,
}

#[derive(Clone, Copy, Debug)]
enum Command {
    Note(&'static str),
    Write,
    Ask,
    Above,
    Save,
    Count,
    Fail,
}

const fn binding(id: &'static str, keys: &'static [Key], help: &'static str, command: Command) -> Binding<Command> {
    Binding { id, keys, help, command }
}

impl Screen for Diary {
    type Command = Command;

    const KEYS: &'static [Binding<Command>] = &[
        binding("diary.write", &[Key::char('w')], "write", Command::Write),
        binding("diary.good", &[Key::char('3'), Key::ctrl('g')], "good", Command::Note("good")),
        binding("diary.ask", &[Key::char('a')], "ask", Command::Ask),
        binding("diary.above", &[Key::ENTER], "above", Command::Above),
        binding("diary.save", &[Key::char('s')], "save", Command::Save),
        binding("diary.count", &[Key::char('c')], "count", Command::Count),
        binding("diary.fail", &[Key::char('f')], "fail", Command::Fail),
    ];

    fn title(&self, _cx: &Cx<'_>) -> String {
        "Diary above".to_owned()
    }

    fn takes_text(&self) -> bool {
        self.is_writing
    }

    fn takes_answer(&self) -> bool {
        self.awaits_answer
    }

    fn run(&mut self, _cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        match command {
            Command::Note(note) => self.lines.push(note.to_owned()),
            Command::Write => self.is_writing = true,
            Command::Ask => self.awaits_answer = true,
            Command::Above => return vec![Effect::push(Self::default())],
            Command::Save => {
                return vec![Effect::Save(Record::Memory { key: "diary/x".to_owned(), value: "y".to_owned() })];
            }
            Command::Count => {
                let (job, inbox) = Job::new("count", |progress| {
                    progress.at(0.5);
                    42
                });
                self.inbox = Some(inbox);
                return vec![Effect::Start(job)];
            }
            Command::Fail => return vec![Effect::fail("The disk is full."), Effect::Go(Route::to("nowhere"))],
        }
        Vec::new()
    }

    fn text(&mut self, _cx: &Cx<'_>, input: TextInput) -> Vec<Effect> {
        match input {
            TextInput::Key(Key::BACKSPACE) => self.is_writing = false,
            TextInput::Key(key) => self.lines.push(key.to_string()),
            TextInput::Paste(text) => self.lines.push(format!("{text:?}")),
        }
        Vec::new()
    }

    fn receive(&mut self, _cx: &Cx<'_>, reply: Reply) -> Vec<Effect> {
        let found = self.inbox.as_ref().filter(|_| matches!(reply, Reply::Job(_, News::Ended))).and_then(Inbox::take);
        self.lines.push(format!("{reply:?}"));
        self.lines.extend(found.map(|number| format!("counted {number}")));
        Vec::new()
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        for (y, line) in (area.y..area.bottom()).zip(&self.lines) {
            buf.set_string(area.x, y, line, cx.theme.text);
        }
        None
    }
}

/// A second tab, and a page by name.
struct Second(Diary);

impl Destination for Diary {
    const NAME: &'static str = "diary";
    const TITLE: &'static str = "Diary";

    fn open(_cx: &Cx<'_>, argument: Option<&str>) -> Result<Self, Refusal> {
        match argument {
            Some("locked") => Err(Refusal("This diary is locked.".to_owned())),
            _ => Ok(Self::default()),
        }
    }
}

impl Destination for Second {
    const NAME: &'static str = "second";
    const TITLE: &'static str = "Second";

    fn open(_cx: &Cx<'_>, _argument: Option<&str>) -> Result<Self, Refusal> {
        Ok(Self(Diary::default()))
    }
}

impl Screen for Second {
    type Command = ();

    const KEYS: &'static [Binding<()>] = &[];

    fn run(&mut self, _cx: &Cx<'_>, (): ()) -> Vec<Effect> {
        Vec::new()
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        buf.set_string(area.x, area.y, "the second tab", cx.theme.text);
        self.0.draw(cx, Rect { y: area.y + 1, ..area }, buf)
    }
}

const SCREENS: &[Entry] = &[Entry::tab::<Diary>(), Entry::tab::<Second>()];
const SIZE: Size = Size { width: 60, height: 14 };

fn at(millis: u64) -> Now {
    let awake = Duration::from_millis(millis);
    Now { wall: Timestamp(1_763_800_000_000).plus(awake), awake, boot: awake, offset: ZoneOffset(0) }
}

fn app(config: Config) -> App<Scratch> {
    let world = World::scratch(Library::default()).expect("a scratch store");
    let looks = Looks { unicode: true, ..Looks::default() };
    let start = Route::to("diary");
    let setup = Setup { screens: SCREENS, host: Scratch::over(world), config, looks, size: SIZE, start };
    let (app, problems) = App::new(setup, at(0)).expect("the diary opens");
    assert_eq!(problems, []);
    app
}

fn press(app: &mut App<Scratch>, keys: &str) {
    keys.split_whitespace().for_each(|key| app.key(key.parse().expect("a key"), at(0)));
}

/// The rows between header and footer that are not blank.
fn body(app: &mut App<Scratch>) -> Vec<String> {
    let rows = rows(app);
    rows[1..rows.len() - 1].iter().filter(|row| !row.is_empty()).cloned().collect()
}

fn rows(app: &mut App<Scratch>) -> Vec<String> {
    let mut buffer = Buffer::empty(Rect::from((Position::ORIGIN, SIZE)));
    app.draw(&mut buffer);
    picture::text(&buffer).lines().map(str::to_owned).collect()
}

/// Presses keys in a fresh app and compares what the diary has written.
fn check(keys: &str, wrote: &[&str]) {
    let mut app = app(Config::default());
    press(&mut app, keys);
    assert_eq!(body(&mut app), wrote, "{keys}");
}

#[test]
fn a_key_runs_the_command_that_declared_it() {
    check("3", &["good"]);
    check("ctrl-g 3", &["good", "good"]);
    check("x", &[]);
}

#[test]
fn printable_keys_are_text_where_text_is_taken_and_commands_need_a_modifier() {
    check("w 3 ? q", &["3", "?", "q"]);
    check("w ctrl-g", &["good"]);
    check("w left", &["left"]);
    check("w 3 backspace 3", &["3", "good"]);
}

#[test]
fn digits_switch_tabs_unless_an_answer_is_awaited() {
    check("2", &["the second tab"]);
    check("a 2 3", &["good"]);
    check("3 2 1", &["good", "Shown"]);
}

#[test]
fn esc_leads_back_step_by_step_and_home() {
    let mut app = app(Config::default());
    press(&mut app, "enter enter");
    assert!(!app.is_home());
    assert_eq!(rows(&mut app)[0], " Diary above");
    press(&mut app, "esc esc");
    assert!(app.is_home());
    press(&mut app, "2 esc");
    assert!(app.is_home());
    press(&mut app, "? esc ctrl-p esc esc esc");
    assert!(app.is_home() && !app.is_ending());
}

#[test]
fn q_quits_from_a_root_only_and_ctrl_c_from_anywhere() {
    for (keys, ends) in [("q", true), ("enter q", false), ("w q", false), ("w ctrl-c", true), ("ctrl-p ctrl-c", true)] {
        let mut app = app(Config::default());
        press(&mut app, keys);
        assert_eq!(app.is_ending(), ends, "{keys}");
    }
}

#[test]
fn a_screen_is_told_before_it_is_left_and_the_one_below_that_it_is_seen_again() {
    check("enter esc", &["Shown"]);
    let mut app = app(Config::default());
    app.end(at(0));
    assert_eq!(body(&mut app), ["Closing"]);
}

#[test]
fn a_save_is_answered_and_a_failed_one_says_why() {
    check("s", &["Saved(Ok(()))"]);
    let mut app = app(Config::default());
    app.host_mut().obstacle = Some("The disk is full.".to_owned());
    press(&mut app, "s");
    assert_eq!(body(&mut app), ["Saved(Err(\"The disk is full.\"))"]);
}

#[test]
fn a_job_reports_and_its_result_is_in_the_inbox() {
    check("c", &["Job(\"count\", Progress(0.5))", "Job(\"count\", Ended)", "counted 42"]);
}

#[test]
fn news_for_a_screen_that_was_left_are_dropped() {
    let mut app = app(Config::default());
    press(&mut app, "enter c esc");
    app.news(crate::tui::host::Ticket(99), News::Ended, at(0));
    assert_eq!(body(&mut app), ["Shown"]);
}

#[test]
fn a_paste_is_one_edit_and_never_a_command() {
    let mut app = app(Config::default());
    app.paste("q\u{3}3", at(0));
    assert_eq!(body(&mut app), Vec::<String>::new());
    press(&mut app, "w");
    app.paste("one\r\ntwo\u{1b}[31m\tq", at(0));
    assert_eq!(body(&mut app), ["\"one\\ntwo[31m\\tq\""]);
    assert!(!app.is_ending());
}

#[test]
fn a_toast_is_shown_and_passes() {
    let mut app = app(Config::default());
    press(&mut app, "f");
    let shown = rows(&mut app).join("\n");
    assert!(shown.contains("✗ The disk is full."), "{shown}");
    assert!(shown.contains("There is no screen `nowhere`. There are diary,"), "{shown}");
    assert!(shown.contains("│ second."), "the sentence goes on below: {shown}");
    assert_eq!(app.next_wake(at(0)), Some(Duration::from_secs(8)));
    app.tick(at(8_001));
    assert_eq!(body(&mut app), Vec::<String>::new());
    assert_eq!(app.next_wake(at(8_001)), None);
}

#[test]
fn keys_can_be_changed_and_every_place_shows_the_new_ones() {
    let keys = vec![Remap { binding: "diary.good".to_owned(), keys: vec!["x".to_owned()], at: Spot::default() }];
    let mut app = app(Config { keys, ..Config::default() });
    press(&mut app, "3 x");
    assert_eq!(body(&mut app), ["good"]);
    let footer = rows(&mut app).pop().expect("a footer");
    assert!(footer.contains("x good"), "{footer}");
    press(&mut app, "?");
    assert!(rows(&mut app).iter().any(|row| row.contains("x") && row.contains("good")));
}

#[test]
fn help_and_palette_run_what_they_show() {
    check("? g o o d enter", &["Shown", "good"]);
    check("ctrl-p g o o d enter", &["Shown", "good"]);
    check("ctrl-p s e c o n enter", &["the second tab"]);
}

#[test]
fn a_choice_of_theme_is_remembered() {
    let mut app = app(Config::default());
    press(&mut app, "ctrl-p l i g h t enter");
    let saved = Record::Memory { key: "app/theme".to_owned(), value: "light".to_owned() };
    assert_eq!(app.host().saved, [saved]);
}

#[test]
fn a_screen_that_cannot_be_opened_says_so() {
    let world = World::scratch(Library::default()).expect("a scratch store");
    let (config, looks, start) = (Config::default(), Looks::default(), Route::at("diary", "locked"));
    let setup = Setup { screens: SCREENS, host: Scratch::over(world), config, looks, size: SIZE, start };
    let refusal = App::new(setup, at(0)).err().expect("locked");
    assert_eq!(refusal.to_string(), "This diary is locked.");
}

#[test]
fn below_the_least_size_it_says_what_it_needs() {
    let mut app = app(Config::default());
    let mut buffer = Buffer::empty(Rect::new(0, 0, 39, 12));
    app.draw(&mut buffer);
    assert!(picture::text(&buffer).contains("needs at least 40x12"), "{}", picture::text(&buffer));
    for (width, height) in [(0, 0), (1, 1), (300, 0), (0, 100), (3, 100)] {
        app.draw(&mut Buffer::empty(Rect::new(0, 0, width, height)));
    }
}
