//! What a frame costs: every screen at 200×60, median and 99th percentile.
//!
//! `cargo bench --bench frames`. The app is the real one over the built-in content, without a terminal; a frame is laid out and
//! drawn anew each time, as after a key. What counts is the time of the processor: on a machine that is shared, one wait for a
//! turn is longer than forty frames.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use rustix::time::{ClockId, clock_gettime};
use sysdrill::config::Config;
use sysdrill::library::Library;
use sysdrill::time::{Clock, Now};
use sysdrill::tui::app::{App, Looks, Setup};
use sysdrill::tui::frame::{Stroke, strokes};
use sysdrill::tui::host::Scratch;
use sysdrill::tui::route::Route;
use sysdrill::tui::screens;
use sysdrill::tui::theme::{Background, Depth};
use sysdrill::tui::world::World;

const FRAMES: usize = 2_000;
const SIZE: Size = Size { width: 200, height: 60 };

/// A screen and the keys that bring it into the state to be drawn.
const STATES: &[(&str, &str)] = &[
    ("today", ""),
    ("library", ""),
    ("note:consistent-hashing", ""),
    ("note:consistent-hashing", "o"),
    ("cards", ""),
    ("review", ""),
    ("review", "space"),
    ("review", "space 4 space 3 space 2"),
    ("progress", ""),
    ("profile", ""),
    ("today", "?"),
    ("today", "ctrl-p type:cache"),
];

fn main() {
    println!("{:<44}{:>12}{:>12}", "screen at 200x60", "median", "p99");
    for (route, keys) in STATES {
        let mut times = frames(route, keys);
        times.sort_unstable();
        let at = |share: f64| microseconds(times[(times.len() as f64 * share) as usize]);
        println!("{:<44}{:>12}{:>12}", format!("{route} {keys}"), at(0.5), at(0.99));
    }
}

fn frames(route: &str, keys: &str) -> Vec<Duration> {
    let world = World::scratch(Library::built_in()).expect("a scratch store");
    let looks = Looks { depth: Depth::True, background: Background::Dark, unicode: true };
    let start: Route = route.parse().expect("routes always parse");
    let setup = Setup {
        screens: screens::ALL,
        host: Scratch::over(world),
        config: Config::default(),
        looks,
        size: SIZE,
        start,
    };
    let (mut app, _) = App::new(setup, now()).unwrap_or_else(|refusal| panic!("{route}: {refusal}"));
    let mut buffer = Buffer::empty(Rect::from((ratatui::layout::Position::ORIGIN, SIZE)));
    app.draw(&mut buffer);
    for stroke in strokes(keys).expect("keys") {
        match stroke {
            Stroke::Key(key) => app.key(key, now()),
            Stroke::Type(text) => text.chars().for_each(|c| app.key(sysdrill::tui::key::Key::char(c), now())),
        }
        app.draw(&mut buffer);
    }
    let frame = |_| {
        buffer.reset();
        let start = processor_time();
        app.draw(&mut buffer);
        processor_time().saturating_sub(start)
    };
    (0..FRAMES).map(frame).collect()
}

fn now() -> Now {
    Clock::still("2026-11-22T09:00:00+01:00".parse().expect("a moment")).now()
}

/// What this thread has had of the processor so far.
fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec as u32)
}

fn microseconds(time: Duration) -> String {
    format!("{:.0} µs", time.as_secs_f64() * 1e6)
}
