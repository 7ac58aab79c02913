//! The interviewer's turns: prompts, answers, hints, questions and curveballs.

use super::{Effect, Line, LineKind, Round, Thrown};

/// At most so many curveballs are thrown.
const CURVEBALLS: usize = 3;

impl Round {
    pub(super) fn prompt(&mut self, effects: &mut Vec<Effect>) {
        if let Some(text) = self.present().prompts.first().cloned() {
            self.probed.push(text.clone());
            self.say(Line { kind: LineKind::Prompt, text }, effects);
        }
    }

    /// Answers each line that became a question.
    pub(super) fn answer_questions(&mut self, effects: &mut Vec<Effect>) {
        let notes = &self.phases[self.phase].notes;
        let questions: Vec<String> = notes
            .lines()
            .filter_map(|line| line.split_once('?').map(|(question, _)| format!("{}?", question.trim())))
            .filter(|question| question.len() > 3 && !self.asked.contains(question))
            .collect();
        for question in questions {
            let answer = self.script.answer(&question);
            self.asked.push(question);
            match answer {
                Some((at, line)) if !self.answered.contains(&at) => {
                    self.answered.push(at);
                    self.say(line, effects);
                }
                Some(_) => {}
                None => {
                    let text = "That is up to you: assume something sensible and say so.".to_owned();
                    self.say(Line { kind: LineKind::Answer, text }, effects);
                }
            }
        }
    }

    pub(super) fn hint(&mut self, effects: &mut Vec<Effect>) {
        let rung = self.phases[self.phase].hints + 1;
        if let Some(line) = self.script.hint(self.present(), rung) {
            self.phases[self.phase].hints = rung;
            self.say(line, effects);
            effects.push(Effect::SaveDraft);
        }
    }

    pub(super) fn probe(&mut self, effects: &mut Vec<Effect>) {
        let probes = self.script.probes(&self.all_notes());
        let prompts = self.present().prompts.clone();
        let Some(text) = probes.into_iter().chain(prompts).find(|text| !self.probed.contains(text)) else { return };
        self.probed.push(text.clone());
        self.say(Line { kind: LineKind::Probe, text }, effects);
    }

    /// Half-way through a phase the problem may change, once a phase.
    pub(super) fn throw(&mut self, effects: &mut Vec<Effect>) {
        let log = &self.phases[self.phase];
        if log.threw || self.thrown.len() >= CURVEBALLS || log.spent < log.budget / 2 {
            return;
        }
        self.phases[self.phase].threw = true;
        let thrown: Vec<String> = self.thrown.iter().map(|thrown| thrown.id.clone()).collect();
        let Some(curveball) = self.script.curveball(self.present(), &self.all_notes(), &thrown) else { return };
        let (id, text) = (curveball.id.clone(), curveball.text.clone());
        self.thrown.push(Thrown { id: id.clone(), answer: String::new() });
        self.say(Line { kind: LineKind::Curveball(id), text }, effects);
    }

    pub(super) fn say(&mut self, line: Line, effects: &mut Vec<Effect>) {
        self.lines.push(line.clone());
        effects.push(Effect::Show(line));
    }
}
