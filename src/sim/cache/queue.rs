//! Queues of objects that forget lazily: the one structure under nearly every policy.
//!
//! [`Places`] says for each object where it is: in which queue, at which slot, and with which mark (two bits
//! that a policy uses as a reference bit or a small counter). A [`Queue`] is a ring of ids, oldest first. To
//! take an object out of the middle, or to move it to the newest end, only its place is rewritten; the slot it
//! leaves is dead, because its place no longer points there, and is passed over when it is reached. So a
//! hit costs one random access, where a linked list needs three, and what will be evicted next lies in
//! consecutive slots and can be fetched ahead.
//!
//! Deliberately ignorant of policies: no order but that of insertion. Start reading at [`Queue::push`].

use crate::sim::prefetch::prefetch;

/// The most objects that one queue may hold: a slot is 27 bits.
pub const LARGEST_CAPACITY: usize = 1 << 24;

const SLOT_BITS: u32 = 27;
const SLOT_MASK: u32 = (1 << SLOT_BITS) - 1;
const MARK_MASK: u32 = 0b11;

/// How many slots before an object is reached its place is fetched.
const AHEAD: u32 = 12;

/// A full ring is doubled where it holds more than one live object in so many slots. Measured: at 2 an LRU spends a
/// quarter of its time on closing gaps, at 8 the ring no longer stays in the cache.
const SPACIOUS: usize = 4;

/// The name of a queue within its policy: 1 to 7.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag(pub(super) u32);

impl Tag {
    /// In no queue.
    pub(super) const NOWHERE: Self = Self(0);
}

/// Where an object is: three bits of queue, two of mark, the rest its slot. All zero is nowhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place(u32);

impl Place {
    fn new(tag: Tag, mark: u32, slot: u32) -> Self {
        Self((tag.0 << (SLOT_BITS + 2)) | (mark << SLOT_BITS) | slot)
    }

    /// The queue it is in.
    pub(super) fn tag(self) -> Tag {
        Tag(self.0 >> (SLOT_BITS + 2))
    }

    /// Its mark, 0 to 3.
    pub(super) fn mark(self) -> u32 {
        (self.0 >> SLOT_BITS) & MARK_MASK
    }

    fn slot(self) -> u32 {
        self.0 & SLOT_MASK
    }

    /// The same place with the mark cleared.
    fn unmarked(self) -> Self {
        Self(self.0 & !(MARK_MASK << SLOT_BITS))
    }

    /// Whether it is this slot of this queue, whatever the mark.
    fn is(self, tag: Tag, slot: u32) -> bool {
        self.0 & !(MARK_MASK << SLOT_BITS) == Self::new(tag, 0, slot).0
    }
}

/// Where each object is, by dense id.
#[derive(Clone, Debug)]
pub(super) struct Places(Vec<Place>);

impl Places {
    /// Room for the ids `0..objects`, all nowhere.
    pub(super) fn new(objects: usize) -> Self {
        Self(vec![Place::default(); objects])
    }

    /// Makes room for the ids up to `objects`.
    pub(super) fn grow(&mut self, objects: usize) {
        if objects > self.0.len() {
            self.0.resize(objects, Place::default());
        }
    }

    /// Where an object is.
    #[inline]
    pub(super) fn of(&self, id: u32) -> Place {
        self.0[id as usize]
    }

    /// Sets the mark of an object that is in a queue.
    #[inline]
    pub(super) fn mark(&mut self, id: u32, mark: u32) {
        let place = &mut self.0[id as usize];
        place.0 = (place.0 & !(MARK_MASK << SLOT_BITS)) | (mark << SLOT_BITS);
    }

    /// Brings an object's place near, because it will be asked for soon.
    #[inline]
    pub(super) fn prefetch(&self, id: u32) {
        prefetch(&self.0, id as usize);
    }
}

/// A queue of objects in order of insertion, oldest first.
#[derive(Clone, Debug)]
pub(super) struct Queue {
    tag: Tag,
    /// A ring: its length is a power of two.
    slots: Vec<u32>,
    /// The oldest slot in use and the first one free; both count on for ever and wrap.
    head: u32,
    tail: u32,
    live: u32,
    /// The position that a hand looks at next; it stays with its object when gaps are closed.
    hand: u32,
}

impl Queue {
    /// An empty queue. It grows with what it holds.
    pub(super) fn new(tag: Tag) -> Self {
        Self { tag, slots: vec![0; 64], head: 0, tail: 0, live: 0, hand: 0 }
    }

