//! Reasons and circumstances beside a claim.

use super::super::text::words;
use super::Page;
use super::claim::Match;
use super::lexicon::Wanted;

/// Whether a claim is given a reason: a marker and one of its consequences, in its clause or one beside it.
pub(super) fn is_justified(page: &Page<'_>, claim: &Match, because: &Wanted) -> bool {
    stands_by(page, claim, because, words::REASONS)
}

/// Whether a claim is followed or preceded by what would reverse it.
pub(super) fn is_conditional(page: &Page<'_>, claim: &Match, reverses: &Wanted) -> bool {
    stands_by(page, claim, reverses, words::CIRCUMSTANCES)
}

/// Whether a word of `wanted` stands behind a marker, near the claim, not among its own words.
fn stands_by(page: &Page<'_>, claim: &Match, wanted: &Wanted, markers: &[&str]) -> bool {
    neighbours(page, claim.clause).any(|at| {
        let tokens = &page.clauses[at].tokens;
        let own = |token: usize| at == claim.clause && claim.tokens.contains(&token);
        // What goes on about the claim behind a semicolon explains it without a word that says so.
        let goes_on = at != claim.clause && page.clauses[at].context == Some(claim.clause);
        let marked = goes_on || tokens.iter().any(|token| token.is_any(markers));
        let said = page.readings[at].said;
        let named =
            wanted.places(tokens, &page.readings[at].kinds).iter().any(|place| place.iter().all(|&token| !own(token)));
        marked && said && named
    })
}

/// The clause itself, and those beside it on its line or among its bullet's children.
fn neighbours<'a>(page: &'a Page<'_>, at: usize) -> impl Iterator<Item = usize> + 'a {
    let clause = &page.clauses[at];
    let near = at.saturating_sub(1)..=(at + 2).min(page.clauses.len() - 1);
    near.filter(move |&other| {
        let one = &page.clauses[other];
        other == at
            || one.line == clause.line
            || one.context == Some(at)
            || (other > at && one.group == clause.group && one.line == clause.line + 1)
    })
}

/// The clauses near one in its group, for a weighing that takes several sentences.
pub(super) fn surroundings(page: &Page<'_>, at: usize) -> Vec<usize> {
    let group = page.clauses[at].group;
    let near = at.saturating_sub(2)..=(at + 2).min(page.clauses.len() - 1);
    near.filter(|&other| page.clauses[other].group == group).collect()
}
