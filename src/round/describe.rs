//! A scenario as a page to read: the task, a solution, and what is looked for. Whoever reads it knows the answer.

use std::fmt::Write;

use super::scenario::{Design, Scenario};

/// The scenario as Markdown.
pub fn describe(scenario: &Scenario) -> String {
    let mut page = Page::default();
    let topics: Vec<&str> = scenario.topics.iter().map(|topic| topic.as_str()).collect();
    page.line(format!("# {}", scenario.title));
    page.paragraph(&scenario.summary);
    page.paragraph(&format!(
        "{} · {} · {} min · {}",
        scenario.family.name(),
        scenario.difficulty.name(),
        scenario.minutes,
        topics.join(", ")
    ));
    page.section("Task", &scenario.prompt);
    page.section("The design to take apart", &scenario.design.flawed);
    let answers = scenario.clarifications.iter().map(|one| format!("{} {}", one.question, one.answer));
    page.list("Questions", answers);
    requirements(&mut page, &scenario.design);
    let inputs = scenario.inputs.iter().map(|one| format!("{}: `{} = {}`", one.title, one.name, one.value));
    page.list("Inputs", inputs);
    let estimates = scenario
        .estimates
        .iter()
        .map(|one| format!("{}: `{} = {}`, {}. {}", one.title, one.name, one.expression, one.golden, one.why));
    page.list("Estimates", estimates);
    solution(&mut page, &scenario.design);
    page.section("Reference answer", &scenario.reference);
    let point =
        |one: &super::scenario::Checkpoint| format!("{} ({}, {}): {}", one.id, one.phase, one.level.name(), one.says);
    page.list("What is looked for", scenario.checkpoints.iter().map(point));
    page.list("Wrong", scenario.red_flags.iter().map(|one| one.says.clone()));
    page.list("Too much", scenario.excesses.iter().map(|one| one.says.clone()));
    if let Some(variant) = &scenario.variant {
        page.section(&format!("Variant: {}", variant.title), &format!("{}\n\n{}", variant.prompt, variant.changes));
    }
    page.0
}

fn requirements(page: &mut Page, design: &Design) {
    page.list("What it does", design.functional.iter().cloned());
    page.list("How well", design.nonfunctional.iter().map(|one| format!("{} {}", one.goal, one.measure)));
    page.list("Left out", design.exclusions.iter().cloned());
}

fn solution(page: &mut Page, design: &Design) {
    page.list(
        "Calls",
        design.apis.iter().map(|one| format!("`{}`: {}; errors {}", one.call, one.response, one.errors)),
    );
    page.list("Data", design.entities.iter().map(|one| format!("**{}**: {} Key: {}", one.name, one.duty, one.key)));
    page.section("Drawing", &design.diagram);
    let part =
        |one: &super::scenario::Component| format!("**{}**: {} When it fails: {}", one.name, one.duty, one.failure);
    page.list("Parts", design.components.iter().map(part));
    page.list("Relations", design.low_level.relations.iter().cloned());
    page.section("Interfaces", &design.low_level.interfaces);
    page.section("Core", &design.low_level.logic);
    page.section("What always holds", &design.low_level.invariant);
    page.list("Steps", design.steps.iter().cloned());
    page.list("Deep dives", design.dives.iter().map(|one| format!("{} {}", one.question, one.choice)));
    let decision = |one: &super::scenario::Decision| format!("{} {} It turns: {}", one.question, one.choice, one.flips);
    page.list("Decisions", design.decisions.iter().map(decision));
    page.list("Traps", design.traps.iter().map(|one| format!("**{}**: {}", one.name, one.text)));
}

/// A page that leaves out what is empty.
#[derive(Default)]
struct Page(String);

impl Page {
    fn line(&mut self, text: impl AsRef<str>) {
        self.0.push_str(text.as_ref());
        self.0.push('\n');
    }

    fn paragraph(&mut self, text: &str) {
        if !text.is_empty() {
            self.line("");
            self.line(text);
        }
    }

    fn section(&mut self, title: &str, text: &str) {
        if !text.is_empty() {
            self.line("");
            self.line(format!("## {title}"));
            self.paragraph(text);
        }
    }

    fn list(&mut self, title: &str, items: impl Iterator<Item = String>) {
        let mut text = String::new();
        for item in items {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "- {}", item.trim().replace('\n', " "));
        }
        self.section(title, text.trim_end());
    }
}
