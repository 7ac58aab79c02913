//! Words that only repeat what the candidate was told.

use std::collections::BTreeSet;

use super::super::text::{Clause, tokens};

/// So many words in a row are no accident.
const RUN: usize = 6;

/// Marks the words of the notes that repeat a run of what was told.
pub(super) fn mark(clauses: &mut [Clause], told: &[&str]) {
    let mut runs: BTreeSet<Vec<String>> = BTreeSet::new();
    for text in told {
        let stems: Vec<String> =
            tokens(text).into_iter().filter(|token| !token.is_mark()).map(|token| token.stem).collect();
        runs.extend(stems.windows(RUN).map(<[String]>::to_vec));
    }
    for clause in clauses {
        let words: Vec<usize> = (0..clause.tokens.len()).filter(|&at| !clause.tokens[at].is_mark()).collect();
        for window in words.windows(RUN) {
            let stems: Vec<String> = window.iter().map(|&at| clause.tokens[at].stem.clone()).collect();
            if runs.contains(&stems) {
                window.iter().for_each(|&at| clause.tokens[at].echo = true);
            }
        }
    }
}
