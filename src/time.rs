//! Moments and study days. The only place that reads a clock.
//!
//! The rest of the program is handed [`Now`] and computes with it, so a session is replayed by replaying
//! its moments. Start reading at [`Clock::now`].

use std::fmt;
use std::time::Duration;

use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Serialize};

/// A moment of the wall clock: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The moment `span` later; the largest moment where that does not fit.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)))
    }

    /// How long after `earlier` this is; zero where the clock went back.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

impl fmt::Display for Timestamp {
    /// RFC 3339 in UTC, to the second.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(moment) => write!(f, "{:.0}", moment),
            Err(_) => write!(f, "{} ms", self.0),
        }
    }
}

/// East of UTC, in seconds: what the local clock showed when something happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ZoneOffset(pub i32);

/// A day of study: days since 1970-01-01, local, beginning at the rollover hour instead of midnight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StudyDay(pub i32);

/// The hour of the local day at which a study day begins, unless configured otherwise.
pub const DEFAULT_ROLLOVER_HOUR: u8 = 4;

impl StudyDay {
    /// The study day to which a moment belongs, seen from `offset`, with days that begin at `rollover_hour`.
    pub fn of(at: Timestamp, offset: ZoneOffset, rollover_hour: u8) -> Self {
        let local_seconds = at.0.div_euclid(1000) + i64::from(offset.0) - i64::from(rollover_hour) * 3600;
        Self(i32::try_from(local_seconds.div_euclid(86_400)).unwrap_or(i32::MAX))
    }

    /// The day `days` later (earlier where negative).
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// How many days after `earlier` this is; negative where it is before.
    pub fn days_since(self, earlier: Self) -> i32 {
        self.0.saturating_sub(earlier.0)
    }

    /// The moment at which the day begins, seen from `offset`.
    pub fn begins(self, offset: ZoneOffset, rollover_hour: u8) -> Timestamp {
        let seconds = i64::from(self.0) * 86_400 + i64::from(rollover_hour) * 3600 - i64::from(offset.0);
        Timestamp(seconds * 1000)
    }

    /// The calendar date that the day bears.
    pub fn date(self) -> jiff::civil::Date {
        let epoch = jiff::civil::date(1970, 1, 1);
        epoch.saturating_add(jiff::Span::new().days(self.0.clamp(-700_000, 2_900_000)))
    }

    /// The study day that bears a calendar date.
    pub fn from_date(date: jiff::civil::Date) -> Self {
        let span = date - jiff::civil::date(1970, 1, 1);
        Self(span.get_days())
    }
}

impl fmt::Display for StudyDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date())
    }
}

/// What the clocks show at one moment.
///
/// The wall clock can be set and the monotonic one stops during suspend, so each is kept: budgets count
/// `boot`, animation counts `awake`, records carry `wall`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Now {
    /// CLOCK_REALTIME.
    pub wall: Timestamp,
    /// CLOCK_MONOTONIC: does not run while the machine sleeps.
    pub awake: Duration,
    /// CLOCK_BOOTTIME: runs on while the machine sleeps.
    pub boot: Duration,
    /// The local zone's offset at `wall`.
    pub offset: ZoneOffset,
}

impl Now {
    /// The study day of this moment.
    pub fn study_day(&self, rollover_hour: u8) -> StudyDay {
        StudyDay::of(self.wall, self.offset, rollover_hour)
    }
}

/// Where the time comes from.
#[derive(Clone, Debug)]
pub struct Clock {
    zone: TimeZone,
    source: Source,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    /// The machine's own clock.
    System,
    /// Starts at `wall` and goes on from there at the speed of `boot`.
    From { wall: Timestamp, boot_at_start: Duration },
    /// Stands still.
    Still { wall: Timestamp },
}

/// A moment as `--now` takes it: RFC 3339 with an offset, which becomes the local zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The moment.
    pub wall: Timestamp,
    /// Its offset.
    pub offset: ZoneOffset,
}

/// Why a moment could not be read.
#[derive(Clone, Debug, thiserror::Error)]
#[error("`{text}` is not a moment: write it like 2026-11-22T09:00:00+01:00")]
pub struct MomentError {
    text: String,
}

impl std::str::FromStr for Moment {
    type Err = MomentError;

    fn from_str(text: &str) -> Result<Self, MomentError> {
        let refuse = || MomentError { text: text.to_owned() };
        let pieces = jiff::fmt::temporal::DateTimeParser::new().parse_pieces(text).map_err(|_| refuse())?;
        let time = pieces.time().ok_or_else(refuse)?;
        let offset = match pieces.offset().ok_or_else(refuse)? {
            jiff::fmt::temporal::PiecesOffset::Numeric(numeric) => numeric.offset(),
            _ => Offset::UTC,
        };
        let moment = offset.to_timestamp(pieces.date().to_datetime(time)).map_err(|_| refuse())?;
        Ok(Self { wall: Timestamp(moment.as_millisecond()), offset: ZoneOffset(offset.seconds()) })
    }
}

