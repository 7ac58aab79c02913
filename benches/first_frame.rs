//! How long a start takes until the first frame is on the terminal, beside the floor of a process that starts and ends.
//!
//! `cargo bench --bench first_frame`. Starts the real binary on a pseudo-terminal of 120×40, in turn as the app and as
//! `sysdrill --version`, which prints a line and ends, and compares the times until the first bytes that tell each is there.
//! What a larger library adds is measured by `cargo bench --bench start`.

use std::io::Read;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use tempfile::TempDir;

const ROUNDS: usize = 60;

fn main() {
    let data = TempDir::new().expect("a scratch folder");
    let folder = data.path().to_str().expect("a plain path");
    let app = ["--data-dir", folder, "--now", "2026-11-22T09:00:00+01:00"];
    // A second start of a used store: the first one asks its questions.
    let grade = [&app[..], &["grade", "consistent-hashing/ring-moved", "3"]].concat();
    time_until(&grade, b"good");
    let (mut starts, mut floors) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        floors.push(time_until(&["--version"], b"sysdrill"));
        // The header of the first frame, drawn in one burst with the rest of it.
        starts.push(time_until(&[&app[..], &["review", "--cram"]].concat(), b"Cards"));
    }
    let (start, floor) = (median(&mut starts), median(&mut floors));
    println!("floor, an empty process    {}", milliseconds(floor));
    println!("first frame                {}", milliseconds(start));
    println!("above the floor            {}", milliseconds(start.saturating_sub(floor)));
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
    format!("{:>7.2} ms", time.as_secs_f64() * 1000.0)
}
