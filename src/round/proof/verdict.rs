//! Matches weighed against each other: which checkpoint a line serves, which statement stands in the end.

use serde::{Deserialize, Serialize};

use super::super::evidence::{Slot, TradeOff};
use super::super::scenario::{Checkpoint, Excess, RedFlag, Scenario};
use super::super::text::words;
use super::claim::{Match, Sought};
use super::lexicon::{Lexicon, Wanted};
use super::number::Ledger;
use super::polarity::Polarity;
use super::reason::{is_conditional, is_justified, surroundings};
use super::{Page, structure};

/// How far the notes prove a checkpoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// Nothing was said.
    #[default]
    Nothing,
    /// Its words stand there, but no claim: no credit.
    Mentioned,
    /// It was claimed, as a mid engineer does.
    Claimed,
    /// It was claimed with a reason, as a senior engineer does.
    Justified,
    /// And with what would reverse it, as a staff engineer does.
    Conditional,
}

impl Tier {
    /// Every tier, from the lowest.
    pub const ALL: [Self; 5] = [Self::Nothing, Self::Mentioned, Self::Claimed, Self::Justified, Self::Conditional];

    /// From 0 to 3, as scripts read it: a condition is a justification with more to it.
    pub fn number(self) -> u8 {
        match self {
            Self::Nothing => 0,
            Self::Mentioned => 1,
            Self::Claimed => 2,
            Self::Justified | Self::Conditional => 3,
        }
    }

    /// As shown.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Mentioned => "mentioned",
            Self::Claimed => "claimed",
            Self::Justified => "justified",
            Self::Conditional => "justified, with what reverses it",
        }
    }
}

/// The line that a finding rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// From 1.
    pub line: u32,
    /// The candidate's own words.
    pub quote: String,
}

/// What the notes prove of a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The checkpoint's id.
    pub id: String,
    /// How far.
    pub tier: Tier,
    /// By which line.
    pub said: Option<Said>,
    /// Whether a later line took it back.
    pub contradicted: bool,
}

/// What the notes prove.
#[derive(Clone, Debug)]
pub struct Proofs {
    /// One for each checkpoint of the scenario, in its order.
    pub findings: Vec<Finding>,
    /// Red flags that stand: id and line.
    pub red_flags: Vec<(String, Said)>,
    /// Red flags that a later line took back.
    pub retracted: Vec<(String, Said)>,
    /// What is more than the problem asks for.
    pub excesses: Vec<(String, Said)>,
    /// The candidate's numbers and what they ought to be.
    pub ledger: Ledger,
}

/// How many checkpoints one span of a line may serve.
const SERVES: usize = 2;

/// A way in which a checkpoint is shown.
#[derive(Clone, Debug)]
struct Candidate {
    tier: Tier,
    line: usize,
    /// None where it is a number of the sheet or a drawing.
    found: Option<Match>,
}

pub(super) fn judge(page: &Page<'_>, scenario: &Scenario, lexicon: &Lexicon, ledger: Ledger) -> Proofs {
    let judged: Vec<Evidence> =
        scenario.checkpoints.iter().map(|one| Evidence::of(page, one, lexicon, &ledger)).collect();
    let mut findings = allot(page, scenario, &judged);
    for (finding, evidence) in findings.iter_mut().zip(&judged) {
        if let Some(line) = evidence.taken_back(page) {
            finding.contradicted = true;
            finding.tier = Tier::Mentioned;
            finding.said = Some(said(page, line));
        }
    }
    let (mut red_flags, mut retracted) = (Vec::new(), Vec::new());
    for flag in &scenario.red_flags {
        let Some((line, stands)) = raised(page, flag, lexicon) else { continue };
        let corrected = corrected_after(&findings, flag, line);
        if stands && !corrected {
            for finding in findings.iter_mut().filter(|finding| flag.against.contains(&finding.id)) {
                finding.contradicted |= finding.tier > Tier::Mentioned;
                finding.tier = finding.tier.min(Tier::Mentioned);
            }
            red_flags.push((flag.id.clone(), said(page, line)));
        } else {
            retracted.push((flag.id.clone(), said(page, line)));
        }
    }
    let excesses = scenario.excesses.iter().filter_map(|one| Some((one.id.clone(), exceeds(page, one, lexicon)?)));
    Proofs { findings, red_flags, retracted, excesses: excesses.collect(), ledger }
}

/// All that speaks for a checkpoint, and what denies it.
struct Evidence {
    /// Best first.
    candidates: Vec<Candidate>,
    mentioned: Option<usize>,
    denials: Vec<Match>,
}

