//! Bringing steps into order.

use crate::recall::Rating;
use crate::rng::Stream;

/// The steps as they stand on the screen.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    /// For each place the step that stands there, counted as in the right order.
    places: Vec<usize>,
    cursor: usize,
    is_checked: bool,
}

impl Order {
    /// Shuffled steps, never by chance in the right order already.
    pub(crate) fn new(steps: usize, mut chance: Stream) -> Self {
        let mut places: Vec<usize> = (0..steps).collect();
        chance.shuffle(&mut places);
        if steps > 1 && places.is_sorted() {
            places.rotate_left(1);
        }
        Self { places, cursor: 0, is_checked: false }
    }

    /// For each place the step that stands there, counted as in the right order.
    pub(crate) fn places(&self) -> &[usize] {
        &self.places
    }

    pub(crate) fn cursor(&self) -> usize {
        self.cursor
    }

    pub(crate) fn is_checked(&self) -> bool {
        self.is_checked
    }

    pub(crate) fn step(&mut self, by: isize) {
        self.cursor = self.cursor.saturating_add_signed(by).min(self.places.len().saturating_sub(1));
    }

    /// Moves the step under the cursor, and the cursor with it.
    pub(crate) fn carry(&mut self, by: isize) {
        let from = self.cursor;
        self.step(by);
        if let Some(stretch) = self.places.get_mut(from.min(self.cursor)..=from.max(self.cursor)) {
            if by < 0 { stretch.rotate_right(1) } else { stretch.rotate_left(1) }
        }
    }

    /// Takes the order as the answer.
    pub(crate) fn check(&mut self) {
        self.is_checked = true;
    }

    /// Whether the step at a place belongs there.
    pub(crate) fn is_right_at(&self, place: usize) -> bool {
        self.places.get(place) == Some(&place)
    }

    /// What the app proposes once the order is checked.
    pub(crate) fn proposal(&self) -> Option<Rating> {
        let rating = if self.places.is_sorted() { Rating::Good } else { Rating::Again };
        self.is_checked.then_some(rating)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::stream;

    /// Begins with `places`, carries the step at `from` by `by`, and compares where everything stands then.
    fn check(from: usize, by: isize, expected: [usize; 4]) {
        let mut order = Order { places: vec![0, 1, 2, 3], cursor: from, is_checked: false };
        order.carry(by);
        assert_eq!(order.places(), expected);
        assert_eq!(order.places()[order.cursor()], from, "the cursor goes with its step");
    }

    #[test]
    fn a_step_is_carried_and_stops_at_the_ends() {
        check(1, 1, [0, 2, 1, 3]);
        check(1, -1, [1, 0, 2, 3]);
        check(0, -1, [0, 1, 2, 3]);
        check(3, 1, [0, 1, 2, 3]);
        check(0, 9, [1, 2, 3, 0]);
    }

    #[test]
    fn it_never_begins_in_the_right_order() {
        for seed in 0..50 {
            for steps in 2..5 {
                let mut order = Order::new(steps, stream(seed, "steps"));
                order.check();
                assert_eq!(order.proposal(), Some(Rating::Again), "{steps} steps, seed {seed}");
            }
        }
    }

    #[test]
    fn only_the_right_order_is_right() {
        let mut order = Order { places: vec![1, 0], cursor: 0, is_checked: false };
        assert_eq!(order.proposal(), None);
        order.carry(1);
        assert!(order.is_right_at(0) && order.is_right_at(1) && !order.is_right_at(2));
        order.check();
        assert_eq!(order.proposal(), Some(Rating::Good));
    }

    #[test]
    fn nothing_to_order_does_not_panic() {
        let mut order = Order::new(0, stream(1, "steps"));
        order.carry(1);
        order.carry(-1);
        assert_eq!(order.places(), [0_usize; 0]);
    }
}
