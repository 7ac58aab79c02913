//! Traces: every format gives the same requests, and what is torn, endless or something else is refused with the place.

use std::io::{self, Read};
use std::ops::ControlFlow;

use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use sysdrill::sim::run::{Capacity, Job, Load, Outcome, RunError, count, stream};
use sysdrill::sim::trace::{Column, Format, Layout, Trace, TraceError, read_all};
use sysdrill::sim::workload::Workload;

/// Five keys in seven requests, as every format must give them.
const IDS: [u32; 7] = [0, 1, 0, 2, 3, 1, 4];
const KEYS: [u64; 7] = [700, 8, 700, 12, u64::MAX, 8, 0];

fn read(bytes: &[u8], format: &str) -> Result<Trace, TraceError> {
    read_with(bytes, &format.parse().expect("a format"))
}

fn read_with(bytes: &[u8], format: &Format) -> Result<Trace, TraceError> {
    // One byte at a time, as a pipe may give them.
    read_all(Dribble(bytes), format, &mut |_| ControlFlow::Continue(()))
}

/// Never gives more than a byte.
struct Dribble<'a>(&'a [u8]);

impl Read for Dribble<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let most = into.len().min(1);
        self.0.read(&mut into[..most])
    }
}

fn text() -> Vec<u8> {
    KEYS.map(|key| format!("{key}\n")).concat().into_bytes()
}

fn records() -> Vec<u8> {
    let record = |key: u64| {
        [&7_u32.to_le_bytes()[..], &key.to_le_bytes(), &1_u32.to_le_bytes(), &(-1_i64).to_le_bytes()].concat()
    };
    KEYS.map(record).concat()
}

