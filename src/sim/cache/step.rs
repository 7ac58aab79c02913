//! What one request did, as data that a sentence is made of.
//!
//! Policies tell a [`Watch`] what they do. In a long run nobody watches: `()` costs nothing. The
//! lab watches with a list and gets a [`Step`], whose `Display` is the sentence that names the rule.

use std::fmt;

/// Hears what a policy does with a request.
pub trait Watch {
    /// One thing that was done.
    fn see(&mut self, event: Event);
}

/// Nobody watches.
impl Watch for () {
    #[inline(always)]
    fn see(&mut self, _event: Event) {}
}

impl Watch for Vec<Event> {
    fn see(&mut self, event: Event) {
        self.push(event);
    }
}

/// One request and everything it caused.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The request's index, from 0.
    pub at: u64,
    /// What was asked for.
    pub id: u32,
    /// Whether it was there.
    pub hit: bool,
    /// What the policy did, in order.
    pub events: Vec<Event>,
}

impl Step {
    /// The object that left the cache to make room, if one did.
    pub fn evicted(&self) -> Option<u32> {
        self.events.iter().find_map(|event| match event {
            Event::Evicted { id, .. } => Some(*id),
            _ => None,
        })
    }
}

/// One thing that a policy did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event {
    /// The entry was there but had outlived its lifetime, so that the request is a miss.
    Expired {
        /// By how many requests.
        late: u64,
    },
    /// The object is not there, but its ghost is remembered.
    Ghost {
        /// The list that remembers it.
        list: &'static str,
    },
    /// A parameter that adapts itself changed.
    Target {
        /// Its name.
        name: &'static str,
        /// Its value after the change.
        value: f64,
    },
    /// A resident was moved instead of evicted, or promoted by a hit.
    Moved {
        /// Which.
        id: u32,
        /// Where it was.
        from: &'static str,
        /// Where it is now.
        to: &'static str,
        /// By which rule.
        why: Why,
    },
    /// A resident that was used keeps its place: the hand clears its bit and moves on.
    Spared {
        /// Which.
        id: u32,
    },
    /// A resident left the cache.
    Evicted {
        /// Which.
        id: u32,
        /// The segment that it left.
        from: &'static str,
        /// By which rule.
        why: Why,
    },
    /// An evicted object's id is kept as a ghost.
    Remembered {
        /// Which.
        id: u32,
        /// The list that remembers it.
        list: &'static str,
    },
    /// All counters of the sketch were halved.
    Aged,
}

/// The rule by which an object was evicted, moved or spared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Why {
    /// It was inserted before all others.
    InsertedFirst,
    /// It was inserted after all others.
    InsertedLast,
    /// It was used longest ago: this many distinct objects ago.
    UsedLongestAgo {
        /// Distinct objects used since, itself included.
        distinct: usize,
    },
    /// It was used last.
    UsedLast,
    /// It has the lowest count.
    LowestCount {
        /// Its count.
        count: u32,
    },
    /// The seed drew it.
    Drawn {
        /// Among how many.
        among: usize,
    },
    /// It is nearest to its expiry.
    NearestExpiry {
        /// Requests until then; negative where it is past.
        left: i64,
    },
    /// It was not used since the hand or the queue saw it last.
    NotUsed,
    /// It was used since, and gets another round.
    Used {
        /// Its counter when it was seen.
        count: u32,
    },
    /// Its segment holds more than its share.
    OverQuota {
        /// How many the segment may hold.
        quota: f64,
    },
    /// The other segment is within its share, so this one gives way.
    OtherWithinQuota {
        /// How many the other may hold.
        quota: f64,
    },
    /// It was asked for again while its segment held it.
    UsedAgain,
    /// It is estimated to be used less often than its rival.
    Rarer {
        /// Its estimate.
        estimate: u32,
        /// The rival's.
        rival: u32,
    },
    /// The segment had room.
    Room,
    /// Its next use is farthest in the future; none is never.
    FarthestUse {
        /// Requests until then.
        after: Option<u64>,
    },
}

