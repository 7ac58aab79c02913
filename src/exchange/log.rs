//! The event log as JSON lines, one event a line, oldest first: what two machines exchange, and what a git folder can hold.

use std::io::{self, BufRead, Read, Write};

use crate::recall::{Due, Event, Item, LONGEST_INTERVAL, What};
use crate::time::{StudyDay, Timestamp};

/// No event is longer; what is, was not written by this program.
const LONGEST_LINE: u64 = 64 * 1024;

/// As many events as are read at most.
const MOST_EVENTS: usize = 10_000_000;

/// 2000-01-01 and 2200-01-01, in milliseconds since 1970: an event outside would push all later ones behind it.
const MOMENTS: std::ops::Range<i64> = 946_684_800_000..7_258_118_400_000;

/// Writes events, one a line.
///
/// # Errors
/// Where the sink does not take them.
pub fn write<'a>(events: impl IntoIterator<Item = &'a Event>, mut sink: impl Write) -> io::Result<()> {
    for event in events {
        serde_json::to_writer(&mut sink, event)?;
        sink.write_all(b"\n")?;
    }
    sink.flush()
}

/// Reads all events, or says which line is none.
///
/// # Errors
/// The first line that is no event, or the source's own error; nothing is returned then.
pub fn read(source: impl Read) -> Result<Vec<Event>, LogError> {
    let mut source = io::BufReader::new(source);
    let mut events = Vec::new();
    let mut bytes = Vec::new();
    for line in 1.. {
        bytes.clear();
        let refuse = |why: String| LogError::Line { line, why };
        let length = source.by_ref().take(LONGEST_LINE + 1).read_until(b'\n', &mut bytes)?;
        if length == 0 {
            break;
        }
        if length as u64 > LONGEST_LINE {
            return Err(refuse(format!("it is longer than {LONGEST_LINE} bytes")));
        }
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        if events.len() == MOST_EVENTS {
            return Err(refuse(format!("a log holds at most {MOST_EVENTS} events")));
        }
        let event: Event = serde_json::from_slice(&bytes).map_err(|error| refuse(error.to_string()))?;
        plausible(&event).map_err(refuse)?;
        events.push(event);
    }
    Ok(events)
}

/// Why a log was not read.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// A line is no event.
    #[error("line {line} is no event of a log: {why}. Nothing was imported")]
    Line {
        /// Which, from 1 on.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
    /// The source failed.
    #[error("the log cannot be read: {0}. Nothing was imported")]
    Source(#[from] io::Error),
}

/// Refuses what would upset the order of the log or a due date for ever.
fn plausible(event: &Event) -> Result<(), String> {
    let moment = |at: Timestamp| MOMENTS.contains(&at.0);
    let (first, last) = (MOMENTS.start / 86_400_000, MOMENTS.end / 86_400_000);
    let day = |day: StudyDay| (first..last + i64::from(LONGEST_INTERVAL)).contains(&i64::from(day.0));
    let sound = match &event.what {
        What::Review(review) => {
            day(review.day)
                && match review.due {
                    Due::At(at) => moment(at),
                    Due::On(on) => day(on),
                }
        }
        What::Bury { on } | What::MakeDue { on, .. } => day(*on),
        _ => true,
    };
    if !moment(event.at) || !sound {
        return Err("a date in it lies before 2000 or centuries ahead".to_owned());
    }
    let text = event.item.to_string();
    let is_clean = text.len() <= 512 && !text.chars().any(char::is_control);
    let has_weights = matches!(event.what, What::Parameters(_));
    match (is_clean, has_weights && event.item != Item::All) {
        (false, _) => Err("the name of its item is too long or holds control characters".to_owned()),
        (_, true) => Err("parameters hold for `all`".to_owned()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::content::CardId;
    use crate::recall::{Answer, ItemState, Mint, Parameters, Rating, Rules, Scheduler};
    use crate::time::{Now, ZoneOffset};

    fn now(minute: u32) -> Now {
        let wall = Timestamp(1_800_000_000_000 + i64::from(minute) * 60_000);
        Now { wall, awake: Duration::ZERO, boot: Duration::ZERO, offset: ZoneOffset(3600) }
    }

    /// Two answers and a step back.
    fn studied() -> Vec<Event> {
        let scheduler = Scheduler::new(&Parameters::default(), Rules::default());
        let mut mint = Mint::new(1, "test", None);
        let item = Item::Card(CardId::new("a/1"));
        let answer = |minute| {
            let review = scheduler.review(&item, &ItemState::default(), now(minute), Rating::Good, Answer::default());
            mint.event(now(minute), item.clone(), What::Review(review))
        };
        let mut events: Vec<Event> = (0..2).map(answer).collect();
        events.push(mint.event(now(2), item.clone(), What::Undo { of: events[1].id }));
        events
    }

    fn lines(events: &[Event]) -> Vec<u8> {
        let mut written = Vec::new();
        write(events, &mut written).expect("memory takes everything");
        written
    }

    #[test]
    fn a_log_reads_back_and_a_bad_line_is_named() {
        let events = studied();
        assert_eq!(read(&lines(&events)[..]).expect("a log"), events);
        let check = |text: &str, expected: &str| {
            let mut bytes = lines(&events);
            bytes.extend_from_slice(text.as_bytes());
            let error = read(&bytes[..]).expect_err(text).to_string();
            assert!(error.starts_with("line 4 ") && error.contains(expected), "{error}");
        };
        check("{}", "missing field");
        check(&"x".repeat(100_000), "longer than");
        let valid = String::from_utf8(lines(&events[..1])).expect("JSON is UTF-8");
        check(&valid.replace("\"at\":18", "\"at\":9918"), "centuries ahead");
        check(&valid.replace("card:a/1", "card:a\\u001b[31m"), "control characters");
    }
}
