//! The app on a stage: a library of two notes, a student of whom nothing is known, a clock that stands still.

use std::path::Path;

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use sysdrill::config::Config;
use sysdrill::library::Library;
use sysdrill::time::{Clock, Now};
use sysdrill::tui::app::{App, Looks, Setup};
use sysdrill::tui::effect::Record;
use sysdrill::tui::frame::{Stroke, strokes};
use sysdrill::tui::host::Scratch;
use sysdrill::tui::key::Key;
use sysdrill::tui::route::Route;
use sysdrill::tui::theme::{Background, Depth};
use sysdrill::tui::world::World;
use sysdrill::tui::{picture, screens};

/// The app at one size.
pub(crate) struct Stage {
    pub(crate) app: App<Scratch>,
    size: Size,
}

pub(crate) fn now() -> Now {
    Clock::still("2026-11-22T09:00:00+01:00".parse().expect("a moment")).now()
}

impl Stage {
    /// Opens a screen with colours and Unicode.
    pub(crate) fn open(route: &str, width: u16, height: u16) -> Self {
        Self::open_with(route, width, height, Config::default(), Depth::True)
    }

    /// Opens a screen in a world where some records were saved before.
    pub(crate) fn with(route: &str, width: u16, height: u16, saved: &[Record]) -> Self {
        let mut stage = Self::over(route, width, height, Config::default(), Depth::True, saved);
        stage.draw();
        stage
    }

    pub(crate) fn open_with(route: &str, width: u16, height: u16, config: Config, depth: Depth) -> Self {
        let mut stage = Self::over(route, width, height, config, depth, &[]);
        stage.draw();
        stage
    }

    /// The same before its first frame.
    pub(crate) fn undrawn(route: &str, width: u16, height: u16) -> Self {
        Self::over(route, width, height, Config::default(), Depth::True, &[])
    }

    fn over(route: &str, width: u16, height: u16, config: Config, depth: Depth, saved: &[Record]) -> Self {
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/tui/content");
        let mut world = World::scratch(Library::only(&content)).expect("a scratch store");
        saved.iter().for_each(|record| world.save(record, now()).expect("it was saved before"));
        let looks = Looks { depth, background: Background::Dark, unicode: true };
        let size = Size { width, height };
        let start: Route = route.parse().expect("routes always parse");
        let setup = Setup { screens: screens::ALL, host: Scratch::over(world), config, looks, size, start };
        let (app, _) = App::new(setup, now()).unwrap_or_else(|refusal| panic!("{route}: {refusal}"));
        Self { app, size }
    }

    /// Presses keys, written as for `sysdrill frame --keys`, drawing after each as the loop does.
    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        for stroke in strokes(keys).expect("keys") {
            match stroke {
                Stroke::Key(key) => self.key(key),
                Stroke::Type(text) => text.chars().for_each(|c| self.key(Key::char(c))),
            }
        }
        self
    }

    fn key(&mut self, key: Key) {
        self.app.key(key, now());
        self.draw();
    }

    pub(crate) fn resize(&mut self, width: u16, height: u16) {
        self.size = Size { width, height };
        self.app.resize(self.size);
    }

    pub(crate) fn draw(&mut self) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.size.width, self.size.height));
        self.app.draw(&mut buffer);
        buffer
    }

    pub(crate) fn text(&mut self) -> String {
        picture::text(&self.draw())
    }
}
