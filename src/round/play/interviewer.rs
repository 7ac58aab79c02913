//! What the interviewer says, and when.

use std::time::Duration;

use super::questions::questions;
use super::{Effect, Play, Said, Thrown, What};
use crate::round::curveball::Curveball;

/// No more changes of the problem than these in one round.
const MOST_CURVEBALLS: usize = 3;
/// Shorter phases are left in peace.
const SHORTEST_FOR_A_CURVEBALL: Duration = Duration::from_secs(45);

impl Play {
    pub(super) fn introduce(&mut self) {
        let variant = self.scenario.variant.as_ref().filter(|_| self.draft.set_up.variant);
        let task = variant.map_or(&self.scenario.prompt, |variant| &variant.prompt).clone();
        self.say(What::Task, &task);
    }

    /// Opens a phase with a word.
    pub(super) fn prompt(&mut self) -> bool {
        let Some(prompt) = self.kind.phases.get(self.draft.at).and_then(|phase| phase.prompts.first()).cloned() else {
            return false;
        };
        self.say(What::Prompt, &prompt);
        true
    }

    pub(super) fn say_time(&mut self) {
        if let Some(text) = self.kind.phases.get(self.draft.at).map(|phase| phase.time.clone()) {
            self.say(What::Time, &text);
        }
    }

    /// Answers every question that is put in a phase and has not been answered; whether there was one.
    pub(super) fn answer_questions(&mut self, phase: usize) -> bool {
        let questions = questions(&self.draft.pages[phase].text);
        let is_answered = |at: usize| self.draft.said.iter().any(|said| said.what == What::Answer(at));
        let asked = self.scenario.clarifications.iter().enumerate().filter(|(at, clarification)| {
            !is_answered(*at) && questions.iter().any(|question| self.matcher.speaks_of(&clarification.asks, question))
        });
        let answers: Vec<(usize, String)> = asked.map(|(at, one)| (at, one.answer.clone())).collect();
        for (at, answer) in &answers {
            self.say(What::Answer(*at), answer);
        }
        !answers.is_empty()
    }

    /// The next rung of the ladder of a phase.
    pub(super) fn hint(&mut self) -> Vec<Effect> {
        let at = self.draft.at;
        let Some(phase) = self.kind.phases.get(at) else { return Vec::new() };
        let ladders = self.scenario.hints.iter().filter(|hints| phase.covers.contains(&hints.phase));
        let rungs: Vec<String> = ladders.flat_map(|hints| hints.ladder.iter().cloned()).collect();
        let rungs = if rungs.is_empty() { vec![phase.nudge.clone()] } else { rungs };
        let given = self.draft.pages[at].hints as usize;
        let Some(rung) = rungs.get(given) else { return Vec::new() };
        self.say(What::Hint(given), rung);
        self.draft.pages[at].hints += 1;
        vec![Effect::Show, Effect::Save]
    }

    /// How many hints are left in the open phase.
    pub fn hints_left(&self) -> usize {
        let Some(phase) = self.kind.phases.get(self.draft.at) else { return 0 };
        let ladders = self.scenario.hints.iter().filter(|hints| phase.covers.contains(&hints.phase)).count();
        (ladders * 3).max(1).saturating_sub(self.draft.pages[self.draft.at].hints as usize)
    }

    /// The next question on what was named, else a challenge, else what may be said in this phase anyway.
    pub(super) fn challenge(&mut self) -> Vec<Effect> {
        let notes = self.notes();
        let was_said = |what: &What| self.draft.said.iter().any(|said| said.what == *what);
        let drills =
            self.scenario.drill_downs.iter().enumerate().filter(|(_, drill)| self.matcher.names(&drill.on, &notes));
        let drills = drills.flat_map(|(at, drill)| {
            drill.asks.iter().enumerate().map(move |(step, ask)| (What::Drill(at, step), ask.clone()))
        });
        let fits = |on: &crate::round::Terms| on.is_empty() || self.matcher.names(on, &notes);
        let probes = self.scenario.probes.iter().enumerate().filter(|(_, probe)| fits(&probe.on));
        let probes = probes.map(|(at, probe)| (What::Probe(at), probe.ask.clone()));
        let next = drills.chain(probes).find(|(what, _)| !was_said(what));
        let general = || {
            let phase = self.kind.phases.get(self.draft.at)?;
            phase.prompts.get(1).map(|prompt| (What::Prompt, prompt.clone()))
        };
        let Some((what, text)) = next.or_else(general) else { return Vec::new() };
        self.say(what, &text);
        vec![Effect::Show, Effect::Save]
    }

    /// Throws a curveball where half of a phase's time has passed and the notes invite one.
    pub(super) fn throw(&mut self) -> bool {
        let at = self.draft.at;
        let budget = self.budgets.get(at).copied().unwrap_or_default();
        let is_half_over = self.draft.pages[at].spent * 2 >= budget;
        let has_one = self.draft.thrown.iter().any(|thrown| thrown.phase == at);
        if budget < SHORTEST_FOR_A_CURVEBALL || !is_half_over || has_one || self.draft.thrown.len() >= MOST_CURVEBALLS {
            return false;
        }
        let Some(curveball) = self.choose().cloned() else { return false };
        let before = self.draft.pages.iter().map(|page| page.text.clone()).collect();
        self.draft.thrown.push(Thrown { id: curveball.id.clone(), phase: at, before });
        self.say(What::Curveball(curveball.id.clone()), &curveball.text);
        true
    }

    /// The first of the scenario's that the notes invite, else one that fits any design, else one of the common list.
    fn choose(&self) -> Option<&Curveball> {
        let notes = self.notes();
        let covers = self.kind.phases.get(self.draft.at).map(|phase| phase.covers.as_slice()).unwrap_or_default();
        let suits = |curveball: &&Curveball| {
            let is_new = self.draft.thrown.iter().all(|thrown| thrown.id != curveball.id);
            is_new && curveball.phases.iter().any(|phase| covers.contains(phase))
        };
        let invited =
            |curveball: &&Curveball| !curveball.when.is_empty() && self.matcher.names(&curveball.when, &notes);
        let own = || self.scenario.curveballs.iter().filter_map(|own| self.rulebook.curveball(&own.id)).filter(suits);
        let common = || self.rulebook.curveballs.iter().filter(suits);
        own()
            .find(invited)
            .or_else(|| own().find(|curveball| curveball.when.is_empty()))
            .or_else(|| common().find(invited))
            .or_else(|| common().find(|curveball| curveball.when.is_empty()))
    }

    fn notes(&self) -> String {
        self.draft.pages.iter().map(|page| page.text.as_str()).collect::<Vec<_>>().join("\n")
    }

    fn say(&mut self, what: What, text: &str) {
        // Lines of a file are no lines of speech.
        let paragraphs =
            text.trim().split("\n\n").map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "));
        let text = paragraphs.collect::<Vec<_>>().join("\n\n");
        self.draft.said.push(Said { phase: self.draft.at, what, text });
    }
}
