//! Mixing orders without losing them.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, VecDeque};
use std::hash::Hash;

/// Reorders so that neighbours differ in topic wherever another topic is left, and otherwise keeps the order:
/// the foremost item whose topic is not the last one's comes next.
pub(super) fn topics<T, K: Hash + Eq + Clone>(items: Vec<T>, topic: impl Fn(&T) -> &K) -> Vec<T> {
    let mut places: HashMap<K, usize> = HashMap::new();
    let mut lines: Vec<VecDeque<(usize, T)>> = Vec::new();
    let count = items.len();
    for (position, item) in items.into_iter().enumerate() {
        let line = *places.entry(topic(&item).clone()).or_insert_with(|| {
            lines.push(VecDeque::new());
            lines.len() - 1
        });
        lines[line].push_back((position, item));
    }
    let mut fronts: BinaryHeap<Reverse<(usize, usize)>> =
        lines.iter().enumerate().filter_map(|(line, items)| Some(Reverse((items.front()?.0, line)))).collect();
    let mut mixed = Vec::with_capacity(count);
    let mut resting: Option<Reverse<(usize, usize)>> = None;
    while let Some(Reverse((_, line))) = fronts.pop().or_else(|| resting.take()) {
        mixed.extend(lines[line].pop_front().map(|(_, item)| item));
        fronts.extend(resting.take());
        resting = lines[line].front().map(|(position, _)| Reverse((*position, line)));
    }
    mixed
}

/// Spreads the few evenly among the many; each keeps its own order.
pub(super) fn evenly<T>(many: Vec<T>, few: Vec<T>) -> Vec<T> {
    let (many_count, few_count) = (many.len(), few.len());
    let total = many_count + few_count;
    let (mut many, mut few) = (many.into_iter(), few.into_iter());
    let mut placed = 0;
    let next = |position: usize| {
        // Each of the few stands in the middle of an equal share of all places.
        if (2 * position + 1) * few_count >= (2 * placed + 1) * total {
            placed += 1;
            few.next()
        } else {
            many.next()
        }
    };
    (0..total).filter_map(next).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(items: &str, expected: &str) {
        let mixed = topics(items.split(' ').collect(), |item| &item.as_bytes()[0]);
        assert_eq!(mixed.join(" "), expected);
    }

    #[test]
    fn neighbours_differ_while_another_topic_is_left() {
        check("a1 a2 a3 b1 b2 c1", "a1 b1 a2 b2 a3 c1");
        check("a1 b1 a2 b2", "a1 b1 a2 b2");
        check("b1 a1 a2 a3", "b1 a1 a2 a3");
        check("a1", "a1");
    }

    #[test]
    fn the_few_are_spread_among_the_many() {
        let join = |many: &str, few: &str| evenly(many.chars().collect(), few.chars().collect()).iter().collect();
        let spread: [String; 4] = [join("......", "12"), join("..", "1"), join("", "12"), join("...", "")];
        assert_eq!(spread, ["..1...2.", ".1.", "12", "..."]);
    }
}
