//! Bringing steps into order.

/// The steps as they stand on the screen.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    /// For each place the step that stands there, counted as in the right order.
    places: Vec<usize>,
    cursor: usize,
}

impl Order {
    /// Steps that stand in the given order at first.
    pub(crate) fn new(places: Vec<usize>) -> Self {
        Self { places, cursor: 0 }
    }

    /// For each place the step that stands there, counted as in the right order.
    pub(crate) fn places(&self) -> &[usize] {
        &self.places
    }

    pub(crate) fn cursor(&self) -> usize {
        self.cursor
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

    /// Whether the step at a place belongs there.
    pub(crate) fn is_right_at(&self, place: usize) -> bool {
        self.places.get(place) == Some(&place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Begins in order, carries the step at `from` by `by`, and compares where everything stands then.
    fn check(from: usize, by: isize, expected: [usize; 4]) {
        let mut order = Order { places: vec![0, 1, 2, 3], cursor: from };
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
    fn nothing_to_order_does_not_panic() {
        let mut order = Order::new(Vec::new());
        order.carry(1);
        order.carry(-1);
        assert_eq!(order.places(), [0_usize; 0]);
        assert!(!order.is_right_at(0));
    }
}
