//! The fuzz harness over generated texts, so that it also runs where libFuzzer is not to be had.
//!
//! `SYSDRILL_FUZZ_CASES=1000000 cargo test --test estimate_fuzz` runs it for longer.

#[path = "../fuzz/harness.rs"]
mod harness;

use sysdrill::rng::{self, Stream};

/// What sheets are made of, and what they are not.
const PIECES: &[&str] = &[
    "1",
    "2",
    "3.5",
    "0",
    "1e9",
    "1e-300",
    "1e308",
    "1,000",
    "1_000",
    "10M",
    "5B",
    "99.9%",
    "$5",
    ".5",
    "1.",
    " ",
    " ",
    " ",
    "\n",
    "\n",
    "+",
    "-",
    "*",
    "/",
    "^",
    "..",
    "(",
    ")",
    ",",
    "=",
    "≈",
    "%",
    "$",
    "·",
    "×",
    "…",
    "→",
    "#",
    "to ",
    "per ",
    "of ",
    "unit ",
    "a",
    "b",
    "qps",
    "k",
    "GB",
    "KiB",
    "Mbit",
    "Mbps",
    "req",
    "users",
    "s",
    "ms",
    "day",
    "month",
    "year",
    "req/s",
    "GB/s",
    "USD",
    "percent",
    "min(",
    "max(",
    "sum(",
    "round(",
    "ceil(",
    "sqrt(",
    "log2(",
    "exp(",
    "downtime(",
    "series(",
    "parallel(",
    "k_of_n(",
    "quorum(",
    "bloom_bits(",
    "birthday(",
    "erlang_c(",
    "mmc_wait(",
    "utilisation(",
    "little(",
    "nines(",
    "1..2",
    "10%..30%",
    "-1..1",
    "million",
    "µs",
    "é",
    "💥",
    "\t",
    "\u{202e}",
    "\0",
    "\r",
    "a = ",
    "b = a ",
    "2 req/s",
    "1 GB",
    "3 s",
    "^2",
    "1..5 GB",
];

fn pieces(stream: &mut Stream) -> Vec<u8> {
    let count = stream.index(40);
    (0..count).flat_map(|_| PIECES[stream.index(PIECES.len())].bytes()).collect()
}

/// A text of pieces in which some bytes were changed, lost or doubled.
fn damaged(stream: &mut Stream) -> Vec<u8> {
    let mut bytes = pieces(stream);
    for _ in 0..stream.index(4) {
        if bytes.is_empty() {
            break;
        }
        let at = stream.index(bytes.len());
        match stream.index(3) {
            0 => bytes[at] = stream.below(256) as u8,
            1 => {
                bytes.remove(at);
            }
            _ => bytes.insert(at, bytes[at]),
        }
    }
    bytes
}

#[test]
fn no_text_breaks_a_promise() {
    let cases = std::env::var("SYSDRILL_FUZZ_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(3_000);
    let mut stream = rng::stream(20_261_122, "fuzz sheets");
    for case in 0..cases {
        let bytes = if case % 2 == 0 { pieces(&mut stream) } else { damaged(&mut stream) };
        let broken = std::panic::catch_unwind(|| harness::check(&bytes));
        assert!(broken.is_ok(), "case {case}: {:?}", String::from_utf8_lossy(&bytes));
    }
}