impl Evidence {
    fn of(page: &Page<'_>, checkpoint: &Checkpoint, lexicon: &Lexicon, ledger: &Ledger) -> Self {
        let mut evidence = Self { candidates: Vec::new(), mentioned: None, denials: Vec::new() };
        let because = lexicon.wanted(&checkpoint.because);
        let reverses = lexicon.wanted(&checkpoint.reverses);
        let tier = |found: &Match| match () {
            () if !is_justified(page, found, &because) => Tier::Claimed,
            () if !is_conditional(page, found, &reverses) => Tier::Justified,
            () => Tier::Conditional,
        };
        let sought = checkpoint.proof.claims.iter().flat_map(|claim| Sought::of(claim, lexicon).matches(page));
        for found in sought {
            let line = page.clauses[found.clause].line;
            let asked = checkpoint.asked && found.polarity >= Polarity::Question;
            if found.said && (found.polarity == Polarity::Asserted || asked) {
                evidence.candidates.push(Candidate { tier: tier(&found), line, found: Some(found) });
            } else {
                evidence.mentioned.get_or_insert(line);
                if found.said && found.polarity == Polarity::Rejected {
                    evidence.denials.push(found);
                }
            }
        }
        if let Some(shown) = checkpoint.proof.number.as_ref().and_then(|proof| ledger.shows(proof, page, lexicon)) {
            let clause = shown.clause.or_else(|| clause_beside(page, shown.line));
            let beside = clause.map(bare);
            let tier = beside.as_ref().map_or(Tier::Claimed, tier);
            evidence.candidates.push(Candidate { tier, line: shown.line, found: None });
        }
        let predicates = &checkpoint.proof.structure;
        let lines: Option<Vec<usize>> =
            predicates.iter().map(|predicate| structure::shown(&page.graph, predicate, lexicon)).collect();
        if let Some(&line) = lines.as_ref().and_then(|lines| lines.last()) {
            let tier = clause_beside(page, line).map(bare).as_ref().map_or(Tier::Claimed, tier);
            evidence.candidates.push(Candidate { tier, line, found: None });
        }
        if let Some(trade_off) = &checkpoint.proof.trade_off {
            evidence.candidates.extend(weighed(page, trade_off, lexicon));
        }
        let span = |one: &Candidate| one.found.as_ref().map_or(0, |found| found.span);
        evidence.candidates.sort_by(|a, b| b.tier.cmp(&a.tier).then(span(a).cmp(&span(b))).then(a.line.cmp(&b.line)));
        evidence
    }

    /// The line that takes back what was claimed: the same words, denied later.
    fn taken_back(&self, page: &Page<'_>) -> Option<usize> {
        let last = self.candidates.iter().filter_map(|one| one.found.as_ref()).max_by_key(|found| found.clause)?;
        let words = |found: &Match| -> Vec<&str> {
            found.tokens.iter().map(|&at| page.clauses[found.clause].tokens[at].stem.as_str()).collect()
        };
        let first = |found: &Match| words(found).into_iter().next().map(str::to_owned);
        let denial = self.denials.iter().find(|one| one.clause > last.clause && first(one) == first(last))?;
        let elsewhere = self.candidates.iter().any(|one| one.found.is_none());
        (!elsewhere).then(|| page.clauses[denial.clause].line)
    }
}

/// A claim made by a clause as a whole, so that none of its words is taken.
fn bare(clause: usize) -> Match {
    Match { clause, tokens: Vec::new(), span: 0, polarity: Polarity::Asserted, said: true }
}

/// The clause on a line or on the one below it.
fn clause_beside(page: &Page<'_>, line: usize) -> Option<usize> {
    let on = |wanted: usize| page.clauses.iter().position(|clause| clause.line == wanted);
    on(line).or_else(|| on(line + 1))
}

/// Gives each checkpoint its best line, as long as no span serves more than two.
fn allot(page: &Page<'_>, scenario: &Scenario, judged: &[Evidence]) -> Vec<Finding> {
    let mut order: Vec<usize> = (0..judged.len()).collect();
    let key =
        |at: &usize| judged[*at].candidates.first().map(|one| (one.tier, one.found.as_ref().map_or(0, |f| f.span)));
    order.sort_by(|a, b| match (key(a), key(b)) {
        (Some((tier, span)), Some((other, other_span))) => other.cmp(&tier).then(span.cmp(&other_span)),
        (one, other) => other.is_some().cmp(&one.is_some()),
    });
    let mut taken: Vec<&Match> = Vec::new();
    let mut chosen: Vec<Option<&Candidate>> = vec![None; judged.len()];
    for at in order {
        let free = |one: &&Candidate| one.found.as_ref().is_none_or(|found| serves(&taken, found) < SERVES);
        chosen[at] = judged[at].candidates.iter().find(free);
        taken.extend(chosen[at].and_then(|one| one.found.as_ref()));
    }
    let finding = |(at, checkpoint): (usize, &Checkpoint)| {
        let evidence = &judged[at];
        let crowded_out = evidence.candidates.first().map(|one| one.line);
        let (tier, line) = match chosen[at] {
            Some(one) => (one.tier, Some(one.line)),
            None => match evidence.mentioned.or(crowded_out) {
                Some(line) => (Tier::Mentioned, Some(line)),
                None => (Tier::Nothing, None),
            },
        };
        let said = line.map(|line| said(page, line));
        Finding { id: checkpoint.id.clone(), tier, said, contradicted: false }
    };
    scenario.checkpoints.iter().enumerate().map(finding).collect()
}

