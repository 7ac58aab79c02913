//! The rows of a table are equally long.

use pulldown_cmark::{Event, Tag};

use super::{Findings, Rule, Subject};
use crate::content::markdown::events;

pub(super) const RULE: Rule = Rule { name: "tables", demands: "The rows of a table have equally many cells.", check };

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for note in &subject.content.notes {
        let mut columns = 0;
        for (event, range) in events(&note.body) {
            match event {
                Event::Start(Tag::Table(alignments)) => columns = alignments.len(),
                // The parser fills and cuts rows silently, so the cells are counted as they were written.
                Event::Start(Tag::TableRow) => {
                    let cells = cells(&note.body[range.clone()]);
                    if cells != columns {
                        let message =
                            format!("cells: {cells} in this row, {columns} in the table's first: make them equal");
                        findings.note(note, range.start, message);
                    }
                }
                _ => {}
            }
        }
    }
}

/// How many cells a row has; `\|` is a character of a cell.
fn cells(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let row = row.strip_suffix('|').filter(|rest| !rest.ends_with('\\')).unwrap_or(row);
    row.replace("\\|", "").matches('|').count() + 1
}
