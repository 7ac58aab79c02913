//! How long a start takes until the first frame is on the terminal, beside the floor of a process that starts and ends.
//!
//! `cargo bench --bench first_frame`. Starts the real binary on a pseudo-terminal of 120×40, in turn as the app and as
//! `sysdrill --version`, which prints a line and ends, and compares the times until the first bytes that tell each is there; the quickest of
//! each is what a machine does that has nothing else to do.
//! What a larger library adds is measured by `cargo bench --bench start`.

use std::io::Read;
use std::path::Path;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use sysdrill::recall::Mint;
use sysdrill::store::{Profile, Store};
use sysdrill::time::Clock;
use tempfile::TempDir;

const ROUNDS: usize = 60;

fn main() {
    let data = TempDir::new().expect("a scratch folder");
    let folder = data.path().to_str().expect("a plain path");
    let app = ["--data-dir", folder, "--now", "2026-11-22T09:00:00+01:00"];
    // A second start of a used store: the first one asks its questions.
    profile(data.path());
    let grade = [&app[..], &["grade", "consistent-hashing/ring-moved", "3"]].concat();
    time_until(&grade, b"good");
    let (mut starts, mut floors) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        floors.push(time_until(&["--version"], b"sysdrill"));
        // The header of the first frame, drawn in one burst with the rest of it.
        starts.push(time_until(&app, b"Today"));
    }
    let (start, floor) = (median(&mut starts), median(&mut floors));
    let least = |times: &[Duration]| times[0];
    let (quickest, lowest) = (least(&starts), least(&floors));
    println!("                              median     quickest");
    let line = |what, median, least| println!("{what:<27}{}{}", milliseconds(median), milliseconds(least));
    line("floor, an empty process", floor, lowest);
    line("first frame", start, quickest);
    line("above the floor", start.saturating_sub(floor), quickest.saturating_sub(lowest));
}

/// Answers the questions of a first start.
fn profile(folder: &Path) {
    let now = Clock::still("2026-11-22T09:00:00+01:00".parse().expect("a moment")).now();
    let mut store = Store::open(folder, now).expect("a store");
    store.save_profile(now, &mut Mint::new(1, "bench", None), &Profile::default()).expect("saved");
}

/// From the start of the process to the moment at which `sign` has come out of its terminal.
fn time_until(arguments: &[&str], sign: &[u8]) -> Duration {
    let size = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
    let mut reader = pair.master.try_clone_reader().expect("its output");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_sysdrill"));
    command.args(arguments);
    command.env("TERM", "xterm-256color");
    let start = Instant::now();
    let mut child = pair.slave.spawn_command(command).expect("the binary starts");
    drop(pair.slave);
    let mut seen = Vec::new();
    let mut chunk = [0; 4096];
    while !seen.windows(sign.len()).any(|window| window == sign) {
        match reader.read(&mut chunk) {
            Ok(0) | Err(_) => {
                panic!("it ended without {}: {}", String::from_utf8_lossy(sign), String::from_utf8_lossy(&seen))
            }
            Ok(count) => seen.extend_from_slice(&chunk[..count]),
        }
    }
    let elapsed = start.elapsed();
    // It may have ended by itself already.
    let _ = child.kill();
    child.wait().expect("it ends");
    elapsed
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn milliseconds(time: Duration) -> String {
    format!("{:>10.2} ms", time.as_secs_f64() * 1000.0)
}
