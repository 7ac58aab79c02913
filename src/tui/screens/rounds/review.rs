//! After a round: what text cannot show is judged by oneself, then the evidence is looked through, then the report.
//!
//! Nothing is ticked beyond what a line proves. A correction quotes a line of one's own, else it counts for nothing.
//! Start reading at [`Review::run`](Screen::run); `own` is the first part, `evidence` the second.

mod evidence;
pub(super) mod follow;
mod own;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::round::{Judged, Notes, Override, Round, Rubric, SelfScore, Tier};
use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::screen::{Binding, Cx, Refusal, Reply, Screen};

use super::catalogue::Catalogue;
use super::history::{self, Attempt};
use evidence::Evidence;
use own::Own;

/// The review of a round that is over.
#[derive(Debug)]
pub(crate) struct Review {
    catalogue: Catalogue,
    round: Round,
    rubric: Rubric,
    notes: Notes,
    judged: Judged,
    own: Own,
    evidence: Evidence,
    is_at_evidence: bool,
    /// How many saves are not answered yet; the report comes after the last.
    saving: usize,
    has_failed: bool,
    report: Option<follow::Report>,
}

/// What one can do in a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// On: to the next question, to the evidence, or take the line that is selected.
    Go,
    /// To the report.
    Report,
    /// Choose the answer so many further.
    Choose(isize),
    /// Select the question, checkpoint or line so many further.
    Step(isize),
    /// Say that a checkpoint was not shown after all.
    Reject,
    /// Take the correction of a checkpoint back.
    Undo,
    /// Choose no line after all; else leave the review for later.
    Close,
}

impl Review {
    /// The review of a round that is over, from its first question on.
    pub(super) fn of(catalogue: &Catalogue, round: Round) -> Result<Self, Refusal> {
        let scenario = &round.script().scenario;
        let rubric = catalogue.rulebook.rubric(&scenario.rubric).cloned();
        let rubric = rubric.ok_or_else(|| Refusal(format!("There is no rubric `{}` to judge by.", scenario.rubric)))?;
        let notes = round.notes();
        let judged = Judged::of(&round, &rubric, &[], &catalogue.numbers);
        Ok(Self {
            catalogue: catalogue.clone(),
            own: Own::of(&rubric, round.setup().level),
            evidence: Evidence::of(&judged.auto.checkpoints, scenario, &notes),
            round,
            rubric,
            notes,
            judged,
            is_at_evidence: false,
            saving: 0,
            has_failed: false,
            report: None,
        })
    }

    /// Keeps the round with everything that follows from it; the report is shown when that is on the disk.
    fn close(&mut self, cx: &Cx<'_>) -> Vec<Effect> {
        let own = SelfScore { dimensions: self.own.scores(), prediction: self.own.prediction() };
        let overrides: Vec<Override> = self.evidence.overrides().to_vec();
        let recording = self.round.recording().to_lines();
        let attempt = Attempt { recording, overrides, own, ticks: None };
        let judged = history::judge(&self.round, &self.rubric, &attempt, &self.catalogue.numbers);
        let records = follow::records(cx, &self.round, &judged, &attempt);
        self.report = Some(follow::report(cx, &self.round, &self.rubric, &judged, &attempt.own));
        self.saving = records.len();
        self.has_failed = false;
        records.into_iter().map(Effect::Save).collect()
    }

    fn saved(&mut self, cx: &Cx<'_>, result: Result<(), String>) -> Vec<Effect> {
        self.saving = self.saving.saturating_sub(1);
        if let Err(why) = result {
            self.has_failed = true;
            return vec![Effect::fail(why)];
        }
        if self.saving > 0 || self.has_failed {
            return Vec::new();
        }
        match self.report.take().map(|report| report.open(cx)) {
            Some(opened) => vec![Effect::Pop, opened],
            None => Vec::new(),
        }
    }
}

impl Screen for Review {
    type Command = Command;

