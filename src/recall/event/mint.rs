//! Where ids and moments of new events come from.

use uuid::Builder;

use super::{Event, EventId, Item, What};
use crate::rng::{self, Stream};
use crate::time::{Now, Timestamp};

/// Makes events whose order is the order in which they were made.
///
/// The wall clock may be set back, by ten years or by a millisecond; the log's order may not. So a new
/// event stands at least one millisecond after the newest, which also keeps ids apart where a replayed
/// session repeats both clock and seed.
#[derive(Clone, Debug)]
pub struct Mint {
    stream: Stream,
    newest: Option<Timestamp>,
}

impl Mint {
    /// A mint for one purpose, such as `review`, that goes on after the `newest` event of a log. Purposes keep the ids of
    /// two mints of one seed apart.
    pub fn new(seed: u64, purpose: &str, newest: Option<Timestamp>) -> Self {
        Self { stream: rng::stream(seed, &format!("event ids: {purpose}")), newest }
    }

    /// A new event, newer than all before it.
    pub fn event(&mut self, now: Now, item: Item, what: What) -> Event {
        let at = self.newest.map_or(now.wall, |newest| now.wall.max(Timestamp(newest.0.saturating_add(1))));
        self.newest = Some(at);
        let mut random = [0; 10];
        random[..8].copy_from_slice(&self.stream.next_u64().to_le_bytes());
        random[8..].copy_from_slice(&self.stream.next_u64().to_le_bytes()[..2]);
        let since_1970 = u64::try_from(at.0).unwrap_or(0);
        let id = EventId(Builder::from_unix_timestamp_millis(since_1970, &random).into_uuid());
        Event { id, at, zone: now.offset, item, what }
    }

    /// How far the clock is behind the log, where it is: then it, or an earlier one, was wrong.
    pub fn behind(&self, now: Now) -> Option<std::time::Duration> {
        self.newest.map(|newest| newest.since(now.wall)).filter(|gap| !gap.is_zero())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::time::ZoneOffset;

    fn now(wall: i64) -> Now {
        Now { wall: Timestamp(wall), awake: Duration::ZERO, boot: Duration::ZERO, offset: ZoneOffset(0) }
    }

    #[test]
    fn order_survives_a_clock_that_goes_back_ten_years() {
        let ten_years = 10 * 365 * 86_400_000;
        let mut mint = Mint::new(1, "test", None);
        let walls = [1_800_000_000_000, 1_800_000_000_000, 1_800_000_000_000 - ten_years, 1_800_000_000_500];
        let events: Vec<_> = walls.iter().map(|&wall| mint.event(now(wall), Item::All, What::Suspend {})).collect();
        assert!(events.is_sorted_by(|a, b| a.position() < b.position() && a.id < b.id), "{events:#?}");
        assert_eq!(mint.behind(now(1_800_000_000_500)), None);
        assert_eq!(mint.behind(now(1_800_000_000_000)), Some(Duration::from_millis(500)));
    }

    #[test]
    fn ids_are_uuids_of_version_7_and_replay_with_the_seed() {
        let draw = |seed| Mint::new(seed, "test", None).event(now(5), Item::All, What::Suspend {}).id;
        assert_eq!(draw(1).0.get_version_num(), 7);
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
    }
}
