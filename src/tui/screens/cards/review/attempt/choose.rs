//! Picking options, which come only once one had the chance to answer from the head.

use std::collections::BTreeSet;

use crate::content::Choice;
use crate::recall::Rating;
use crate::rng::Stream;

/// How sure the candidate was of what they picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Confidence {
    Sure,
    /// A lucky guess is no recall: it counts as forgotten, or luck would inflate the memory's stability.
    Guess,
}

/// What the candidate has picked so far. Options are named by their place on the screen.
#[derive(Clone, Debug)]
pub(crate) struct Choose {
    shown: Vec<Choice>,
    picked: BTreeSet<usize>,
    cursor: usize,
    is_open: bool,
    checked: Option<Confidence>,
}

impl Choose {
    pub(crate) fn new(options: &[Choice], mut chance: Stream) -> Self {
        let mut shown = options.to_vec();
        chance.shuffle(&mut shown);
        Self { shown, picked: BTreeSet::new(), cursor: 0, is_open: false, checked: None }
    }

    /// The options in the order in which they are shown.
    pub(crate) fn options(&self) -> &[Choice] {
        &self.shown
    }

    /// Whether the options are in view.
    pub(crate) fn is_open(&self) -> bool {
        self.is_open
    }

    /// Whether just one option is right, so that picking another takes its place.
    pub(crate) fn is_single(&self) -> bool {
        self.shown.iter().filter(|option| option.right).count() == 1
    }

    pub(crate) fn is_picked(&self, place: usize) -> bool {
        self.picked.contains(&place)
    }

    pub(crate) fn has_picked(&self) -> bool {
        !self.picked.is_empty()
    }

    pub(crate) fn cursor(&self) -> usize {
        self.cursor
    }

    pub(crate) fn confidence(&self) -> Option<Confidence> {
        self.checked
    }

    pub(crate) fn open(&mut self) {
        self.is_open = true;
    }

    pub(crate) fn step(&mut self, by: isize) {
        self.cursor = self.cursor.saturating_add_signed(by).min(self.shown.len().saturating_sub(1));
    }

    /// Picks an option or takes it back; one that is not there changes nothing.
    pub(crate) fn toggle(&mut self, place: usize) {
        if place >= self.shown.len() {
            return;
        }
        self.cursor = place;
        let was_picked = self.picked.remove(&place);
        if self.is_single() {
            self.picked.clear();
        }
        if !was_picked {
            self.picked.insert(place);
        }
    }

    /// Takes what is picked as the answer.
    pub(crate) fn check(&mut self, confidence: Confidence) {
        self.checked = Some(confidence);
    }

    /// Whether exactly the right options are picked.
    pub(crate) fn is_right(&self) -> bool {
        self.shown.iter().enumerate().all(|(place, option)| option.right == self.picked.contains(&place))
    }

    /// What the app proposes once the answer is checked.
    pub(crate) fn proposal(&self) -> Option<Rating> {
        self.checked.map(|confidence| match confidence {
            Confidence::Sure if self.is_right() => Rating::Good,
            Confidence::Sure | Confidence::Guess => Rating::Again,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::stream;

    fn choose(rights: usize, wrongs: usize) -> Choose {
        let option = |n, right| Choice { text: format!("{right} {n}"), right, because: String::new() };
        let options: Vec<_> =
            (0..rights).map(|n| option(n, true)).chain((0..wrongs).map(|n| option(n, false))).collect();
        let mut choose = Choose::new(&options, stream(1, "options"));
        choose.open();
        choose
    }

    /// Picks all options whose rightness is listed and compares the proposal.
    fn check(rights: usize, picks: &[bool], confidence: Confidence, proposal: Rating) {
        let mut choose = choose(rights, 3);
        for &right in picks {
            let place = (0..choose.options().len())
                .find(|&place| choose.options()[place].right == right && !choose.is_picked(place))
                .expect("an option left to pick");
            choose.toggle(place);
        }
        assert_eq!(choose.proposal(), None, "nothing is proposed before the answer is given");
        choose.check(confidence);
        assert_eq!(choose.proposal(), Some(proposal));
    }

    #[test]
    fn exactly_the_right_options_are_right() {
        check(1, &[true], Confidence::Sure, Rating::Good);
        check(1, &[false], Confidence::Sure, Rating::Again);
        check(2, &[true, true], Confidence::Sure, Rating::Good);
        check(2, &[true], Confidence::Sure, Rating::Again);
        check(2, &[true, true, false], Confidence::Sure, Rating::Again);
    }

    #[test]
    fn a_lucky_guess_counts_as_forgotten() {
        check(1, &[true], Confidence::Guess, Rating::Again);
        check(1, &[false], Confidence::Guess, Rating::Again);
    }

    #[test]
    fn of_a_single_right_option_only_one_is_picked() {
        let mut single = choose(1, 3);
        single.toggle(0);
        single.toggle(2);
        assert_eq!((0..4).map(|place| single.is_picked(place)).collect::<Vec<_>>(), [false, false, true, false]);
        single.toggle(2);
        single.toggle(9);
        assert!(!single.has_picked());
    }

    #[test]
    fn the_order_is_decided_by_the_stream() {
        let texts = |seed| {
            let options: Vec<_> =
                (0..6).map(|n| Choice { text: n.to_string(), right: n == 0, because: String::new() }).collect();
            let shown = Choose::new(&options, stream(seed, "options")).shown;
            shown.iter().map(|option| option.text.clone()).collect::<String>()
        };
        assert_eq!(texts(3), texts(3));
        assert_ne!(texts(3), texts(4));
    }
}
