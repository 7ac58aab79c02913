//! No two notes say the same thing in the same words.

use std::collections::HashMap;

use super::prose::{Placed, passages};
use super::{Findings, Rule, Subject};
use crate::content::Note;

/// So many equal words in a row are no accident.
const RUN: usize = 8;

pub(super) const RULE: Rule = Rule { name: "shared_runs", demands: "No two notes share eight words in a row.", check };

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let mut first: HashMap<Vec<String>, &Note> = HashMap::new();
    for note in &subject.content.notes {
        let passages = passages(&note.body);
        for passage in &passages {
            let mut told_until = 0;
            for (at, run) in passage.windows(RUN).enumerate() {
                let shared = first.get(&key(run)).filter(|other| other.topic != note.topic);
                if let Some(other) = shared {
                    // A longer run is one problem.
                    if at >= told_until {
                        let message = format!(
                            "`{}` stands in {} too: say it in other words",
                            key(run).join(" "),
                            other.place.file
                        );
                        findings.note(note, run[0].at, message);
                    }
                    told_until = at + RUN;
                }
            }
        }
        for run in passages.iter().flat_map(|passage| passage.windows(RUN)) {
            first.entry(key(run)).or_insert(note);
        }
    }
}

fn key(run: &[Placed]) -> Vec<String> {
    run.iter().map(|placed| placed.word.clone()).collect()
}