/// So many entries are spared one by one in a sentence; more are counted.
const SPARED_BY_NAME: usize = 2;

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} k{}", if self.hit { "HIT" } else { "MISS" }, self.id)?;
        let mut index = 0;
        while let Some(event) = self.events.get(index) {
            f.write_str(match (index, event) {
                (0, Event::Expired { .. } | Event::Ghost { .. }) => ", ",
                (0, _) => " → ",
                _ => "; ",
            })?;
            let alike = self.events[index..].iter().take_while(|next| next.kept_in() == event.kept_in()).count();
            match event.kept_in() {
                Some("") if alike > SPARED_BY_NAME => write!(f, "{alike} used since are spared")?,
                Some(queue) if alike > SPARED_BY_NAME => write!(f, "{alike} used since go round in {queue}")?,
                _ => {
                    write!(f, "{event}")?;
                    index += 1;
                    continue;
                }
            }
            index += alike;
        }
        Ok(())
    }
}

impl Event {
    /// Where an entry stays because it was used; none for everything else.
    fn kept_in(&self) -> Option<&'static str> {
        match self {
            Self::Spared { .. } => Some(""),
            Self::Moved { from, to, .. } if from == to => Some(from),
            _ => None,
        }
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Expired { late: 0 } => f.write_str("expired just now"),
            Self::Expired { late } => write!(f, "expired {late} requests ago"),
            Self::Ghost { list } => write!(f, "ghost in {list}"),
            Self::Target { name, value } => write!(f, "{name} = {}", Plain(*value)),
            Self::Moved { id, from, to, why } if from == to => write!(f, "k{id} goes round in {from}, {why}"),
            Self::Moved { id, from, to, why } => write!(f, "k{id} from {from} to {to}, {why}"),
            Self::Spared { id } => write!(f, "spare k{id}, used since"),
            Self::Evicted { id, from: "", why } => write!(f, "evict k{id}, {why}"),
            Self::Evicted { id, from, why } => write!(f, "evict k{id} from {from}, {why}"),
            Self::Remembered { id, list } => write!(f, "{list} remembers k{id}"),
            Self::Aged => f.write_str("all counters halved"),
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InsertedFirst => f.write_str("inserted first"),
            Self::InsertedLast => f.write_str("inserted last"),
            Self::UsedLongestAgo { distinct } => write!(f, "last used {distinct} distinct keys ago"),
            Self::UsedLast => f.write_str("used last"),
            Self::LowestCount { count } => write!(f, "lowest count ({count})"),
            Self::Drawn { among } => write!(f, "drawn among {among}"),
            Self::NearestExpiry { left } if *left < 0 => write!(f, "expired {} requests ago", -left),
            Self::NearestExpiry { left } => write!(f, "nearest to expiry ({left} requests left)"),
            Self::NotUsed => f.write_str("not used since"),
            Self::Used { count } => write!(f, "used {count}× since"),
            Self::OverQuota { quota } => write!(f, "over its share of {}", Plain(*quota)),
            Self::OtherWithinQuota { quota } => write!(f, "the other within its share of {}", Plain(*quota)),
            Self::UsedAgain => f.write_str("used again"),
            Self::Rarer { estimate, rival } => write!(f, "seen {estimate}×, its rival {rival}×"),
            Self::Room => f.write_str("there is room"),
            Self::FarthestUse { after: None } => f.write_str("never used again"),
            Self::FarthestUse { after: Some(after) } => write!(f, "next use farthest ({after} requests from now)"),
        }
    }
}

/// A number with at most two decimals and no trailing zeros.
struct Plain(f64);

impl fmt::Display for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", (self.0 * 100.0).round() / 100.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(events: Vec<Event>, expect: &str) {
        assert_eq!(Step { at: 0, id: 9, hit: false, events }.to_string(), expect);
    }

    #[test]
    fn a_sentence_names_few_and_counts_many() {
        let gone = Event::Evicted { id: 4, from: "", why: Why::NotUsed };
        let spared = |ids: std::ops::Range<u32>| ids.map(|id| Event::Spared { id }).chain([gone]).collect();
        check(spared(0..1), "MISS k9 → spare k0, used since; evict k4, not used since");
        check(spared(0..4), "MISS k9 → 4 used since are spared; evict k4, not used since");
        let round = |id| Event::Moved { id, from: "main", to: "main", why: Why::Used { count: 2 } };
        check(
            vec![round(1), round(2), round(3), gone],
            "MISS k9 → 3 used since go round in main; evict k4, not used since",
        );
    }
}
