//! What a key costs in a running round whose notes are long: from the key to the drawn frame, median, 99th percentile, worst.
//!
//! `cargo bench --bench typing`. The app is the real one without a terminal, at 120×40, with 20 KB of notes in the open phase and a
//! sheet and a design among them; time moves on between keys as for a fast typist, so saves of the draft and the redrawing of the
//! design fall into it as they do in life. The store is in memory: what a disk adds is measured by nothing here.

use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use sysdrill::config::Config;
use sysdrill::library::Library;
use sysdrill::time::{Clock, Now};
use sysdrill::tui::app::{App, Looks, Setup};
use sysdrill::tui::host::Scratch;
use sysdrill::tui::key::Key;
use sysdrill::tui::route::Route;
use sysdrill::tui::screens;
use sysdrill::tui::theme::{Background, Depth};
use sysdrill::tui::world::World;

const SIZE: Size = Size { width: 120, height: 40 };
const NOTES: usize = 20_000;
const KEYS: usize = 2_000;
/// Between two keys.
const PACE: Duration = Duration::from_millis(90);

fn main() {
    let typed = |text: &str| text.chars().map(Key::char).collect::<Vec<_>>();
    let prose = typed("the cache holds what is asked for most, so that the database rests; ");
    let sheet = typed("> peak = 1M write/day * 10 to write/s ");
    let design = typed("client -> lb -> api*3 -> {cache, db} ");
    for (name, keys) in [("prose", prose), ("a sheet line", sheet), ("a design line", design)] {
        let mut times = times(&keys);
        times.sort_unstable();
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
        println!("{name:<16} median {:>7.3} ms   p99 {:>7.3} ms   worst {:>7.3} ms", at(0.5), at(0.99), at(1.0));
    }
}

fn times(keys: &[Key]) -> Vec<Duration> {
    let world = World::scratch(Library::built_in()).expect("a scratch store");
    let looks = Looks { depth: Depth::True, background: Background::Dark, unicode: true };
    let start: Route = "round:url-shortener".parse().expect("routes always parse");
    let host = Scratch::over(world);
    let setup = Setup { screens: screens::ALL, host, config: Config::default(), looks, size: SIZE, start };
    let mut now = Clock::still("2026-11-22T09:00:00+01:00".parse().expect("a moment")).now();
    let (mut app, _) = App::new(setup, now).unwrap_or_else(|refusal| panic!("{refusal}"));
    let mut buffer = Buffer::empty(Rect::from((Position::ORIGIN, SIZE)));
    app.key(Key::ENTER, now);
    app.paste(&notes(), now);
    app.draw(&mut buffer);
    app.key(Key::ENTER, now);
    let press = |key: &Key| {
        now = later(now);
        buffer.reset();
        let start = Instant::now();
        if app.next_wake(now).is_some_and(|wait| wait.is_zero()) {
            app.tick(now);
        }
        app.key(*key, now);
        app.draw(&mut buffer);
        start.elapsed()
    };
    keys.iter().cycle().take(KEYS).map(press).collect()
}

/// Prose, a sheet and a design, 20 KB of it.
fn notes() -> String {
    let block = "- writes go to one primary, reads to three replicas that lag by a second at most\n\
                 - a code is seven symbols of base 62, taken from ranges that a key service hands out\n\n";
    let mut notes = "> links = 1M write/day\n> rows = links * 5 year\n> stored = rows * 500 B to TB\n\
                     client -> cdn -> lb -> api*3 -> {cache, db*2}\napi -> key service -> key db\n"
        .to_owned();
    while notes.len() < NOTES {
        notes += block;
    }
    notes
}

fn later(now: Now) -> Now {
    Now { wall: now.wall.plus(PACE), awake: now.awake + PACE, boot: now.boot + PACE, ..now }
}
