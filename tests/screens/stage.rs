//! A stage for the screens: the real app over a scratch store, with a clock that stands until it is moved.

use std::path::Path;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use sysdrill::config::Config;
use sysdrill::library::Library;
use sysdrill::store::Store;
use sysdrill::time::{Moment, Now, Timestamp};
use sysdrill::tui::app::{App, Looks, Setup};
use sysdrill::tui::effect::Record;
use sysdrill::tui::host::Scratch;
use sysdrill::tui::screens;
use sysdrill::tui::world::World;

/// The app on a stage.
pub struct Stage {
    /// The app.
    pub app: App<Scratch>,
    now: Now,
    size: Size,
}

impl Stage {
    /// The app at a route such as `review:caching`, over the six cards of `tests/data/study`, one of each kind.
    pub fn at(route: &str) -> Self {
        Self::over(small_world(), route, Size::new(80, 24))
    }

    /// The app at a route over any world.
    pub fn over(world: World, route: &str, size: Size) -> Self {
        let looks = Looks { unicode: true, ..Looks::default() };
        let start = route.parse().expect("every text is a route");
        let host = Scratch::over(world);
        let setup = Setup { screens: screens::ALL, host, config: Config::default(), looks, size, start };
        let now = start_of_the_play();
        let (app, problems) = App::new(setup, now).expect("the route leads somewhere");
        assert_eq!(problems, []);
        Self { app, now, size }
    }

    /// Presses keys between blanks; `type:some_text` types, with blanks for underscores.
    #[must_use]
    pub fn press(mut self, keys: &str) -> Self {
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
    pub fn wait(mut self, seconds: u64) -> Self {
        let span = Duration::from_secs(seconds);
        self.now = Now {
            wall: self.now.wall.plus(span),
            awake: self.now.awake + span,
            boot: self.now.boot + span,
            ..self.now
        };
        self.app.tick(self.now);
        self
    }

    /// Changes the size of the terminal.
    #[must_use]
    pub fn sized(mut self, width: u16, height: u16) -> Self {
        self.size = Size::new(width, height);
        self.app.resize(self.size);
        self
    }

    /// Makes every save fail from now on, or none.
    #[must_use]
    pub fn obstructed(mut self, obstacle: Option<&str>) -> Self {
        self.app.host_mut().obstacle = obstacle.map(str::to_owned);
        self
    }

    /// What is drawn.
    pub fn frame(&mut self) -> Buffer {
        let mut buf = Buffer::empty(Rect::new(0, 0, self.size.width, self.size.height));
        self.app.draw(&mut buf);
        buf
    }

    /// What is drawn, as text.
    pub fn text(&mut self) -> String {
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
    pub fn saved(&self) -> &[Record] {
        &self.app.host().saved
    }

    /// Ends the app and begins it anew with the same store, `days` later at the same hour.
    #[must_use]
    pub fn come_back(self, days: i64, route: &str) -> Self {
        let Self { app, now, size } = self;
        let mut world = small_world();
        for record in &app.host().saved {
            world.save(record, now).expect("the records were saved before");
        }
        let mut stage = Self::over(world, route, size);
        stage.now.wall = Timestamp(start_of_the_play().wall.0 + days * 86_400_000);
        // The screens count when they are shown.
        stage.app.tick(stage.now);
        stage
    }
}

/// Six cards, one of each kind, in two topics.
pub fn small_world() -> World {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/study");
    let library = Library::only(&folder);
    assert_eq!(library.problems(), []);
    World::new(library, Store::scratch().expect("a store in memory"), Vec::new(), 7).expect("it can be read")
}

/// When every play begins: a Sunday morning.
pub fn start_of_the_play() -> Now {
    let moment: Moment = "2026-11-22T09:00:00+01:00".parse().expect("a moment");
    Now { wall: moment.wall, awake: Duration::ZERO, boot: Duration::ZERO, offset: moment.offset }
}
