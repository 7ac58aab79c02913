//! What the interviewer may say in a phase, with what a good answer says.

use ratatui::style::Style;
use ratatui::text::Line;

use crate::round::Script;
use crate::tui::theme::Theme;
use crate::tui::widgets::wrap::wrap;

/// The page for a phase of the kind, in lines of so many columns.
pub(super) fn lines(theme: &Theme, script: &Script, at: usize, columns: usize) -> Vec<Line<'static>> {
    let mut page = Page { theme, columns, lines: Vec::new() };
    let (scenario, Some(phase)) = (&script.scenario, script.kind.phases.get(at)) else { return page.lines };
    if at == 0 {
        page.section("The task", [(scenario.prompt.as_str(), "")]);
        page.section("The design to take apart", [(scenario.design.flawed.as_str(), "")]);
    }
    page.section("This phase", [(phase.goal.as_str(), phase.exit.as_str())]);
    page.section("Say", phase.prompts.iter().map(|prompt| (prompt.as_str(), "")));
    let covers = |phase_of: &str| phase.covers.iter().any(|covered| covered == phase_of);
    if at <= 1 || covers("clarify") || covers("questions") {
        page.section(
            "If asked",
            scenario.clarifications.iter().map(|one| (one.question.as_str(), one.answer.as_str())),
        );
    }
    let ladders = scenario.hints.iter().filter(|hints| covers(&hints.phase));
    page.section(
        "Help, each step costs independence",
        ladders.flat_map(|hints| hints.ladder.iter().map(|rung| (rung.as_str(), ""))),
    );
    let curveballs = script.curveballs.iter().filter(|one| {
        scenario.curveballs.iter().any(|own| own.id == one.id) && one.phases.iter().any(|phase| covers(phase))
    });
    page.section(
        "Curveballs",
        curveballs.map(|one| {
            let own = scenario.curveballs.iter().find(|own| own.id == one.id);
            (one.text.as_str(), own.map_or("", |own| own.answer.as_str()))
        }),
    );
    if covers("design") || covers("dives") || covers("classes") || covers("challenge") {
        let drills = scenario.drill_downs.iter().flat_map(|drill| drill.asks.iter().zip(&drill.answers));
        page.section("Drill down", drills.map(|(ask, answer)| (ask.as_str(), answer.as_str())));
    }
    page.section("Challenge", scenario.probes.iter().map(|probe| (probe.ask.as_str(), probe.answer.as_str())));
    page.lines
}

struct Page<'a> {
    theme: &'a Theme,
    columns: usize,
    lines: Vec<Line<'static>>,
}

impl Page<'_> {
    /// A heading with what is said and, in another colour, what a good answer says; nothing where nothing is said.
    fn section<'t>(&mut self, heading: &str, entries: impl IntoIterator<Item = (&'t str, &'t str)>) {
        let entries: Vec<_> = entries.into_iter().filter(|(said, _)| !said.trim().is_empty()).collect();
        if entries.is_empty() {
            return;
        }
        if !self.lines.is_empty() {
            self.lines.push(Line::default());
        }
        self.lines.push(Line::styled(heading.to_owned(), self.theme.title));
        for (said, answer) in entries {
            self.add(self.theme.glyphs.bullet, said, self.theme.text);
            if !answer.trim().is_empty() {
                self.add(self.theme.glyphs.within, answer, self.theme.muted);
            }
        }
    }

    fn add(&mut self, sign: &str, text: &str, style: Style) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for (row, line) in wrap(&text, self.columns.saturating_sub(2)).into_iter().enumerate() {
            let sign = if row == 0 { sign } else { " " };
            self.lines.push(Line::styled(format!("{sign} {line}"), style));
        }
    }
}
