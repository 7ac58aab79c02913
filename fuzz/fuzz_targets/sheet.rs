//! Any bytes as a sheet: `cargo +nightly fuzz run sheet`.

#![no_main]

#[path = "../harness.rs"]
mod harness;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| harness::check(bytes));
