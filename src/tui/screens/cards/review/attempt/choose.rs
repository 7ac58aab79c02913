//! Picking options, which come only once one had the chance to answer from the head.

use std::collections::BTreeSet;

use crate::content::Choice;
use crate::recall::grading::{self, Confidence, Verdict};

/// What the candidate has picked so far. Options are named by their place on the screen.
#[derive(Clone, Debug)]
pub(crate) struct Choose {
    shown: Vec<Choice>,
    picked: BTreeSet<usize>,
    cursor: usize,
    is_open: bool,
    given: Option<(Confidence, Verdict)>,
}

impl Choose {
    /// Options that stand in the given order, of places in `options`.
    pub(crate) fn new(options: &[Choice], order: &[usize]) -> Self {
        let shown = order.iter().filter_map(|&place| options.get(place)).cloned().collect();
        Self { shown, picked: BTreeSet::new(), cursor: 0, is_open: false, given: None }
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

    /// How the answer was meant and what it is worth, once it was given.
    pub(crate) fn given(&self) -> Option<(Confidence, Verdict)> {
        self.given
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
        let picked: Vec<usize> = self.picked.iter().copied().collect();
        self.given = Some((confidence, grading::choose(&self.shown, &picked, confidence)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(rights: &[bool]) -> Choose {
        let option = |&right: &bool| Choice { text: String::new(), right, because: String::new() };
        let options: Vec<_> = rights.iter().map(option).collect();
        Choose::new(&options, &(0..rights.len()).collect::<Vec<_>>())
    }

    /// Toggles the options at some places and compares which are picked then.
    fn check(rights: &[bool], toggled: &[usize], picked: &[usize]) {
        let mut choose = choose(rights);
        toggled.iter().for_each(|&place| choose.toggle(place));
        let now: Vec<_> = (0..rights.len()).filter(|&place| choose.is_picked(place)).collect();
        assert_eq!(now, picked);
    }

    #[test]
    fn a_pick_is_taken_back_and_of_a_single_right_option_only_one_is_picked() {
        check(&[true, false, true], &[0, 2, 1], &[0, 1, 2]);
        check(&[true, false, true], &[0, 2, 0], &[2]);
        check(&[true, false, false], &[0, 2], &[2]);
        check(&[true, false, false], &[2, 2], &[]);
        check(&[true, false, false], &[9], &[]);
    }

    #[test]
    fn the_answer_is_judged_as_it_is_shown() {
        let options = ["right", "wrong"].map(|text| Choice {
            text: text.to_owned(),
            right: text == "right",
            because: String::new(),
        });
        let mut choose = Choose::new(&options, &[1, 0]);
        choose.toggle(1);
        choose.check(Confidence::Sure);
        assert!(choose.given().is_some_and(|(_, verdict)| verdict.right));
    }
}
