//! What a round can be asked: where it stands, what was written and said, and what that sets.

use super::super::kind::Phase;
use super::super::score::CurveballResult;
use super::super::text::Notes;
use super::{Line, PhaseLog, Recording, Round, Script, Setup, Stage, Thrown};

impl Round {
    /// Where the round stands.
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// What was chosen.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// What the round draws on.
    pub fn script(&self) -> &Script {
        &self.script
    }

    /// The present phase, from 0.
    pub fn phase(&self) -> usize {
        self.phase
    }

    /// What happened in each phase, in the order of the kind.
    pub fn phases(&self) -> &[PhaseLog] {
        &self.phases
    }

    /// What the interviewer said, in order.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The curveballs that were thrown, with their answers.
    pub fn thrown(&self) -> &[Thrown] {
        &self.thrown
    }

    /// How many rungs of help are left in the present phase.
    pub fn hints_left(&self) -> usize {
        let taken = self.phases[self.phase].hints;
        (1..=3).filter(|rung| *rung > taken && self.script.hint(self.present(), *rung).is_some()).count()
    }

    /// The notes of all phases, each under the first phase of scenarios that it covers.
    pub fn notes(&self) -> Notes {
        let phases = self.script.kind.phases.iter().zip(&self.phases).enumerate();
        let own = phases.map(|(at, (phase, log))| {
            // What was filled in is nobody's merit; its lines stay, empty, so that all others keep their numbers.
            let given: Vec<&str> = self.setup.given.get(at).map(|text| text.lines().collect()).unwrap_or_default();
            let lines = log.notes.lines().map(|line| if given.contains(&line) { "" } else { line });
            (phase.id.as_str(), lines.collect::<Vec<_>>().join("\n"))
        });
        let own: Vec<(&str, String)> = own.collect();
        Notes::of_phases(own.iter().map(|(phase, text)| (*phase, text.as_str())))
    }

    /// Everything that happened, as a file.
    pub fn recording(&self) -> Recording {
        let events = self.events.iter().map(|(recorded, _)| recorded.clone()).collect();
        Recording { setup: self.setup.clone(), events }
    }

    /// The inputs as the interviewer's answers, and the variant, set them.
    pub fn sets(&self) -> Vec<(String, String)> {
        let scenario = &self.script.scenario;
        let answers = self.answered.iter().flat_map(|&at| scenario.clarifications[at].sets.clone());
        let variant = scenario.variant.iter().filter(|_| self.setup.variant).flat_map(|variant| variant.sets.clone());
        variant.chain(answers).collect()
    }

    /// How the curveballs were answered.
    pub fn curveball_results(&self) -> Vec<CurveballResult> {
        let result = |thrown: &Thrown| {
            let curveball = self.script.curveballs.iter().find(|one| one.id == thrown.id)?;
            let shows = |signal| self.script.matcher.shows(signal, &thrown.answer, &[&curveball.text]);
            let strong = curveball.strong.iter().filter(|signal| shows(signal)).count();
            Some(CurveballResult { id: thrown.id.clone(), strong, weak: shows(&curveball.weak) })
        };
        self.thrown.iter().filter_map(result).collect()
    }

    pub(super) fn all_notes(&self) -> String {
        self.phases.iter().map(|phase| phase.notes.as_str()).collect::<Vec<_>>().join("\n")
    }

    pub(super) fn present(&self) -> &Phase {
        &self.script.kind.phases[self.phase]
    }
}