    const KEYS: &'static [Binding<Command>] = &[
        Binding { id: "round-review.go", keys: &[Key::ENTER], help: "next", command: Command::Go },
        Binding {
            id: "round-review.report",
            keys: &[Key::ctrl('s'), Key::char('r')],
            help: "report",
            command: Command::Report,
        },
        Binding { id: "round-review.close", keys: &[Key::ESC], help: "judge later", command: Command::Close },
        Binding { id: "round-review.reject", keys: &[Key::char('x')], help: "not shown", command: Command::Reject },
        Binding { id: "round-review.undo", keys: &[Key::char('u')], help: "undo", command: Command::Undo },
        Binding {
            id: "round-review.right",
            keys: &[Key::RIGHT, Key::char('l')],
            help: "choose",
            command: Command::Choose(1),
        },
        Binding {
            id: "round-review.left",
            keys: &[Key::LEFT, Key::char('h')],
            help: "choose",
            command: Command::Choose(-1),
        },
        Binding {
            id: "round-review.down",
            keys: &[Key::DOWN, Key::char('j')],
            help: "next",
            command: Command::Step(1),
        },
        Binding {
            id: "round-review.up",
            keys: &[Key::UP, Key::char('k')],
            help: "previous",
            command: Command::Step(-1),
        },
        Binding {
            id: "round-review.page-down",
            keys: &[Key::PAGE_DOWN],
            help: "ten further",
            command: Command::Step(10),
        },
        Binding { id: "round-review.page-up", keys: &[Key::PAGE_UP], help: "ten back", command: Command::Step(-10) },
    ];

    fn title(&self, cx: &Cx<'_>) -> String {
        let dot = cx.theme.glyphs.dot;
        format!("Round {dot} {} {dot} review", self.round.script().scenario.title)
    }

    fn available(&self, command: Command) -> bool {
        match command {
            Command::Go | Command::Step(_) | Command::Close => true,
            Command::Report => self.is_at_evidence && !self.evidence.is_picking(),
            Command::Choose(_) => !self.is_at_evidence,
            Command::Reject => self.is_at_evidence && self.evidence.may_reject(&self.judged.proofs.findings),
            Command::Undo => self.is_at_evidence && self.evidence.is_overridden(),
        }
    }

    fn wording(&self, command: Command) -> Option<&'static str> {
        match command {
            Command::Go if !self.is_at_evidence && self.own.is_at_last() => Some("to the evidence"),
            Command::Go if self.evidence.is_picking() => Some("this line shows it"),
            Command::Go if self.is_at_evidence => Some("quote a line"),
            Command::Close if self.evidence.is_picking() => Some("no line"),
            _ => None,
        }
    }

    fn takes_answer(&self) -> bool {
        true
    }

    fn run(&mut self, cx: &Cx<'_>, command: Command) -> Vec<Effect> {
        let findings = &self.judged.proofs.findings;
        match command {
            Command::Go if !self.is_at_evidence => self.is_at_evidence = self.own.next(),
            Command::Go => self.evidence.go(),
            Command::Report => return self.close(cx),
            Command::Choose(by) => self.own.choose(by),
            Command::Step(by) if self.is_at_evidence => self.evidence.step(by),
            Command::Step(by) => self.own.step(by),
            Command::Reject => self.evidence.reject(findings),
            Command::Undo => self.evidence.undo(),
            Command::Close if self.evidence.is_picking() => self.evidence.close(),
            Command::Close => {
                // The desk saved the round when it ended; what remains to be done is the review.
                let kept = "The round is kept for its review; the Rounds tab or `sysdrill mock --resume` opens it.";
                return vec![Effect::Pop, Effect::say(kept)];
            }
        }
        Vec::new()
    }

    fn receive(&mut self, cx: &Cx<'_>, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Saved(result) => self.saved(cx, result),
            _ => Vec::new(),
        }
    }

    fn layout(&mut self, _cx: &Cx<'_>, area: Rect) {
        self.evidence.layout(area);
    }

    fn draw(&self, cx: &Cx<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
        if self.is_at_evidence {
            let shown = evidence::Shown {
                theme: cx.theme,
                scenario: &self.round.script().scenario,
                level: self.round.setup().level,
                findings: &self.judged.proofs.findings,
                notes: &self.notes,
            };
            self.evidence.draw(shown, area, buf);
        } else {
            self.own.draw(cx, area, buf);
        }
        None
    }
}

/// A tier in a word or two.
pub(super) fn word(tier: Tier) -> &'static str {
    match tier {
        Tier::Nothing => "missed",
        Tier::Mentioned => "unclear",
        Tier::Claimed => "claimed",
        Tier::Justified => "with reason",
        Tier::Conditional => "and its limit",
    }
}