    /// How many objects it holds.
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.live as usize
    }

    /// Puts an object that is nowhere at the newest end, unmarked.
    #[inline]
    pub(super) fn push(&mut self, id: u32, places: &mut Places) {
        self.push_marked(id, 0, places);
    }

    /// Puts an object that is nowhere at the newest end with a mark.
    #[inline]
    pub(super) fn push_marked(&mut self, id: u32, mark: u32, places: &mut Places) {
        self.append(id, mark, places);
        self.live += 1;
    }

    /// Moves an object of this queue to the newest end and clears its mark.
    #[inline]
    pub(super) fn refresh(&mut self, id: u32, places: &mut Places) {
        if places.of(id).slot() != self.slot(self.tail.wrapping_sub(1)) {
            self.append(id, 0, places);
        }
    }

    /// Takes an object of this queue out of it.
    #[inline]
    pub(super) fn remove(&mut self, id: u32, places: &mut Places) {
        debug_assert_eq!(places.of(id).tag(), self.tag, "an object is removed from the queue it is in");
        places.0[id as usize] = Place::default();
        self.live -= 1;
    }

    /// Takes the oldest object out and gives it with its mark.
    #[inline]
    pub(super) fn pop_oldest(&mut self, places: &mut Places) -> Option<(u32, u32)> {
        while self.head != self.tail {
            let slot = self.slot(self.head);
            let id = self.slots[slot as usize];
            places.prefetch(self.slots[self.slot(self.head.wrapping_add(AHEAD)) as usize]);
            self.head = self.head.wrapping_add(1);
            let place = places.of(id);
            if place.is(self.tag, slot) {
                self.remove(id, places);
                return Some((id, place.mark()));
            }
        }
        None
    }

    /// Takes the newest object out.
    #[inline]
    pub(super) fn pop_newest(&mut self, places: &mut Places) -> Option<u32> {
        while self.head != self.tail {
            self.tail = self.tail.wrapping_sub(1);
            let slot = self.slot(self.tail);
            let id = self.slots[slot as usize];
            if places.of(id).is(self.tag, slot) {
                self.remove(id, places);
                return Some(id);
            }
        }
        None
    }

    /// The oldest object; dead slots before it are given up.
    pub(super) fn oldest(&mut self, places: &Places) -> Option<u32> {
        while self.head != self.tail {
            let slot = self.slot(self.head);
            let id = self.slots[slot as usize];
            if places.of(id).is(self.tag, slot) {
                return Some(id);
            }
            self.head = self.head.wrapping_add(1);
        }
        None
    }

    /// Moves the hand from old to new, and from the newest on to the oldest: clears the marks that it meets (`spared` hears of
    /// them) until it comes to an object without one, takes that out and stays behind it.
    #[inline]
    pub(super) fn take_unmarked(&mut self, places: &mut Places, mut spared: impl FnMut(u32)) -> Option<u32> {
        if self.live == 0 {
            return None;
        }
        loop {
            if self.hand == self.tail {
                self.hand = self.head;
            }
            let slot = self.slot(self.hand);
            let id = self.slots[slot as usize];
            places.prefetch(self.slots[self.slot(self.hand.wrapping_add(AHEAD)) as usize]);
            self.hand = self.hand.wrapping_add(1);
            let place = places.of(id);
            let live = place.is(self.tag, slot);
            if live && place.mark() == 0 {
                self.remove(id, places);
                // What comes next is newer, and not what the hand looks at before the oldest.
                if self.hand == self.tail {
                    self.hand = self.head;
                }
                return Some(id);
            }
            // Whether a slot is live is as good as random, so that the loop writes always instead of guessing.
            places.0[id as usize] = if live { place.unmarked() } else { place };
            if live {
                spared(id);
            }
        }
    }

    /// Sends the hand to the oldest object where only dead slots lie before it: what is pushed next does not come first.
    pub(super) fn settle_hand(&mut self, places: &Places) {
        if self.at_hand(places).is_none() {
            self.hand = self.head;
        }
    }

    /// The object that the hand looks at next; none where only dead slots lie before it.
    pub(super) fn at_hand(&self, places: &Places) -> Option<u32> {
        let before = self.tail.wrapping_sub(self.hand);
        (0..before).find_map(|offset| {
            let slot = self.slot(self.hand.wrapping_add(offset));
            let id = self.slots[slot as usize];
            places.of(id).is(self.tag, slot).then_some(id)
        })
    }

    /// What it holds, oldest first.
    pub(super) fn iter(&self, places: &Places) -> impl DoubleEndedIterator<Item = u32> {
        let in_use = self.tail.wrapping_sub(self.head);
        (0..in_use).filter_map(move |offset| {
            let slot = self.slot(self.head.wrapping_add(offset));
            let id = self.slots[slot as usize];
            places.of(id).is(self.tag, slot).then_some(id)
        })
    }

    /// What it holds, newest first.
    pub(super) fn newest_first(&self, places: &Places) -> impl Iterator<Item = u32> {
        self.iter(places).rev()
    }

    #[inline]
    fn append(&mut self, id: u32, mark: u32, places: &mut Places) {
        if self.tail.wrapping_sub(self.head) as usize == self.slots.len() {
            self.make_room(places);
        }
        let slot = self.slot(self.tail);
        self.slots[slot as usize] = id;
        places.0[id as usize] = Place::new(self.tag, mark, slot);
        self.tail = self.tail.wrapping_add(1);
    }

    /// Closes the gaps of a full ring; doubles it where too few slots would come free, so that each append pays for
    /// a constant number of moves.
    #[cold]
    fn make_room(&mut self, places: &mut Places) {
        let length = self.slots.len();
        let first = self.slot(self.head);
        let old_mask = self.ring_mask();
        if self.len() * SPACIOUS > length {
            self.slots.resize(length * 2, 0);
        }
        self.slots[..length].rotate_left(first as usize);
        // An object's live slot is its last one, so once its place is rewritten it does not come again. Whether
        // a slot is live is as good as random, so that the loop writes always instead of guessing.
        let mut kept = 0;
        let hand_at = self.hand.wrapping_sub(self.head);
        let mut hand = u32::MAX;
        for at in 0..length as u32 {
            if at == hand_at {
                hand = kept;
            }
            let id = self.slots[at as usize];
            places.prefetch(self.slots[(at + AHEAD) as usize & (length - 1)]);
            let place = places.of(id);
            let live = place.is(self.tag, at.wrapping_add(first) & old_mask);
            self.slots[kept as usize] = id;
            places.0[id as usize] = if live { Place::new(self.tag, place.mark(), kept) } else { place };
            kept += u32::from(live);
        }
        (self.head, self.tail, self.hand) = (0, kept, hand.min(kept));
    }

    fn ring_mask(&self) -> u32 {
        (self.slots.len() - 1) as u32
    }

    #[inline]
    fn slot(&self, position: u32) -> u32 {
        position & self.ring_mask()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUEUE: Tag = Tag(1);

    #[test]
    fn what_moves_to_the_newest_end_leaves_a_slot_that_is_passed_over() {
        let mut places = Places::new(1000);
        let mut queue = Queue::new(QUEUE);
        for id in 0..1000 {
            queue.push(id, &mut places);
        }
        for _ in 0..50 {
            for id in (0..1000).step_by(3) {
                queue.refresh(id, &mut places);
            }
        }
        queue.remove(1, &mut places);
        assert_eq!(queue.len(), 999);
        assert_eq!(queue.oldest(&places), Some(2));
        assert_eq!(queue.iter(&places).take(3).collect::<Vec<_>>(), [2, 4, 5]);
        assert_eq!(queue.iter(&places).next_back(), Some(999));
        assert_eq!(queue.pop_newest(&mut places), Some(999));
        let order: Vec<u32> = std::iter::from_fn(|| queue.pop_oldest(&mut places).map(|(id, _)| id)).collect();
        let expected: Vec<u32> = (2..1000).filter(|id| id % 3 != 0).chain((0..999).step_by(3)).collect();
        assert_eq!(order, expected);
        assert_eq!(queue.len(), 0);
    }

    #[test]
    fn a_hand_stays_with_its_object_when_gaps_are_closed() {
        let mut places = Places::new(2000);
        let mut queue = Queue::new(QUEUE);
        (0..20).for_each(|id| queue.push(id, &mut places));
        [0, 1, 4].into_iter().for_each(|id| places.mark(id, 1));
        let mut spared = Vec::new();
        assert_eq!(queue.take_unmarked(&mut places, |id| spared.push(id)), Some(2));
        assert_eq!((spared, queue.at_hand(&places)), (vec![0, 1], Some(3)));
        for id in 20..1000 {
            queue.push(id, &mut places);
            queue.remove(id, &mut places);
        }
        assert_eq!(queue.take_unmarked(&mut places, |_| {}), Some(3));
        assert_eq!(queue.take_unmarked(&mut places, |_| {}), Some(5), "4 was spared");
        let rest: Vec<u32> = std::iter::from_fn(|| queue.take_unmarked(&mut places, |_| {})).collect();
        let expected: Vec<u32> = (6..20).chain([0, 1, 4]).collect();
        assert_eq!(rest, expected, "from the newest on to the oldest");
    }

    #[test]
    fn marks_survive_when_gaps_are_closed() {
        let mut places = Places::new(200);
        let mut queue = Queue::new(QUEUE);
        for id in 0..200 {
            queue.push(id, &mut places);
            places.mark(id, id % 4);
        }
        for id in 0..200 {
            assert_eq!(queue.pop_oldest(&mut places), Some((id, id % 4)));
            assert_eq!(places.of(id).tag(), Tag::NOWHERE);
        }
    }
}
