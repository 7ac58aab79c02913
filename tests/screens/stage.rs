//! A stage for the screens: the real app over a scratch store, with a clock that stands until it is moved.

use std::path::Path;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use sysdrill::config::Config;
use sysdrill::library::Library;
use sysdrill::recall::{self, Input, Rating};
use sysdrill::store::{Profile, Store};
use sysdrill::time::{Moment, Now, Timestamp};
use sysdrill::tui::app::{App, Looks, Setup};
use sysdrill::tui::effect::Record;
use sysdrill::tui::host::Scratch;
use sysdrill::tui::screens;
use sysdrill::tui::world::{Plan, World};

/// The app on a stage.
pub(crate) struct Stage {
    /// The app.
    pub(crate) app: App<Scratch>,
    now: Now,
    size: Size,
}

impl Stage {
    /// The app at a route such as `review:caching`, over the six cards of `tests/data/study`, one of each kind.
    pub(crate) fn at(route: &str) -> Self {
        Self::over(small_world(), route, Size::new(80, 24))
    }

    /// The app at a route over any world.
    pub(crate) fn over(world: World, route: &str, size: Size) -> Self {
        Self::starting(world, route, size, start_of_the_play())
    }

    fn starting(world: World, route: &str, size: Size, now: Now) -> Self {
        let looks = Looks { unicode: true, ..Looks::default() };
        let start = route.parse().expect("every text is a route");
        let host = Scratch::over(world);
        let setup = Setup { screens: screens::ALL, host, config: Config::default(), looks, size, start };
        let (app, problems) = App::new(setup, now).expect("the route leads somewhere");
        assert_eq!(problems, []);
        Self { app, now, size }
    }

    /// Presses keys between blanks; `type:some_text` types, with blanks for underscores.
    #[must_use]
    pub(crate) fn press(mut self, keys: &str) -> Self {
        for key in keys.split_whitespace() {
            match key.strip_prefix("type:") {
                Some(text) => text.chars().for_each(|c| {
                    let c = if c == '_' { ' ' } else { c };
                    self.app.key(sysdrill::tui::key::Key::char(c), self.now);
                }),
                None => self.app.key(key.parse().expect("a key"), self.now),
            }
        }
        self
    }

    /// Lets time pass.
    #[must_use]
    pub(crate) fn wait(mut self, seconds: u64) -> Self {
        self.now = later(self.now, Duration::from_secs(seconds));
        self.app.tick(self.now);
        self
    }

    /// Lets time pass while keys keep the app from waking.
    #[must_use]
    pub(crate) fn passes(mut self, seconds: u64) -> Self {
        self.now = later(self.now, Duration::from_secs(seconds));
        self
    }

    /// Changes the size of the terminal.
    #[must_use]
    pub(crate) fn sized(mut self, width: u16, height: u16) -> Self {
        self.size = Size::new(width, height);
        self.app.resize(self.size);
        self
    }

    /// Makes every save fail from now on, or none.
    #[must_use]
    pub(crate) fn obstructed(mut self, obstacle: Option<&str>) -> Self {
        self.app.host_mut().obstacle = obstacle.map(str::to_owned);
        self
    }

    /// What is drawn.
    pub(crate) fn frame(&mut self) -> Buffer {
        let mut buf = Buffer::empty(Rect::new(0, 0, self.size.width, self.size.height));
        self.app.draw(&mut buf);
        buf
    }

    /// What is drawn, as text.
    pub(crate) fn text(&mut self) -> String {
        let buf = self.frame();
        let row = |y| {
            let mut row = String::new();
            let mut hidden = 0;
            for x in 0..buf.area.width {
                let symbol = buf[(x, y)].symbol();
                if hidden == 0 {
                    row.push_str(symbol);
                    hidden = unicode_width::UnicodeWidthStr::width(symbol).saturating_sub(1);
                } else {
                    hidden -= 1;
                }
            }
            row.trim_end().to_owned()
        };
        (0..buf.area.height).map(row).collect::<Vec<_>>().join("\n")
    }

    /// The records that were saved.
    pub(crate) fn saved(&self) -> &[Record] {
        &self.app.host().saved
    }

    /// Ends the app and begins it anew with the same store, `days` later at the same hour.
    #[must_use]
    pub(crate) fn come_back(self, days: i32, route: &str) -> Self {
        let Self { app, now, size } = self;
        let mut world = small_world();
        for record in &app.host().saved {
            world.save(record, now).expect("the records were saved before");
        }
        Self::starting(world, route, size, earlier(-days))
    }
}

/// Six cards, one of each kind, in two topics.
pub(crate) fn small_world() -> World {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/study");
    let library = Library::only(&folder);
    assert_eq!(library.problems(), []);
    World::new(library, Store::scratch().expect("a store in memory"), Vec::new(), 7).expect("it can be read")
}

/// A world whose student has studied on each of the `days` before the play and answers about nine of ten cards.
pub(crate) fn practised(mut world: World, days: i32, profile: Profile) -> World {
    let mut chance = sysdrill::rng::stream(3, "answers");
    let write = |world: &mut World, record: Record, now| world.save(&record, now).expect("a store in memory takes all");
    write(&mut world, Record::Profile(profile), earlier(days + 1));
    for day in (1..=days).rev() {
        let mut now = earlier(day);
        let mut session = world.student.session(world.library.cards(), &Plan::default(), now);
        while session.card().is_some() {
            now = later(now, Duration::from_secs(9));
            session.step(now, Input::Turn);
            let rating = match chance.below(20) {
                0 | 1 => Rating::Again,
                2 | 3 => Rating::Hard,
                4 => Rating::Easy,
                _ => Rating::Good,
            };
            for recall::Effect::Save(event) in session.step(now, Input::Grade(rating)) {
                let item = event.item.clone();
                write(&mut world, Record::Event(event), now);
                session.step(now, Input::Saved(world.student.state().get(&item)));
            }
        }
    }
    world
}

fn later(now: Now, span: Duration) -> Now {
    Now { wall: now.wall.plus(span), awake: now.awake + span, boot: now.boot + span, ..now }
}

/// The hour of the play, some days before.
fn earlier(days: i32) -> Now {
    let now = start_of_the_play();
    Now { wall: Timestamp(now.wall.0 - i64::from(days) * 86_400_000), ..now }
}

/// When every play begins: a Sunday morning.
pub(crate) fn start_of_the_play() -> Now {
    let moment: Moment = "2026-11-22T09:00:00+01:00".parse().expect("a moment");
    Now { wall: moment.wall, awake: Duration::ZERO, boot: Duration::ZERO, offset: moment.offset }
}
