//! A note has one title, and its headings descend one level at a time.

use super::{Findings, Rule, Subject};
use crate::content::Note;

pub(super) const RULE: Rule = Rule {
    name: "headings",
    demands: "A note has one `#` heading, its first, and no level is left out below it.",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    subject.content.notes.iter().for_each(|note| check_note(note, findings));
}

fn check_note(note: &Note, findings: &mut Findings) {
    if note.headings.is_empty() {
        return findings.note(note, 0, "the note has no heading: begin it with `# Title`");
    }
    let mut above = 0;
    for (position, heading) in note.headings.iter().enumerate() {
        if position > 0 && heading.level == 1 {
            findings.heading(note, heading, "a note has one `#` heading: use `##` for a section");
        } else if heading.level > above + 1 {
            let message =
                format!("a heading of level {} follows one of level {above}: use level {}", heading.level, above + 1);
            let first = "the first heading of a note is its title: begin it with one `#`".to_owned();
            findings.heading(note, heading, if position == 0 { first } else { message });
        }
        above = heading.level;
    }
}