fn compressed(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

fn check(bytes: &[u8], format: &str) {
    let trace = read(bytes, format).unwrap_or_else(|error| panic!("{format}: {error}"));
    assert_eq!((trace.ids.as_slice(), trace.objects), (&IDS[..], 5), "{format}");
}

#[test]
fn every_format_gives_the_same_requests() {
    check(&text(), "text");
    check(b"700\r\n8\r\n700\r\n\r\n12\r\nthe key of keys\r\n8\r\nlast, without an end", "text");
    check(&records(), "oracleGeneral");
    let table = |header: &str| KEYS.iter().fold(header.to_owned(), |rows, key| format!("{rows}1,\"{key}\",x\n"));
    check(table("time,obj_id,size\n").as_bytes(), "csv");
    check(table("\u{feff}id,key,\n").as_bytes(), "csv");
    let column = |column| Format { layout: Layout::Csv { column }, zstd: false };
    let by_number = read_with(table("").as_bytes(), &column(Column::Number(2))).expect("the second column");
    let by_name = read_with(table("a,B,c\n").as_bytes(), &column(Column::Named("b".to_owned()))).expect("column B");
    assert_eq!((by_number.ids.as_slice(), by_name.ids.as_slice()), (&IDS[..], &IDS[..]));
}

#[test]
fn each_format_may_be_compressed() {
    check(&compressed(&text()), "text.zst");
    check(&compressed(&records()), "oracleGeneral.zst");
    check(&compressed(&records()), "oracleGeneral");
    let (first, second) = (compressed(&records()[..72]), compressed(&records()[72..]));
    let skippable = [&[0x5A, 0x2A, 0x4D, 0x18, 3, 0, 0, 0][..], b"abc"].concat();
    check(&[skippable.clone(), first, skippable, second].concat(), "oracleGeneral.zst");
}

#[test]
fn what_is_no_trace_is_refused_with_the_place() {
    let refuse = |bytes: &[u8], format: &str, words: &str| {
        let error = read(bytes, format).expect_err(words).to_string();
        assert!(error.contains(words), "{format}: {error}");
    };
    refuse(b"", "text", "is empty");
    refuse(b"\n\n", "text", "is empty");
    refuse(&records()[..100], "oracleGeneral", "the record at byte 96 has 4 of its 24 bytes");
    refuse(&[b'x'; 48], "oracleGeneral", "the record at byte 0 is not oracleGeneral");
    refuse(b"700\n8\0\n", "text", "byte 5 is NUL");
    refuse(&[&b"1\n"[..], &[b'x'; 100_000]].concat(), "text", "the line at byte 2 is longer than 65536 bytes");
    refuse(&[&b"key\n\""[..], &[b'x'; 100_000]].concat(), "csv", "the line at byte 4 is longer");
    refuse(b"a,b\n1,2\n", "csv", "there is no column key (nor id, obj_id, object_id, obj): the table has 1 `a`, 2 `b`");
    refuse(b"a,key\n1,2\n1\n", "csv", "the row at byte 10 has only 1 columns, and the key is in column 2");
    refuse(b"plain", "text.zst", "byte 0 does not begin a zstd stream");
    let mut torn = compressed(&records());
    torn.truncate(torn.len() - 5);
    refuse(&torn, "oracleGeneral.zst", "the zstd stream is damaged near byte");
    let mut garbled = compressed(&text());
    let middle = garbled.len() / 2;
    garbled[middle..].fill(0xEE);
    refuse(&garbled, "text.zst", "the zstd stream is damaged near byte");
}

#[test]
fn an_endless_input_ends_when_the_reader_says_so() {
    let check = |line: &'static [u8]| {
        let mut reports = 0;
        let outcome = read_all(Endless(line), &"text".parse().expect("a format"), &mut |_| {
            reports += 1;
            if reports == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert!(matches!(outcome, Err(TraceError::Cancelled)), "{line:?}");
    };
    check(b"key\n");
    check(b"\n");
}

/// The same line for ever.
struct Endless(&'static [u8]);

impl Read for Endless {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let lines = into.chunks_exact_mut(self.0.len());
        Ok(lines.map(|line| line.copy_from_slice(self.0)).count() * self.0.len())
    }
}

#[test]
fn a_stream_gives_what_memory_gives() {
    let mut on = |_| ControlFlow::Continue(());
    let ids: Vec<u32> = Workload::Zipf { alpha: 0.9 }.requests(5000, 4).take(200_000).collect();
    let text: String = ids.iter().map(|id| format!("{id}\n")).collect();
    let format = "text".parse().expect("a format");
    let job = Job {
        policies: ["lru", "arc", "w-tinylfu", "ttl"].map(str::to_owned).to_vec(),
        capacities: vec![Capacity::Objects(77), Capacity::Percent(10.0)],
        ..Job::default()
    };
    assert!(job.needs_two_passes().expect("known policies"));
    let counted = count(text.as_bytes(), &format, &mut on).expect("a trace");
    let runs = job.runs(counted.objects).expect("known policies");
    assert_eq!(runs[1].capacity, counted.objects / 10);
    let streamed = stream(text.as_bytes(), &format, &runs, &job, &mut on).expect("a trace");
    let mut load = Load::read(text.as_bytes(), &format, &mut on).expect("a trace");
    let in_memory: Vec<Outcome> = runs.iter().map(|&run| load.simulate(run, &job, &mut on).expect("a run")).collect();
    assert_eq!(streamed, in_memory);
    let ahead = Job { policies: vec!["opt".to_owned()], ..job };
    let refused = stream(text.as_bytes(), &format, &ahead.runs(10).expect("known"), &ahead, &mut on);
    assert!(matches!(refused, Err(RunError::Cache(_))), "the optimum cannot be streamed");
}

#[test]
fn a_capacity_is_read_and_rounded_down() {
    let of = |text: &str| text.parse::<Capacity>().map(|capacity| capacity.of(48_974)).ok();
    assert_eq!([of("100"), of("1%"), of("0.0001%"), of("100 %")], [Some(100), Some(489), Some(1), Some(48_974)]);
    for bad in ["", "0", "-1", "0%", "101%", "NaN%", "1.5", "x"] {
        assert_eq!(of(bad), None, "{bad}");
    }
}