/// How many checkpoints the words of a match serve already.
fn serves(taken: &[&Match], found: &Match) -> usize {
    let overlaps = |other: &&&Match| {
        let common = found.tokens.iter().filter(|token| other.tokens.contains(token)).count();
        other.clause == found.clause && common * 2 >= found.tokens.len().min(other.tokens.len()) && common > 0
    };
    taken.iter().filter(overlaps).count()
}

/// A weighing: three of its four parts in neighbouring clauses, with a word that weighs.
fn weighed(page: &Page<'_>, trade_off: &TradeOff, lexicon: &Lexicon) -> Vec<Candidate> {
    let [choice, alternative, criterion, cost] =
        [&trade_off.choice, &trade_off.alternative, &trade_off.criterion, &trade_off.cost]
            .map(|terms| lexicon.wanted(terms));
    let mut found = Vec::new();
    for at in 0..page.clauses.len() {
        let near = surroundings(page, at);
        let places =
            |clause: usize, wanted: &Wanted| wanted.places(&page.clauses[clause].tokens, &page.readings[clause].kinds);
        let Some(chosen) = places(at, &choice).into_iter().next() else { continue };
        let slot = [(Slot::Subject, chosen.clone())];
        let asserted = page.readings[at].said && page.readings[at].scopes.polarity(&slot) == Polarity::Asserted;
        let named = |wanted: &Wanted| {
            near.iter().any(|&clause| places(clause, wanted).iter().any(|place| clause != at || *place != chosen))
        };
        let weighs =
            near.iter().any(|&clause| page.clauses[clause].tokens.iter().any(|token| token.is_any(words::REASONS)));
        let others = [&alternative, &criterion, &cost].into_iter().filter(|wanted| named(wanted)).count();
        if asserted && weighs && others >= 2 {
            let matched = Match { tokens: chosen, ..bare(at) };
            found.push(Candidate { tier: Tier::Justified, line: page.clauses[at].line, found: Some(matched) });
        }
    }
    found
}

/// The last line in which a wrong statement is made, and whether no later one denies it.
fn raised(page: &Page<'_>, flag: &RedFlag, lexicon: &Lexicon) -> Option<(usize, bool)> {
    let found: Vec<Match> = flag.evidence.iter().flat_map(|claim| Sought::of(claim, lexicon).matches(page)).collect();
    let made = found.iter().filter(|one| one.said && one.polarity == Polarity::Asserted).map(|one| one.clause).max()?;
    let denied = found.iter().any(|one| one.polarity == Polarity::Rejected && one.clause > made);
    Some((page.clauses[made].line, !denied))
}

/// Whether a checkpoint that a wrong statement contradicts was claimed in a later line.
fn corrected_after(findings: &[Finding], flag: &RedFlag, line: usize) -> bool {
    findings
        .iter()
        .filter(|finding| flag.against.contains(&finding.id) && finding.tier > Tier::Mentioned)
        .any(|finding| finding.said.as_ref().is_some_and(|said| said.line as usize > line + 1))
}

/// The line that asks for more than the problem does.
fn exceeds(page: &Page<'_>, excess: &Excess, lexicon: &Lexicon) -> Option<Said> {
    let (of, unless) = (lexicon.wanted(&excess.of), lexicon.wanted(&excess.unless));
    let clause = (0..page.clauses.len()).find(|&at| {
        let (clause, reading) = (&page.clauses[at], &page.readings[at]);
        let excused = surroundings(page, at).into_iter().any(|near| {
            page.clauses[near].line == clause.line
                && !unless.places(&page.clauses[near].tokens, &page.readings[near].kinds).is_empty()
        });
        let asserted = of
            .places(&clause.tokens, &reading.kinds)
            .into_iter()
            .any(|place| reading.scopes.polarity(&[(Slot::Subject, place)]) == Polarity::Asserted);
        reading.said && asserted && !excused
    })?;
    Some(said(page, page.clauses[clause].line))
}

fn said(page: &Page<'_>, line: usize) -> Said {
    let note = &page.notes.lines[line];
    Said { line: note.number, quote: note.text.trim().to_owned() }
}