impl Clock {
    /// The machine's clock in the machine's zone.
    pub fn system() -> Self {
        Self { zone: TimeZone::system(), source: Source::System }
    }

    /// A clock that starts at `moment` and goes on from there.
    pub fn starting_at(moment: Moment) -> Self {
        let boot_at_start = boot_time();
        Self { zone: fixed(moment.offset), source: Source::From { wall: moment.wall, boot_at_start } }
    }

    /// A clock that stands still at `moment`.
    pub fn still(moment: Moment) -> Self {
        Self { zone: fixed(moment.offset), source: Source::Still { wall: moment.wall } }
    }

    /// This clock, standing still from now on.
    #[must_use]
    pub fn stopped(self) -> Self {
        let wall = self.now().wall;
        Self { zone: self.zone, source: Source::Still { wall } }
    }

    /// What the clocks show now.
    pub fn now(&self) -> Now {
        let (wall, awake, boot) = match self.source {
            Source::System => (Timestamp(jiff::Timestamp::now().as_millisecond()), awake_time(), boot_time()),
            Source::From { wall, boot_at_start } => {
                let boot = boot_time();
                (wall.plus(boot.saturating_sub(boot_at_start)), awake_time(), boot)
            }
            Source::Still { wall } => (wall, Duration::ZERO, Duration::ZERO),
        };
        Now { wall, awake, boot, offset: self.offset_at(wall) }
    }

    /// The local zone's offset at a moment.
    pub fn offset_at(&self, at: Timestamp) -> ZoneOffset {
        let moment = jiff::Timestamp::from_millisecond(at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        ZoneOffset(self.zone.to_offset(moment).seconds())
    }
}

fn fixed(offset: ZoneOffset) -> TimeZone {
    TimeZone::fixed(Offset::from_seconds(offset.0).unwrap_or(Offset::UTC))
}

fn awake_time() -> Duration {
    read(rustix::time::ClockId::Monotonic)
}

#[cfg(target_os = "linux")]
fn boot_time() -> Duration {
    read(rustix::time::ClockId::Boottime)
}

/// Elsewhere the monotonic clock is the nearest there is.
#[cfg(not(target_os = "linux"))]
fn boot_time() -> Duration {
    awake_time()
}

fn read(clock: rustix::time::ClockId) -> Duration {
    let spec = rustix::time::clock_gettime(clock);
    Duration::new(u64::try_from(spec.tv_sec).unwrap_or(0), u32::try_from(spec.tv_nsec).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Moment {
        text.parse().expect("a moment")
    }

    fn day(text: &str) -> String {
        let moment = moment(text);
        StudyDay::of(moment.wall, moment.offset, DEFAULT_ROLLOVER_HOUR).to_string()
    }

    #[test]
    fn a_study_day_begins_at_four() {
        assert_eq!(day("2026-11-22T03:59:59+01:00"), "2026-11-21");
        assert_eq!(day("2026-11-22T04:00:00+01:00"), "2026-11-22");
        assert_eq!(day("2026-11-22T23:30:00-08:00"), "2026-11-22");
        assert_eq!(day("1969-12-31T12:00:00Z"), "1969-12-31");
    }

    #[test]
    fn a_day_begins_where_it_says() {
        let offset = ZoneOffset(3600);
        let today = StudyDay::of(moment("2026-11-22T12:00:00+01:00").wall, offset, 4);
        assert_eq!(today.begins(offset, 4), moment("2026-11-22T04:00:00+01:00").wall);
        assert_eq!(StudyDay::from_date(today.date()), today);
    }

    #[test]
    fn a_moment_needs_an_offset_and_keeps_it() {
        assert_eq!(moment("2026-11-22T09:00:00+01:00").offset, ZoneOffset(3600));
        assert_eq!(moment("2026-11-22T08:00:00Z").wall, moment("2026-11-22T09:00:00+01:00").wall);
        for bad in ["", "tomorrow", "2026-11-22", "2026-11-22T09:00:00", "2026-13-01T00:00:00Z"] {
            assert!(bad.parse::<Moment>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_span_is_never_negative() {
        assert_eq!(Timestamp(5).since(Timestamp(9)), Duration::ZERO);
        assert_eq!(Timestamp(i64::MAX).plus(Duration::from_secs(1)), Timestamp(i64::MAX));
    }

    #[test]
    fn a_still_clock_stands_still() {
        let clock = Clock::still(moment("2026-11-22T09:00:00+01:00"));
        assert_eq!(clock.now(), clock.now());
        assert_eq!(clock.now().offset, ZoneOffset(3600));
    }
}
