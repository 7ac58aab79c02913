//! Marks counted in blocks of 512 bits, so that every level costs one cache line.
//!
//! A Fenwick tree over four million positions takes 22 dependent steps to count and as many to change. Here running
//! counts at four levels do: to count is one load a level, and to clear a mark subtracts from the rest of one block a
//! level, which the compiler turns into a few vector instructions. Marks are only added at the end, so a running count
//! is right once the end has reached its part, and what is subtracted from it before does not matter.

use crate::sim::curve::distance::Marks;
use crate::sim::prefetch::prefetch;

/// Positions of a word, a block of words, a group of blocks and a region of groups.
const WORD: usize = 64;
const BLOCK: usize = 32 * WORD;
const GROUP: usize = 32 * BLOCK;
const REGION: usize = 32 * GROUP;

/// How many marks lie in the parts before each of 32 parts.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Running<C>([C; 32]);

/// For each part, all bits of the counts behind it: looked up, because the compiler makes poor code of comparing.
static BEHIND: [Running<u16>; 32] = {
    let mut table = [Running([0; 32]); 32];
    let mut at = 0;
    while at < 32 {
        let mut behind = at + 1;
        while behind < 32 {
            table[at].0[behind] = u16::MAX;
            behind += 1;
        }
        at += 1;
    }
    table
};

/// The same for wide counts, which would otherwise be widened each time.
static BEHIND_WIDE: [Running<i32>; 32] = {
    let mut table = [Running([0; 32]); 32];
    let mut at = 0;
    while at < 32 {
        let mut behind = at + 1;
        while behind < 32 {
            table[at].0[behind] = -1;
            behind += 1;
        }
        at += 1;
    }
    table
};

impl Running<u16> {
    /// A mark went from part `at`, which all later parts count. All bits set is minus one.
    #[inline(always)]
    fn subtract_behind(&mut self, at: usize) {
        for (count, behind) in self.0.iter_mut().zip(&BEHIND[at].0) {
            *count = count.wrapping_add(*behind);
        }
    }
}

impl Running<i32> {
    #[inline(always)]
    fn subtract_behind(&mut self, at: usize) {
        for (count, behind) in self.0.iter_mut().zip(&BEHIND_WIDE[at].0) {
            *count = count.wrapping_add(*behind);
        }
    }
}

/// A row of marks with running counts at four levels.
#[derive(Clone, Debug)]
pub struct Blocks {
    words: Vec<u64>,
    /// For each block, the counts before each of its words. Below 2^11.
    in_block: Vec<Running<u16>>,
    /// For each group, the counts before each of its blocks. Below 2^16.
    in_group: Vec<Running<u16>>,
    /// For each region, the counts before each of its groups. Below 2^21.
    in_region: Vec<Running<i32>>,
    /// For each region, the count before it.
    regions: Vec<usize>,
    /// The position of the next mark.
    end: usize,
    /// How many marks there are.
    marked: usize,
}

impl Blocks {
    /// The end has reached a new word, and perhaps a new block, group or region: their running counts begin.
    #[cold]
    fn begin_word(&mut self) {
        let (block, group, region) = (self.end / BLOCK, self.end / GROUP, self.end / REGION);
        if self.end.is_multiple_of(REGION) {
            self.regions[region] = self.marked;
        }
        let mut inside = self.marked - self.regions[region];
        let before_group = &mut self.in_region[region].0[group % 32];
        if self.end.is_multiple_of(GROUP) {
            *before_group = inside as i32;
        }
        inside -= *before_group as usize;
        let before_block = &mut self.in_group[group].0[block % 32];
        if self.end.is_multiple_of(BLOCK) {
            *before_block = inside as u16;
        }
        inside -= usize::from(*before_block);
        self.in_block[block].0[self.end / WORD % 32] = inside as u16;
    }
}

impl Marks for Blocks {
    fn new(length: usize) -> Self {
        Self {
            words: vec![0; length.div_ceil(WORD)],
            in_block: vec![Running([0; 32]); length.div_ceil(BLOCK)],
            in_group: vec![Running([0; 32]); length.div_ceil(GROUP)],
            in_region: vec![Running([0; 32]); length.div_ceil(REGION)],
            regions: vec![0; length.div_ceil(REGION)],
            end: 0,
            marked: 0,
        }
    }

    #[inline]
    fn push(&mut self) {
        if self.end.is_multiple_of(WORD) {
            self.begin_word();
        }
        self.words[self.end / WORD] |= 1 << (self.end % WORD);
        self.end += 1;
        self.marked += 1;
    }

    #[inline]
    fn clear(&mut self, at: usize) {
        self.words[at / WORD] &= !(1 << (at % WORD));
        self.in_block[at / BLOCK].subtract_behind(at / WORD % 32);
        self.in_group[at / GROUP].subtract_behind(at / BLOCK % 32);
        self.in_region[at / REGION].subtract_behind(at / GROUP % 32);
        for count in &mut self.regions[at / REGION + 1..] {
            *count = count.wrapping_sub(1);
        }
        self.marked -= 1;
    }

    #[inline]
    fn before(&self, at: usize) -> usize {
        let below = (1 << (at % WORD)) - 1;
        let in_word = (self.words[at / WORD] & below).count_ones() as usize;
        let in_block = usize::from(self.in_block[at / BLOCK].0[at / WORD % 32]);
        let in_group = usize::from(self.in_group[at / GROUP].0[at / BLOCK % 32]);
        let in_region = self.in_region[at / REGION].0[at / GROUP % 32] as usize;
        self.regions[at / REGION] + in_region + in_group + in_block + in_word
    }

    /// The upper levels are near anyhow.
    #[inline]
    fn prefetch(&self, at: usize) {
        prefetch(&self.words, at / WORD);
        prefetch(&self.in_block, at / BLOCK);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::stream;

    #[test]
    fn marks_are_counted_at_every_level() {
        let length = REGION + 2 * GROUP + 5 * BLOCK + 7;
        let mut marks = Blocks::new(length);
        let mut plain = vec![false; length];
        let mut draws = stream(1, "marks");
        for end in 0..length {
            marks.push();
            plain[end] = true;
            let at = draws.index(end + 1);
            if plain[at] {
                marks.clear(at);
                plain[at] = false;
            }
        }
        let mut before = 0;
        for (at, marked) in plain.iter().enumerate() {
            assert_eq!(marks.before(at), before, "before {at}");
            before += usize::from(*marked);
        }
    }
}
