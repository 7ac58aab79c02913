//! Claims searched for in clauses.

use super::super::evidence::{Claim, Slot};
use super::super::text::Clause;
use super::Page;
use super::lexicon::{Lexicon, Wanted};
use super::polarity::Polarity;

/// A claim with what its slots accept.
#[derive(Clone, Debug)]
pub(super) struct Sought(Vec<(Slot, Wanted)>);

/// A place where all slots of a claim are filled.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Match {
    pub(super) clause: usize,
    /// The tokens of the clause that fill slots.
    pub(super) tokens: Vec<usize>,
    /// How many words lie between the first and the last.
    pub(super) span: usize,
    pub(super) polarity: Polarity,
    /// Whether the clause says it, rather than naming words.
    pub(super) said: bool,
}

/// How far apart, in words, the slots of a claim may be filled.
const WINDOW: usize = 12;

/// How far where they stand in another order than subject, relation, object, as in "hot links are cached".
const REVERSED: usize = 7;

impl Sought {
    pub(super) fn of(claim: &Claim, lexicon: &Lexicon) -> Self {
        Self(claim.slots().map(|(slot, terms)| (slot, lexicon.wanted(terms))).collect())
    }

    /// The best place in each clause where it stands.
    pub(super) fn matches(&self, page: &Page<'_>) -> Vec<Match> {
        (0..page.clauses.len()).filter_map(|clause| self.in_clause(page, clause)).collect()
    }

    fn in_clause(&self, page: &Page<'_>, at: usize) -> Option<Match> {
        let clause = &page.clauses[at];
        let reading = &page.readings[at];
        let places: Vec<(Slot, Vec<Vec<usize>>)> =
            self.0.iter().map(|(slot, wanted)| (*slot, wanted.places(&clause.tokens, &reading.kinds))).collect();
        let empty: Vec<Slot> = places.iter().filter(|(_, found)| found.is_empty()).map(|(slot, _)| *slot).collect();
        let mut polarity = Polarity::Asserted;
        match empty.as_slice() {
            [] => {}
            // What the clause goes on about may stand in its parent or in the sentence before.
            [Slot::Subject] if self.0.len() > 1 => polarity = self.subject_before(page, clause)?,
            _ => return None,
        }
        let filled: Vec<(Slot, Vec<Vec<usize>>)> = places.into_iter().filter(|(_, found)| !found.is_empty()).collect();
        let mut best = None;
        nearest(&filled, &mut Vec::new(), clause, &mut best);
        let (slots, span) = best?;
        let own = reading.scopes.polarity(&slots);
        let tokens = slots.into_iter().flat_map(|(_, tokens)| tokens).collect();
        Some(Match { clause: at, tokens, span, polarity: own.min(polarity), said: reading.said })
    }

    fn subject_before(&self, page: &Page<'_>, clause: &Clause) -> Option<Polarity> {
        let context = clause.context?;
        let (_, wanted) = self.0.iter().find(|(slot, _)| *slot == Slot::Subject)?;
        let before = &page.clauses[context];
        let place = wanted.places(&before.tokens, &page.readings[context].kinds).into_iter().next()?;
        Some(page.readings[context].scopes.polarity(&[(Slot::Subject, place)]).max(Polarity::Rejected))
    }
}

type Filled = Vec<(Slot, Vec<usize>)>;

/// The choice of places, one for each slot, that lie closest together.
fn nearest(left: &[(Slot, Vec<Vec<usize>>)], chosen: &mut Filled, clause: &Clause, best: &mut Option<(Filled, usize)>) {
    let Some(((slot, places), rest)) = left.split_first() else {
        let span = span(chosen, clause);
        let reach = if in_order(chosen) { WINDOW } else { REVERSED };
        if span <= reach && best.as_ref().is_none_or(|(_, least)| span < *least) {
            *best = Some((chosen.clone(), span));
        }
        return;
    };
    for place in places {
        let taken = chosen.iter().any(|(_, tokens)| tokens.iter().any(|at| place.contains(at)));
        if !taken {
            chosen.push((*slot, place.clone()));
            nearest(rest, chosen, clause, best);
            chosen.pop();
        }
    }
}

/// Whether the slots stand in their natural order.
fn in_order(chosen: &Filled) -> bool {
    let mut by_slot: Vec<(Slot, usize)> =
        chosen.iter().map(|(slot, tokens)| (*slot, tokens.iter().copied().min().unwrap_or(0))).collect();
    by_slot.sort_unstable();
    by_slot.is_sorted_by_key(|&(_, first)| first)
}

/// How many words lie from the first to the last token that fills a slot.
fn span(chosen: &Filled, clause: &Clause) -> usize {
    let tokens = || chosen.iter().flat_map(|(_, tokens)| tokens).copied();
    let (Some(first), Some(last)) = (tokens().min(), tokens().max()) else { return 0 };
    clause.tokens[first..=last].iter().filter(|token| !token.is_mark()).count()
}
