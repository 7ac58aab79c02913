//! An exemplary round as a page to read: what was written, phase by phase, and what is good about it.

use crate::round::Scenario;
use crate::tui::screens::reader::Given;

/// The page.
pub(super) fn example(scenario: &Scenario) -> Given {
    let mut body = format!("# {}: an example\n\n{}\n", scenario.title, scenario.prompt.trim());
    let mut phase = "";
    for remark in &scenario.transcript {
        if remark.phase != phase {
            phase = &remark.phase;
            body += &format!("\n## {}\n", capitalised(phase));
        }
        body += &format!("\n```text\n{}\n```\n\n> {}\n", remark.text.trim(), remark.note.trim().replace('\n', " "));
    }
    Given { title: format!("Example: {}", scenario.title), body, file_name: format!("{}-example.md", scenario.id) }
}

/// The words of the example for the phases that a kind's phase covers.
pub(super) fn words_for(scenario: &Scenario, covers: &[String]) -> String {
    let said = scenario.transcript.iter().filter(|remark| covers.contains(&remark.phase));
    said.map(|remark| remark.text.trim()).collect::<Vec<_>>().join("\n")
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Place;
    use crate::estimate::Numbers;
    use crate::round::{Family, Remark};

    #[test]
    fn an_example_is_read_phase_by_phase() {
        let remark = |phase: &str, text: &str| Remark {
            phase: phase.to_owned(),
            text: text.to_owned(),
            note: "good".to_owned(),
            place: Place { file: String::new(), line: 1, column: 1 },
        };
        let remarks = [remark("clarify", "- how many?"), remark("clarify", "- how fast?"), remark("design", "a -> b")];
        let text = "title = \"T\"\nsummary = \"S\"\ndifficulty = \"easy\"\nminutes = 9\nrubric = \"r\"\nprompt = \"P\"\n\
                    reference = \"R\"\ndiagram = \"a -> b\"";
        let (scenario, problems) = Scenario::parse(Family::Hld, "scenarios/hld/t.toml", text, &Numbers::default());
        let mut scenario = scenario.unwrap_or_else(|| panic!("{problems:#?}"));
        scenario.transcript = remarks.to_vec();
        let page = example(&scenario);
        assert_eq!(page.body.matches("## Clarify").count(), 1);
        assert!(page.body.contains("## Design\n\n```text\na -> b\n```\n\n> good"), "{}", page.body);
        assert_eq!(words_for(&scenario, &["clarify".to_owned()]), "- how many?\n- how fast?");
    }
}
